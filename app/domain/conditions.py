"""Conditions over facts: what views, automations, service levels and audiences ask of a case, in one form.

A condition is a comparison or a group of conditions; an empty group asks for nothing. It is kept as JSON, judged here
over facts in memory (`meets`) and by app.store.conditions as SQL over the same fields; a test holds the two together.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Any

from app.domain.text import fold

MOST_PARTS, MOST_DEPTH, LONGEST_VALUE = 50, 4, 500
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
_DENIALS = {How.IS_NOT: How.IS, How.CONTAINS_NOT: How.CONTAINS, How.NOT_EMPTY: How.EMPTY}
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


class TroubleKind(StrEnum):
    """Why a condition cannot be judged any more, or not yet."""

    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_VALUE = "unknown_value"
    WRONG_COMPARISON = "wrong_comparison"
    NO_VALUE = "no_value"
    BAD_VALUE = "bad_value"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, with the field and the value that it is about."""

    kind: TroubleKind
    field: str = ""
    value: str = ""


# Judging ---------------------------------------------------------------------------------------------------------


Facts = Mapping[str, object]
Judge = Callable[[Facts, datetime], bool]
"""A condition made ready: its values are read once and not at every case."""
_Fits = Callable[[Any, Facts, datetime], bool]


def meets(condition: Condition, facts: Facts, now: datetime) -> bool:
    """Whether facts meet a condition; a fact that is absent is empty: it is nothing, and contains nothing."""
    return judge(condition)(facts, now)


@lru_cache(maxsize=4096)
def judge(condition: Condition) -> Judge:
    """What judges a condition; who judges many facts keeps it."""
    if isinstance(condition, Group):
        return _together(condition)
    denied = _DENIALS.get(condition.how)
    holds = _compared(condition, denied or condition.how)
    return (lambda facts, now: not holds(facts, now)) if denied is not None else holds


def _together(group: Group) -> Judge:
    parts = tuple(judge(part) for part in group.parts)
    if len(parts) == 1:
        return parts[0]
    decides = group.joined is Joined.ANY

    def all_or_any(facts: Facts, now: datetime) -> bool:
        # Not all() and any(): this is asked some ten thousand times a second.
        for part in parts:
            if part(facts, now) is decides:
                return decides
        return not decides or not parts

    return all_or_any


def _compared(one: Compare, how: How) -> Judge:
    name = one.field
    if how is How.EMPTY:
        return lambda facts, _now: _is_empty(facts.get(name))
    fits = _FITS[how](one)

    def holds(facts: Facts, now: datetime) -> bool:
        found = facts.get(name)
        return not _is_empty(found) and fits(found, facts, now)

    return holds


def _is_empty(found: object) -> bool:
    return found is None or found in ("", (), [])


def _is(one: Compare) -> _Fits:
    wanted = frozenset(fold(value) for value in one.values)
    numbers = frozenset(number for value in one.values if (number := _number(value)) is not None)
    looks = tuple(word for word in (ME, MINE) if word in wanted)

    def fits(found: Any, facts: Facts, _now: datetime) -> bool:
        if isinstance(found, str):
            if _fold(found) in wanted:
                return True
        elif isinstance(found, (tuple, list, set, frozenset)):
            if any(_fold(said(part)) in wanted for part in found):
                return True
        elif isinstance(found, (int, float)) and not isinstance(found, bool):
            return found in numbers
        elif _fold(said(found)) in wanted:
            return True
        return any(said(found) in {said(part) for part in _each(facts.get(word))} for word in looks if word in facts)

    return fits


def _text(test: Callable[[str, tuple[str, ...]], bool]) -> Callable[[Compare], _Fits]:
    def make(one: Compare) -> _Fits:
        wanted = tuple(fold(value) for value in one.values if value.strip())

        def fits(found: Any, _facts: Facts, _now: datetime) -> bool:
            if isinstance(found, str):
                return test(_fold(found), wanted)
            return any(test(_fold(said(part)), wanted) for part in _each(found))

        return fits

    return make


def _figure(test: Callable[[float, float], bool]) -> Callable[[Compare], _Fits]:
    def make(one: Compare) -> _Fits:
        limits = tuple(limit for value in one.values if (limit := _number(value)) is not None)

        def fits(found: Any, _facts: Facts, _now: datetime) -> bool:
            number = _number(said(found))
            return number is not None and any(test(number, limit) for limit in limits)

        return fits

    return make


