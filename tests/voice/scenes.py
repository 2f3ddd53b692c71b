"""A call in one of its stages on a machine that may be hurt, and what must be true of it afterwards."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.domain.calls import Phase, Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.phone import CallState
from app.switch.ari import Ari
from tests.voice.machine import Machine
from tests.voice.parties import Customer, customer_of, until
from tests.voice.world import AgentDesk, World

CUSTOMER, DIALLED, ATELIER = "+33639981234", "+33380123450", "Atelier Beaune"
STAGES = ("ringing", "talking", "consulting", "transferring")


@dataclass
class Scene:
    """The customer's call, Camille of the contact centre, Julie of the workshop."""

    machine: Machine
    world: World
    ari: Ari
    caller: Customer
    camille: AgentDesk
    julie: AgentDesk
    call_id: UUID

    def still_there(self) -> None:
        """The caller was not dropped."""
        assert not [said for said in self.caller.said if said.get("state") == "ended"], "the caller was dropped"

    async def talks_with(self, agent: AgentDesk) -> None:
        """The book says that she has the call, and sound goes both ways at her leg."""
        await agent.sees(self.call_id, Phase.TALKING, self.world.vallon.agents[agent.desk.name], within_s=20)
        leg = str(
            await self.machine.fetch("SELECT state ->> 'agent_leg' FROM guichet.calls WHERE id = $1", self.call_id)
        )
        before = await self.ari.rtp_statistics(leg)
        await asyncio.sleep(0.6)
        after = await self.ari.rtp_statistics(leg)
        assert before is not None
        assert after is not None
        assert min(after.sent - before.sent, after.received - before.received) >= 20
        self.still_there()

    async def rings_again(self, agent: AgentDesk, *before: str, within_s: float = 20) -> None:
        """Another ring than those before, which she answers."""

        def find() -> str | None:
            calls = agent.desk.phone.snapshot.calls
            return next((c.key for c in calls if c.state is CallState.INCOMING and c.key not in before), None)

        await agent.desk.phone.answer(await until(find, f"a new ring at {agent.desk.name}", within_s))
        await agent.desk.talks()

    async def ends_and_is_filed(self, *talked: AgentDesk) -> None:
        """The caller hangs up; the call and the part of each who talked are in the book, whole."""
        self.caller.do("hang-up")
        last = talked[-1]
        view = await last.sees(self.call_id, Phase.ENDED)
        assert view.outcome == "answered"
        parts = await self.machine.fetch(
            "SELECT array_agg(DISTINCT agent_id) FROM guichet.call_parts WHERE call_id = $1 "
            "AND began_at < ended_at AND ended_at <= now()",
            self.call_id,
        )
        assert set(parts or ()) == {self.world.vallon.agents[agent.desk.name] for agent in talked}  # type: ignore[call-overload]
        open_parts = "SELECT count(*) FROM guichet.call_parts WHERE call_id = $1 AND ended_at IS NULL"
        assert await self.machine.fetch(open_parts, self.call_id) == 0


@contextlib.asynccontextmanager
async def scene_of(
    machine: Machine, folder: Path, stage: str, phone_folder: Path | None = None
) -> AsyncIterator[Scene]:
    """Bring a call to a stage; Camille's phone lies in `phone_folder` where her desk looks for it."""
    async with machine.world(folder) as world, customer_of(world.switch, CUSTOMER) as caller:
        ari = Ari(world.switch.ari)
        world.stack.push_async_callback(ari.close)
        camille, julie = await world.arrives("camille", phone_folder), await world.arrives("julie")
        caller.do(f"call {DIALLED}")
        try:
            ring = await camille.desk.rings()
        except AssertionError as error:
            raise AssertionError(f"{error}; the hub's last words:\n{machine.last_words()}") from error
        assert ring.call_id is not None
        scene = Scene(machine, world, ari, caller, camille, julie, ring.call_id)
        if stage != "ringing":
            await camille.answers()
            await camille.sees(scene.call_id, Phase.TALKING)
        workshop = Target(TargetKind.TEAM, world.vallon.teams[ATELIER])
        if stage == "consulting":
            await _asks(camille, julie, scene.call_id, workshop)
            await julie.answers()
            await until_consulting(camille, scene.call_id)
        elif stage == "transferring":
            await camille.calls.command_call(scene.call_id, CommandKind.HAND_OVER, workshop)
            await julie.desk.rings()
        yield scene


async def _asks(camille: AgentDesk, julie: AgentDesk, call_id: UUID, workshop: Target) -> None:
    """Consult; a hub that does not know yet that she sat down says that nobody is free, and is asked again."""
    for _ in range(4):
        await camille.calls.command_call(call_id, CommandKind.CONSULT, workshop)
        with contextlib.suppress(AssertionError):
            await until(lambda: julie.desk._in(CallState.INCOMING), "her ring", 2)
            return


async def until_consulting(agent: AgentDesk, call_id: UUID) -> None:
    """Both are in the consultation, as the book says."""
    async with asyncio.timeout(8):
        while (await agent.calls.call(call_id)).consultation != "away":
            await asyncio.sleep(0.02)
