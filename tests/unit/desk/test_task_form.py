"""A task in its form: when it is planned, in whose hours, and what planning anew does to its reminder."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.desk.task_form import Subject, TaskForm, TaskFormState
from app.domain.cases import Category
from app.domain.ids import new_id
from app.domain.tasks import Recurrence, Task, TaskStatus
from app.services.customers import Customers
from app.services.tasks import Tasks
from tests.helpers.sample import CUSTOMERS, NOW, SampleStore, key
from tests.helpers.sample_data import TYPES

AT = datetime(2026, 11, 25, 14)


async def form_of(store: SampleStore, task: Task, now: datetime = NOW) -> TaskForm:
    """The form of a task that is kept."""
    stored = await store.insert_task(task)
    state = TaskFormState(store.kept, stored, Subject(), stored=stored, types=TYPES)
    return TaskForm(Tasks(store), Customers(store), state, lambda: now)


def a_task(**values: object) -> Task:
    return replace(Task(key("a task"), key("Contact centre"), "Call", local_at=AT), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change", [{"local_at": AT + timedelta(days=7)}, {"zone": "America/Guadeloupe"}, {"reminder_minutes": 30}]
)
async def test_a_snoozed_task_that_is_planned_anew_rings_by_its_new_plan(change: dict[str, object]) -> None:
    store = SampleStore()
    form = await form_of(store, a_task(snoozed_until=NOW))
    form.fill(**change)
    form.save()
    await form.work.settle()
    kept = store.planned[-1].task
    assert kept.due_at is not None
    assert kept.remind_at == kept.due_at - timedelta(minutes=kept.reminder_minutes or 0)
    await form.close()


async def test_a_snoozed_task_keeps_its_snooze_when_its_words_change() -> None:
    store = SampleStore()
    form = await form_of(store, a_task(snoozed_until=NOW))
    form.fill(notes="Ask for the serial number")
    form.save()
    await form.work.settle()
    assert store.planned[-1].task.remind_at == NOW
    await form.close()


@pytest.mark.parametrize(("change", "kept"), [({"notes": "Ring twice"}, 31), ({"local_at": AT + timedelta(days=3)}, 0)])
async def test_a_task_moved_to_another_day_goes_on_with_that_day(change: dict[str, object], kept: int) -> None:
    store = SampleStore()
    form = await form_of(store, a_task(recurrence=Recurrence.MONTHLY, month_day=31))
    form.fill(**change)
    form.save()
    await form.work.settle()
    assert store.planned[-1].task.month_day == kept
    await form.close()


async def test_in_a_week_is_at_this_hour_across_the_night_that_shifts_the_clocks() -> None:
    form = await form_of(SampleStore(), a_task(), datetime(2026, 10, 22, 12, 7, tzinfo=UTC))
    form.plan_in_a_week()
    assert form.state.task.local_at == datetime(2026, 10, 29, 14, 15)
    await form.close()


async def test_the_customers_hours_are_those_of_the_customer_in_the_form() -> None:
    store = SampleStore()
    islander = replace(CUSTOMERS[1], time_zone="Indian/Reunion")
    store.people[islander.id] = islander
    form = await form_of(store, a_task(customer_id=CUSTOMERS[0].id, zone="America/Guadeloupe", zone_of="customer"))
    (hit,) = await store.find_customers(islander.account_number, 1)
    form.choose_customer(hit)
    await form.work.settle()
    assert (form.state.task.zone, form.state.task.zone_of) == ("Indian/Reunion", "customer")
    form.choose_customer(None)
    assert (form.state.task.zone, form.state.task.zone_of) == (store.kept.me.time_zone, "agent")
    await form.close()


async def test_a_state_that_means_done_brings_a_recurring_task_back() -> None:
    store = SampleStore()
    kind = TYPES[0]
    task = a_task(id=new_id(), recurrence=Recurrence.WEEKLY, type_id=kind.id, state_id=kind.default_state_id)
    form = await form_of(store, task)
    form.fill(state_id=next(one.id for one in kind.states if one.category is Category.SOLVED))
    form.save()
    await form.work.settle()
    done, following = (row.task for row in store.planned[-2:])
    assert (done.id, done.status) == (task.id, TaskStatus.DONE)
    assert (following.status, following.local_at) == (TaskStatus.PLANNED, AT + timedelta(days=7))
    await form.close()
