"""A mail with another subject, or of a stranger: marked when it is threaded, made a case of its own, put back."""

import pytest

from app.bootstrap.desk_mail import TOOLS
from app.domain.mail_threading import bare_subject, is_another_subject, new_message_id
from app.domain.refusals import Refusal, Refused
from app.services.compose import Mails
from app.store.engine import open_engine
from app.store.mail import PostgresMail
from app.store.session import Database
from tests.helpers.mail_store import write_mail
from tests.mail.office import Office, customer_mail, hub

TEAM = "contact@guichet.example"


@pytest.mark.parametrize(
    ("subject", "another"),
    [
        ("Re: Broken car", False),
        ("RE: Fwd: broken  CAR", False),
        ("AW: [EXT] Broken car", False),
        ("TR : Broken car (suite)", False),
        ("Anything [#12]", False),
        ("", False),
        ("Re:", False),
        ("Invoice of May", True),
        ("Re: Invoice of May [#13]", True),
    ],
)
def test_a_subject_is_another_one_or_the_same_in_other_clothes(subject: str, another: bool) -> None:
    assert is_another_subject(subject, ["Broken car"], 12) is another
    assert bare_subject("Réf : Re: [#12] Panne") == "panne"
    assert not is_another_subject("Hello", ["", "Re:"], 12)


async def test_a_stranger_and_another_subject_become_cases_of_their_own_and_come_back(office: Office) -> None:
    mailbox = await office.mailbox("Contact centre", TEAM)
    async with hub(office):
        office.deliver(TEAM, customer_mail(1, Subject="Broken car"))
        (first,) = await office.settled(1)
        case = first["case_id"]
        own = new_message_id(case, "guichet.example")
        await write_mail(office.vallon, mailbox, case, ("jane@customer.example",), external_id=own)
        office.deliver(
            TEAM,
            customer_mail(2, "Thanks.", Subject="Re: Broken car", In_Reply_To=own),
            customer_mail(3, "And my invoice?", Subject="Invoice of May", In_Reply_To=own),
            customer_mail(
                4, "She asked me to look.", Subject="Re: Broken car", In_Reply_To=own, From="Bob Hill <bob@x.example>"
            ),
        )
        entries = await office.settled(4)
    assert [entry["reason"] for entry in entries[1:]] == ["token", "changed_subject", "stranger_in_thread"]
    assert {entry["case_id"] for entry in entries} == {case}

    database = Database(open_engine(office.vallon.access("nadia")))
    mails, nadia = Mails(PostgresMail(database), TOOLS), office.vallon.as_agent("nadia")
    shown = await mails.of_case(case, {})
    assert {shown[entry["follow_up_id"]].doubt for entry in entries} == {"", "changed_subject", "stranger_in_thread"}

    invoice = await nadia.case_file(await mails.split(entries[2]["follow_up_id"]))
    assert (invoice.case.subject, invoice.customer.last_name) == ("Invoice of May", "Roe")
    assert [one.body for one in invoice.timeline] == ["And my invoice?", "split_from"]
    bobs = await nadia.case_file(await mails.split(entries[3]["follow_up_id"]))
    assert (bobs.customer.first_name, bobs.customer.last_name) == ("Bob", "Hill")
    assert [one.address for one in bobs.customer.emails] == ["bob@x.example"]
    file = await nadia.case_file(case)
    told = [(one.body, one.custom["number"]) for one in file.timeline if one.body == "split_to"]
    assert told == [("split_to", invoice.case.number), ("split_to", bobs.case.number)]
    ledger = {row["external_id"]: row["case_id"] for row in await office.fates()}
    assert ledger["<3@customer.example>"] == invoice.case.id
    assert ledger["<4@customer.example>"] == bobs.case.id

    # What made the case stays in it, and another team's agent moves nothing.
    with pytest.raises(Refused) as refused:
        await mails.split(first["follow_up_id"])
    assert refused.value.reason is Refusal.NOT_FOUND
    others = Database(open_engine(office.vallon.access("omar")))
    with pytest.raises(Refused):
        await Mails(PostgresMail(others), TOOLS).split(entries[1]["follow_up_id"])
    await others.close()

    await mails.unsplit(invoice.case.id)
    assert (await office.fates())[2]["case_id"] == case
    back = await nadia.case_file(case)
    assert "And my invoice?" in [one.body for one in back.timeline]
    (row,) = await office.rows("SELECT merged_into_id FROM cases WHERE id = :id", id=invoice.case.id)
    assert row["merged_into_id"] == case
    with pytest.raises(Refused):
        await mails.unsplit(invoice.case.id)
    await database.close()


async def test_a_case_that_was_worked_on_is_not_put_back(office: Office) -> None:
    mailbox = await office.mailbox("Contact centre", TEAM)
    async with hub(office):
        office.deliver(TEAM, customer_mail(1, Subject="Broken car"))
        (first,) = await office.settled(1)
        own = new_message_id(first["case_id"], "guichet.example")
        await write_mail(office.vallon, mailbox, first["case_id"], ("jane@customer.example",), external_id=own)
        office.deliver(TEAM, customer_mail(2, "And my invoice?", Subject="Invoice", In_Reply_To=own))
        entries = await office.settled(2)
    database = Database(open_engine(office.vallon.access("nadia")))
    mails = Mails(PostgresMail(database), TOOLS)
    made = await mails.split(entries[1]["follow_up_id"])
    await write_mail(office.vallon, mailbox, made, ("jane@customer.example",))
    with pytest.raises(Refused) as refused:
        await mails.unsplit(made)
    assert refused.value.reason is Refusal.CHANGED_MEANWHILE
    await database.close()


async def test_who_answers_a_merged_case_reaches_the_one_that_was_kept(office: Office) -> None:
    mailbox = await office.mailbox("Contact centre", TEAM)
    kept, between = await office.vallon.case(), await office.vallon.case()
    camille = office.vallon.as_agent("camille")
    async with hub(office):
        office.deliver(TEAM, customer_mail(1, Subject="Broken car"))
        (first,) = await office.settled(1)
        merged = first["case_id"]
        own = new_message_id(merged, "guichet.example")
        await write_mail(office.vallon, mailbox, merged, ("jane@customer.example",), external_id=own)
        number = (await camille.case(merged)).number
        await camille.merge_cases(between, merged)
        await camille.merge_cases(kept, between)
        office.deliver(
            TEAM,
            customer_mail(2, "By the token.", Subject="Re: Broken car", In_Reply_To=own),
            customer_mail(3, "By the reference.", Subject="Re: Broken car", In_Reply_To=first["external_id"]),
            customer_mail(4, "By the number.", Subject=f"Broken car [#{number}]"),
        )
        entries = await office.settled(4)
    assert [(entry["fate"], entry["case_id"]) for entry in entries[1:]] == [("follow_up", kept)] * 3
    # It is about what the merged case was about: none of them offers a case of its own.
    assert [entry["reason"] for entry in entries[1:3]] == ["token", "reference"]
