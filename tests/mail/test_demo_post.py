"""The demo's customer: her letter arrives by the demo's own servers, is answered, and her answer is threaded."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiosmtplib import SMTP

from app.bootstrap.mail import mail_workers
from app.desk import composer_sending as composer_module
from app.domain.rich_text import from_text
from app.hub.supervisor import supervise
from app.mail import post_office
from app.mail.post_office import BOX, HOST, Letter, PostOffice, hand_in, write
from app.store.demo_mail import join_post_office
from app.store.session import Database
from tests.helpers.mail_store import hub_database, make_mailbox
from tests.helpers.organisation import Vallon
from tests.mail.test_composer import desk

TEAM = "contact@guichet.example"
LETTER = Letter("Jane Miller <jane@mower.example>", TEAM, "My mower", "It only clicks.", "Thursday suits me.")


@asynccontextmanager
async def _open(vallon: Vallon, folder: Path) -> AsyncIterator[PostOffice]:
    await make_mailbox(vallon, "Contact centre", TEAM)
    ours = await join_post_office(vallon.admin, 9, 9, BOX, "secret")
    office = PostOffice(folder, "secret", ours, LETTER)
    counter = await office.open()
    await join_post_office(vallon.admin, counter.imap_port, counter.smtp_port, BOX, "secret")
    try:
        yield office
    finally:
        await office.close()


async def _cases(database: Database, words: str) -> list[str]:
    """The cases in which these words came in."""
    rows = await database.rows("SELECT case_id FROM follow_ups WHERE direction = 'in' AND body LIKE :w", w=f"%{words}%")
    return [str(row["case_id"]) for row in rows]


async def test_the_demos_customer_writes_is_answered_and_her_answer_is_in_the_case(
    vallon: Vallon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composer_module, "UNDO_S", 0)
    monkeypatch.setattr(post_office, "THINKS_S", 0.2)
    database = hub_database(vallon, 6)
    async with _open(vallon, tmp_path) as office, desk(vallon, "nadia") as nadia:
        running = asyncio.create_task(supervise(mail_workers(database)))
        try:
            await hand_in(office.counter, LETTER)
            async with asyncio.timeout(30):
                while not (found := await _cases(database, LETTER.words)):
                    await asyncio.sleep(0.05)
            entry = (await database.rows("SELECT case_id FROM incoming WHERE fate = 'case'"))[0]
            await nadia.open(entry["case_id"])
            await nadia.until(lambda: nadia.letters.state.mails)
            nadia.composer.answer()
            nadia.composer.type(from_text("Shall we come on Thursday?"))
            nadia.composer.send()
            nadia.composer.send()
            async with asyncio.timeout(30):
                while not (answers := await _cases(database, LETTER.answer)):
                    await asyncio.sleep(0.05)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await database.close()
    assert answers == found
    carried_out = [one.read_bytes() for one in sorted((tmp_path / "outside").iterdir())]
    assert any(b"Shall we come on Thursday?" in raw for raw in carried_out)


async def test_what_a_machine_writes_is_not_answered(
    vallon: Vallon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post_office, "THINKS_S", 0.0)
    async with _open(vallon, tmp_path) as office:
        automatic = write(LETTER, "Re: My mower", "We have your mail.")
        automatic.replace_header("To", "jane@mower.example")
        automatic["Auto-Submitted"] = "auto-replied"
        spoken = write(LETTER, "Re: My mower", "Thursday?")
        spoken.replace_header("To", "jane@mower.example")
        port = office.counter.smtp_port
        async with SMTP(hostname=HOST, port=port, username=BOX, password="secret", start_tls=False) as client:
            await client.send_message(automatic)
            await client.send_message(spoken)
            await client.send_message(spoken)
        inbox = tmp_path / "mailbox" / BOX
        async with asyncio.timeout(10):
            while not any(one.is_file() for part in ("new", "cur") for one in (inbox / part).glob("*")):
                await asyncio.sleep(0.05)
        await asyncio.gather(*office._thinking)
    assert len([one for part in ("new", "cur") for one in (inbox / part).glob("*")]) == 1
