"""Two things at the same moment, people who leave in the middle, callers without a name: the whole chain holds."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.bootstrap.desk_phone import DeskPhone
from app.domain.agents import AgentState
from app.domain.calls import Phase, Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.phone import CallState, RegistrationState
from app.switch.instance import AsteriskInstance
from tests.helpers.organisation import Vallon
from tests.voice.parties import customer_of, until
from tests.voice.scenes import ATELIER, CUSTOMER, DIALLED, until_consulting
from tests.voice.world import AgentDesk, World, open_world


@pytest.fixture
async def world(vallon: Vallon, instance: AsteriskInstance, folder: Path) -> AsyncIterator[World]:
    async with open_world(vallon, instance, folder) as made:
        yield made


async def test_two_agents_answer_at_the_same_moment(world: World) -> None:
    camille, nadia = await world.arrives("camille"), await world.arrives("nadia")
    async with customer_of(world.switch, CUSTOMER) as caller:
        caller.do(f"call {DIALLED}")
        rings = await asyncio.gather(camille.desk.rings(), nadia.desk.rings())
        call_id = rings[0].call_id
        assert call_id is not None
        assert call_id == rings[1].call_id
        await asyncio.gather(
            *(agent.desk.phone.answer(ring.key) for agent, ring in zip((camille, nadia), rings, strict=True)),
            return_exceptions=True,  # the later one may be told that it rings no more
        )
        view = await camille.sees(call_id, Phase.TALKING)
        winner, other = (camille, nadia) if view.agent_id == world.vallon.agents["camille"] else (nadia, camille)
        await winner.desk.talks()
        await until(lambda: not other.desk.phone.snapshot.calls, "the end of the other's leg")
        await comes_to_state(other, AgentState.AVAILABLE)
        assert not [said for said in caller.said if said.get("state") == "ended"]


async def test_an_agent_signs_out_while_it_rings_at_her(world: World) -> None:
    nadia = await world.arrives("nadia")
    await nadia.store.set_my_state(AgentState.NOT_READY, "")
    store = world.vallon.as_agent("camille")
    calls = type(nadia.calls)(store._database, store)
    leaving = DeskPhone(world.folder / "leaving")
    assert await leaving.arrive(calls)
    await until(
        lambda: leaving.phone.snapshot.registration.state is RegistrationState.REGISTERED, "camille's registration"
    )
    await store.set_my_state(AgentState.AVAILABLE, "")
    async with customer_of(world.switch, CUSTOMER) as caller:
        caller.do(f"call {DIALLED}")
        ring = await until(lambda: next(iter(leaving.phone.snapshot.calls), None), "the ring")
        assert ring.call_id is not None
        await store.set_my_state(AgentState.OFFLINE, "")
        await leaving.leave()
        await nadia.store.set_my_state(AgentState.AVAILABLE, "")
        await nadia.answers()
        await nadia.sees(ring.call_id, Phase.TALKING, world.vallon.agents["nadia"])
    presence = {one.agent_id: one.state for one in await store.presences()}
    assert presence[world.vallon.agents["camille"]] is AgentState.OFFLINE, "who left is not called back to work"


async def test_who_was_asked_hangs_up_in_the_middle_of_the_hand_over(world: World) -> None:
    camille, julie = await world.arrives("camille"), await world.arrives("julie")
    async with customer_of(world.switch, CUSTOMER) as caller:
        caller.do(f"call {DIALLED}")
        ring = await camille.desk.rings()
        assert ring.call_id is not None
        await camille.answers()
        await camille.sees(ring.call_id, Phase.TALKING)
        workshop = Target(TargetKind.TEAM, world.vallon.teams[ATELIER])
        await camille.calls.command_call(ring.call_id, CommandKind.CONSULT, workshop)
        await julie.answers()
        await until_consulting(camille, ring.call_id)
        (asked,) = julie.desk.phone.snapshot.calls
        await julie.desk.phone.hang_up(asked.key)
        view = await camille.sees(ring.call_id, Phase.TALKING, world.vallon.agents["camille"])
        assert view.consultation == ""
        assert [call.state for call in camille.desk.phone.snapshot.calls] == [CallState.TALKING]
        assert not [said for said in caller.said if said.get("state") == "ended"]


async def test_an_anonymous_caller_is_served_like_anybody(world: World) -> None:
    camille = await world.arrives("camille")
    async with customer_of(world.switch, "anonymous", name="Anonymous") as caller:
        caller.do(f"call {DIALLED}")
        await camille.desk.rings()
        card = await camille.card()
        assert (card.customer_id, card.caller_number) == (None, "")
        await camille.answers()
        await camille.sees(card.id, Phase.TALKING)


async def comes_to_state(agent: AgentDesk, state: AgentState) -> None:
    me = (await agent.store.directory()).me.id
    async with asyncio.timeout(8):
        while state is not {one.agent_id: one.state for one in await agent.store.presences()}[me]:
            await asyncio.sleep(0.05)
