"""Business hours: when an organisation works, and times and durations that count only then, in any zone and season."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.public_holidays import public_holidays

DAY_MINUTES = 24 * 60
YEARS_BACK, YEARS_AHEAD = 4, 2
LOOK_DAYS = 800
"""A calendar that opens on none of so many days is taken as one that never opens."""


class NeverOpenError(ValueError):
    """A calendar without an open hour, to which no time can be added."""


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """Open from one minute of the day to another; an end past 24 h belongs to the night that follows."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= 2 * DAY_MINUTES or self.opens >= DAY_MINUTES:
            raise ValueError(f"not an opening: {self.opens}-{self.closes}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """A week of openings (ISO weekday) in a zone, the country's holidays, days closed of one's own, one-off hours."""

    zone: str
    week: Mapping[int, tuple[Opening, ...]] = field(default_factory=dict)
    country: str = ""
    subdivision: str = ""
    closed: frozenset[date] = frozenset()
    exceptions: Mapping[date, tuple[Opening, ...]] = field(default_factory=dict)

    def openings(self, day: date) -> tuple[Opening, ...]:
        """The hours of a day: one-off ones win over holidays, holidays over the week."""
        if day in self.exceptions:
            return self.exceptions[day]
        if day in self.closed or (self.country and day in public_holidays(self.country, self.subdivision, day.year)):
            return ()
        return self.week.get(day.isoweekday(), ())

    @property
    def never_open(self) -> bool:
        """Whether no day has an hour: nothing can be promised by such a calendar."""
        return not any(self.week.values()) and not any(self.exceptions.values())


Span = tuple[datetime, datetime]


def spans_from(calendar: Calendar, at: datetime) -> Iterator[Span]:
    """The open times from an instant on, as instants (UTC), a day's after a day's, without an end."""
    for spans in _days(calendar, _local(calendar, at).date(), 1):
        for opens, closes in spans:
            if closes > at:
                yield max(opens, at), closes


def spans_until(calendar: Calendar, at: datetime) -> Iterator[Span]:
    """The open times before an instant, the latest first, without a beginning."""
    for spans in _days(calendar, _local(calendar, at).date(), -1):
        for opens, closes in reversed(spans):
            if opens < at:
                yield opens, min(closes, at)


def after(calendar: Calendar, at: datetime, duration: timedelta) -> datetime:
    """The instant at which so much open time has passed; with no duration, the first open moment from `at` on."""
    left = duration
    for opens, closes in spans_from(calendar, at):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise NeverOpenError


def before(calendar: Calendar, at: datetime, duration: timedelta) -> datetime:
    """The instant from which so much open time passes until `at`; with no duration, the last open moment before."""
    left = duration
    for opens, closes in spans_until(calendar, at):
        if left <= closes - opens:
            return closes - left
        left -= closes - opens
    raise NeverOpenError


def days_after(calendar: Calendar, at: datetime, days: int) -> datetime:
    """The same wall time so many working days later, or the first open moment after it."""
    return after(calendar, _moved(calendar, at, days, 1), timedelta())


def days_before(calendar: Calendar, at: datetime, days: int) -> datetime:
    """The same wall time so many working days earlier, or the last open moment before it."""
    return before(calendar, _moved(calendar, at, days, -1), timedelta())


def within(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much of the time from `start` to `end` was open; nothing when the end comes first."""
    total = timedelta()
    try:
        for opens, closes in spans_from(calendar, start):
            if opens >= end:
                break
            total += min(closes, end) - opens
    except NeverOpenError:
        pass  # it was open before, and is not any more
    return total


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether an instant is within the hours."""
    return any(opens <= at < closes for opens, closes in _on(calendar, _local(calendar, at).date()))


def known_spans(calendar: Calendar, today: date) -> tuple[list[float], list[float], date]:
    """The beginnings and ends of what is open, as epochs, and the day up to which they are told: for a store that
    counts with them, years back as its reports go and years ahead as its promises do."""
    first = datetime(today.year - YEARS_BACK, 1, 1, tzinfo=UTC)
    until = date(today.year + YEARS_AHEAD, 12, 31)
    end = datetime(until.year + 1, 1, 1, tzinfo=UTC)
    opens, closes = list[float](), list[float]()
    try:
        for span in spans_from(calendar, first):
            if span[0] >= end:
                break
            if opens and closes[-1] == span[0].timestamp():
                closes[-1] = span[1].timestamp()
            else:
                opens.append(span[0].timestamp())
                closes.append(span[1].timestamp())
    except NeverOpenError:
        pass
    return opens, closes, until


def _moved(calendar: Calendar, at: datetime, days: int, step: int) -> datetime:
    local = _local(calendar, at)
    day, left = local.date(), days
    for _ in range(LOOK_DAYS + 7 * days):
        if not left:
            break
        day += timedelta(days=step)
        left -= bool(calendar.openings(day))
    else:
        raise NeverOpenError
    return _instant(calendar, datetime.combine(day, local.time().replace(tzinfo=None)))


def _days(calendar: Calendar, first: date, step: int) -> Iterator[list[Span]]:
    day, empty = first, 0
    while empty < LOOK_DAYS:
        spans = _on(calendar, day)
        empty = 0 if spans else empty + 1
        yield spans
        day += timedelta(days=step)
    raise NeverOpenError


def _on(calendar: Calendar, day: date) -> list[Span]:
    """What is open between two midnights: the day's own hours, and what goes on from the night before."""
    parts = [(one.opens, min(one.closes, DAY_MINUTES)) for one in calendar.openings(day)]
    yesterday = calendar.openings(day - timedelta(days=1))
    parts += [(0, one.closes - DAY_MINUTES) for one in yesterday if one.closes > DAY_MINUTES]
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(parts):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    midnight = datetime.combine(day, time())
    spans = [tuple(_instant(calendar, midnight + timedelta(minutes=edge)) for edge in one) for one in joined]
    # The spring night may swallow an opening whole.
    return [(opens, closes) for opens, closes in spans if opens < closes]


def _instant(calendar: Calendar, wall: datetime) -> datetime:
    """A wall time as an instant: of the two of the autumn night the first; one that the spring night skips counts as
    much later as the clocks go forward."""
    return wall.replace(tzinfo=ZoneInfo(calendar.zone), fold=0).astimezone(UTC)


def _local(calendar: Calendar, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(calendar.zone))
