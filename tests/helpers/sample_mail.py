"""Mail in memory: what the composer and the timeline stand on in tests of presenters and views."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.domain.deliveries import DeliveryState
from app.domain.mail import MailAddress
from app.domain.refusals import Refusal, Refused
from app.mail.composing import compose
from app.mail.reading import read, read_head
from app.services.compose import (
    Answering,
    Arrived,
    Bounce,
    Composed,
    Composition,
    Mails,
    MailSender,
    MailTools,
    RawHead,
)
from tests.helpers.mails import raw_mail
from tests.helpers.sample_data import key

CONTACT = MailSender(key("mailbox"), "contact@vallon-agri.example", "Vallon Agri", "Contact centre")
AMELIE, ACCOUNTS = "amelie@tilleuls.example", "compta@tilleuls.example"
HTML = (
    '<p>Hello, <b>there is oil</b> under the tractor.</p><img src="https://pictures.example/logo.png">'
    '<img src="https://t.example/open.gif" width=1 height=1><img src="cid:leak"><script>alert(1)</script>'
)
TWO_BITS = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def letter() -> bytes:
    """A customer's mail with a picture inside, one elsewhere, a tracking one and somebody in copy."""
    body = (
        '--b\nContent-Type: text/html; charset=utf-8\n\n' + HTML + "\n--b\nContent-Type: image/png\n"
        f"Content-ID: <leak>\nContent-Transfer-Encoding: base64\n\n{TWO_BITS}\n--b--\n"
    )  # fmt: skip
    return raw_mail(
        body,
        "multipart/related; boundary=b",
        From=f"=?utf-8?q?Am=C3=A9lie?= Fontaine <{AMELIE}>",
        To=f"Vallon <{CONTACT.address}>",
        Cc=ACCOUNTS,
        Subject="Hydraulic leak, 6R 155",
        Message_ID="<leak@tilleuls.example>",
    )


@dataclass
class SampleMail:
    """MailStore over lists."""

    raws: dict[UUID, bytes] = field(default_factory=lambda: {key("f1"): letter()})
    box: MailSender | None = CONTACT
    sent: list[tuple[Composition, Composed]] = field(default_factory=list)
    decided: list[tuple[UUID, DeliveryState]] = field(default_factory=list)
    undone: list[UUID] = field(default_factory=list)
    bounced: list[Bounce] = field(default_factory=list)
    split: list[tuple[UUID, UUID]] = field(default_factory=list)
    drafts: dict[UUID, str] = field(default_factory=dict)
    colleagues: tuple[Answering, ...] = ()
    heads: list[RawHead] = field(default_factory=list)
    known: list[MailAddress] = field(default_factory=list)
    news: tuple[Arrived, ...] = ()
    reachable: bool = True
    reason: str = ""
    may_undo: bool = True

    async def case_mails(self, case_id: UUID, known: frozenset[UUID]) -> Sequence[RawHead]:
        return [*(RawHead(id_, raw, reason=self.reason) for id_, raw in self.raws.items()), *self.heads]

    async def raw_mail(self, follow_up_id: UUID) -> bytes:
        return self.raws[follow_up_id]

    async def mail_sender(self, case_id: UUID) -> MailSender | None:
        return self.box

    async def own_addresses(self) -> frozenset[str]:
        return frozenset({CONTACT.address})

    async def find_addresses(self, typed: str, limit: int) -> tuple[MailAddress, ...]:
        return tuple(one for one in self.known if typed in one.address)[:limit]

    async def send_mail(self, mail: Composition, composed: Composed) -> None:
        if not self.reachable:
            raise Refused(Refusal.SERVER_AWAY)
        self.sent.append((mail, composed))

    async def undo_mail(self, mail_id: UUID) -> bool:
        self.undone.append(mail_id)
        return self.may_undo

    async def split_mail(self, follow_up_id: UUID, case_id: UUID) -> None:
        self.split.append((follow_up_id, case_id))

    async def unsplit_mail(self, case_id: UUID) -> None:
        self.split = [one for one in self.split if one[1] != case_id]

    async def bounces(self, addresses: Sequence[str]) -> tuple[Bounce, ...]:
        return tuple(one for one in self.bounced if one.address in addresses)

    async def forget_bounce(self, address: str) -> None:
        self.bounced = [one for one in self.bounced if one.address != address]

    async def decide_delivery(self, delivery_id: UUID, state: DeliveryState) -> None:
        self.decided.append((delivery_id, state))

    async def answering(self, case_id: UUID) -> tuple[Answering, ...]:
        return self.colleagues

    async def share_draft(self, case_id: UUID, said: str) -> None:
        self.drafts[case_id] = said

    async def drop_draft(self, case_id: UUID) -> None:
        self.drafts.pop(case_id, None)

    async def arrived(self, follow_up_ids: tuple[UUID, ...]) -> tuple[Arrived, ...]:
        return tuple(one for one in self.news if one.follow_up_id in follow_up_ids)


def sample_mails(store: SampleMail) -> Mails:
    """The service over it, with the real reading and composing; nothing is fetched."""
    return Mails(store, MailTools(read, read_head, compose, lambda _: None))
