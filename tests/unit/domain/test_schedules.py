"""Ring schedules: zones, nights, holidays, one-off exceptions; the newest that applies wins."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.domain.schedules import RingSchedule, hours_now, opens_at

TEAM = uuid4()
MADE = datetime(2026, 1, 1, tzinfo=UTC)
WORKDAYS = frozenset({1, 2, 3, 4, 5})
ALL_DAYS = frozenset(range(1, 8))


def _schedule(name: str, days: frozenset[int], start: time, end: time, **more: object) -> RingSchedule:
    values = {"zone": "Europe/Paris", "created_at": MADE} | more
    return RingSchedule(uuid4(), TEAM, name, weekdays=days, rings_from=start, rings_until=end, **values)  # type: ignore[arg-type]


WEEK = _schedule("Week", WORKDAYS, time(8), time(18))


def test_the_clock_is_the_schedules_own_zone_also_over_daylight_saving() -> None:
    assert not hours_now([WEEK], datetime(2026, 3, 27, 6, 59, tzinfo=UTC)).is_open
    assert hours_now([WEEK], datetime(2026, 3, 27, 7, 0, tzinfo=UTC)).is_open
    assert hours_now([WEEK], datetime(2026, 3, 30, 6, 0, tzinfo=UTC)).is_open, "summer time: one hour earlier"


def test_hours_past_midnight_belong_to_the_day_they_began() -> None:
    night = _schedule("Night", frozenset({5}), time(22), time(6))
    saturday_early = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
    friday_early = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    assert hours_now([night], saturday_early).is_open
    assert not hours_now([night], friday_early).is_open


def test_a_holiday_and_a_one_off_win_over_the_week_because_they_are_newer() -> None:
    holiday = _schedule(
        "Armistice", ALL_DAYS, time(0), time(23, 59, 59), closed=True, created_at=MADE + timedelta(days=1),
        first_day=date(2026, 11, 11), last_day=date(2026, 11, 11),
    )  # fmt: skip
    one_off = _schedule(
        "Harvest duty", ALL_DAYS, time(9), time(12), created_at=MADE + timedelta(days=2),
        first_day=date(2026, 11, 11), last_day=date(2026, 11, 11),
    )  # fmt: skip
    at_ten, at_two = datetime(2026, 11, 11, 9, tzinfo=UTC), datetime(2026, 11, 11, 13, tzinfo=UTC)
    assert not hours_now([WEEK, holiday], at_ten).is_open
    assert hours_now([WEEK, holiday, one_off], at_ten).schedule == "Harvest duty"
    assert not hours_now([one_off, holiday, WEEK], at_two).is_open
    assert hours_now([WEEK, holiday], at_ten + timedelta(days=1)).is_open


def test_when_a_closed_team_opens_is_told() -> None:
    friday_night = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    assert opens_at([WEEK], friday_night) == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    assert opens_at([WEEK], datetime(2026, 11, 27, 9, 0, tzinfo=UTC)) is None, "it is open"
    assert opens_at([], friday_night) is None, "without a schedule it always rings"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=UTC)))
def test_it_is_open_at_the_moment_that_was_told_and_not_a_minute_before(now: datetime) -> None:
    opening = opens_at([WEEK], now)
    if opening is None:
        assert hours_now([WEEK], now).is_open
    else:
        assert hours_now([WEEK], opening).is_open
        assert not hours_now([WEEK], opening - timedelta(minutes=1)).is_open
        assert opening > now
