"""How soon an SMS is on the desk: from the provider's web hook to the row in an agent's list."""

import asyncio
import time
from statistics import median

from app.chat.provider_double import ProviderDouble
from app.desk.case_list import CaseList
from app.desk.shell import Shell
from app.domain.views import View, ViewKind
from app.services.cases import Cases
from app.services.organisation import Administration
from app.store.desk import open_desk_store
from tests.bench.ground_store import p95
from tests.bench.mail_world import TEAM, ended
from tests.bench.web_world import WebWorld
from tests.chat.counter import SECRET, Texting

KEYS = {"sms_in_to_desk_ms_p95": "from the provider's call of the web hook to the row in an agent's list; 500 or less"}


async def measure(world: WebWorld, *, messages: int) -> dict[str, float]:
    """Each message is a new customer's, and a case."""
    provider = ProviderDouble(SECRET)
    await provider.open()
    texting = Texting(world.vallon, provider)
    texting.port = world.port
    await texting.add_line()
    took = []
    async with ended(await world.started_hub()):
        store = await open_desk_store(world.vallon.access("nadia"))
        cases = Cases(store.cases)
        shell = Shell().join(cases, Administration(store.organisation), store.feed, store.floor)
        listed = CaseList(cases, store.feed, lambda _: None)
        listed.choose(View(ViewKind.TEAM, world.vallon.teams[TEAM]))
        await listed.work.settle()
        for number in range(-1, messages):  # the first one opens the connections
            subject = f"Question {number} ?"
            began = time.monotonic()
            assert await texting.texts(subject, f"+3363977{number % 10_000:04}") == 200
            async with asyncio.timeout(30):
                while not any(row.subject == subject for row in listed.state.rows):
                    await asyncio.sleep(0.002)
            took += [1000 * (time.monotonic() - began)] if number >= 0 else []
        await listed.close()
        await shell.close()
        await store.close()
    await texting.close()
    await provider.close()
    print(f"    SMS to desk: median {median(took):.0f} ms", flush=True)
    return {"sms_in_to_desk_ms_p95": p95(took)}
