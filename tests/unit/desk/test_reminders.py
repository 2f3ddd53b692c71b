"""Reminders ring at their instant on this desk, whatever is away, and are answered once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.desk.reminders import Reminders
from app.domain import planned_time
from app.domain.tasks import Recurrence, TaskRow, TaskStatus
from tests.helpers.sample import NOW, SampleStore, key, signed_in

SEAL = key("Order seal kit 81-204")


class Clock:
    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def make(store: SampleStore, clock: Clock) -> tuple[Reminders, list[TaskRow]]:
    called: list[TaskRow] = []
    services = signed_in(store)
    return Reminders(services.tasks, store, store.kept.me.id, "Europe/Paris", clock, called.append), called


async def wake(reminders: Reminders) -> None:
    """What the alarm does at its instant."""
    reminders._wake()
    await reminders.work.settle()


def status(store: SampleStore, task_id: UUID) -> TaskStatus:
    return next(row.task.status for row in store.planned if row.task.id == task_id)


@pytest.mark.row("S5-24", "S5-25")
async def test_a_reminder_rings_at_its_instant_and_not_before() -> None:
    store, clock = SampleStore(), Clock()
    reminders, _ = make(store, clock)
    reminders.begin()
    await reminders.work.settle()
    reminders.forget_past_due()
    store.planned = [row for row in store.planned if row.task.id == SEAL]
    clock.at = NOW + timedelta(minutes=7 * 60 + 50)
    await wake(reminders)
    assert SEAL not in {row.task.id for row in reminders.state.ringing}
    clock.at += timedelta(minutes=1)
    await wake(reminders)
    assert SEAL in {row.task.id for row in reminders.state.ringing}
    await reminders.close()


@pytest.mark.row("S5-25")
async def test_a_computer_that_slept_rings_what_came_due_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its timers stood still, so the alarm set for hours ahead would come hours late: nobody calls `_wake` here."""
    monkeypatch.setattr("app.desk.reminders.LONGEST_WAIT_S", 0.05)
    store, clock = SampleStore(), Clock()
    reminders, _ = make(store, clock)
    reminders.begin()
    await reminders.work.settle()
    reminders.forget_past_due()
    await asyncio.sleep(0.1)
    assert SEAL not in {row.task.id for row in reminders.state.ringing}
    clock.at += timedelta(hours=9)  # the wall clock goes on while a computer sleeps, the loop's does not
    async with asyncio.timeout(2):
        while SEAL not in {row.task.id for row in reminders.state.ringing}:
            await asyncio.sleep(0.01)
    await reminders.close()


async def test_what_came_due_while_nobody_was_here_is_a_list_and_rings_nothing() -> None:
    reminders, _ = make(SampleStore(), Clock())
    reminders.begin()
    await reminders.work.settle()
    assert [row.task.title for row in reminders.state.past_due] == [
        "Send corrected invoice",
        "Call back about warranty",
    ]
    assert reminders.state.front is None
    reminders.snooze_past_due(60)
    await reminders.work.settle()
    assert reminders.state.past_due == ()
    await reminders.close()


async def test_a_list_of_what_came_due_that_was_closed_rings_nothing_either() -> None:
    """The dialog says that they stay overdue; whoever calls from it is asked again if nobody answered."""
    store, clock = SampleStore(), Clock()
    reminders, called = make(store, clock)
    reminders.begin()
    await reminders.work.settle()
    row = reminders.state.past_due[0]
    reminders.forget_past_due()
    await wake(reminders)
    assert not reminders.state.front
    reminders.dial(row)
    await reminders.work.settle()
    assert called == [row]
    await wake(reminders)
    assert reminders.state.front == row
    await reminders.close()


async def test_what_was_snoozed_to_a_later_hour_did_not_come_due_while_nobody_was_here() -> None:
    store, clock = SampleStore(), Clock()
    warranty = key("Call back about warranty")
    row = next(row for row in store.planned if row.task.id == warranty)
    store.planned = [replace(row, task=replace(row.task, snoozed_until=NOW + timedelta(hours=2)))]
    await store.update_task(store.planned[0].task)
    reminders, _ = make(store, clock)
    reminders.begin()
    await reminders.work.settle()
    assert reminders.state.past_due == ()
    clock.at += timedelta(hours=2)
    await wake(reminders)
    assert reminders.state.front is not None
    await reminders.close()