def _time(one: Compare) -> _Fits:
    def fits(found: Any, _facts: Facts, now: datetime) -> bool:
        at, edges = _moment(found), _edges(one, now)
        if at is None or edges is None:
            return False
        first, last = edges
        return (first is None or at >= first) and (last is None or at < last)

    return fits


def _edges(one: Compare, now: datetime) -> tuple[datetime | None, datetime | None] | None:
    if one.how is How.PAST:
        return None, now
    value = one.values[0] if one.values else ""
    if one.how in SPANS:
        length = span(value)
        if length is None:
            return None
        return {
            How.WITHIN_LAST: (now - length, now + timedelta(microseconds=1)),
            How.OLDER_THAN: (None, now - length),
            How.WITHIN_NEXT: (now, now + length),
        }[one.how]
    at = _moment(value)
    if at is None:
        return None
    return (None, at) if one.how is How.BEFORE else (at, None)


_FITS: Mapping[How, Callable[[Compare], _Fits]] = {
    How.IS: _is,
    How.CONTAINS: _text(lambda text, wanted: any(value in text for value in wanted)),
    How.STARTS_WITH: _text(lambda text, wanted: text.startswith(wanted)),
    How.ENDS_WITH: _text(lambda text, wanted: text.endswith(wanted)),
    How.MORE: _figure(lambda number, limit: number > limit),
    How.LESS: _figure(lambda number, limit: number < limit),
} | dict.fromkeys((How.BEFORE, How.AFTER, How.PAST, *SPANS), _time)


def _fold(text: str) -> str:
    return _folded(text) if len(text) < _SHORT else fold(text)


_SHORT = 200


@lru_cache(maxsize=16_384)
def _folded(text: str) -> str:
    return fold(text)


def said(value: object) -> str:
    """A fact as values are written."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return "" if value is None else str(value)


def span(value: str) -> timedelta | None:
    """A length of time as it is written in a condition, or None for what is none."""
    count, unit = value[:-1].strip(), value[-1:]
    return (
        int(count) * _UNITS[unit] if count.isascii() and count.isdigit() and len(count) < 6 and unit in _UNITS else None
    )


def _each(found: object) -> tuple[object, ...]:
    return tuple(found) if isinstance(found, (tuple, list, set, frozenset)) else (found,)


def _number(value: str) -> float | None:
    try:
        return float(value.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    return datetime(value.year, value.month, value.day, tzinfo=UTC) if isinstance(value, date) else None


# Checking --------------------------------------------------------------------------------------------------------


def check(condition: Condition, known: Mapping[str, FieldOf]) -> tuple[Trouble, ...]:
    """Everything that keeps a condition from being judged: fields, teams or states that are gone, half-typed values."""
    parts = comparisons(condition)
    if len(parts) > MOST_PARTS or depth(condition) > MOST_DEPTH:
        return (Trouble(TroubleKind.TOO_LARGE),)
    return tuple(trouble for part in parts for trouble in _check_one(part, known))


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


def _check_one(one: Compare, known: Mapping[str, FieldOf]) -> tuple[Trouble, ...]:
    asked = known.get(one.field)
    if asked is None:
        return (Trouble(TroubleKind.UNKNOWN_FIELD, one.field),)
    if one.how not in COMPARISONS[asked.kind]:
        return (Trouble(TroubleKind.WRONG_COMPARISON, one.field, one.how.value),)
    if one.how in NO_VALUE:
        return ()
    if not any(value.strip() for value in one.values):
        return (Trouble(TroubleKind.NO_VALUE, one.field),)
    return tuple(trouble for value in one.values if (trouble := _check_value(one, asked, value)) is not None)


def _check_value(one: Compare, asked: FieldOf, value: str) -> Trouble | None:
    if len(value) > LONGEST_VALUE:
        return Trouble(TroubleKind.BAD_VALUE, one.field, value[:40])
    if asked.kind is Kind.CHOICE and value not in asked.choices:
        return Trouble(TroubleKind.UNKNOWN_VALUE, one.field, value)
    readable = {
        Kind.NUMBER: _number(value) is not None,
        Kind.YES_NO: value in {"true", "false"},
        Kind.MOMENT: _readable_time(one.how, value),
        Kind.DAY: _readable_time(one.how, value),
    }.get(asked.kind, True)
    return None if readable else Trouble(TroubleKind.BAD_VALUE, one.field, value)


def _readable_time(how: How, value: str) -> bool:
    return span(value) is not None if how in SPANS else _moment(value) is not None


# Keeping ---------------------------------------------------------------------------------------------------------


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
