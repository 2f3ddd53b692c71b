"""Service levels on a real server: events as things happen, clocks by policy and calendar, each promise told once."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from app.domain.business_hours import Calendar, Opening
from app.domain.cases import Category, Level
from app.domain.conditions import Compare, How
from app.domain.follow_ups import Channel, Direction, FollowUp
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.service_levels import LevelPolicy, Metric
from app.services.levels import Levels, NamedCalendar
from app.store.calendars import PostgresCalendars
from app.store.database import HUB_ROLE
from app.store.engine import connect, open_engine
from app.store.levels import fill_calendars, measure_missing, set_clocks, tell_levels
from app.store.session import Database, statement
from tests.helpers.organisation import PASSWORD, Vallon

HOUR = timedelta(hours=1)
TARGETS = {Level.NORMAL: {Metric.FIRST_REPLY: HOUR, Metric.NEXT_REPLY: HOUR, Metric.RESOLUTION: 8 * HOUR}}
ALWAYS = Calendar("Europe/Paris", dict.fromkeys(range(1, 8), (Opening(0, 1440),)))


@dataclass
class World:
    """The organisation, the hub's sign-in, and a lead who sets levels up."""

    vallon: Vallon
    hub: Database
    levels: Levels
    admin: asyncpg.Connection

    async def policy(self, **more: object) -> LevelPolicy:
        policy = replace(LevelPolicy(new_id(), "Standard", targets=TARGETS), **more)  # type: ignore[arg-type]
        await self.levels.save_policy(policy)
        await set_clocks(self.hub)
        return policy

    async def say(self, case_id: UUID, by: str, at: datetime | None = None) -> None:
        """An agent answers by mail, or the customer writes."""
        at = at or datetime.now(UTC)
        if by == "customer":
            await self.admin.execute(
                "INSERT INTO follow_ups (id, case_id, channel, direction, public, body, at) "
                "VALUES ($1, $2, 'email', 'in', true, 'Hello?', $3)",
                new_id(), case_id, at,
            )  # fmt: skip
        else:
            entry = FollowUp(new_id(), case_id, Channel.EMAIL, "Done", at, direction=Direction.OUT, public=True)
            await self.vallon.as_agent(by).insert_follow_up(entry)

    async def move(self, case_id: UUID, to: Category, by: str = "camille") -> None:
        store = self.vallon.as_agent(by)
        case = await store.case(case_id)
        types = await store.case_types()
        state = next(s for t in types if t.id == case.type_id for s in t.states if s.category is to)
        await store.update_case(replace(case, state_id=state.id))

    async def events(self, case_id: UUID) -> list[str]:
        rows = await self.admin.fetch("SELECT metric, kind FROM metric_events WHERE case_id = $1 ORDER BY id", case_id)
        return [f"{row['metric']} {row['kind']}" for row in rows]

    async def clocks(self, case_id: UUID) -> Mapping[str, asyncpg.Record]:
        await set_clocks(self.hub)
        rows = await self.admin.fetch("SELECT * FROM case_levels WHERE case_id = $1", case_id)
        return {row["metric"]: row for row in rows}


@pytest.fixture
async def world(vallon: Vallon) -> AsyncIterator[World]:
    hub = Database(open_engine(replace(vallon.admin, user=HUB_ROLE, password=PASSWORD)))
    lead = Database(open_engine(vallon.access("sofia")))
    admin = await connect(vallon.admin)
    yield World(vallon, hub, Levels(PostgresCalendars(lead)), admin)
    await admin.close()
    await lead.close()
    await hub.close()


async def test_events_are_written_as_things_happen(world: World) -> None:
    case_id = await world.vallon.case()
    await world.say(case_id, "camille")
    await world.say(case_id, "customer")
    await world.say(case_id, "customer")
    await world.say(case_id, "nadia")
    await world.vallon.as_agent("camille").assign_case(case_id, world.vallon.agents["camille"])
    await world.move(case_id, Category.WAITING_CUSTOMER)
    await world.say(case_id, "customer")
    await world.move(case_id, Category.WAITING_AGENT)
    await world.move(case_id, Category.SOLVED)
    await world.move(case_id, Category.OPEN)
    await world.move(case_id, Category.SOLVED)
    assert await world.events(case_id) == [
        "first_reply activate", "resolution activate", "first_reply fulfil", "next_reply activate", "next_reply fulfil",
        "resolution pause", "next_reply activate", "next_reply pause", "next_reply resume", "resolution resume",
        "next_reply stop", "resolution fulfil", "resolution resume", "resolution fulfil",
    ]  # fmt: skip
    row = await world.admin.fetchrow("SELECT * FROM case_measures WHERE case_id = $1", case_id)
    assert row is not None
    assert (row["replies"], row["reopened"], row["solved_by"]) == (2, 1, world.vallon.agents["camille"])


