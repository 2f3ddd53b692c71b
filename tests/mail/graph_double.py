"""Microsoft for tests: the documented requests of Graph on one mailbox in memory, and the sign-in before it (OAuth)."""

import asyncio
import base64
import json
import ssl
from collections.abc import Callable
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

from aiohttp import web

from tests.mail.certificates import certificate_and_key
from tests.mail.dovecot import SECRET, free_port

PAGE = 50


class NoError(Exception):
    """An error of Graph as an answer."""

    def __init__(self, status: int, code: str, **headers: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class GraphDouble:
    """Both servers under one name; what they hold and what is wrong with them is set from outside."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.port = address, free_port()
        self.server = f"https://localhost:{self.port}"
        self.folders: dict[str, list[str]] = {"inbox": [], "sentitems": [], "drafts": []}
        self.messages: dict[str, dict[str, Any]] = {}
        self.era = 1
        self.asked: list[str] = []
        self.received: list[tuple[str, bytes]] = []
        self.refuses: dict[str, str] = {}
        self.is_away = False
        self.fails: dict[str, list[Callable[[], None]]] = {}
        self.loses: set[str] = set()
        self.renames: str = ""
        self.tokens: set[str] = set()
        self.given: list[str] = []
        self.typed = False
        self.at_once = self.most_at_once = 0
        self.takes_s = 0.0
        self._links: dict[str, int] = {}
        self._uploads: dict[str, tuple[str, dict[str, Any], bytes]] = {}
        self._made = 0
        self._open: list[web.Request] = []
        self._runner: web.AppRunner | None = None
        certificate, key = certificate_and_key()
        self._pem = folder / "microsoft.pem"
        self._pem.write_text(certificate + key)
        self.trust = ssl.create_default_context(cadata=certificate)

    async def start(self) -> None:
        application = web.Application(client_max_size=100_000_000)
        application.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(self._pem)
        await web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=tls).start()

    async def stop(self) -> None:
        self.cut()
        if self._runner is not None:
            await self._runner.cleanup()

    def put(self, folder: str, raw: bytes) -> str:
        self._made += 1
        # As Exchange's ids are: with signs that a URL must not take for its own.
        message = base64.b64encode(f"message/{self._made}>?".encode()).decode()
        name = str(BytesHeaderParser().parsebytes(raw)["Message-ID"] or "")
        self.messages[message] = {"raw": raw, "name": self.renames or name, "bcc": [], "files": [], "at": self._made}
        self.folders[folder].append(message)
        return message

    def cut(self) -> None:
        """Every connection ends in the middle."""
        for request in self._open:
            if request.transport is not None:
                request.transport.abort()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self._open.append(request)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            return await self._answered(request)
        finally:
            self.at_once -= 1
            self._open.remove(request)

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        if self.is_away:
            return _aborted(request)
        await asyncio.sleep(self.takes_s)
        path, _, query = request.raw_path.partition("?")
        content = await request.read()
        try:
            if path.startswith("/v1.0/"):
                return await self._graph(request, path, query, content)
            if path.startswith("/upload/"):
                return self._upload(request, path, content)
            return web.json_response(self._sign_in(path, parse_qs(content.decode())))
        except NoError as no:
            error = {"error": {"code": no.code, "message": "It was refused."}}
            return web.json_response(error, status=no.status, headers=no.headers)

    async def _graph(self, request: web.Request, path: str, query: str, content: bytes) -> web.StreamResponse:
        words = [unquote(word) for word in path.split("/")[3:]]
        operation = f"{request.method} {words[-1] if len(words) > 1 else 'user'}"
        operation = operation if words[-1] not in self.messages else f"{request.method} message"
        self.asked.append(operation)
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            raise NoError(401, "InvalidAuthenticationToken")
        if words[0] != self.address:
            raise NoError(404, "ErrorInvalidUser")
        for fail in self.fails.get(operation, [])[:1]:
            self.fails[operation].remove(fail)
            fail()
            return _aborted(request)
        answer = self._done(request, words[1:], query, content)
        return _aborted(request) if operation in self.loses else answer

    def _done(self, request: web.Request, words: list[str], query: str, content: bytes) -> web.Response:
        match request.method, words:
            case "GET", ["mailFolders"] | ["mailFolders", _, "childFolders"]:
                (wanted,) = parse_qs(query)["$filter"]
                name = wanted.removeprefix("displayName eq '").removesuffix("'").replace("''", "'")
                return web.json_response({"value": [{"id": name}] if name in self.folders else []})
            case "GET", ["mailFolders", folder, "messages", "delta"]:
                return self._delta(request, folder)
            case "GET", ["mailFolders", folder, "messages"]:
                (wanted,) = parse_qs(query)["$filter"]
                name = wanted.removeprefix("internetMessageId eq '").removesuffix("'").strip("<>")
                found = [one for one in self.folders[folder] if name in self.messages[one]["name"]]
                return web.json_response({"value": [self._shown(one) for one in found]})
            case "GET", ["messages", message, "$value"]:
                return web.Response(body=self._known(message)["raw"], content_type="text/plain")
            case "POST", ["messages"]:
                assert request.content_type == "text/plain"
                assert len(content) <= 4_000_000, "413 Request Entity Too Large"
                return web.json_response(self._shown(self.put("drafts", base64.b64decode(content))), status=201)
            case _, ["messages", message, *rest]:
                return self._changed(request.method, message, rest, content)
        raise NoError(400, "BadRequest")

    def _changed(self, method: str, message: str, rest: list[str], content: bytes) -> web.Response:
        match method, rest:
            case "PATCH", []:
                return web.json_response(self._amend(message, json.loads(content)))
            case "DELETE", []:
                self.folders["drafts"].remove(message)
                return web.Response(status=204)
            case "POST", ["attachments"]:
                file = json.loads(content)
                assert len(content) <= 4_300_000
                self._known(message)["files"].append((file["name"], base64.b64decode(file["contentBytes"])))
                return web.json_response({"id": "1"}, status=201)
            case "POST", ["attachments", "createUploadSession"]:
                item = json.loads(content)["AttachmentItem"]
                assert item["size"] > 3_000_000
                self._uploads[f"/upload/{len(self._uploads)}"] = message, item, b""
                return web.json_response({"uploadUrl": f"{self.server}/upload/{len(self._uploads) - 1}"}, status=201)
            case "POST", ["send"]:
                return self._send(message)
        raise NoError(400, "BadRequest")

    def _delta(self, request: web.Request, folder: str) -> web.Response:
        assert 'IdType="ImmutableId"' in request.headers["Prefer"]
        if folder not in self.folders:
            raise NoError(404, "ErrorItemNotFound")
        start = 0
        if "deltatoken" in request.raw_path or "skiptoken" in request.raw_path:
            # Byte for byte as it was given: the server knows no other one.
            assert request.raw_path in self._links, request.raw_path
            if f"-{self.era}-" not in request.raw_path:
                raise NoError(410, "syncStateNotFound")
            start = self._links[request.raw_path]
        end = min(start + PAGE, len(self.folders[folder]))
        kind = "delta" if end == len(self.folders[folder]) else "next"
        word = "deltatoken" if kind == "delta" else "skiptoken"
        link = f"/v1.0/users/{self.address}/mailFolders/{folder}/messages/delta?%24{word}=aGk%2fb-{self.era}-{end}%3D'"
        self._links[link] = end
        value: list[dict[str, Any]] = [self._shown(one) for one in self.folders[folder][start:end]]
        gone = [{"id": "gone", "@removed": {"reason": "deleted"}}] if start else []
        return web.json_response({"value": gone + value, f"@odata.{kind}Link": self.server + link})

    def _amend(self, message: str, changes: dict[str, Any]) -> dict[str, Any]:
        known = self._known(message)
        known["bcc"] = [one["emailAddress"]["address"] for one in changes.get("bccRecipients", [])]
        if not self.renames and "internetMessageId" in changes:
            known["name"] = changes["internetMessageId"]
        return self._shown(message)

    def _send(self, message: str) -> web.Response:
        known = self._known(message)
        head = BytesHeaderParser().parsebytes(known["raw"])
        named = [address for _, address in getaddresses(head.get_all("To", []) + head.get_all("Cc", [])) if address]
        for recipient in [*named, *known["bcc"]]:
            if self.refuses.get(recipient, "").startswith("5"):
                raise NoError(400, "ErrorInvalidRecipients")
            if recipient in self.refuses:
                raise NoError(429, "ApplicationThrottled", Retry_After="120")
        self.received += [(recipient, known["raw"]) for recipient in [*named, *known["bcc"]]]
        self.folders["drafts"].remove(message)
        self.folders["sentitems"].append(message)
        return web.Response(status=202)

    def _upload(self, request: web.Request, path: str, content: bytes) -> web.Response:
        assert "Authorization" not in request.headers, "an upload's address is its own permission"
        assert len(content) < 4_000_000
        message, item, so_far = self._uploads[path]
        start, _, rest = request.headers["Content-Range"].removeprefix("bytes ").partition("-")
        assert (int(start), int(rest.partition("/")[2])) == (len(so_far), item["size"])
        self._uploads[path] = message, item, so_far + content
        if len(so_far) + len(content) < item["size"]:
            return web.json_response({"nextExpectedRanges": [f"{len(so_far) + len(content)}-"]})
        self._known(message)["files"].append((item["name"], so_far + content))
        return web.Response(status=201)

    def _known(self, message: str) -> dict[str, Any]:
        if message not in self.messages:
            raise NoError(404, "ErrorItemNotFound")
        return self.messages[message]

    def _shown(self, message: str) -> dict[str, Any]:
        known = self.messages[message]
        received = f"2026-11-23T{known['at'] // 3600:02}:{known['at'] // 60 % 60:02}:{known['at'] % 60:02}Z"
        return {"id": message, "internetMessageId": known["name"], "receivedDateTime": received}

    def _sign_in(self, path: str, asked: dict[str, list[str]]) -> dict[str, Any]:
        tenant = "/" + path.split("/")[1]
        if path.endswith("/.well-known/openid-configuration"):
            return {
                "issuer": self.server + tenant,
                "authorization_endpoint": f"{self.server}{tenant}/oauth2/v2.0/authorize",
                "token_endpoint": f"{self.server}{tenant}/oauth2/v2.0/token",
                "device_authorization_endpoint": f"{self.server}{tenant}/oauth2/v2.0/devicecode",
            }
        if path.endswith("/devicecode"):
            given = {
                "device_code": "d",
                "user_code": "ABCD-EFGH",
                "verification_uri": "https://microsoft.com/devicelogin",
            }
            return given | {"expires_in": 900, "interval": 1, "message": "Type it."}
        (grant,) = asked["grant_type"]
        self.given.append(grant)
        if grant == "client_credentials":
            if asked["client_secret"] != [SECRET]:
                return {
                    "error": "invalid_client",
                    "error_description": "AADSTS7000215: Invalid client secret provided.",
                }
        elif grant.endswith("device_code"):
            if not self.typed:
                return {"error": "authorization_declined", "error_description": "AADSTS70017: declined."}
        elif asked["refresh_token"] != [f"refresh {len(self.given) - 1}"]:
            return {"error": "invalid_grant", "error_description": "AADSTS70008: The refresh token has expired."}
        token = f"token {len(self.given)}"
        self.tokens.add(token)
        answer: dict[str, Any] = {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}
        if grant == "client_credentials":
            return answer
        claims = {
            "aud": "the-application",
            "iss": self.server,
            "sub": "u",
            "oid": "u",
            "tid": "t",
            "exp": 4_000_000_000,
        }
        encoded = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        info = base64.urlsafe_b64encode(b'{"uid": "u", "utid": "t"}').decode().rstrip("=")
        more = {"refresh_token": f"refresh {len(self.given)}", "id_token": f"e30.{encoded}.x", "client_info": info}
        return answer | more | {"scope": " ".join(asked.get("scope", []))}


def no(status: int, code: str, **headers: str) -> Callable[[], None]:
    """The next answer is a no."""

    def fail() -> None:
        raise NoError(status, code, **headers)

    return fail


def dropped() -> None:
    """The next connection ends without an answer."""


def _aborted(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
