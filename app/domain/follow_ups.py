"""Follow-ups: every communication and note of a case, in order, never rewritten."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

BODY_MOST = 200_000


class Channel(StrEnum):
    """The medium of one contact; `system` are the desk's own entries (created, handed over, merged)."""

    NOTE = "note"
    CALL = "call"
    VOICEMAIL = "voicemail"
    EMAIL = "email"
    CHAT = "chat"
    SMS = "sms"
    MEETING = "meeting"
    WEB = "web"
    SYSTEM = "system"


class Direction(StrEnum):
    """Which way a communication went; a note went nowhere."""

    IN = "in"
    OUT = "out"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a follow-up; its bytes are kept once by their hash, access goes through the case."""

    id: UUID
    name: str
    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One entry of a case's timeline; a redacted one keeps its place, its author and its time."""

    id: UUID
    case_id: UUID
    channel: Channel
    body: str
    at: datetime
    direction: Direction = Direction.NONE
    public: bool = False
    author_id: UUID | None = None
    author_name: str = ""
    call_id: UUID | None = None
    custom: dict[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    redacted_at: datetime | None = None
    redacted_by_name: str = ""
