"""What is done with the frames of a visitor's page: each acts at once, and says what was wrong."""

import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from aiohttp import web

from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.signing import signed
from app.services.web_chat import ChatDoor, ShownWidget
from app.web.chat_frames import begun_of, ids_of, parse_frame, read_frame
from app.web.chat_room import ChatRoom, Visitor, send
from app.web.limits import Rate

CASE_PURPOSE = "chat case"
TYPING_EVERY_S = 2.0
BEGINS, BEGINS_S = 20, 600
Act = Callable[[Visitor, ShownWidget, str, dict[str, Any]], Awaitable[None]]


class ChatTalk:
    """Takes frames; a page that sends what is none is told so, one that goes on is hung up on."""

    def __init__(
        self, door: ChatDoor, room: ChatRoom, *, a_minute: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._door, self._room, self._clock = door, room, clock
        self._said, self._begun = Rate(a_minute), Rate(max(BEGINS, a_minute), BEGINS_S)
        self._strangers, self._nonsense = Rate(30), Rate(30)
        self._typed: dict[str, float] = {}
        self._acts: dict[str, Act] = {
            "hello": self._hello, "begin": self._begin, "say": self._say, "seen": self._seen, "got": self._got,
            "typing": self._typing, "leave": self._leave, "mail": self._mail, "ping": self._ping,
        }  # fmt: skip

    async def take(self, visitor: Visitor, widget: ShownWidget, who: str, text: str) -> bool:
        """Whether the page may go on."""
        name, told = "", dict[str, Any]()
        try:
            name, told = parse_frame(text)
            await self._acts[name](visitor, widget, who, read_frame(name, told))
        except Refused as refused:
            await self._no(visitor, name, told, refused.reason.value, refused.field)
            return name != "" or self._bears(who)
        except web.HTTPTooManyRequests as error:
            await self._no(visitor, name, told, "slow_down", error.headers.get("Retry-After", ""))
        return True

    def _bears(self, who: str) -> bool:
        try:
            self._nonsense.take(who)
        except web.HTTPTooManyRequests:
            return False
        return True

    async def _no(self, visitor: Visitor, name: str, told: dict[str, Any], why: str, field: str) -> None:
        id_ = str(told.get("id", ""))[:36]
        await send(visitor.socket, {"t": "no", "of": name, "id": id_, "why": why, "field": field})

    async def _hello(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        language = told.get("lang", widget.language)
        await send(
            visitor.socket,
            {
                "t": "about", "open": await self._door.is_open(widget), "team": widget.team,
                "house": widget.organisation, "welcome": widget.welcome(language), "email": widget.asks_email,
                "case": await self.case(widget, told.get("case", "")) is not None,
            },
        )  # fmt: skip
        if secret := told.get("secret", ""):
            found = await self._door.find(widget.key, secret, told.get("seq", 0), 1)
            if found is None:
                self._strangers.take(who)
                await send(visitor.socket, {"t": "gone"})
                return
            visitor.secret, visitor.sent = secret, told.get("seq", 0)
            self._room.join(visitor, found)

    async def _begin(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        is_open = await self._door.is_open(widget)
        begun = begun_of(told, widget, await self.case(widget, told.get("case", "")), is_open=is_open)
        self._begun.take(who)
        chat = await self._door.begin(widget, new_id(), told["secret"], begun)
        visitor.secret, visitor.sent = told["secret"], 0
        self._room.join(visitor, chat)

    async def _say(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        del widget, who
        secret = _secret(visitor)
        self._said.take(secret)
        body = told.get("body", "").replace("\r\n", "\n").strip()
        files = ids_of(told)
        seq = await self._door.say(secret, UUID(told["id"]), body, files)
        if not files:
            self._room.numbered(visitor, seq)
        await send(visitor.socket, {"t": "said", "id": told["id"], "seq": seq})

    async def _seen(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        del widget, who
        await self._door.got(_secret(visitor), told["seq"], told["seq"])

    async def _got(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        del widget, who
        await self._door.got(_secret(visitor), told["seq"], 0)

    async def _typing(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        del widget, who, told
        secret, now = _secret(visitor), self._clock()
        if now - self._typed.get(secret, 0.0) >= TYPING_EVERY_S:
            self._typed = {name: at for name, at in self._typed.items() if now - at < TYPING_EVERY_S} | {secret: now}
            await self._door.types(secret)

    async def _leave(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        del widget, who, told
        await self._door.leave(_secret(visitor))

    async def _mail(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        del widget
        self._begun.take(who)
        await self._door.mail_me(_secret(visitor), told.get("email", "").strip())
        await send(visitor.socket, {"t": "mails"})
        self._room.push(visitor)

    async def _ping(self, visitor: Visitor, widget: ShownWidget, who: str, told: dict[str, Any]) -> None:
        del widget, who, told
        await send(visitor.socket, {"t": "pong"})

    async def case(self, widget: ShownWidget, token: str) -> UUID | None:
        """The case of a link that we signed for this widget, while it holds."""
        body = signed(await self._door.key(), f"{CASE_PURPOSE} {widget.id}", token, 24) if token else None
        if body is None or int.from_bytes(body[16:]) < self._clock():
            return None
        return UUID(bytes=body[:16])


def _secret(visitor: Visitor) -> str:
    if visitor.chat_id is None:
        raise Refused(Refusal.NOT_FOUND, "chat")
    return visitor.secret
