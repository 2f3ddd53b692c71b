"""A fresh organisation as `guichetctl database init` makes it, a mailbox in EmailHub, and all of the hub that works by
itself: what a customer writes finds its way for weeks, and nobody touched a setting."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest

from app.bootstrap.automations import automation_workers
from app.bootstrap.hub import level_workers
from app.bootstrap.mail import mail_workers
from app.domain.agents import Agent, Role
from app.domain.cases import Category
from app.domain.composing import Ending, Recipients
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.mail_threading import new_message_id
from app.domain.organisations import Organisation
from app.domain.rich_text import from_text
from app.hub.supervisor import supervise
from app.mail.composing import compose
from app.mail.reading import read, read_head
from app.services.compose import Composition, Mails, MailTools
from app.services.email_hub import MailboxSetup
from app.store.email_hub import PostgresEmailHub
from app.store.mail import PostgresMail
from app.store.starter import make_starter_organisation
from app.store.views import PostgresViews
from tests.helpers.organisation import PASSWORD, Store
from tests.mail.dovecot import SECRET
from tests.mail.office import Office, customer_mail
from tests.mail.worlds import RealWorld


@dataclass
class Fresh:
    """The organisation, its first and only agent, and its mailbox as the outside sees it."""

    office: Office
    store: Store
    me: UUID
    box: RealWorld

    async def listed(self) -> set[str]:
        """The shipped views, but for the one of all cases, in which there is something."""
        views = await PostgresViews(self.store._database, self.store).views()
        counts = await self.store.view_counts(tuple(one.view for one in views))
        return {one.key for one in views if counts[one.view]} - {"all"}

    async def answer(self, case: UUID, ending: Ending = Ending.SEND) -> str:
        tools = MailTools(read, read_head, compose, lambda _: None)
        mails = Mails(PostgresMail(self.store._database), tools)
        sender = await mails.sender(case)
        assert sender is not None
        own = new_message_id(case, "guichet.example")
        jane = Recipients((MailAddress("Jane", "jane@customer.example"),))
        await mails.send(
            Composition(
                new_id(), new_id(), case, sender.mailbox_id, own, MailAddress("Admin", sender.address), jane,
                "Votre machine", from_text("Venez demain."), datetime.now(UTC), ending=ending,
            )
        )  # fmt: skip
        return own

    async def until(self, holds: Callable[[], Awaitable[bool]], most_s: float = 30) -> None:
        async with asyncio.timeout(most_s):
            while not await holds():
                await asyncio.sleep(0.05)

    async def category(self, case: UUID) -> Category:
        return (await self.store.case(case)).category

    async def write(self, number: int, body: str, answers: str = "") -> UUID:
        """The customer writes; the case that it came to."""
        more = {"In_Reply_To": answers, "References": answers} if answers else {}
        self.box.deliver(customer_mail(number, body, Subject="Fuite", **more))
        return UUID(str((await self.office.settled(number))[-1]["case_id"]))


@pytest.fixture
async def fresh(office: Office) -> AsyncIterator[Fresh]:
    name = f"neuve{new_id().hex[-12:]}"
    chief = Agent(new_id(), name, name, Role.ADMINISTRATOR)
    await make_starter_organisation(
        office.vallon.admin, Organisation(new_id(), "Neuve"), "+33199002222", chief, PASSWORD
    )
    store = Store(office.vallon.access(name))
    (centre,) = (await store.directory()).my_teams()
    # The receiving server asks for no sign-in; at Dovecot the address is the name.
    box, address = RealWorld(office.dovecot), f"{new_id().hex[-10:]}.bonjour@guichet.example"
    box.mailbox = replace(box.mailbox, username=address)
    setup = MailboxSetup(
        new_id(), centre.id, address, "127.0.0.1", office.dovecot.port, "127.0.0.1", office.receiver.port, "none",
        secret=SECRET,
    )  # fmt: skip
    await PostgresEmailHub(store._database).save_mailbox(setup)
    yield Fresh(office, store, chief.id, box)
    await store.close()


@asynccontextmanager
async def working_hub(office: Office) -> AsyncIterator[None]:
    """All that the hub does but telephone and web pages."""
    workers = (*mail_workers(office.database), *automation_workers(office.database), *level_workers(office.database))
    running = asyncio.create_task(supervise(workers))
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.mark.row("S3-20", "S3-45")
async def test_a_new_organisation_works_by_the_default_flow_from_the_first_mail_to_the_closed_case(
    fresh: Fresh,
) -> None:
    office, store = fresh.office, fresh.store
    async with working_hub(office):
        case = await fresh.write(1, "Bonjour, de l'huile fuit.")
        file = await store.case_file(case)
        assert (file.case.category, file.case.assignee_id) == (Category.OPEN, None)
        assert file.customer.emails[0].address == "jane@customer.example"
        assert await fresh.listed() == {"unassigned", "new_in_my_teams"}
        ((to, raw),) = await office.received(1)
        told = message_from_bytes(raw, policy=policy.default)
        body = told.get_body(("plain",))
        assert body is not None
        assert (to, told["Auto-Submitted"]) == ("jane@customer.example", "auto-replied")
        assert f"numéro {file.case.number}" in body.get_content()

        await store.assign_case(case, fresh.me)
        assert await fresh.listed() == {"my_open", "new_in_my_teams"}
        own = await fresh.answer(case)
        assert await fresh.category(case) is Category.WAITING_CUSTOMER
        assert await fresh.listed() == {"waiting_customer"}
        assert len(await office.received(2)) == 2

        assert await fresh.write(2, "Demain à quelle heure ?", own) == case
        assert await fresh.category(case) is Category.WAITING_AGENT
        assert await fresh.listed() == {"my_open", "waiting_agent", "new_in_my_teams"}
        notices = await office.rows("SELECT agent_id, case_id FROM automation_notices")
        assert notices == [{"agent_id": fresh.me, "case_id": case}]

        last = await fresh.answer(case, Ending.SOLVE)
        assert await fresh.listed() == {"solved_lately"}
        assert await fresh.write(3, "Elle fuit encore.", last) == case
        assert await fresh.category(case) is Category.WAITING_AGENT
        assert (await store.case(case)).assignee_id == fresh.me
        await fresh.answer(case, Ending.SOLVE)
        assert len(await office.received(4)) == 4, "an acknowledgement and three answers"
    await office.database.write("UPDATE cases SET activity_at = now() - interval '29 days'")
    await office.database.write("UPDATE automations SET ran_until = NULL")
    async with working_hub(office):

        async def closed() -> bool:
            return await fresh.category(case) is Category.CLOSED

        await fresh.until(closed)
        assert await fresh.listed() == set()
        again = await fresh.write(4, "Bonjour, une autre fuite.", last)
        assert again != case
    assert len(office.receiver.received) == 4, "she was acknowledged today already"
    links = await office.rows("SELECT from_id, to_id, kind FROM case_links")
    assert links == [{"from_id": again, "to_id": case, "kind": "continues"}]
    runs = await office.rows(
        "SELECT a.shipped, r.outcome FROM automation_runs r JOIN automations a ON a.id = r.automation_id "
        "WHERE r.case_id = :case ORDER BY r.at",
        case=case,
    )
    assert {run["outcome"] for run in runs} == {"done"}
    assert {run["shipped"] for run in runs} == {
        "acknowledgement", "waiting_customer", "waiting_agent", "notify_assignee", "close_solved",
    }  # fmt: skip
    assert await office.rows("SELECT 1 FROM automations WHERE version > 1 OR trouble <> '[]'") == []
