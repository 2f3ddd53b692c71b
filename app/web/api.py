"""The API over HTTP: a bearer token, JSON in and out, and every refusal as an error with a code and its field.

An answer under an idempotency key is kept for a day; a refusal is not, and may be tried again with the same key.
"""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from app.domain.refusals import Refusal, Refused
from app.domain.shapes import Is, Shape, read
from app.services.web_api import PREFIX, Api
from app.web.api_operations import AWAY, OPERATIONS, ROOT, Operation, document
from app.web.html import AGAIN_S
from app.web.limits import Rate, read_body, sender

MOST_BODY = 1_000_000
MOST_A_MINUTE, MOST_STRANGERS = 1200, 60
PAGE = 50
_KEY = re.compile(r"[!-~]{1,200}")
_TOKEN = re.compile(PREFIX + r"[A-Za-z0-9_-]{43}")
_STATUS = {
    Refusal.NOT_FOUND: 404,
    Refusal.CHANGED_MEANWHILE: 409,
    Refusal.CASE_IS_CLOSED: 409,
    Refusal.NOT_PERMITTED: 403,
    Refusal.SERVER_AWAY: 503,
    Refusal.DISK_FULL: 503,
}
# The record of the path is looked for; any other that is named and not there is a wrong member.
_IN_PATH = frozenset({"", "case", "customer"})


class ApiRoutes:
    """What other programs call, under /api/v1."""

    def __init__(self, api: Api, version: str, *, a_minute: int = MOST_A_MINUTE) -> None:
        self._api = api
        self._document = json.dumps(document(version), ensure_ascii=False).encode()
        self._tokens, self._strangers = Rate(a_minute), Rate(MOST_STRANGERS)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where it stands; a path that takes other methods says which."""
        made: list[web.AbstractRouteDef] = [web.get(f"{ROOT}/openapi.json", self._describe)]
        made += [web.route(one.method, ROOT + one.path, self._handler(one), name=one.name) for one in OPERATIONS]
        paths = {one.path: [other.method for other in OPERATIONS if other.path == one.path] for one in OPERATIONS}
        made += [web.route("*", ROOT + path, _other_method(methods)) for path, methods in paths.items()]
        made.append(web.route("*", ROOT + "/{rest:.*}", _nowhere))
        return made

    async def _describe(self, _: web.Request) -> web.Response:
        return web.Response(body=self._document, content_type="application/json")

    def _handler(self, one: Operation) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            try:
                return await self._answer(one, request)
            except Refused as refused:
                return _refused(refused)
            except web.HTTPException as error:
                return _error(error.status, _CODES.get(error.status, "refused"), "", error.reason, error.headers)

        return handle

    async def _answer(self, one: Operation, request: web.Request) -> web.Response:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not _TOKEN.fullmatch(token):
            return self._unknown(request)
        self._tokens.take(hashlib.sha256(token.encode()).hexdigest())
        told, body = await self._told(one, request)
        key = request.headers.get("Idempotency-Key", "") if one.method == "POST" else ""
        if (key or "Idempotency-Key" in request.headers) and one.method == "POST" and not _KEY.fullmatch(key):
            raise Refused(Refusal.NOT_A_CHOICE, "Idempotency-Key", value=key[:80])
        fingerprint = hashlib.sha256(f"{one.name} {request.path}\n".encode() + body).hexdigest()
        answer = await self._api.call(token, one.name, told, key, fingerprint if key else "")
        if answer.denied == "token":
            return self._unknown(request)
        if answer.denied:
            return _denied(answer.denied, answer.scope)
        again = {"Idempotent-Replayed": "true"} if answer.again else {}
        return _json(answer.body, one.status, again)

    async def _told(self, one: Operation, request: web.Request) -> tuple[dict[str, Any], bytes]:
        ids = read(one.path_ids, dict(request.match_info)) if one.path_ids else {}
        if one.method == "GET":
            told = read(one.told, _typed(one.told, request.query))
            return {**told, "limit": told.get("limit", PAGE), **ids}, b""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        body = await read_body(request, MOST_BODY)
        told = read(one.told, _object(body))
        if one.name == "add_follow_up":
            told.setdefault("public", False)
        return {**told, **ids}, body

    def _unknown(self, request: web.Request) -> web.Response:
        self._strangers.take(sender(request))
        headers = {"WWW-Authenticate": 'Bearer realm="Guichet"'}
        return _error(401, "unauthorised", "", "The token is missing, wrong or revoked.", headers)


def _object(body: bytes) -> object:
    def strange(name: str) -> object:
        raise ValueError(name)

    try:
        return json.loads(body, parse_constant=strange)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(reason="What was sent is no JSON.") from None


def _typed(shape: Shape, query: Mapping[str, str]) -> dict[str, Any]:
    """What stands in a query is text; numbers are meant as numbers."""
    told: dict[str, Any] = dict(query)
    for name, part in shape.items():
        if part.kind is Is.WHOLE and re.fullmatch(r"-?[0-9]{1,9}", str(told.get(name, ""))):
            told[name] = int(told[name])
    return told


def _refused(refused: Refused) -> web.Response:
    status = _STATUS.get(refused.reason, 422)
    if refused.reason is Refusal.NOT_FOUND and refused.field not in _IN_PATH:
        status = 422
    if refused.reason is Refusal.SERVER_AWAY:  # its own sentence speaks to who sits at a desk
        return _error(status, refused.reason.value, "", AWAY, {"Retry-After": str(AGAIN_S)})
    return _error(status, refused.reason.value, refused.field, str(refused))


def _denied(why: str, scope: str) -> web.Response:
    if why == "scope":
        return _error(403, "scope", scope, f"The token does not have the scope {scope}.")
    return _error(409, "idempotency_key", "Idempotency-Key", "This key was used for another request.")


def _other_method(methods: list[str]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def refuse(_: web.Request) -> web.Response:
        return _error(405, "method", "", "Use another method.", {"Allow": ", ".join(methods)})

    return refuse


async def _nowhere(_: web.Request) -> web.Response:
    return _error(404, "not_found", "", "There is nothing at this address.")


_CODES = {400: "no_json", 408: "too_slow", 413: "too_large", 415: "no_json", 429: "too_many_requests"}
_KEPT = ("Retry-After", "Connection", "WWW-Authenticate", "Allow")


def _error(status: int, code: str, field: str, message: str, headers: Mapping[str, str] | None = None) -> web.Response:
    kept = {name: value for name, value in (headers or {}).items() if name in _KEPT}
    return _json({"error": {"code": code, "field": field, "message": message}}, status, kept)


def _json(body: object, status: int, headers: Mapping[str, str]) -> web.Response:
    # An error may name what was sent, half a character as well.
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return web.Response(
        body=data,
        status=status,
        content_type="application/json",
        charset="utf-8",
        headers={"Cache-Control": "no-store", **headers},
    )
