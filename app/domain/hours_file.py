"""Calculations with business hours as a file asks for them: one calendar, and cases with what is to be found out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from math import isfinite
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
from app.domain.public_holidays import known_countries

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::\d\d)?", re.ASCII)
_UNITS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


class HoursFileError(ValueError):
    """Something in the file that cannot be understood; the text names it."""


def results(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One `{index, result}` a case, in their order; a case that has no answer says why under `error`.

    HoursFileError where the calendar or the list of cases is none.
    """
    calendar = calendar_of(document.get("calendar", {}))
    for index, case in enumerate(_list(document.get("cases", []), "cases")):
        try:
            yield {"index": index, "result": _result(calendar, case)}
        except NeverOpenError:
            yield {"index": index, "result": None, "error": "the calendar never opens"}
        except HoursFileError as error:
            yield {"index": index, "result": None, "error": str(error)}
        except OverflowError:
            yield {"index": index, "result": None, "error": "that lies outside the years 1 to 9999"}


def calendar_of(told: Any) -> Calendar:
    """A calendar: `tz`; `mon` to `sun` with one pair of times or a list of pairs; `holidays` (dates), `country` and
    `subdivision`; `shifts` with other hours for a date, `breaks` with hours that are not worked on a date."""
    words = _object(told, "calendar")
    zone = _zone(words.get("tz") or words.get("time_zone") or "Etc/UTC")
    week = {number: _openings(words[day], day) for number, day in enumerate(WEEKDAYS, 1) if words.get(day)}
    country, part = _country(words.get("country") or "", words.get("subdivision") or "")
    closed = frozenset(_day(day) for day in _list(words.get("holidays") or (), "holidays"))
    own = Calendar(zone, week, country, part, closed)
    exceptions = {_day(day): _openings(hours, day) for day, hours in _object(words.get("shifts"), "shifts").items()}
    for day, hours in _object(words.get("breaks"), "breaks").items():
        on = _day(day)
        exceptions[on] = _without(exceptions.get(on, own.openings(on)), _openings(hours, day))
    return Calendar(zone, week, country, part, closed, exceptions)


def _object(told: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(told, Mapping) and told:
        raise HoursFileError(f"“{name}” is not an object")
    return told or {}


def _list(told: Any, name: str) -> Sequence[Any]:
    if not isinstance(told, (list, tuple)):
        raise HoursFileError(f"“{name}” is not a list")
    return told


def _zone(zone: Any) -> str:
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):  # a folder of zones, a name without end
        raise HoursFileError(f"“{_short(zone)}” is not a time zone") from None


def _country(country: Any, part: Any) -> tuple[str, str]:
    if not country:
        return "", ""
    parts = known_countries().get(country) if isinstance(country, str) else None
    if parts is None:
        raise HoursFileError(f"“{_short(country)}” is not a country whose holidays are known")
    if part and part not in parts:
        raise HoursFileError(f"“{_short(part)}” is not a part of {country} with holidays of its own")
    return country, part


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        raise HoursFileError(f"“{_short(text)}” is not a date") from None


def _openings(hours: Any, of: str) -> tuple[Opening, ...]:
    if isinstance(hours, Mapping):
        pairs = list(hours.items())
    else:
        pairs = [hours] if _list(hours, of) and isinstance(hours[0], str) else list(hours)
    return tuple(_opening(pair, of) for pair in pairs)


def _opening(pair: Any, of: str) -> Opening:
    if len(_list(pair, of)) != len(("from", "to")):
        raise HoursFileError(f"“{of}” has hours that are no pair of times")
    begin, end = _minutes(pair[0]), _minutes(pair[1])
    if begin == DAY_MINUTES:
        raise HoursFileError("nothing opens at “24:00”")
    # 22:00 to 06:00 is a night.
    return Opening(begin, end if end > begin else end + DAY_MINUTES)


def _minutes(clock: Any) -> int:
    found = _CLOCK.fullmatch(clock) if isinstance(clock, str) else None
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= minutes <= DAY_MINUTES:
        raise HoursFileError(f"“{_short(clock)}” is not a time of the day")
    return minutes


def _without(openings: tuple[Opening, ...], pauses: tuple[Opening, ...]) -> tuple[Opening, ...]:
    for pause in pauses:
        parts = [(one.opens, min(one.closes, pause.opens)) for one in openings]
        parts += [(max(one.opens, pause.closes), one.closes) for one in openings]
        openings = tuple(Opening(*part) for part in sorted(parts) if part[0] < part[1])
    return openings


def _result(calendar: Calendar, told: Any) -> Any:
    case = _object(told, "case")
    op = case.get("op")
    if op == "within":
        hours = within(calendar, _at(calendar, case, "start"), _at(calendar, case, "end")) / timedelta(hours=1)
        return int(hours) if hours.is_integer() else round(hours, 9)
    if op not in {"before", "after"}:
        raise HoursFileError(f"“{_short(op)}” is not an operation")
    at, count, unit = _at(calendar, case, "at"), _count(case.get("n")), str(case.get("unit")).removesuffix("s")
    forward = op == "after"
    if unit == "day":
        if count != int(count):
            raise HoursFileError("days are counted whole")
        found = (days_after if forward else days_before)(calendar, at, int(count))
    elif unit in _UNITS:
        found = (after if forward else before)(calendar, at, count * _UNITS[unit])
    else:
        raise HoursFileError(f"“{_short(case.get('unit'))}” is not a unit")
    return _shown(calendar, found, case["at"])


def _count(told: Any) -> float:
    if not isinstance(told, (int, float)) or isinstance(told, bool) or not isfinite(told):
        raise HoursFileError(f"“{_short(told)}” is not a number")
    if told < 0:
        raise HoursFileError("a duration is not negative")
    return told


def _at(calendar: Calendar, case: Mapping[str, Any], name: str) -> datetime:
    """A time without an offset is meant in the calendar's zone."""
    try:
        at = datetime.fromisoformat(case.get(name))  # type: ignore[arg-type]
    except (ValueError, TypeError):
        raise HoursFileError(f"“{_short(case.get(name))}” is not a time ({name})") from None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(calendar.zone))).astimezone(UTC)


def _short(told: Any) -> str:
    return str(told)[:60]


def _shown(calendar: Calendar, found: datetime, like: str) -> str:
    """As it was asked: with the same offset, or as wall time in the calendar's zone; seconds where there are any."""
    asked = datetime.fromisoformat(like)
    local = found.astimezone(asked.tzinfo or ZoneInfo(calendar.zone))
    fine = "seconds" if local.second or local.microsecond else "minutes"
    wall = local.replace(tzinfo=None, microsecond=0).isoformat("T" if "T" in like else " ", fine)
    offset = "" if asked.tzinfo is None else "Z" if like.endswith("Z") else local.isoformat()[-6:]
    return wall + offset
