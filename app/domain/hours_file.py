"""Calculations with business hours as a file asks for them: one calendar, and cases with what is to be found out."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.business_hours import (
    DAY_MINUTES,
    Calendar,
    NeverOpenError,
    Opening,
    after,
    before,
    days_after,
    days_before,
    within,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


class HoursFileError(ValueError):
    """Something in the file that cannot be understood; the text names it."""


def results(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One `{index, result}` a case, in their order; a case that has no answer says why under `error`."""
    calendar = calendar_of(document.get("calendar", {}))
    for index, case in enumerate(document.get("cases", [])):
        try:
            yield {"index": index, "result": _result(calendar, case)}
        except NeverOpenError:
            yield {"index": index, "result": None, "error": "the calendar never opens"}
        except (HoursFileError, KeyError, TypeError, ValueError, OverflowError) as error:
            yield {"index": index, "result": None, "error": str(error) or type(error).__name__}


def calendar_of(words: Mapping[str, Any]) -> Calendar:
    """A calendar: `tz`; `mon` to `sun` with one pair of times or a list of pairs; `holidays` (dates), `country` and
    `subdivision`; `shifts` with other hours for a date, `breaks` with hours that are not worked on a date."""
    zone = words.get("tz") or words.get("time_zone") or "Etc/UTC"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise HoursFileError(f"“{zone}” is not a time zone") from None
    week = {number: _openings(words[day]) for number, day in enumerate(WEEKDAYS, 1) if words.get(day)}
    own = Calendar(
        zone,
        week,
        country=words.get("country", ""),
        subdivision=words.get("subdivision", ""),
        closed=frozenset(date.fromisoformat(day) for day in words.get("holidays", ())),
    )
    exceptions = {date.fromisoformat(day): _openings(hours) for day, hours in words.get("shifts", {}).items()}
    for day, hours in words.get("breaks", {}).items():
        on = date.fromisoformat(day)
        exceptions[on] = _without(exceptions.get(on, own.openings(on)), _openings(hours))
    return Calendar(own.zone, own.week, own.country, own.subdivision, own.closed, exceptions)


def _openings(hours: Any) -> tuple[Opening, ...]:
    if isinstance(hours, Mapping):
        pairs = list(hours.items())
    elif hours and isinstance(hours[0], str):
        pairs = [tuple(hours)]
    else:
        pairs = [tuple(pair) for pair in hours]
    return tuple(_opening(*pair) for pair in pairs)


def _opening(opens: str, closes: str) -> Opening:
    begin, end = _minutes(opens), _minutes(closes)
    # 22:00 to 06:00 is a night.
    return Opening(begin, end if end > begin else end + DAY_MINUTES)


def _minutes(clock: str) -> int:
    hour, minute = (int(part) for part in clock.split(":")[:2])
    if not (0 <= hour < 24 and 0 <= minute < 60) and (hour, minute) != (24, 0):
        raise HoursFileError(f"“{clock}” is not a time of the day")
    return hour * 60 + minute


def _without(openings: tuple[Opening, ...], pauses: tuple[Opening, ...]) -> tuple[Opening, ...]:
    for pause in pauses:
        parts = [(one.opens, min(one.closes, pause.opens)) for one in openings]
        parts += [(max(one.opens, pause.closes), one.closes) for one in openings]
        openings = tuple(Opening(*part) for part in sorted(parts) if part[0] < part[1])
    return openings


def _result(calendar: Calendar, case: Mapping[str, Any]) -> Any:
    if case["op"] == "within":
        hours = within(calendar, _at(calendar, case["start"]), _at(calendar, case["end"])) / timedelta(hours=1)
        return int(hours) if hours.is_integer() else round(hours, 9)
    if case["op"] not in {"before", "after"}:
        raise HoursFileError(f"“{case['op']}” is not an operation")
    at, count, unit = _at(calendar, case["at"]), int(case["n"]), str(case["unit"]).removesuffix("s")
    if count < 0:
        raise HoursFileError("a duration is not negative")
    forward = case["op"] == "after"
    if unit == "day":
        found = days_after(calendar, at, count) if forward else days_before(calendar, at, count)
    elif unit in _UNITS:
        found = (after if forward else before)(calendar, at, count * _UNITS[unit])
    else:
        raise HoursFileError(f"“{case['unit']}” is not a unit")
    return _shown(calendar, found, case["at"])


def _at(calendar: Calendar, text: str) -> datetime:
    """A time without an offset is meant in the calendar's zone."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(calendar.zone))).astimezone(UTC)


def _shown(calendar: Calendar, found: datetime, like: str) -> str:
    """As it was asked: with the same offset, or as wall time in the calendar's zone; seconds where there are any."""
    asked = datetime.fromisoformat(like)
    local = found.astimezone(asked.tzinfo or ZoneInfo(calendar.zone))
    fine = "seconds" if local.second or local.microsecond else "minutes"
    wall = local.replace(tzinfo=None, microsecond=0).isoformat("T" if "T" in like else " ", fine)
    offset = "" if asked.tzinfo is None else "Z" if like.endswith("Z") else local.isoformat()[-6:]
    return wall + offset
