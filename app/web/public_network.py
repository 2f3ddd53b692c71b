"""What leaves by an address that somebody typed: it goes to everybody's network alone, unless a host was allowed."""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult


class PrivateNetworkError(OSError):
    """The address leads into a network that is not everybody's."""


def is_public(address: str) -> bool:
    """Whether an address is one that everybody could reach."""
    parsed = ipaddress.ip_address(address)
    inner = getattr(parsed, "ipv4_mapped", None) or parsed
    return inner.is_global and not inner.is_multicast


def refuse_private(url: str, allowed: frozenset[str]) -> None:
    """PrivateNetworkError for an address that is written out: nobody looks it up."""
    host = urlsplit(url).hostname or ""
    try:
        written_out = not is_public(host)
    except ValueError:
        return
    if written_out and host not in allowed:
        raise PrivateNetworkError(f"{host} is in a private network")


def is_private(error: BaseException) -> bool:
    """Whether a call failed because of this."""
    return isinstance(error.__cause__ or error.__context__ or error, PrivateNetworkError)


class PublicResolver(AbstractResolver):
    """Looks a name up and gives out only what is everybody's: the check is on the address that is then connected to."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self._inner = aiohttp.ThreadedResolver()
        self._allowed = frozenset(allowed)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        public = [one for one in found if host in self._allowed or is_public(one["host"])]
        if not public:
            raise PrivateNetworkError(f"{host} is in a private network")
        return public

    async def close(self) -> None:
        await self._inner.close()
