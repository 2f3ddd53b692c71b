"""A team's mail as its lead sets it up: mailbox, addresses, sender, settings, rules, ledger."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from app.domain import mail_rules
from app.domain.ids import new_id
from app.domain.ledger import Fate
from app.domain.mail_rules import MailRule
from app.domain.refusals import Refusal, Refused
from app.services.automations import SentOne, Undone
from app.services.mail_requests import CheckStep, CodeStep, Counted, DryRun

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")


class Way(StrEnum):
    """The three ways of setting a team's mail up."""

    MICROSOFT = "microsoft"
    COMPANY = "company"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True)
class HubSettings:
    """What a team says about its mail; `version` 0 has never been saved."""

    team_id: UUID
    enabled: bool = False
    way: Way | None = None
    display_name: str = ""
    known_contacts_only: bool = False
    uses_display_name: bool = True
    auto_reply: bool = False
    reply_en: str = ""
    reply_fr: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class MailboxSetup:
    """A mailbox as leads see it; `secret` is only ever written, empty leaves it as it is.

    `kind` is imap, ews (an Exchange server of one's own) or graph (Microsoft 365). The last signs in as an application:
    `tenant`, `client_id`, and the application's secret; or by a code that somebody types once (`device`).
    """

    id: UUID
    team_id: UUID
    address: str = ""
    host: str = ""
    port: int = 993
    smtp_host: str = ""
    smtp_port: int = 465
    security: str = "tls"
    username: str = ""
    secret: str = field(default="", repr=False)
    folder: str = "INBOX"
    per_minute: int = 600
    """So many mails leave it in a minute; what is more waits."""
    kind: str = "imap"
    sign_in: str = "password"
    tenant: str = ""
    client_id: str = ""
    state: str = ""
    said: str = ""
    looked_at: datetime | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class HubAddress:
    """One address that ever led to the team; `lately` is what came by it in 30 days."""

    address: str
    mailbox_id: UUID
    generated: bool = False
    sends: bool = False
    lately: int = 0


@dataclass(frozen=True, slots=True)
class CatchAll:
    """The one mailbox that takes every generated address: all names of a domain, or one name with a plus."""

    mailbox_id: UUID
    form: str
    address: str


@dataclass(frozen=True, slots=True)
class EmailHub:
    """All of a team's mail on one page; `tests` are the last answers, by mailbox."""

    settings: HubSettings
    mailboxes: tuple[MailboxSetup, ...] = ()
    addresses: tuple[HubAddress, ...] = ()
    catch_all: CatchAll | None = None
    catch_all_box: MailboxSetup | None = None
    tests: dict[UUID, tuple[CheckStep, ...]] = field(default_factory=dict)
    waiting: frozenset[UUID] = frozenset()
    """Mailboxes whose test the hub has not answered."""
    quarantined: int = 0
    sign_ins: dict[UUID, CodeStep] = field(default_factory=dict)
    """Sign-ins by code of the last day, by mailbox."""


