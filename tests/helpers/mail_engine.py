"""The test organisation with mail and automations, without servers: what comes is settled, what leaves looked up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.domain.composing import Recipients
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.mail_threading import new_message_id
from app.domain.rich_text import from_text
from app.mail.acknowledging import acknowledgement
from app.mail.composing import compose
from app.mail.reading import read, read_head
from app.services.compose import Composition, Mails, MailTools
from app.store.email_hub import PostgresEmailHub
from app.store.engine import connect
from app.store.ledger import PostgresLedger
from app.store.mail import PostgresMail
from app.store.mail_settling import PostgresMailDesk
from tests.helpers.automations import EngineRoom, engine_room
from tests.helpers.mail_store import arrival, make_mailbox
from tests.helpers.mails import raw_mail
from tests.helpers.organisation import Vallon


class Office:
    """Mail that comes in and goes out without servers, and the engine."""

    def __init__(self, room: EngineRoom, mailbox: UUID) -> None:
        self.room, self.mailbox, self._place = room, mailbox, 0
        self.vallon = room.vallon

    async def comes(self, body: str = "My loader leaks.", **fields: str) -> dict[str, Any]:
        """A mail is kept and settled; its entry in the ledger."""
        self._place += 1
        identity = fields.setdefault("Message_ID", f"<{self._place}@customer.example>")
        ledger = PostgresLedger(self.room.database)
        await ledger.keep(self.mailbox, 1, [arrival(raw_mail(body, **fields), identity, self._place)], "")
        waiting = await ledger.claim(10, 60)
        desk = PostgresMailDesk(self.room.database, acknowledgement)
        await desk.settle([(one, read(one.raw)) for one in waiting])
        return (await self.room.rows("SELECT * FROM incoming WHERE external_id = :id", id=identity))[0]

    async def answers(self, case: UUID, by: str = "nadia") -> Composition:
        database = self.vallon.as_agent(by)._database
        mails = Mails(PostgresMail(database), MailTools(read, read_head, compose, lambda _: None))
        sender = await mails.sender(case)
        assert sender is not None
        mail = Composition(
            new_id(), new_id(), case, sender.mailbox_id, new_message_id(case, "guichet.example"),
            MailAddress("Nadia", "contact@guichet.example"),
            Recipients((MailAddress("Jane", "jane@customer.example"),)), "Hello", from_text("Hello"), datetime.now(UTC),
        )  # fmt: skip
        await mails.send(mail)
        return mail

    async def category(self, case: UUID) -> str:
        return str((await self.room.rows("SELECT category FROM cases WHERE id = :id", id=case))[0]["category"])

    async def sent(self) -> list[str]:
        """What left by itself, oldest first."""
        rows = await self.room.rows(
            "SELECT f.body FROM outgoing o JOIN follow_ups f ON f.id = o.follow_up_id "
            "WHERE o.automatic ORDER BY o.written_at"
        )
        return [row["body"] for row in rows]

    async def switch(self, *, answers: bool) -> None:
        """The lead switches automatic replies on or off."""
        store = PostgresEmailHub(self.vallon.as_agent("camille")._database)
        settings = (await store.email_hub(self.vallon.teams["Contact centre"])).settings
        await store.save_settings(replace(settings, auto_reply=answers))

    async def template(self, text: str) -> None:
        ada = await connect(self.vallon.access("ada"))
        await ada.execute("UPDATE templates SET text_fr = $1, text_en = $1 WHERE shipped = 'acknowledgement'", text)
        await ada.close()


@asynccontextmanager
async def open_office(vallon: Vallon) -> AsyncIterator[Office]:
    """A mailbox of the contact centre that answers by itself, and an engine."""
    mailbox = await make_mailbox(vallon)
    camille = await connect(vallon.access("camille"))
    await camille.execute(
        "SELECT save_email_hub($1, true, '', 'Vallon', false, true, true, '', '', 0)", vallon.teams["Contact centre"]
    )
    await camille.close()
    async with engine_room(vallon) as room:
        yield Office(room, mailbox)
