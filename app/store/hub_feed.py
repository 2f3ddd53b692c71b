"""What wakes the hub: commands and choices of agents, and any change of an organisation's floor."""

import asyncio
import logging
from collections.abc import AsyncIterator

import asyncpg

from app.store.engine import Access, connect

log = logging.getLogger(__name__)

HUB_CHANNEL = "guichet_hub"
ALIVE_S = 10
LOST = "lost"


async def hub_hints(access: Access) -> AsyncIterator[tuple[str, str]]:
    """Pairs of word and id for ever; ("floor", "") after each (re)connection, since anything may have changed."""
    while True:
        heard: asyncio.Queue[str] = asyncio.Queue()
        try:
            connection = await _listen(access, heard)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.info("hub feed: not connected (%s)", type(error).__name__)
            await asyncio.sleep(0.5)
            continue
        try:
            yield "floor", ""
            while True:
                try:
                    # Not wait_for: in Python 3.11 it forgets that it was cancelled when something comes that moment.
                    async with asyncio.timeout(ALIVE_S):
                        lines = await heard.get()
                except TimeoutError:
                    await connection.fetchval("SELECT 1", timeout=5)
                    continue
                for line in lines.splitlines():
                    word, _, rest = line.partition(" ")
                    if word:
                        yield word, rest.partition(" ")[0]
                if lines == LOST:
                    raise ConnectionResetError("the server closed the feed")
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            log.info("hub feed: connection lost (%s)", type(error).__name__)
        finally:
            connection.terminate()


async def _listen(access: Access, heard: asyncio.Queue[str]) -> asyncpg.Connection:
    connection = await connect(access, application="guichet hub feed")
    connection.add_termination_listener(lambda _: heard.put_nowait(LOST))
    organisations = await connection.fetch("SELECT id FROM organisations")
    for channel in (HUB_CHANNEL, *(f"guichet_{row['id'].hex}" for row in organisations)):
        await connection.add_listener(channel, lambda _c, _p, _ch, payload: heard.put_nowait(payload))
    return connection
