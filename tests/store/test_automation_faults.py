"""Automations whose world changes or falls apart while the hub runs: seen at once, and told on their page."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.domain.automations import Action, Does, Trigger, When
from app.domain.business_hours import Calendar, Opening
from app.domain.case_types import CaseState
from app.domain.cases import Category
from app.domain.conditions import Compare, How
from app.domain.customers import EmailAddress
from app.domain.fields import CustomField, FieldKind, FieldOwner
from app.domain.ids import new_id
from app.services.case_types import Types
from app.services.cases import NewCase
from app.services.levels import NamedCalendar
from app.store.automation_engine import CLOCK_PAGE, PostgresAutomations
from app.store.calendars import PostgresCalendars
from app.store.case_types import PostgresCaseTypes
from app.store.engine import connect
from app.store.web_hooks import PostgresWebHooks
from tests.helpers.automations import EngineRoom, engine_room, make_automation
from tests.helpers.mail_store import make_mailbox
from tests.helpers.organisation import Vallon

HIGH = Action(Does.SET_FIELD, "high", "case.priority")


async def _trouble(room: EngineRoom, automation: UUID) -> list[tuple[str, str]]:
    (row,) = await room.rows("SELECT trouble FROM automations WHERE id = :id", id=automation)
    return [(one["fault"], one["about"]) for one in row["trouble"]]


async def _look(room: EngineRoom) -> int:
    """The clock as the hub looks at it; how often it had something to do."""
    looked = 0
    while await room.engine.look_at_clock():
        looked += 1
        assert looked < 50, "it never comes to an end"
    return looked


async def test_a_field_that_is_deleted_while_the_hub_runs_stops_what_reads_it(vallon: Vallon) -> None:
    ada = vallon.as_agent("ada")
    field = CustomField(new_id(), FieldOwner.CASE, "make", "Make", FieldKind.TEXT)
    await ada.save_field(field)
    automation = await make_automation(vallon, HIGH, condition=Compare("case.custom.make", How.EMPTY))
    async with engine_room(vallon) as room:
        await vallon.case()
        await room.run()
        assert len(await room.runs(automation)) == 1
        await ada.remove_field(field.id)
        await room.run()  # the field's own line of the log stands in a page without a case
        await vallon.case()
        await room.run()
        assert len(await room.runs(automation)) == 1
        assert await _trouble(room, automation) == [("condition", "case.custom.make")]


async def test_a_template_that_is_mended_is_used_again(vallon: Vallon) -> None:
    template, admin = new_id(), await connect(vallon.admin)
    await admin.execute(
        "INSERT INTO templates (id, organisation_id, name, text_en) VALUES ($1, $2, 'Thanks', '{{ case.')",
        template, vallon.organisation_id,
    )  # fmt: skip
    automation = await make_automation(vallon, Action(Does.REPLY, str(template)), HIGH)
    async with engine_room(vallon) as room:
        await vallon.case()
        await room.run()
        assert [fault for fault, _ in await _trouble(room, automation)] == ["template_error"]
        assert await room.runs(automation) == []
        await admin.execute("UPDATE templates SET text_en = 'Thank you' WHERE id = $1", template)
        await vallon.case()
        await room.run()
        assert await _trouble(room, automation) == []
        assert len(await room.runs(automation)) == 1
    await admin.close()


async def test_a_member_who_joins_while_another_hub_reads_the_log_is_given_cases(vallon: Vallon) -> None:
    omar = vallon.agents["omar"]
    await make_automation(vallon, Action(Does.ASSIGN, f"agent:{omar}"))
    async with engine_room(vallon) as room, engine_room(vallon) as other:
        first = await vallon.case()
        await room.run()
        admin = await connect(vallon.admin)
        await admin.execute(
            "INSERT INTO memberships (team_id, agent_id, organisation_id) VALUES ($1, $2, $3)",
            vallon.teams["Contact centre"], omar, vallon.organisation_id,
        )  # fmt: skip
        await admin.close()
        await other.run()
        second = await vallon.case()
        await room.run()
        nadia = vallon.as_agent("nadia")
        assert [(await nadia.case(case)).assignee_id for case in (first, second)] == [None, omar]


async def test_a_state_that_was_left_out_is_entered_by_no_automation(vallon: Vallon) -> None:
    types = Types(PostgresCaseTypes(vallon.as_agent("ada")._database))
    await make_automation(vallon, Action(Does.SET_FIELD, "category:waiting_customer", "case.state"))
    async with engine_room(vallon) as room:
        before = await vallon.case()
        await room.run()
        every = await types.all()
        generic = next(one for one in every if (one.kind, one.key) == ("case", "case"))
        old = next(state for state in generic.states if state.category is Category.WAITING_CUSTOMER)
        fresh = CaseState(new_id(), generic.id, "Parked", Category.WAITING_CUSTOMER)
        states = tuple(fresh if state.id == old.id else state for state in generic.states)
        await types.save(replace(generic, states=states), every)
        after = await vallon.case()
        await room.run()
        nadia = vallon.as_agent("nadia")
        assert [(await nadia.case(case)).state_id for case in (before, after)] == [old.id, fresh.id]


async def test_a_text_that_cannot_be_filled_in_stands_on_the_page_until_it_can(vallon: Vallon) -> None:
    text = "{{ 10 / case.custom.n }}"
    automation = await make_automation(vallon, Action(Does.ADD_NOTE, text=text), Action(Does.ADD_TAG, "x"))
    async with engine_room(vallon) as room:
        for n, trouble in ((0, [("text_failed", "ZeroDivisionError: division by zero")]), (5, [])):
            await vallon.case(custom={"n": n})
            await room.run()
            assert await _trouble(room, automation) == trouble


async def test_one_that_sets_itself_off_says_so_and_one_whose_work_is_done_does_not(vallon: Vallon) -> None:
    noisy = await make_automation(vallon, Action(Does.ADD_NOTE, text="again"), HIGH, when=When(Trigger.UPDATED))
    quiet = await make_automation(vallon, Action(Does.ADD_TAG, "seen"), when=When(Trigger.UPDATED), position=20)
    async with engine_room(vallon) as room:
        nadia = vallon.as_agent("nadia")
        case = await nadia.case(await vallon.case())
        await nadia.update_case(replace(case, subject="Leak, again"))
        await room.run()
        assert await _trouble(room, noisy) == [("loops", "")]
        assert await _trouble(room, quiet) == []
        assert [run["outcome"] for run in await room.runs(quiet)] == ["done"]
        ada = await connect(vallon.access("ada"))
        await ada.execute("UPDATE automations SET active = false WHERE id = $1", noisy)
        await ada.close()
        assert await _trouble(room, noisy) == []


async def _many(vallon: Vallon, count: int, **columns: Any) -> None:
    customer = await vallon.customer()
    await vallon.as_agent("nadia")._database.write(
        "INSERT INTO cases (id, organisation_id, customer_id, subject, team_id, priority) "
        "SELECT gen_random_uuid(), my_organisation(), :customer, 'Leak', :team, :priority "
        "FROM generate_series(1, :count)",
        customer=customer.id, team=vallon.teams["Contact centre"], count=count, **columns,
    )  # fmt: skip


async def test_by_the_clock_pages_of_cases_that_are_so_already_keep_nobody_waiting(vallon: Vallon) -> None:
    await _many(vallon, CLOCK_PAGE + 50, priority="high")
    await _many(vallon, 10, priority="low")
    automation = await make_automation(vallon, HIGH, when=When(Trigger.HOURLY))
    async with engine_room(vallon) as room:
        await _look(room)
        assert len(await room.runs(automation)) == 10
        assert (await room.rows("SELECT count(*) AS n FROM cases WHERE priority <> 'high'"))[0]["n"] == 0


@pytest.mark.parametrize(("minutes", "runs"), [(60, 0), (-10, 1)])
async def test_business_hours_are_those_of_this_moment_and_not_of_the_full_hour(
    vallon: Vallon, minutes: int, runs: int
) -> None:
    database = vallon.as_agent("ada")._database
    office = NamedCalendar(new_id(), "Office", Calendar("UTC", dict.fromkeys(range(1, 8), (Opening(0, 1),))))
    calendars = PostgresCalendars(database)
    # The one an organisation begins with is open whenever this runs in the hours of an office.
    for begun in (await calendars.level_setup()).calendars:
        await calendars.archive_calendar(begun.id)
    await calendars.save_calendar(office)
    automation = await make_automation(vallon, HIGH, when=When(Trigger.BUSINESS_HOURS))
    await vallon.case()
    async with engine_room(vallon) as room:
        await room.database.write(
            "UPDATE calendar_spans SET opens_at = now() + make_interval(mins => :minutes), "
            "closes_at = now() + make_interval(mins => :minutes + 20) WHERE calendar_id = :id AND opens_at = "
            "(SELECT max(opens_at) FROM calendar_spans WHERE calendar_id = :id AND opens_at < now())",
            id=office.id, minutes=minutes,
        )  # fmt: skip
        await _look(room)
        assert len(await room.runs(automation)) == runs
        # Opening later within the hour is early enough.
        await room.database.write(
            "UPDATE calendar_spans SET opens_at = now() - interval '1 min', closes_at = now() + interval '9 min' "
            "WHERE calendar_id = :id AND opens_at BETWEEN now() - interval '1 hour' AND now() + interval '2 hours'",
            id=office.id,
        )  # fmt: skip
        await _look(room)
        assert len(await room.runs(automation)) == 1


async def test_one_whose_mail_cannot_be_written_fails_alone(vallon: Vallon) -> None:
    await make_mailbox(vallon, answers=True)
    reply = await make_automation(vallon, Action(Does.REPLY, "shipped:acknowledgement"))
    tag = await make_automation(vallon, Action(Does.ADD_TAG, "later"), position=20)

    def unwritable(_: object) -> tuple[str, bytes]:
        raise UnicodeError("no such letter")

    async with engine_room(vallon) as room:
        engine = PostgresAutomations(room.database, unwritable)
        customer = await vallon.customer()
        mailed = replace(customer, emails=(EmailAddress("jane@customer.example"),))
        await vallon.as_agent("camille").update_customer(mailed)
        case = NewCase(new_id(), customer.id, "Leak", vallon.teams["Contact centre"])
        await vallon.as_agent("camille").insert_case(case)
        while await engine.turn(400):
            pass
        (run,) = await room.runs(reply)
        assert (run["outcome"], run["acts"][0]["problem"]) == ("failed", "UnicodeError")
        assert [run["outcome"] for run in await room.runs(tag)] == ["done"]


async def test_a_receiver_that_hangs_keeps_no_other_waiting(vallon: Vallon) -> None:
    hangs, works = [
        await make_automation(vallon, Action(Does.WEB_HOOK, f"https://{name}.example/hook"))
        for name in ("hangs", "works")
    ]
    async with engine_room(vallon) as room:
        for _ in range(12):
            await vallon.case()
        await room.run()
        await room.database.write(
            "UPDATE web_hook_calls SET send_at = now() - interval '1 hour' WHERE automation_id = :id", id=hangs
        )
        claimed = await PostgresWebHooks(room.database).claim(10, 60)
        assert sorted(call.automation_id == works for call in claimed) == [False] * 5 + [True] * 5
        again = await PostgresWebHooks(room.database).claim(20, 60)
        assert len(again) == 14
        assert not {call.id for call in claimed} & {call.id for call in again}
