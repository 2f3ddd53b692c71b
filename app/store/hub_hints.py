"""What wakes the hub: a channel of PostgreSQL's own for each room, followed over lost connections."""

import asyncio
import logging
from collections.abc import AsyncIterator

import asyncpg

from app.store.engine import Access, connect

log = logging.getLogger(__name__)

CHATS, TEXTS = "guichet_chat", "guichet_sms"
ALIVE_S, AGAIN_S = 10, 0.5
AGAIN = ("again", "")
"""Connected anew: anything may have been said meanwhile."""


async def hints(access: Access, channel: str, application: str) -> AsyncIterator[tuple[str, str]]:
    """Pairs of word and id for ever; AGAIN after each (re)connection."""
    while True:
        heard: asyncio.Queue[str] = asyncio.Queue()
        try:
            connection = await connect(access, application=application)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.info("%s: not connected (%s)", channel, type(error).__name__)
            await asyncio.sleep(AGAIN_S)
            continue
        connection.add_termination_listener(lambda _, heard=heard: heard.put_nowait(""))
        try:
            await connection.add_listener(channel, lambda _c, _p, _ch, told, heard=heard: heard.put_nowait(told))
            yield AGAIN
            while True:
                try:
                    async with asyncio.timeout(ALIVE_S):
                        told = await heard.get()
                except TimeoutError:
                    await connection.fetchval("SELECT 1", timeout=5)
                    continue
                if not told:
                    raise ConnectionResetError("the server closed the feed")
                word, _, rest = told.partition(" ")
                yield word, rest
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            log.info("%s: connection lost (%s)", channel, type(error).__name__)
        finally:
            connection.terminate()
