"""Automations as pure decisions: what begins one, what it does, in which order, and what stops it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.automation_checks import Fault, Known, problems_of
from app.domain.automation_decisions import MOST_DEPTH, MOST_RUNS_AN_HOUR, Outcome, Verdict, decide
from app.domain.automation_deeds import Deed, World
from app.domain.automation_events import EVENT_FIELDS, Event, changed_fields
from app.domain.automations import Action, Automation, Does, Trigger, When, as_content, by_trigger, read_content
from app.domain.case_fields import case_fields
from app.domain.conditions import Compare, FieldOf, Group, How, Kind
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.ids import new_id

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
CASE, TEAM, OTHER, NADIA, OMAR = new_id(), new_id(), new_id(), new_id(), new_id()
TYPE, OPEN, WAITS, SOLVED = "t1", "s-open", "s-waits", "s-solved"
WORLD = World(
    {TYPE: ((OPEN, "open"), (WAITS, "waiting_customer"), (SOLVED, "solved"))},
    {str(TEAM): frozenset({str(NADIA)})},
    {"case.custom.hours": Kind.NUMBER, "case.custom.leased": Kind.YES_NO, "case.custom.code": Kind.TEXT},
)
FACTS: dict[str, object] = {
    "case.type": TYPE,
    "case.state": OPEN,
    "case.category": "open",
    "case.team": str(TEAM),
    "case.assignee": None,
    "case.priority": "normal",
    "case.tags": (),
}


def _event(trigger: Trigger = Trigger.CREATED, **more: Any) -> Event:
    return replace(Event("e1", trigger, CASE, NOW), **more)


def _automation(*actions: Action, **more: Any) -> Automation:
    one = Automation(new_id(), "One", actions=actions or (Action(Does.ADD_TAG, "seen"),), active=True)
    return replace(one, **more)


def _decide(*automations: Automation, event: Event | None = None, facts: dict[str, object] | None = None,
            lately: dict[Any, int] | None = None) -> tuple[list[Verdict], dict[str, object]]:  # fmt: skip
    return decide(automations, event or _event(), facts or FACTS, NOW, WORLD, lately or {})


def _deed(action: Action, **facts: object) -> Deed:
    verdicts, _ = _decide(_automation(action), facts=FACTS | facts)
    return verdicts[0].deeds[0] if verdicts else Deed(action)


@pytest.mark.row("S3-41", "S3-42")
@pytest.mark.parametrize(
    ("when", "event", "begins"),
    [
        (When(Trigger.CREATED), _event(), True),
        (When(Trigger.MESSAGE_IN), _event(), False),
        (When(Trigger.UPDATED), _event(Trigger.UPDATED, changed={"case.priority": ("low", "high")}), True),
        (When(Trigger.UPDATED, "case.priority"), _event(Trigger.UPDATED, changed={"case.tags": ((), ("a",))}), False),
        (When(Trigger.UPDATED, "case.priority", ("low",), ("high", "urgent")),
         _event(Trigger.UPDATED, changed={"case.priority": ("low", "high")}), True),
        (When(Trigger.UPDATED, "case.priority", ("low",)),
         _event(Trigger.UPDATED, changed={"case.priority": ("normal", "high")}), False),
    ],
)  # fmt: skip
def test_an_automation_begins_with_its_trigger(when: When, event: Event, begins: bool) -> None:
    assert bool(_decide(_automation(when=when), event=event)[0]) is begins


def test_objects_are_narrowed_by_type_team_and_conditions() -> None:
    high = Compare("case.priority", How.IS, ("high",))
    assert not _decide(_automation(condition=high))[0]
    verdicts, _ = _decide(_automation(condition=high), facts=FACTS | {"case.priority": "high"})
    assert verdicts[0].reasons == (high,)
    assert not _decide(_automation(types=("t2",)))[0]
    assert not _decide(_automation(team_id=OTHER))[0]
    assert _decide(_automation(team_id=TEAM, types=(TYPE,)))[0]


@pytest.mark.parametrize(
    ("by", "expected"),
    [({"actor_id": NADIA}, "agent"), ({}, "customer"), ({"automation_id": new_id()}, "automation")],
)
def test_conditions_ask_who_did_it(by: dict[str, Any], expected: str) -> None:
    for who in ("agent", "customer", "automation", "guichet"):
        one = _automation(condition=Compare("event.by", How.IS, (who,)))
        assert bool(_decide(one, event=_event(**by))[0]) is (who == expected)


@pytest.mark.row("S3-36", "S4-21")
def test_each_action_sets_what_it_says_and_keeps_what_was_before() -> None:
    state = _deed(Action(Does.SET_FIELD, "category:waiting_customer", "case.state"))
    assert (state.before["state_id"], state.after["state_id"]) == (OPEN, WAITS)
    assert _deed(Action(Does.SET_FIELD, "high", "case.priority")).after == {"priority": "high"}
    custom = _deed(Action(Does.SET_FIELD, "12", "case.custom.hours"))
    assert (custom.before, custom.after) == ({"custom": {"hours": None}}, {"custom": {"hours": 12.0}})
    assert _deed(Action(Does.ADD_TAG, "x"), **{"case.tags": ("a",)}).after == {"tags": ("a", "x")}
    assert _deed(Action(Does.REMOVE_TAG, "a"), **{"case.tags": ("a", "b")}).after == {"tags": ("b",)}
    assert _deed(Action(Does.PROJECT, "p1")).after == {"project_id": "p1"}
    assert _deed(Action(Does.ASSIGN, f"agent:{NADIA}")).after == {"assignee_id": str(NADIA)}
    over = _deed(Action(Does.HAND_OVER, str(OTHER)), **{"case.assignee": str(NADIA)})
    assert over.after == {"team_id": str(OTHER), "assignee_id": None}


@pytest.mark.parametrize(
    ("value", "name", "before", "after"),
    [
        ("12,5", "hours", None, 12.5),
        ("12", "hours", 12.0, ...),
        ("", "hours", 12.0, None),
        ("true", "leased", None, True),
        ("true", "leased", True, ...),
        ("false", "leased", True, False),
        ("007", "code", None, "007"),
        ("12", "code", None, "12"),
        ("true", "code", None, "true"),
        ("", "code", None, ...),
    ],
)
def test_a_custom_field_gets_what_its_kind_holds_and_only_where_that_is_new(
    value: str, name: str, before: object, after: object
) -> None:
    deed = _deed(Action(Does.SET_FIELD, value, f"case.custom.{name}"), **{f"case.custom.{name}": before})
    assert deed.after == ({} if after is ... else {"custom": {name: after}})


@pytest.mark.parametrize(
    ("action", "facts", "problem"),
    [
        (Action(Does.SET_FIELD, "category:solved", "case.state"), {}, "solved_needs_assignee"),
        (Action(Does.SET_FIELD, "category:closed", "case.state"), {}, "state_not_of_type"),
        (Action(Does.SET_FIELD, "high", "case.priority"), {"case.category": "closed"}, "case_is_closed"),
        (Action(Does.ASSIGN, f"agent:{OMAR}"), {}, "not_a_member"),
        (Action(Does.SET_FIELD, "x", "case.number"), {}, "unknown_field"),
    ],
)
def test_native_rules_hold_for_automations_too(action: Action, facts: dict[str, object], problem: str) -> None:
    deed = _deed(action, **facts)
    assert deed.problem == problem
    assert not deed.changes


def test_what_is_so_already_is_no_run() -> None:
    assert not _decide(_automation(Action(Does.SET_FIELD, "normal", "case.priority")))[0]


@pytest.mark.row("S3-35")
def test_automations_act_in_their_order_and_each_sees_what_those_before_it_did() -> None:
    first = _automation(Action(Does.SET_FIELD, "high", "case.priority"), position=1)
    second = _automation(
        Action(Does.ASSIGN, f"agent:{NADIA}"), position=2, condition=Compare("case.priority", How.IS, ("high",))
    )
    third = _automation(Action(Does.SET_FIELD, "category:solved", "case.state"), position=3)
    ordered = by_trigger((third, second, first))[Trigger.CREATED]
    verdicts, facts = _decide(*ordered)
    assert [verdict.automation for verdict in verdicts] == [first, second, third]
    assert (facts["case.priority"], facts["case.assignee"], facts["case.category"]) == ("high", str(NADIA), "solved")


def test_one_that_is_off_is_not_among_them() -> None:
    assert by_trigger((_automation(active=False),))[Trigger.CREATED] == []


@pytest.mark.parametrize(
    ("event", "lately", "outcome"),
    [
        (_event(automation_id="self"), {}, Outcome.OWN_EVENT),
        (_event(automation_id=new_id(), depth=MOST_DEPTH), {}, Outcome.TOO_DEEP),
        (_event(automation_id=new_id(), depth=MOST_DEPTH - 1), {}, Outcome.DONE),
        (_event(), {"self": MOST_RUNS_AN_HOUR}, Outcome.TOO_OFTEN),
    ],
)
def test_what_would_go_on_for_ever_is_stopped_and_said(event: Event, lately: dict[str, int], outcome: Outcome) -> None:
    one = _automation()
    event = replace(event, automation_id=one.id) if event.automation_id == "self" else event
    verdicts, _ = _decide(one, event=event, lately={(one.id, CASE): lately.get("self", 0)})
    assert [verdict.outcome for verdict in verdicts] == [outcome]


def test_a_change_in_the_log_is_read_field_by_field() -> None:
    told = {"custom": [{"a": 1, "b": 2}, {"a": 1, "b": 3}], "tags": [[], ["x"]], "search": ["", "y"]}
    assert changed_fields(told) == {"case.custom.b": (2, 3), "case.tags": ((), ("x",))}


_FIELDS = case_fields(
    {"case.team": FieldOf(Kind.CHOICE, {str(TEAM): "Workshop"}), "case.type": FieldOf(Kind.CHOICE, {TYPE: "Case"})},
    (
        CustomField(new_id(), FieldOwner.CASE, "hours", "Hours", FieldKind.NUMBER),
        CustomField(new_id(), FieldOwner.CASE, "leased", "Leased", FieldKind.YES_NO),
    ),
)
_KNOWN = Known({**_FIELDS, **EVENT_FIELDS}, {"good": ("Hello {{ case.number }}",), "bad": ("Hello {{ case.",)})


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (_automation(), None),
        (_automation(condition=Compare("case.custom.gone")), Fault.CONDITION),
        (_automation(condition=Compare("case.team", How.IS, (str(OTHER),))), Fault.CONDITION),
        (_automation(types=("gone",)), Fault.UNKNOWN_TYPE),
        (_automation(name=" "), Fault.NO_NAME),
        (_automation(Action(Does.HAND_OVER, str(OTHER))), Fault.UNKNOWN_TEAM),
        (_automation(Action(Does.ASSIGN, f"agent:{OMAR}")), Fault.UNKNOWN_AGENT),
        (_automation(Action(Does.SET_FIELD, "x", "case.custom.gone")), Fault.UNKNOWN_FIELD),
        (_automation(Action(Does.SET_FIELD, "x", "case.priority")), Fault.UNKNOWN_VALUE),
        (_automation(Action(Does.SET_FIELD, "12,5", "case.custom.hours")), None),
        (_automation(Action(Does.SET_FIELD, "", "case.custom.hours")), None),
        (_automation(Action(Does.SET_FIELD, "many", "case.custom.hours")), Fault.NOT_A_VALUE),
        (_automation(Action(Does.SET_FIELD, "nan", "case.custom.hours")), Fault.NOT_A_VALUE),
        (_automation(Action(Does.SET_FIELD, "", "case.custom.leased")), Fault.NOT_A_VALUE),
        (_automation(Action(Does.SET_FIELD, "category:solved", "case.state")), None),
        (_automation(Action(Does.REPLY, "good")), None),
        (_automation(Action(Does.REPLY, "gone")), Fault.UNKNOWN_TEMPLATE),
        (_automation(Action(Does.REPLY, "bad")), Fault.TEMPLATE_ERROR),
        (_automation(Action(Does.ADD_NOTE, text="{% for x in y %}")), Fault.TEMPLATE_ERROR),
        (_automation(Action(Does.ADD_NOTE)), Fault.NO_TEXT),
        (_automation(Action(Does.MAKE_TASK, "team", text="Call", after="soon")), Fault.NOT_A_SPAN),
        (_automation(Action(Does.WEB_HOOK, "ftp://x.example")), Fault.NOT_AN_ADDRESS),
        (_automation(Action(Does.PROJECT, "gone")), Fault.UNKNOWN_PROJECT),
        (_automation(when=When(Trigger.UPDATED, "case.custom.gone")), Fault.UNKNOWN_FIELD),
        (_automation(when=When(Trigger.HOURLY), condition=Compare("event.by", How.IS, ("agent",))), Fault.NO_EVENT),
    ],
)
def test_what_refers_to_something_that_is_gone_is_in_trouble(one: Automation, fault: Fault | None) -> None:
    assert [problem.fault for problem in problems_of(one, _KNOWN)] == ([fault] if fault else [])


def test_one_without_actions_is_in_trouble() -> None:
    assert [p.fault for p in problems_of(replace(_automation(), actions=()), _KNOWN)] == [Fault.NO_ACTIONS]


_ACTIONS = st.builds(Action, st.sampled_from(Does), st.text(max_size=9), st.text(max_size=9), st.text(max_size=9))


@given(st.lists(_ACTIONS, min_size=1, max_size=4).map(tuple), st.sampled_from(Trigger))
def test_every_automation_is_kept_checked_and_decided(actions: tuple[Action, ...], trigger: Trigger) -> None:
    one = _automation(*actions, when=When(trigger), condition=Group(parts=(Compare("case.tags", How.EMPTY),)))
    assert read_content(one, json.loads(json.dumps(as_content(one)))) == one
    assert isinstance(problems_of(one, _KNOWN), tuple)
    verdicts, facts = _decide(one, event=_event(trigger))
    assert len(verdicts) <= 1
    assert "event.by" not in facts
