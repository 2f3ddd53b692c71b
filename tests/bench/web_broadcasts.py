"""How many messages of a broadcast are handed over a second, and that a killed hub sends nobody the same twice."""

import asyncio
import random
import time
from collections import Counter

from app.chat.provider_double import ProviderDouble
from app.domain.broadcasts import Broadcast
from app.domain.conditions import Compare, How
from app.domain.ids import new_id
from app.services.messages import Messages
from app.store.engine import connect
from app.store.messages import PostgresMessages
from tests.bench.mail_world import TEAM, ended
from tests.bench.web_world import WebWorld
from tests.chat.counter import SECRET, Texting

KEYS = {
    "broadcast_messages_per_s": "messages of a broadcast that a provider took a second; 100 or more",
    "broadcast_kills": "kill -9 of the hub in the middle of another broadcast; 5 or more",
    "broadcast_duplicates": "numbers that were sent one broadcast twice meanwhile; 0",
    "broadcast_lost": "numbers that were neither sent it nor stand as unknown, waiting or failed; 0",
}
_PEOPLE = """
INSERT INTO customers (id, organisation_id, last_name, organisation, language, phones)
SELECT gen_random_uuid(), $1, 'P' || n, $2, 'fr',
  jsonb_build_array(jsonb_build_object('e164', '+336' || ($3 + n), 'typed', '', 'label', ''))
FROM generate_series(1, $4) n"""
_UNKNOWN = "SELECT recipient FROM deliveries WHERE state IN ('sending', 'unconfirmed', 'permanent')"
_RUNNING = """
SELECT (SELECT count(*) FROM broadcasts WHERE state = 'sending')
  + (SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'temporary')) AS n"""


async def measure(world: WebWorld, *, messages: int, kills: int) -> dict[str, float]:
    """One broadcast for the pace, another one under kills."""
    provider = ProviderDouble(SECRET)
    await provider.open()
    texting = Texting(world.vallon, provider)
    texting.port = world.port
    if not await world.count("sms_lines"):
        await texting.add_line()
    await world.database.write(f"UPDATE sms_lines SET url = '{provider.counter.url}', hooks_at = '{world.url}'")
    found = await _pace(world, texting, messages)
    found |= await _kills(world, texting, messages, kills)
    await texting.close()
    await provider.close()
    return found


async def _pace(world: WebWorld, texting: Texting, messages: int) -> dict[str, float]:
    async with ended(await world.started_hub()):
        await _begin(world, texting, "Pace", 10_000_000, messages)
        sent = texting.provider.sent
        async with asyncio.timeout(300):
            while not sent:
                await asyncio.sleep(0.002)
            began = time.monotonic()
            while len(sent) < messages:
                await asyncio.sleep(0.005)
        return {"broadcast_messages_per_s": (messages - 1) / (time.monotonic() - began)}


async def _kills(world: WebWorld, texting: Texting, messages: int, kills: int) -> dict[str, float]:
    provider, chance, done = texting.provider, random.Random(5), 0
    provider.sent.clear()
    await _begin(world, texting, "Kills", 20_000_000, messages)
    while done < kills:
        hub = await world.started_hub()
        # Of what is left: a killed hub leaves some of which nobody knows, they are not sent again.
        goal = len(provider.sent) + (messages - len(provider.sent)) // (kills - done + 1)
        async with asyncio.timeout(120):
            while len(provider.sent) < goal:
                await asyncio.sleep(0.001)
        await asyncio.sleep(chance.uniform(0, 0.1))
        hub.kill()
        await hub.wait()
        done += 1
    async with ended(await world.started_hub()), asyncio.timeout(300):
        while (await world.database.one(_RUNNING))["n"]:
            await asyncio.sleep(0.05)
    times = Counter(one.to for one in provider.sent)
    unknown = {row["recipient"] for row in await world.database.rows(_UNKNOWN)}
    wanted = {f"+336{20_000_000 + n}" for n in range(1, messages + 1)}
    print(
        f"    {len(times)} of {messages} numbers reached, {done} kills, {len(unknown - set(times))} unknown", flush=True
    )
    return {
        "broadcast_kills": float(done),
        "broadcast_duplicates": float(sum(count - 1 for count in times.values())),
        "broadcast_lost": float(len(wanted - set(times) - unknown)),
    }


async def _begin(world: WebWorld, texting: Texting, name: str, numbers_from: int, count: int) -> None:
    """So many customers of a house of that name, and a broadcast to them that a lead has sent."""
    owner = await connect(world.vallon.admin)
    await owner.execute("SET ROLE guichet_owner")
    await owner.execute(_PEOPLE, world.vallon.organisation_id, name, numbers_from, count)
    await owner.close()
    camille = Messages(PostgresMessages(texting.as_agent("camille")))
    condition = Compare("customer.organisation", How.IS, (name,))
    one = Broadcast(new_id(), world.vallon.teams[TEAM], name, condition, "Venez au salon.", per_minute=60_000)
    await camille.save_broadcast(one)
    await camille.approve(next(seen for seen in await camille.broadcasts() if seen.id == one.id))
