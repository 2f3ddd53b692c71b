"""A visitor's page without a browser: the same frames over the same socket, and a hub that serves it."""

import asyncio
import contextlib
import secrets
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any
from uuid import UUID, uuid4

import aiohttp

from app.bootstrap.web_chat import ChatParts
from app.domain.ids import new_id
from app.hub.supervisor import supervise
from app.mail.portal_link import portal_link
from app.services.attachments import NewFile
from app.services.web_chat import Chats, ChatView
from app.store.chats import PostgresChats
from app.store.engine import connect, open_engine
from app.store.session import Database
from app.store.web_portal import PostgresPortal
from app.web.portal_page import PortalPage
from tests.helpers.mail_store import hub_access, hub_database
from tests.helpers.organisation import Vallon
from tests.helpers.web import serving

PATIENCE_S = 15
EMAIL = "amelie@tilleuls.example"


class Visitor:
    """One page; what it got is kept in order."""

    def __init__(
        self, url: str, key: str, secret: str = "", *, origin: str = "", trust: ssl.SSLContext | None = None,
        address: str = "127.0.0.1",
    ) -> None:  # fmt: skip
        self.url, self.key, self.secret = url, key, secret or secrets.token_urlsafe(32)
        self.frames: list[dict[str, Any]] = []
        self._mine: dict[str, str] = {}
        self._origin, self._trust, self._address = origin or url, trust, address
        self._client: aiohttp.ClientSession | None = None
        self.socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None
        self._came = asyncio.Event()
        self.closed = asyncio.Event()

    async def __aenter__(self) -> "Visitor":
        await self.connect()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.hang_up()

    async def connect(self) -> None:
        connector = aiohttp.TCPConnector(local_addr=(self._address, 0), ssl=self._trust or True)
        self._client = aiohttp.ClientSession(connector=connector)
        try:
            self.socket = await self._client.ws_connect(
                f"{self.url}/chat/{self.key}/socket", headers={"Origin": self._origin}
            )
        except BaseException:
            await self._client.close()
            raise
        self.closed.clear()
        self._reading = asyncio.create_task(self._read())

    async def hang_up(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        if self.socket is not None:
            await self.socket.close()
        if self._client is not None:
            await self._client.close()

    async def send(self, frame: str, /, **told: Any) -> None:
        assert self.socket is not None
        await self.socket.send_json({"t": frame, **told})

    async def hello(self, *, seq: int = 0, known: bool = False, **more: Any) -> dict[str, Any]:
        await self.send("hello", lang="fr", seq=seq, **({"secret": self.secret} if known else {}), **more)
        return await self.get("about")

    async def begin(self, body: str = "Bonjour", **more: Any) -> dict[str, Any]:
        told = {"id": str(uuid4()), "name": "Amélie Fontaine", "email": EMAIL, "body": body, "lang": "fr"}
        await self.send("begin", secret=self.secret, **(told | more))
        return await self.get("chat")

    async def say(self, body: str, *files: str, id_: str = "") -> str:
        told = id_ or str(uuid4())
        self._mine[told] = body
        await self.send("say", id=told, body=body, files=list(files))
        return told

    async def get(self, name: str, fits: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """The newest frame of a name that fits, waited for."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = [one for one in self.frames if one["t"] == name and fits(one)]
                if found:
                    return found[-1]
                self._came.clear()
                await self._came.wait()

    async def answer(self, id_: str) -> dict[str, Any]:
        """What became of something that was said."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = [one for one in self.frames if one["t"] in {"no", "said"} and one["id"] == id_]
                if found:
                    return found[-1]
                self._came.clear()
                await self._came.wait()

    def words(self, by: str = "") -> list[str]:
        """What was said, each once however often it came, in its order."""
        # The page knows its own words; others get theirs.
        own = ({"t": "msg", "by": "visitor", "seq": one["seq"], "body": self._mine[one["id"]]} for one in self.frames
               if one["t"] == "said")  # fmt: skip
        found = {one["seq"]: one for one in (*own, *(one for one in self.frames if one["t"] == "msg"))}
        return [found[seq]["body"] for seq in sorted(found) if not by or found[seq]["by"] == by]

    async def until_said(self, body: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while body not in self.words():
                self._came.clear()
                await self._came.wait()

    async def _read(self) -> None:
        assert self.socket is not None
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self.frames.append(message.json())
                self._came.set()
        self.closed.set()
        self._came.set()


@dataclass
class ChatWorld:
    """An organisation with a chat at its contact centre, agents who are there, and the hub that serves it."""

    vallon: Vallon
    url: str = ""
    key: str = ""
    port: int = 0
    databases: dict[str, Database] = field(default_factory=dict)

    def database(self, name: str) -> Database:
        if name not in self.databases:
            self.databases[name] = Database(open_engine(self.vallon.access(name)))
        return self.databases[name]

    def chats(self, name: str) -> Chats:
        return Chats(PostgresChats(self.database(name)))

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        admin = await connect(self.vallon.admin)
        try:
            return [dict(row) for row in await admin.fetch(sql, *values)]
        finally:
            await admin.close()

    async def until(self, sql: str, *values: Any) -> dict[str, Any]:
        """The first row of a question, waited for."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := await self.rows(sql, *values)):
                await asyncio.sleep(0.02)
        return found[0]

    async def state(self, name: str, state: str = "available") -> None:
        await self.database(name).write("SELECT set_my_state(:state, '')", state=state)

    async def offered(self, name: str) -> ChatView:
        """The chat that asks for this agent, waited for."""
        row = await self.until("SELECT id FROM chats WHERE $1 = ANY (ringing)", self.vallon.agents[name])
        return await self.view(name, row["id"])

    async def view(self, name: str, chat_id: UUID) -> ChatView:
        return next(one for one in await self.chats(name).store.live_chats() if one.id == chat_id)

    async def accepted(self, name: str) -> ChatView:
        chat = await self.offered(name)
        await self.chats(name).store.accept(chat.id)
        return chat

    async def says(
        self, name: str, chat: UUID, body: str, message: UUID | None = None, files: Sequence[NewFile] = ()
    ) -> UUID:
        id_ = message or new_id()
        await self.chats(name).say(chat, id_, body, files)
        return id_

    async def shape(self, team: str = "Contact centre", **more: Any) -> None:
        """Set a team's chat up as its supervisor does."""
        chats = self.chats("sofia")
        widgets = await chats.store.widgets()
        widget = next(one for one in widgets if one.team_id == self.vallon.teams[team])
        await chats.save_widget(replace(widget, active=True, **more))
        widgets = await chats.store.widgets()
        self.key = next(one.key for one in widgets if one.team_id == self.vallon.teams[team])

    async def close(self) -> None:
        for database in self.databases.values():
            await database.close()


@contextlib.asynccontextmanager
async def chat_hub(world: ChatWorld, **more: Any) -> AsyncIterator[ChatWorld]:
    """The hub's part of chat and the portal, served on the world's port."""
    database = hub_database(world.vallon, 6)
    served = {"a_sender": 100_000} | more.pop("serving", {})
    parts = ChatParts(database, hub_access(world.vallon), **{"a_minute": 10_000, "each": 10_000} | more)
    working = asyncio.create_task(supervise(parts.workers()))
    try:
        portal = PortalPage(PostgresPortal(database, portal_link), parts.door)
        async with serving((*parts.routes(), *portal.routes()), world.port, **served) as world.url:
            yield world
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await database.close()
