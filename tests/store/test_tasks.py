"""Tasks and their reminders: planned in a zone, rung on time, taken once, moved on by the hub."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.agents import AgentState
from app.domain.ids import new_id
from app.domain.planned_time import due_at
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Recurrence, Task, TaskKind, TaskStatus
from app.services.tasks import Tasks
from app.store.database import HUB_ROLE
from app.store.engine import connect, open_engine
from app.store.escalations import escalate_reminders
from app.store.session import Database
from tests.helpers.organisation import PASSWORD, Vallon


def _soon(minutes: int) -> datetime:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).replace(tzinfo=None, microsecond=0)


@pytest.mark.row("S5-21", "S5-24", "S5-25")
async def test_a_planned_call_rings_some_minutes_before(vallon: Vallon) -> None:
    nadia = vallon.as_agent("nadia")
    customer = await vallon.customer()
    task = Task(
        new_id(),
        vallon.teams["Contact centre"],
        "Call back",
        customer_id=customer.id,
        assignee_id=vallon.agents["nadia"],
        local_at=_soon(9),
        zone="UTC",
    )
    made = await Tasks(nadia).create(task)
    assert made.due_at is not None
    assert made.remind_at == made.due_at - timedelta(minutes=5)
    assert await nadia.reminders_until(made.due_at - timedelta(minutes=6)) == ()
    ringing = await nadia.reminders_until(made.due_at - timedelta(minutes=5))
    assert [row.task.id for row in ringing] == [task.id]
    assert ringing[0].customer_phone == "+33639981234"
    assert await vallon.as_agent("omar").reminders_until(made.due_at) == ()


@pytest.mark.parametrize(
    ("local", "zone"),
    [
        (datetime(2026, 3, 29, 3, 30), "Europe/Paris"),
        (datetime(2026, 10, 25, 2, 30), "Europe/Paris"),
        (datetime(2026, 10, 25, 1, 59), "Europe/Paris"),
        (datetime(2026, 11, 1, 1, 30), "America/New_York"),
        (datetime(2026, 7, 1, 9, 0), "Indian/Reunion"),
    ],
)
async def test_both_daylight_saving_nights_mean_the_same_here_and_there(
    vallon: Vallon, local: datetime, zone: str
) -> None:
    task = Task(new_id(), vallon.teams["Contact centre"], "Night", local_at=local, zone=zone)
    made = await Tasks(vallon.as_agent("nadia")).create(task)
    assert made.due_at == due_at(local, zone)


async def test_a_time_that_does_not_exist_is_refused_with_the_one_that_does(vallon: Vallon) -> None:
    task = Task(new_id(), vallon.teams["Contact centre"], "Skipped", local_at=datetime(2026, 3, 29, 2, 30))
    with pytest.raises(Refused, match="03:30") as refused:
        await Tasks(vallon.as_agent("nadia")).create(task)
    assert refused.value.reason is Refusal.NO_SUCH_LOCAL_TIME


async def test_the_first_to_take_a_teams_task_has_it(vallon: Vallon) -> None:
    nadia, camille = vallon.as_agent("nadia"), vallon.as_agent("camille")
    task = await nadia.insert_task(Task(new_id(), vallon.teams["Contact centre"], "Team call", local_at=_soon(1)))
    await nadia.take_task(task.id)
    with pytest.raises(Refused, match="Nadia Benali"):
        await camille.take_task(task.id)


async def test_done_comes_back_next_week_and_no_answer_counts_the_attempt(vallon: Vallon) -> None:
    tasks = Tasks(vallon.as_agent("nadia"))
    planned = Task(
        new_id(),
        vallon.teams["Contact centre"],
        "Weekly",
        local_at=datetime(2026, 11, 25, 14),
        recurrence=Recurrence.WEEKLY,
    )
    made = await tasks.create(planned)
    tried = await tasks.no_answer(made, datetime(2026, 11, 25, 15))
    assert tried.attempts == 1
    again = new_id()
    done = await tasks.done(tried, "reached", again, datetime(2026, 11, 25, 14, tzinfo=UTC))
    assert done.status is TaskStatus.DONE
    following = (await tasks.row(again)).task
    assert (following.local_at, following.attempts) == (datetime(2026, 12, 2, 15), 0)


async def test_the_end_of_the_month_comes_back_at_the_end_of_the_month(vallon: Vallon) -> None:
    """Done by hand in January and February, each time a while before it is due."""
    tasks = Tasks(vallon.as_agent("nadia"))
    task = await tasks.create(
        Task(
            new_id(),
            vallon.teams["Contact centre"],
            "Meter reading",
            local_at=datetime(2027, 1, 31, 9),
            recurrence=Recurrence.MONTHLY,
        )
    )
    planned = []
    for _ in range(3):
        following = new_id()
        await tasks.done(task, "", following, datetime(2026, 12, 1, tzinfo=UTC))
        task = (await tasks.row(following)).task
        planned.append(task.local_at)
    assert planned == [datetime(2027, 2, 28, 9), datetime(2027, 3, 31, 9), datetime(2027, 4, 30, 9)]
    moved = await tasks.no_answer(task, datetime(2027, 5, 3, 9))
    await tasks.done(moved, "", following := new_id(), datetime(2026, 12, 1, tzinfo=UTC))
    assert (await tasks.row(following)).task.local_at == datetime(2027, 6, 3, 9)


async def test_a_task_is_not_done_when_the_next_one_cannot_be_planned(vallon: Vallon) -> None:
    """Both or neither: a promise that recurs never ends because the database died between two statements."""
    tasks = Tasks(vallon.as_agent("nadia"))
    planned = Task(new_id(), vallon.teams["Contact centre"], "Daily", local_at=_soon(60), recurrence=Recurrence.DAILY)
    made = await tasks.create(planned)
    admin = await connect(vallon.admin)
    await admin.execute(
        "CREATE FUNCTION fail_insert() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END$$"
    )
    await admin.execute("ALTER FUNCTION fail_insert() SECURITY DEFINER")
    await admin.execute("CREATE TRIGGER zz BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION fail_insert()")
    with pytest.raises(Refused) as refused:
        await tasks.done(made, "reached", new_id(), datetime.now(UTC))
    assert refused.value.reason is Refusal.SERVER_AWAY
    await admin.execute("DROP TRIGGER zz ON tasks")
    assert (await tasks.row(made.id)).task.status is TaskStatus.PLANNED
    following = new_id()
    await tasks.done(made, "reached", following, datetime.now(UTC))
    assert (await tasks.row(following)).task.local_at == made.local_at + timedelta(days=1)  # type: ignore[operator]
    await admin.close()


async def test_the_hub_moves_on_what_nobody_takes(vallon: Vallon) -> None:
    """An absent agent's reminder goes to her team when somebody is there; after ten minutes it goes to the lead."""
    nadia, camille = vallon.as_agent("nadia"), vallon.as_agent("camille")
    base = Task(new_id(), vallon.teams["Contact centre"], "Promise", TaskKind.CALL, local_at=_soon(3), zone="UTC")
    mine = await nadia.insert_task(replace(base, assignee_id=vallon.agents["nadia"]))
    hub = Database(open_engine(replace(vallon.admin, user=HUB_ROLE, password=PASSWORD)))
    await escalate_reminders(hub)
    assert (await nadia.task_row(mine.id)).task.assignee_id == vallon.agents["nadia"]
    await camille.set_my_state(AgentState.AVAILABLE, "")
    await escalate_reminders(hub)
    assert (await nadia.task_row(mine.id)).task.assignee_id is None
    late = await nadia.insert_task(replace(base, id=new_id(), local_at=_soon(-8)))
    await escalate_reminders(hub)
    assert (await camille.task_row(late.id)).task.assignee_id is None, "the team has had it for a moment only"
    await _long_ago(vallon)
    await escalate_reminders(hub)
    assert (await camille.task_row(late.id)).task.assignee_id == vallon.agents["camille"]
    await hub.close()


