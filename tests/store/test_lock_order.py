"""Two transactions that want the same case: one waits for the other, and neither is given up (40P01)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.domain.cases import Level
from app.domain.ids import new_id
from app.domain.service_levels import LevelPolicy, Metric
from app.services.levels import Levels
from app.services.web_api import digest
from app.store.calendars import PostgresCalendars
from app.store.engine import connect, open_engine
from app.store.levels import set_clocks
from app.store.session import Database
from tests.chat.visitor import ChatWorld, Visitor, chat_hub
from tests.helpers.mail_store import hub_access, hub_database
from tests.helpers.organisation import Vallon

_WAITS = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY ($1) AND wait_event_type = 'Lock'"
_SAID = """
INSERT INTO follow_ups (id, case_id, channel, direction, public, body) VALUES ($1, $2, 'email', $3, true, 'Hello?')"""


@dataclass
class Locks:
    """Connections that hold what a test wants, and one that looks on."""

    vallon: Vallon
    looks: asyncpg.Connection
    made: list[asyncpg.Connection]

    async def connection(self, name: str = "") -> asyncpg.Connection:
        known = {"": self.vallon.admin, "hub": hub_access(self.vallon)}
        self.made.append(await connect(known.get(name) or self.vallon.access(name)))
        return self.made[-1]

    async def waits(self, *who: asyncpg.Connection, or_else: Callable[[], bool] = lambda: False) -> None:
        """Until each of them waits for a lock, or something else is true."""
        pids = [one.get_server_pid() for one in who]
        async with asyncio.timeout(15):
            while not or_else() and await self.looks.fetchval(_WAITS, pids) < len(pids):
                await asyncio.sleep(0.01)


@pytest.fixture
async def locks(vallon: Vallon) -> AsyncIterator[Locks]:
    found = Locks(vallon, await connect(vallon.admin), [])
    yield found
    for one in (found.looks, *found.made):
        await one.close()


async def promised(vallon: Vallon) -> UUID:
    """A case under a policy, answered once: what its customer says next starts a clock."""
    database = Database(open_engine(vallon.access("sofia")))
    targets = {Level.NORMAL: {metric: timedelta(hours=1) for metric in Metric}}
    await Levels(PostgresCalendars(database)).save_policy(LevelPolicy(new_id(), "Standard", targets=targets))
    await database.close()
    case = await vallon.case()
    nadia = await connect(vallon.access("nadia"))
    await nadia.execute(_SAID, new_id(), case, "out")
    await nadia.close()
    return case


async def test_what_is_filed_and_a_colleagues_change_take_the_case_first(locks: Locks) -> None:
    case, hub = await promised(locks.vallon), hub_database(locks.vallon)
    await set_clocks(hub)
    await hub.close()
    first, files, changes = [await locks.connection() for _ in range(3)]
    # Somebody holds the case's place in the queue of clocks, so that the other two meet in the middle.
    holding = first.transaction()
    await holding.start()
    await first.execute(
        "INSERT INTO level_queue (case_id, organisation_id) VALUES ($1, $2)", case, locks.vallon.organisation_id
    )
    filing = asyncio.create_task(files.execute(_SAID, new_id(), case, "in"))
    await locks.waits(files)
    changing = asyncio.create_task(changes.execute("UPDATE cases SET priority = 'high' WHERE id = $1", case))
    await locks.waits(changes)
    await holding.rollback()
    async with asyncio.timeout(15):
        assert (await filing, await changing) == ("INSERT 0 1", "UPDATE 1")


async def test_clocks_are_set_on_cases_that_nobody_changes_just_now(locks: Locks) -> None:
    case, hub = await promised(locks.vallon), hub_database(locks.vallon)
    changes = await locks.connection()
    changing = changes.transaction()
    await changing.start()
    await changes.execute("SELECT FROM cases WHERE id = $1 FOR UPDATE", case)
    (its,) = await hub.rows("SELECT pg_backend_pid() AS pid")
    clocks = asyncio.create_task(set_clocks(hub))
    async with asyncio.timeout(15):
        while not clocks.done() and not await locks.looks.fetchval(_WAITS, [its["pid"]]):
            await asyncio.sleep(0.01)
    async with asyncio.timeout(15):
        await changes.execute("UPDATE cases SET priority = 'high' WHERE id = $1", case)
    await changing.commit()
    assert await clocks == 0
    assert await locks.looks.fetchval("SELECT count(*) FROM level_queue") == 1
    assert await set_clocks(hub) == 1
    await hub.close()


@pytest.mark.parametrize("who", ["visitor", "agent"])
async def test_a_case_that_is_handed_over_while_its_chat_goes_on_waits_for_nobody_who_waits_for_it(
    locks: Locks, unused_tcp_port: int, who: str
) -> None:
    chatting = ChatWorld(locks.vallon, port=unused_tcp_port)
    await chatting.shape()
    await chatting.state("nadia")
    async with chat_hub(chatting) as world, Visitor(world.url, world.key) as page:
        await page.hello()
        await page.begin()
        chat = await world.accepted("nadia")
    says: dict[str, tuple[str, tuple[Any, ...]]] = {
        "visitor": ("SELECT chat_say($1, $2, 'Allô ?', '{}')", (digest(page.secret), new_id())),
        "agent": ("SELECT say_chat($1, $2, 'Allô ?')", (chat.id, new_id())),
    }
    hands, speaks = await locks.connection(), await locks.connection("hub" if who == "visitor" else "nadia")
    handing = hands.transaction()
    await handing.start()
    await hands.execute("SELECT FROM cases WHERE id = $1 FOR UPDATE", chat.case_id)
    sql, values = says[who]
    speaking = asyncio.create_task(speaks.fetchval(sql, *values))
    await locks.waits(speaks)
    async with asyncio.timeout(15):
        await hands.execute(
            "UPDATE cases SET team_id = $2 WHERE id = $1", chat.case_id, chatting.vallon.teams["Sales Dijon"]
        )
        await handing.commit()
        # What he says is said, or refused since the chat is no longer hers: never given up.
        await asyncio.wait({speaking})
    assert not isinstance(speaking.exception(), asyncpg.DeadlockDetectedError)
    (now,) = await chatting.rows("SELECT state, team_id FROM chats")
    assert (now["state"], now["team_id"]) == ("waiting", chatting.vallon.teams["Sales Dijon"])
    words = await chatting.rows("SELECT 1 FROM follow_ups WHERE body = 'Allô ?'")
    assert len(words) == (1 if who == "visitor" else 0)
    await chatting.close()
