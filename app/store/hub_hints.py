"""What wakes the hub: channels of PostgreSQL's own, followed over lost connections."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Final

import asyncpg

from app.store.engine import Access, connect

log = logging.getLogger(__name__)

CHATS, TEXTS = "guichet_chat", "guichet_sms"
HUB_CHANNEL = "guichet_hub"
"""Commands and choices of agents; what changes in an organisation is told on its own channel."""
ORGANISATION = "organisation"
"""A word of the hub's channel: there is a new one, whose channel is to be heard too."""
ALIVE_S, AGAIN_S = 10, 0.5
AGAIN, FLOOR = ("again", ""), ("floor", "")
"""Connected anew: anything may have been said meanwhile."""
_CONNECTED: Final = ""
_LOST: Final = "\0"  # no payload: PostgreSQL has no text with this letter
_AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)

Tell = Callable[[object, int, str, str], None]


async def hints(access: Access, channel: str, application: str) -> AsyncIterator[tuple[str, str]]:
    """Pairs of word and the rest for ever; AGAIN after each (re)connection."""

    async def listen(connection: asyncpg.Connection, tell: Tell) -> None:
        await connection.add_listener(channel, tell)

    async with aclosing(_payloads(access, application, listen)) as payloads:
        async for payload in payloads:
            word, _, rest = payload.partition(" ")
            yield (word, rest) if word else AGAIN


async def hub_hints(access: Access, application: str = "guichet hub feed") -> AsyncIterator[tuple[str, str]]:
    """Pairs of word and id, of agents' commands and any change of any organisation; FLOOR after each (re)connection."""
    async with aclosing(_payloads(access, application, _listen_to_all)) as payloads:
        async for payload in payloads:
            if payload in {_CONNECTED, ORGANISATION}:
                yield FLOOR
            for line in payload.splitlines():
                word, _, rest = line.partition(" ")
                yield word, rest.partition(" ")[0]


async def _listen_to_all(connection: asyncpg.Connection, tell: Tell) -> None:
    """The hub's channel and every organisation's; what is heard already stays so."""
    await connection.add_listener(HUB_CHANNEL, tell)
    # Listening first, reading after: an organisation that is made between the two is told.
    for row in await connection.fetch("SELECT id FROM organisations"):
        await connection.add_listener(f"guichet_{row['id'].hex}", tell)


async def _payloads(
    access: Access, application: str, listen: Callable[[asyncpg.Connection, Tell], Awaitable[None]]
) -> AsyncGenerator[str, None]:
    """Whatever is told on the channels that `listen` hears; `_CONNECTED` after each (re)connection."""
    while True:
        heard: asyncio.Queue[str] = asyncio.Queue()
        try:
            connection = await connect(access, application=application)
        except _AWAY as error:
            log.info("%s: not connected (%s)", application, type(error).__name__)
            await asyncio.sleep(AGAIN_S)
            continue
        connection.add_termination_listener(lambda _, heard=heard: heard.put_nowait(_LOST))

        def tell(
            _connection: object, _pid: int, _channel: str, payload: str, heard: asyncio.Queue[str] = heard
        ) -> None:
            heard.put_nowait(payload)

        try:
            await listen(connection, tell)
            payload = _CONNECTED
            while payload != _LOST:
                yield payload
                payload = await _next(heard, connection)
                if payload == ORGANISATION:
                    await listen(connection, tell)
            log.info("%s: the server closed the connection", application)
        except (*_AWAY, TimeoutError) as error:
            log.info("%s: connection lost (%s)", application, type(error).__name__)
        finally:
            connection.terminate()


async def _next(heard: asyncio.Queue[str], connection: asyncpg.Connection) -> str:
    """The next payload; while nothing is told, whether the connection still lives."""
    while True:
        try:
            # Not wait_for: in Python 3.11 it forgets that it was cancelled when something comes that moment.
            async with asyncio.timeout(ALIVE_S):
                return await heard.get()
        except TimeoutError:
            await connection.fetchval("SELECT 1", timeout=5)
