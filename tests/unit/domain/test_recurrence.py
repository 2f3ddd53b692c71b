"""When a task comes back, and what a copy of it keeps."""

from datetime import UTC, datetime

import pytest

from app.desk.task_form import clone_of
from app.domain.ids import new_id
from app.domain.planned_time import existing, next_after, next_local
from app.domain.tasks import Recurrence, Task, TaskStatus
from app.domain.views import shown_count


@pytest.mark.parametrize(
    ("recurrence", "local", "following"),
    [
        (Recurrence.DAILY, datetime(2026, 12, 31, 9), datetime(2027, 1, 1, 9)),
        (Recurrence.WEEKLY, datetime(2026, 11, 25, 14), datetime(2026, 12, 2, 14)),
        (Recurrence.MONTHLY, datetime(2026, 12, 15, 9), datetime(2027, 1, 15, 9)),
        (Recurrence.MONTHLY, datetime(2027, 1, 31, 9), datetime(2027, 2, 28, 9)),
        (Recurrence.MONTHLY, datetime(2028, 1, 31, 9), datetime(2028, 2, 29, 9)),
        (Recurrence.NONE, datetime(2026, 11, 25, 14), None),
    ],
)
def test_it_comes_back_at_the_same_wall_time(
    recurrence: Recurrence, local: datetime, following: datetime | None
) -> None:
    assert next_local(local, recurrence) == following


def test_the_last_day_of_a_month_is_not_lost_in_february() -> None:
    days, local = [], datetime(2027, 12, 31, 9)
    for _ in range(5):
        following = next_local(local, Recurrence.MONTHLY, 31)
        assert following is not None
        local = following
        days.append((local.month, local.day))
    assert days == [(1, 31), (2, 29), (3, 31), (4, 30), (5, 31)]


def test_one_that_falls_into_the_spring_night_comes_at_the_first_time_after_it() -> None:
    following = next_local(datetime(2026, 3, 28, 2, 30), Recurrence.DAILY)
    assert following is not None
    assert existing(following, "Europe/Paris") == datetime(2026, 3, 29, 3, 30)


@pytest.mark.parametrize(
    ("recurrence", "local", "following"),
    [
        (Recurrence.DAILY, datetime(2026, 11, 19, 9), datetime(2026, 11, 24, 9)),
        (Recurrence.DAILY, datetime(2026, 11, 19, 11), datetime(2026, 11, 23, 11)),
        (Recurrence.DAILY, datetime(2026, 11, 25, 9), datetime(2026, 11, 26, 9)),
        (Recurrence.MONTHLY, datetime(2026, 7, 31, 9), datetime(2026, 11, 30, 9)),
        (Recurrence.MONTHLY, datetime(2026, 9, 30, 9), datetime(2026, 11, 30, 9)),
        (Recurrence.NONE, datetime(2026, 11, 19, 9), None),
    ],
)
def test_what_went_by_undone_is_not_made_up_for(
    recurrence: Recurrence, local: datetime, following: datetime | None
) -> None:
    assert next_after(local, recurrence, "Europe/Paris", datetime(2026, 11, 23, 9, tzinfo=UTC)) == following


def test_a_clone_is_planned_anew_and_names_its_parent() -> None:
    done = Task(new_id(), new_id(), "Call", status=TaskStatus.DONE, outcome="reached", attempts=2, version=7)
    copy = clone_of(done)
    assert copy.id != done.id
    assert (copy.cloned_from_id, copy.status, copy.outcome, copy.attempts) == (done.id, TaskStatus.PLANNED, "", 0)
    assert (copy.title, copy.team_id) == (done.title, done.team_id)


def test_a_count_stops_at_a_thousand() -> None:
    assert [shown_count(n) for n in (0, 999, 1_000, 1_001)] == ["0", "999", "1000", "1,000+"]
