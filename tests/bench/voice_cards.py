"""Two real desks on screens of their own: from the caller's INVITE to the painted card, and through transfers."""

import asyncio
import contextlib
import time
from typing import Any

from app.domain.agents import AgentState
from app.switch.ari_events import LegEnteredBridge
from app.switch.ari_stream import switch_events
from tests.bench.desk_driver import DeskProcess, desk
from tests.bench.voice_latency import p95
from tests.bench.voice_world import NUMBER, PEOPLE, VoiceWorld
from tests.helpers.display import virtual_display

SENDER, TARGET, TARGET_TEAM = PEOPLE[0], PEOPLE[4], "Team 04"
BETWEEN_S = 0.3
"""A person's pause between two acts, so that what the desks do after the first one is done."""
FREEZE_S = 2.0


async def cards_and_transfers(world: VoiceWorld, times: int) -> dict[str, float]:
    """Calls of known customers, each handed over: every other one after a consultation."""
    numbers = [
        row["key"]
        for row in await world.rows(
            "SELECT min(key) AS key FROM customer_keys WHERE key LIKE '+%' GROUP BY key HAVING count(*) = 1 "
            "ORDER BY md5(key) LIMIT $1", times,
        )
    ]  # fmt: skip
    with virtual_display() as first, virtual_display() as second:
        async with desk(SENDER, first, "voice_probe") as sender, desk(TARGET, second, "voice_probe") as target:
            measured = _Measured(world, sender, target)
            async with measured.watching():
                for turn, number in enumerate(numbers):
                    await measured.one_call(number, consulted=bool(turn % 2))
                frozen = await measured.freeze(numbers[0])
    return {
        "invite_to_card_ms_p95": p95(measured.to_card),
        "transfer_to_target_ring_ms_p95": p95(measured.to_ring),
        "attended_complete_ms_p95": p95(measured.to_complete),
        "handover_card_before_ring_share": sum(measured.card_first) / len(measured.card_first),
        "rtp_packets_in_2s_gui_freeze": frozen,
    }


class _Measured:
    def __init__(self, world: VoiceWorld, sender: DeskProcess, target: DeskProcess) -> None:
        self._world, self._sender, self._target = world, sender, target
        self.to_card: list[float] = []
        self.to_ring: list[float] = []
        self.to_complete: list[float] = []
        self.card_first: list[bool] = []
        self._entered: dict[tuple[str, str], float] = {}

    @contextlib.asynccontextmanager
    async def watching(self) -> Any:
        """Know when a leg enters a bridge, by a second application beside the hub's."""
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def one_call(self, number: str, *, consulted: bool) -> None:
        """Ring, answer, hand over at once or after a consultation, end."""
        world = self._world
        await self._ready()
        call = world.telephones.call(NUMBER, number)
        offered = await self._sender.ask("card")
        self.to_card.append(1000 * (offered["card"] - call.began))
        await self._answer(self._sender)
        await self._sender.ask("choose_target", team=str(world.vallon.teams[TARGET_TEAM]))
        await asyncio.sleep(BETWEEN_S)
        pressed = await self._sender.ask("press", key="F7" if consulted else "F6")
        offered = await self._target.ask("card")
        self.to_ring.append(1000 * (offered["ring"] - pressed))
        self.card_first.append(offered["card"] <= offered["ring"])
        await self._answer(self._target)
        if consulted:
            await self._complete(offered["call"])
        await asyncio.sleep(BETWEEN_S)
        world.telephones.hang_up(call)
        await world.all_calls_ended()

    async def freeze(self, number: str) -> float:
        """Packets that the switch got from the phone while the sender's window stood still for two seconds."""
        world = self._world
        await self._ready()
        call = world.telephones.call(NUMBER, number)
        await self._sender.ask("card")
        await self._answer(self._sender)
        leg = await world.value("SELECT state ->> 'agent_leg' FROM calls WHERE phase = 'talking'")
        freezing = asyncio.ensure_future(self._sender.ask("freeze", seconds=FREEZE_S + 0.5))
        await asyncio.sleep(0.2)
        before, began = await world.ari.rtp_statistics(leg), time.monotonic()
        await asyncio.sleep(FREEZE_S)
        after, ended = await world.ari.rtp_statistics(leg), time.monotonic()
        await freezing
        world.telephones.hang_up(call)
        await world.all_calls_ended()
        assert before is not None
        assert after is not None
        return (after.received - before.received) * FREEZE_S / (ended - began)

    async def _ready(self) -> None:
        await self._world.become(AgentState.AVAILABLE, SENDER, TARGET)
        for one in (self._sender, self._target):
            await one.ask("forget")
        await asyncio.sleep(BETWEEN_S)

    async def _answer(self, who: DeskProcess) -> None:
        await who.ask("press", key="F2")
        await who.ask("talks")
        await asyncio.sleep(BETWEEN_S)

    async def _complete(self, call_id: str) -> None:
        await self._sender.ask("talks", consulting=True)
        leg = await self._world.value("SELECT state -> 'consultation' ->> 'leg_id' FROM calls WHERE id = $1", call_id)
        pressed = await self._sender.ask("press", key="F6")
        async with asyncio.timeout(8):
            while (leg, f"caller-{call_id}") not in self._entered:
                await asyncio.sleep(0.001)
        self.to_complete.append(1000 * (self._entered[leg, f"caller-{call_id}"] - pressed))

    async def _watch(self) -> None:
        async with contextlib.aclosing(switch_events(self._world.ari.address, "bench")) as events:
            async for event in events:
                if isinstance(event, LegEnteredBridge):
                    self._entered[event.leg.id, event.bridge.id] = time.monotonic()
