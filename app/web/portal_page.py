"""The portal over HTTP: sign-in by a mailed link, her own cases, answers with files, solved, rated.

A link is signed, works once, for 15 minutes and in the browser that asked for it. Cookies are HttpOnly and SameSite;
what changes something comes from our own pages only.
"""

import re
import secrets
from collections.abc import Awaitable, Callable
from html import escape
from urllib.parse import quote
from uuid import UUID, uuid4

from aiohttp import web

from app.domain.refusals import Refusal, Refused
from app.domain.shapes import EMAIL
from app.domain.signing import signed
from app.services.web_chat import ChatDoor
from app.services.web_front import BODY_MOST, House, Portal, PortalCase
from app.web import portal_views as views
from app.web.html import language_of, other_language, page
from app.web.limits import Rate, read_fields, sender
from app.web.portal_words import WORDS
from app.web.uploads import MOST_AT_ONCE, read_answer

MOST_FORM = 64_000
BROWSER, SESSION = "guichet_browser", "guichet_portal"
SESSION_S, BROWSER_S = 8 * 3600, 30 * 86_400
_SECRET = re.compile("[A-Za-z0-9_-]{43}")
_TOLD = ("solved", "noted", "sent", "went_on", "rated")
Handler = Callable[[web.Request, House], Awaitable[web.StreamResponse]]


