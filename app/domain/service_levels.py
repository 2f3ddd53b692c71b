"""Service levels: what is promised for a case, how its clocks run, and when a promise is near its end or broken.

An answer is what an agent writes publicly, says on the telephone or in a meeting; a machine's mail and a note
answer nothing. A policy that changes moves the clocks of live cases, never what was said already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from app.domain.business_hours import Calendar, NeverOpenError, after, within
from app.domain.cases import Level
from app.domain.conditions import ANYTHING, Condition

NEAR_PERCENT = 75
MOST_TARGET = timedelta(days=366)


class Metric(StrEnum):
    """What a promise is about."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


class EventKind(StrEnum):
    """What happened to a measure; `near` and `breach` are said by the hub, the others happen."""

    ACTIVATE = "activate"
    PAUSE = "pause"
    RESUME = "resume"
    FULFIL = "fulfil"
    STOP = "stop"
    NEAR = "near"
    BREACH = "breach"


class ClockState(StrEnum):
    """Whether a clock runs, waits for the customer, or has ended: kept or not, or given up with the case."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class MetricEvent:
    """One event of one measure of one case."""

    metric: Metric
    kind: EventKind
    round: int
    at: datetime


Targets = Mapping[Level, Mapping[Metric, timedelta]]


@dataclass(frozen=True, slots=True)
class LevelPolicy:
    """What is promised to the cases that meet a condition; the first active one that fits holds."""

    id: UUID
    name: str
    condition: Condition = ANYTHING
    calendar_id: UUID | None = None
    targets: Targets = field(default_factory=dict)
    near_percent: int = NEAR_PERCENT
    active: bool = True
    position: int = 0
    version: int = 0

    def target(self, priority: Level, metric: Metric) -> timedelta | None:
        """How long it may take; None where nothing is promised."""
        return self.targets.get(priority, {}).get(metric)


@dataclass(frozen=True, slots=True)
class Clock:
    """One measure under a policy: what is spent of its target, and when it is used up if nothing happens."""

    metric: Metric
    round: int
    state: ClockState
    target: timedelta
    spent: timedelta
    due_at: datetime | None = None
    near_at: datetime | None = None
    never_opens: bool = False
    # When the target was used up although the measure is over: it was kept too late.
    broken_at: datetime | None = None


def clocks(
    events: Iterable[MetricEvent], policy: LevelPolicy, priority: Level, calendar: Calendar | None
) -> tuple[Clock, ...]:
    """The clock of every measure that the policy promises something about, in its last round."""
    by_metric = sorted(
        (one for one in events if one.kind not in {EventKind.NEAR, EventKind.BREACH}), key=lambda one: one.metric
    )
    made = []
    for metric, own in groupby(by_metric, key=lambda one: one.metric):
        target = policy.target(priority, metric)
        if target is not None:
            made.append(_clock(metric, list(own), target, policy.near_percent, calendar))
    return tuple(made)


def _clock(
    metric: Metric, events: Sequence[MetricEvent], target: timedelta, near_percent: int, calendar: Calendar | None
) -> Clock:
    ordered = sorted(events, key=lambda one: (one.round, one.at))
    last = ordered[-1].round
    state, since, spent = ClockState.STOPPED, None, timedelta()
    broken_at: datetime | None = None
    for event in (one for one in ordered if one.round == last):
        if since is not None:
            broken_at = broken_at or _used_up(calendar, since, target - spent, event.at)
            spent += _open(calendar, since, event.at)
        state = _NEXT[event.kind]
        since = event.at if state is ClockState.RUNNING else None
    if since is None:
        return Clock(metric, last, state, target, spent, broken_at=broken_at)
    try:
        due_at = broken_at or _add(calendar, since, target - spent)
        near_at = _add(calendar, since, max(target * near_percent / 100 - spent, timedelta()))
    except NeverOpenError:
        return Clock(metric, last, state, target, spent, never_opens=True)
    return Clock(metric, last, state, target, spent, due_at, min(near_at, due_at))


_NEXT = {
    EventKind.ACTIVATE: ClockState.RUNNING,
    EventKind.RESUME: ClockState.RUNNING,
    EventKind.PAUSE: ClockState.PAUSED,
    EventKind.FULFIL: ClockState.MET,
    EventKind.STOP: ClockState.STOPPED,
}


def _used_up(calendar: Calendar | None, since: datetime, left: timedelta, until: datetime) -> datetime | None:
    try:
        end = _add(calendar, since, left)
    except NeverOpenError:
        return None
    return end if end < until else None


def _add(calendar: Calendar | None, at: datetime, left: timedelta) -> datetime:
    return at + left if calendar is None else after(calendar, at, left)


def _open(calendar: Calendar | None, start: datetime, end: datetime) -> timedelta:
    return max(end - start, timedelta()) if calendar is None else within(calendar, start, end)


class Tone(StrEnum):
    """How a due time is shown."""

    CALM = "calm"
    NEAR = "near"
    BROKEN = "broken"


def tone_of(due_at: datetime, near_at: datetime | None, now: datetime) -> Tone:
    """Broken from the due time on, near from where the policy begins to warn."""
    if now >= due_at:
        return Tone.BROKEN
    return Tone.NEAR if near_at is not None and now >= near_at else Tone.CALM
