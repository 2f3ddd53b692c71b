"""Conditions judged over facts: each comparison, groups, what is absent, and what is in trouble."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cases import Category
from app.domain.condition_checks import MOST_PARTS, Trouble, TroubleKind, check
from app.domain.conditions import ANYTHING, Compare, Condition, FieldOf, Group, How, Joined, Kind, as_json, from_json
from app.domain.ids import new_id
from app.domain.judging import meets

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
TEAM, OTHER = new_id(), new_id()
FACTS: dict[str, object] = {
    "case.subject": "Pièce détachée, 50 % de remise",
    "case.category": Category.WAITING_AGENT,
    "case.team": TEAM,
    "case.assignee": None,
    "case.tags": ("urgent", "Hydraulique"),
    "case.number": 1042,
    "case.activity_at": NOW - timedelta(days=2),
    "case.custom.hours": 12.5,
    "case.custom.leased": True,
    "case.custom.until": "2026-12-01",
    "me": new_id(),
    "mine": (TEAM,),
}
KNOWN = {
    "case.subject": FieldOf(Kind.TEXT),
    "case.team": FieldOf(Kind.CHOICE, {str(TEAM): "Workshop"}),
    "case.number": FieldOf(Kind.NUMBER),
    "case.activity_at": FieldOf(Kind.MOMENT),
}


@pytest.mark.parametrize(
    ("field", "how", "values", "met"),
    [
        ("case.subject", How.CONTAINS, ("detachee",), True),
        ("case.subject", How.CONTAINS, ("loader", "50 %"), True),
        ("case.subject", How.CONTAINS_NOT, ("loader",), True),
        ("case.subject", How.STARTS_WITH, ("PIECE",), True),
        ("case.subject", How.ENDS_WITH, ("piece",), False),
        ("case.subject", How.IS, ("pièce détachée, 50 % de remise",), True),
        ("case.category", How.IS, ("waiting_agent",), True),
        ("case.category", How.IS_NOT, ("open", "waiting_agent"), False),
        ("case.team", How.IS, (str(TEAM),), True),
        ("case.team", How.IS, ("mine",), True),
        ("case.team", How.IS_NOT, (str(OTHER),), True),
        ("case.assignee", How.EMPTY, (), True),
        ("case.assignee", How.IS, ("me",), False),
        ("case.assignee", How.IS_NOT, ("me",), True),
        ("case.tags", How.IS, ("hydraulique",), True),
        ("case.tags", How.IS_NOT, ("urgent",), False),
        ("case.tags", How.CONTAINS, ("hydr",), True),
        ("case.number", How.MORE, ("1 041",), True),
        ("case.number", How.LESS, ("1042",), False),
        ("case.number", How.IS, ("1042",), True),
        ("case.custom.hours", How.MORE, ("12,4",), True),
        ("case.custom.leased", How.IS, ("true",), True),
        ("case.custom.until", How.WITHIN_NEXT, ("4d",), True),
        ("case.custom.until", How.PAST, (), False),
        ("case.activity_at", How.OLDER_THAN, ("1d",), True),
        ("case.activity_at", How.WITHIN_LAST, ("47h",), False),
        ("case.activity_at", How.BEFORE, ("2026-11-27",), True),
        ("case.activity_at", How.AFTER, ("2026-11-27T00:00:00+00:00",), False),
        ("case.custom.gone", How.IS_NOT, ("x",), True),
        ("case.custom.gone", How.NOT_EMPTY, (), False),
        ("case.custom.gone", How.CONTAINS, ("",), False),
    ],
)
def test_each_comparison(field: str, how: How, values: tuple[str, ...], met: bool) -> None:
    assert meets(Compare(field, how, values), FACTS, NOW) is met


def test_groups_hold_together_or_one_is_enough_and_an_empty_one_asks_for_nothing() -> None:
    yes, no = Compare("case.number", How.MORE, ("1",)), Compare("case.number", How.LESS, ("1",))
    assert meets(Group(Joined.ALL, (yes, Group(Joined.ANY, (no, yes)))), FACTS, NOW)
    assert not meets(Group(Joined.ALL, (yes, Group(Joined.ANY, (no, no)))), FACTS, NOW)
    assert meets(ANYTHING, {}, NOW)
    assert meets(Group(Joined.ANY, ()), {}, NOW)


@pytest.mark.parametrize(
    ("condition", "troubles"),
    [
        (ANYTHING, ()),
        (Compare("case.subject", How.CONTAINS, ("a",)), ()),
        (Compare("case.custom.gone", How.IS, ("a",)), (Trouble(TroubleKind.UNKNOWN_FIELD, "case.custom.gone"),)),
        (Compare("case.team", How.IS, (str(TEAM), "gone")), (Trouble(TroubleKind.UNKNOWN_VALUE, "case.team", "gone"),)),
        (Compare("case.subject", How.MORE, ("1",)), (Trouble(TroubleKind.WRONG_COMPARISON, "case.subject", "more"),)),
        (Compare("case.subject", How.IS, ()), (Trouble(TroubleKind.NO_VALUE, "case.subject"),)),
        (Compare("case.number", How.IS, ("x",)), (Trouble(TroubleKind.BAD_VALUE, "case.number", "x"),)),
        (Compare("case.activity_at", How.AFTER, ("x",)), (Trouble(TroubleKind.BAD_VALUE, "case.activity_at", "x"),)),
        (Group(Joined.ALL, (Compare("x"),) * (MOST_PARTS + 1)), (Trouble(TroubleKind.TOO_LARGE),)),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_said(condition: Condition, troubles: tuple[Trouble, ...]) -> None:
    assert check(condition, KNOWN) == troubles


_PARTS = st.builds(Compare, st.sampled_from(sorted(FACTS)), st.sampled_from(How), st.tuples(st.text(max_size=8)))
_CONDITIONS = st.recursive(
    _PARTS,
    lambda inner: st.builds(Group, st.sampled_from(Joined), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


@given(_CONDITIONS)
def test_every_condition_is_judged_checked_and_kept(condition: Condition) -> None:
    assert meets(condition, FACTS, NOW) in {True, False}
    assert isinstance(check(condition, KNOWN), tuple)
    assert from_json(json.loads(json.dumps(as_json(condition)))) == condition


@pytest.mark.parametrize("plain", [None, 3, [], {"field": "x", "how": "guess"}, {"parts": [1]}, {"parts": "x"}])
def test_what_is_no_condition_is_refused(plain: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(plain)


# Automation conditions of another product, as data: its words are translated, its results must be ours. -----------
_HOWS = {
    "equal_to": How.IS,
    "not_equal_to": How.IS_NOT,
    "contains": How.CONTAINS,
    "starts_with": How.STARTS_WITH,
    "is_present": How.NOT_EMPTY,
    "is_not_present": How.EMPTY,
}


def _chatwoot() -> list[Any]:
    if "GUICHET_TEST_DATA" not in os.environ:
        return [pytest.param({}, marks=pytest.mark.skip(reason="GUICHET_TEST_DATA names no data"))]
    file = Path(os.environ["GUICHET_TEST_DATA"]) / "tables" / "automation_conditions_chatwoot.json"
    return list(json.loads(file.read_text(encoding="utf-8"))["cases"])


def _translated(rows: list[list[Any]]) -> Condition:
    """AND binds closer than OR there."""
    choices: list[list[Condition]] = [[]]
    for field, how, values, joined in rows:
        choices[-1].append(_one(field, how, values))
        if joined == "OR":
            choices.append([])
    return Group(Joined.ANY, tuple(Group(Joined.ALL, tuple(parts)) for parts in choices))


def _one(field: str, how: str, values: Any) -> Condition:
    if how == "attribute_changed":
        changed = (
            Compare(f"before.{field}", How.IS, tuple(values["from"])),
            Compare(f"after.{field}", How.IS, tuple(values["to"])),
        )
        return Group(Joined.ALL, changed)  # fmt: skip
    return Compare(field, _HOWS[how], tuple("true" if value is True else value for value in values))


def _facts(state: dict[str, Any]) -> dict[str, object]:
    facts: dict[str, object] = {key: tuple(v) if isinstance(v, list) else v for key, v in state.items()}
    before, _, after = state.get("changed", "").partition(">")
    return facts | {
        "before.company": before,
        "after.company": after,
        "private_note": state.get("private"),
        # What a mail quotes is no part of what was said.
        "content": state.get("visible_part", state.get("content")),
        "country_code": state.get("contact"),
    }


@pytest.mark.parametrize("case", _chatwoot())
def test_conditions_of_another_product_mean_the_same_here(case: dict[str, Any]) -> None:
    assert meets(_translated(case["conditions"]), _facts(case["state"]), NOW) is case["expect"]
