"""The whole voice chain on real parts: PostgreSQL, Asterisk, the telephony worker, agents' phones, a customer."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from app.bootstrap.telephony import make_telephony, private_switch
from app.domain.agents import AgentState
from app.domain.calls import Phase
from app.domain.phone import PhoneOptions, RegistrationState
from app.phone.client import PhoneProcess
from app.phone.keeper import PhoneKeeper
from app.services.calls import CallView
from app.store.calls import PostgresCalls
from app.store.database import HUB_ROLE
from app.store.engine import connect, open_engine
from app.store.session import Database
from app.switch.instance import AsteriskInstance, SwitchAddress
from tests.helpers.organisation import PASSWORD, Store, Vallon
from tests.voice.parties import Desk, until

QUIET = PhoneOptions(ring=False)


@dataclass
class AgentDesk:
    """One agent: her phone, and the store under her own role."""

    desk: Desk
    store: Store
    calls: PostgresCalls
    keeper: PhoneKeeper

    async def answers(self) -> None:
        call = await self.desk.rings()
        await self.desk.phone.answer(call.key)
        await self.desk.talks()

    async def card(self) -> CallView:
        """The call that concerns her now."""
        found = await self.calls.my_live_calls()
        assert found, "no card"
        return found[0]

    async def sees(self, call_id: UUID, phase: Phase, agent: UUID | None = None, within_s: float = 8) -> CallView:
        """The call in a phase (and with an agent), waited for."""
        deadline = asyncio.get_running_loop().time() + within_s
        while True:
            view = await self.calls.call(call_id)
            if view.phase is phase and (agent is None or view.agent_id == agent):
                return view
            assert asyncio.get_running_loop().time() < deadline, f"still {view.phase}, {view.step}: {view.trace}"
            await asyncio.sleep(0.02)


@dataclass
class World:
    """Everything that runs, and who is there."""

    vallon: Vallon
    switch: SwitchAddress
    folder: Path
    stack: contextlib.AsyncExitStack
    agents: dict[str, AgentDesk] = field(default_factory=dict)

    async def arrives(self, name: str, phone_folder: Path | None = None) -> AgentDesk:
        """An agent signs in, her phone registers, she is available."""
        store = self.vallon.as_agent(name)
        calls = PostgresCalls(store._database, store)
        credentials = await calls.my_sip_credentials()
        assert credentials is not None
        phone = PhoneProcess(phone_folder or self.folder / name, idle_s=20)
        await phone.attach()
        self.stack.push_async_callback(phone.shut_down)
        keeper = PhoneKeeper(phone)
        self.stack.push_async_callback(keeper.stop)
        await phone.set_options(QUIET)
        await phone.register(credentials)
        await until(lambda: phone.snapshot.registration.state is RegistrationState.REGISTERED, f"{name}'s registration")
        await store.set_my_state(AgentState.AVAILABLE, "")
        made = self.agents[name] = AgentDesk(Desk(name, phone), store, calls, keeper)
        return made


@contextlib.asynccontextmanager
async def open_world(vallon: Vallon, instance: AsteriskInstance, folder: Path) -> AsyncIterator[World]:
    """The hub serves this organisation on this switch until the block ends."""
    address = await instance.start()
    access = replace(vallon.admin, user=HUB_ROLE, password=PASSWORD)
    database = Database(open_engine(access, connections=6))
    telephony = make_telephony(database, access, private_switch(instance, address), folder / "turns.jsonl")
    serving = asyncio.create_task(telephony.run())
    async with contextlib.AsyncExitStack() as stack:
        try:
            await _provisioned(vallon)
            yield World(vallon, address, folder, stack)
            await stack.aclose()
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            await telephony.switch.close()
            await database.close()


async def _provisioned(vallon: Vallon) -> None:
    """Everybody's phone may register."""
    connection = await connect(vallon.admin)
    try:
        async with asyncio.timeout(20):
            while await connection.fetchval("SELECT count(*) FROM guichet.sip_credentials") < len(vallon.agents):
                await asyncio.sleep(0.02)
    finally:
        await connection.close()
