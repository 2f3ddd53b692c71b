"""The pages that are connected: what is said in a chat is pushed to each of them, in its order, once."""

import asyncio
import logging
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from aiohttp import web

from app.domain.refusals import Refusal, Refused
from app.services.web_chat import ChatDoor, ChatTold, ChatWords

log = logging.getLogger(__name__)

PAGE = 100
SEND_WITHIN_S = 10
GONE_AFTER_S = 5.0
"""A page that is loaded anew is back by then: its visitor never left."""


@dataclass(eq=False, slots=True)
class Visitor:
    """One page of a visitor's; `sent` is the last message that went to it."""

    socket: web.WebSocketResponse
    key: str
    secret: str = ""
    chat_id: UUID | None = None
    sent: int = 0
    told: dict[str, Any] = field(default_factory=dict)
    wanted: bool = False
    pushing: asyncio.Task[None] | None = None


class ChatRoom:
    """Who is connected to which chat at this hub."""

    def __init__(self, door: ChatDoor) -> None:
        self._door = door
        self._pages: dict[UUID, set[Visitor]] = {}
        self._here: set[UUID] = set()
        self._work: set[asyncio.Task[None]] = set()

    def count(self) -> int:
        """How many chats have a page here."""
        return len(self._pages)

    def join(self, visitor: Visitor, told: ChatTold) -> None:
        """A page shows a chat from now on."""
        if visitor.chat_id is not None:
            self.leave(visitor)
        visitor.chat_id = told.id
        self._pages.setdefault(told.id, set()).add(visitor)
        if told.id not in self._here:
            self._here.add(told.id)
            self._begin(self._tell_here(told.id, here=True))
        self.push(visitor)

    def leave(self, visitor: Visitor) -> None:
        """It does not any more; the last one of a chat says so a moment later."""
        chat_id, visitor.chat_id = visitor.chat_id, None
        if visitor.pushing is not None:
            visitor.pushing.cancel()
        if chat_id is None or chat_id not in self._pages:
            return
        self._pages[chat_id].discard(visitor)
        if not self._pages[chat_id]:
            del self._pages[chat_id]
            self._begin(self._gone(chat_id))

    async def heard(self, word: str, rest: str) -> None:
        """What the database told of a chat; for chats of other hubs nothing happens."""
        if word == "again":
            # Another hub, or this one before: whoever is not here now is away.
            self._here &= self._pages.keys()
            for pages in tuple(self._pages.values()):
                for visitor in tuple(pages):
                    self.push(visitor)
            return
        name, _, more = rest.partition(".")
        seq, _, by = more.partition(".")
        for visitor in tuple(self._pages.get(UUID(name), ())):
            if word == "moved" or (word == "said" and not (by == "visitor" and visitor.sent >= int(seq))):
                self.push(visitor)
            elif word == "typing":
                self._begin(send(visitor.socket, {"t": "typing"}))
            elif word == "file":
                self._begin(self._send_again(visitor, int(seq)))

    def numbered(self, visitor: Visitor, seq: int) -> None:
        """What a page said has its number: the page knows the words, and nobody fetches them for it."""
        if seq == visitor.sent + 1:
            visitor.sent = seq

    def push(self, visitor: Visitor) -> None:
        """Bring a page up to date; what is wanted while that happens is brought as well."""
        visitor.wanted = True
        if visitor.pushing is None:
            visitor.pushing = asyncio.create_task(self._push(visitor))
            visitor.pushing.add_done_callback(lambda task: _pushed(visitor, task))

    async def close(self) -> None:
        """End what is on its way."""
        for task in tuple(self._work):
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    async def _push(self, visitor: Visitor) -> None:
        while visitor.wanted and not visitor.socket.closed:
            visitor.wanted = False
            try:
                told = await self._door.find(visitor.key, visitor.secret, visitor.sent, PAGE)
            except Refused as refused:
                if refused.reason is Refusal.SERVER_AWAY:  # it is told again when the server is back
                    return
                raise
            if told is None:
                await send(visitor.socket, {"t": "gone"})
                return
            for words in told.words:
                await send(visitor.socket, words_frame(words))
                visitor.sent = words.seq
            state = state_frame(told)
            if state != visitor.told:
                visitor.told = state
                await send(visitor.socket, state)
            visitor.wanted = visitor.wanted or len(told.words) == PAGE

    async def _send_again(self, visitor: Visitor, seq: int) -> None:
        told = await self._door.find(visitor.key, visitor.secret, seq - 1, 1)
        if told is not None and seq <= visitor.sent:
            for words in told.words:
                await send(visitor.socket, words_frame(words))

    async def _gone(self, chat_id: UUID) -> None:
        await asyncio.sleep(GONE_AFTER_S)
        if chat_id not in self._pages and chat_id in self._here:
            self._here.discard(chat_id)
            await self._tell_here(chat_id, here=False)

    async def _tell_here(self, chat_id: UUID, *, here: bool) -> None:
        try:
            await self._door.here(chat_id, here=here)
        except Refused:
            log.info("nobody could be told that a visitor came or went")

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        _look_at(task)


def _pushed(visitor: Visitor, task: asyncio.Task[None]) -> None:
    visitor.pushing = None
    _look_at(task)


def _look_at(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        quiet = isinstance(error, ConnectionError | TimeoutError)
        log.log(
            logging.INFO if quiet else logging.ERROR,
            "a page was not told: %r",
            error,
            exc_info=None if quiet else error,
        )


async def send(socket: web.WebSocketResponse, frame: dict[str, Any]) -> None:
    """One frame; a page that does not read is hung up on, since others must not wait for it."""
    try:
        async with asyncio.timeout(SEND_WITHIN_S):
            await socket.send_json(frame)
    except (TimeoutError, ConnectionError):
        # Closing would wait for the page as well.
        await asyncio.wait({asyncio.ensure_future(socket.close(drain=False))}, timeout=1)
        raise


def words_frame(words: ChatWords) -> dict[str, Any]:
    """A message as a page gets it."""
    files = [{"id": str(one.id), "name": one.name, "size": one.size, "kind": one.kind} for one in words.files]
    return {
        "t": "msg", "seq": words.seq, "id": str(words.id), "by": words.by, "body": words.body, "at": words.at,
        "author": words.author, "files": files,
    }  # fmt: skip


def state_frame(told: ChatTold) -> dict[str, Any]:
    """Where a chat stands, as a page gets it."""
    state = asdict(told)
    del state["words"]
    return {"t": "chat", **state, "id": str(told.id), "state": told.state.value}
