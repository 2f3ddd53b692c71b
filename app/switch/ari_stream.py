"""ARI's event stream: a WebSocket that is kept open, and says when it broke and when it is back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import TYPE_CHECKING, Final

import aiohttp

from app.switch.ari_events import AriConnected, AriLost, read_event
from app.switch.ari_http import login

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from app.switch.ari_events import SwitchEvent
    from app.switch.configuration import AriAddress

log = logging.getLogger(__name__)

_HEARTBEAT_S: Final = 5.0
_OPEN_S: Final = 5.0
_SOURCES: Final = "channel:,bridge:,endpoint:"
_RETRY_S: Final = (0.1, 0.2, 0.5, 1.0, 2.0)


async def switch_events(
    address: AriAddress, application: str = "guichet", sources: str = _SOURCES
) -> AsyncGenerator[SwitchEvent, None]:
    """Every event of `sources` (legs, bridges and endpoints), for ever; closing the iterator gives the application up.

    `AriConnected` comes first and after each break, `AriLost` at each break.
    """
    again = False
    failures = 0
    async with aiohttp.ClientSession(headers=login(address)) as http:
        while True:
            try:
                async with await _open(http, address, application, sources) as stream:
                    yield AriConnected(again)
                    again, failures = True, 0
                    async with contextlib.aclosing(_messages(stream)) as messages:
                        async for event in messages:
                            yield event
                reason = f"the stream was closed ({stream.close_code})"
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                reason = str(error) or type(error).__name__
            if failures == 0:
                log.warning("lost Asterisk's event stream: %s", reason)
                yield AriLost(reason)
            await asyncio.sleep(_RETRY_S[min(failures, len(_RETRY_S) - 1)])
            failures += 1


async def _open(
    http: aiohttp.ClientSession, address: AriAddress, application: str, sources: str
) -> aiohttp.ClientWebSocketResponse:
    """Open the stream and subscribe to what we act on.

    WORKAROUND for https://github.com/asterisk/asterisk/issues/2170: an application that is subscribed to device
    states, as it is with `subscribeAll`, deadlocks Asterisk's ARI when its WebSocket closes at a bad moment.
    """
    async with asyncio.timeout(_OPEN_S):
        stream = await http.ws_connect(
            f"{address.url}/events", params={"app": application}, heartbeat=_HEARTBEAT_S, max_msg_size=0
        )
        try:
            async with http.post(
                f"{address.url}/applications/{application}/subscription", params={"eventSource": sources}
            ) as subscribed:
                subscribed.raise_for_status()
        except BaseException:
            await stream.close()
            raise
    return stream


async def _messages(stream: aiohttp.ClientWebSocketResponse) -> AsyncGenerator[SwitchEvent, None]:
    async for message in stream:
        if message.type is not aiohttp.WSMsgType.TEXT:
            log.warning("unexpected message on Asterisk's event stream: %s", message.type)
            continue
        try:
            yield read_event(json.loads(message.data))
        except (KeyError, ValueError, TypeError):
            # One event we cannot read must not stop the others: a call may depend on them.
            log.exception("unreadable event of Asterisk: %.500s", message.data)
