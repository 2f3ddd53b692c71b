"""The feed: what tells a desk that something it shows may have changed."""

from collections.abc import Callable
from typing import Protocol

from app.domain.history import Hint


class Feed(Protocol):
    """Hints of changes; after an outage the missed ones are delivered from the change log, none is lost."""

    def subscribe(self, listener: Callable[[Hint], None]) -> Callable[[], None]:
        """Call `listener` on the loop for each hint; returns what ends the subscription."""
        ...

    @property
    def connected(self) -> bool: ...
