"""Every trigger begins, and every action does what it says, on a real database; a new one has to be added here."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.automations import Action, Does, Trigger, When
from app.domain.business_hours import Calendar, Opening
from app.domain.cases import Level
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.follow_ups import Channel, Direction, FollowUp
from app.domain.ids import new_id
from app.domain.service_levels import LevelPolicy, Metric
from app.services.levels import Levels, NamedCalendar
from app.store.calendars import PostgresCalendars
from app.store.engine import connect
from app.store.levels import set_clocks, tell_levels
from tests.helpers.automations import EngineRoom, engine_room, make_automation
from tests.helpers.organisation import Vallon

ALWAYS = Calendar("UTC", dict.fromkeys(range(1, 8), (Opening(0, 1440),)))


# Triggers ------------------------------------------------------------------------------------------------------------


async def _message(vallon: Vallon, case: UUID, direction: Direction) -> None:
    said = FollowUp(new_id(), case, Channel.CHAT, "Well?", datetime.now(UTC), direction=direction, public=True)
    await vallon.as_agent("nadia").insert_follow_up(said)


async def _nothing(room: EngineRoom, case: UUID) -> None:
    pass


async def _update(room: EngineRoom, case: UUID) -> None:
    nadia = room.vallon.as_agent("nadia")
    await nadia.update_case(replace(await nadia.case(case), subject="Leak, again"))


async def _in(room: EngineRoom, case: UUID) -> None:
    await _message(room.vallon, case, Direction.IN)


async def _out(room: EngineRoom, case: UUID) -> None:
    await _message(room.vallon, case, Direction.OUT)


async def _call(room: EngineRoom, case: UUID) -> None:
    call, vallon = new_id(), room.vallon
    await room.database.write(
        "INSERT INTO calls (id, organisation_id, direction, phase, team_id, started_at, caller_number, case_id) "
        "VALUES (:id, :house, 'in', 'talking', :team, now(), '+33612345678', :case)",
        id=call, house=vallon.organisation_id, team=vallon.teams["Contact centre"], case=case,
    )  # fmt: skip
    await room.database.write("UPDATE calls SET phase = 'ended', outcome = 'answered', ended_at = now()")


async def _task(room: EngineRoom, case: UUID) -> None:
    await room.engine.note_due_tasks()
    await room.database.write(
        "INSERT INTO tasks (id, team_id, case_id, title, local_at, zone) "
        "VALUES (gen_random_uuid(), :team, :case, 'Call', now() AT TIME ZONE 'UTC', 'UTC')",
        team=room.vallon.teams["Contact centre"], case=case,
    )  # fmt: skip
    await room.database.write("UPDATE automation_place SET due_until = now() - interval '5 minutes'")
    await room.engine.note_due_tasks()


def _level(minutes: int) -> Callable[[EngineRoom, UUID], Awaitable[None]]:
    async def spend(room: EngineRoom, case: UUID) -> None:
        hour = timedelta(hours=1)
        policy = LevelPolicy(new_id(), "Standard", targets={Level.NORMAL: {Metric.FIRST_REPLY: hour}}, near_percent=50)
        await Levels(PostgresCalendars(room.vallon.as_agent("sofia")._database)).save_policy(policy)
        await set_clocks(room.database)
        admin = await connect(room.vallon.admin)
        await admin.execute("UPDATE metric_events SET at = now() - make_interval(mins => $1)", minutes)
        await admin.execute("SELECT queue_levels(id, organisation_id) FROM cases")
        await admin.close()
        await set_clocks(room.database)
        await tell_levels(room.database)

    return spend


async def _clock(room: EngineRoom, case: UUID) -> None:
    while await room.engine.look_at_clock():
        pass


async def _office(room: EngineRoom, case: UUID) -> None:
    store = PostgresCalendars(room.vallon.as_agent("ada")._database)
    await store.save_calendar(NamedCalendar(new_id(), "Always", ALWAYS))
    await _clock(room, case)


HAPPENS: dict[Trigger, Callable[[EngineRoom, UUID], Awaitable[None]]] = {
    Trigger.CREATED: _nothing,
    Trigger.UPDATED: _update,
    Trigger.MESSAGE_IN: _in,
    Trigger.MESSAGE_OUT: _out,
    Trigger.CALL_ENDED: _call,
    Trigger.TASK_DUE: _task,
    Trigger.SERVICE_NEAR: _level(40),
    Trigger.SERVICE_BROKEN: _level(70),
    Trigger.HOURLY: _clock,
    Trigger.BUSINESS_HOURS: _office,
}


@pytest.mark.parametrize("trigger", list(Trigger))
async def test_each_trigger_begins_once(vallon: Vallon, trigger: Trigger) -> None:
    automation = await make_automation(vallon, Action(Does.ADD_TAG, "seen"), when=When(trigger))
    async with engine_room(vallon) as room:
        case = await vallon.case()
        if trigger is not Trigger.CREATED:
            await room.run()
            assert await room.runs(automation) == []
        await HAPPENS[trigger](room, case)
        for _ in range(2):
            await room.run()
            await _clock(room, case)
        (run,) = await room.runs(automation)
        assert (run["trigger"], run["outcome"], run["case_id"]) == (trigger.value, "done", case)
        assert (await vallon.as_agent("nadia").case(case)).tags == ("seen",)


# Actions -------------------------------------------------------------------------------------------------------------


async def _act(
    vallon: Vallon, *actions: Action, by: str = "camille", **case: Any
) -> tuple[UUID, Callable[..., Awaitable[Any]]]:
    """A new case that an automation does this to; the case, and a way to read columns of it."""
    automation = await make_automation(vallon, *actions)
    async with engine_room(vallon) as room:
        made = await vallon.case(by=by, **case)
        await room.run()
        (run,) = await room.runs(automation)
        assert run["outcome"] == "done", run["acts"]

    async def read(columns: str, source: str = "cases WHERE id = $1") -> Any:
        admin = await connect(vallon.admin)
        rows = await admin.fetch(f"SELECT {columns} FROM {source}", made)
        await admin.close()
        return [tuple(row) for row in rows]

    return made, read


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [("state", "category:waiting_agent", "waiting_agent"), ("priority", "urgent", "urgent"),
     ("severity", "low", "low"), ("visibility", "private", "private")],
)  # fmt: skip
async def test_a_field_of_the_case_is_set(vallon: Vallon, field: str, value: str, kept: str) -> None:
    _, read = await _act(vallon, Action(Does.SET_FIELD, value, f"case.{field}"), assignee_id=vallon.agents["camille"])
    assert await read("category" if field == "state" else field) == [(kept,)]


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [(FieldKind.NUMBER, "12,5", "12.5"), (FieldKind.TEXT, "12", '"12"'), (FieldKind.YES_NO, "true", "true"),
     (FieldKind.DATE, "2026-12-01", '"2026-12-01"'), (FieldKind.PICK_LIST, "red", '"red"'),
     (FieldKind.URL, "https://a.example", '"https://a.example"')],
)  # fmt: skip
async def test_a_field_of_ones_own_gets_what_its_kind_holds(
    vallon: Vallon, kind: FieldKind, value: str, kept: str
) -> None:
    choices = ("red", "blue") if kind is FieldKind.PICK_LIST else ()
    await vallon.as_agent("ada").save_field(
        CustomField(new_id(), FieldOwner.CASE, "mine", "Mine", kind, choices=choices)
    )
    _, read = await _act(vallon, Action(Does.SET_FIELD, value, "case.custom.mine"))
    assert await read("(custom -> 'mine')::text") == [(kept,)]


@pytest.mark.parametrize(
    ("whom", "has"), [("load", "ada"), ("rotation", "ada"), ("writer", "nadia"), ("agent", "nadia")]
)
async def test_a_case_is_assigned(vallon: Vallon, whom: str, has: str) -> None:
    # By turns and by load the first of the alphabet comes first.
    value = f"agent:{vallon.agents['nadia']}" if whom == "agent" else whom
    _, read = await _act(vallon, Action(Does.ASSIGN, value), by="nadia")
    assert await read("assignee_id") == [(vallon.agents[has],)]


async def test_by_load_the_case_goes_to_who_has_the_fewest(vallon: Vallon) -> None:
    for name in ("camille", "ada", "sofia"):
        await vallon.case(assignee_id=vallon.agents[name])
    _, read = await _act(vallon, Action(Does.ASSIGN, "load"))
    assert await read("assignee_id") == [(vallon.agents["nadia"],)]


async def test_a_case_is_taken_from_its_agent(vallon: Vallon) -> None:
    _, read = await _act(vallon, Action(Does.ASSIGN, "nobody"), assignee_id=vallon.agents["nadia"])
    assert await read("assignee_id") == [(None,)]


async def test_a_case_is_handed_over(vallon: Vallon) -> None:
    _, read = await _act(vallon, Action(Does.HAND_OVER, str(vallon.teams["Location"])))
    assert await read("team_id") == [(vallon.teams["Location"],)]
    assert await read("reason", "case_teams WHERE case_id = $1") == [("former",)]


async def test_tags_are_added_and_taken_away(vallon: Vallon) -> None:
    _, read = await _act(vallon, Action(Does.ADD_TAG, "b"), Action(Does.REMOVE_TAG, "a"), tags=("a", "c"))
    assert await read("tags") == [(["c", "b"],)]


async def test_a_case_is_put_into_a_project(vallon: Vallon) -> None:
    project = new_id()
    admin = await connect(vallon.admin)
    await admin.execute(
        "INSERT INTO projects (id, organisation_id, name) VALUES ($1, $2, 'Recall')", project, vallon.organisation_id
    )
    await admin.close()
    _, read = await _act(vallon, Action(Does.PROJECT, str(project)))
    assert await read("project_id") == [(project,)]


@pytest.mark.parametrize(
    ("whom", "told"),
    [("assignee", {"nadia"}), ("team", {"camille", "nadia", "sofia", "ada"}), ("leads", {"camille"}), ("", {"omar"})],
)
async def test_notices_reach_whom_they_are_for(vallon: Vallon, whom: str, told: set[str]) -> None:
    notify = Action(Does.NOTIFY, whom or f"agent:{vallon.agents['omar']}", text="{{ case.subject }}")
    _, read = await _act(vallon, notify, assignee_id=vallon.agents["nadia"])
    found = await read("agent_id, said", "automation_notices WHERE case_id = $1")
    assert {(vallon.agents[name], "Hydraulic leak") for name in told} == set(found)


@pytest.mark.parametrize(("whose", "has"), [("assignee", "nadia"), ("team", None)])
async def test_a_task_is_made(vallon: Vallon, whose: str, has: str | None) -> None:
    make = Action(Does.MAKE_TASK, whose, text="Call {{ customer.last_name }}", after="2h")
    _, read = await _act(vallon, make, assignee_id=vallon.agents["nadia"])
    (task,) = await read("title, assignee_id, due_at - now() < '2 hours 1 minute'", "tasks WHERE case_id = $1")
    assert task == ("Call Perrin", vallon.agents[has] if has else None, True)


async def test_a_task_after_days_is_at_the_same_hour_in_summer_as_in_winter(vallon: Vallon) -> None:
    _, read = await _act(vallon, Action(Does.MAKE_TASK, "team", text="Call", after="183d"))
    same = "local_at - (now() AT TIME ZONE zone) BETWEEN '182 days 23:57' AND '183 days'"
    assert await read(same, "tasks WHERE case_id = $1") == [(True,)]


async def test_a_note_is_added_in_the_automations_name(vallon: Vallon) -> None:
    _, read = await _act(vallon, Action(Does.ADD_NOTE, text="{% if case.number %}Seen{% endif %}"))
    columns = "body, author_name, public, channel"
    assert await read(columns, "follow_ups WHERE case_id = $1") == [("Seen", "Test", False, "note")]


async def test_a_web_hook_waits_to_be_called(vallon: Vallon) -> None:
    case, read = await _act(vallon, Action(Does.WEB_HOOK, "https://planner.example/cases"))
    (call,) = await read("url, state, body -> 'case' ->> 'id'", "web_hook_calls WHERE case_id = $1")
    assert call == ("https://planner.example/cases", "waiting", str(case))
