"""The hub's small web server: loopback unless somebody says otherwise, nothing on it but what is named here."""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Iterable

from aiohttp import web
from aiohttp.typedefs import Handler

from app.domain.refusals import Refusal, Refused
from app.web.doors import A_SENDER, Doors, want_files
from app.web.html import away_page
from app.web.proxies import Proxies

log = logging.getLogger(__name__)

MOST_BODY = 16 * 1024
AGAIN_S = 30
IDLE_S = 60
"""A connection on which nothing was asked for so long is closed, one that has not asked its first question as well."""
NO_PROXIES = Proxies()
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


async def serve(
    routes: Iterable[web.AbstractRouteDef],
    host: str,
    port: int,
    tls: ssl.SSLContext | None = None,
    *,
    proxies: Proxies = NO_PROXIES,
    a_sender: int = A_SENDER,
) -> None:
    """Serve until cancelled; a port that somebody else has is tried again."""
    want_files()
    application = web.Application(client_max_size=MOST_BODY, middlewares=[proxies.believing(), _while_away])
    application.on_response_prepare.append(_harden)
    application.add_routes(routes)
    runner = web.AppRunner(
        application, access_log=None, handle_signals=False, shutdown_timeout=2, keepalive_timeout=IDLE_S
    )
    await runner.setup()
    doors = Doors(a_sender, free=proxies)
    if runner.server is not None:
        doors.guard(runner.server)
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
        doors.shut()
        await _accept_no_more(runner)
        await runner.cleanup()


async def _accept_no_more(runner: web.AppRunner) -> None:
    """WORKAROUND for https://github.com/python/cpython/issues/109564: a connection that is accepted, and not yet the
    server's, when it closes is nobody's. So nobody is let in any more, and those on the threshold come in first."""
    loop = asyncio.get_running_loop()
    for site in runner.sites:
        for listening in getattr(getattr(site, "_server", None), "sockets", ()):
            with contextlib.suppress(NotImplementedError):  # Windows accepts otherwise
                loop.remove_reader(listening.fileno())
    for _ in range(3):  # accepted, made, told to the handler
        await asyncio.sleep(0)


@web.middleware
async def _while_away(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What no page says itself while the database is away: come again, in the visitor's language."""
    try:
        return await handler(request)
    except Refused as refused:
        if refused.reason is not Refusal.SERVER_AWAY:
            raise
        return away_page(request)


async def _harden(_: web.Request, response: web.StreamResponse) -> None:
    """What holds for everything that is served, unless a page says otherwise."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.pop("Server", None)
