"""Mails made to hurt, or only very large, through the whole intake: each gets its place, and memory stays bounded."""

import asyncio
import base64
import hashlib
import io
import os
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.bootstrap.desk_mail import TOOLS
from app.bootstrap.mail import sign_in_of
from app.domain.composing import answer_subject, answer_to, chain_of
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.mail_threading import new_message_id
from app.domain.rich_text import from_text
from app.hub.mail_requests import MailDesk, RequestPorts
from app.mail.checking import ImapInspector
from app.mail.reading import read
from app.services.compose import Composition, Mails
from app.services.mailboxes import Mailbox
from app.store.engine import open_engine
from app.store.ledger import PostgresLedger
from app.store.mail import PostgresMail
from app.store.mail_past import PostgresPastMail
from app.store.mail_requests import PostgresMailRequests
from app.store.mailboxes import read_mailboxes
from app.store.session import Database
from tests.helpers.mails import raw_mail
from tests.mail.dovecot import eventually
from tests.mail.office import Office, customer_mail, hub, hub_process, peak_mb

TEAM = "contact@guichet.example"


async def _taken_in(office: Office, *raws: bytes) -> tuple[list[dict[str, Any]], int]:
    """The ledger once these are settled by a hub of their own, and how much memory it had at most, in MB."""
    await office.mailbox("Contact centre", TEAM)
    office.deliver(TEAM, *raws)
    process = await hub_process(office)
    try:
        return await office.settled(len(raws), 90), peak_mb(process)
    finally:
        process.kill()
        await process.wait()


def _with_file(data: bytes, name: str) -> bytes:
    text = base64.encodebytes(data).decode()
    body = (
        f"--b\n\nSee the file.\n--b\nContent-Type: application/zip; name={name}\n"
        f"Content-Transfer-Encoding: base64\n\n{text}--b--\n"
    )
    return customer_mail(1, body, Content_Type="multipart/mixed; boundary=b")


