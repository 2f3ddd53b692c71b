"""Ring schedules: when a team rings and whom; of those that apply just now, the one made last wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

WHOLE_DAY = time(23, 59, 59, 999999)
"""The end of a schedule that lasts until midnight, when it begins at midnight too."""


@dataclass(frozen=True, slots=True)
class Ringed:
    """Who is rung by a schedule: an agent or a whole sub-team, in a tier."""

    tier: int
    agent_id: UUID | None = None
    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RingSchedule:
    """One schedule of a team; one with days is a one-off or a season, `closed` makes it a holiday."""

    id: UUID
    team_id: UUID
    name: str
    zone: str
    weekdays: frozenset[int]
    rings_from: time
    rings_until: time
    created_at: datetime
    first_day: date | None = None
    last_day: date | None = None
    closed: bool = False
    rings: tuple[Ringed, ...] = ()
    call_tree_id: UUID | None = None

    def applies(self, now: datetime) -> bool:
        """Whether this schedule speaks for this instant; hours past midnight belong to the day they began."""
        local = now.astimezone(ZoneInfo(self.zone))
        clock = local.time()
        if self.rings_from <= self.rings_until:
            return self._on(local.date()) and self.rings_from <= clock < self.rings_until
        yesterday = date.fromordinal(local.date().toordinal() - 1)
        return (self._on(local.date()) and clock >= self.rings_from) or (
            self._on(yesterday) and clock < self.rings_until
        )

    def _on(self, day: date) -> bool:
        if self.first_day is not None and day < self.first_day:
            return False
        if self.last_day is not None and day > self.last_day:
            return False
        return day.isoweekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class Hours:
    """Whether a team rings now, by which schedule, and whom; without any schedule it always rings everybody."""

    is_open: bool
    schedule: str = ""
    rings: tuple[Ringed, ...] = ()
    call_tree_id: UUID | None = None


def winner(schedules: Iterable[RingSchedule], now: datetime) -> RingSchedule | None:
    """The newest schedule that applies."""
    known = sorted(schedules, key=lambda schedule: (schedule.created_at, schedule.id), reverse=True)
    return next((schedule for schedule in known if schedule.applies(now)), None)


def hours_now(schedules: Iterable[RingSchedule], now: datetime) -> Hours:
    """The newest schedule that applies decides; with schedules but none that applies, the team is closed."""
    known = tuple(schedules)
    if not known:
        return Hours(is_open=True)
    decides = winner(known, now)
    if decides is None:
        return Hours(is_open=False)
    return Hours(not decides.closed, decides.name, decides.rings, decides.call_tree_id)


def opens_at(
    schedules: Iterable[RingSchedule], now: datetime, within: timedelta = timedelta(days=14)
) -> datetime | None:
    """When a team that is closed now rings next; None when it is open, or not within that time."""
    known = tuple(schedules)
    if hours_now(known, now).is_open:
        return None
    edges = sorted({edge for schedule in known for edge in _edges(schedule, now, within) if edge > now})
    return next((edge for edge in edges if hours_now(known, edge).is_open), None)


def _edges(schedule: RingSchedule, now: datetime, within: timedelta) -> Iterable[datetime]:
    zone = ZoneInfo(schedule.zone)
    today = now.astimezone(zone).date()
    for days in range(-1, within.days + 1):
        for clock in (schedule.rings_from, schedule.rings_until):
            yield datetime.combine(today + timedelta(days=days), clock, zone).astimezone(UTC)
