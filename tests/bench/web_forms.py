"""How many forms a second become cases: the page asked for and sent, each a new customer and case, over sockets."""

import asyncio
import itertools
import re
import time

import aiohttp

from app.domain.ids import new_id
from app.services.web_front import WebForm, WebFront
from app.store.engine import open_engine
from app.store.session import Database
from app.store.web_forms import PostgresWebStore
from app.web.form_page import LEAST_S
from tests.bench.mail_world import ended
from tests.bench.web_world import WebWorld

AT_ONCE = 16
KEYS = {"form_requests_per_s": "requests of forms (half of them sent, each a case) answered a second; 200 or more"}
_STAMP = re.compile('name="stamp" value="([^"]+)"')


async def measure(world: WebWorld, *, forms: int) -> dict[str, float]:
    """`form_requests_per_s`: stamps are fetched first and grow old, then pages and forms come in turn."""
    key = await _form(world)
    async with ended(await world.started_hub()), aiohttp.ClientSession(world.url) as client:
        addresses = (f"198.18.{n >> 8 & 255}.{n & 255}" for n in itertools.count())
        stamps = [await _stamp(client, key, next(addresses)) for _ in range(forms)]
        await asyncio.sleep(LEAST_S)
        queue = iter(enumerate(stamps))

        async def visitor() -> None:
            for number, stamp in queue:
                address = next(addresses)
                await _stamp(client, key, address)
                told = {"name": f"A B{number}", "email": f"a{number}@form.example", "subject": "x", "body": "y"}
                headers = {"X-Forwarded-For": address}
                async with client.post(f"/f/{key}", data=told | {"stamp": stamp}, headers=headers) as answer:
                    await answer.read()
                    if answer.status != 200:
                        raise RuntimeError(f"a form was answered {answer.status}")

        began = time.monotonic()
        await asyncio.gather(*(visitor() for _ in range(AT_ONCE)))
        took = time.monotonic() - began
    assert await world.count("cases WHERE channel = 'web'") == forms
    return {"form_requests_per_s": 2 * forms / took}


async def _form(world: WebWorld) -> str:
    """A form of the contact centre; its key."""
    vallon = world.vallon
    sofia = Database(open_engine(vallon.access("sofia")))
    try:
        front = WebFront(PostgresWebStore(sofia))
        kind = next(one.id for one in await vallon.as_agent("camille").case_types() if one.enabled)
        await front.save_form(WebForm(new_id(), title_en="x", type_id=kind, team_id=vallon.teams["Contact centre"]))
        return (await front.forms())[0].key
    finally:
        await sofia.close()


async def _stamp(client: aiohttp.ClientSession, key: str, address: str) -> str:
    async with client.get(f"/f/{key}", headers={"X-Forwarded-For": address}) as answer:
        found = _STAMP.search(await answer.text())
    if found is None:
        raise RuntimeError("a form has no stamp")
    return found[1]
