"""What a desk does with messages beside a case: lines of SMS, message trees, broadcasts."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.broadcasts import Broadcast, BroadcastBy, audience_fields
from app.domain.conditions import Condition, FieldOf
from app.domain.message_trees import MessageTree, flaws
from app.domain.refusals import Refusal, Refused
from app.domain.sms import MOST_CHARACTERS

MOST_MAIL = 20_000
"""Characters of a broadcast by mail; the database refuses more."""


@dataclass(frozen=True, slots=True)
class BroadcastMail:
    """One mail of a broadcast as it is to be written; `link` ends them for her who gets it."""

    message_id: UUID
    organisation_id: UUID
    mailbox_id: UUID
    sender: str
    sender_name: str
    address: str
    language: str
    subject: str
    body: str
    link: str
    organisation: str
    written_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class MailStop:
    """What the page behind a broadcast's link shows."""

    organisation: str
    address: str
    language: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class MailStops:
    """What that page needs: whose link it is, None where nobody's; and to end or take up mails, whether it could."""

    find: Callable[[UUID], Awaitable[MailStop | None]]
    set: Callable[[UUID, bool], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class LineOnPage:
    """A number's SMS line as Manage shows it; the secret is written and never read."""

    number_id: UUID
    number: str
    team_id: UUID
    id: UUID | None = None
    url: str = ""
    account: str = ""
    secret: str = field(default="", repr=False)
    hooks_at: str = ""
    auto_reply: bool = False
    reply_en: str = ""
    reply_fr: str = ""
    active: bool = False
    trunk_id: UUID | None = None
    """Of a line that goes by SIP MESSAGE instead of by a provider."""

    @property
    def hook(self) -> str:
        """What the provider is told to call."""
        return f"{self.hooks_at}/sms/{self.id}/in" if self.id is not None and self.hooks_at else ""


@dataclass(frozen=True, slots=True)
class LineFound:
    """What the hub found of a line when it last looked: `reachable`, `rejected`, `unreachable` or nothing yet."""

    state: str = ""
    said: str = ""
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """How many a condition finds, how many of them a message reaches, and some of their names."""

    found: int = 0
    reached: int = 0
    sample: tuple[str, ...] = ()


class MessageStore(Protocol):
    """Where they are kept; what an agent may do is decided there."""

    async def lines(self) -> tuple[LineOnPage, ...]: ...
    async def line_trunks(self) -> Mapping[UUID, str]: ...
    async def save_line(self, line: LineOnPage) -> None: ...
    async def look_at_line(self, line_id: UUID) -> None:
        """Ask the hub to look whether its provider answers and knows the account."""
        ...

    async def line_found(self, line_id: UUID) -> LineFound: ...
    async def trees(self) -> tuple[MessageTree, ...]: ...
    async def save_tree(self, tree: MessageTree) -> None: ...
    async def remove_tree(self, tree_id: UUID) -> None: ...
    async def broadcasts(self) -> tuple[Broadcast, ...]: ...
    async def save_broadcast(self, broadcast: Broadcast, *, asks: bool) -> None: ...
    async def approve_broadcast(self, broadcast: Broadcast) -> None: ...
    async def stop_broadcast(self, broadcast_id: UUID) -> None: ...
    async def remove_broadcast(self, broadcast_id: UUID) -> None: ...
    async def audience(self, condition: Condition, by: BroadcastBy = BroadcastBy.SMS) -> Audience: ...
    async def condition_fields(self) -> Mapping[str, FieldOf]: ...


class Messages:
    """Checks input before it travels."""

    def __init__(self, store: MessageStore) -> None:
        self._store = store
        self.lines = store.lines
        self.line_trunks = store.line_trunks
        self.look_at_line, self.line_found = store.look_at_line, store.line_found
        self.trees = store.trees
        self.remove_tree = store.remove_tree
        self.broadcasts = store.broadcasts
        self.approve = store.approve_broadcast
        self.stop = store.stop_broadcast
        self.remove_broadcast = store.remove_broadcast
        self.audience = store.audience

    async def fields(self) -> dict[str, FieldOf]:
        """What an audience may be chosen by."""
        return audience_fields(await self._store.condition_fields())

    async def save_line(self, line: LineOnPage) -> None:
        """Keep a line; off loopback its provider's address begins with https."""
        local = ("http://127.0.0.1", "http://localhost", "http://[::1]")
        if line.trunk_id is None and not line.url.startswith(("https://", *local)):
            raise Refused(Refusal.NOT_A_URL, "url", value=line.url[:60])
        if line.hooks_at and not line.hooks_at.startswith(("https://", "http://")):
            raise Refused(Refusal.NOT_A_URL, "hooks_at", value=line.hooks_at[:60])
        await self._store.save_line(line)

    async def save_tree(self, tree: MessageTree) -> None:
        """Keep a tree that leads nobody astray."""
        if not tree.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        if flaws(tree):
            raise Refused(Refusal.TREE_LEADS_ASTRAY)
        await self._store.save_tree(tree)

    async def save_broadcast(self, broadcast: Broadcast, *, asks: bool = False) -> None:
        """Keep a draft; with `asks` its team's leads are asked to send it."""
        if not broadcast.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        if asks and not (broadcast.text_fr.strip() or broadcast.text_en.strip()):
            raise Refused(Refusal.REQUIRED, "body")
        if (
            asks
            and broadcast.channel is BroadcastBy.EMAIL
            and not (broadcast.subject_fr + broadcast.subject_en).strip()
        ):
            raise Refused(Refusal.REQUIRED, "subject")
        most = MOST_CHARACTERS if broadcast.channel is BroadcastBy.SMS else MOST_MAIL
        if (length := max(len(broadcast.text_fr), len(broadcast.text_en))) > most:
            raise Refused(Refusal.TOO_LONG, "body", length=length, most=most)
        await self._store.save_broadcast(broadcast, asks=asks)