async def test_a_note_or_a_machine_answers_nobody_and_a_call_does(world: World) -> None:
    case_id = await world.vallon.case()
    nadia = world.vallon.as_agent("nadia")
    await nadia.insert_follow_up(FollowUp(new_id(), case_id, Channel.NOTE, "Internal", datetime.now(UTC)))
    await world.admin.execute(
        "INSERT INTO follow_ups (id, case_id, channel, direction, public, body) "
        "VALUES ($1, $2, 'email', 'out', true, 'We have received your message')",
        new_id(), case_id,
    )  # fmt: skip
    assert "first_reply fulfil" not in await world.events(case_id)
    await nadia.insert_follow_up(FollowUp(new_id(), case_id, Channel.CALL, "Talked", datetime.now(UTC), Direction.IN))
    assert "first_reply fulfil" in await world.events(case_id)


async def test_the_first_policy_that_fits_sets_the_clocks_and_the_case_shows_the_first_end(world: World) -> None:
    await world.policy(name="Urgent only", condition=Compare("case.priority", How.IS, ("urgent",)))
    standard = await world.policy()
    case_id = await world.vallon.case()
    clocks = await world.clocks(case_id)
    assert {name: row["policy_id"] for name, row in clocks.items()} == {
        "first_reply": standard.id, "resolution": standard.id,
    }  # fmt: skip
    case = await world.admin.fetchrow("SELECT created_at, due_at, due_of, version FROM cases WHERE id = $1", case_id)
    assert case is not None
    assert (case["due_of"], case["due_at"], case["version"]) == ("first_reply", case["created_at"] + HOUR, 1)
    await world.say(case_id, "camille")
    assert (await world.clocks(case_id))["first_reply"]["state"] == "met"
    row = await world.admin.fetchrow("SELECT due_of, due_at - created_at AS left FROM cases WHERE id = $1", case_id)
    assert row is not None
    assert tuple(row) == ("resolution", 8 * HOUR)
    mine = await PostgresCalendars(world.hub).case_clocks(case_id)
    assert [(one.metric, one.policy) for one in mine] == [
        (Metric.FIRST_REPLY, "Standard"), (Metric.RESOLUTION, "Standard"),
    ]  # fmt: skip
    history = await world.admin.fetchval("SELECT count(*) FROM changes WHERE record_id = $1", case_id)
    assert history == 1, "a due time is no change of the case"


async def test_waiting_on_the_customer_stops_the_clock(world: World) -> None:
    await world.policy()
    case_id = await world.vallon.case()
    await world.move(case_id, Category.WAITING_CUSTOMER)
    clocks = await world.clocks(case_id)
    assert {row["state"] for row in clocks.values()} == {"paused"}
    assert await world.admin.fetchval("SELECT due_at FROM cases WHERE id = $1", case_id) is None
    await world.admin.execute(
        "UPDATE metric_events SET at = at - CASE kind WHEN 'pause' THEN interval '2 h' ELSE interval '2 h 30 min' END"
    )
    await world.move(case_id, Category.WAITING_AGENT)
    due_at = await world.admin.fetchval("SELECT due_at FROM cases WHERE id = $1", case_id)
    due_at = due_at or (await world.clocks(case_id))["first_reply"]["due_at"]
    assert abs(due_at - datetime.now(UTC) - HOUR / 2) < timedelta(seconds=30), "half an hour was spent before"


async def test_a_promise_that_comes_near_and_is_broken_is_told_once_each(world: World) -> None:
    await world.policy(near_percent=50)
    case_id = await world.vallon.case()
    await set_clocks(world.hub)
    for minutes, expected in ((10, 0), (31, 1), (40, 0), (61, 1), (70, 0)):
        await world.admin.execute(
            "UPDATE metric_events SET at = now() - make_interval(mins => $1) WHERE kind = 'activate'", minutes
        )
        await world.admin.execute("SELECT queue_levels(id, organisation_id) FROM cases")
        await set_clocks(world.hub)
        told = await asyncio.gather(tell_levels(world.hub), tell_levels(world.hub))
        assert sum(told) == expected, minutes
    changes = await world.admin.fetch(
        "SELECT difference -> 'happening' ->> 1 AS what, difference -> 'metric' ->> 1 AS metric FROM changes "
        "WHERE parent_id = $1 AND kind = 'happening' ORDER BY seq",
        case_id,
    )
    assert [tuple(row) for row in changes] == [("service_near", "first_reply"), ("service_broken", "first_reply")]


async def test_what_was_answered_too_late_while_no_hub_ran_is_broken_all_the_same(world: World) -> None:
    await world.policy()
    case_id = await world.vallon.case()
    await world.admin.execute("UPDATE metric_events SET at = at - interval '3 h'")
    await world.say(case_id, "camille")
    await set_clocks(world.hub)
    await world.admin.execute("SELECT queue_levels(id, organisation_id) FROM cases")
    await set_clocks(world.hub)
    breaches = await world.admin.fetch("SELECT metric, at FROM metric_events WHERE kind = 'breach'")
    assert [row["metric"] for row in breaches] == ["first_reply"]
    assert (await PostgresCalendars(world.hub).case_clocks(case_id))[0].broken


