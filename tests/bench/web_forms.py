"""How many forms a second become cases: the page asked for and sent, each a new customer and case, over sockets."""

import asyncio
import re
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from app.domain.ids import new_id
from app.mail.acknowledging import acknowledgement
from app.services.web_front import WebForm, WebFront
from app.store.engine import open_engine
from app.store.session import Database
from app.store.web_forms import PostgresForms, PostgresWebStore
from app.web.form_page import LEAST_S, FormPage
from tests.helpers.mail_store import hub_database
from tests.helpers.organisation import Vallon
from tests.helpers.web import serving

AT_ONCE = 16
KEYS = {"form_requests_per_s": "requests of forms (half of them sent, each a case) answered a second; 200 or more"}


@asynccontextmanager
async def _form(vallon: Vallon) -> AsyncIterator[tuple[str, str]]:
    hub, sofia = hub_database(vallon, 8), Database(open_engine(vallon.access("sofia")))
    front = WebFront(PostgresWebStore(sofia))
    kind = next(one.id for one in await vallon.as_agent("camille").case_types() if one.enabled)
    await front.save_form(WebForm(new_id(), title_en="x", type_id=kind, team_id=vallon.teams["Contact centre"]))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = FormPage(PostgresForms(hub, acknowledgement), a_window=10**9)
    try:
        async with serving(page.routes(), port) as url:
            yield url, (await front.forms())[0].key
    finally:
        await sofia.close()
        await hub.close()


async def measure(vallon: Vallon, *, forms: int = 2_000) -> dict[str, float]:
    """`form_requests_per_s`: stamps are fetched first and grow old, then pages and forms come in turn."""
    async with _form(vallon) as (url, key), aiohttp.ClientSession(url) as client:
        stamps = [await _stamp(client, key) for _ in range(forms)]
        await asyncio.sleep(LEAST_S)
        queue = iter(enumerate(stamps))

        async def visitor() -> None:
            for number, stamp in queue:
                await _stamp(client, key)
                told = {"name": f"A B{number}", "email": f"a{number}@form.example", "subject": "x", "body": "y"}
                async with client.post(f"/f/{key}", data=told | {"stamp": stamp}) as answer:
                    await answer.read()
                    if answer.status != 200:
                        raise RuntimeError(f"a form was answered {answer.status}")

        began = time.monotonic()
        await asyncio.gather(*(visitor() for _ in range(AT_ONCE)))
        return {"form_requests_per_s": 2 * forms / (time.monotonic() - began)}


async def _stamp(client: aiohttp.ClientSession, key: str) -> str:
    async with client.get(f"/f/{key}") as answer:
        found = re.search('name="stamp" value="([^"]+)"', await answer.text())
    if found is None:
        raise RuntimeError("a form has no stamp")
    return found[1]
