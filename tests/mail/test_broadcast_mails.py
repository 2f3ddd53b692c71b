"""Broadcasts by mail: drafted, approved, at their pace, with a link that ends them, and bounces and answers as ever."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from uuid import uuid4

import aiohttp
import pytest

from app.bootstrap.mail import mail_workers
from app.domain.broadcasts import Broadcast, BroadcastBy, BroadcastState
from app.domain.conditions import Compare, How
from app.domain.customers import Customer, EmailAddress
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.hub.supervisor import Worker, every, supervise
from app.mail.broadcast_mail import broadcast_mail
from app.services.messages import BroadcastMail, MailStops, Messages
from app.store.broadcasts import PostgresBroadcastHub, PostgresMailStops
from app.store.engine import connect
from app.store.messages import PostgresMessages
from app.web.stop_page import StopPage
from tests.helpers.mails import raw_mail
from tests.helpers.web import serving
from tests.mail.office import Office

TEAM = "Contact centre"


def messages(office: Office, name: str) -> Messages:
    return Messages(PostgresMessages(office.vallon.as_agent(name)._database))


async def people(office: Office, count: int) -> None:
    camille = office.vallon.as_agent("camille")
    for n in range(count):
        mails = (EmailAddress(f"p{n}@customer.example"),)
        await camille.insert_customer(Customer(new_id(), last_name=f"P{n}", organisation="Domaine", emails=mails))
    await camille.insert_customer(
        Customer(new_id(), last_name="Same", organisation="Domaine", emails=(EmailAddress("P0@customer.example"),))
    )
    await camille.insert_customer(Customer(new_id(), last_name="None", organisation="Domaine"))


def draft(office: Office) -> Broadcast:
    return Broadcast(
        new_id(), office.vallon.teams[TEAM], "Salon", Compare("customer.organisation", How.IS, ("Domaine",)),
        "Venez au salon.\n\nÀ bientôt !", per_minute=60_000, channel=BroadcastBy.EMAIL,
        subject_fr="Salon\r\nBcc: everybody@x.example",
    )  # fmt: skip


@asynccontextmanager
async def hub(office: Office) -> AsyncIterator[str]:
    """Mail, broadcasts and the page that ends them; the hub's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stops = PostgresMailStops(office.database)
    writing = PostgresBroadcastHub(office.database, broadcast_mail)
    worker = Worker("broadcasts", every(0.05, lambda: writing.write_some(100)))
    async with serving(StopPage(MailStops(stops.find, stops.set)).routes(), port) as url:
        owner = await connect(office.vallon.admin)
        await owner.execute("UPDATE guichet.web_settings SET public_url = $1", url)
        await owner.close()
        running = asyncio.create_task(supervise((*mail_workers(office.database), worker)))
        try:
            yield url
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def until(office: Office, sql: str, count: int = 1) -> None:
    async with asyncio.timeout(30):
        while len(await office.rows(sql)) < count:
            await asyncio.sleep(0.02)


async def sent(office: Office, one: Broadcast) -> None:
    """Drafted by an agent, approved by a lead."""
    await messages(office, "nadia").save_broadcast(one, asks=True)
    (seen,) = [found for found in await messages(office, "camille").broadcasts() if found.id == one.id]
    await messages(office, "camille").approve(seen)


