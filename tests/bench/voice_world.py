"""The world that the phone is measured in: the ground's large organisation with a real hub and a real switch."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

import asterisk_engine
from app.bootstrap.profile import service_secrets
from app.domain.agents import AgentState
from app.domain.phone import RegistrationState
from app.phone.client import PhoneProcess
from app.store.calls import PostgresCalls
from app.switch.ari import Ari
from app.switch.asterisk_switch import endpoint_of
from tests.bench import ground_world
from tests.bench.ground_world import PROFILE, agent_name
from tests.bench.sip import Telephones
from tests.helpers.organisation import Store, Vallon
from tests.voice.machine import Machine
from tests.voice.parties import QUIET, Desk, until

NUMBER = "+33199000000"
"""Of the first team: agents 0, 20 and 40."""
PEOPLE = tuple(agent_name(number) for number in range(ground_world.AGENTS))
TELEPHONE = replace(QUIET, codecs=("PCMU",))


@dataclass
class VoiceWorld:
    """Everything that runs; agents sit at telephones of the benchmark or at real phones."""

    machine: Machine
    vallon: Vallon
    pool: asyncpg.Pool
    telephones: Telephones
    ari: Ari
    folder: Path

    async def execute(self, sql: str, *parameters: object) -> None:
        await self.pool.execute(sql, *parameters)

    async def value(self, sql: str, *parameters: object) -> Any:
        return await self.pool.fetchval(sql, *parameters)

    async def rows(self, sql: str, *parameters: object) -> list[Any]:
        found: list[Any] = await self.pool.fetch(sql, *parameters)
        return found

    async def sit_down(self, *names: str) -> None:
        """These agents sit at telephones of ours, available."""
        for name in names:
            password = await self.value(
                "SELECT password FROM sip_credentials WHERE agent_id = $1", self.vallon.agents[name]
            )
            await self.telephones.register(endpoint_of(self.vallon.agents[name]), password)
        await self.become(AgentState.AVAILABLE, *names)

    async def become(self, state: AgentState, *names: str) -> None:
        """Set agents' states; what is left of the calls before may set them once more, so it is looked at again."""
        ids = [self.vallon.agents[name] for name in names]
        left = len(ids)
        while left:
            await self.execute(
                "UPDATE agent_states SET state = $2, reason = '', since_at = now() "
                "WHERE agent_id = ANY ($1) AND state <> $2",
                ids,
                state.value,
            )
            await asyncio.sleep(0.1)
            left = await self.value(
                "SELECT count(*) FROM agent_states WHERE agent_id = ANY ($1) AND state <> $2", ids, state.value
            )

    async def all_calls_ended(self) -> None:
        """Every call is over, in the book too."""
        async with asyncio.timeout(60):
            while await self.value("SELECT count(*) FROM calls WHERE phase <> 'ended'"):
                await asyncio.sleep(0.01)

    def calls_of(self, name: str) -> PostgresCalls:
        """What a desk of this agent asks for, under her own role."""
        store = self.vallon.as_agent(name)
        return PostgresCalls(store._database, store)

    def store_of(self, name: str) -> Store:
        return self.vallon.as_agent(name)

    @asynccontextmanager
    async def real_phone(self, name: str) -> AsyncIterator[Desk]:
        """An agent at a real phone process, available."""
        phone = PhoneProcess(self.folder / name, idle_s=20)
        desk = Desk(name, phone)
        await phone.attach()
        try:
            credentials = await self.calls_of(name).my_sip_credentials()
            assert credentials is not None
            await phone.set_options(TELEPHONE)
            await phone.register(credentials)
            await until(lambda: phone.snapshot.registration.state is RegistrationState.REGISTERED, "the registration")
            await self.become(AgentState.AVAILABLE, name)
            yield desk
        finally:
            await phone.shut_down()
            await self.become(AgentState.OFFLINE, name)


@asynccontextmanager
async def voice_world(*, small: bool) -> AsyncIterator[VoiceWorld]:
    """Start everything over a fresh copy of the ground's data; it ends with the block."""
    prefix = asterisk_engine.ensure(lambda sentence: print(f"  {sentence}", flush=True))
    async with AsyncExitStack() as stack:
        ground = await stack.enter_async_context(ground_world.world(small=small))
        service_secrets(PROFILE).put("hub", ground.password)
        pool = await asyncpg.create_pool(
            host=ground.admin.host, port=ground.admin.port, user=ground.admin.user, password=ground.admin.password,
            database=ground.admin.database, min_size=1, max_size=6, server_settings={"search_path": "guichet"},
        )  # fmt: skip
        stack.push_async_callback(pool.close)
        vallon = await _people(pool, ground)
        # Loaded in one day, two hundred thousand solved cases want closing at once: hours of no year but the first.
        await pool.execute("UPDATE automations SET active = false WHERE trigger = 'hourly'")
        stack.push_async_callback(vallon.close)
        machine = Machine(Path(os.environ["GUICHET_HOME"]), prefix, PROFILE, vallon)
        (machine.paths.log / "hub.log").unlink(missing_ok=True)
        stack.push_async_callback(asyncio.to_thread, machine.stop_serving)
        await asyncio.to_thread(machine.start)
        await until(lambda: machine.served() and machine.switch.is_alive, "the hub", 60)
        address = await machine.switch.start()
        telephones, ari = Telephones(address.sip_port), Ari(address.ari)
        stack.push_async_callback(ari.close)
        await telephones.open()
        stack.push_async_callback(telephones.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guichet-bench-")))
        yield VoiceWorld(machine, vallon, pool, telephones, ari, folder)


async def _people(pool: asyncpg.Pool, ground: ground_world.World) -> Vallon:
    organisation: UUID = await pool.fetchval("SELECT id FROM organisations")
    agents = {row["role_name"]: row["id"] for row in await pool.fetch("SELECT role_name, id FROM agents")}
    teams = {row["name"]: row["id"] for row in await pool.fetch("SELECT name, id FROM teams")}
    await pool.execute("UPDATE agent_states SET state = 'offline', reason = ''")
    # No wrap-up, or the few agents would spend the run in it.
    await pool.execute(
        "INSERT INTO team_voice (team_id, organisation_id, wrap_up, wrap_up_s) SELECT id, organisation_id, 'none', 0 "
        "FROM teams ON CONFLICT (team_id) DO UPDATE SET wrap_up = 'none', wrap_up_s = 0"
    )
    return Vallon(ground.admin, organisation, agents, teams, password=ground.password)
