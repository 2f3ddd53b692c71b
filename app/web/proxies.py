"""Proxies of one's own: what they say of a request counts, and nobody else's word about it does."""

import ipaddress
from collections.abc import Iterable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware


class Proxies:
    """Addresses and networks of the proxies that stand before the pages."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks = tuple(ipaddress.ip_network(one, strict=False) for one in networks)

    def __contains__(self, address: object) -> bool:
        try:
            parsed = ipaddress.ip_address(str(address))
        except ValueError:
            return False
        return any((getattr(parsed, "ipv4_mapped", None) or parsed) in network for network in self._networks)

    def believing(self) -> Middleware:
        """A middleware: behind a proxy the request is whose the proxy says, and came as the proxy says."""

        @web.middleware
        async def believe(request: web.Request, handler: Handler) -> web.StreamResponse:
            if (request.remote or "") in self:
                request = request.clone(remote=self._sender(request), scheme=_scheme(request))
            return await handler(request)

        return believe

    def _sender(self, request: web.Request) -> str:
        """The last that none of our proxies is: what stands before it the sender may have written herself."""
        sender = request.remote or ""
        for told in reversed(",".join(request.headers.getall("X-Forwarded-For", ())).split(",")):
            address = told.strip()
            try:
                ipaddress.ip_address(address)
            except ValueError:
                break
            sender = address
            if address not in self:
                break
        return sender


def _scheme(request: web.Request) -> str:
    told = request.headers.get("X-Forwarded-Proto", "").rpartition(",")[2].strip().lower()
    return told if told in {"http", "https"} else request.scheme
