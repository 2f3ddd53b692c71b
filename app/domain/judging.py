"""Conditions judged over facts in memory: made ready once, asked some ten thousand times a second."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from app.domain.condition_values import each, moment_of, number_of, said
from app.domain.conditions import ME, MINE, SPANS, Compare, Condition, Group, How, Joined, span
from app.domain.text import fold

_DENIALS = {How.IS_NOT: How.IS, How.CONTAINS_NOT: How.CONTAINS, How.NOT_EMPTY: How.EMPTY}
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
    numbers = frozenset(number for value in one.values if (number := number_of(value)) is not None)
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
        return any(said(found) in {said(part) for part in each(facts.get(word))} for word in looks if word in facts)

    return fits


def _text(test: Callable[[str, tuple[str, ...]], bool]) -> Callable[[Compare], _Fits]:
    def make(one: Compare) -> _Fits:
        wanted = tuple(fold(value) for value in one.values if value.strip())

        def fits(found: Any, _facts: Facts, _now: datetime) -> bool:
            if isinstance(found, str):
                return test(_fold(found), wanted)
            return any(test(_fold(said(part)), wanted) for part in each(found))

        return fits

    return make


def _figure(test: Callable[[float, float], bool]) -> Callable[[Compare], _Fits]:
    def make(one: Compare) -> _Fits:
        limits = tuple(limit for value in one.values if (limit := number_of(value)) is not None)

        def fits(found: Any, _facts: Facts, _now: datetime) -> bool:
            number = number_of(said(found))
            return number is not None and any(test(number, limit) for limit in limits)

        return fits

    return make


def _time(one: Compare) -> _Fits:
    def fits(found: Any, _facts: Facts, now: datetime) -> bool:
        at, edges = moment_of(found), _edges(one, now)
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
    at = moment_of(value)
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
