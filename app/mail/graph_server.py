"""One mailbox at Microsoft Graph (v1.0): requests under its name, tokens that are renewed, what errors mean."""

import asyncio
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from app.mail.microsoft import MicrosoftSignIn
from app.services.mailboxes import Mailbox, MailboxAwayError, MailboxRefusedError, Tokens

ANSWER_S = 60
_BUSY = frozenset({429, 503, 504, 509})
MOVING = frozenset({"ErrorMailboxMoveInProgress", "ErrorMailboxStoreUnavailable", "MailboxNotEnabledForRESTAPI"})
# Ids that stay when a message is filed elsewhere in its mailbox.
_PREFER = {"Prefer": 'IdType="ImmutableId", odata.maxpagesize=50'}


@dataclass(frozen=True, slots=True)
class Answer:
    """What Graph said, if it said yes."""

    status: int
    content: bytes

    def json(self) -> dict[str, Any]:
        try:
            found = json.loads(self.content or b"{}")
        except ValueError as error:
            raise MailboxAwayError("an answer that is no JSON") from error
        return found if isinstance(found, dict) else {}


class GraphError(Exception):
    """What Graph said, if it said no; `after_s` is how long it wants to be left alone, None when it does not say."""

    def __init__(self, status: int, code: str, words: str, after_s: float | None = None) -> None:
        super().__init__(f"{status} {code}: {words}"[:400])
        self.status, self.code, self.after_s = status, code, after_s


class GraphServer:
    """Asks once; only what reads may be asked again, and what was refused for its token alone."""

    def __init__(self, mailbox: Mailbox, tokens: Tokens, tls: ssl.SSLContext | None = None) -> None:
        self._mailbox, self._tls = mailbox, tls or ssl.create_default_context()
        self._sign_in = MicrosoftSignIn(mailbox, tokens, tls)
        self._session: aiohttp.ClientSession | None = None
        scheme = "http" if mailbox.security == "none" else "https"
        port = "" if mailbox.port == 443 else f":{mailbox.port}"
        self._server = f"{scheme}://{mailbox.host}{port}/"
        self.base = f"{self._server}v1.0/users/{quote(mailbox.address)}"

    def is_own(self, link: str) -> bool:
        """Whether a link leads to this server; a token is shown to no other one."""
        return link.startswith(self._server)

    async def read(self, url: str) -> Answer:
        """GET, once more when the connection breaks."""
        try:
            return await self.ask("GET", url)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return await self.ask("GET", url)

    async def ask(self, method: str, url: str, body: Any = None, content_type: str = "application/json") -> Answer:
        """One request; GraphError for a no, aiohttp's errors when nobody knows."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        headers = {"Content-Type": content_type, **_PREFER} if data is not None else _PREFER
        token = await self._sign_in.token()
        try:
            return await self._once(method, url, data, {"Authorization": f"Bearer {token}", **headers})
        except GraphError as error:
            if error.status != 401:
                raise
        token = await self._sign_in.token(refused=token)
        return await self._once(method, url, data, {"Authorization": f"Bearer {token}", **headers})

    async def upload(self, url: str, piece: bytes, start: int, total: int) -> None:
        """A piece of a file, where an upload session wants it; that address is its own permission."""
        span = f"bytes {start}-{start + len(piece) - 1}/{total}"
        await self._once("PUT", url, piece, {"Content-Range": span, "Content-Type": "application/octet-stream"})

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _once(self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=self._tls), timeout=aiohttp.ClientTimeout(sock_read=ANSWER_S)
            )
        # Encoded already: yarl would write a delta link anew, and the server would not know it.
        body = None if data is None else BytesIO(data)
        async with self._session.request(method, URL(url, encoded=True), data=body, headers=headers) as answer:
            content = await answer.read()
            if answer.status >= 300:
                raise _error(answer, content)
            return Answer(answer.status, content)


async def folder(server: GraphServer, path: str) -> str:
    """The id of the folder of a path below the mailbox's top, INBOX by its well-known name."""
    if path.upper() == "INBOX":
        return "inbox"
    below, found = f"{server.base}/mailFolders", ""
    for name in path.split("/"):
        named = quote("displayName eq '" + name.replace("'", "''") + "'", safe="")
        folders = (await server.read(f"{below}?$filter={named}&$select=id")).json().get("value", [])
        if not folders:
            raise MailboxRefusedError(f"no folder {path}")
        found = folders[0]["id"]
        below = f"{server.base}/mailFolders/{quote(found, safe='')}/childFolders"
    return quote(found, safe="")


def mailbox_error(error: Exception) -> MailboxAwayError | MailboxRefusedError:
    """What the one who reads has to know of what happened."""
    if isinstance(error, MailboxAwayError | MailboxRefusedError):
        return error
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return MailboxRefusedError(f"certificate: {error.certificate_error}"[:400])
    if isinstance(error, GraphError):
        if error.status in (401, 403, 404) and error.code not in MOVING:
            return MailboxRefusedError(str(error))
        return MailboxAwayError(str(error), error.after_s or 0)
    return MailboxAwayError((str(error) or type(error).__name__)[:400])


def _error(answer: aiohttp.ClientResponse, content: bytes) -> GraphError:
    try:
        said = json.loads(content)["error"]
        code, words = str(said.get("code", "")), str(said.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        code, words = "", content[:200].decode("utf-8", "replace")
    patience = answer.headers.get("Retry-After", "")
    busy = answer.status in _BUSY and patience.isdigit()
    return GraphError(answer.status, code, words, float(patience) if busy else None)


async def pause(until: asyncio.Event, most_s: float) -> None:
    """Wait for an event, but not longer than that."""
    try:
        async with asyncio.timeout(most_s):
            await until.wait()
    except TimeoutError:
        return
