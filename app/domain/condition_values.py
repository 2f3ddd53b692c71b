"""Facts and the values of conditions, read alike: words, figures, moments."""

from datetime import UTC, date, datetime
from enum import Enum
from math import isfinite


def said(value: object) -> str:
    """A fact as values are written."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return "" if value is None else str(value)


def each(found: object) -> tuple[object, ...]:
    """A fact that is a list, value by value; any other is one."""
    return tuple(found) if isinstance(found, (tuple, list, set, frozenset)) else (found,)


def number_of(value: str) -> float | None:
    """A figure as people write it, or None for what is none."""
    try:
        found = float(value.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return found if isfinite(found) else None


def moment_of(value: object) -> datetime | None:
    """A moment or a day's beginning, or None for what is none."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    return datetime(value.year, value.month, value.day, tzinfo=UTC) if isinstance(value, date) else None
