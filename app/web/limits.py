"""What a stranger may take: so many requests a minute, bodies of a size, and no longer than a time."""

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import parse_qsl

from aiohttp import web

MOST_NAMES = 20_000
BODY_WITHIN_S = 15.0
MOST_FIELDS = 300


class Rate:
    """So many a window by name (an address, a token); the names heard of longest ago are forgotten first."""

    def __init__(self, most: int, window_s: float = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._window, self._clock = most, window_s, clock
        self._heard: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def take(self, name: str) -> None:
        """Count one; HTTPTooManyRequests says after how many seconds the next may come."""
        now = self._clock()
        since, count = self._heard.pop(name, (now, 0))
        if now - since >= self._window:
            since, count = now, 0
        self._heard[name] = (since, count + 1)
        while len(self._heard) > MOST_NAMES:
            self._heard.popitem(last=False)
        if count >= self._most:
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(max(1, int(since + self._window - now) + 1))})


def sender(request: web.Request) -> str:
    """Whose request it is: the address, of IPv6 its network."""
    told = request.remote or ""
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told[:64]
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


async def read_body(request: web.Request, most: int, within_s: float = BODY_WITHIN_S) -> bytes:
    """The whole body; 413 above `most` bytes, 408 for one that takes too long."""
    if (request.content_length or 0) > most:
        raise web.HTTPRequestEntityTooLarge(most, request.content_length or 0)
    parts, size = [], 0
    try:
        async with asyncio.timeout(within_s):
            async for part in request.content.iter_any():
                size += len(part)
                if size > most:
                    raise web.HTTPRequestEntityTooLarge(most, size)
                parts.append(part)
    except TimeoutError:
        raise web.HTTPRequestTimeout(headers={"Connection": "close"}) from None
    return b"".join(parts)


async def read_fields(request: web.Request, most: int) -> dict[str, str]:
    """The fields of an ordinary form, read as a body is."""
    return fields_of(await read_body(request, most))


def fields_of(body: bytes) -> dict[str, str]:
    """The fields of an ordinary form, the last of each name; 400 for more of them than a form has."""
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise web.HTTPBadRequest from None
