"""A live call goes to whom it is handed to: an agent, a team, a sub-team, a number outside, at once or after asking."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.agents import AgentState
from app.domain.calls import Outcome, Phase, Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.ids import new_id
from app.domain.phone import CALL_HEADER, Header, RejectCause
from app.domain.quality import Quality, QualityCause
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Task, TaskStatus
from app.services.cases import NewCase
from app.services.floor import AgentOnDuty
from app.store.duty import PostgresDuty
from app.store.engine import open_engine
from app.store.session import Database
from app.switch.instance import AsteriskInstance
from tests.helpers.organisation import Vallon
from tests.voice.parties import Customer, customer_of
from tests.voice.world import AgentDesk, World, open_world

CENTRE, ATELIER, SALES = "Contact centre", "Atelier Beaune", "Sales Dijon"
CUSTOMER_NUMBER, OUTSIDE = "+33639981234", "+33353010777"
MARC, GARAGE, JULIE = 440, 660, 880


@pytest.fixture
async def world(vallon: Vallon, instance: AsteriskInstance, folder: Path) -> AsyncIterator[World]:
    async with open_world(vallon, instance, folder) as made:
        yield made


async def _talking(world: World, agent: AgentDesk, customer: Customer) -> UUID:
    customer.do("call +33380123450")
    await agent.desk.rings()
    call_id = (await agent.card()).id
    await agent.answers()
    await agent.sees(call_id, Phase.TALKING)
    return call_id


async def _a_case(world: World) -> UUID:
    customer = await world.vallon.customer()
    case = NewCase(new_id(), customer.id, "Hydraulic leak", world.vallon.teams[CENTRE])
    await world.vallon.as_agent("camille").insert_case(case)
    return case.id


@pytest.mark.row("S1-02", "S1-09", "S1-32")
async def test_a_call_goes_to_an_agent_and_then_to_a_team_with_its_case(world: World) -> None:
    case_id = await _a_case(world)
    people = [await world.arrives(name) for name in ("camille", "julie", "omar")]
    camille, julie, omar = people
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        call_id = await _talking(world, camille, marc)
        duty = PostgresDuty(camille.store._database)
        loads = {load.name: load for load in await duty.loads()}
        assert (loads[ATELIER].free, loads[ATELIER].expected_wait_s) == (1, 0)
        assert (loads[CENTRE].free, loads[CENTRE].busy) == (0, 1)
        agent = Target(TargetKind.AGENT, world.vallon.agents["julie"])
        await camille.calls.command_call(call_id, CommandKind.HAND_OVER, agent, "For you")
        await julie.answers()
        view = await julie.sees(call_id, Phase.TALKING, world.vallon.agents["julie"])
        assert (view.case_id, view.team_name) == (case_id, ATELIER)
        team = Target(TargetKind.TEAM, world.vallon.teams[SALES])
        await julie.calls.command_call(call_id, CommandKind.HAND_OVER, team, "A quote")
        await omar.answers()
        view = await omar.sees(call_id, Phase.TALKING, world.vallon.agents["omar"])
        assert (view.case_id, view.team_name) == (case_id, SALES)
        parts = [entry["reason"] for entry in view.trace]
        assert ("handed_to_agent" in parts, "handed_to_team" in parts) == (True, True)


async def test_a_call_goes_to_a_number_outside_which_sees_a_number_of_ours(world: World) -> None:
    camille = await world.arrives("camille")
    async with (
        customer_of(world.switch, CUSTOMER_NUMBER, tone=MARC) as marc,
        customer_of(world.switch, OUTSIDE, tone=GARAGE, reachable=True) as garage,
    ):
        call_id = await _talking(world, camille, marc)
        outside = Target(TargetKind.NUMBER, number=OUTSIDE)
        await camille.calls.command_call(call_id, CommandKind.HAND_OVER, outside)
        rung = await garage.says(state="incoming")
        assert rung["number"] == "+33380123450", "the number that the caller dialled, not hers"
        garage.do("answer")
        await garage.says(state="talking")
        assert await garage.hears((MARC, GARAGE)) == {MARC}
        assert await marc.hears((MARC, GARAGE)) == {GARAGE}
        garage.do("hang-up")
        await camille.sees(call_id, Phase.ENDED)


async def test_a_number_outside_is_asked_first_and_then_has_the_call(world: World) -> None:
    camille = await world.arrives("camille")
    async with (
        customer_of(world.switch, CUSTOMER_NUMBER, tone=MARC) as marc,
        customer_of(world.switch, OUTSIDE, tone=GARAGE, reachable=True) as garage,
    ):
        call_id = await _talking(world, camille, marc)
        outside = Target(TargetKind.NUMBER, number=OUTSIDE)
        await camille.calls.command_call(call_id, CommandKind.CONSULT, outside)
        await garage.says(state="incoming")
        garage.do("answer")
        await garage.says(state="talking")
        await _consultation(camille, call_id, "away")
        assert MARC not in await garage.hears((MARC,)), "the caller hears music, away from them"
        await camille.calls.command_call(call_id, CommandKind.COMPLETE)
        await _until_heard(garage, MARC)


async def test_nobody_answers_outside_and_the_call_comes_back_to_the_sender(world: World) -> None:
    camille = await world.arrives("camille")
    async with (
        customer_of(world.switch, CUSTOMER_NUMBER) as marc,
        customer_of(world.switch, OUTSIDE, reachable=True) as garage,
    ):
        call_id = await _talking(world, camille, marc)
        await camille.calls.command_call(call_id, CommandKind.HAND_OVER, Target(TargetKind.NUMBER, number=OUTSIDE))
        await garage.says(state="incoming")
        garage.do("refuse 486")
        await camille.answers()
        await camille.sees(call_id, Phase.TALKING, world.vallon.agents["camille"])


async def test_the_sender_has_her_caller_back_before_anybody_took_her(world: World) -> None:
    camille, julie = await world.arrives("camille"), await world.arrives("julie")
    nadia = await world.arrives("nadia")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        call_id = await _talking(world, camille, marc)
        atelier = Target(TargetKind.TEAM, world.vallon.teams[ATELIER])
        await camille.calls.command_call(call_id, CommandKind.HAND_OVER, atelier)
        await julie.desk.rings()
        with pytest.raises(Refused) as refused:
            await nadia.calls.command_call(call_id, CommandKind.TAKE)
        assert refused.value.reason is Refusal.NOT_PERMITTED
        await camille.calls.command_call(call_id, CommandKind.TAKE)
        await camille.answers()
        await camille.sees(call_id, Phase.TALKING, world.vallon.agents["camille"])
        assert julie.desk.phone.snapshot.calls == ()
        good = Quality(4.2, 4.1, 3.0, 0.0, 0.0, 20.0, "opus", QualityCause.NONE)
        await camille.calls.tell_quality(call_id, good)
        owner = Database(open_engine(world.vallon.admin))
        kept = await owner.rows("SELECT quality ->> 'mos' AS mos FROM guichet.call_parts WHERE quality IS NOT NULL")
        await owner.close()
        assert [row["mos"] for row in kept] == ["4.2"]


async def test_two_misses_in_a_row_make_an_agent_not_ready_and_say_why(world: World) -> None:
    camille = await world.arrives("camille")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        marc.do("call +33380123450")
        for _ in range(2):
            ring = await camille.desk.rings()
            await camille.desk.phone.reject(ring.key, RejectCause.DECLINED)
            await _gone(camille, ring.key)
        async with asyncio.timeout(10):
            while (state := (await _duty(camille, "camille"))).state is not AgentState.NOT_READY:
                await asyncio.sleep(0.05)
        assert state.reason == "missed"
    now = datetime.now(UTC)
    stays = await PostgresDuty(camille.store._database).stays(
        world.vallon.agents["camille"], now - timedelta(minutes=5), now
    )
    assert [stay.state for stay in stays][-1] is AgentState.NOT_READY


async def test_a_call_dialled_from_a_reminder_shows_the_cases_number_and_closes_its_task(world: World) -> None:
    case_id = await _a_case(world)
    camille = await world.arrives("camille")
    directory = await camille.store.directory()
    chalon = next(team for team in directory.teams if team.name == "Service Chalon").numbers[0]
    case = (await camille.store.case_file(case_id)).case
    await camille.store.update_case(replace(case, number_id=chalon.id))
    task = await camille.store.insert_task(
        Task(
            new_id(),
            world.vallon.teams[CENTRE],
            "Call with the price",
            case_id=case_id,
            assignee_id=world.vallon.agents["camille"],
            local_at=datetime(2026, 11, 26, 14, 0),
        )
    )
    async with customer_of(world.switch, CUSTOMER_NUMBER, reachable=True) as marc:
        call_id = new_id()
        assert await camille.calls.plan_call(call_id, task_id=task.id) == chalon.e164
        await camille.desk.phone.dial(CUSTOMER_NUMBER, (Header(CALL_HEADER, str(call_id)),))
        rung = await marc.says(state="incoming")
        assert rung["number"] == chalon.e164
        view = await camille.sees(call_id, Phase.DIALLING)
        assert (view.case_id, view.task_id) == (case_id, task.id)
        assert (await _duty(camille, "camille")).state is AgentState.ON_CALL, "she is reserved while she dials"
        marc.do("answer")
        await camille.sees(call_id, Phase.TALKING)
        marc.do("hang-up")
        over = await camille.sees(call_id, Phase.ENDED)
        assert over.outcome == Outcome.ANSWERED
    assert (await camille.store.task_row(task.id)).task.status is TaskStatus.DONE


async def test_an_emergency_number_is_dialled_at_once(world: World) -> None:
    camille = await world.arrives("camille")
    async with customer_of(world.switch, "112", reachable=True) as rescue:
        await camille.desk.phone.dial("112")
        await rescue.says(state="incoming", within_s=5)


async def test_a_supervisor_who_may_not_is_refused_and_who_may_takes_a_waiting_call(world: World) -> None:
    sofia = await world.arrives("sofia")
    await sofia.store.set_my_state(AgentState.NOT_READY, "meeting")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        marc.do("call +33380123450")
        async with asyncio.timeout(8):
            while not (waiting := await sofia.calls.live_calls()):
                await asyncio.sleep(0.05)
        store = world.vallon.as_agent("nadia")
        with pytest.raises(Refused) as refused:
            await type(sofia.calls)(store._database, store).command_call(waiting[0].id, CommandKind.TAKE)
        assert refused.value.reason is Refusal.NOT_PERMITTED
        await sofia.calls.command_call(waiting[0].id, CommandKind.TAKE)
        await sofia.answers()
        await sofia.sees(waiting[0].id, Phase.TALKING, world.vallon.agents["sofia"])


async def _duty(desk: AgentDesk, name: str) -> AgentOnDuty:
    agents = await PostgresDuty(desk.store._database).agents_on_duty()
    return next(agent for agent in agents if agent.name.lower().startswith(name))


async def _consultation(agent: AgentDesk, call_id: UUID, where: str) -> None:
    async with asyncio.timeout(5):
        while (await agent.calls.call(call_id)).consultation != where:
            await asyncio.sleep(0.02)


async def _until_heard(customer: Customer, tone: int) -> None:
    async with asyncio.timeout(8):
        while tone not in await customer.hears((tone,)):
            pass


async def _gone(desk: AgentDesk, key: str) -> None:
    async with asyncio.timeout(8):
        while any(call.key == key for call in desk.desk.phone.snapshot.calls):
            await asyncio.sleep(0.02)
