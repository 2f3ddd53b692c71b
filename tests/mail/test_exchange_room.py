"""The hub with a shared mailbox of an Exchange server: mail to case and back, through a move of the mailbox."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from app.bootstrap.mail import mail_workers
from app.domain.mail_threading import new_message_id
from app.hub.supervisor import supervise
from app.store.engine import connect
from app.store.ledger import PostgresLedger
from app.store.mailboxes import MailboxTokens, read_mailboxes
from app.store.session import Database
from tests.helpers.mail_store import HUB_ADDRESS, arrival, hub_database, make_mailbox, write_mail
from tests.helpers.mails import raw_mail
from tests.helpers.organisation import Vallon
from tests.mail.dovecot import SECRET
from tests.mail.ews_double import EwsDouble, refused

SERVICE = "EXAMPLE\\guichet"


@pytest.fixture
async def exchange() -> AsyncIterator[EwsDouble]:
    server = EwsDouble(HUB_ADDRESS, SERVICE)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def database(vallon: Vallon) -> AsyncIterator[Database]:
    database = hub_database(vallon, 6)
    yield database
    await database.close()


async def _until(database: Database, count: int, sql: str, **parameters: Any) -> list[Any]:
    async with asyncio.timeout(20):
        while len(rows := list(await database.rows(sql, **parameters))) < count:
            await asyncio.sleep(0.02)
    assert len(rows) == count
    return rows


@pytest.mark.row("S2-02")
async def test_a_shared_mailbox_is_read_answered_and_read_again_after_it_moved(
    vallon: Vallon, exchange: EwsDouble, database: Database
) -> None:
    mailbox = await make_mailbox(vallon, kind="ews", port=exchange.port, username=SERVICE, secret=SECRET)
    exchange.put("inbox", raw_mail("The car is broken.", To=HUB_ADDRESS))
    hub = asyncio.create_task(supervise(mail_workers(database)))
    settled = "SELECT fate, case_id, reason FROM incoming WHERE fate IS NOT NULL ORDER BY arrived_at"
    try:
        (entry,) = await _until(database, 1, settled)
        assert entry["fate"] == "case"
        # The server names our answer otherwise, and the customer's answer names that.
        exchange.renames = "<renamed@exchange.example>"
        own = new_message_id(entry["case_id"], "guichet.example")
        await write_mail(
            vallon,
            mailbox,
            entry["case_id"],
            ("jane@customer.example",),
            external_id=own,
            raw=raw_mail(To="jane@customer.example", Message_ID=own),
        )
        await _until(database, 1, "SELECT 1 FROM deliveries WHERE state = 'delivered'")
        assert [who for who, _ in exchange.received] == ["jane@customer.example"]
        await _until(database, 1, "SELECT 1 FROM outgoing WHERE sent_as = '<renamed@exchange.example>'")
        answer = raw_mail("Thank you.", To=HUB_ADDRESS, Message_ID="<2@x>", In_Reply_To="<renamed@exchange.example>")
        exchange.put("inbox", answer)
        entries = await _until(database, 2, settled)
        assert (entries[1]["fate"], entries[1]["case_id"]) == ("follow_up", entry["case_id"])
        # It moves: for a while nobody has it, then nothing of the old reading is known.
        exchange.fails["SyncFolderItems"] = [refused("SyncFolderItems", "ErrorMailboxMoveInProgress")]
        exchange.era += 1
        exchange.subscriptions.clear()
        exchange.put("inbox", raw_mail("A third one.", To=HUB_ADDRESS, Message_ID="<3@x>"))
        await _until(database, 3, settled)
        (box,) = await _until(database, 1, "SELECT cursor FROM mailboxes WHERE state = 'reachable'")
        assert box["cursor"]
    finally:
        hub.cancel()
        await asyncio.gather(hub, return_exceptions=True)
    assert len(await database.rows("SELECT 1 FROM incoming")) == 3


async def test_a_cursor_is_kept_with_the_mail_and_forgotten_with_the_folder(vallon: Vallon, database: Database) -> None:
    mailbox = await make_mailbox(vallon, kind="ews", port=443)
    ledger = PostgresLedger(database)
    assert await ledger.place(mailbox) == (0, 0, "")
    await ledger.keep(mailbox, 0, [arrival(b"one", place=0)], "state 1")
    assert await ledger.place(mailbox) == (0, 0, "state 1")
    # Nothing new, but the place moved.
    assert await ledger.keep(mailbox, 0, [], "state 2") == 0
    assert await ledger.place(mailbox) == (0, 0, "state 2")
    ada = await connect(vallon.access("ada"))
    await ada.execute("UPDATE mailboxes SET secret = 'another', port = 444")
    assert await ledger.place(mailbox) == (0, 0, "state 2")
    await ada.execute("UPDATE mailboxes SET folder = 'Team'")
    assert await ledger.place(mailbox) == (0, 0, "")
    await ada.close()


async def test_kinds_have_what_they_need_and_what_signs_in_is_read_by_nobody(
    vallon: Vallon, database: Database
) -> None:
    more: dict[str, Any] = {"sign_in": "client", "client_id": "11-22", "tenant": "guichet.example", "tokens": "a token"}
    mailbox = await make_mailbox(vallon, kind="graph", host="graph.microsoft.com", port=443, security="tls", **more)
    (box,) = await read_mailboxes(database)
    assert (box.kind, box.sign_in, box.client_id, box.tenant) == ("graph", "client", "11-22", "guichet.example")
    tokens = MailboxTokens(database, mailbox)
    assert await tokens.load() == "a token"
    await tokens.keep("x" * 20_000)
    assert await tokens.load() == "x" * 20_000
    ada = await connect(vallon.access("ada"))
    for column in ("tokens", "secret", "cursor"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ada.execute(f"SELECT {column} FROM mailboxes")
    for wrong in ("kind = 'pop'", "sign_in = 'password'", "client_id = ''", "security = 'starttls'", "port = 993",
                  "tenant = 'a/b'", "authority = 'http://elsewhere.example'"):  # fmt: skip
        with pytest.raises(asyncpg.CheckViolationError):
            await ada.execute(f"UPDATE mailboxes SET {wrong}")
    await ada.close()
