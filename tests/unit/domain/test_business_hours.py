"""Business hours: zones, both nights on which the clocks change, holidays, nights, one-off hours, and none at all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.business_hours import (
    Calendar,
    NeverOpenError,
    Opening,
    after,
    before,
    days_after,
    days_before,
    is_open,
    within,
)
from app.domain.public_holidays import known_countries, public_holidays

NINE_TO_FIVE = (Opening(9 * 60, 17 * 60),)
PARIS = Calendar("Europe/Paris", dict.fromkeys(range(1, 6), NINE_TO_FIVE), country="FR")
ALWAYS = Calendar("Europe/Paris", dict.fromkeys(range(1, 8), (Opening(0, 24 * 60),)))
NIGHTS = Calendar("Europe/Paris", dict.fromkeys(range(1, 8), (Opening(22 * 60, 30 * 60),)))
HOUR = timedelta(hours=1)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_open_time_goes_on_where_the_next_day_opens() -> None:
    friday = _utc("2026-11-27T15:30")  # 16:30 in Paris
    assert after(PARIS, friday, HOUR) == _utc("2026-11-30T08:30")
    assert before(PARIS, _utc("2026-11-30T08:30"), HOUR) == friday
    assert within(PARIS, friday, _utc("2026-11-30T08:30")) == HOUR


def test_a_holiday_of_the_country_is_no_working_day_and_one_off_hours_win_over_it() -> None:
    eve = _utc("2026-12-24T15:30")
    assert after(PARIS, eve, HOUR) == _utc("2026-12-28T08:30"), "Christmas is a Friday in 2026"
    open_at_christmas = Calendar(PARIS.zone, PARIS.week, "FR", exceptions={date(2026, 12, 25): NINE_TO_FIVE})
    assert after(open_at_christmas, eve, HOUR) == _utc("2026-12-25T08:30")
    assert days_after(PARIS, eve, 1) == _utc("2026-12-28T15:30")
    assert days_before(PARIS, _utc("2026-12-28T09:00"), 1) == _utc("2026-12-24T09:00")


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    assert date(2026, 12, 26) not in public_holidays("FR", "", 2026)
    assert date(2026, 12, 26) in public_holidays("FR", "57", 2026)
    assert public_holidays("FR", "", 2026, "fr")[date(2026, 12, 25)] == "Noël"
    assert "57" in known_countries()["FR"]
    assert public_holidays("ZZ", "", 2026) == {}


def test_the_spring_day_is_an_hour_shorter_and_the_autumn_day_an_hour_longer() -> None:
    assert within(ALWAYS, _utc("2026-03-28T23:00"), _utc("2026-03-29T22:00")) == 23 * HOUR
    assert within(ALWAYS, _utc("2026-10-24T22:00"), _utc("2026-10-25T23:00")) == 25 * HOUR
    spring, autumn = _utc("2026-03-28T21:00"), _utc("2026-10-24T20:00")  # the nights begin at 22:00 there
    assert within(NIGHTS, spring, spring + 12 * HOUR) == 7 * HOUR
    assert within(NIGHTS, autumn, autumn + 12 * HOUR) == 9 * HOUR


def test_an_opening_within_the_hour_that_does_not_exist_is_not_there() -> None:
    gap = Calendar("Europe/Paris", {7: (Opening(2 * 60, 3 * 60),)})
    assert within(gap, _utc("2026-03-28T12:00"), _utc("2026-03-29T22:00")) == timedelta()
    assert after(gap, _utc("2026-03-28T12:00"), timedelta()) == _utc("2026-04-05T00:00")
    half = Calendar("Europe/Paris", {7: (Opening(2 * 60 + 30, 5 * 60),)})
    assert after(half, _utc("2026-03-28T12:00"), timedelta()) == _utc("2026-03-29T01:30"), "03:30 summer time"


def test_a_night_belongs_to_the_day_on_which_it_began() -> None:
    friday_night = Calendar("Europe/Paris", {5: (Opening(22 * 60, 30 * 60),)})
    assert is_open(friday_night, _utc("2026-11-28T03:00"))
    assert not is_open(friday_night, _utc("2026-11-27T03:00"))
    assert before(friday_night, _utc("2026-11-30T12:00"), 2 * HOUR) == _utc("2026-11-28T03:00")


def test_openings_that_overlap_count_once() -> None:
    double = Calendar(
        "Etc/UTC", {1: (Opening(540, 1020), Opening(600, 720), Opening(1000, 1500)), 2: (Opening(30, 90),)}
    )
    assert within(double, _utc("2026-11-30T00:00"), _utc("2026-12-02T00:00")) == timedelta(minutes=1530 - 540)
    assert before(double, _utc("2026-12-01T12:00"), timedelta(minutes=990)) == _utc("2026-11-30T09:00")


@pytest.mark.parametrize(
    "calendar", [Calendar("Europe/Paris"), Calendar("UTC", exceptions={date(2020, 1, 1): NINE_TO_FIVE})]
)
def test_a_calendar_that_opens_no_more_promises_nothing(calendar: Calendar) -> None:
    now = _utc("2026-11-28T12:00")
    with pytest.raises(NeverOpenError):
        after(calendar, now, HOUR)
    with pytest.raises(NeverOpenError):
        days_after(calendar, now, 1)
    assert within(calendar, now, now + 1000 * HOUR) == timedelta()
    assert not is_open(calendar, now)


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(MOMENTS, st.integers(0, 60 * 60 * 200), st.sampled_from([PARIS, NIGHTS, ALWAYS]))
def test_what_is_added_is_what_lies_between(at: datetime, seconds: int, calendar: Calendar) -> None:
    duration = timedelta(seconds=seconds)
    due = after(calendar, at, duration)
    assert within(calendar, at, due) == duration
    assert duration == timedelta() or before(calendar, due, duration) >= at


@given(MOMENTS, MOMENTS, MOMENTS, st.sampled_from([PARIS, NIGHTS, ALWAYS]))
def test_parts_of_a_time_add_up(a: datetime, b: datetime, c: datetime, calendar: Calendar) -> None:
    first, middle, last = sorted((a, b, c))
    assert within(calendar, first, middle) + within(calendar, middle, last) == within(calendar, first, last)
