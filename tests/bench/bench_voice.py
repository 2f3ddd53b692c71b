"""The phone: how fast it rings, speaks and moves, what it costs, and that nobody is dropped."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.bench.voice_latency import attended_silence, ring_and_answer
from tests.bench.voice_world import voice_world

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "invite_to_ring_ms_p95": "ms from the trunk's INVITE to the ring told by the agent's real phone (target ≤ 60)",
        "answer_to_rtp_both_ways_ms_p95": "ms from the desk's answer until the switch has RTP from her phone and sends "
        "it the caller's (target ≤ 120)",
        "caller_silence_ms_p95": "ms in an attended transfer in which the caller hears neither music nor a voice, at "
        "her own RTP socket (target ≤ 150)",
    }
)


async def run(small: bool) -> dict[str, float]:
    """Measure everything in one world; `small` takes a tenth of the data and fewer repetitions."""
    times = 15 if small else 60
    found: dict[str, float] = {}
    async with voice_world(small=small) as world:
        found |= await ring_and_answer(world, times)
        found |= await attended_silence(world, times)
    return found