async def test_an_armed_reminder_rings_and_is_answered_while_the_server_is_away() -> None:
    store, clock = SampleStore(), Clock()
    reminders, _ = make(store, clock)
    reminders.begin()
    await reminders.work.settle()
    reminders.forget_past_due()
    store.reachable = False
    clock.at = NOW + timedelta(hours=7, minutes=51, seconds=1)
    await wake(reminders)
    row = next(row for row in reminders.state.ringing if row.task.id == SEAL)
    reminders.done("", row)
    await reminders.work.settle()
    assert SEAL not in {row.task.id for row in reminders.state.ringing}
    assert status(store, SEAL) is TaskStatus.PLANNED
    store.reachable = True
    store.hint("presence")
    await reminders.work.settle()
    assert status(store, SEAL) is TaskStatus.DONE
    await reminders.close()


async def ringing_seal(store: SampleStore, clock: Clock) -> tuple[Reminders, TaskRow]:
    """A desk on which one reminder rings alone."""
    store.planned = [row for row in store.planned if row.task.id == SEAL]
    reminders, _ = make(store, clock)
    reminders.begin()
    await reminders.work.settle()
    clock.at = NOW + timedelta(hours=7, minutes=52)
    await wake(reminders)
    assert reminders.state.front is not None
    return reminders, reminders.state.front


async def test_a_reminder_snoozed_while_the_server_is_away_rings_again_without_it() -> None:
    store, clock = SampleStore(), Clock()
    reminders, _ = await ringing_seal(store, clock)
    store.reachable = False
    reminders.snooze_by(10)
    await reminders.work.settle()
    assert not reminders.state.front
    clock.at += timedelta(minutes=10)
    await wake(reminders)
    assert bool(reminders.state.front)
    reminders.done()
    await reminders.work.settle()
    assert reminders.state.front is None
    store.reachable = True
    await wake(reminders)
    assert status(store, SEAL) is TaskStatus.DONE
    await reminders.close()


async def test_what_was_answered_without_the_server_is_told_though_no_hint_comes() -> None:
    """The feed's last hint of a catch-up comes before it calls itself connected."""
    store, clock = SampleStore(), Clock()
    reminders, _ = await ringing_seal(store, clock)
    store.reachable = store.connected = False
    reminders.done()
    await reminders.work.settle()
    store.reachable = True
    store.hint("presence")
    store.connected = True
    await wake(reminders)
    assert status(store, SEAL) is TaskStatus.DONE
    await reminders.close()


async def test_an_answer_that_was_taken_back_without_the_server_is_never_told() -> None:
    store, clock = SampleStore(), Clock()
    reminders, row = await ringing_seal(store, clock)
    store.reachable = False
    reminders.done()
    await reminders.work.settle()
    reminders.undo()
    await reminders.work.settle()
    assert reminders.state.front == row
    store.reachable = True
    await wake(reminders)
    assert status(store, SEAL) is TaskStatus.PLANNED
    await reminders.close()


async def test_a_snoozed_task_that_is_planned_sooner_rings_at_its_new_time() -> None:
    store, clock = SampleStore(), Clock()
    reminders, row = await ringing_seal(store, clock)
    reminders.snooze_until_morning()
    await reminders.work.settle()
    assert not reminders.state.front
    kept = store.planned[0].task
    await store.update_task(replace(kept, snoozed_until=None))
    await reminders.work.settle()
    assert reminders.state.front is not None
    assert reminders.state.front.task.id == row.task.id
    await reminders.close()


async def test_undo_calls_off_what_came_back_after_it() -> None:
    """Else it stands twice next week, once for each time that it was done."""
    store, clock = SampleStore(), Clock()
    reminders, row = await ringing_seal(store, clock)
    await store.update_task(replace(row.task, recurrence=Recurrence.WEEKLY, local_at=datetime(2026, 11, 23, 17)))
    await reminders.work.settle()
    reminders.done()
    await reminders.work.settle()
    reminders.undo()
    await reminders.work.settle()
    assert [one.task.status for one in store.planned] == [TaskStatus.PLANNED, TaskStatus.CANCELLED]
    reminders.done()
    await reminders.work.settle()
    assert [one.task.status for one in store.planned] == [TaskStatus.DONE, TaskStatus.CANCELLED, TaskStatus.PLANNED]
    await reminders.close()


async def test_undo_takes_back_what_was_done_and_not_what_was_refused() -> None:
    store, clock = SampleStore(), Clock()
    reminders, row = await ringing_seal(store, clock)
    await store.update_task(replace(row.task, title="A colleague's title"))
    reminders.done("", row)
    await reminders.work.settle()
    assert reminders.state.error is not None
    reminders.undo()
    await reminders.work.settle()
    assert store.planned[0].task.title == "A colleague's title"
    await reminders.close()


