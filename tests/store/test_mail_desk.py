"""Mail at the desk on a real PostgreSQL, as the agents' own roles: who sees, who sends, what sending does to a case."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest

from app.domain.cases import Category
from app.domain.composing import Ending, Recipients
from app.domain.customers import Customer, EmailAddress
from app.domain.deliveries import DeliveryState
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.mail_threading import new_message_id
from app.domain.refusals import Refusal, Refused
from app.domain.rich_text import from_text
from app.mail.composing import compose
from app.mail.reading import read, read_head
from app.services.compose import Composition, Mails, MailTools, NamedFile
from app.services.outbox import Outcome
from app.store.engine import connect, open_engine
from app.store.feed import PostgresFeed
from app.store.mail import PostgresMail
from app.store.outbox import PostgresOutbox
from app.store.session import Database
from tests.helpers.mail_store import hub_database, make_mailbox
from tests.helpers.organisation import Vallon

JANE, EVE = "jane@customer.example", "eve@customer.example"


class Post:
    """The mail of each agent, under her own role."""

    def __init__(self, vallon: Vallon) -> None:
        self.vallon = vallon
        self._databases: dict[str, Database] = {}

    def of(self, name: str) -> Mails:
        if name not in self._databases:
            self._databases[name] = Database(open_engine(self.vallon.access(name)))
        return Mails(PostgresMail(self._databases[name]), MailTools(read, read_head, compose, lambda _: None))

    async def send(self, by: str, case: UUID, ending: Ending = Ending.SEND, **changes: object) -> Composition:
        sender = await self.of(by).sender(case)
        mail = Composition(
            new_id(), new_id(), case, sender.mailbox_id if sender else new_id(),
            new_message_id(case, "guichet.example"), MailAddress("Nadia – Vallon", "contact@guichet.example"),
            Recipients((MailAddress("Jane", JANE),)), "Hello", from_text("Hello Jane"), datetime.now(UTC),
            ending=ending,
        )  # fmt: skip
        mail = replace(mail, **changes)  # type: ignore[arg-type]
        await self.of(by).send(mail)
        return mail

    async def category(self, case: UUID) -> Category:
        return (await self.vallon.as_agent("camille").case(case)).category

    async def close(self) -> None:
        for database in self._databases.values():
            await database.close()


@pytest.fixture
async def post(vallon: Vallon) -> AsyncIterator[Post]:
    made = Post(vallon)
    yield made
    await made.close()


@pytest.mark.row("S3-29")
async def test_the_assigned_agents_answer_makes_the_case_wait_on_the_customer(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case(assignee_id=post.vallon.agents["camille"])
    await post.send("nadia", case)
    assert await post.category(case) is Category.OPEN
    await post.send("camille", case)
    assert await post.category(case) is Category.WAITING_CUSTOMER
    await post.send("nadia", case, Ending.SOLVE)
    assert await post.category(case) is Category.SOLVED
    await post.send("camille", case)
    assert await post.category(case) is Category.SOLVED
    await post.send("nadia", case, Ending.WAIT)
    assert await post.category(case) is Category.WAITING_CUSTOMER


@pytest.mark.row("S3-28")
async def test_a_public_answer_is_a_mail_to_the_requester_and_takes_a_case_that_nobody_has(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case()
    mail = await post.send("nadia", case)
    nadia = post.vallon.as_agent("nadia")
    assert (await nadia.case(case)).assignee_id == post.vallon.agents["nadia"]
    found = await post.of("nadia").of_case(case, {})
    shown = found[mail.follow_up_id]
    assert [(one.recipient, one.state) for one in shown.deliveries] == [(JANE, DeliveryState.WAITING)]
    assert (shown.head.to[0].address, shown.head.message_id) == (JANE, mail.message_id)
    entry = next(one for one in (await nadia.case_file(case)).timeline if one.id == mail.follow_up_id)
    assert (entry.body, entry.public, entry.author_name) == ("Hello Jane", True, "Nadia Benali")


async def test_who_may_not_see_a_case_sees_and_sends_no_mail_of_it(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case()
    mail = await post.send("nadia", case)
    omar = post.of("omar")
    assert await omar.of_case(case, {}) == {}
    assert await omar.sender(case) is None
    for act in (
        lambda: omar.whole(mail.follow_up_id),
        lambda: omar.share_draft(case, "x"),
        lambda: post.send("omar", case),
        lambda: omar.undo(mail.id),
    ):
        with pytest.raises(Refused) as refused:
            await act()
        assert refused.value.reason is Refusal.NOT_FOUND
    delivery = (await post.of("nadia").of_case(case, {}))[mail.follow_up_id].deliveries[0]
    with pytest.raises(Refused):
        await omar.decide(delivery.id, DeliveryState.WITHDRAWN)


async def test_a_former_team_reads_the_mails_and_sends_none(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case()
    mail = await post.send("nadia", case)
    await post.vallon.as_agent("nadia").hand_over_case(case, post.vallon.teams["Atelier Beaune"], "")
    assert set(await post.of("nadia").of_case(case, {})) == {mail.follow_up_id}
    with pytest.raises(Refused) as refused:
        await post.send("nadia", case)
    assert refused.value.reason is Refusal.NOT_PERMITTED


async def test_a_sub_teams_case_is_mailed_from_its_communication_teams_mailbox(post: Post) -> None:
    centre = await make_mailbox(post.vallon)
    other = await make_mailbox(post.vallon, "Sales Dijon", "sales@guichet.example")
    case = await post.vallon.case("Atelier Beaune", by="julie")
    sender = await post.of("victor").sender(case)
    assert sender is not None
    assert (sender.mailbox_id, sender.team_name) == (centre, "Contact centre")
    await post.send("victor", case)
    with pytest.raises(Refused) as refused:
        await post.send("victor", case, mailbox_id=other)
    assert refused.value.reason is Refusal.NOT_FOUND
    located = await post.vallon.case("Location", by="sofia")
    found = await post.of("sofia").sender(located)
    assert found is not None
    assert found.mailbox_id == other


async def test_without_a_mailbox_nobody_sends(post: Post) -> None:
    case = await post.vallon.case()
    assert await post.of("nadia").sender(case) is None
    with pytest.raises(Refused):
        await post.send("nadia", case)


async def test_too_many_recipients_are_refused_by_the_database_too(post: Post) -> None:
    mailbox, case = await make_mailbox(post.vallon), await post.vallon.case()
    nadia = await connect(post.vallon.access("nadia"))
    with pytest.raises(asyncpg.PostgresError, match="too_many_recipients"):
        await nadia.execute(
            "SELECT send_mail($1, $2, $3, $4, '<a@b.example>', 'x', $1, $5, 0, 'send')",
            new_id(), new_id(), case, mailbox, [f"a{n}@a.example" for n in range(201)],
        )  # fmt: skip
    await nadia.close()


async def test_a_closed_case_sends_nothing(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case(assignee_id=post.vallon.agents["camille"])
    camille = post.vallon.as_agent("camille")
    states = (await camille.case_types())[0].states
    closed = next(one for one in states if one.category is Category.CLOSED)
    await camille.update_case(replace(await camille.case(case), state_id=closed.id))
    with pytest.raises(Refused) as refused:
        await post.send("camille", case)
    assert refused.value.reason is Refusal.CASE_IS_CLOSED


async def test_undo_gives_the_case_back_unless_somebody_touched_it(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case()
    nadia, camille = post.of("nadia"), post.vallon.as_agent("camille")
    mail = await post.send("nadia", case, Ending.SOLVE, after_s=10)
    assert await post.category(case) is Category.SOLVED
    with pytest.raises(Refused):
        await post.of("camille").undo(mail.id)
    assert await nadia.undo(mail.id)
    back = await camille.case(case)
    assert (back.category, back.assignee_id) == (Category.OPEN, None)
    states = [one.state for one in (await nadia.of_case(case, {}))[mail.follow_up_id].deliveries]
    assert states == [DeliveryState.WITHDRAWN]
    again = await post.send("nadia", case, Ending.SOLVE, after_s=10)
    await camille.update_case(replace(await camille.case(case), subject="Changed meanwhile"))
    assert await nadia.undo(again.id)
    assert (await camille.case(case)).category is Category.SOLVED


async def test_what_has_left_is_not_undone(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case()
    mail = await post.send("nadia", case)
    hub = hub_database(post.vallon)
    outbox = PostgresOutbox(hub)
    (parcel,) = await outbox.claim(10, 60)
    assert parcel.external_id == mail.message_id
    assert not await post.of("nadia").undo(mail.id)
    await outbox.finish(parcel, {JANE: Outcome(DeliveryState.PERMANENT, "550 no such user")})
    await hub.close()
    delivery = (await post.of("nadia").of_case(case, {}))[mail.follow_up_id].deliveries[0]
    assert (delivery.state, delivery.reason) == (DeliveryState.PERMANENT, "550 no such user")
    await post.of("camille").decide(delivery.id, DeliveryState.WAITING)
    again = (await post.of("nadia").of_case(case, {}))[mail.follow_up_id].deliveries[0]
    assert again.state is DeliveryState.WAITING


@pytest.mark.row("S2-11")
async def test_files_go_along_and_stay_on_the_case(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case()
    mail = await post.send("nadia", case, files=(NamedFile("plan.pdf", b"%PDF-1.7 plan"),))
    file = await post.vallon.as_agent("camille").case_file(case)
    entry = next(one for one in file.timeline if one.id == mail.follow_up_id)
    assert [(one.name, one.content_type) for one in entry.attachments] == [("plan.pdf", "application/pdf")]
    whole = await post.of("camille").whole(mail.follow_up_id)
    assert [(part.name, part.data) for part in whole.parts] == [("plan.pdf", b"%PDF-1.7 plan")]


async def test_a_draft_is_shared_on_the_case_live_and_gone_when_it_is_sent(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case()
    heard: asyncio.Queue[Hint] = asyncio.Queue()
    feed = PostgresFeed(post.vallon.access("camille"), post.vallon.organisation_id)
    await feed.start()
    feed.subscribe(lambda hint: heard.put_nowait(hint) if hint.kind == "draft" else None)
    await post.of("nadia").share_draft(case, "Hello Ja")
    async with asyncio.timeout(5):
        hint = await heard.get()
    assert (hint.record_id, hint.parent_id) == (post.vallon.agents["nadia"], case)
    (seen,) = await post.of("camille").answering(case)
    assert (seen.name, seen.said) == ("Nadia Benali", "Hello Ja")
    assert await post.of("nadia").answering(case) == ()
    assert await post.of("omar").answering(case) == ()
    await post.send("nadia", case)
    async with asyncio.timeout(5):
        await heard.get()
    assert await post.of("camille").answering(case) == ()
    await post.of("nadia").share_draft(case, "More")
    await post.of("nadia").drop_draft(case)
    assert await post.of("camille").answering(case) == ()
    await feed.stop()


async def test_addresses_of_customers_are_completed(post: Post) -> None:
    camille = post.vallon.as_agent("camille")
    emails = (EmailAddress(JANE), EmailAddress("office@roe.example"))
    await camille.insert_customer(Customer(new_id(), first_name="Jane", last_name="Roe", emails=emails))
    nadia = post.of("nadia")
    assert [one.address for one in await nadia.find_addresses("jane@", 5)] == [JANE, "office@roe.example"]
    assert [one.name for one in await nadia.find_addresses("roe", 5)] == ["Jane Roe", "Jane Roe"]
    assert await nadia.find_addresses("zzz", 5) == ()


async def test_a_head_of_any_length_is_read_whole(post: Post) -> None:
    await make_mailbox(post.vallon)
    case = await post.vallon.case()
    many = Recipients(tuple(MailAddress("Somebody with a long name " * 4, f"a{n}@a.example") for n in range(200)))
    mail = await post.send("nadia", case, recipients=many)
    head = (await post.of("nadia").of_case(case, {}))[mail.follow_up_id].head
    assert (len(head.to), head.to[-1].address, head.subject) == (200, "a199@a.example", "Hello")
