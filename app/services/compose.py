"""Mail at the desk: what a case's mails say and where they are, and writing one."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.composing import MOST_BYTES, Ending, MailHead, Recipients, check_recipients, one_line
from app.domain.deliveries import DeliveryState
from app.domain.ids import new_id
from app.domain.mail import Mail, MailAddress
from app.domain.refusals import Refusal, Refused
from app.domain.rich_text import Blocks, is_blank

SUBJECT_MOST = 500


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient of a mail, and where it is for her."""

    id: UUID
    recipient: str
    state: DeliveryState
    send_at: datetime
    changed_at: datetime
    attempts: int = 0
    reason: str = ""
    held: bool = False
    """Waits until `send_at`, since its mailbox has sent as much as it may in a minute."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What reports told of an address: no good for ever, or away."""

    address: str
    permanent: bool
    reason: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class CaseMail:
    """What a timeline adds to a follow-up that is a mail; one that came in has no deliveries."""

    follow_up_id: UUID
    head: MailHead
    id: UUID | None = None
    written_by: UUID | None = None
    deliveries: tuple[Delivery, ...] = ()
    reason: str = ""
    """Why one that came in stands in this case, as the ledger has it."""

    @property
    def doubt(self) -> str:
        """Why it may belong to a case of its own: `changed_subject` or `stranger_in_thread`; empty: it does not."""
        return self.reason if self.reason in {"changed_subject", "stranger_in_thread"} else ""

    @property
    def sent(self) -> bool:
        """Whether it is ours."""
        return self.id is not None

    @property
    def hidden(self) -> tuple[str, ...]:
        """Who got it without the others seeing it."""
        seen = {one.address.casefold() for one in (*self.head.to, *self.head.cc)}
        return tuple(one.recipient for one in self.deliveries if one.recipient.casefold() not in seen)


