"""Web hooks: one signed POST, with a time-out, never into networks that are not everybody's unless that was allowed.

The signature is `X-Guichet-Signature: t=SECONDS,v1=HEX`, HMAC-SHA256 over "SECONDS.BODY" with the secret of the
organisation; `X-Guichet-Delivery` names the call, so that a receiver knows one that comes twice.
"""

import json
from collections.abc import Iterable

import aiohttp

from app.domain.signing import web_signature
from app.services.automation_engine import HookCall
from app.web.public_network import PublicResolver, is_private, refuse_private

MOST_S = 10
_GOOD = range(200, 300)


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
            "X-Guichet-Signature": web_signature(call.secret, body),
        }
        try:
            refuse_private(call.url, self._allowed)
            async with self._opened().post(call.url, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status in _GOOD, str(answer.status)
        except TimeoutError:
            return False, "timeout"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return False, "private_network" if is_private(error) else type(error).__name__

    async def close(self) -> None:
        """Close what is open."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self._most_s)
            connector = aiohttp.TCPConnector(resolver=PublicResolver(self._allowed), limit=50)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=connector, trust_env=False)
        return self._session
