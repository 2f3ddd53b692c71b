"""Conditions over facts: what views, automations, service levels and audiences ask of a case, in one form.

A condition is a comparison or a group of conditions; an empty group asks for nothing. It is kept as JSON, judged over
facts in memory (app.domain.judging) and by app.store.conditions as SQL over the same fields; a test holds the two
together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

ME = "me"
"""As a value of a person's field: who looks. An automation has nobody who looks."""
MINE = "mine"
"""As a value of a team's field: the teams of who looks."""


class How(StrEnum):
    """How a field is compared; where several values stand, one that fits is enough."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"
    MORE = "more"
    LESS = "less"
    BEFORE = "before"
    AFTER = "after"
    PAST = "past"
    WITHIN_LAST = "within_last"
    OLDER_THAN = "older_than"
    WITHIN_NEXT = "within_next"


class Joined(StrEnum):
    """Whether all parts of a group must hold, or one."""

    ALL = "all"
    ANY = "any"


class Kind(StrEnum):
    """What a field holds, and so how it may be compared."""

    TEXT = "text"
    CHOICE = "choice"
    TAGS = "tags"
    NUMBER = "number"
    YES_NO = "yes_no"
    MOMENT = "moment"
    DAY = "day"


_TIMES = (How.BEFORE, How.AFTER, How.PAST, How.WITHIN_LAST, How.OLDER_THAN, How.WITHIN_NEXT, How.EMPTY, How.NOT_EMPTY)
COMPARISONS: Mapping[Kind, tuple[How, ...]] = {
    Kind.TEXT: (
        How.CONTAINS, How.CONTAINS_NOT, How.IS, How.IS_NOT, How.STARTS_WITH, How.ENDS_WITH, How.EMPTY, How.NOT_EMPTY,
    ),
    Kind.CHOICE: (How.IS, How.IS_NOT, How.EMPTY, How.NOT_EMPTY),
    Kind.TAGS: (How.IS, How.IS_NOT, How.CONTAINS, How.CONTAINS_NOT, How.EMPTY, How.NOT_EMPTY),
    Kind.NUMBER: (How.IS, How.IS_NOT, How.MORE, How.LESS, How.EMPTY, How.NOT_EMPTY),
    Kind.YES_NO: (How.IS,),
    Kind.MOMENT: _TIMES,
    Kind.DAY: (How.IS, How.IS_NOT, *_TIMES),
}  # fmt: skip
"""The comparisons that make sense, in the order in which they are offered."""
NO_VALUE = frozenset({How.EMPTY, How.NOT_EMPTY, How.PAST})
SPANS = frozenset({How.WITHIN_LAST, How.OLDER_THAN, How.WITHIN_NEXT})
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Compare:
    """One field compared with values; a span is written as number and unit: 30m, 4h, 28d."""

    field: str
    how: How = How.IS
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that hold together, or of which one is enough; without parts it asks for nothing."""

    joined: Joined = Joined.ALL
    parts: "tuple[Compare | Group, ...]" = ()


Condition = Compare | Group
ANYTHING = Group()


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field that may be asked for: its kind, its choices by id or code, its own label where it has one.

    `keys` has the keys of shipped choices, whose names are translated.
    """

    kind: Kind
    choices: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


def comparisons(condition: Condition) -> tuple[Compare, ...]:
    """All comparisons of a condition, from the top."""
    if isinstance(condition, Compare):
        return (condition,)
    return tuple(one for part in condition.parts for one in comparisons(part))


def depth(condition: Condition) -> int:
    """How many groups stand one inside the other."""
    if isinstance(condition, Compare):
        return 0
    return 1 + max((depth(part) for part in condition.parts), default=0)


def span(value: str) -> timedelta | None:
    """A length of time as it is written in a condition, or None for what is none."""
    count, unit = value[:-1].strip(), value[-1:]
    return (
        int(count) * _UNITS[unit] if count.isascii() and count.isdigit() and len(count) < 6 and unit in _UNITS else None
    )


def as_json(condition: Condition) -> dict[str, Any]:
    """A condition as it is kept."""
    if isinstance(condition, Compare):
        return {"field": condition.field, "how": condition.how.value, "values": list(condition.values)}
    return {"joined": condition.joined.value, "parts": [as_json(part) for part in condition.parts]}


def from_json(plain: Any) -> Condition:
    """A condition as it was kept; ValueError for what is none."""
    if isinstance(plain, dict) and "field" in plain:
        return Compare(str(plain["field"]), How(plain.get("how", "is")), tuple(map(str, plain.get("values", ()))))
    if isinstance(plain, dict) and isinstance(plain.get("parts", []), list):
        return Group(Joined(plain.get("joined", "all")), tuple(from_json(part) for part in plain.get("parts", [])))
    raise ValueError(f"no condition: {plain!r:.80}")