@dataclass(frozen=True, slots=True)
class RawHead:
    """The first bytes of a mail as the store gives them, with what it knows of its deliveries."""

    follow_up_id: UUID
    raw: bytes
    id: UUID | None = None
    written_by: UUID | None = None
    deliveries: tuple[Delivery, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MailSender:
    """The mailbox that a case speaks through; of a sub-team its communication team's."""

    mailbox_id: UUID
    address: str
    display_name: str
    team_name: str


@dataclass(frozen=True, slots=True)
class Answering:
    """A colleague who has begun an answer on the same case."""

    agent_id: UUID
    name: str
    at: datetime
    said: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A customer's mail on a case that is mine; or what an automation says, whose name is the author's then."""

    follow_up_id: UUID
    case_id: UUID
    number: int
    subject: str
    author: str
    said: str = ""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that goes along; with `content_id` it is a picture inside the text."""

    name: str
    data: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Composition:
    """A mail as its writer finished it; the Message-ID is fixed here and never again."""

    id: UUID
    follow_up_id: UUID
    case_id: UUID
    mailbox_id: UUID
    message_id: str
    sender: MailAddress
    recipients: Recipients
    subject: str
    blocks: Blocks
    at: datetime
    language: str = "fr"
    signature: str = ""
    references: tuple[str, ...] = ()
    files: tuple[NamedFile, ...] = ()
    ending: Ending = Ending.SEND
    after_s: int = 0


@dataclass(frozen=True, slots=True)
class Composed:
    """The bytes that will leave and the words that the timeline shows."""

    raw: bytes
    text: str


class MailStore(Protocol):
    """Where mails are kept; what an agent may see and send is decided there."""

    async def case_mails(self, case_id: UUID, known: frozenset[UUID]) -> Sequence[RawHead]: ...
    async def raw_mail(self, follow_up_id: UUID) -> bytes: ...
    async def mail_sender(self, case_id: UUID) -> MailSender | None: ...
    async def own_addresses(self) -> frozenset[str]: ...
    async def find_addresses(self, typed: str, limit: int) -> tuple[MailAddress, ...]: ...
    async def send_mail(self, mail: Composition, composed: Composed) -> None: ...
    async def undo_mail(self, mail_id: UUID) -> bool: ...
    async def split_mail(self, follow_up_id: UUID, case_id: UUID) -> None: ...
    async def unsplit_mail(self, case_id: UUID) -> None: ...
    async def bounces(self, addresses: Sequence[str]) -> tuple[Bounce, ...]: ...
    async def forget_bounce(self, address: str) -> None: ...
    async def decide_delivery(self, delivery_id: UUID, state: DeliveryState) -> None: ...
    async def answering(self, case_id: UUID) -> tuple[Answering, ...]: ...
    async def share_draft(self, case_id: UUID, said: str) -> None: ...
    async def drop_draft(self, case_id: UUID) -> None: ...
    async def arrived(self, follow_up_ids: tuple[UUID, ...]) -> tuple[Arrived, ...]: ...


@dataclass(frozen=True, slots=True)
class MailTools:
    """What understands and makes the bytes of mails; joined in bootstrap."""

    read: Callable[[bytes], Mail]
    read_head: Callable[[bytes], MailHead]
    compose: Callable[[Composition], Composed]
    picture: Callable[[str], bytes | None]
    """A picture from elsewhere, fetched because somebody asked for it; blocks."""


class Mails:
    """What an agent does with mail; input is checked before it travels."""

    def __init__(self, store: MailStore, tools: MailTools) -> None:
        self._store, self._tools = store, tools
        self.sender = store.mail_sender
        self.own_addresses = store.own_addresses
        self.find_addresses = store.find_addresses
        self.undo = store.undo_mail
        self.unsplit = store.unsplit_mail
        self.bounces = store.bounces
        self.forget_bounce = store.forget_bounce
        self.decide = store.decide_delivery
        self.answering = store.answering
        self.share_draft = store.share_draft
        self.drop_draft = store.drop_draft
        self.arrived = store.arrived

    async def of_case(self, case_id: UUID, known: Mapping[UUID, CaseMail]) -> dict[UUID, CaseMail]:
        """The mails of a case by their follow-up; the heads of those that are known are not read again."""
        found = await self._store.case_mails(case_id, frozenset(known))
        return await asyncio.to_thread(self._headed, found, known)

    def _headed(self, found: Sequence[RawHead], known: Mapping[UUID, CaseMail]) -> dict[UUID, CaseMail]:
        return {
            one.follow_up_id: CaseMail(
                one.follow_up_id,
                known[one.follow_up_id].head if one.follow_up_id in known else self._tools.read_head(one.raw),
                one.id,
                one.written_by,
                one.deliveries,
                one.reason,
            )
            for one in found
        }

    async def split(self, follow_up_id: UUID) -> UUID:
        """Make a mail that came in a case of its own, of its sender's; the case."""
        case_id = new_id()
        await self._store.split_mail(follow_up_id, case_id)
        return case_id

    async def whole(self, follow_up_id: UUID) -> Mail:
        """A mail with everything that it holds."""
        raw = await self._store.raw_mail(follow_up_id)
        return await asyncio.to_thread(self._tools.read, raw)

    async def picture(self, address: str) -> bytes | None:
        """A picture from elsewhere; None when there is none to be had."""
        return await asyncio.to_thread(self._tools.picture, address)

    async def send(self, mail: Composition) -> None:
        """Write the mail, its deliveries and what it does to its case, all or nothing."""
        check_recipients(mail.recipients)
        if not one_line(mail.subject, "subject").strip():
            raise Refused(Refusal.REQUIRED, "subject")
        if len(mail.subject) > SUBJECT_MOST:
            raise Refused(Refusal.TOO_LONG, "subject", length=len(mail.subject), most=SUBJECT_MOST)
        if is_blank(mail.blocks) and not mail.files:
            raise Refused(Refusal.REQUIRED, "body")
        check_files(mail.files)
        await self._store.send_mail(mail, await asyncio.to_thread(self._tools.compose, mail))


def check_files(files: tuple[NamedFile, ...]) -> None:
    """Refuse more than a mail server takes; the largest file is named."""
    size = sum(len(one.data) for one in files)
    if size > MOST_BYTES:
        largest = max(files, key=lambda one: len(one.data))
        raise Refused(
            Refusal.ATTACHMENT_TOO_LARGE,
            name=largest.name,
            size_mb=-(-size // 1_000_000),
            most_mb=MOST_BYTES // 1_000_000,
        )
