"""Web hooks: one signed POST, with a time-out, never into networks that are not everybody's unless that was allowed.

The signature is `X-Guichet-Signature: t=SECONDS,v1=HEX`, HMAC-SHA256 over "SECONDS.BODY" with the secret of the
organisation; `X-Guichet-Delivery` names the call, so that a receiver knows one that comes twice.
"""

import hashlib
import hmac
import ipaddress
import json
import socket
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from app.services.automation_engine import HookCall

MOST_S = 10
_GOOD = range(200, 300)


class PrivateNetworkError(OSError):
    """The address of a web hook leads into a network that is not everybody's."""


def is_public(address: str) -> bool:
    """Whether an address is one that everybody could reach."""
    parsed = ipaddress.ip_address(address)
    inner = getattr(parsed, "ipv4_mapped", None) or parsed
    return inner.is_global and not inner.is_multicast


def signature(secret: str, body: bytes, at: int) -> str:
    """What stands in the signature's header."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


class _PublicResolver(AbstractResolver):
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


class WebHooks:
    """Calls web hooks; `allowed` are hosts of one's own network that may be called (GUICHET's switch of the hub)."""

    def __init__(self, allowed: Iterable[str] = (), most_s: float = MOST_S) -> None:
        self._allowed, self._most_s = frozenset(allowed), most_s
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, call: HookCall) -> tuple[bool, str]:
        """Whether it was taken, and what came back."""
        body = json.dumps(dict(call.body), ensure_ascii=False, sort_keys=True).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Guichet",
            "X-Guichet-Delivery": str(call.id),
            "X-Guichet-Signature": signature(call.secret, body, int(time.time())),
        }
        try:
            self._refuse_private(call.url)
            async with self._opened().post(call.url, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status in _GOOD, str(answer.status)
        except TimeoutError:
            return False, "timeout"
        except PrivateNetworkError:
            return False, "private_network"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            inner = error.__cause__ or error.__context__
            return False, "private_network" if isinstance(inner, PrivateNetworkError) else type(error).__name__

    async def close(self) -> None:
        """Close what is open."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _refuse_private(self, url: str) -> None:
        # An address that is written out is looked up by nobody.
        host = urlsplit(url).hostname or ""
        try:
            written_out = not is_public(host)
        except ValueError:
            return
        if written_out and host not in self._allowed:
            raise PrivateNetworkError(host)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self._most_s)
            connector = aiohttp.TCPConnector(resolver=_PublicResolver(self._allowed), limit=50)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=connector, trust_env=False)
        return self._session