async def test_the_team_has_what_an_absent_agent_left_for_ten_minutes_before_the_lead_has_it(vallon: Vallon) -> None:
    """In the morning everything that the night left went straight to the lead."""
    nadia, camille = vallon.as_agent("nadia"), vallon.as_agent("camille")
    team, agent = vallon.teams["Contact centre"], vallon.agents["nadia"]
    left = await nadia.insert_task(Task(new_id(), team, "Promise", assignee_id=agent, local_at=_soon(-20), zone="UTC"))
    await _long_ago(vallon)
    await camille.set_my_state(AgentState.AVAILABLE, "")
    hub = Database(open_engine(replace(vallon.admin, user=HUB_ROLE, password=PASSWORD)))
    for _ in range(2):
        await escalate_reminders(hub)
        assert (await nadia.task_row(left.id)).task.assignee_id is None
    await hub.close()


async def test_what_went_to_the_lead_once_and_is_planned_anew_goes_on_again(vallon: Vallon) -> None:
    camille = vallon.as_agent("camille")
    task = await camille.insert_task(
        Task(new_id(), vallon.teams["Contact centre"], "Promise", local_at=_soon(-20), zone="UTC")
    )
    hub = Database(open_engine(replace(vallon.admin, user=HUB_ROLE, password=PASSWORD)))
    await _long_ago(vallon)
    await escalate_reminders(hub)
    has = (await camille.task_row(task.id)).task
    assert has.assignee_id == vallon.agents["camille"]
    await camille.update_task(replace(has, assignee_id=None, local_at=_soon(-15)))
    await _long_ago(vallon, "escalated_at = now() - interval '1 day'")
    await escalate_reminders(hub)
    assert (await camille.task_row(task.id)).task.assignee_id == vallon.agents["camille"]
    await hub.close()


async def _long_ago(vallon: Vallon, more: str = "notes = notes") -> None:
    """What was written was written an hour ago."""
    admin = await connect(vallon.admin)
    await admin.execute("SET session_replication_role = replica")
    await admin.execute(f"UPDATE tasks SET updated_at = updated_at - interval '1 hour', {more}")
    await admin.close()


async def test_a_task_goes_along_with_its_case_to_another_customer(vallon: Vallon) -> None:
    """Else the reminder names, and dials, the customer of before."""
    store, camille = vallon.as_agent("nadia"), vallon.as_agent("camille")
    case_id = await vallon.case()
    task = await store.insert_task(Task(new_id(), vallon.teams["Contact centre"], "Call", case_id=case_id))
    other = await vallon.customer()
    case = (await store.case_file(case_id)).case
    await store.update_case(replace(case, customer_id=other.id))
    assert (await store.task_row(task.id)).task.customer_id == other.id
    kept = await vallon.customer()
    await camille.merge_customers(kept.id, other.id)
    assert (await store.task_row(task.id)).task.customer_id == kept.id
