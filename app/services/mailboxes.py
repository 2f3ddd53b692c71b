"""Mailboxes: what a source of mail is, whatever protocol it speaks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from app.services.ledger import Arrival


class MailboxAwayError(Exception):
    """The server does not answer, or stopped, or asks for patience: time mends this, `after_s` seconds at least."""

    def __init__(self, said: str = "", after_s: float = 0) -> None:
        super().__init__(said)
        self.after_s = after_s


class MailboxRefusedError(Exception):
    """The server refuses the sign-in, the folder or the certificate: the one who set it up mends this."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """How one mailbox is reached; `security` is tls, starttls or, on this machine alone, none.

    `kind` is imap, ews or graph. `sign_in` is password, client (the secret is the application's) or device (there is
    no secret, but tokens); the last two with the application's `client_id` at the `authority` of the `tenant`.
    """

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
    kind: str = "imap"
    sign_in: str = "password"
    tenant: str = ""
    client_id: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of the messages after a place, in order; `validity` names the counting they belong to.

    A server that counts nothing gives a `cursor` instead: where its reading stands once these are kept.
    """

    validity: int
    arrivals: tuple[Arrival, ...]
    cursor: str = ""


Bearer = Callable[[], Awaitable[str]]
"""Gives a token (RFC 6750) to sign in with instead of a secret; raises as a source does."""


class Tokens(Protocol):
    """Where what a sign-in service gave one mailbox is kept between two runs, as secret as its secret."""

    async def load(self) -> str:
        """What was kept last; empty: nothing yet."""
        ...

    async def keep(self, tokens: str) -> None:
        """Keep it instead of what was there."""
        ...


class Source(Protocol):
    """The way in of one mailbox; raises MailboxAwayError and MailboxRefusedError, and nothing is marked or moved."""

    async def fetch(self, validity: int, last: int, cursor: str = "") -> Batch:
        """The next messages after `last` or `cursor`, from the first one when they are not known; empty: no more."""
        ...

    async def wait(self, most_s: float) -> None:
        """Return when something may have come, at the latest after `most_s`."""
        ...

    async def close(self) -> None:
        """Let go of the server; a waiter returns."""
        ...
