"""The chat over HTTP: the widget's script, a page of the hub's own with it, a socket for each page, files.

A chat is its visitor's by a secret that her browser makes and keeps; the socket and the files come from the sites that
the team named and from the hub's own page, and so many at once from one address.
"""

import asyncio
import gzip
import hashlib
import re
import secrets
from collections.abc import Mapping
from html import escape
from urllib.parse import urlsplit
from uuid import UUID

from aiohttp import WSMsgType, web

from app.domain.refusals import Refusal, Refused
from app.services.web_chat import ChatDoor, ShownWidget
from app.web.chat_files import give_file, take_file
from app.web.chat_frames import SECRET
from app.web.chat_room import ChatRoom, Visitor
from app.web.chat_talk import ChatTalk
from app.web.chat_words import PAGE_STYLE, PAGE_WORDS
from app.web.doors import Seats
from app.web.html import language_of, page
from app.web.limits import Rate, sender

MOST_FRAME = 24 * 1024
HEARTBEAT_S = 25
HELLO_WITHIN_S = 15
SOCKETS_EACH, SOCKETS = 20, 4_000
UPLOADS_EACH, UPLOADS = 2, 16


class ChatPage:
    """Everything below /chat, and the script."""

    def __init__(
        self, door: ChatDoor, room: ChatRoom, script: bytes, *, each: int = SOCKETS_EACH, a_minute: int = 60
    ) -> None:
        self._door, self._room = door, room
        self._script, self._packed = script, gzip.compress(script, 9, mtime=0)
        self._tag = f'"{hashlib.sha256(script).hexdigest()[:20]}"'
        self._sockets, self._uploads = Seats(each, SOCKETS), Seats(UPLOADS_EACH, UPLOADS)
        self._strangers, self._files = Rate(60), Rate(120)
        self._talk = ChatTalk(door, room, a_minute=a_minute)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where it stands."""
        return [
            web.get("/chat.js", self.script),
            web.get("/chat/{key}", self.show),
            web.get("/chat/{key}/socket", self.socket),
            web.post("/chat/{key}/file", self.upload),
            web.get("/chat/{key}/file/{file}", self.file),
            web.options("/chat/{key}/file", self.preflight),
            web.options("/chat/{key}/file/{file}", self.preflight),
        ]

    async def script(self, request: web.Request) -> web.Response:
        """The widget, the same for everybody; any page may load it."""
        headers = {
            "ETag": self._tag, "Cache-Control": "public, max-age=600", "Cross-Origin-Resource-Policy": "cross-origin",
            "Access-Control-Allow-Origin": "*", "Vary": "Accept-Encoding",
        }  # fmt: skip
        if request.headers.get("If-None-Match") == self._tag:
            return web.Response(status=304, headers=headers)
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        if packed:
            headers["Content-Encoding"] = "gzip"
        body = self._packed if packed else self._script
        return web.Response(body=body, content_type="text/javascript", charset="utf-8", headers=headers)

    async def show(self, request: web.Request) -> web.Response:
        """A page of the hub's own: for who has no site, and to try it."""
        widget = await self._widget(request)
        language = language_of(request, widget.language if widget is not None else "en")
        said = PAGE_WORDS[language]
        if widget is None:
            self._strangers.take(sender(request))
            return page(language, "404", f"<p role='status'>{said['unknown']}</p>", status=404)
        nonce = secrets.token_urlsafe(12)
        case = escape(request.query.get("case", "")[:200])
        attribute = f' data-case="{case}"' if case else ""
        text = (
            f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
            f"<title>{escape(widget.team)} – {escape(widget.organisation)}</title>"
            '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
            f'<style nonce="{nonce}">{PAGE_STYLE}</style></head><body><main><h1>{escape(widget.organisation)}</h1>'
            f"<p>{said['intro'].replace('{team}', escape(widget.team))}</p></main>"
            f'<script src="/chat.js" data-team="{widget.key}" data-lang="{language}" data-open="yes"'
            f"{attribute}></script></body></html>"
        )
        host = request.host if re.fullmatch(r"[A-Za-z0-9.:\[\]-]{1,255}", request.host) else ""
        policy = (
            f"default-src 'none'; script-src 'self'; style-src 'nonce-{nonce}'; img-src 'self' blob: data:; "
            f"connect-src 'self' ws://{host} wss://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """One page, for as long as it is open."""
        widget = await self._widget(request)
        who = sender(request)
        if widget is None:
            self._strangers.take(who)
            raise web.HTTPNotFound
        if not from_here(request, widget):
            raise web.HTTPForbidden
        with self._sockets.take(who):
            # Without compression: a window a socket is more memory than all that is said on it.
            socket = web.WebSocketResponse(
                heartbeat=HEARTBEAT_S, max_msg_size=MOST_FRAME, compress=False, timeout=2, autoping=True
            )
            await socket.prepare(request)
            visitor = Visitor(socket, widget.key)
            try:
                await self._serve(visitor, widget, who)
            except (TimeoutError, ConnectionError):
                await asyncio.wait({asyncio.ensure_future(socket.close())}, timeout=2)
            finally:
                self._room.leave(visitor)
        return socket

    async def _serve(self, visitor: Visitor, widget: ShownWidget, who: str) -> None:
        async with asyncio.timeout(HELLO_WITHIN_S):
            first = await visitor.socket.receive()
        while first.type is WSMsgType.TEXT:
            if not await self._talk.take(visitor, widget, who, first.data):
                await visitor.socket.close()
                return
            first = await visitor.socket.receive()

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """A file on its way; it hangs on what is said with it."""
        widget, secret = await self._visitor(request)
        who = sender(request)
        self._files.take(who)
        try:
            with self._uploads.take(who):
                blob = await take_file(request, self._door, secret)
        except Refused as refused:
            response = web.json_response(
                {"why": refused.reason.value}, status=_status(refused), headers=_cors(request, widget)
            )
            response.force_close()  # the rest of it is not read
            return response
        except web.HTTPException as error:
            error.headers.update(_cors(request, widget))
            raise
        return web.json_response({"id": blob}, headers=_cors(request, widget))

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file of her chat."""
        widget, secret = await self._visitor(request)
        self._files.take(sender(request))
        try:
            found = await self._door.file(secret, UUID(request.match_info["file"]))
        except ValueError:
            found = None
        if found is None:
            self._strangers.take(sender(request))
            raise web.HTTPNotFound(headers=_cors(request, widget))
        return await give_file(request, self._door, found, _cors(request, widget))

    async def preflight(self, request: web.Request) -> web.Response:
        """What a browser asks before it sends files from another site."""
        widget = await self._widget(request)
        if widget is None or not from_here(request, widget):
            raise web.HTTPForbidden
        allowed = {
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "authorization, content-type, x-file-name",
            "Access-Control-Max-Age": "600",
        }
        return web.Response(status=204, headers=_cors(request, widget) | allowed)

    async def _visitor(self, request: web.Request) -> tuple[ShownWidget, str]:
        widget = await self._widget(request)
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if widget is None or scheme.lower() != "bearer" or not re.fullmatch(SECRET, secret):
            self._strangers.take(sender(request))
            raise web.HTTPNotFound
        if not from_here(request, widget, needed=request.method == "POST"):
            raise web.HTTPForbidden
        return widget, secret

    async def _widget(self, request: web.Request) -> ShownWidget | None:
        key = request.match_info["key"]
        return await self._door.widget(key) if re.fullmatch("[a-z0-9]{10,40}", key) else None


def from_here(request: web.Request, widget: ShownWidget, *, needed: bool = True) -> bool:
    """Whether a page that may show the widget asks; browsers say whose page it is, and cannot be made to lie."""
    origin = request.headers.get("Origin", "")
    if not origin:
        return not needed
    own = urlsplit(widget.url)
    return (
        origin in widget.sites
        or urlsplit(origin).netloc == request.host
        or (bool(widget.url) and origin == f"{own.scheme}://{own.netloc}")
    )


def _cors(request: web.Request, widget: ShownWidget) -> dict[str, str]:
    origin = request.headers.get("Origin", "")
    if not origin or not from_here(request, widget):
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Vary": "Origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Expose-Headers": "Content-Disposition",
    }


_STATUSES: Mapping[Refusal, int] = {Refusal.ATTACHMENT_TOO_LARGE: 413, Refusal.NOT_FOUND: 404, Refusal.SERVER_AWAY: 503}


def _status(refused: Refused) -> int:
    return _STATUSES.get(refused.reason, 422)
