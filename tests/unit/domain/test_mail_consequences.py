"""What follows of a mail that would have become a case: every automatic reply, and loops, as pure decisions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.automation_deeds import World
from app.domain.automations import Action, Automation, Does, Trigger, When, by_trigger
from app.domain.conditions import ANYTHING, Compare, Condition, How
from app.domain.ids import new_id
from app.domain.ledger import Fate
from app.domain.mail_consequences import ACKNOWLEDGEMENT, Begun, Consequences, Followed, MailHouse, Speaker
from app.domain.mail_replay import Became, PastMail, Would
from app.domain.mail_rules import Seen
from app.mail.reading import read
from tests.helpers.mails import raw_mail

BEGAN = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEAM, PARTS, TYPE, NEW = (str(new_id()) for _ in range(4))
NEW_CASE, ROUTED = Became(Would.NEW_CASE), Became(Would.OTHER_TEAM, UUID(PARTS))
JANE = "jane@customer.example"


def _automation(
    name: str, *actions: Action, when: When | None = None, condition: Condition = ANYTHING, shipped: str = ""
) -> Automation:
    return Automation(new_id(), name, (), condition, when or When(), actions, shipped=shipped, active=True)


def _reply(template: str = "prices") -> Action:
    return Action(Does.REPLY, template)


ACKNOWLEDGE = _automation("Acknowledge", _reply(ACKNOWLEDGEMENT), shipped="acknowledgement")
URGENT = Action(Does.SET_FIELD, "urgent", "case.priority")
BECOMES_URGENT = When(Trigger.UPDATED, "case.priority", becomes=("urgent",))


def _follows(*automations: Automation, acknowledges: bool = False, answers: bool = True, **more: Any) -> Consequences:
    templates = {
        ACKNOWLEDGEMENT: ("Case {{ case.number }}. {{ sender }}", "Dossier {{ case.number }}. {{ sender }}"),
        "prices": ("Our prices, {{ customer.name }}", "Nos prix, {{ customer.name }}"),
        "broken": ("{{ case.number", "{{ case.number"),
    }
    chosen = (ACKNOWLEDGE, *automations) if acknowledges else automations
    house = MailHouse(
        by_trigger(chosen), World({TYPE: ((NEW, "new"),)}), templates, Speaker(answers, "Vallon"),
        ACKNOWLEDGE if acknowledges else None,
    )  # fmt: skip
    return Consequences(replace(house, **more))


def _begun(team: str = TEAM, **more: Any) -> Begun:
    facts = {
        "case.type": TYPE, "case.state": NEW, "case.category": "new", "case.team": team, "case.assignee": None,
        "case.priority": "normal", "case.tags": (), "case.channel": "email", "team.auto_reply": True,
    }  # fmt: skip
    names = {"case": {"number": "…"}, "customer": {"name": "Jane Roe"}}
    return replace(Begun(facts, names, Speaker(True, "Vallon"), "en"), **more)


def _past(fate: Fate = Fate.FOLLOW_UP, minutes: float = 0, body: str = "Hello", **fields: str) -> PastMail:
    return PastMail(Seen(read(raw_mail(body, **fields))), BEGAN + timedelta(minutes=minutes), fate)


def _told(followed: Followed) -> list[tuple[str, str, str]]:
    return [(one.automation, one.to, one.text) for one in followed.replies]


def test_the_acknowledgement_comes_first_in_the_teams_own_words_and_keeps_the_others_from_the_same_sender() -> None:
    quote = _automation("Quotes", _reply())
    follows = _follows(quote, acknowledges=True)
    assert _told(follows.follow(_past(), NEW_CASE, _begun())) == [("Acknowledge", JANE, "Case …. Vallon")]
    own = Speaker(True, "Vallon", {"en": "Hello, {number}. {name}"})
    follows = _follows(quote, acknowledges=True, speaker=own)
    assert _told(follows.follow(_past(), NEW_CASE, _begun())) == [("Acknowledge", JANE, "Hello, …. Vallon")]
    follows = _follows(quote)
    assert _told(follows.follow(_past(), NEW_CASE, _begun())) == [("Quotes", JANE, "Our prices, Jane Roe")]


def test_automations_reply_for_whom_the_case_would_have_gone_to_and_to_what_the_mail_says() -> None:
    of_parts = _automation("Parts", _reply(), condition=Compare("case.team", values=(PARTS,)))
    asks = _automation(
        "Price asked", _reply(), when=When(Trigger.MESSAGE_IN),
        condition=Compare("event.text", How.CONTAINS, ("price",)),
    )  # fmt: skip
    follows = _follows(of_parts, asks)
    past = _past(Fate.CASE, body="What is the price?")
    assert _told(follows.follow(past, Became(Would.UNROUTED), _begun())) == [
        ("Price asked", JANE, "Our prices, Jane Roe")
    ]
    later = _past(Fate.CASE, minutes=60 * 25, body="Another thing")
    assert [one.automation for one in follows.follow(later, ROUTED, _begun(PARTS)).replies] == ["Parts"]
    assert follows.follow(later, ROUTED, None) == Followed(), "a rule that sends it to what is gone"


def test_what_an_automation_sets_lets_others_reply_outside_the_limit_of_what_answers_a_mail() -> None:
    sets = _automation("Urgent", URGENT, when=When(Trigger.MESSAGE_IN))
    tells = _automation("Urgent is told", _reply(), when=BECOMES_URGENT)
    follows = _follows(sets, tells, acknowledges=True)
    found = [follows.follow(_past(minutes=n), NEW_CASE, _begun()) for n in (0, 70)]
    assert [[one.automation for one in each.replies] for each in found] == [
        ["Acknowledge", "Urgent is told"], ["Urgent is told"],
    ]  # fmt: skip
    assert not any(each.loops for each in found)
    machine = follows.follow(_past(minutes=140, Precedence="bulk"), NEW_CASE, _begun())
    assert ([one.automation for one in machine.replies], machine.loops) == (["Urgent is told"], True)


def test_what_really_left_is_no_difference_and_counts_for_the_next_one() -> None:
    follows = _follows(acknowledges=True)
    really = replace(_past(Fate.CASE), replied=frozenset({ACKNOWLEDGE.id}))
    assert follows.follow(really, None, None) == Followed()
    assert follows.follow(_past(minutes=5), NEW_CASE, _begun()).replies == ()
    assert len(follows.follow(_past(minutes=60 * 25), NEW_CASE, _begun()).replies) == 1
    follows = _follows(acknowledges=True)
    assert follows.follow(really, ROUTED, _begun(PARTS)) == Followed(), "its answer is the same from another team"
    follows = _follows(acknowledges=True)
    assert follows.follow(really, Became(Would.IGNORED), None) == Followed()
    assert len(follows.follow(_past(minutes=5), NEW_CASE, _begun()).replies) == 1, "she would not have had one before"


def test_the_third_case_of_a_sender_within_an_hour_is_a_loop_and_so_are_automations_that_set_one_another_off() -> None:
    follows = _follows()
    assert [follows.follow(_past(minutes=n), NEW_CASE, _begun()).loops for n in range(4)] == [False, False, True, True]
    assert not follows.follow(_past(minutes=300), NEW_CASE, _begun()).loops
    back = _automation("Calm", Action(Does.SET_FIELD, "normal", "case.priority"), when=BECOMES_URGENT)
    again = _automation("Urgent", URGENT, when=When(Trigger.UPDATED, "case.priority", becomes=("normal",)))
    first = _automation("First", URGENT)
    assert _follows(first, back, again).follow(_past(), NEW_CASE, _begun()).loops
    assert not _follows(first, back).follow(_past(), NEW_CASE, _begun()).loops


@pytest.mark.parametrize("why", ["off", "machine", "own", "broken"])
def test_nothing_leaves_where_nothing_would_have(why: str) -> None:
    automation = _automation("Quotes", _reply("broken" if why == "broken" else "prices"))
    follows = _follows(automation, own_addresses=frozenset({JANE} if why == "own" else ()))
    past = _past(List_Id="<l.example>") if why == "machine" else _past()
    begun = _begun(speaker=Speaker(why != "off", "Vallon"))
    assert follows.follow(past, NEW_CASE, begun).replies == ()
