"""The page behind the link of a broadcast's mail: one press ends them, another one takes them up again.

Opening alone ends nothing, as filters open links; what a mail program posts by itself does (RFC 8058, section 3.2).
"""

from html import escape
from uuid import UUID

from aiohttp import web

from app.services.messages import MailStop, MailStops
from app.web.html import language_of, other_language, page
from app.web.limits import Rate, read_body, sender
from app.web.stop_words import WORDS

MOST_BODY = 4096


class StopPage:
    """GET shows, POST ends them; who guesses links waits."""

    def __init__(self, stops: MailStops) -> None:
        self._stops = stops
        self._strangers = Rate(60)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where it stands."""
        return [web.get("/u/{token}", self.show), web.post("/u/{token}", self.stop)]

    async def show(self, request: web.Request) -> web.Response:
        """Whose mails they are, and whether she gets them."""
        found = await self._found(request)
        if found is None:
            return _say(language_of(request, "en"), "unknown", 404)
        return _page(language_of(request, found.language), found)

    async def stop(self, request: web.Request) -> web.Response:
        """End them, or take them up again when the page's other button says so."""
        body = await read_body(request, MOST_BODY)
        found = await self._found(request)
        if found is None:
            return _say(language_of(request, "en"), "unknown", 404)
        await self._stops.set(UUID(request.match_info["token"]), b"again=1" not in body)
        now = await self._found(request)
        assert now is not None
        return _page(language_of(request, now.language), now)

    async def _found(self, request: web.Request) -> MailStop | None:
        try:
            found = await self._stops.find(UUID(request.match_info["token"]))
        except ValueError:
            found = None
        if found is None:
            self._strangers.take(sender(request))
        return found


def _page(language: str, found: MailStop) -> web.Response:
    said = WORDS[language]
    names = {"{name}": f"<strong>{escape(found.organisation)}</strong>", "{address}": escape(_masked(found.address))}

    def words(name: str) -> str:
        text = said[name]
        for place, value in names.items():
            text = text.replace(place, value)
        return text

    status = f'<p role="status">{words("stopped")}</p>' if found.stopped else f"<p>{words('question')}</p>"
    button = (
        f'<button type="submit" class="quiet" name="again" value="1">{said["again"]}</button>'
        if found.stopped
        else f'<button type="submit" id="stop">{said["stop"]}</button>'
    )
    body = (
        f"<h1>{said['title']}</h1>{status}<p class=meta>{words('cases')}</p>"
        f'<form method="post" action="?lang={language}">{button}</form>{other_language(language)}'
    )
    return page(language, said["title"], body)


def _say(language: str, word: str, status: int) -> web.Response:
    said = WORDS[language]
    return page(language, said["title"], f"<h1>{said['title']}</h1><p role='status'>{said[word]}</p>", status=status)


def _masked(address: str) -> str:
    """Enough for her to know it, not enough for who got the link from her."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…@{host}"