@pytest.mark.row("S1-35")
async def test_each_address_gets_one_mail_that_it_can_end_and_its_answer_is_a_case(office: Office) -> None:
    address = "contact@guichet.example"
    await office.mailbox(TEAM, address)
    await people(office, 4)
    async with hub(office) as url:
        one = draft(office)
        audience = await messages(office, "nadia").audience(one.condition, BroadcastBy.EMAIL)
        assert (audience.found, audience.reached) == (6, 4)
        await sent(office, one)
        await until(office, "SELECT 1 FROM broadcasts WHERE state = 'done'")
        await until(office, "SELECT 1 FROM deliveries WHERE state = 'delivered'", 4)
        received = dict(office.receiver.received)
        assert sorted(received) == [f"p{n}@customer.example" for n in range(4)]
        mail = message_from_bytes(received["p1@customer.example"], policy=policy.default)
        assert mail["Subject"] == "Salon Bcc: everybody@x.example"
        assert mail["Bcc"] is None
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "À bientôt !" in mail.get_content()
        link = str(mail["List-Unsubscribe"]).strip("<>")
        assert link.startswith(f"{url}/u/")
        assert link in mail.get_content()
        # Opening alone ends nothing, posting does; a second time changes nothing.
        async with aiohttp.ClientSession() as client:
            async with client.get(link) as answer:
                text = await answer.text()
            assert "p…@customer.example" in text
            assert "p1@customer.example" not in text
            assert not await office.rows("SELECT 1 FROM mail_stops")
            for _ in range(2):
                async with client.post(link, data={"List-Unsubscribe": "One-Click"}) as answer:
                    assert answer.status == 200
            assert await office.rows("SELECT address FROM mail_stops WHERE lifted_at IS NULL") == [
                {"address": "p1@customer.example"}
            ]
            for wrong in (uuid4(), "x", "../x"):
                async with client.post(f"{url}/u/{wrong}", data={"List-Unsubscribe": "One-Click"}) as answer:
                    assert answer.status == 404
        # Whoever ended them is left out of the next one, and still answered on her cases.
        audience = await messages(office, "nadia").audience(one.condition, BroadcastBy.EMAIL)
        assert audience.reached == 3
        await sent(office, replace(draft(office), name="Second"))
        await until(office, "SELECT 1 FROM broadcasts WHERE state = 'done'", 2)
        await until(office, "SELECT 1 FROM deliveries WHERE state = 'delivered'", 7)
        assert [to for to, _ in office.receiver.received].count("p1@customer.example") == 1
        name = str(mail["Message-ID"])
        office.deliver(
            address,
            raw_mail("I come!", From="p2@customer.example", Message_ID="<a@customer.example>", In_Reply_To=name),
        )
        (entry,) = await office.settled(1)
    assert entry["fate"] == "case"
    first = (await messages(office, "camille").broadcasts())[-1]
    assert first.figures == {"delivered": 4, "no_address": 1, "same_address": 1}


async def test_it_is_stopped_and_keeps_its_pace(office: Office) -> None:
    await office.mailbox(TEAM, "contact@guichet.example")
    await people(office, 6)
    async with hub(office):
        await sent(office, replace(draft(office), per_minute=2))
        await until(office, "SELECT 1 FROM broadcast_recipients WHERE state = 'written'", 2)
        (one,) = await messages(office, "camille").broadcasts()
        await messages(office, "camille").stop(one.id)
        await until(office, "SELECT 1 FROM deliveries WHERE state IN ('delivered', 'withdrawn')", 2)
    assert len(await office.rows("SELECT 1 FROM broadcast_recipients WHERE state = 'waiting'")) == 4
    (ended,) = await messages(office, "camille").broadcasts()
    assert ended.state is BroadcastState.STOPPED


async def test_what_it_needs_is_said_before_anything_leaves(office: Office) -> None:
    await people(office, 1)
    camille, one = messages(office, "camille"), draft(office)
    with pytest.raises(Refused) as refused:
        await camille.save_broadcast(replace(one, subject_fr=""), asks=True)
    assert (refused.value.reason, refused.value.field) == (Refusal.REQUIRED, "subject")
    await camille.save_broadcast(one)
    (seen,) = await camille.broadcasts()
    with pytest.raises(Refused) as refused:
        await camille.approve(seen)
    assert (refused.value.reason, refused.value.field) == (Refusal.NOT_FOUND, "mailbox")
    await office.mailbox(TEAM, "contact@guichet.example")
    with pytest.raises(Refused) as refused:
        await camille.approve(seen)
    assert (refused.value.reason, refused.value.field) == (Refusal.REQUIRED, "public_url")
    with pytest.raises(Refused) as refused:
        await messages(office, "julie").save_broadcast(
            replace(one, id=new_id(), team_id=office.vallon.teams["Atelier Beaune"])
        )
    assert refused.value.reason is Refusal.SUB_TEAM_SENDS_NO_BROADCASTS


def test_words_of_others_make_no_header() -> None:
    mail = BroadcastMail(
        new_id(), new_id(), new_id(), "team@x.example", "Team\r\nX-Evil: 1", "a@x.example", "fr", "S\nX-Evil: 2", "b",
        "http://127.0.0.1/u/x", "House\r\nX-Evil: 3",
    )  # fmt: skip
    identity, raw = broadcast_mail(mail)
    read = message_from_bytes(raw, policy=policy.default)
    assert read["X-Evil"] is None
    assert read["Message-ID"] == identity
