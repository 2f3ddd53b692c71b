"""The tour's visitor: what her page and the hub would do, played without either; and a picture of the widget."""

import asyncio
import contextlib
import json
import secrets
import socket
import tomllib
from collections.abc import AsyncIterator
from uuid import UUID

from app.bootstrap.browser import BROWSER, browser_tab
from app.bootstrap.profile import administrator_url, database_url, service_secrets, with_sign_in
from app.bootstrap.web_chat import ChatParts
from app.domain.chats import ChatOnFloor, ChatState, subject_of
from app.domain.ids import new_id
from app.services.web_chat import ChatBegun
from app.settings.resources import resource
from app.store.chat_floor import PostgresChatFloor
from app.store.database import HUB_ROLE
from app.store.demo_chat import chat_key
from app.store.engine import Access, access_of, open_engine
from app.store.session import Database
from app.store.web_chat import PostgresChatDoor
from app.web.server import serve


class TourVisitor:
    """One visitor of the demo's story, as its hub would let her in."""

    def __init__(self, profile: str, language: str) -> None:
        self._profile, self._language = profile, language
        self._secret = ""
        self._told = tomllib.loads(resource("sample", "demo.toml").read_text("utf-8"))["visitor"]

    async def begin(self, agent: UUID) -> UUID:
        """She writes, and this agent is asked; the chat's id."""
        async with self._database() as database:
            door, self._secret = PostgresChatDoor(database), secrets.token_urlsafe(32)
            widget = await door.widget(await chat_key(access_of(administrator_url(self._profile))))
            assert widget is not None, "the demo has a chat"
            said = self._told["says"][self._language]
            begun = ChatBegun(new_id(), self._told["name"], self._told["email"], said, self._language, subject_of(said))
            chat = await door.begin(widget, new_id(), self._secret, begun)
            await door.here(chat.id, here=True)
            waiting = ChatOnFloor(chat.id, widget.team_id, ChatState.WAITING)
            await PostgresChatFloor(database).offer(waiting, (agent,), 300)
        return chat.id

    async def answer(self, at: int = 0) -> None:
        """She says what she says to the first answers."""
        async with self._database() as database:
            door = PostgresChatDoor(database)
            await door.got(self._secret, 10**6, 10**6)
            await door.say(self._secret, new_id(), self._told["answers"][self._language][at], ())

    async def type(self) -> None:
        """She writes something."""
        async with self._database() as database:
            await PostgresChatDoor(database).types(self._secret)

    async def leave(self) -> None:
        """She ends the chat, so that the next scene begins with none."""
        if self._secret:
            async with self._database() as database:
                await PostgresChatDoor(database).leave(self._secret)
            self._secret = ""

    async def picture(self, size: tuple[int, int], *, dark: bool) -> bytes | None:
        """The widget on the hub's own page, drawn by a real browser; None where this machine has none."""
        if not BROWSER:
            return None
        key = await chat_key(access_of(administrator_url(self._profile)))
        async with self._database() as database:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            parts = ChatParts(database, self._access())
            serving = asyncio.create_task(serve(parts.routes(), "127.0.0.1", port))
            try:
                await _listening(port)
                return await self._drawn(f"http://127.0.0.1:{port}/chat/{key}", key, size, dark=dark)
            finally:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)

    async def _drawn(self, page: str, key: str, size: tuple[int, int], *, dark: bool) -> bytes:
        """Where she is in a chat her page resumes it, as after a reload."""
        kept = json.dumps({"secret": self._secret, "begin": None, "outbox": [], "open": True})
        async with browser_tab(size, dark=dark) as tab:
            await tab.go(page.rpartition("/chat/")[0] + "/chat.js")
            await tab.call("Runtime.evaluate", expression=f"localStorage.setItem('guichet-chat-{key}', {kept!r})")
            await tab.go(f"{page}?lang={self._language}")
            shown = "document.querySelector('guichet-chat')?.shadowRoot.querySelector"
            wanted = "'.log li.agent'" if self._secret else "'.start:not([hidden])'"
            await tab.until(f"!!{shown}?.call(document.querySelector('guichet-chat').shadowRoot, {wanted})")
            return await tab.shot()

    def _access(self) -> Access:
        password = service_secrets(self._profile).get("hub")
        assert password is not None, "the database has been prepared"
        return access_of(with_sign_in(database_url(self._profile), HUB_ROLE, password))

    @contextlib.asynccontextmanager
    async def _database(self) -> AsyncIterator[Database]:
        database = Database(open_engine(self._access(), connections=3, application="guichet tour"))
        try:
            yield database
        finally:
            await database.close()


async def _listening(port: int) -> None:
    async with asyncio.timeout(20):
        while True:
            with contextlib.suppress(OSError):
                (await asyncio.open_connection("127.0.0.1", port))[1].close()
                return
            await asyncio.sleep(0.02)
