"""From the desk's presenter to the customer and back: written, sent by the hub, delivered, answered, threaded."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.bootstrap.desk_mail import TOOLS
from app.desk import composer_sending as composer_module
from app.desk.case_file import OpenCase
from app.desk.case_mail import CaseMails
from app.desk.composer import Composer
from app.desk.mail_arrivals import MailArrivals
from app.domain.cases import Category
from app.domain.composing import Ending
from app.domain.customers import Customer, EmailAddress
from app.domain.deliveries import DeliveryState
from app.domain.ids import new_id
from app.domain.rich_text import Block, Run, from_text
from app.mail.reading import read
from app.services.attachments import Attachments
from app.services.cases import Cases, NewCase
from app.services.compose import Arrived, CaseMail, Mails
from app.store.desk import open_desk_store
from tests.helpers.mails import raw_mail
from tests.helpers.organisation import Vallon
from tests.helpers.sample import SampleJournal
from tests.mail.dovecot import Dovecot
from tests.mail.office import Office, hub
from tests.mail.worlds import Receiver

TEAM, JANE, BOB = "contact@guichet.example", "jane@customer.example", "bob@copied.example"


class MailingDesk:
    """The presenters of one agent over the real store, with her own role and feed."""

    def __init__(self, case: OpenCase, letters: CaseMails, composer: Composer, arrived: list[Arrived]) -> None:
        self.case, self.letters, self.composer, self.arrived = case, letters, composer, arrived

    async def until(self, holds: Callable[[], object], seconds: float = 15) -> None:
        """Wait until something holds; what is read is read by hints alone."""
        async with asyncio.timeout(seconds):
            while not holds():
                await asyncio.sleep(0.02)

    async def open(self, case_id: UUID) -> None:
        self.case.open(case_id)
        await self.until(lambda: self.composer.state.case_id == case_id and self.composer.state.sender is not None)

    def sent(self) -> list[CaseMail]:
        return [one for one in self.letters.state.mails.values() if one.sent]


@asynccontextmanager
async def desk(vallon: Vallon, name: str) -> AsyncIterator[MailingDesk]:
    """A desk that is signed in while this is open."""
    store = await open_desk_store(vallon.access(name))
    mails, journal, arrived = Mails(store.mail, TOOLS), SampleJournal(), list[Arrived]()

    def now() -> datetime:
        return datetime.now(UTC)

    case = OpenCase(Cases(store.cases), store.feed, lambda: store.directory_now, now, journal, Attachments(store.blobs))
    letters = CaseMails(mails, case, store.feed)
    composer = Composer(mails, case, letters, store.feed, journal, lambda: store.directory_now, now)
    arrivals = MailArrivals(mails, store.feed, arrived.append)
    try:
        yield MailingDesk(case, letters, composer, arrived)
    finally:
        for presenter in (arrivals, composer, letters, case):
            await presenter.close()
        await store.close()


@pytest.fixture
async def office(vallon: Vallon, dovecot: Dovecot) -> AsyncIterator[Office]:
    receiver = Receiver()
    await receiver.start()
    made = Office(vallon, dovecot, receiver)
    for name, called in (("nadia", "Nadia Benali"), ("camille", "Camille Roy")):
        await _sign(vallon, name, f"{called}\nContact centre")
    yield made
    await made.database.close()
    await receiver.stop()


async def _sign(vallon: Vallon, name: str, signature: str) -> None:
    store = vallon.as_agent(name)
    me = (await store.directory()).me
    await store.update_agent(replace(me, signature=signature))


@pytest.mark.row(
    "S2-04", "S2-07", "S2-08", "S2-10", "S2-12", "S2-13", "S2-14", "S2-15", "S3-28", "S3-29", "S3-30", "S5-05"
)
async def test_a_mail_is_answered_at_the_desk_sent_by_the_hub_and_its_reply_threaded(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composer_module, "UNDO_S", 0)
    await office.mailbox("Contact centre", TEAM)
    async with hub(office), desk(office.vallon, "nadia") as nadia:
        office.deliver(
            TEAM,
            raw_mail(
                "It leaks.",
                Subject="Broken car",
                To=office.worlds[TEAM].mailbox.username,
                Cc=BOB,
                Message_ID="<1@customer.example>",
            ),
        )
        (entry,) = await office.settled(1)
        await nadia.open(entry["case_id"])
        await nadia.until(lambda: nadia.letters.state.mails)
        composer = nadia.composer
        composer.answer()
        composer.type(
            (
                Block(
                    (
                        Run("It is the "),
                        Run("hose", bold=True),
                        Run(", see "),
                        Run("here", link="https://vallon.example/hose"),
                    )
                ),
            )
        )
        composer.add("bcc", "chief@vallon.example")
        composer.send()
        composer.send()
        await nadia.until(lambda: len(office.receiver.received) == 3)
        assert sorted(who for who, _ in office.receiver.received) == [BOB, "chief@vallon.example", JANE]
        raw = office.receiver.received[0][1]
        understood = read(raw)
        assert understood.sender is not None
        assert understood.sender.name.startswith("Nadia Benali – ")
        assert understood.subject.startswith("Re: Broken car [#")
        assert understood.thread.in_reply_to == ("<1@customer.example>",)
        assert understood.full_text.endswith("-- \nNadia Benali\nContact centre")
        assert "<b>hose</b>" in (understood.html or "")
        assert 'href="https://vallon.example/hose"' in (understood.html or "")
        assert b"chief@vallon.example" not in raw
        await nadia.until(
            lambda: [one.state for mail in nadia.sent() for one in mail.deliveries] == [DeliveryState.DELIVERED] * 3
        )
        await nadia.until(
            lambda: nadia.case.state.file and nadia.case.state.file.case.category is Category.WAITING_CUSTOMER
        )
        own = understood.message_id or ""
        office.deliver(TEAM, raw_mail("Thank you.", Message_ID="<2@customer.example>", In_Reply_To=own, References=own))
        entries = await office.settled(2)
        assert (entries[1]["fate"], entries[1]["case_id"]) == ("follow_up", entry["case_id"])
        # She is told at once, and the open case shows it.
        await nadia.until(lambda: nadia.arrived)
        assert [(one.case_id, one.author) for one in nadia.arrived] == [(entry["case_id"], "Jane Roe")]
        await nadia.until(lambda: len(nadia.letters.state.mails) == 3)
        # A mail that names nothing is brought to her record and her open case by its sender's address.
        office.deliver(TEAM, raw_mail("One more thing.", Subject="Keys", Message_ID="<3@customer.example>"))
        last = (await office.settled(3))[2]
        assert (last["fate"], last["case_id"]) == ("follow_up", entry["case_id"])
        await nadia.until(lambda: len(nadia.letters.state.mails) == 4)


async def test_the_undo_time_passes_before_anything_leaves_and_undo_keeps_it_from_leaving(office: Office) -> None:
    await office.mailbox("Contact centre", TEAM)
    async with hub(office), desk(office.vallon, "camille") as camille:
        store = office.vallon.as_agent("camille")
        customer = await store.insert_customer(Customer(new_id(), last_name="Roe", emails=(EmailAddress(JANE),)))
        case = await store.insert_case(NewCase(new_id(), customer.id, "Leak", office.vallon.teams["Contact centre"]))
        await camille.open(case.id)
        camille.composer.answer()
        camille.composer.type(from_text("Wrong text"))
        camille.composer.send(Ending.SOLVE)
        await camille.until(lambda: camille.composer.state.leaving)
        await camille.until(lambda: len(camille.sent()) == 1)
        camille.composer.undo()
        await camille.until(
            lambda: [one.state for mail in camille.sent() for one in mail.deliveries] == [DeliveryState.WITHDRAWN]
        )
        assert office.receiver.received == []
        assert camille.composer.state.draft.blocks == from_text("Wrong text")


async def test_a_refused_recipient_is_seen_corrected_and_reached(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composer_module, "UNDO_S", 0)
    await office.mailbox("Contact centre", TEAM)
    office.receiver.refuses["jnae@customer.example"] = "550 5.1.1 no such user"
    async with hub(office), desk(office.vallon, "camille") as camille:
        store = office.vallon.as_agent("camille")
        emails = (EmailAddress("jnae@customer.example"),)
        customer = await store.insert_customer(Customer(new_id(), last_name="Roe", emails=emails))
        case = await store.insert_case(NewCase(new_id(), customer.id, "Leak", office.vallon.teams["Contact centre"]))
        await camille.open(case.id)
        composer = camille.composer
        composer.answer()
        composer.type(from_text("Hello"))
        composer.send()
        await camille.until(
            lambda: [one.state for mail in camille.sent() for one in mail.deliveries] == [DeliveryState.PERMANENT]
        )
        (failed,) = camille.sent()
        assert failed.deliveries[0].reason.startswith("550")
        composer.edit_again(failed.follow_up_id, (failed.deliveries[0].recipient,))
        await camille.until(lambda: composer.state.draft.begun)
        assert composer.state.draft.blocks == from_text("Hello")
        composer.remove(composer.state.draft.recipients.to[0])
        composer.add("to", JANE)
        composer.send()
        await camille.until(lambda: [who for who, _ in office.receiver.received] == [JANE])
