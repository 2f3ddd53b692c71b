"""A team's mail in memory: what is saved is kept, and the hub answers at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.domain.ledger import Fate
from app.domain.mail_consequences import Reply
from app.domain.mail_replay import Would
from app.domain.mail_rules import Action, Condition, How, MailRule, On
from app.services.automations import SentOne, Undone
from app.services.email_hub import (
    CatchAll,
    EmailHub,
    HubAddress,
    HubSettings,
    LedgerLine,
    LedgerSearch,
    MailboxCount,
    MailboxSetup,
    RuleOnPage,
    Way,
)
from app.services.mail_requests import Checked, CheckStep, CodeStep, Counted, DryRun, DryRunLine
from tests.helpers.sample_data import key

NOW = datetime(2026, 11, 23, 9, 4, tzinfo=UTC)
TEAM = key("Contact centre")
BOX = MailboxSetup(
    key("mailbox"), TEAM, "contact@vallon-agri.example",
    "outlook.office365.com", 993, "smtp.office365.com", 587, "starttls",
    "contact@vallon-agri.example", "", "INBOX", state="reachable", looked_at=NOW, kept=True,
)  # fmt: skip
CAUGHT = replace(
    BOX,
    id=key("all"),
    address="all@in.vallon.example",
    host="imap.in.vallon.example",
    smtp_host="smtp.in.vallon.example",
)
RAW = (
    b"Return-Path: <>\r\nReceived: from mx3.agro-import.example by in.vallon.example\r\n with ESMTPS id 4Xk2Qm; "
    b"Mon, 23 Nov 2026 09:47:12 +0100\r\nFrom: =?windows-1252?B?SmVhbi1QYXVs\r\nSubject: Commande 5521\r\n\r\n"
    b"Bonjour,\r\n"
)


def _rule(name: str, action: Action, at: int, *conditions: Condition, active: bool = True) -> MailRule:
    team = key("Pièces détachées") if action is Action.ROUTE_TO_TEAM else None
    agent = key("Nadia Benali") if action is Action.ROUTE_TO_AGENT else None
    return MailRule(key(f"rule {name}"), TEAM, name, conditions, action, team, agent, active=active, position=at)


RULES = (
    _rule("Newsletters and adverts", Action.IGNORE, 1, Condition(On.HEADER, How.CONTAINS, "List-Unsubscribe:")),
    _rule(
        "Parts orders", Action.ROUTE_TO_TEAM, 2, Condition(On.RECIPIENT, How.IS, "sav@vallon-agri.example"),
        Condition(On.SUBJECT, How.CONTAINS, "part, order, reference"),
        Condition(On.ATTACHMENT, How.CONTAINS, "PDF, XLSX"),
        active=False,
    ),
    _rule("Domaine Lefèvre", Action.ROUTE_TO_AGENT, 3, Condition(On.DOMAIN, How.IS, "lefevre.example")),
    _rule("Alarm: machine monitoring", Action.CREATE_CASE, 4, Condition(On.SENDER, How.CONTAINS, "alarm@")),
)  # fmt: skip
_LINES = (
    ("Amélie Fontaine", "Re: Hydraulic leak", Fate.FOLLOW_UP, "token", 48213),
    ("no-reply@meteo-agri.example", "Frost tonight", Fate.IGNORED, "rule", None),
    ("p.morel@gaec-morel.example", "Price of a 5075", Fate.QUARANTINED, "unknown_sender", None),
    ("", "=?windows-1252?B?…", Fate.UNPARSEABLE, "unreadable", None),
    ("cuma@nolay.example", "Absent until 30 November", Fate.AUTO_REPLY, "auto_reply", None),
    ("mailer-daemon@x.example", "Undelivered: 48049", Fate.BOUNCE, "delivery_report", None),
    ("a.fontaine@gaec-tilleuls.example", "Hydraulic leak", Fate.CASE, "new_case", 48213),
    ("centre-7f3a@in.vallon.example", "Your request 48160", Fate.OWN_LOOP, "own_message", None),
)


class SampleTeamMail:
    """The port of a team's mail over lists."""

    def __init__(self, tell: Callable[[str], None] = lambda _: None) -> None:
        self._tell = tell
        self.hubs = {
            TEAM: EmailHub(
                HubSettings(TEAM, True, Way.MICROSOFT, "Concession Vallon", True, True, True, version=3),
                (BOX,),
                (
                    HubAddress("contact@vallon-agri.example", BOX.id, False, True, 1204),
                    HubAddress("sav@vallon-agri.example", BOX.id, False, False, 311),
                    HubAddress("service.beaune@vallon.example", BOX.id, False, False, 27),
                    HubAddress("contact-centre-7f3a@in.vallon.example", CAUGHT.id, True, False, 18),
                ),
                CatchAll(CAUGHT.id, "domain", CAUGHT.address),
                CAUGHT,
                {BOX.id: tuple(CheckStep(step, ok=True) for step in Checked)},
                quarantined=6,
            )
        }
        self.rules = list(RULES)
        self.again: list[tuple[UUID, str]] = []
        self.counted: dict[UUID, Counted] = {BOX.id: Counted(12418, 12418)}

    async def email_hub(self, team_id: UUID) -> EmailHub:
        return self.hubs.get(team_id, EmailHub(HubSettings(team_id)))

    async def save_settings(self, settings: HubSettings) -> None:
        hub = await self.email_hub(settings.team_id)
        self.hubs[settings.team_id] = replace(hub, settings=replace(settings, version=settings.version + 1))

    async def save_mailbox(self, mailbox: MailboxSetup) -> None:
        hub = await self.email_hub(mailbox.team_id)
        others = tuple(box for box in hub.mailboxes if box.id != mailbox.id)
        kept = (*others, replace(mailbox, kept=True, secret=""))
        self.hubs[mailbox.team_id] = replace(hub, mailboxes=kept)
        if not mailbox.kept:
            await self.add_address(mailbox.team_id, mailbox.id, mailbox.address)

    async def add_address(self, team_id: UUID, mailbox_id: UUID, address: str) -> None:
        hub = await self.email_hub(team_id)
        fresh = HubAddress(address, mailbox_id, sends=not hub.addresses)
        self.hubs[team_id] = replace(hub, addresses=(*hub.addresses, fresh))

    async def choose_sender(self, address: str) -> None:
        for team, hub in self.hubs.items():
            its = tuple(replace(one, sends=one.address == address) for one in hub.addresses)
            self.hubs[team] = replace(hub, addresses=its)

    async def set_catch_all(self, mailbox: MailboxSetup, form: str) -> None:
        hub = await self.email_hub(mailbox.team_id)
        caught = CatchAll(mailbox.id, form, mailbox.address)
        self.hubs[mailbox.team_id] = replace(hub, catch_all=caught, catch_all_box=replace(mailbox, kept=True))

    async def test_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None:
        hub = await self.email_hub(team_id)
        steps = (
            CheckStep(Checked.SERVER, ok=True),
            CheckStep(Checked.SIGN_IN, ok=False, said="[AUTHENTICATIONFAILED] no"),
        )
        self.hubs[team_id] = replace(hub, tests={**hub.tests, mailbox_id: steps})
        self._tell("email_hub")

    async def sign_in_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None:
        self.tell_code(team_id, mailbox_id, CodeStep("ABCD-EFGH", "https://microsoft.com/devicelogin"))

    def tell_code(self, team_id: UUID, mailbox_id: UUID, step: CodeStep) -> None:
        """Be the hub that has something to say about a sign-in."""
        self.hubs[team_id] = replace(self.hubs[team_id], sign_ins={mailbox_id: step})
        self._tell("email_hub")

    async def mail_rules(self, team_id: UUID) -> tuple[RuleOnPage, ...]:
        ordered = sorted((rule for rule in self.rules if rule.team_id == team_id), key=lambda rule: rule.position)
        return tuple(RuleOnPage(rule, 96) for rule in ordered)

    async def save_mail_rule(self, rule: MailRule) -> None:
        self.rules = [one for one in self.rules if one.id != rule.id] + [rule]

    async def remove_mail_rule(self, rule_id: UUID) -> None:
        self.rules = [one for one in self.rules if one.id != rule_id]

    async def order_mail_rules(self, team_id: UUID, ids: tuple[UUID, ...]) -> None:
        self.rules = [replace(one, position=ids.index(one.id) + 1) if one.id in ids else one for one in self.rules]

    async def ask_dry_run(self, request_id: UUID, rule: MailRule, days: int) -> None:
        self._tell("email_hub")

    async def dry_run(self, request_id: UUID) -> DryRun | None:
        text = "Bonjour,\n\nnous avons bien reçu votre message. Votre dossier porte le numéro …\n\nVallon Service"
        lines = (
            DryRunLine(
                key("d0"), NOW, "CUMA de Nolay", "Quote for a baler", "ignored", None, Would.OTHER_TEAM,
                (
                    Reply("Acknowledge a new case", "acknowledgement", "cuma@nolay.example", text),
                    Reply("Demandes de devis", "", "cuma@nolay.example", "Bonjour, voici notre catalogue de presses."),
                ),
            ),
            DryRunLine(key("d1"), NOW, "GAEC des Tilleuls", "Hose, ref. 81-204", "case", 48177, Would.OTHER_TEAM),
            DryRunLine(key("d2"), NOW, "CUMA de Nolay", "Order 5521 – two filters", "case", 48160, Would.OTHER_TEAM),
            DryRunLine(key("d3"), NOW, "EARL Girard", "Part missing in parcel", "follow_up", 48177, Would.NO_CHANGE),
        )  # fmt: skip
        return DryRun(1560, 96, 81, lines, 4, 0, 2.4)

    async def undo_rule(self, rule_id: UUID, since: datetime, until: datetime) -> tuple[Undone, ...]:
        return (Undone(key("u1"), 48177, "undone"), Undone(key("u2"), 48160, "touched"))

    async def sent_by_rule(self, rule_id: UUID, since: datetime, until: datetime) -> tuple[SentOne, ...]:
        return (SentOne(key("u1"), 48177, NOW, "reply", "cuma@nolay.example"),)

    async def ledger_counts(self, team_id: UUID) -> tuple[MailboxCount, ...]:
        by_fate = {"follow_up": 7611, "case": 3204, "ignored": 1022, "auto_reply": 374, "bounce": 139, "own_loop": 41,
                   "quarantined": 24, "unparseable": 3}  # fmt: skip
        if team_id != TEAM:
            return ()
        return (MailboxCount(BOX.id, BOX.address, by_fate, self.counted.get(BOX.id), NOW - timedelta(minutes=1)),)

    async def ledger_lines(self, search: LedgerSearch) -> tuple[LedgerLine, ...]:
        lines = [
            LedgerLine(
                key(f"mail {at}"), NOW - timedelta(minutes=9 * at), sender, subject, fate, reason,
                key(f"case {case}") if case else None, case, f"<{at}@mail.example>", 2914, BOX.address,
            )
            for at, (sender, subject, fate, reason, case) in enumerate(_LINES)
        ]  # fmt: skip
        wanted = search.words.casefold()
        return tuple(
            line
            for line in lines
            if search.team_id == TEAM
            and search.fate in {None, line.fate}
            and wanted in f"{line.sender} {line.subject}".casefold()
        )

    async def raw_mail(self, incoming_id: UUID, most: int) -> bytes:
        return RAW[:most]

    async def count_mailbox(self, team_id: UUID, mailbox_id: UUID) -> None:
        self.counted[mailbox_id] = Counted(12419, 12418, ("<lost@customer.example>",))

    async def settle_again(self, incoming_id: UUID, how: str) -> None:
        self.again.append((incoming_id, how))
