"""The ledger of what comes in, whatever the channel: kept first, looked into later, settled once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.ledger import Fate


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as a source gave it; `place` is where the source's reading stands after it."""

    external_id: str
    content_sha256: str
    raw: bytes
    recipients: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kept message that somebody claimed to settle; `attempts` counts the claims, this one included."""

    id: UUID
    organisation_id: UUID
    mailbox_id: UUID
    team_id: UUID
    arrived_at: datetime
    attempts: int
    raw: bytes
    asked: str = ""
    """`case` or `replay`, when an agent asked for it to be settled once more."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A fate and what it made."""

    fate: Fate
    reason: str = ""
    case_id: UUID | None = None
    follow_up_id: UUID | None = None
    sender: str = ""
    subject: str = ""


class Ledger(Protocol):
    """Keeps arrivals and hands them out; all of it survives a kill at any point."""

    async def place(self, mailbox_id: UUID) -> tuple[int, int, str]:
        """Validity and last place, or the cursor, up to which the source was kept."""
        ...

    async def keep(self, mailbox_id: UUID, validity: int, arrivals: Sequence[Arrival], cursor: str = "") -> int:
        """Commit the raw bytes and the place together; how many were not known before."""
        ...

    async def claim(self, most: int, for_s: float) -> Sequence[Waiting]:
        """Unsettled messages that nobody else works on, oldest first; free again after `for_s`."""
        ...

    async def settle(self, waiting: Waiting, settled: Settled) -> bool:
        """Give a message its fate; False when it has one already."""
        ...
