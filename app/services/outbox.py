"""The outbox of what goes out, whatever the channel: claimed by one, marked before it is sent, told apart after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain.deliveries import DeliveryState


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message with the recipients that this claim sends it to; all of them are `sending` already."""

    claim_id: UUID
    mailbox_id: UUID
    external_id: str
    raw: bytes
    recipients: tuple[str, ...]
    automatic: bool = False
    """Leaves with an empty return path, so that nothing answers it (RFC 3834, section 3.3)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one recipient: delivered, temporary, permanent or unconfirmed, and what the other side said.

    `after_s` is how long a server that is busy wants to be left alone; `sent_as` the Message-ID that it gave instead.
    """

    state: DeliveryState
    reason: str = ""
    after_s: float = 0
    sent_as: str = ""


class Transport(Protocol):
    """The way out of one mailbox; it never raises for what happened to a message, it says so for each recipient."""

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        """Hand a message over once."""
        ...

    async def was_sent(self, external_id: str) -> bool | None:
        """Whether the mailbox knows that this message left; None when it cannot tell."""
        ...

    async def close(self) -> None:
        """Let the connection go."""
        ...


class Outbox(Protocol):
    """Messages that wait, are on their way or ended."""

    async def claim(self, most: int, for_s: float) -> Sequence[Parcel]:
        """Mark the due deliveries of some messages as `sending`, committed before this returns."""
        ...

    async def finish(self, parcel: Parcel, outcomes: Mapping[str, Outcome]) -> None:
        """Write what became of a claim."""
        ...

    async def abandon_overdue(self) -> int:
        """Make what a dead hub left in `sending` unconfirmed; how many."""
        ...

    async def unconfirmed(self, most: int) -> Sequence[Parcel]:
        """Deliveries of the last week of which nobody knows, with no bytes: to be looked up by their id.

        In any order, so that those of which the server cannot tell do not keep the others waiting.
        """
        ...
