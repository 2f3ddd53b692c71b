"""The tour's visitor: what her page and the hub would do, played without either; and a picture of the widget."""

import asyncio
import base64
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import tempfile
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp

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

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


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
        browser = next(filter(None, map(shutil.which, BROWSERS)), None)
        if browser is None:
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
                return await self._drawn(browser, f"http://127.0.0.1:{port}/chat/{key}", key, size, dark=dark)
            finally:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)

    async def _drawn(self, browser: str, page: str, key: str, size: tuple[int, int], *, dark: bool) -> bytes:
        """Where she is in a chat her page resumes it, as after a reload."""
        kept = json.dumps({"secret": self._secret, "begin": None, "outbox": [], "open": True})
        async with _tab(browser) as tab:
            await tab.call("Page.enable")
            width, height = size
            await tab.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                           mobile=False)  # fmt: skip
            look = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
            await tab.call("Emulation.setEmulatedMedia", features=look)
            await tab.call("Page.navigate", url=page.rpartition("/chat/")[0] + "/chat.js")
            await tab.until("location.href != 'about:blank' && document.readyState == 'complete'")
            await tab.call("Runtime.evaluate", expression=f"localStorage.setItem('guichet-chat-{key}', {kept!r})")
            await tab.call("Page.navigate", url=f"{page}?lang={self._language}")
            shown = "document.querySelector('guichet-chat')?.shadowRoot.querySelector"
            wanted = "'.log li.agent'" if self._secret else "'.start:not([hidden])'"
            await tab.until(f"!!{shown}?.call(document.querySelector('guichet-chat').shadowRoot, {wanted})")
            shot = await tab.call("Page.captureScreenshot")
        return base64.b64decode(shot["data"])

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


class _Tab:
    """One tab of a browser, spoken to by its DevTools protocol."""

    def __init__(self, socket_: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._last = socket_, 0

    async def call(self, method: str, **parameters: Any) -> Any:
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": parameters})
        async with asyncio.timeout(30):
            while True:
                told = await self._socket.receive_json()
                if told.get("id") == self._last:
                    return told["result"]

    async def until(self, expression: str) -> None:
        async with asyncio.timeout(30):
            while not (await self.call("Runtime.evaluate", expression=expression))["result"].get("value"):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def _tab(browser: str) -> AsyncIterator[_Tab]:
    with tempfile.TemporaryDirectory(prefix="guichet-tour-browser-", ignore_cleanup_errors=True) as home:
        process = await asyncio.create_subprocess_exec(
            browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-port=0", f"--user-data-dir={home}", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "HOME": home, "TMPDIR": home}, start_new_session=True,
        )  # fmt: skip
        try:
            place = Path(home) / "DevToolsActivePort"
            async with asyncio.timeout(60):
                while not (place.exists() and "\n" in place.read_text()):  # noqa: ASYNC110 - a file tells nobody
                    await asyncio.sleep(0.05)
            async with aiohttp.ClientSession(f"http://127.0.0.1:{place.read_text().splitlines()[0]}") as client:
                async with client.get("/json/list") as answer:
                    tab = next(one for one in await answer.json(content_type=None) if one["type"] == "page")
                async with client.ws_connect(tab["webSocketDebuggerUrl"], max_msg_size=0) as spoken:
                    yield _Tab(spoken)
        finally:
            await end_browser(process)


async def end_browser(leader: asyncio.subprocess.Process) -> None:
    """End the browser with its helpers: one that still runs would write into the folder that is being removed."""
    with contextlib.suppress(ProcessLookupError, TimeoutError):
        os.killpg(leader.pid, signal.SIGKILL)
        await leader.wait()
        async with asyncio.timeout(5):
            while True:
                os.killpg(leader.pid, 0)
                await asyncio.sleep(0.02)
