"""A new organisation with a mailbox and nothing else set: a mail finds its way to the second answer."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain.cases import Category
from app.domain.composing import Recipients
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.mail_threading import new_message_id
from app.domain.rich_text import from_text
from app.mail.composing import compose
from app.mail.reading import read, read_head
from app.services.compose import Composition, Mails, MailTools
from app.store.mail import PostgresMail
from app.store.views import PostgresViews
from tests.mail.office import Office, customer_mail, hub


async def _listed(office: Office, key: str) -> list[UUID]:
    """What Nadia has in a shipped view."""
    nadia = office.vallon.as_agent("nadia")
    views = await PostgresViews(nadia._database, nadia).views()
    shown = next(one.view for one in views if one.key == key)
    return [row.id for row in await nadia.case_page(shown, None, 50)]


async def _answer(office: Office, case: UUID) -> str:
    mails = Mails(
        PostgresMail(office.vallon.as_agent("nadia")._database), MailTools(read, read_head, compose, lambda _: None)
    )
    sender = await mails.sender(case)
    assert sender is not None
    own = new_message_id(case, "guichet.example")
    await mails.send(
        Composition(
            new_id(), new_id(), case, sender.mailbox_id, own, MailAddress("Nadia – Vallon", sender.address),
            Recipients((MailAddress("Jane", "jane@customer.example"),)), "Your car", from_text("Bring it in."),
            datetime.now(UTC),
        )
    )  # fmt: skip
    return own


@pytest.mark.row("S3-26", "S3-45")
async def test_the_default_flow_works_before_any_setting_is_touched(office: Office) -> None:
    await office.mailbox("Contact centre", "contact@guichet.example", answers=True)
    nadia = office.vallon.as_agent("nadia")
    async with hub(office):
        office.deliver("contact@guichet.example", customer_mail(1, Subject="Broken car"))
        (entry,) = await office.settled(1)
        case_id = entry["case_id"]
        ((to, raw),) = await office.received(1)
        assert to == "jane@customer.example"
        assert b"Auto-Submitted: auto-replied" in raw, "the acknowledgement, before anybody switched it on"
        file = await nadia.case_file(case_id)
        assert (file.case.category, file.case.assignee_id, file.row.state_key) == (Category.OPEN, None, "open")
        assert file.customer.emails[0].address == "jane@customer.example"
        assert await _listed(office, "unassigned") == [case_id]
        assert await _listed(office, "new_in_my_teams") == [case_id]
        await nadia.assign_case(case_id, office.vallon.agents["nadia"])
        assert await _listed(office, "my_open") == [case_id]
        assert await _listed(office, "unassigned") == []
        own = await _answer(office, case_id)
        assert (await nadia.case(case_id)).category is Category.WAITING_CUSTOMER
        assert await _listed(office, "waiting_customer") == [case_id]
        assert await _listed(office, "my_open") == []
        office.deliver("contact@guichet.example", customer_mail(2, "When?", In_Reply_To=own, References=own))
        entries = await office.settled(2)
    assert entries[1]["case_id"] == case_id
    assert (await nadia.case(case_id)).category is Category.WAITING_AGENT
    assert await _listed(office, "waiting_agent") == [case_id]
    assert await _listed(office, "my_open") == [case_id]
    assert await _listed(office, "overdue") == []
