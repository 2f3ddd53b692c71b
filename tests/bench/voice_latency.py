"""From the caller's INVITE to the ring, from the answer to sound both ways, and how long a transfer is silent."""

import asyncio
import time
from itertools import pairwise

from app.domain.agents import AgentState
from app.domain.calls import Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.phone import CallState
from app.domain.phone_events import CallArrived
from tests.bench.sip import SILENCE, SipCall
from tests.bench.voice_world import NUMBER, PEOPLE, VoiceWorld
from tests.voice.parties import Desk, until

AGENT, ASKED = PEOPLE[0], PEOPLE[1]
CALLER_VOICE, AGENT_VOICE, ASKED_VOICE = 0x10, 0x20, 0x30
"""A sample of PCMU for each: nobody's is the silence 0xFF."""


async def ring_and_answer(world: VoiceWorld, times: int) -> dict[str, float]:
    """A real phone is rung by calls from the trunk, one after the other, and answers."""
    to_ring, to_sound = [], []
    async with world.real_phone(AGENT) as desk:
        rang: list[float] = []
        desk.phone.listen(lambda event: rang.append(time.monotonic()) if isinstance(event, CallArrived) else None)
        for _ in range(times):
            await _calm(world)
            rang.clear()
            call = world.telephones.call(NUMBER, "+33639980001", voice=CALLER_VOICE)
            await until(lambda: rang, "the ring")
            to_ring.append(1000 * (rang[0] - call.began))
            to_sound.append(await _answer(world, desk))
            world.telephones.hang_up(call)
            await until(lambda: not desk.phone.snapshot.calls, "the end of the call")
            await world.all_calls_ended()
            await world.become(AgentState.AVAILABLE, AGENT)
    return {"invite_to_ring_ms_p95": p95(to_ring), "answer_to_rtp_both_ways_ms_p95": p95(to_sound)}


async def attended_silence(world: VoiceWorld, times: int) -> dict[str, float]:
    """In an attended transfer: how long the caller hears neither music nor the one who was asked."""
    silent = []
    ringing: dict[str, SipCall] = {}
    world.telephones.on_ring = lambda call: ringing.__setitem__(call.user, call)
    await world.sit_down(AGENT, ASKED)
    calls = world.calls_of(AGENT)
    for _ in range(times):
        await _calm(world)
        ringing.clear()
        caller = world.telephones.call(NUMBER, "+33639980002", voice=CALLER_VOICE)
        await _take(world, ringing, AGENT_VOICE)
        call_id = await world.value("SELECT id FROM calls WHERE phase <> 'ended'")
        await _in_phase(world, "talking")
        ringing.clear()
        await calls.command_call(call_id, CommandKind.CONSULT, Target(TargetKind.AGENT, world.vallon.agents[ASKED]))
        await _take(world, ringing, ASKED_VOICE)
        async with asyncio.timeout(8):
            while await world.value("SELECT consultation FROM calls WHERE id = $1", call_id) != "away":
                await asyncio.sleep(0.01)
        await asyncio.sleep(1)  # so that there is music to be heard before; it begins softly
        await calls.command_call(call_id, CommandKind.COMPLETE)
        await until(lambda heard=caller.heard or []: any(voice == ASKED_VOICE for _, voice in heard), "her voice")  # type: ignore[misc]
        silent.append(1000 * _longest_silence(caller.heard or []))
        world.telephones.hang_up(caller)
        await world.all_calls_ended()
        await world.become(AgentState.AVAILABLE, AGENT, ASKED)
    world.telephones.on_ring = world.telephones.answer
    await world.become(AgentState.OFFLINE, AGENT, ASKED)
    return {"caller_silence_ms_p95": p95(silent)}


def p95(measured: list[float]) -> float:
    """The value that nineteen of twenty do not exceed."""
    return sorted(measured)[max(0, round(0.95 * len(measured)) - 1)]


async def _answer(world: VoiceWorld, desk: Desk) -> float:
    """Milliseconds from the desk's answer until the switch had sound from her phone and sent it the caller's."""
    call = next(one for one in desk.phone.snapshot.calls if one.state is CallState.INCOMING)
    leg = await world.value("SELECT state -> 'offers' -> 0 ->> 'leg_id' FROM calls WHERE phase <> 'ended'")
    began = time.monotonic()
    answering = asyncio.ensure_future(desk.phone.answer(call.key))
    async with asyncio.timeout(8):
        while True:
            found = await world.ari.rtp_statistics(leg)
            if found is not None and found.received > 0 and found.sent > 0:
                break
            await asyncio.sleep(0.002)
    ended = time.monotonic()
    await answering
    return 1000 * (ended - began)


async def _take(world: VoiceWorld, ringing: dict[str, SipCall], voice: int) -> None:
    await until(lambda: ringing, "a ring")
    world.telephones.answer(next(iter(ringing.values())), voice)


async def _in_phase(world: VoiceWorld, phase: str) -> None:
    async with asyncio.timeout(8):
        while await world.value("SELECT phase FROM calls WHERE phase <> 'ended'") != phase:
            await asyncio.sleep(0.01)


async def _calm(world: VoiceWorld) -> None:
    await world.all_calls_ended()
    await asyncio.sleep(0.1)


def _longest_silence(heard: list[tuple[float, int]]) -> float:
    """Seconds without a packet, or with packets of silence only, in the last half second before the new voice."""
    new = next(at for at, voice in heard if voice == ASKED_VOICE)
    audible = [at for at, voice in heard if new - 0.5 <= at <= new and voice != SILENCE]
    assert len(audible) > 10, "there was no music before"
    return max(after - before for before, after in pairwise(audible))