async def test_a_hub_that_dies_in_the_middle_leaves_the_case_to_the_next_one(world: World) -> None:
    await world.policy()
    case_id = await world.vallon.case()
    dying = Database(open_engine(replace(world.vallon.admin, user=HUB_ROLE, password=PASSWORD)))
    transaction = dying.transaction()
    half = await transaction.__aenter__()
    await half.execute(statement("DELETE FROM level_queue"))
    await world.admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"
    )
    with pytest.raises(Refused):
        await transaction.__aexit__(None, None, None)
    await dying.close()
    assert "first_reply" in await world.clocks(case_id)


async def test_a_calendar_counts_in_business_hours_and_one_that_never_opens_says_so(world: World) -> None:
    office = NamedCalendar(new_id(), "Office", Calendar("Europe/Paris", {1: (Opening(540, 1020),)}, "FR"))
    await world.levels.save_calendar(office)
    policy = await world.policy(calendar_id=office.id)
    case_id = await world.vallon.case()
    due_at = (await world.clocks(case_id))["first_reply"]["due_at"]
    assert due_at.astimezone(UTC) > datetime.now(UTC)
    local = await world.admin.fetchval("SELECT $1::timestamptz AT TIME ZONE 'Europe/Paris'", due_at)
    assert local.isoweekday() == 1
    setup = await world.levels.setup()
    kept = next(one for one in setup.calendars if one.id == office.id)
    assert kept.used_by == ("Standard",)
    await world.levels.save_calendar(replace(kept, hours=Calendar("Europe/Paris")))
    clock = (await world.clocks(case_id))["first_reply"]
    assert clock["never_opens"]
    assert clock["due_at"] is None
    with pytest.raises(Refused) as used:
        await world.levels.archive_calendar(office.id)
    assert used.value.reason is Refusal.CALENDAR_IN_USE
    await world.levels.archive_policy(policy.id)
    assert await world.clocks(case_id) == {}
    await world.levels.archive_calendar(office.id)


async def test_postgresql_counts_open_time_as_the_domain_does(world: World) -> None:
    from app.domain.business_hours import within

    hours = Calendar("Europe/Paris", dict.fromkeys(range(1, 6), (Opening(540, 720), Opening(780, 1080))), "FR")
    office = NamedCalendar(new_id(), "Two parts", hours)
    await world.levels.save_calendar(office)
    start = datetime(2026, 3, 20, 5, 17, tzinfo=UTC)
    for days in (0, 1, 3, 10, 40, 200):
        end = start + timedelta(days=days, hours=7)
        counted = await world.admin.fetchval("SELECT open_before($1, $3) - open_before($1, $2)", office.id, start, end)
        assert timedelta(seconds=counted) == within(hours, start, end)


async def test_only_who_manages_may_set_levels_up_and_a_colleagues_change_is_not_overwritten(world: World) -> None:
    nadia = Database(open_engine(world.vallon.access("nadia")))
    theirs = Levels(PostgresCalendars(nadia))
    with pytest.raises(Refused) as refused:
        await theirs.save_calendar(NamedCalendar(new_id(), "Mine", ALWAYS))
    assert refused.value.reason is Refusal.NOT_PERMITTED
    with pytest.raises(Refused):
        await theirs.save_policy(LevelPolicy(new_id(), "Mine"))
    assert await theirs.setup() == await world.levels.setup()
    await nadia.close()
    policy = await world.policy()
    await world.levels.save_policy(replace(policy, version=1, name="Renamed"))
    with pytest.raises(Refused) as stale:
        await world.levels.save_policy(replace(policy, version=1, name="Again"))
    assert stale.value.reason is Refusal.CHANGED_MEANWHILE
    with pytest.raises(Refused) as range_:
        await world.policy(targets={Level.LOW: {Metric.RESOLUTION: timedelta()}})
    assert range_.value.reason is Refusal.OUT_OF_RANGE


async def test_cases_that_came_past_the_triggers_get_their_figures_and_calendars_are_filled(world: World) -> None:
    case_id = await world.vallon.case()
    await world.say(case_id, "camille")
    before = await world.admin.fetchrow("SELECT * FROM case_measures WHERE case_id = $1", case_id)
    await world.admin.execute("DELETE FROM metric_events; DELETE FROM case_measures")
    assert await measure_missing(world.hub) == 1
    assert await world.admin.fetchrow("SELECT * FROM case_measures WHERE case_id = $1", case_id) == before
    assert await world.events(case_id) == ["first_reply activate", "first_reply fulfil", "resolution activate"]
    await world.admin.execute("UPDATE calendars SET known_until = NULL")
    assert await fill_calendars(world.hub) == 1
    assert await fill_calendars(world.hub) == 0
    assert await world.admin.fetchval("SELECT count(*) FROM calendar_spans") > 1_000
