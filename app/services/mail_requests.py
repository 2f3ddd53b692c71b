"""What desks ask of the hub about mail: does a mailbox work, has the ledger all of it, what would a rule do."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from app.domain.ledger import Fate
from app.domain.mail_consequences import Reply
from app.domain.mail_replay import Would


class RequestKind(StrEnum):
    """What is asked."""

    TEST = "test"
    COUNT = "count"
    DRY_RUN = "dry_run"
    SIGN_IN = "sign_in"


class Checked(StrEnum):
    """The steps of a mailbox's test, in their order."""

    SERVER = "server"
    SIGN_IN = "sign_in"
    FOLDER = "folder"
    SENDING = "sending"
    SENDER = "sender"


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step of a test; `said` is the server's own word where it failed."""

    step: Checked
    ok: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the server holds and how much of it the ledger has; the missing ones by name, as far as they fit."""

    on_server: int
    in_ledger: int
    missing: tuple[str, ...] = ()
    said: str = ""

    @property
    def equal(self) -> bool:
        """Whether nothing of the mailbox is missing."""
        return not self.said and self.on_server == self.in_ledger


@dataclass(frozen=True, slots=True)
class DryRunLine:
    """One mail that a rule matches: where it went, what would have become of it, and what would have answered it."""

    incoming_id: UUID
    arrived_at: datetime
    sender: str
    subject: str
    fate: str
    case_number: int | None
    would: Would
    replies: tuple[Reply, ...] = ()
    loops: bool = False


@dataclass(frozen=True, slots=True)
class DryRun:
    """A rule over the mails of the last days, nothing of it done; `lines` are the newest of those that match."""

    looked_at: int = 0
    matched: int = 0
    changed: int = 0
    lines: tuple[DryRunLine, ...] = ()
    replies: int = 0
    loops: int = 0
    took_s: float = 0.0
    cut: bool = False
    """Whether older mails of these days were left out."""


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A settled mail with what the time machine needs to know of it; `customer` as she is kept now, if she is known."""

    id: UUID
    arrived_at: datetime
    sender: str
    subject: str
    fate: Fate
    case_number: int | None
    rule_id: UUID | None
    segment: str
    recipients: tuple[str, ...]
    raw: bytes
    type_id: UUID | None = None
    """The type of case that its address makes."""
    customer: Mapping[str, Any] | None = None
    replied: frozenset[UUID] = frozenset()
    """The automations that really answered it."""


@dataclass(frozen=True, slots=True)
class MailRequest:
    """One request that a hub has claimed."""

    id: UUID
    kind: RequestKind
    team_id: UUID
    mailbox_id: UUID | None
    asked: dict[str, Any] = field(default_factory=dict)
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class CodeStep:
    """A sign-in by code: first the code and where it is typed, then, `done`, whether it worked and what was said."""

    code: str = ""
    address: str = ""
    done: bool = False
    ok: bool = False
    said: str = ""


class CodeSignIn(Protocol):
    """Signs a mailbox in by a code; MailboxAwayError and MailboxRefusedError as a source."""

    async def begin(self) -> Any:
        """What is typed (`code`) and where (`address`)."""
        ...

    async def finish(self, code: Any) -> None:
        """Wait until it was typed, and keep what came of it."""
        ...


class Inspector(Protocol):
    """Looks at one mailbox and changes nothing."""

    async def test(self) -> Sequence[CheckStep]:
        """Each step up to the first of reading and the first of sending that fails; never raises for what it finds."""
        ...

    def held(self) -> AsyncIterator[Sequence[str]]:
        """The external ids of every message, in pieces; MailboxAwayError and MailboxRefusedError as a source."""
        ...