async def test_a_card_is_silent_while_its_agent_is_on_a_call() -> None:
    reminders, row = await ringing_seal(SampleStore(), Clock())
    shown = [reminders.state.front]
    for silent in (True, False):
        reminders.be_silent(silent)
        shown.append(reminders.state.front)
    assert shown == [row, None, row]
    await reminders.close()


async def test_no_answer_counts_and_plans_within_the_customers_hours_and_can_be_undone() -> None:
    store, clock = SampleStore(), Clock()
    reminders, _ = make(store, clock)
    warranty = key("Call back about warranty")
    store.planned = [
        replace(row, call_from="09:00", call_until="10:30") for row in store.planned if row.task.id == warranty
    ]
    reminders.begin()
    await reminders.work.settle()
    row = reminders.state.past_due[0]
    reminders.no_answer(row)
    await reminders.work.settle()
    kept = store.planned[0].task
    assert kept.attempts == 1
    assert kept.local_at == datetime(2026, 11, 24, 9)  # in an hour it would be 11:15 there
    reminders.undo()
    await reminders.work.settle()
    assert store.planned[0].task.attempts == 0
    await reminders.close()


async def test_a_call_that_the_hub_counted_is_not_counted_again() -> None:
    """Dialled from the card and not answered, then “No answer”: one attempt, and the next is in an hour."""
    store, clock = SampleStore(), Clock()
    reminders, _ = await ringing_seal(store, clock)
    for tries, hours in ((1, 1), (2, 3)):
        reminders.dial()
        await reminders.work.settle()
        kept = store.planned[0].task
        await store.update_task(replace(kept, attempts=kept.attempts + 1))  # as `call_over` does
        await wake(reminders)
        reminders.no_answer()
        await reminders.work.settle()
        kept = store.planned[0].task
        assert kept.attempts == tries
        assert kept.due_at is not None
        assert clock.at + timedelta(hours=hours) <= kept.due_at < clock.at + timedelta(hours=hours, minutes=15)
        clock.at = kept.due_at
        await wake(reminders)
    await reminders.close()


async def test_without_a_customer_tomorrow_at_nine_is_the_tasks_own() -> None:
    reminders, row = await ringing_seal(SampleStore(), Clock())
    task = replace(row.task, customer_id=None, zone="America/Guadeloupe", attempts=2)
    assert reminders.next_attempt(replace(row, task=task)) == datetime(2026, 11, 24, 13, tzinfo=UTC)
    await reminders.close()


async def test_do_not_call_is_refused_and_closed_hours_ask_once_more() -> None:
    store = SampleStore()
    reminders, called = make(store, Clock())
    reminders.begin()
    await reminders.work.settle()
    row = reminders.state.past_due[0]
    reminders.dial(replace(row, do_not_call=True))
    await reminders.work.settle()
    assert called == []
    assert reminders.state.error is not None
    early = replace(row, call_from="12:00", call_until="14:00")
    reminders.dial(early)
    assert called == []
    reminders.dial(early)
    await reminders.work.settle()
    assert [one.task.id for one in called] == [row.task.id]
    await reminders.close()


@pytest.mark.row("S5-23")
async def test_the_first_to_call_a_teams_reminder_takes_it() -> None:
    store = SampleStore()
    store.planned = [replace(row, task=replace(row.task, assignee_id=None)) for row in store.planned]
    reminders, called = make(store, Clock())
    reminders.begin()
    await reminders.work.settle()
    reminders.dial(reminders.state.past_due[0])
    await reminders.work.settle()
    assert called[0].task.assignee_id == key("Camille Roy")
    await reminders.close()


def test_the_next_attempt_waits_longer_each_time() -> None:
    at = datetime(2026, 11, 23, 9, 4, tzinfo=UTC)
    tries = [planned_time.next_attempt(at, n, "Europe/Paris", "", "") for n in range(3)]
    assert [one.astimezone(UTC).strftime("%d %H:%M") for one in tries] == ["23 10:15", "23 12:15", "24 08:00"]


def test_permitted_hours_begin_in_the_customers_zone() -> None:
    at = datetime(2026, 11, 23, 9, 4, tzinfo=UTC)
    assert planned_time.permitted(at, "America/Guadeloupe", "08:00", "16:00") == datetime(2026, 11, 23, 12, tzinfo=UTC)
