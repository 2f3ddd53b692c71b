"""The web front: forms a second, how soon an SMS is seen, how quickly a broadcast leaves and once, and chats."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.bench import web_broadcasts, web_chat, web_forms, web_sms
from tests.bench.web_world import web_world

KEYS: Mapping[str, str] = MappingProxyType({**web_forms.KEYS, **web_sms.KEYS, **web_broadcasts.KEYS, **web_chat.KEYS})


async def run(small: bool) -> dict[str, float]:
    """Measure everything; `small` takes a tenth of the messages."""
    async with web_world() as world:
        found = await web_forms.measure(world, forms=200 if small else 2_000)
        found |= await web_sms.measure(world, messages=10 if small else 100)
        found |= await web_broadcasts.measure(world, messages=200 if small else 2_000, kills=2 if small else 10)
        found |= await web_chat.measure(world.vallon, chats=100 if small else 1_000, samples=20 if small else 120)
    return found
