"""Reading a mailbox whose server gives a cursor a page instead of a number a message."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from app.services.ledger import Arrival
from app.services.mailboxes import Batch

# What is held in memory at once; a page with more than that is kept in several batches.
BATCH_BYTES = 8_000_000
_Waiting = TypeVar("_Waiting")


@dataclass(slots=True)
class Page(Generic[_Waiting]):
    """What came after a cursor: messages to be fetched, and the cursor after all of them."""

    begins: str
    after: str
    more: bool
    waiting: list[_Waiting] = field(default_factory=list)
    taken: int = 0

    @property
    def cursor(self) -> str:
        """Where reading stands; in the middle of a page, its beginning and how many of it were given out."""
        return f"{self.begins}\n{self.taken}" if self.waiting else self.after


class Pages(Generic[_Waiting]):
    """Gives batches that end within a page or with it.

    Whoever starts again in the middle of a page reads all of the page again, and the ledger knows what it has.
    """

    def __init__(
        self,
        turn: Callable[[str], Awaitable[Page[_Waiting]]],
        take: Callable[[Sequence[_Waiting]], Awaitable[tuple[int, list[Arrival]]]],
    ) -> None:
        self._turn, self._take = turn, take
        self._page: Page[_Waiting] | None = None

    async def fetch(self, cursor: str) -> Batch:
        """The next messages after a cursor; none only when there are no more."""
        page, self._page = self._page, None
        if page is None or page.cursor != cursor:
            page = await self._turn(cursor.partition("\n")[0])
        while True:
            while page.waiting:
                taken, arrivals = await self._take(page.waiting)
                page.waiting = page.waiting[taken:]
                page.taken += taken
                if arrivals:
                    self._page = page if page.waiting else None
                    return Batch(0, tuple(arrivals), page.cursor)
            if not page.more:
                return Batch(0, (), page.after)
            page = await self._turn(page.after)
