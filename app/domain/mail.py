"""What a mail says once it is understood: who, when, what the reader sees first, and what kind of mail it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What kind of mail this is, before any rule of a team has looked at it."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    OWN_LOOP = "own_loop"
    LIST = "list"
    UNPARSEABLE = "unparseable"


@dataclass(frozen=True, slots=True)
class MailAddress:
    """One party of a mail, as it was written."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class MailPart:
    """A file of a mail; `inline` ones are shown inside the text, where `content_id` names their place."""

    name: str | None
    content_type: str
    data: bytes
    sha256: str
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a delivery report says of one recipient; `permanent` says that the address itself is no good."""

    recipient: str
    status: str
    permanent: bool
    reason: str = ""
    message_id: str = ""
    failed: bool = False
    """Whether the mail was given up; one that is delayed may still arrive."""


@dataclass(frozen=True, slots=True)
class Thread:
    """By what a mail says which conversation it belongs to (RFC 5322, section 3.6.4)."""

    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    token: str = ""
    case_number: int | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """One understood mail; `text` is what the agent sees first, `full_text` has quotes and signature too."""

    message_id: str | None
    subject: str
    sender: MailAddress | None
    to: tuple[MailAddress, ...]
    cc: tuple[MailAddress, ...]
    date: datetime | None
    text: str
    full_text: str
    html: str | None
    parts: tuple[MailPart, ...]
    verdict: Verdict
    reports: tuple[Report, ...] = ()
    thread: Thread = Thread()
    reply_to: tuple[MailAddress, ...] = ()
    notices: tuple[str, ...] = ()
    trackers: tuple[str, ...] = ()
    may_answer: bool = True
    """Whether a machine may answer it (RFC 3834, section 2)."""
    headers: tuple[tuple[str, str], ...] = ()
    """Names and values as rules compare them, decoded; the first of them, each cut short."""
