"""Automations carried out from the change log, on a real database, under the roles of those who have them."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
import pytest

from app.domain.automations import Action, Does, Trigger, When
from app.domain.conditions import Compare, Group, How
from app.domain.follow_ups import Channel, FollowUp
from app.domain.ids import new_id
from app.store.automations import PostgresAutomationDesk
from app.store.engine import connect
from tests.helpers.automations import engine_room, make_automation
from tests.helpers.organisation import Vallon

HIGH = Action(Does.SET_FIELD, "high", "case.priority")


@pytest.mark.row("S3-40", "S4-21")
async def test_a_new_case_is_acted_on_once_and_the_run_says_why(vallon: Vallon) -> None:
    leak = Compare("case.subject", How.CONTAINS, ("leak",))
    automation = await make_automation(vallon, HIGH, Action(Does.ADD_TAG, "hydraulics"), condition=leak)
    async with engine_room(vallon) as room:
        case_id = await vallon.case()
        await room.run()
        await room.run()
        case = await vallon.as_agent("nadia").case(case_id)
        assert (case.priority.value, case.tags) == ("high", ("hydraulics",))
        (run,) = await room.runs(automation)
        assert (run["outcome"], run["event"], run["case_version"]) == ("done", str(case_id), 2)
        assert run["reasons"] == [{"field": "case.subject", "how": "contains", "values": ["leak"]}]
        assert run["acts"][0]["before"] == {"priority": "normal"}
        log = await room.rows(
            "SELECT automation_id, depth, actor_id FROM changes WHERE record_id = :id AND operation = 'updated'",
            id=case_id,
        )
        assert [(line["automation_id"], line["depth"], line["actor_id"]) for line in log] == [(automation, 1, None)]


async def test_an_update_is_told_by_its_field_and_by_who_did_it(vallon: Vallon) -> None:
    when = When(Trigger.UPDATED, "case.priority", (), ("urgent",))
    by_agent = Compare("event.by", How.IS, ("agent",))
    automation = await make_automation(vallon, Action(Does.ADD_TAG, "rush"), when=when, condition=by_agent)
    case_id = await vallon.case()
    async with engine_room(vallon) as room:
        nadia = vallon.as_agent("nadia")
        for priority in ("high", "urgent"):
            case = await nadia.case(case_id)
            await nadia.update_case(replace(case, priority=type(case.priority)(priority)))
        await room.run()
        assert [run["trigger"] for run in await room.runs(automation)] == ["updated"]
        assert (await nadia.case(case_id)).tags == ("rush",)


async def test_two_that_set_each_other_off_are_stopped_by_their_depth_and_one_alone_by_itself(vallon: Vallon) -> None:
    there = await make_automation(
        vallon,
        Action(Does.SET_FIELD, "low", "case.severity"),
        when=When(Trigger.UPDATED, "case.severity", (), ("high",)),
    )
    back = await make_automation(
        vallon,
        Action(Does.SET_FIELD, "high", "case.severity"),
        when=When(Trigger.UPDATED, "case.severity", (), ("low",)),
    )
    alone = await make_automation(
        vallon, Action(Does.ADD_NOTE, text="again"), Action(Does.ADD_TAG, "x"), when=When(Trigger.UPDATED, "case.tags")
    )
    case_id = await vallon.case()
    async with engine_room(vallon) as room:
        nadia = vallon.as_agent("nadia")
        case = await nadia.case(case_id)
        await nadia.update_case(replace(case, severity=type(case.severity)("high"), tags=("a",)))
        await room.run()
        outcomes = [run["outcome"] for one in (there, back) for run in await room.runs(one)]
        assert sorted(outcomes) == ["done"] * 5 + ["too_deep"]
        assert sorted(run["outcome"] for run in await room.runs(alone)) == ["done", "own_event"]


async def test_an_automation_that_refuses_to_work_says_so_and_keeps_nobody_waiting(vallon: Vallon) -> None:
    solve = await make_automation(vallon, Action(Does.SET_FIELD, "category:solved", "case.state"))
    tag = await make_automation(vallon, Action(Does.ADD_TAG, "later"), position=20)
    async with engine_room(vallon) as room:
        case_id = await vallon.case()
        await room.run()
        (failed,) = await room.runs(solve)
        assert (failed["outcome"], failed["acts"][0]["problem"]) == ("failed", "solved_needs_assignee")
        assert [run["outcome"] for run in await room.runs(tag)] == ["done"]
        assert (await vallon.as_agent("nadia").case(case_id)).tags == ("later",)


async def test_one_whose_parts_are_gone_does_not_run_and_its_row_says_why(vallon: Vallon) -> None:
    automation = await make_automation(vallon, Action(Does.HAND_OVER, str(new_id())))
    gone = await make_automation(vallon, HIGH, condition=Compare("case.custom.gone", How.IS, ("x",)))
    async with engine_room(vallon) as room:
        await vallon.case()
        await room.run()
        assert await room.runs(automation) == []
        rows = await room.rows("SELECT id, trouble FROM automations WHERE id = ANY (:ids)", ids=[automation, gone])
        faults = {row["id"]: [one["fault"] for one in row["trouble"]] for row in rows}
        assert faults == {automation: ["unknown_team"], gone: ["condition"]}


async def test_cases_are_spread_by_load_and_by_turn(vallon: Vallon) -> None:
    await make_automation(vallon, Action(Does.ASSIGN, "rotation"))
    async with engine_room(vallon) as room:
        cases = [await vallon.case("Atelier Beaune", by="julie") for _ in range(4)]
        await room.run()
        julie = vallon.as_agent("julie")
        given = [(await julie.case(case)).assignee_id for case in cases]
        assert {given.count(vallon.agents[name]) for name in ("julie", "victor")} == {2}


async def test_a_case_is_handed_over_with_a_note_a_task_and_a_notice(vallon: Vallon) -> None:
    location = str(vallon.teams["Location"])
    await make_automation(
        vallon,
        Action(Does.HAND_OVER, location),
        Action(Does.ADD_NOTE, text="Case {{ case.number }} of {{ customer.name }}"),
        Action(Does.MAKE_TASK, "team", text="Call back", after="2d"),
        Action(Does.NOTIFY, f"agent:{vallon.agents['nadia']}", text="Look at {{ case.number }}"),
    )
    async with engine_room(vallon) as room:
        case_id = await vallon.case()
        await room.run()
        nadia = vallon.as_agent("nadia")
        file = await nadia.case_file(case_id)  # the former team goes on reading
        assert file.case.team_id == vallon.teams["Location"]
        assert [entry.body for entry in file.timeline] == [f"Case {file.case.number} of Marc Perrin"]
        assert [row.task.title for row in file.tasks] == ["Call back"]
        notices = await room.rows("SELECT agent_id, said FROM automation_notices")
        assert notices == [{"agent_id": vallon.agents["nadia"], "said": f"Look at {file.case.number}"}]


async def test_a_template_that_fails_is_written_down_and_the_rest_is_done(vallon: Vallon) -> None:
    automation = await make_automation(
        vallon, Action(Does.ADD_NOTE, text="{{ case.number / 0 }}"), Action(Does.ADD_TAG, "after")
    )
    async with engine_room(vallon) as room:
        case_id = await vallon.case()
        await room.run()
        (run,) = await room.runs(automation)
        assert "template_error" in run["acts"][0]["problem"]
        assert (await vallon.as_agent("nadia").case(case_id)).tags == ("after",)


@pytest.mark.row("S4-22")
async def test_global_ones_are_the_administrators_own_and_a_lead_asks_for_a_change(vallon: Vallon) -> None:
    automation = await make_automation(vallon, HIGH)
    team = vallon.teams["Atelier Beaune"]
    own = await make_automation(vallon, HIGH, by="julie", team_id=team)
    julie = await connect(vallon.access("julie"))
    try:
        assert await julie.execute("UPDATE automations SET active = false WHERE id = $1", automation) == "UPDATE 0"
        assert await julie.execute("UPDATE automations SET active = false WHERE id = $1", own) == "UPDATE 1"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await make_automation(vallon, HIGH, by="julie")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await make_automation(vallon, HIGH, by="victor", team_id=team)
        await julie.execute("SELECT ask_change($1, $2, 'Not for our machines')", new_id(), automation)
        asked = await julie.fetchval("SELECT id FROM automation_asks WHERE automation_id = $1", automation)
        with pytest.raises(asyncpg.PostgresError):
            await julie.execute("SELECT answer_change($1)", asked)
    finally:
        await julie.close()
    ada = await connect(vallon.access("ada"))
    await ada.execute("SELECT answer_change($1)", asked)
    assert await ada.fetchval("SELECT answered_by FROM automation_asks") == vallon.agents["ada"]
    await ada.close()


async def test_a_teams_automation_concerns_that_teams_cases_alone(vallon: Vallon) -> None:
    own = await make_automation(vallon, HIGH, by="julie", team_id=vallon.teams["Atelier Beaune"])
    async with engine_room(vallon) as room:
        await vallon.case()
        hers = await vallon.case("Atelier Beaune", by="julie")
        await room.run()
        assert [run["case_id"] for run in await room.runs(own)] == [hers]


async def test_each_version_is_kept(vallon: Vallon) -> None:
    automation = await make_automation(vallon, HIGH)
    ada = await connect(vallon.access("ada"))
    await ada.execute("UPDATE automations SET name = 'Second' WHERE id = $1", automation)
    await ada.execute("UPDATE automations SET position = 3 WHERE id = $1", automation)
    rows = await ada.fetch(
        "SELECT version, name, changed_by FROM automation_versions WHERE automation_id = $1", automation
    )
    assert [(row["version"], row["name"], row["changed_by"]) for row in rows] == [(1, "Test", vallon.agents["ada"])]
    await ada.close()


@pytest.mark.row("S3-32")
async def test_by_the_clock_each_case_is_acted_on_once_as_it_stands(vallon: Vallon) -> None:
    automation = await make_automation(
        vallon, Action(Does.NOTIFY, f"agent:{vallon.agents['nadia']}", text="Old"), when=When(Trigger.HOURLY),
        condition=Group(parts=(Compare("case.category", How.IS, ("open",)),)),
    )  # fmt: skip
    cases = [await vallon.case() for _ in range(3)]
    async with engine_room(vallon) as room:

        async def hour() -> None:
            await room.database.write("UPDATE automations SET ran_until = NULL")
            while await room.engine.look_at_clock():
                pass

        await hour()
        await hour()
        assert len(await room.runs(automation)) == 3
        nadia = vallon.as_agent("nadia")
        await nadia.update_case(replace(await nadia.case(cases[0]), subject="Changed"))
        await hour()
        assert len(await room.runs(automation)) == 4


async def test_what_was_solved_28_days_ago_is_closed(vallon: Vallon) -> None:
    old, new = await vallon.case(), await vallon.case()
    async with engine_room(vallon) as room:
        await room.database.write(
            "UPDATE cases SET assignee_id = :nadia, state_id = "
            "(SELECT id FROM case_states s WHERE s.type_id = cases.type_id AND category = 'solved' LIMIT 1)",
            nadia=vallon.agents["nadia"],
        )
        await room.database.write("UPDATE cases SET activity_at = now() - interval '29 days' WHERE id = :id", id=old)
        while await room.engine.look_at_clock():
            pass
        states = await room.rows("SELECT id, category FROM cases")
        assert {row["id"]: row["category"] for row in states} == {old: "closed", new: "solved"}


async def test_a_task_that_comes_due_is_an_event_once(vallon: Vallon) -> None:
    automation = await make_automation(vallon, Action(Does.ADD_TAG, "late"), when=When(Trigger.TASK_DUE))
    case_id = await vallon.case()
    async with engine_room(vallon) as room:
        await room.engine.note_due_tasks()
        await room.database.write(
            "INSERT INTO tasks (id, team_id, case_id, title, local_at, zone) "
            "VALUES (:id, :team, :case_id, 'Call', (now() + interval '1 hour') AT TIME ZONE 'UTC', 'UTC')",
            id=new_id(), team=vallon.teams["Contact centre"], case_id=case_id,
        )  # fmt: skip
        assert await room.engine.note_due_tasks() == 0
        await room.database.write("UPDATE tasks SET local_at = now() AT TIME ZONE 'UTC'")
        assert await room.engine.note_due_tasks() == 1
        assert await room.engine.note_due_tasks() == 0
        await room.run()
        assert [run["trigger"] for run in await room.runs(automation)] == ["task_due"]


async def test_undoing_gives_back_what_nobody_touched_and_lists_what_was_sent(vallon: Vallon) -> None:
    notify = Action(Does.NOTIFY, f"agent:{vallon.agents['nadia']}", text="New")
    automation = await make_automation(vallon, HIGH, Action(Does.ADD_TAG, "auto"), notify)
    async with engine_room(vallon) as room:
        first, second = await vallon.case(), await vallon.case()
        await room.run()
        nadia = vallon.as_agent("nadia")
        touched = await nadia.case(second)
        await nadia.update_case(replace(touched, priority=type(touched.priority)("urgent")))
        ada = await connect(vallon.access("ada"))
        told = await ada.fetch("SELECT * FROM undo_automation($1, now() - interval '1 day', now())", automation)
        sent = await ada.fetch("SELECT * FROM sent_by_automation($1, now() - interval '1 day', now())", automation)
        await ada.close()
        assert {row["case_id"]: row["said"] for row in told} == {first: "undone", second: "undone"}
        assert ((await nadia.case(first)).priority.value, (await nadia.case(first)).tags) == ("normal", ())
        assert ((await nadia.case(second)).priority.value, (await nadia.case(second)).tags) == ("urgent", ())
        assert [row["what"] for row in sent] == ["notify", "notify"]


async def test_undoing_gives_back_wholly_what_one_run_changed_more_than_once(vallon: Vallon) -> None:
    ada = await connect(vallon.access("ada"))
    await ada.execute(
        "INSERT INTO fields (id, organisation_id, owner, key, label, kind) "
        "VALUES ($1, $2, 'case', 'serial', 'Serial', 'text')",
        new_id(), vallon.organisation_id,
    )  # fmt: skip
    automation = await make_automation(
        vallon,
        HIGH, replace(HIGH, value="urgent"),
        Action(Does.ADD_TAG, "a"), Action(Does.ADD_TAG, "b"), Action(Does.REMOVE_TAG, "a"),
        Action(Does.SET_FIELD, "1", "case.custom.serial"), Action(Does.SET_FIELD, "2", "case.custom.serial"),
        Action(Does.HAND_OVER, str(vallon.teams["Sales Dijon"])), Action(Does.ASSIGN, f"agent:{vallon.agents['omar']}"),
        Action(Does.SET_FIELD, "category:waiting_customer", "case.state"),
        Action(Does.SET_FIELD, "category:waiting_agent", "case.state"),
        Action(Does.HAND_OVER, str(vallon.teams["Service Chalon"])),
    )  # fmt: skip
    async with engine_room(vallon) as room:
        camille = vallon.as_agent("camille")
        case_id = await vallon.case(assignee_id=vallon.agents["camille"])
        before = await camille.case(case_id)
        await room.run()
        (run,) = await room.runs(automation)
        assert [act["problem"] for act in run["acts"] if "problem" in act] == []
        changed = await vallon.as_agent("sofia").case(case_id)
        assert (changed.priority.value, changed.tags, changed.custom) == ("urgent", ("b",), {"serial": "2"})
        assert changed.team_id == vallon.teams["Service Chalon"]
        told = await ada.fetch("SELECT * FROM undo_automation($1, now() - interval '1 day', now())", automation)
        assert [row["said"] for row in told] == ["undone"]
        back = await camille.case(case_id)
        mine = dict.fromkeys(("version", "updated_at", "updated_by_name", "activity_at"))
        assert replace(back, **mine) == replace(before, **mine)  # type: ignore[arg-type]
    await ada.close()


async def test_a_thousand_automations_cost_what_those_of_one_trigger_cost(vallon: Vallon) -> None:
    never = Compare("case.subject", How.CONTAINS, ("nothing of the kind",))
    ada = await connect(vallon.access("ada"))
    content = await ada.fetchval("SELECT content FROM automations WHERE shipped = 'close_solved'")
    plain = json.loads(content) | {"when": {"trigger": "message_in"}, "condition": {"parts": []}}
    await ada.execute(
        "INSERT INTO automations (id, organisation_id, name, active, position, trigger, content) "
        "SELECT gen_random_uuid(), $1, 'A' || n, true, n, '', $2 FROM generate_series(1, 1000) n",
        vallon.organisation_id, json.dumps(plain),
    )  # fmt: skip
    await ada.close()
    await make_automation(vallon, HIGH, condition=never)
    async with engine_room(vallon) as room:
        case_id = await vallon.case()
        began = datetime.now(UTC)
        await room.run()
        assert (datetime.now(UTC) - began).total_seconds() < 5
        assert (await vallon.as_agent("nadia").case(case_id)).priority.value == "normal"


async def test_a_public_answer_by_note_of_a_channel_waits_on_the_customer(vallon: Vallon) -> None:
    """What no mail carries out at once, the hub does: here an answer by chat."""
    case_id = await vallon.case(assignee_id=vallon.agents["camille"])
    async with engine_room(vallon) as room:
        camille = vallon.as_agent("camille")
        said = FollowUp(new_id(), case_id, Channel.CHAT, "Done", datetime.now(UTC), author_id=vallon.agents["camille"])
        await camille.insert_follow_up(replace(said, direction=type(said.direction)("out"), public=True))
        await room.run()
        assert (await camille.case(case_id)).category.value == "waiting_customer"
        assert [run["shipped"] for run in await room.runs()] == ["waiting_customer"]


async def test_a_case_tells_who_may_see_it_why_things_happened(vallon: Vallon) -> None:
    leak = Compare("case.subject", How.CONTAINS, ("leak",))
    await make_automation(vallon, HIGH, condition=leak, name="Leaks first")
    async with engine_room(vallon) as room:
        case_id = await vallon.case()
        await room.run()
    for name, told in (("nadia", 1), ("omar", 0)):
        runs = await PostgresAutomationDesk(vallon.as_agent(name)._database).runs_of_case(case_id)
        assert len(runs) == told
        for run in runs:
            assert (run.automation, run.trigger, run.outcome, run.reasons) == (
                "Leaks first",
                "created",
                "done",
                (leak,),
            )
            assert run.acts[0]["after"] == {"priority": "high"}
