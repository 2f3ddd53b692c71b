"""What keeps a condition from being judged: fields and values that are gone, and what was typed by half.

A view with such a condition lists nothing, an automation does nothing, and both say what it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.condition_values import moment_of, number_of
from app.domain.conditions import (
    COMPARISONS,
    NO_VALUE,
    SPANS,
    Compare,
    Condition,
    FieldOf,
    Kind,
    comparisons,
    depth,
    span,
)

MOST_PARTS, MOST_DEPTH, LONGEST_VALUE = 50, 4, 500


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


def check(condition: Condition, known: Mapping[str, FieldOf]) -> tuple[Trouble, ...]:
    """Everything that keeps a condition from being judged: fields, teams or states that are gone, half-typed values."""
    parts = comparisons(condition)
    if len(parts) > MOST_PARTS or depth(condition) > MOST_DEPTH:
        return (Trouble(TroubleKind.TOO_LARGE),)
    return tuple(trouble for part in parts for trouble in _check_one(part, known))


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
    readable = span(value) is not None if one.how in SPANS else fits(asked.kind, value)
    return None if readable else Trouble(TroubleKind.BAD_VALUE, one.field, value)


def fits(kind: Kind, value: str) -> bool:
    """Whether a value can be read as what a field of this kind holds."""
    return {
        Kind.NUMBER: number_of(value) is not None,
        Kind.YES_NO: value in {"true", "false"},
        Kind.MOMENT: moment_of(value) is not None,
        Kind.DAY: moment_of(value) is not None,
    }.get(kind, True)