@dataclass(frozen=True, slots=True)
class RuleOnPage:
    """A rule with how often it decided in the last 30 days."""

    rule: MailRule
    lately: int = 0


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One message that came in."""

    id: UUID
    arrived_at: datetime
    sender: str
    subject: str
    fate: Fate | None
    reason: str
    case_id: UUID | None
    case_number: int | None
    external_id: str
    size: int
    mailbox: str


@dataclass(frozen=True, slots=True)
class MailboxCount:
    """A mailbox in the ledger: how many messages by fate, and the last comparison with the server."""

    mailbox_id: UUID
    address: str
    by_fate: dict[str, int] = field(default_factory=dict)
    counted: Counted | None = None
    counted_at: datetime | None = None
    waiting: bool = False

    @property
    def total(self) -> int:
        return sum(self.by_fate.values())


@dataclass(frozen=True, slots=True)
class LedgerSearch:
    """Which lines are wanted; `fate` None is all of them."""

    team_id: UUID
    mailbox_id: UUID | None = None
    fate: str | None = None
    words: str = ""
    most: int = 200
    below: tuple[datetime, UUID] | None = None
    """The last line of a page: the next one begins under it (keyset)."""


class EmailHubStore(Protocol):
    """Where it is kept; every change is permission-checked there."""

    async def email_hub(self, team_id: UUID) -> EmailHub: ...
    async def save_settings(self, settings: HubSettings) -> None: ...
    async def save_mailbox(self, mailbox: MailboxSetup) -> None: ...
    async def add_address(self, team_id: UUID, mailbox_id: UUID, address: str) -> None: ...
    async def choose_sender(self, address: str) -> None: ...
    async def set_catch_all(self, mailbox: MailboxSetup, form: str) -> None: ...
    async def test_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None: ...
    async def sign_in_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None: ...
    async def mail_rules(self, team_id: UUID) -> tuple[RuleOnPage, ...]: ...
    async def save_mail_rule(self, rule: MailRule) -> None: ...
    async def remove_mail_rule(self, rule_id: UUID) -> None: ...
    async def order_mail_rules(self, team_id: UUID, ids: tuple[UUID, ...]) -> None: ...
    async def ask_dry_run(self, request_id: UUID, rule: MailRule, days: int) -> None: ...
    async def dry_run(self, request_id: UUID) -> DryRun | None: ...
    async def undo_rule(self, rule_id: UUID, since: datetime, until: datetime) -> tuple[Undone, ...]: ...
    async def sent_by_rule(self, rule_id: UUID, since: datetime, until: datetime) -> tuple[SentOne, ...]: ...
    async def ledger_counts(self, team_id: UUID) -> tuple[MailboxCount, ...]: ...
    async def ledger_lines(self, search: LedgerSearch) -> tuple[LedgerLine, ...]: ...
    async def raw_mail(self, incoming_id: UUID, most: int) -> bytes: ...
    async def count_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None: ...
    async def settle_again(self, incoming_id: UUID, how: str) -> None: ...


class TeamMail:
    """What a team's lead does with its mail; checked here for a clear sentence, and there for good."""

    def __init__(self, store: EmailHubStore) -> None:
        self._store = store
        self.email_hub = store.email_hub
        self.save_settings = store.save_settings
        self.choose_sender = store.choose_sender
        self.test_mailbox = store.test_mailbox
        self.sign_in_mailbox = store.sign_in_mailbox
        self.rules = store.mail_rules
        self.remove_rule = store.remove_mail_rule
        self.order_rules = store.order_mail_rules
        self.dry_run, self.undo_rule, self.sent_by_rule = store.dry_run, store.undo_rule, store.sent_by_rule
        self.counts = store.ledger_counts
        self.lines = store.ledger_lines
        self.raw_mail = store.raw_mail
        self.count_mailbox = store.count_mailbox

    async def save_mailbox(self, mailbox: MailboxSetup) -> None:
        await self._store.save_mailbox(_checked(mailbox))

    async def add_address(self, team_id: UUID, mailbox_id: UUID, address: str) -> None:
        await self._store.add_address(team_id, mailbox_id, _address(address))

    async def set_catch_all(self, mailbox: MailboxSetup, form: str) -> None:
        await self._store.set_catch_all(_checked(mailbox), form)

    async def save_rule(self, rule: MailRule) -> None:
        mail_rules.check(rule)
        await self._store.save_mail_rule(rule)

    async def ask_dry_run(self, rule: MailRule, days: int = 30) -> UUID:
        """Ask for it over so many days; the answer comes under this id, with a hint."""
        mail_rules.check(replace(rule, name=rule.name.strip() or "…"))  # it is tried before it has a name
        request = new_id()
        await self._store.ask_dry_run(request, rule, days)
        return request

    async def make_case(self, incoming_id: UUID) -> None:
        """What was kept back becomes a case, settled once more by the hub."""
        await self._store.settle_again(incoming_id, "case")

    async def replay(self, incoming_id: UUID) -> None:
        """The kept bytes are read again by today's parser; never the same case twice."""
        await self._store.settle_again(incoming_id, "replay")


_NEEDED = {"imap": ("host", "smtp_host"), "ews": ("host",), "graph": ("tenant", "client_id")}
# A tenant is an id or a domain, an application an id (Microsoft identity platform, "Register an application").
_SHAPES = {"tenant": re.compile(r"[A-Za-z0-9.-]{0,253}"), "client_id": re.compile(r"[A-Za-z0-9-]{0,100}")}


def _checked(mailbox: MailboxSetup) -> MailboxSetup:
    address = _address(mailbox.address)
    for name in _NEEDED[mailbox.kind]:
        if not getattr(mailbox, name).strip():
            raise Refused(Refusal.REQUIRED, name)
    if not mailbox.kept and not mailbox.secret and mailbox.sign_in != "device":
        raise Refused(Refusal.REQUIRED, "password")
    for name, pattern in _SHAPES.items():
        if not pattern.fullmatch(getattr(mailbox, name).strip()):
            raise Refused(Refusal.NOT_AN_ID, name, value=getattr(mailbox, name).strip()[:60])
    return replace(
        mailbox, address=address, host=mailbox.host.strip(), smtp_host=mailbox.smtp_host.strip(),
        username=mailbox.username.strip() or address, folder=mailbox.folder.strip() or "INBOX",
        tenant=mailbox.tenant.strip(), client_id=mailbox.client_id.strip(),
    )  # fmt: skip


def _address(typed: str) -> str:
    address = typed.strip().lower()
    if not address:
        raise Refused(Refusal.REQUIRED, "address")
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        raise Refused(Refusal.NOT_AN_EMAIL, "address", value=typed.strip()[:60])
    return address
