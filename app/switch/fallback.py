"""The messages callers left while no hub was there, told by the names of their recordings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class FallbackMessage:
    """A recording that the dialplan made (`extensions.conf`, context guichet-fallback)."""

    recording: str
    """Its name in ARI's stored recordings."""
    number: str
    """The caller's number, empty when it was withheld."""
    dialled: str
    at: datetime

    @staticmethod
    def of(recording: str) -> FallbackMessage | None:
        """Read a recording's name; None when it is another recording."""
        match recording.split("--"):
            case ["fallback", number, dialled, epoch, _] if epoch.isdigit():
                return FallbackMessage(recording, number, dialled, datetime.fromtimestamp(int(epoch), UTC))
        return None