class PortalPage:
    """Everything below /portal/KEY."""

    def __init__(self, portal: Portal, chats: ChatDoor | None = None) -> None:
        self._portal, self._chats = portal, chats
        self._asks, self._tries, self._acts = Rate(20, 600), Rate(120), Rate(240)
        self._uploads = 0

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where it stands."""
        root, one = "/portal/{key}", "/portal/{key}/{number:[0-9]{1,15}}"
        return [
            web.get(root, self._in_house(self._start)),
            web.post(root, self._in_house(self._ask)),
            web.get(root + "/enter/{mark}", self._in_house(self._look)),
            web.post(root + "/enter/{mark}", self._in_house(self._enter)),
            web.post(root + "/leave", self._in_house(self._leave)),
            web.get(one, self._in_house(self._case)),
            web.post(one + "/answer", self._in_house(self._answer)),
            web.post(one + "/solve", self._in_house(self._solve)),
            web.post(one + "/rate", self._in_house(self._rate)),
            web.get(one + "/files/{file}", self._in_house(self._file)),
        ]

    def _in_house(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            language = language_of(request, "en")
            self._acts.take(sender(request))
            if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "none") not in {
                "same-origin",
                "none",
            }:
                return self._say(language, "refused", 403)
            key = request.match_info["key"]
            try:
                house = await self._portal.house(key) if re.fullmatch("[a-z0-9]{10,40}", key) else None
                if house is None:
                    self._tries.take(sender(request))
                    return self._say(language, "unknown", 404)
                return await handler(request, house)
            except Refused as refused:
                return self._refused(request, language, refused)

        return handle

    def _refused(self, request: web.Request, language: str, refused: Refused) -> web.StreamResponse:
        match refused.reason:
            case Refusal.NOT_PERMITTED:
                return _see(f"{_root(request)}?lang={language}")
            case Refusal.NOT_FOUND:
                self._tries.take(sender(request))
                return self._say(language, "unknown", 404)
            case Refusal.ATTACHMENT_TOO_LARGE | Refusal.TOO_MANY | Refusal.TOO_LONG:
                response = self._say(language, "too_large", 413)
                response.force_close()  # the rest of it is not read
                return response
        return self._say(language, "away", 503)

    def _say(self, language: str, word: str, status: int) -> web.Response:
        said = WORDS[language]
        return page(
            language, said["title"], f"<h1>{said['title']}</h1><p role='status'>{said[word]}</p>", status=status
        )

    async def _start(self, request: web.Request, house: House) -> web.StreamResponse:
        language, root = language_of(request, house.language), _root(request)
        found = await self._portal.cases(request.match_info["key"], _session(request))
        body = views.listed(house, root, language, *found) if found else views.sign_in(house, root, language)
        return page(language, WORDS[language]["title"], body + other_language(language))

    async def _ask(self, request: web.Request, house: House) -> web.StreamResponse:
        language, root = language_of(request, house.language), _root(request)
        said = WORDS[language]
        typed = (await read_fields(request, MOST_FORM)).get("email", "").strip()[:254]
        self._asks.take(sender(request))
        if not re.search(EMAIL, typed) or not typed.isprintable():
            body = views.sign_in(house, root, language, said["wrong_email"], typed)
            return page(language, said["title"], body, status=422)
        browser = _cookie(request, BROWSER) or secrets.token_urlsafe(32)
        # Only a link that leads to our own address is mailed; the host of the request is a stranger's word.
        await self._portal.ask(request.match_info["key"], typed, uuid4(), browser, f"{root}/enter/")
        told = said["mailed"].replace("{address}", f"<strong>{escape(typed)}</strong>")
        response = page(language, said["title"], f"<h1>{said['title']}</h1><p role='status'>{told}</p>")
        _set(request, response, BROWSER, browser, BROWSER_S, house)
        return response

    async def _look(self, request: web.Request, house: House) -> web.StreamResponse:
        language = language_of(request, house.language)
        if await self._link(request) is None or not _cookie(request, BROWSER):
            return self._dead(request, house)
        return page(language, WORDS[language]["title"], views.enter(house, language))

    async def _enter(self, request: web.Request, house: House) -> web.StreamResponse:
        link, browser, session = await self._link(request), _cookie(request, BROWSER), secrets.token_urlsafe(32)
        if link is None or not browser:
            return self._dead(request, house)
        if not await self._portal.enter(request.match_info["key"], link, browser, session):
            return self._dead(request, house)
        response = _see(_root(request))
        _set(request, response, SESSION, session, SESSION_S, house)
        return response

    def _dead(self, request: web.Request, house: House) -> web.Response:
        self._tries.take(sender(request))
        language = language_of(request, house.language)
        body = views.sign_in(house, _root(request), language, WORDS[language]["dead"])
        return page(language, WORDS[language]["title"], body, status=410)

    async def _link(self, request: web.Request) -> UUID | None:
        body = signed(await self._portal.key(), "portal", request.match_info["mark"], 16)
        return None if body is None else UUID(bytes=body)

    async def _leave(self, request: web.Request, _: House) -> web.StreamResponse:
        await self._portal.leave(_session(request))
        response = _see(_root(request))
        response.del_cookie(SESSION, path=_root(request))
        return response

    async def _case(self, request: web.Request, house: House) -> web.StreamResponse:
        word = request.query.get("told", "")
        return await self._shown(request, house, word if word in _TOLD else "")

    async def _shown(
        self, request: web.Request, house: House, told: str = "", wrong: str = "", status: int = 200
    ) -> web.StreamResponse:
        language = language_of(request, house.language)
        found = await self._portal.case(request.match_info["key"], _session(request), _number(request))
        said = WORDS[language]
        chat = await self._chat(found, language)
        body = views.case(house, _root(request), language, found, said.get(told, ""), said.get(wrong, ""), chat)
        return page(language, found.line.subject, body + other_language(language), status=status)

    async def _chat(self, found: PortalCase, language: str) -> str:
        """Where she chats about this case; empty while nobody is there to answer."""
        if self._chats is None or found.chat is None:
            return ""
        widget = await self._chats.widget(found.chat.key)
        if widget is None or not await self._chats.is_open(widget):
            return ""
        return f"/chat/{found.chat.key}?case={found.chat.token}&lang={language}"

    async def _answer(self, request: web.Request, house: House) -> web.StreamResponse:
        key, session, number = request.match_info["key"], _session(request), _number(request)
        await self._portal.case(key, session, number)  # before a byte of a stranger is kept
        if self._uploads >= MOST_AT_ONCE:
            return self._say(language_of(request, house.language), "away", 503)
        self._uploads += 1
        try:
            sent = await read_answer(request, self._portal, key, session)
            if not sent.said and not sent.files:
                return await self._shown(request, house, wrong="empty", status=422)
            if len(sent.said) > BODY_MOST:
                raise Refused(Refusal.TOO_LONG, "body", length=len(sent.said), most=BODY_MOST)
            went_on = await self._portal.answer(key, session, number, sent.said, sent.files)
        finally:
            self._uploads -= 1
            await self._portal.drop_files(session)
        return _back(request, went_on, "sent" if went_on == number else "went_on", house)

    async def _solve(self, request: web.Request, house: House) -> web.StreamResponse:
        number = _number(request)
        solved = await self._portal.solve(request.match_info["key"], _session(request), number)
        return _back(request, number, "solved" if solved else "noted", house)

    async def _rate(self, request: web.Request, house: House) -> web.StreamResponse:
        number, sent = _number(request), await read_fields(request, MOST_FORM)
        comment = sent.get("comment", "").replace("\0", "").strip()[:2000]
        await self._portal.rate(request.match_info["key"], _session(request), number, sent.get("rating", ""), comment)
        return _back(request, number, "rated", house)

    async def _file(self, request: web.Request, _: House) -> web.StreamResponse:
        try:
            wanted = UUID(request.match_info["file"])
        except ValueError:
            raise Refused(Refusal.NOT_FOUND, "file") from None
        found = await self._portal.file(request.match_info["key"], _session(request), _number(request), wanted)
        if found is None:
            raise Refused(Refusal.NOT_FOUND, "file")
        file, blob = found
        # Always saved and never shown: what somebody sent could be a page of its own.
        response = web.StreamResponse(headers={
            "Content-Type": "application/octet-stream", "Cache-Control": "no-store",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        })  # fmt: skip
        response.content_length = file.size
        await response.prepare(request)
        position = 0
        while (data := await self._portal.part(blob, position)) is not None:
            await response.write(data)
            position += 1
        await response.write_eof()
        return response


def _root(request: web.Request) -> str:
    return f"/portal/{request.match_info['key']}"


def _number(request: web.Request) -> int:
    return int(request.match_info["number"])


def _cookie(request: web.Request, name: str) -> str:
    value = request.cookies.get(name, "")
    return value if _SECRET.fullmatch(value) else ""


def _session(request: web.Request) -> str:
    return _cookie(request, SESSION)


def _set(request: web.Request, response: web.StreamResponse, name: str, value: str, age: int, house: House) -> None:
    # Lax: a link in a mail opens the page with it; another site's form does not send it.
    secure = request.secure or house.url.startswith("https:")
    response.set_cookie(name, value, path=_root(request), max_age=age, httponly=True, samesite="Lax", secure=secure)


def _back(request: web.Request, number: int, told: str, house: House) -> web.Response:
    language = language_of(request, house.language)
    return _see(f"{_root(request)}/{number}?told={told}&lang={language}")


def _see(place: str) -> web.Response:
    return web.Response(status=303, headers={"Location": place, "Cache-Control": "no-store"})
