"""Clocks of service levels: pauses, rounds, promises kept too late, warnings, and calendars that never open."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.domain.business_hours import Calendar, Opening
from app.domain.cases import Level
from app.domain.service_levels import (
    Clock,
    ClockState,
    EventKind,
    LevelPolicy,
    Metric,
    MetricEvent,
    Tone,
    clocks,
    tone_of,
)

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
POLICY = LevelPolicy(uuid4(), "Standard", targets={Level.NORMAL: {Metric.RESOLUTION: 4 * HOUR}})
OFFICE = Calendar("UTC", dict.fromkeys(range(1, 6), (Opening(9 * 60, 17 * 60),)))
K = EventKind


def _clock(*events: tuple[EventKind, timedelta], calendar: Calendar | None = None, round_: int = 1) -> Clock:
    made = [MetricEvent(Metric.RESOLUTION, kind, round_, NOON + after) for kind, after in events]
    return clocks(made, POLICY, Level.NORMAL, calendar)[0]


def test_what_is_not_promised_has_no_clock() -> None:
    event = MetricEvent(Metric.FIRST_REPLY, K.ACTIVATE, 1, NOON)
    assert clocks([event], POLICY, Level.NORMAL, None) == ()
    assert clocks([MetricEvent(Metric.RESOLUTION, K.ACTIVATE, 1, NOON)], POLICY, Level.URGENT, None) == ()


def test_a_pause_moves_the_end_and_business_hours_move_it_over_the_weekend() -> None:
    running = _clock((K.ACTIVATE, 0 * HOUR), (K.PAUSE, HOUR), (K.RESUME, 3 * HOUR))
    assert (running.due_at, running.near_at) == (NOON + 6 * HOUR, NOON + 5 * HOUR)
    office = _clock((K.ACTIVATE, 0 * HOUR), (K.PAUSE, HOUR), (K.RESUME, 3 * HOUR), calendar=OFFICE)
    assert office.due_at == datetime(2026, 11, 30, 10, tzinfo=UTC)
    paused = _clock((K.ACTIVATE, 0 * HOUR), (K.PAUSE, HOUR))
    assert (paused.state, paused.spent, paused.due_at) == (ClockState.PAUSED, HOUR, None)


def test_a_promise_kept_too_late_was_broken_when_its_time_was_up() -> None:
    late = _clock((K.ACTIVATE, 0 * HOUR), (K.FULFIL, 5 * HOUR))
    assert (late.state, late.broken_at) == (ClockState.MET, NOON + 4 * HOUR)
    assert _clock((K.ACTIVATE, 0 * HOUR), (K.FULFIL, 4 * HOUR)).broken_at is None
    again = _clock((K.ACTIVATE, 0 * HOUR), (K.PAUSE, 5 * HOUR), (K.RESUME, 6 * HOUR))
    assert again.due_at == NOON + 4 * HOUR, "going on does not mend it"


def test_only_the_last_round_counts_and_a_calendar_that_never_opens_promises_nothing() -> None:
    first = MetricEvent(Metric.RESOLUTION, K.ACTIVATE, 1, NOON)
    second = MetricEvent(Metric.RESOLUTION, K.ACTIVATE, 2, NOON + HOUR)
    clock = clocks([first, MetricEvent(Metric.RESOLUTION, K.FULFIL, 1, NOON), second], POLICY, Level.NORMAL, None)[0]
    assert (clock.round, clock.due_at) == (2, NOON + 5 * HOUR)
    never = _clock((K.ACTIVATE, 0 * HOUR), calendar=Calendar("UTC"))
    assert never.never_opens
    assert never.due_at is None


def test_the_tone_of_a_due_time() -> None:
    near, due = NOON + HOUR, NOON + 2 * HOUR
    assert [tone_of(due, near, NOON + n * HOUR) for n in range(3)] == [Tone.CALM, Tone.NEAR, Tone.BROKEN]
    assert tone_of(due, None, NOON + HOUR) is Tone.CALM


@given(st.lists(st.integers(1, 300), max_size=9))
def test_what_is_spent_is_what_ran(minutes: list[int]) -> None:
    at, ran, events = timedelta(), timedelta(), [(K.ACTIVATE, timedelta())]
    for number, length in enumerate(minutes):
        at += length * MINUTE
        ran += length * MINUTE if number % 2 == 0 else timedelta()
        events.append((K.PAUSE if number % 2 == 0 else K.RESUME, at))
    clock = _clock(*events)
    assert clock.spent == ran
    if clock.state is ClockState.RUNNING and ran <= 4 * HOUR:
        assert clock.due_at == NOON + at + 4 * HOUR - ran
