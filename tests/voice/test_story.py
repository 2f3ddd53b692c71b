"""The main job: a call from outside rings at the right desk with the right card, and moves live to a sub-team."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.calls import Phase, Target, TargetKind
from app.domain.follow_ups import Channel
from app.domain.hand_over import CommandKind
from app.domain.ids import new_id
from app.domain.phone import RejectCause
from app.domain.refusals import Refusal, Refused
from app.services.cases import NewCase
from app.switch.instance import AsteriskInstance
from tests.helpers.organisation import Vallon
from tests.voice.parties import customer_of
from tests.voice.world import AgentDesk, World, open_world

CENTRE, ATELIER = "Contact centre", "Atelier Beaune"
CUSTOMER_NUMBER = "+33639981234"


@pytest.fixture
async def world(vallon: Vallon, instance: AsteriskInstance, folder: Path) -> AsyncIterator[World]:
    async with open_world(vallon, instance, folder) as made:
        yield made


async def _a_case(world: World) -> UUID:
    customer = await world.vallon.customer()
    case = NewCase(new_id(), customer.id, "Hydraulic leak", world.vallon.teams[CENTRE])
    await world.vallon.as_agent("camille").insert_case(case)
    return case.id


def _team(world: World, name: str) -> Target:
    return Target(TargetKind.TEAM, world.vallon.teams[name])


@pytest.mark.row("S1-02", "S1-03", "S1-09", "S1-13", "S1-32", "S5-03", "S5-07")
async def test_a_call_is_answered_handed_over_live_with_its_case_and_filed(world: World) -> None:
    case_id = await _a_case(world)
    camille, julie = await world.arrives("camille"), await world.arrives("julie")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        marc.do("call +33380123450")
        ring = await camille.desk.rings()
        card = await camille.card()
        assert card.id == ring.call_id, "ring and card are matched by id"
        assert (card.customer_name, card.case_id, card.phase) == ("Marc Perrin", case_id, Phase.WAITING)
        await camille.answers()
        await camille.sees(card.id, Phase.TALKING, world.vallon.agents["camille"])
        await camille.calls.type_call_note(card.id, "Two litres since Friday")
        await camille.calls.command_call(card.id, CommandKind.HAND_OVER, _team(world, ATELIER), "Leak is worse")
        await julie.desk.rings()
        offered = await julie.card()
        assert (offered.case_id, offered.case_subject) == (case_id, "Hydraulic leak"), "the same case before the ring"
        assert (offered.handed_by_name, offered.hand_over_note) == ("Camille Roy", "Two litres since Friday")
        assert (offered.next_step, offered.next_agent_id) == ("ring_sender", world.vallon.agents["camille"])
        assert (await julie.store.case_file(case_id)).row.team_name == CENTRE, "the case moves when she takes it"
        await julie.answers()
        await julie.sees(card.id, Phase.TALKING, world.vallon.agents["julie"])
        file = await julie.store.case_file(case_id)
        assert (file.row.team_name, file.row.assignee_name) == (ATELIER, "Julie Marchand")
        await camille.calls.wrap_up_call(card.id, None, "Two litres since Friday", None)
        marc.do("hang-up")
        await julie.sees(card.id, Phase.ENDED)
        disposition = next(d for d in await julie.calls.dispositions() if d.key == "answered")
        await julie.calls.wrap_up_call(card.id, disposition.id, "Victor comes on Tuesday", None)
    told = [
        (f.author_name, f.body) for f in (await julie.store.case_file(case_id)).timeline if f.channel is Channel.CALL
    ]
    assert told == [("Camille Roy", "Two litres since Friday"), ("Julie Marchand", "Victor comes on Tuesday")]
    assert (await camille.store.case_file(case_id)).case.id == case_id, "who handed it over keeps reading it"


async def test_a_consultation_is_swapped_merged_and_completed(world: World) -> None:
    await _a_case(world)
    camille, julie = await world.arrives("camille"), await world.arrives("julie")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        call_id = await _talking(camille, marc, world)
        await camille.calls.command_call(call_id, CommandKind.CONSULT, _team(world, ATELIER), "Have you a kit?")
        await julie.answers()
        for command, where in (
            (None, "away"),
            (CommandKind.SWAP, "with_caller"),
            (CommandKind.SWAP, "away"),
            (CommandKind.MERGE, "merged"),
        ):
            if command is not None:
                await camille.calls.command_call(call_id, command)
            await _consultation(camille, call_id, where)
        await camille.calls.command_call(call_id, CommandKind.COMPLETE)
        await julie.sees(call_id, Phase.TALKING, world.vallon.agents["julie"])
        await julie.desk.talks()


async def test_nobody_takes_it_and_the_call_comes_back_to_the_sender(world: World) -> None:
    await _a_case(world)
    camille, julie = await world.arrives("camille"), await world.arrives("julie")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        call_id = await _talking(camille, marc, world)
        await camille.calls.command_call(call_id, CommandKind.HAND_OVER, _team(world, ATELIER))
        ring = await julie.desk.rings()
        await julie.desk.phone.reject(ring.key, RejectCause.DECLINED)
        await camille.answers()
        await camille.sees(call_id, Phase.TALKING, world.vallon.agents["camille"])
        assert not await julie.calls.my_live_calls()


async def test_an_agents_phone_dies_and_her_caller_is_served_by_the_next(world: World) -> None:
    await _a_case(world)
    camille = await world.arrives("camille")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        call_id = await _talking(camille, marc, world)
        nadia = await world.arrives("nadia")
        await camille.keeper.stop()  # her desk is gone too
        assert camille.desk.phone.pid is not None
        os.kill(camille.desk.phone.pid, signal.SIGKILL)
        ring = await nadia.sees(call_id, Phase.WAITING, within_s=25)
        assert ring.customer_name == "Marc Perrin"
        await nadia.answers()
        await nadia.sees(call_id, Phase.TALKING, world.vallon.agents["nadia"])


@pytest.mark.row("S1-27")
async def test_a_number_that_is_no_teams_reaches_nobody_and_a_sub_team_has_none(world: World) -> None:
    julie = await world.arrives("julie")
    assert all(not team.numbers for team in (await julie.store.directory()).teams if team.is_sub_team)
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        marc.do("call +33380999999")
        await marc.says(within_s=10, state="ended")
    assert julie.desk.phone.snapshot.calls == ()


async def test_only_its_agent_or_a_supervisor_moves_a_call(world: World) -> None:
    await _a_case(world)
    camille, victor = await world.arrives("camille"), await world.arrives("victor")
    async with customer_of(world.switch, CUSTOMER_NUMBER) as marc:
        call_id = await _talking(camille, marc, world)
        for name, reason in (("nadia", Refusal.NOT_PERMITTED), ("omar", Refusal.NOT_FOUND)):
            store = world.vallon.as_agent(name)
            with pytest.raises(Refused) as refused:
                await type(camille.calls)(store._database, store).command_call(
                    call_id, CommandKind.MOVE, _team(world, ATELIER)
                )
            assert refused.value.reason is reason
        sofia = world.vallon.as_agent("sofia")
        board = type(camille.calls)(sofia._database, sofia)
        assert [call.id for call in await board.live_calls()] == [call_id]
        await board.command_call(call_id, CommandKind.MOVE, _team(world, ATELIER), "To the workshop")
        await victor.answers()
        await victor.sees(call_id, Phase.TALKING, world.vallon.agents["victor"])


async def _talking(agent: AgentDesk, customer: object, world: World) -> UUID:
    customer.do("call +33380123450")  # type: ignore[attr-defined]
    await agent.desk.rings()
    card = await agent.card()
    await agent.answers()
    await agent.sees(card.id, Phase.TALKING)
    return card.id


async def _consultation(agent: AgentDesk, call_id: UUID, where: str) -> None:
    import asyncio

    async with asyncio.timeout(5):
        while (await agent.calls.call(call_id)).consultation != where:
            await asyncio.sleep(0.02)
