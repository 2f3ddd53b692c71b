"""Mailboxes: what a source of mail is, whatever protocol it speaks."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from app.services.ledger import Arrival


class MailboxAwayError(Exception):
    """The server does not answer, or stopped: time mends this."""


class MailboxRefusedError(Exception):
    """The server refuses the sign-in, the folder or the certificate: the one who set it up mends this."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """How one mailbox is reached; `security` is tls, starttls or, on this machine alone, none."""

    id: UUID
    address: str
    host: str
    port: int
    smtp_host: str
    smtp_port: int
    security: str
    username: str
    secret: str = field(repr=False)
    folder: str = "INBOX"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of the messages after a place, in order; `validity` names the counting they belong to."""

    validity: int
    arrivals: tuple[Arrival, ...]


class Source(Protocol):
    """The way in of one mailbox; raises MailboxAwayError and MailboxRefusedError, and nothing is marked or moved."""

    async def fetch(self, validity: int, last: int) -> Batch:
        """The next messages after `last`, from the first one when the counting is another; empty: no more."""
        ...

    async def wait(self, most_s: float) -> None:
        """Return when something may have come, at the latest after `most_s`."""
        ...

    async def close(self) -> None:
        """Let go of the server; a waiter returns."""
        ...
