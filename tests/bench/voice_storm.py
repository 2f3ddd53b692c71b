"""Twenty callers at a time who are moved again and again, while everything but the switch is killed again and again."""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

from app.phone.keeper import PhoneKeeper
from tests.bench.sip import SipCall
from tests.bench.voice_world import NUMBER, PEOPLE, VoiceWorld
from tests.helpers.steady import GONE
from tests.voice.parties import Desk

CALLERS = 20
REAL = PEOPLE[:4]
"""Agents at real phones, whose processes are killed; the others sit at telephones of ours."""
LOOK_S = 0.05
PATIENCE_S = 25.0
MEETING_S = 6.0


async def storm(world: VoiceWorld, transfers: int, kills: int) -> dict[str, float]:
    """Until so many transfers were made and so many processes were killed."""
    await world.execute(
        "INSERT INTO memberships (team_id, agent_id, organisation_id) SELECT t.team_id, a.id, a.organisation_id "
        "FROM agents a, numbers t WHERE t.e164 = $1 AND a.role_name = ANY ($2) ON CONFLICT DO NOTHING",
        NUMBER, list(PEOPLE),
    )  # fmt: skip
    await world.execute("UPDATE team_voice SET strategy = 'longest_idle'")
    made = _Storm(world, transfers)
    async with contextlib.AsyncExitStack() as stack:
        phones = [await stack.enter_async_context(_killable(world, name)) for name in REAL]
        await world.sit_down(*PEOPLE[len(REAL) :])
        world.telephones.on_ring, world.telephones.on_end = made.rings, made.ended
        killing = asyncio.create_task(_kill(world, phones, kills, made))
        async with asyncio.TaskGroup() as callers:
            for number in range(CALLERS):
                callers.create_task(made.caller(number))
        await killing
        world.telephones.on_ring, world.telephones.on_end = world.telephones.answer, lambda _: None
    refused = await world.rows("SELECT kind, refused, count(*) FROM call_commands WHERE refused <> '' GROUP BY 1, 2")
    print(f"  {dict(made.counted)}, refused {[tuple(row) for row in refused]}, killed {dict(made.killed)}", flush=True)
    return {
        "transfers_made": float(made.made),
        "transfers_dropped": float(made.counted["dropped"]),
        "kills": float(made.killed.total()),
    }


