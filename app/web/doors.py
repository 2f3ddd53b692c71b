"""Connections before anything is asked on them: so many of one address, so many in all, and seats of a kind."""

import contextlib
from collections import Counter
from collections.abc import Container, Iterator
from typing import Any, Protocol

from aiohttp import web

A_SENDER, IN_ALL = 128, 8_000
FILES_WANTED = 16_384


class _Transport(Protocol):
    def get_extra_info(self, name: str, default: Any = None) -> Any: ...
    def abort(self) -> None: ...


class Doors:
    """Counts what is connected; who has too many open is hung up on at once, and nobody else notices."""

    def __init__(self, a_sender: int = A_SENDER, in_all: int = IN_ALL, free: Container[str] = ()) -> None:
        """From `free` everybody comes (proxies): there the pages count each by what the proxy says."""
        self._a_sender, self._in_all, self._free = a_sender, in_all, free
        self._open: Counter[str] = Counter()
        self._of: dict[int, str] = {}
        self._shut = False

    def shut(self) -> None:
        """Hang up on whoever comes from now on: accepted in the server's last moment, nobody would ever close it."""
        self._shut = True

    def guard(self, server: web.Server) -> None:
        """Stand before a server; it is told of each connection as before."""
        made, lost = server.connection_made, server.connection_lost

        def connection_made(handler: Any, transport: Any) -> None:
            made(handler, transport)
            self._enter(id(handler), transport)

        def connection_lost(handler: Any, exc: BaseException | None = None) -> None:
            lost(handler, exc)
            self._leave(id(handler))

        server.connection_made = connection_made  # type: ignore[method-assign]
        server.connection_lost = connection_lost  # type: ignore[method-assign]

    def _enter(self, name: int, transport: _Transport) -> None:
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if isinstance(peer, tuple) and peer else ""
        self._of[name] = address
        self._open[address] += 1
        many = self._open[address] > self._a_sender and address not in self._free
        if self._shut or many or len(self._of) > self._in_all:
            transport.abort()

    def _leave(self, name: int) -> None:
        address = self._of.pop(name, None)
        if address is not None:
            self._open[address] -= 1
            if self._open[address] <= 0:
                del self._open[address]


class Seats:
    """So many at once by name, so many in all; a seat is given back when its work is over."""

    def __init__(self, each: int, in_all: int) -> None:
        self._each, self._in_all = each, in_all
        self._taken: Counter[str] = Counter()

    @contextlib.contextmanager
    def take(self, name: str) -> Iterator[None]:
        """Sit down; HTTPTooManyRequests for one who has too many, HTTPServiceUnavailable when all are taken."""
        if self._taken[name] >= self._each:
            raise web.HTTPTooManyRequests(headers={"Retry-After": "30"})
        if self._taken.total() >= self._in_all:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "30"})
        self._taken[name] += 1
        try:
            yield
        finally:
            self._taken[name] -= 1
            if self._taken[name] <= 0:
                del self._taken[name]


def want_files(wanted: int = FILES_WANTED) -> None:
    """Let this process have as many connections as the system allows: the usual thousand files are few for a hub."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
