"""Web chat: what a visitor's page needs of the hub, how the hub offers chats, and what an agent does with hers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.chats import BODY_MOST, ChatOnFloor, ChatState, ChatStep, Room, Silence
from app.domain.follow_ups import FollowUp
from app.domain.refusals import Refusal, Refused
from app.services.attachments import NewFile

MOST_ON_FLOOR = 200
"""Chats that a board shows: who waits comes first, so that nobody who waits is left out."""


@dataclass(frozen=True, slots=True)
class ShownWidget:
    """A widget as pages show it; whose it is decides its key."""

    id: UUID
    key: str
    organisation_id: UUID
    organisation: str
    language: str
    region: str
    team_id: UUID
    team: str
    welcomes: Mapping[str, str]
    sites: tuple[str, ...] = ()
    asks_email: bool = True
    url: str = ""

    def welcome(self, language: str) -> str:
        """In this language, else in the other."""
        return self.welcomes.get(language) or next(filter(None, self.welcomes.values()), "")


@dataclass(frozen=True, slots=True)
class ChatFile:
    """A file of a message."""

    id: UUID
    name: str
    size: int
    kind: str = ""
    blob: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChatWords:
    """One message as the visitor's page has it; `author` is an agent's first name."""

    seq: int
    id: UUID
    by: str
    body: str
    at: str
    author: str = ""
    files: tuple[ChatFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatTold:
    """A chat as the visitor's page has it: where it stands, what each side has read, what was said."""

    id: UUID
    state: ChatState
    seq: int
    seen: int
    mine: int
    number: int
    agent: str = ""
    handed: bool = False
    ahead: int = 0
    notice: bool = False
    ended_by: str = ""
    has_email: bool = False
    mails: bool = False
    words: tuple[ChatWords, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatBegun:
    """What a visitor told when she began."""

    message_id: UUID
    name: str
    email: str
    body: str
    language: str
    subject: str
    phones: tuple[Mapping[str, str], ...] = ()
    number: str = ""
    case_id: UUID | None = None
    """Of a link that we signed."""
    is_open: bool = True


class ChatDoor(Protocol):
    """The visitor's side as the hub has it; `secret` is what her browser alone knows.

    Refused(NOT_FOUND) for a secret that is nobody's, CHAT_IS_OVER for what comes too late.
    """

    async def key(self) -> bytes: ...
    async def widget(self, key: str) -> ShownWidget | None: ...
    async def is_open(self, widget: ShownWidget) -> bool: ...
    async def begin(self, widget: ShownWidget, chat_id: UUID, secret: str, begun: ChatBegun) -> ChatTold: ...
    async def find(self, key: str, secret: str, after: int, most: int) -> ChatTold | None: ...
    async def say(self, secret: str, message_id: UUID, body: str, files: Sequence[UUID]) -> int: ...
    async def got(self, secret: str, got: int, seen: int) -> None: ...
    async def types(self, secret: str) -> None: ...
    async def leave(self, secret: str) -> None: ...
    async def mail_me(self, secret: str, email: str) -> None: ...
    async def here(self, chat_id: UUID | None, *, here: bool) -> None: ...
    async def begin_file(self, secret: str, name: str, kind: str) -> UUID: ...
    async def add_part(self, secret: str, blob: UUID, position: int, data: bytes) -> None: ...
    async def file(self, secret: str, file: UUID) -> ChatFile | None: ...
    async def part(self, blob: UUID, position: int) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One message of a transcript, at the organisation's own hour."""

    by: str
    author: str
    body: str
    at: datetime
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A chat's words as they are to be mailed."""

    case_id: UUID
    number: int
    organisation: str
    language: str
    sender: str
    sender_address: str
    recipient: str
    lines: tuple[TranscriptLine, ...]


class ChatFloorStore(Protocol):
    """Chats as the hub offers them; a step is taken only where nothing moved meanwhile."""

    async def waiting(self) -> tuple[ChatOnFloor, ...]: ...
    async def quiet(self) -> tuple[ChatOnFloor, ...]: ...
    async def room(self) -> Room: ...
    async def offer(self, chat: ChatOnFloor, agents: Sequence[UUID], seconds: int) -> bool: ...
    async def missed(self, chat: ChatOnFloor) -> bool: ...
    async def step(self, chat: ChatOnFloor, step: ChatStep) -> bool: ...
    async def silence(self, chat: ChatOnFloor, silence: Silence) -> None: ...


@dataclass(frozen=True, slots=True)
class ChatView:
    """A chat as cards, lists and the open case show it."""

    id: UUID
    case_id: UUID
    state: ChatState
    team_id: UUID
    team_name: str
    case_number: int
    case_subject: str
    name: str
    agent_id: UUID | None = None
    agent_name: str = ""
    ringing: tuple[UUID, ...] = ()
    ring_until: datetime | None = None
    handed_by: UUID | None = None
    handed_by_name: str = ""
    note: str = ""
    language: str = "fr"
    seq: int = 0
    got: int = 0
    visitor_seen: int = 0
    agent_seen: int = 0
    last_by: str = "visitor"
    waiting_since_at: datetime | None = None
    started_at: datetime | None = None
    answered_at: datetime | None = None
    left_at: datetime | None = None
    noticed_at: datetime | None = None
    ended_by: str = ""
    last_words: str = ""
    may_lead: bool = False

    @property
    def since_at(self) -> datetime | None:
        """Since when it is where it is: waiting, talked in, or else begun."""
        waits = self.state is ChatState.WAITING
        return (self.waiting_since_at if waits else self.answered_at) or self.started_at

    @property
    def unread(self) -> int:
        """How many of its messages nobody at the desk has read."""
        return max(self.seq - self.agent_seen, 0) if self.last_by == "visitor" else 0

    @property
    def live(self) -> bool:
        """Whether it goes on."""
        return self.state is not ChatState.ENDED


@dataclass(frozen=True, slots=True)
class WidgetOnPage:
    """A numbered team's chat as Manage shows it; `address` is where the hub's pages are."""

    id: UUID
    team_id: UUID
    team: str = ""
    key: str = ""
    active: bool = False
    welcome_en: str = ""
    welcome_fr: str = ""
    sites: tuple[str, ...] = ()
    offer_s: int = 30
    most: int = 6
    silence_s: int = 600
    asks_email: bool = True
    address: str = ""
    version: int = 0

    @property
    def snippet(self) -> str:
        """What a page includes."""
        if not self.key or not self.address:
            return ""
        return f'<script src="{self.address}/chat.js" data-team="{self.key}" async></script>'

    @property
    def page(self) -> str:
        """The hub's own page with it."""
        return f"{self.address}/chat/{self.key}" if self.key and self.address else ""


class ChatStore(Protocol):
    """Chats as an agent's own role may see and move them; that is decided there."""

    async def live_chats(self) -> tuple[ChatView, ...]: ...
    async def floor_chats(self) -> tuple[ChatView, ...]: ...
    async def chat_of_case(self, case_id: UUID) -> ChatView | None: ...
    async def words(self, chat_id: UUID, after: int) -> tuple[FollowUp, ...]: ...
    async def marks(self, chat_id: UUID) -> Mapping[UUID, int]: ...
    async def accept(self, chat_id: UUID) -> None: ...
    async def decline(self, chat_id: UUID) -> None: ...
    async def take(self, chat_id: UUID) -> None: ...
    async def say(self, chat_id: UUID, message_id: UUID, body: str, files: Sequence[NewFile] = ()) -> None: ...
    async def seen(self, chat_id: UUID, seq: int) -> None: ...
    async def types(self, chat_id: UUID) -> None: ...
    async def hand_over(self, chat_id: UUID, kind: str, target_id: UUID, note: str) -> None: ...
    async def end(self, chat_id: UUID, ending: str) -> None: ...
    async def widgets(self) -> tuple[WidgetOnPage, ...]: ...
    async def save_widget(self, widget: WidgetOnPage) -> None: ...


@dataclass(frozen=True, slots=True)
class Chats:
    """What an agent does with chats; input is checked before it travels."""

    store: ChatStore = field(repr=False)

    async def say(self, chat_id: UUID, message_id: UUID, body: str, files: Sequence[NewFile] = ()) -> None:
        """Say something once, however often it is sent; its files come with it or it is not said."""
        if not body.strip():
            raise Refused(Refusal.REQUIRED, "body")
        if len(body) > BODY_MOST:
            raise Refused(Refusal.TOO_LONG, "body", length=len(body), most=BODY_MOST)
        await self.store.say(chat_id, message_id, body, files)

    async def save_widget(self, widget: WidgetOnPage) -> None:
        """Keep how a team chats; sites are origins, without a path."""
        sites = tuple(site.strip().rstrip("/") for site in widget.sites if site.strip())
        await self.store.save_widget(replace(widget, sites=sites))
