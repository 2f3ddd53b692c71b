"""Rules, filters and automatic answers as pure decisions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cases import Category
from app.domain.ids import new_id
from app.domain.ledger import Fate
from app.domain.mail import MailPart, Verdict
from app.domain.mail_answers import SHIPPED, Answering, answered_to, answers, of_another_house, words
from app.domain.mail_filters import MOST_REOPENINGS, Facts, KnownCase, decide
from app.domain.mail_replay import Became, PastMail, Would, would_become
from app.domain.mail_rules import (
    Action,
    Condition,
    How,
    MailRule,
    On,
    Seen,
    check,
    first_match,
    matches,
    meets,
)
from app.domain.refusals import Refusal, Refused
from app.mail.reading import read
from tests.helpers.mails import raw_mail

TEAM, OTHER = new_id(), new_id()
BEGAN = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _seen(**more: object) -> Seen:
    mail = read(raw_mail("The hose leaks.", Subject="Pièce détachée, ref. 81", X_Priority="1 (highest)"))
    invoice = MailPart("Facture 12.PDF", "application/pdf", b"", "")
    return replace(Seen(replace(mail, parts=(invoice,)), ("sav@vallon.example",), "Gold", True), **more)  # type: ignore[arg-type]


def _rule(action: Action = Action.IGNORE, *conditions: Condition, **more: object) -> MailRule:
    rule = MailRule(
        new_id(), TEAM, "A rule", conditions or (Condition(On.SUBJECT, How.CONTAINS, "ref"),), action, active=True
    )
    return replace(rule, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "how", "value", "met"),
    [
        (On.SENDER, How.IS, "Jane@Customer.example", True),
        (On.SENDER, How.CONTAINS, "roe", True),
        (On.SENDER, How.IS_NOT, "bob@x.example, jane@customer.example", False),
        (On.DOMAIN, How.IS, "@customer.example", True),
        (On.DOMAIN, How.IS, "example", True),
        (On.DOMAIN, How.IS, "omer.example", False),
        (On.RECIPIENT, How.IS, "SAV@vallon.example", True),
        (On.RECIPIENT, How.CONTAINS, "team@", True),
        (On.SUBJECT, How.CONTAINS, "hose, PIECE DETACHEE", True),
        (On.SUBJECT, How.CONTAINS_NOT, "invoice", True),
        (On.BODY, How.CONTAINS, "leaks", True),
        (On.HEADER, How.CONTAINS, "x-priority: 1", True),
        (On.HEADER, How.IS, "X-Priority: 1", False),
        (On.HEADER, How.CONTAINS, "List-Id:", False),
        (On.HEADER, How.CONTAINS_NOT, "List-Id:", True),
        (On.ATTACHMENT, How.CONTAINS, "XLSX, PDF", True),
        (On.ATTACHMENT, How.IS, "pdf", True),
        (On.ATTACHMENT, How.CONTAINS, "facture", True),
        (On.ATTACHMENT, How.CONTAINS_NOT, "facture", False),
        (On.SEGMENT, How.IS, "gold", True),
        (On.SEGMENT, How.IS_NOT, "gold", False),
        (On.OPEN_CASE, How.IS, "", True),
        (On.OPEN_CASE, How.IS_NOT, "", False),
    ],
)
def test_a_condition_compares_as_people_write(on: On, how: How, value: str, met: bool) -> None:
    assert meets(Condition(on, how, value), _seen()) is met


def test_all_or_any_and_the_first_in_order_that_is_on() -> None:
    yes, no = Condition(On.BODY, How.CONTAINS, "hose"), Condition(On.BODY, How.CONTAINS, "tyre")
    assert not matches(_rule(Action.IGNORE, yes, no), _seen())
    assert matches(_rule(Action.IGNORE, yes, no, matches_all=False), _seen())
    assert not matches(replace(_rule(), conditions=()), _seen())
    late, early, off = _rule(position=3), _rule(position=2), _rule(position=1, active=False)
    assert first_match([late, off, early], _seen()) == early


@given(st.sampled_from(list(On)), st.text(max_size=40))
def test_a_denied_comparison_is_the_opposite(on: On, value: str) -> None:
    for how, denied in ((How.IS, How.IS_NOT), (How.CONTAINS, How.CONTAINS_NOT)):
        assert meets(Condition(on, how, value), _seen()) is not meets(Condition(on, denied, value), _seen())


@pytest.mark.parametrize(
    ("rule", "reason", "field"),
    [
        (_rule(name=" "), Refusal.REQUIRED, "name"),
        (_rule(conditions=()), Refusal.REQUIRED, "conditions"),
        (_rule(Action.IGNORE, Condition(On.SENDER, How.IS, " ,")), Refusal.REQUIRED, "compared"),
        (_rule(Action.IGNORE, Condition(On.HEADER, How.IS, "Priority")), Refusal.NOT_A_HEADER, "compared"),
        (_rule(Action.ROUTE_TO_TEAM), Refusal.REQUIRED, "goes_to"),
        (_rule(Action.ROUTE_TO_AGENT), Refusal.REQUIRED, "goes_to"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_with_its_place(rule: MailRule, reason: Refusal, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check(rule)
    assert (refused.value.reason, refused.value.field) == (reason, field)


def _decided(rule: MailRule | None, **facts: object) -> tuple[str, str]:
    decision = decide(_seen().mail, Facts(rule=rule, **facts))  # type: ignore[arg-type]
    return decision.fate.value, decision.reason


def test_create_new_comes_before_reopen_before_append_before_a_new_case() -> None:
    create, ignore, customer = _rule(Action.CREATE_CASE), _rule(), new_id()
    open_case = KnownCase(new_id(), Category.OPEN)
    solved, old = KnownCase(new_id(), Category.SOLVED), KnownCase(new_id(), Category.SOLVED, reopenable=False)
    assert _decided(create, open_case=open_case, by_token=solved, customer_id=customer) == ("case", "rule")
    assert decide(_seen().mail, Facts(by_token=solved, open_case=open_case)).reopens
    assert _decided(None, open_case=open_case, customer_id=customer) == ("follow_up", "open_case")
    assert _decided(None, by_token=old) == ("case", "new_case")
    assert _decided(ignore, by_token=open_case) == ("follow_up", "token")
    assert _decided(ignore, open_case=open_case) == ("follow_up", "open_case")
    assert _decided(ignore, known_contacts_only=True) == ("ignored", "rule")
    assert _decided(create, known_contacts_only=True) == ("quarantined", "unknown_sender")
    assert _decided(ignore, known_contacts_only=True, wanted=True) == ("case", "new_case")
    route = decide(_seen().mail, Facts(rule=_rule(Action.ROUTE_TO_TEAM, to_team_id=OTHER)))
    assert (route.fate, route.to_team_id) == (Fate.CASE, OTHER)


def test_a_solved_case_is_opened_by_mail_only_so_often() -> None:
    solved = KnownCase(new_id(), Category.SOLVED, reopened=MOST_REOPENINGS)
    assert not decide(_seen().mail, Facts(by_token=solved)).reopens
    assert decide(_seen().mail, Facts(by_token=replace(solved, category=Category.WAITING_CUSTOMER))).reopens
    assert decide(_seen().mail, Facts(by_token=KnownCase(new_id(), Category.OPEN, assigned=True))).reopens
    assert not decide(_seen().mail, Facts(by_token=KnownCase(new_id(), Category.OPEN))).reopens


def test_a_rule_is_played_over_mail_that_came_before_it() -> None:
    team = _rule(Action.ROUTE_TO_TEAM, to_team_id=OTHER, position=2)
    earlier = _rule(position=1)
    assert _would(team, [], _past(Fate.CASE)) is Would.OTHER_TEAM
    assert _would(team, [earlier], _past(Fate.CASE)) is Would.EARLIER_RULE
    assert _would(team, [], _past(Fate.FOLLOW_UP)) is Would.NO_CHANGE
    assert _would(_rule(Action.CREATE_CASE), [], _past(Fate.FOLLOW_UP)) is Would.NEW_CASE
    assert _would(_rule(), [], _past(Fate.CASE)) is Would.IGNORED
    assert _would(_rule(), [], _past(Fate.QUARANTINED)) is Would.IGNORED
    assert _would(_rule(), [], _past(Fate.BOUNCE)) is Would.NO_CHANGE
    assert _would(_rule(Action.ROUTE_TO_AGENT, to_agent_id=OTHER), [], _past(Fate.IGNORED)) is Would.ASSIGNED
    assert _would(_rule(Action.IGNORE, Condition(On.BODY, How.IS, "no")), [], _past(Fate.CASE)) is None


def test_a_changed_rule_is_compared_with_what_it_decided_then() -> None:
    kept = _rule(Action.ROUTE_TO_TEAM, to_team_id=OTHER, position=2)
    narrower = replace(kept, conditions=(Condition(On.BODY, How.IS, "no"),))
    assert _would(kept, [kept], _past(Fate.CASE, kept.id)) is Would.NO_CHANGE
    assert _would(narrower, [kept], _past(Fate.CASE, kept.id)) is Would.UNROUTED
    assert _would(narrower, [kept], _past(Fate.CASE)) is None
    behind = _rule(Action.ROUTE_TO_AGENT, to_agent_id=OTHER, position=3)
    assert _would(narrower, [kept, behind], _past(Fate.CASE, kept.id)) is Would.OTHER_RULE
    ignored = _rule(position=2)
    let_in = replace(ignored, conditions=narrower.conditions)
    assert _would(let_in, [ignored], _past(Fate.IGNORED, ignored.id)) is Would.NEW_CASE
    told = would_become(narrower, [kept, behind], _past(Fate.CASE, kept.id))
    assert told == Became(Would.OTHER_RULE, None, OTHER), "whoever the other rule sends it to has the case"


def _would(rule: MailRule, others: list[MailRule], past: PastMail) -> Would | None:
    became = would_become(rule, others, past)
    return became.would if became is not None else None


def _past(fate: Fate, decided_by: UUID | None = None, at: datetime = BEGAN) -> PastMail:
    return PastMail(_seen(), at, fate, decided_by)


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "auto-generated"},
        {"List_Id": "<l.example>"},
        {"Precedence": "bulk"},
        {"From": "no-reply@shop.example"},
        {"Return_Path": "<>"},
        {"X_Auto_Response_Suppress": "All"},
    ],
)
def test_lists_robots_and_bounces_are_never_answered(fields: dict[str, str]) -> None:
    assert not answers(read(raw_mail(**fields)), Fate.CASE, Answering(on=True, before=0, lately=0))


def test_a_person_is_answered_once_in_a_while_and_a_mailbox_so_often() -> None:
    mail = read(raw_mail(Return_Path="<envelope@customer.example>"))
    assert answers(mail, Fate.CASE, Answering(on=True, before=0, lately=59))
    for known in (Answering(False, 0, 0), Answering(True, 1, 0), Answering(True, 0, 60)):
        assert not answers(mail, Fate.CASE, known)
    received = read(raw_mail(Received="from a by b; Mon, 23 Nov 2026 09:00:00 +0000"))
    for days, answered in ((1, True), (3, False)):
        now = Answering(on=True, before=0, lately=0, now=BEGAN + timedelta(days=days))
        assert answers(received, Fate.CASE, now) is answered, "what lay in the mailbox before it was connected"
    assert not answers(mail, Fate.FOLLOW_UP, Answering(True, 0, 0))
    assert answered_to(mail) == "envelope@customer.example"
    assert answered_to(read(raw_mail())) == "jane@customer.example"
    assert all("1042" in words("", language, 1042, "Vallon") for language in SHIPPED)
    assert words("{number} {name} {other}", "en", 7, "V") == "7 V {other}"
    assert set(SHIPPED) == {"en", "fr"}


def test_a_mail_of_another_guichet_is_no_loop_of_ours() -> None:
    token = "<gu.00000000000000000000000000.aaaaaaaa@other.example>"
    assert read(raw_mail(Message_ID=token)).verdict is Verdict.OWN_LOOP
    human = of_another_house(read(raw_mail(Message_ID=token)))
    assert (human.verdict, human.may_answer) == (Verdict.HUMAN, True)
    robot = of_another_house(read(raw_mail(Message_ID=token, Auto_Submitted="auto-replied")))
    assert (robot.verdict, robot.may_answer) == (Verdict.AUTO_REPLY, False)
