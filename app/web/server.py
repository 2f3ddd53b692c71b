"""The hub's small web server: loopback unless somebody says otherwise, nothing on it but what is named here."""

import asyncio
import logging
import ssl
from collections.abc import Iterable

from aiohttp import web

log = logging.getLogger(__name__)

MOST_BODY = 16 * 1024
AGAIN_S = 30


async def serve(
    routes: Iterable[web.AbstractRouteDef], host: str, port: int, tls: ssl.SSLContext | None = None
) -> None:
    """Serve until cancelled; a port that somebody else has is tried again."""
    application = web.Application(client_max_size=MOST_BODY)
    application.add_routes(routes)
    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=2)
    await runner.setup()
    try:
        while True:
            try:
                await web.TCPSite(runner, host, port, ssl_context=tls).start()
                break
            except OSError as error:
                log.warning("the hub's pages cannot be served on %s:%s: %s", host, port, error.strerror)
                await asyncio.sleep(AGAIN_S)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
