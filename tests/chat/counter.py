"""The test organisation with SMS: a provider of its own, and the hub's workers and web hooks while it is open."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from app.bootstrap.sms import SmsParts
from app.chat.provider_double import ProviderDouble, a_message, call
from app.domain.composing import Ending
from app.domain.ids import new_id
from app.hub.supervisor import Worker, supervise
from app.services.sms import SmsToSend, Texts, TextSwitch
from app.store.engine import connect, open_engine
from app.store.session import Database
from app.store.sms import PostgresSms
from app.web.server import serve
from tests.helpers.mail_store import hub_access, hub_database
from tests.helpers.organisation import Vallon

SECRET = "the provider's token"
JANE = "+33639981234"
NUMBER = "+33380123450"


class Texting:
    """Numbers that text, and what came of it."""

    def __init__(self, vallon: Vallon, provider: ProviderDouble) -> None:
        self.vallon, self.provider = vallon, provider
        self.database: Database = hub_database(vallon, 8)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.line = UUID(int=0)
        self._desks: dict[str, Database] = {}

    @property
    def hook(self) -> str:
        return f"http://127.0.0.1:{self.port}/sms/{self.line}/in"

    async def add_line(self, team: str = "Contact centre", **more: object) -> UUID:
        """A line on a team's number, made by an administrator as her own role."""
        ada = await connect(self.vallon.access("ada"))
        number = await ada.fetchval("SELECT id FROM numbers WHERE team_id = $1", self.vallon.teams[team])
        values: dict[str, object] = {
            "id": new_id(),
            "organisation_id": self.vallon.organisation_id,
            "number_id": number,
            "url": self.provider.counter.url,
            "account": self.provider.counter.account,
            "secret": SECRET,
            "hooks_at": f"http://127.0.0.1:{self.port}",
        } | more
        places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        await ada.execute(f"INSERT INTO sms_lines ({', '.join(values)}) VALUES ({places})", *values.values())
        await ada.close()
        self.line = UUID(str(values["id"]))
        return self.line

    async def texts(self, text: str, sender: str = JANE, name: str = "") -> int:
        """A customer writes; the status that the hub answers the provider with."""
        return await call(SECRET, self.hook, a_message(sender, NUMBER, text, name))

    async def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in await self.database.rows(sql, **parameters)]

    async def until(self, sql: str, count: int = 1, most_s: float = 8, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of a question once there are so many."""
        try:
            async with asyncio.timeout(most_s):
                while len(found := await self.rows(sql, **parameters)) < count:
                    await asyncio.sleep(0.02)
        except TimeoutError:
            there = await self.rows("SELECT state, reason, attempts FROM deliveries")
            raise AssertionError(f"{len(found)} instead of {count} rows of {sql}; deliveries: {there}") from None
        return found

    async def settled(self, count: int) -> list[dict[str, Any]]:
        return await self.until("SELECT * FROM incoming WHERE fate IS NOT NULL ORDER BY arrived_at, id", count)

    async def sends(
        self, case: UUID, text: str, to: str = JANE, by: str = "nadia", ending: Ending = Ending.SEND
    ) -> UUID:
        """An agent answers by SMS, as her own role; the message's id."""
        texts = Texts(PostgresSms(self.as_agent(by)))
        sender = await texts.sender(case, to)
        assert sender is not None
        sms = SmsToSend(new_id(), new_id(), case, sender.line_id, to, text, ending)
        await texts.send(sms)
        return sms.id

    def as_agent(self, name: str) -> Database:
        if name not in self._desks:
            self._desks[name] = Database(open_engine(self.vallon.access(name)))
        return self._desks[name]

    async def close(self) -> None:
        for desk in self._desks.values():
            await desk.close()
        await self.database.close()


@asynccontextmanager
async def hub(texting: Texting, switch: TextSwitch | None = None) -> AsyncIterator[None]:
    """The hub's SMS and its web hooks while this is open."""
    parts = SmsParts(texting.database, hub_access(texting.vallon), switch)
    pages = Worker("pages", lambda: serve(parts.routes(), "127.0.0.1", texting.port))
    running = asyncio.create_task(supervise((*parts.workers(), pages)))
    try:
        async with asyncio.timeout(10):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", texting.port)
                    writer.close()
                    break
                except OSError:
                    await asyncio.sleep(0.02)
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
