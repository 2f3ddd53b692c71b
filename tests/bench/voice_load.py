"""A constant rate of calls from the trunk, each routed, answered and written; what the hub spends on them."""

import asyncio
import os
import time
from pathlib import Path

from app.domain.agents import AgentState
from tests.bench.sip import SipCall
from tests.bench.voice_world import NUMBER, PEOPLE, VoiceWorld

RATE = 27
"""Calls a second that are begun; what is routed, answered and written is counted."""
TALK_S = 0.5
ANSWERED = (
    "SELECT count(*) FROM calls c WHERE outcome = 'answered' AND jsonb_array_length(trace) > 2 "
    "AND EXISTS (SELECT FROM call_parts WHERE call_id = c.id AND ended_at IS NOT NULL)"
)
TICKS = os.sysconf("SC_CLK_TCK")


async def constant_rate(world: VoiceWorld, seconds: int) -> dict[str, float]:
    """Everybody is in the first team, rung by who has been idle longest; each caller hangs up after a short talk."""
    await world.execute(
        "INSERT INTO memberships (team_id, agent_id, organisation_id) SELECT t.team_id, a.id, a.organisation_id "
        "FROM agents a, numbers t WHERE t.e164 = $1 AND a.role_name = ANY ($2) ON CONFLICT DO NOTHING",
        NUMBER, list(PEOPLE),
    )  # fmt: skip
    await world.execute(
        "UPDATE team_voice SET strategy = 'longest_idle' WHERE team_id = (SELECT team_id FROM numbers WHERE e164 = $1)",
        NUMBER,
    )
    await world.sit_down(*PEOPLE)
    loop = asyncio.get_running_loop()

    def answer(call: SipCall) -> None:
        world.telephones.answer(call)
        loop.call_later(TALK_S, world.telephones.hang_up, call)

    world.telephones.on_ring = answer
    before = await world.value(ANSWERED)
    spent, began = _cpu_s(world), time.monotonic()
    for number in range(RATE * seconds):
        await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
        world.telephones.call(NUMBER, f"+3363{number:07}")
    took = time.monotonic() - began
    await asyncio.sleep(TALK_S + 1)
    try:
        await world.all_calls_ended()
    except TimeoutError:  # who still waits goes, or she would be taken for one of the next measure
        for call in [call for call in world.telephones.calls.values() if not call.incoming]:
            world.telephones.hang_up(call)
        await world.all_calls_ended()
    spent = _cpu_s(world) - spent
    answered = await world.value(ANSWERED)
    waited = await world.value(
        "SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - started_at)) FROM calls"
    )
    world.telephones.on_ring = world.telephones.answer
    await world.become(AgentState.OFFLINE, *PEOPLE)
    made = RATE * seconds
    print(f"  {made} calls begun in {took:.1f} s, {answered - before} answered, p95 after {waited:.2f} s", flush=True)
    every_one = answered - before == made
    return {
        "calls_per_s_routed": made / took if every_one else 0.0,
        "hub_cpu_per_call_ms": 1000 * spent / made,
    }


def _cpu_s(world: VoiceWorld) -> float:
    """What the hub's process has spent so far."""
    assert world.machine.hub is not None
    fields = Path(f"/proc/{world.machine.hub.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
