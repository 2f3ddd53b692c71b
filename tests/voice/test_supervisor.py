"""A supervisor and live calls: who hears whom when she listens, whispers and barges in; move, place, end, close."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.agents import AgentState
from app.domain.calls import Outcome, Phase, Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.refusals import Refusal, Refused
from app.services.calls import CallView
from app.store.duty import PostgresDuty
from app.switch.instance import AsteriskInstance
from tests.helpers.organisation import Vallon
from tests.voice.parties import QUIET, Customer, customer_of
from tests.voice.sound_server import SoundServer
from tests.voice.test_who_hears_whom import Ears, comes_to, with_headset
from tests.voice.world import AgentDesk, World, open_world

CUSTOMER, CAMILLE, SOFIA = 440, 650, 900
TONES = (CUSTOMER, CAMILLE, SOFIA)
ATELIER = "Atelier Beaune"


@pytest.fixture
async def world(vallon: Vallon, instance: AsteriskInstance, folder: Path) -> AsyncIterator[World]:
    async with open_world(vallon, instance, folder) as made:
        yield made


async def test_who_hears_whom_when_she_listens_whispers_and_barges_in(world: World, sound_server: SoundServer) -> None:
    ears = Ears(sound_server)
    camille, sofia = await world.arrives("camille"), await world.arrives("sofia")
    await sofia.store.set_my_state(AgentState.NOT_READY, "meeting")
    for desk, tone in ((camille, CAMILLE), (sofia, SOFIA)):
        await desk.desk.phone.set_options(QUIET)
        await with_headset(desk.desk, sound_server, tone)
    async with customer_of(world.switch, "+33639981234", tone=CUSTOMER) as marc:
        call_id = await _talking(camille, marc)
        await comes_to(lambda: marc.hears(TONES), {CAMILLE})

        await sofia.calls.command_call(call_id, CommandKind.LISTEN)
        await sofia.answers()
        await comes_to(lambda: ears.of("sofia"), {CUSTOMER, CAMILLE})
        assert await ears.of("camille") == {CUSTOMER}, "nobody hears who listens"
        assert await marc.hears(TONES) == {CAMILLE}
        assert (await camille.calls.call(call_id)).listeners == (world.vallon.agents["sofia"],)

        await sofia.calls.command_call(call_id, CommandKind.WHISPER)
        await _rings_anew(sofia)
        await comes_to(lambda: ears.of("camille"), {CUSTOMER, SOFIA})
        await comes_to(lambda: ears.of("sofia"), {CUSTOMER, CAMILLE})
        assert await marc.hears(TONES) == {CAMILLE}, "a whisper is for the agent alone"

        await sofia.calls.command_call(call_id, CommandKind.BARGE)
        await _rings_anew(sofia)
        await comes_to(lambda: marc.hears(TONES), {CAMILLE, SOFIA})
        await comes_to(lambda: ears.of("camille"), {CUSTOMER, SOFIA})

        await sofia.calls.command_call(call_id, CommandKind.LEAVE)
        await comes_to(lambda: marc.hears(TONES), {CAMILLE})
        view = await camille.sees(call_id, Phase.TALKING)
        assert view.listeners == ()
        told = [entry["reason"] for entry in view.trace if entry["agent_id"] == str(world.vallon.agents["sofia"])]
        assert told == ["listen", "whisper", "barge", "leave"], "it is written in the call's trace"
        assert await _state(sofia, "sofia") == (AgentState.NOT_READY, "meeting"), "she is what she was"


async def test_a_live_call_is_moved_after_its_agent_was_told_and_can_be_kept(world: World) -> None:
    camille, julie, sofia = [await world.arrives(name) for name in ("camille", "julie", "sofia")]
    await sofia.store.set_my_state(AgentState.NOT_READY, "meeting")
    workshop = Target(TargetKind.TEAM, world.vallon.teams[ATELIER])
    async with customer_of(world.switch, "+33639981234") as marc:
        call_id = await _talking(camille, marc)
        await sofia.calls.command_call(call_id, CommandKind.MOVE, workshop)
        view = await _step(camille, call_id, "leaving")
        assert view.step_team_id == workshop.id
        assert view.step_until_at is not None
        await sofia.calls.command_call(call_id, CommandKind.KEEP)
        await _step(camille, call_id, "")
        await sofia.calls.command_call(call_id, CommandKind.MOVE, workshop)
        await julie.answers()
        await julie.sees(call_id, Phase.TALKING, world.vallon.agents["julie"])
        await sofia.calls.command_call(call_id, CommandKind.END)
        await marc.says(state="ended")
        await julie.sees(call_id, Phase.ENDED)


async def test_waiting_callers_are_placed_and_the_next_free_agent_gets_the_first(world: World) -> None:
    sofia = await world.arrives("sofia")
    await sofia.store.set_my_state(AgentState.NOT_READY, "meeting")
    async with (
        customer_of(world.switch, "+33639980001") as first,
        customer_of(world.switch, "+33639980002") as second,
    ):
        first.do("call +33380123450")
        await _waiting(sofia, 1)
        second.do("call +33380123450")
        waiting = {call.caller_number: call for call in await _waiting(sofia, 2)}
        second_id = waiting["+33639980002"].id
        await sofia.calls.command_call(second_id, CommandKind.PLACE, place=1)
        async with asyncio.timeout(5):
            while (await sofia.calls.call(second_id)).place_at is None:
                await asyncio.sleep(0.02)
        camille = await world.arrives("camille")
        await camille.desk.rings()
        assert (await camille.card()).id == second_id


async def test_a_team_is_closed_now_and_who_waits_is_told(world: World) -> None:
    sofia = await world.arrives("sofia")
    await sofia.store.set_my_state(AgentState.NOT_READY, "meeting")
    duty = PostgresDuty(sofia.store._database)
    async with customer_of(world.switch, "+33639980001") as marc:
        marc.do("call +33380123450")
        call_id = (await _waiting(sofia, 1))[0].id
        await duty.close_team(world.vallon.teams["Contact centre"], closed=True)
        view = await sofia.sees(call_id, Phase.VOICEMAIL)
        assert "team_closed_now" in [entry["reason"] for entry in view.trace]
        marc.do("hang-up")
        ended = await sofia.sees(call_id, Phase.ENDED)
        # The end of the words that her hanging up cut may be told before her going: then it counts as a message.
        assert ended.outcome in {Outcome.ABANDONED, Outcome.VOICEMAIL}


async def test_a_colleague_can_do_none_of_it(world: World) -> None:
    camille, nadia = await world.arrives("camille"), await world.arrives("nadia")
    await nadia.store.set_my_state(AgentState.NOT_READY, "lunch")
    async with customer_of(world.switch, "+33639981234") as marc:
        call_id = await _talking(camille, marc)
        for kind in (CommandKind.LISTEN, CommandKind.WHISPER, CommandKind.BARGE, CommandKind.END, CommandKind.KEEP):
            with pytest.raises(Refused) as refused:
                await nadia.calls.command_call(call_id, kind)
            assert refused.value.reason is Refusal.NOT_PERMITTED


async def _talking(agent: AgentDesk, customer: Customer) -> UUID:
    customer.do("call +33380123450")
    await agent.desk.rings()
    call_id = (await agent.card()).id
    await agent.answers()
    await agent.sees(call_id, Phase.TALKING)
    return call_id


async def _rings_anew(desk: AgentDesk) -> None:
    await desk.answers()


async def _step(desk: AgentDesk, call_id: UUID, step: str) -> CallView:
    async with asyncio.timeout(5):
        while (view := await desk.calls.call(call_id)).step != step:
            await asyncio.sleep(0.02)
    return view


async def _waiting(desk: AgentDesk, count: int) -> tuple[CallView, ...]:
    async with asyncio.timeout(8):
        while len(found := [c for c in await desk.calls.live_calls() if c.phase is Phase.WAITING]) < count:
            await asyncio.sleep(0.02)
    return tuple(found)


async def _state(desk: AgentDesk, name: str) -> tuple[AgentState, str]:
    agents = await PostgresDuty(desk.store._database).agents_on_duty()
    agent = next(agent for agent in agents if agent.name.lower().startswith(name))
    return agent.state, agent.reason