class _Storm:
    def __init__(self, world: VoiceWorld, wanted: int) -> None:
        self._world, self._wanted = world, wanted
        self._chance = random.Random(4)
        self._names = {id_: name for name, id_ in world.vallon.agents.items()}
        self.made = 0
        self.counted: Counter[str] = Counter()
        self.killed: Counter[str] = Counter()
        self.killing = True
        self._of: dict[str, UUID] = {}
        self._hung_up: set[UUID] = set()

    @property
    def goes_on(self) -> bool:
        return self.made < self._wanted or self.killing

    def rings(self, call: SipCall) -> None:
        """An agent takes most calls after a moment, is busy sometimes, and hangs up on some while she is asked."""
        later = asyncio.get_running_loop().call_later
        if self._chance.random() < 0.05:
            later(0.05, world_safe(self._world.telephones.refuse), call)
            return
        later(self._chance.uniform(0.02, 0.2), world_safe(self._world.telephones.answer), call)

    def ended(self, call: SipCall) -> None:
        """A caller whose call the switch ended was dropped."""
        if not call.incoming and call.ended_by_peer and self._of.get(call.id) not in self._hung_up:
            self.counted["dropped"] += 1
            print(f"  dropped: {call.user} after {call.ended - call.began:.1f} s", flush=True)

    async def caller(self, number: int) -> None:
        """Call, be moved a few times, hang up, call again."""
        while self.goes_on:
            call = self._world.telephones.call(NUMBER, f"+3363900{number:02}{self._chance.randrange(100):02}")
            call_id = await self._id_of(call)
            if call_id is not None:
                self._of[call.id] = call_id
                for _ in range(self._chance.randint(2, 5)):
                    if call.ended or not await self._move(call_id):
                        break
            self._world.telephones.hang_up(call)
            self.counted["calls"] += 1
            await asyncio.sleep(0.2)

    async def _id_of(self, call: SipCall) -> UUID | None:
        found = await self._until("SELECT id FROM calls WHERE caller_number = $1 AND phase = 'talking'", call.user)
        return found if isinstance(found, UUID) else None

    async def _move(self, call_id: UUID) -> bool:
        """One transfer of a talked call; counted when another agent has the caller, or by going back."""
        talking = "SELECT agent_id FROM calls WHERE id = $1 AND phase = 'talking' AND consultation = ''"
        agent = await self._until(talking, call_id)
        target = await self._free()
        if agent is None or target is None:
            return agent is not None
        kind = self._chance.choice(("blind", "consult", "merge", "back"))
        await asyncio.sleep(self._chance.uniform(0.0, 0.3))
        if kind == "blind":
            await self._command(agent, call_id, "hand_over", target)
        else:
            await self._command(agent, call_id, "consult", target)
            met = "SELECT consultation FROM calls WHERE id = $1 AND consultation = 'away'"
            if await self._until(met, call_id, MEETING_S) is None:  # she was busy, or somebody was killed
                await self._command(agent, call_id, "back")
                self.counted["not met"] += 1
                return True
            if kind == "merge":
                await self._command(agent, call_id, "merge")
            if self._chance.random() < 0.1:
                self._somebody_hangs_up(target, call_id)
            await self._command(agent, call_id, "back" if kind == "back" else "complete")
        after = await self._until(talking, call_id)
        if after is None:
            return False
        if after != agent or kind == "back":
            self.made += 1
            self.counted[kind] += 1
        return True

    def _somebody_hangs_up(self, target: UUID, call_id: UUID) -> None:
        legs = (c for c in self._world.telephones.calls.values() if c.incoming and c.header == str(call_id))
        call = next((c for c in legs if c.user == f"agent-{target.hex}"), None)
        if call is not None:
            self._hung_up.add(call_id)  # if she has the caller by now, it is her who ends the call
            self._world.telephones.hang_up(call)
            self.counted["target hung up"] += 1

    async def _free(self) -> UUID | None:
        ids = [self._world.vallon.agents[name] for name in PEOPLE]
        found = await self._until(
            "SELECT agent_id FROM agent_states WHERE state = 'available' AND agent_id = ANY ($1) "
            "ORDER BY random() LIMIT 1",
            ids,
        )
        return found if isinstance(found, UUID) else None

    async def _command(self, agent: object, call_id: UUID, kind: str, target: UUID | None = None) -> None:
        """As the agent herself: the database decides, whatever has changed meanwhile."""
        with contextlib.suppress(*GONE):
            async with self._world.pool.acquire() as connection, connection.transaction():
                await connection.execute(f'SET LOCAL ROLE "{self._names[agent]}"')  # type: ignore[index]
                await connection.execute(
                    "SELECT command_call($1, $2, $3, $4, $5, '', '', NULL)",
                    uuid4(), call_id, kind, "agent" if target else "", target,
                )  # fmt: skip

    async def _until(self, sql: str, parameter: object, within_s: float = PATIENCE_S) -> Any:
        """What a question gives as soon as it gives something; the database may be away for a while."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            with contextlib.suppress(*GONE):
                if (found := await self._world.value(sql, parameter)) is not None:
                    return found
            await asyncio.sleep(LOOK_S)
        self.counted["waited in vain"] += within_s == PATIENCE_S
        return None


def world_safe(act: Any) -> Any:
    """Only on a call that is still there."""
    return lambda call: None if call.ended else act(call)


@contextlib.asynccontextmanager
async def _killable(world: VoiceWorld, name: str) -> AsyncIterator[Desk]:
    async with world.real_phone(name) as desk:
        keeper = PhoneKeeper(desk.phone)
        await desk.phone.set_options(desk.phone.snapshot.options.__class__(auto_answer_s=0.1, ring=False))
        try:
            yield desk
        finally:
            await keeper.stop()


async def _kill(world: VoiceWorld, phones: list[Desk], kills: int, made: _Storm) -> None:
    """A phone, the database or the hub, by turns, each when what was killed before is back."""
    order = ("phone", "phone", "phone", "database", "phone", "phone", "database", "phone", "phone", "hub")
    try:
        for number in range(kills):
            await asyncio.sleep(1.0)
            part = order[number % len(order)]
            if part == "phone":
                desk = phones[number % len(phones)]
                if desk.phone.pid is not None:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(desk.phone.pid, signal.SIGKILL)
            else:
                await asyncio.to_thread(_kill_and_start, world, part)
            made.killed[part] += 1
    finally:
        made.killing = False


def _kill_and_start(world: VoiceWorld, part: str) -> None:
    served = world.machine.served()
    world.machine.kill(part)
    if part == "database":
        world.machine.start_database()
        return
    world.machine.start_hub()
    deadline = time.monotonic() + 30
    while world.machine.served() == served and time.monotonic() < deadline:
        time.sleep(0.1)
