"""One HTTP connection pool to one Asterisk, and how its answers are read.

A leg or bridge that has just gone answers 404: that is no error, a call may end at any moment, so such
requests return whether the thing was still there. Everything else that Asterisk refuses is an `AriError`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import aiohttp
from yarl import URL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.switch.configuration import AriAddress

_GONE: Final = 404
_REFUSED: Final = 400
_TIMEOUT_S: Final = 5.0


class AriError(Exception):
    """Asterisk refused a request; `status` is HTTP's, 0 when it could not be reached."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content_type: str
    body: bytes

    def content(self, path: str) -> bytes:
        if self.status >= _REFUSED:
            raise AriError(self.status, f"{path}: {self.status} {self.body.decode(errors='replace')[:300]}")
        return self.body

    def json(self, path: str) -> Any:
        content = self.content(path)
        return json.loads(content) if self.content_type == "application/json" and content else {}


def login(address: AriAddress) -> dict[str, str]:
    """The header that lets us in (RFC 7617)."""
    return {"Authorization": aiohttp.encode_basic_auth(address.user, address.password)}


class AriConnection:
    """Requests with typed failures; kept open between requests."""

    def __init__(self, address: AriAddress) -> None:
        self._address = address
        self._http: aiohttp.ClientSession | None = None

    @property
    def address(self) -> AriAddress:
        """Where it talks to."""
        return self._address

    async def close(self) -> None:
        """Give the connections back."""
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def get(self, path: str) -> Any:
        """What a GET answers, which must succeed."""
        return await self.must("GET", path)

    async def must(self, method: str, path: str, query: Mapping[str, str] | None = None, body: object = None) -> Any:
        """The answer of a request that must succeed (`{}` when it has none)."""
        answer = await self._exchange(method, path, query, body)
        return answer.json(path)

    async def was_there(
        self, method: str, path: str, query: Mapping[str, str] | None = None, *, gone: Iterable[int] = (_GONE,)
    ) -> bool:
        """Whether what the request is about was still there; `gone` are the answers that say it was not."""
        answer = await self._exchange(method, path, query)
        return answer.status not in gone and answer.json(path) is not None

    async def find(self, method: str, path: str, query: Mapping[str, str] | None = None) -> Any | None:
        """The answer, or None when what the request is about is gone."""
        answer = await self._exchange(method, path, query)
        return None if answer.status == _GONE else answer.json(path)

    async def find_bytes(self, path: str) -> bytes | None:
        """A file, or None when it is gone."""
        answer = await self._exchange("GET", path)
        return None if answer.status == _GONE else answer.content(path)

    async def _exchange(
        self, method: str, path: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> _Answer:
        try:
            # Quoted by us: Asterisk reads a plus in a path as a space, and names may hold one.
            url = URL(f"{self._address.url}/{quote(path)}", encoded=True)
            async with self._session().request(method, url, params=query, json=body) as answer:
                return _Answer(answer.status, answer.content_type, await answer.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise AriError(0, f"{method} {path}: Asterisk cannot be reached ({error or 'timeout'})") from error

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(
                headers=login(self._address),
                timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S),
                connector=aiohttp.TCPConnector(limit=50, keepalive_timeout=10),
            )
        return self._http
