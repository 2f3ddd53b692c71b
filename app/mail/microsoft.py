"""Signing in at Microsoft (OAuth 2.0, RFC 6749 and 8628) by msal: as an application, or as who typed a code once."""

import asyncio
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from msal import ConfidentialClientApplication, PublicClientApplication, SerializableTokenCache
from requests.exceptions import RequestException, SSLError

from app.mail.trust import session
from app.services.mailboxes import Mailbox, MailboxAwayError, MailboxRefusedError, Tokens

AUTHORITY = "https://login.microsoftonline.com"
ANSWER_S = 30
_EARLY_S = 300
_PASSING = frozenset({"temporarily_unavailable", "server_error", "request_timeout"})
_BY_IMAP = "https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"
_RIGHTS = "Mail.ReadWrite", "Mail.Send", "Mail.ReadWrite.Shared", "Mail.Send.Shared"


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What somebody types where, once; `flow` is msal's own."""

    code: str
    address: str
    flow: Mapping[str, Any]


class MicrosoftSignIn:
    """Gives tokens for one mailbox and keeps what it needs to get the next ones."""

    def __init__(self, mailbox: Mailbox, tokens: Tokens, tls: ssl.SSLContext | None = None) -> None:
        self._mailbox, self._tokens, self._tls = mailbox, tokens, tls
        self._token = ""
        self._until = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def token(self, refused: str = "") -> str:
        """A token that is good for some minutes; another one than the one that was refused."""
        async with self._one_at_a_time:
            if not self._token or self._token == refused or time.monotonic() > self._until:
                await self._renew(anew=bool(refused) and self._token == refused)
            return self._token

    async def begin(self) -> DeviceCode:
        """Ask for a code that is typed at an address by who may open the mailbox."""
        return await asyncio.to_thread(self._begin)

    async def finish(self, code: DeviceCode) -> None:
        """Wait until the code was typed, and keep what came of it; MailboxRefusedError when it was not."""
        flow = dict(code.flow)
        try:
            await self._tokens.keep(await asyncio.to_thread(self._finish, flow))
        finally:
            flow["expires_at"] = 0  # whoever gave up leaves no thread asking on

    def _begin(self) -> DeviceCode:
        with self._application(SerializableTokenCache()) as application:
            flow = _asked(application.initiate_device_flow, self._scopes())
        return DeviceCode(flow["user_code"], flow["verification_uri"], flow)

    def _finish(self, flow: dict[str, Any]) -> str:
        cache = SerializableTokenCache()
        with self._application(cache) as application:
            _asked(application.acquire_token_by_device_flow, flow)
        return str(cache.serialize())

    async def _renew(self, *, anew: bool) -> None:
        kept = await self._tokens.load() if self._mailbox.sign_in == "device" else ""
        cache = SerializableTokenCache()
        given = await asyncio.to_thread(self._ask, kept, cache, anew)
        if kept and cache.has_state_changed:
            await self._tokens.keep(cache.serialize())
        self._token = given["access_token"]
        self._until = time.monotonic() + float(given.get("expires_in", 0)) - _EARLY_S

    def _ask(self, kept: str, cache: SerializableTokenCache, anew: bool) -> Mapping[str, Any]:
        if kept:
            _said(cache.deserialize, kept)
        with self._application(cache) as application:
            if self._mailbox.sign_in == "client":
                return _asked(application.acquire_token_for_client, self._scopes())
            known = application.get_accounts()
            if not known:
                raise MailboxRefusedError("nobody has signed in yet")
            ask = application.acquire_token_silent_with_error
            return _asked(ask, self._scopes(), known[0], force_refresh=anew)

    @contextmanager
    def _application(self, cache: SerializableTokenCache) -> Iterator[Any]:
        box, client = self._mailbox, _Client(self._tls)
        # Another authority than Microsoft's own is not known to Microsoft's.
        more: dict[str, Any] = {"instance_discovery": False} if box.authority else {}
        more |= {"authority": f"{box.authority or AUTHORITY}/{box.tenant or 'organizations'}"}
        more |= {"token_cache": cache, "http_client": client}
        try:
            if box.sign_in == "client":
                yield _said(ConfidentialClientApplication, box.client_id, box.secret, **more)
            else:
                yield _said(PublicClientApplication, box.client_id, **more)
        finally:
            client.close()

    def _scopes(self) -> list[str]:
        place = f"https://{self._mailbox.host}" if self._mailbox.kind == "graph" else "https://outlook.office365.com"
        if self._mailbox.sign_in == "client":
            return [f"{place}/.default"]
        return [f"{place}/{right}" for right in _RIGHTS] if self._mailbox.kind == "graph" else list(_BY_IMAP)


class _Client:
    """What msal asks the network through."""

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        self._session = session(tls)

    def post(self, url: str, **more: Any) -> Any:
        return self._session.post(url, timeout=ANSWER_S, **more)

    def get(self, url: str, **more: Any) -> Any:
        return self._session.get(url, timeout=ANSWER_S, **more)

    def close(self) -> None:
        self._session.close()


def _asked(ask: Any, *args: Any, **more: Any) -> Mapping[str, Any]:
    answer = _said(ask, *args, **more) or {"error": "sign_in_needed"}
    if "error" not in answer:
        return answer
    words = str(answer.get("error_description") or "").partition("\r\n")[0]
    said = f"{answer['error']}: {words}"[:400]
    raise (MailboxAwayError if answer["error"] in _PASSING else MailboxRefusedError)(said)


def _said(ask: Any, *args: Any, **more: Any) -> Any:
    try:
        return ask(*args, **more)
    except SSLError as error:
        raise MailboxRefusedError(f"certificate: {error}"[:400]) from error
    except (RequestException, OSError) as error:
        raise MailboxAwayError(str(error)[:400]) from error
    except ValueError as error:
        # msal's way to say that there is no such authority, or that it answers nonsense.
        raise MailboxRefusedError(str(error)[:400]) from error