async def test_fifty_megabytes_come_in_whole(office: Office) -> None:
    data = os.urandom(37_000_000)
    raw = _with_file(data, "film.zip")
    assert len(raw) > 50_000_000
    ((entry,), peak) = await _taken_in(office, raw)
    assert entry["fate"] == "case"
    (mail,) = (await office.vallon.as_agent("nadia").case_file(entry["case_id"])).timeline
    assert (mail.body, [one.name for one in mail.attachments]) == ("See the file.", ["film.zip"])
    (kept,) = await office.rows("SELECT b.size, b.sha256 FROM attachments a JOIN blobs b ON b.id = a.blob_id")
    assert (kept["size"], kept["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert peak < 350, peak  # 250 measured: the mail about four times, beside the hub's own 60


async def test_a_zip_bomb_is_kept_as_it_came(office: Office) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive, archive.open("0", "w") as one:
        for _ in range(500):
            one.write(bytes(1_000_000))
    ((entry,), peak) = await _taken_in(office, _with_file(packed.getvalue(), "bomb.zip"))
    assert entry["fate"] == "case"
    (kept,) = await office.rows("SELECT b.size FROM attachments a JOIN blobs b ON b.id = a.blob_id")
    assert kept["size"] == len(packed.getvalue()) < 1_000_000
    assert peak < 120, peak


async def test_ten_thousand_recipients_come_in_and_are_all_known(office: Office) -> None:
    many = ", ".join(f"Somebody Number {n} <person.number{n}@some-company.example>" for n in range(9_999))
    raw = raw_mail("To all.", To=f"{TEAM}, {many}", Subject="A mailing", From="sender@some-company.example")
    ((entry,), peak) = await _taken_in(office, raw)
    assert (entry["fate"], entry["subject"]) == ("case", "A mailing")
    database = Database(open_engine(office.vallon.access("nadia")))
    (shown,) = (await Mails(PostgresMail(database), TOOLS).of_case(entry["case_id"], {})).values()
    await database.close()
    assert (len(shown.head.to), shown.head.subject, shown.head.message_id) == (
        10_000, "A mailing", "<1@customer.example>",
    )  # fmt: skip
    assert peak < 120, peak


async def test_a_hostile_head_is_answered_without_a_line_of_its_own(office: Office) -> None:
    hostile = "=?utf-8?q?Leak=0D=0ABcc=3A_eve=40eve.example=0D=0AX-Evil=3A_1?="
    await office.mailbox("Contact centre", TEAM)
    raw = customer_mail(
        1, Subject=hostile, From=f"{hostile} <jane@customer.example>", Cc=f"{hostile} <bob@customer.example>",
        References="<=?utf-8?q?=0D=0ABcc:_eve@eve.example?=@x>",
    )  # fmt: skip
    async with hub(office):
        office.deliver(TEAM, raw)
        (entry,) = await office.settled(1)
        database = Database(open_engine(office.vallon.access("nadia")))
        mails = Mails(PostgresMail(database), TOOLS)
        file = await office.vallon.as_agent("nadia").case_file(entry["case_id"])
        (letter,) = (await mails.of_case(entry["case_id"], {})).values()
        sender = await mails.sender(entry["case_id"])
        assert sender is not None
        own = {sender.address, "team@guichet.example"}
        mail = Composition(
            new_id(), new_id(), entry["case_id"], sender.mailbox_id, new_message_id(entry["case_id"], "x.example"),
            MailAddress("Nadia", sender.address), answer_to(letter.head, own, file.customer),
            answer_subject(letter.head, file.case.subject, file.case.number), from_text("Hello"), datetime.now(UTC),
            references=chain_of(letter.head),
        )  # fmt: skip
        await mails.send(mail)
        await database.close()
        await eventually(lambda: len(office.receiver.received) == 2)
    assert {who for who, _ in office.receiver.received} == {"jane@customer.example", "bob@customer.example"}
    left = read(office.receiver.received[0][1])
    assert {name for name, _ in left.headers} <= {
        "From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Content-Type",
        "MIME-Version", "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip
    assert left.subject.startswith("Re: Leak Bcc: eve@eve.example X-Evil: 1")


MESSAGES, COPIES = 200_000, 5_000


def _fill(office: Office, address: str) -> None:
    """A mailbox of many years, written straight into its Maildir: forty letters, each of them there 5,000 times."""
    owner = office.dovecot._user
    maildir = owner.make_folder(office.dovecot.folder / "mail" / address)
    for name in ("cur", "new", "tmp"):
        owner.make_folder(maildir / name)
    for letter in range(MESSAGES // COPIES):
        raw = customer_mail(letter, From=f"c{letter}@customer.example")
        first = maildir / "tmp" / str(letter)
        first.write_bytes(raw)
        owner.own(first)
        for copy in range(COPIES):
            number = letter * COPIES + copy
            # As different as a server's own: names alike at their ends would all share a place of its hash.
            name = hashlib.sha256(b"%d" % number).hexdigest()[:24]
            os.link(first, maildir / "cur" / f"{1_700_000_000 + number}.{name},S={len(raw)}:2,S")


async def test_a_mailbox_of_two_hundred_thousand_is_read_from_where_it_stood(office: Office) -> None:
    mailbox = await office.mailbox("Contact centre", TEAM)
    (row,) = await office.rows("SELECT address FROM mailboxes")
    await asyncio.to_thread(_fill, office, row["address"])
    ledger, reached = PostgresLedger(office.database), 0
    for _ in range(2):
        process = await hub_process(office)
        goal = reached + 3_000
        async with asyncio.timeout(120):
            while (place := (await ledger.place(mailbox))[1]) < goal:
                assert place >= reached
                await asyncio.sleep(0.05)
        peak = peak_mb(process)
        process.kill()
        await process.wait()
        reached = (await ledger.place(mailbox))[1]
        assert peak < 130, peak
    known = await office.rows("SELECT external_id FROM incoming")
    assert {row["external_id"] for row in known} == {f"<{n}@customer.example>" for n in range(-(-reached // COPIES))}
    mailboxes = await read_mailboxes(office.database)

    async def boxes() -> Sequence[Mailbox]:
        return mailboxes

    ports = RequestPorts(
        PostgresMailRequests(office.database), boxes, ImapInspector, read,
        lambda box: sign_in_of(box, office.database), PostgresPastMail(office.database),
    )  # fmt: skip
    desk = MailDesk(ports)
    counted = await desk.count(mailboxes[0])
    assert (counted.on_server, counted.in_ledger) == (MESSAGES, len(known) * COPIES)
    assert len(counted.missing) == 20
