"""Mail from a real server to a case and back: the hub's workers on Dovecot, an SMTP server and PostgreSQL."""

import asyncio
import signal

import pytest

from app.domain.mail_threading import new_message_id
from app.store.engine import connect
from tests.helpers.mail_store import write_mail
from tests.helpers.mails import raw_mail
from tests.mail.office import Office, customer_mail, hub, hub_process


@pytest.mark.row("S2-02")
async def test_a_mail_becomes_a_case_its_answer_leaves_and_the_reply_comes_back_to_it(office: Office) -> None:
    mailbox = await office.mailbox("Contact centre", "contact@guichet.example")
    async with hub(office):
        office.deliver("contact@guichet.example", customer_mail(1, Subject="Broken car"))
        (entry,) = await office.settled(1)
        assert entry["fate"] == "case"
        nadia = office.vallon.as_agent("nadia")
        file = await nadia.case_file(entry["case_id"])
        assert (file.case.subject, file.customer.last_name) == ("Broken car", "Roe")
        assert [follow_up.body for follow_up in file.timeline] == ["My car is broken."]
        own = new_message_id(entry["case_id"], "guichet.example")
        await write_mail(office.vallon, mailbox, entry["case_id"], ("jane@customer.example",), external_id=own)
        async with asyncio.timeout(10):
            while not office.receiver.received:
                await asyncio.sleep(0.02)
        assert [who for who, _ in office.receiver.received] == ["jane@customer.example"]
        await _delivered(office, 1)
        office.deliver(
            "contact@guichet.example",
            customer_mail(2, "Thank you.", Subject="Re: Broken car", In_Reply_To=own, References=own),
        )
        entries = await office.settled(2)
    assert (entries[1]["fate"], entries[1]["case_id"], entries[1]["reason"]) == ("follow_up", entry["case_id"], "token")


async def _delivered(office: Office, count: int) -> None:
    async with asyncio.timeout(10):
        while len(await office.rows("SELECT 1 FROM deliveries WHERE state = 'delivered'")) < count:
            await asyncio.sleep(0.02)


@pytest.mark.row("S2-09")
async def test_answers_of_people_in_copy_come_to_the_case(office: Office) -> None:
    mailbox, case = await office.mailbox("Contact centre", "contact@guichet.example"), await office.vallon.case()
    own = new_message_id(case, "guichet.example")
    await write_mail(office.vallon, mailbox, case, ("jane@customer.example", "bob@copied.example"), external_id=own)
    async with hub(office):
        office.deliver(
            "contact@guichet.example",
            customer_mail(1, "Bob here.", From="bob@copied.example", In_Reply_To=own),
            # The chain named by a mail of ours, and by Bob's own that the ledger holds.
            customer_mail(2, "Me again.", From="bob@copied.example", In_Reply_To="<1@customer.example>"),
            customer_mail(3, "I was not asked.", From="eve@stranger.example", In_Reply_To="<1@customer.example>"),
        )
        entries = await office.settled(3)
    assert [(entry["fate"], entry["case_id"] == case) for entry in entries] == [
        ("follow_up", True),
        ("follow_up", True),
        ("case", False),
    ]


@pytest.mark.row("S2-30")
async def test_a_customers_next_mail_enters_her_open_case_and_a_solved_one_is_answered_anew(office: Office) -> None:
    await office.mailbox("Contact centre", "contact@guichet.example")
    async with hub(office):
        office.deliver(
            "contact@guichet.example", customer_mail(1), customer_mail(2, "And it smokes.", Subject="Another thing")
        )
        entries = await office.settled(2)
        assert [entry["fate"] for entry in entries] == ["case", "follow_up"]
        assert entries[0]["case_id"] == entries[1]["case_id"]
        assert len(await office.rows("SELECT 1 FROM customers WHERE last_name = 'Roe'")) == 1


@pytest.mark.row("S2-22")
async def test_known_contacts_only_keeps_strangers_back_and_not_their_answers(office: Office) -> None:
    mailbox, case = await office.mailbox("Contact centre", "contact@guichet.example"), await office.vallon.case()
    ada = await connect(office.vallon.access("ada"))
    await ada.execute("UPDATE mail_addresses SET known_contacts_only = true")
    await ada.close()
    (address,) = [row["address"] for row in await office.rows("SELECT address FROM mail_addresses")]
    own = new_message_id(case, "guichet.example")
    await write_mail(office.vallon, mailbox, case, ("bob@copied.example",), external_id=own)
    async with hub(office):
        office.deliver(
            "contact@guichet.example",
            customer_mail(1, From="eve@stranger.example", To=address),
            customer_mail(2, From="bob@copied.example", To=address, In_Reply_To=own),
        )
        entries = await office.settled(2)
    assert [entry["fate"] for entry in entries] == ["quarantined", "follow_up"]
    nadia = await connect(office.vallon.access("nadia"))
    assert await nadia.fetchval("SELECT sender FROM incoming WHERE fate = 'quarantined'") == "eve@stranger.example"
    await nadia.close()


@pytest.mark.row("S2-18")
async def test_every_address_of_a_team_leads_to_it(office: Office) -> None:
    mailbox = await office.mailbox("Contact centre", "contact@guichet.example")
    ada = await connect(office.vallon.access("ada"))
    for address in ("old@guichet.example", "older@guichet.example"):
        await ada.execute(
            "INSERT INTO mail_addresses (address, organisation_id, team_id, mailbox_id) VALUES ($1, $2, $3, $4)",
            address,
            office.vallon.organisation_id,
            office.vallon.teams["Sales Dijon"],
            mailbox,
        )
    await ada.close()
    async with hub(office):
        office.deliver(
            "contact@guichet.example",
            customer_mail(1, To="Old@guichet.example"),
            customer_mail(
                2, To="x@elsewhere.example", Delivered_To="older@guichet.example", From="ann@customer.example"
            ),
            customer_mail(3, To="contact@guichet.example", From="zoe@customer.example"),
        )
        entries = await office.settled(3)
    teams = [entry["team_id"] for entry in entries]
    assert teams == [office.vallon.teams[name] for name in ("Sales Dijon", "Sales Dijon", "Contact centre")]
    cases = await office.rows("SELECT team_id FROM cases ORDER BY number")
    assert [case["team_id"] for case in cases] == teams


async def test_one_mail_to_two_teams_is_one_case_that_both_read(office: Office) -> None:
    await office.mailbox("Contact centre", "contact@guichet.example")
    await office.mailbox("Sales Dijon", "sales@guichet.example")
    raw = customer_mail(1, To="contact@guichet.example, sales@guichet.example")
    async with hub(office):
        office.deliver("contact@guichet.example", raw)
        await office.settled(1)
        office.deliver("sales@guichet.example", b"Received: by another way\r\n" + raw)
        entries = await office.settled(2)
    assert [entry["fate"] for entry in entries] == ["case", "follow_up"]
    assert entries[0]["case_id"] == entries[1]["case_id"]
    assert len(await office.rows("SELECT 1 FROM follow_ups WHERE channel = 'email'")) == 1
    for name in ("nadia", "omar"):
        agent = await connect(office.vallon.access(name))
        assert await agent.fetchval("SELECT count(*) FROM cases WHERE id = $1", entries[0]["case_id"]) == 1, name
        await agent.close()


async def test_a_report_marks_the_delivery_and_machines_open_nothing(office: Office) -> None:
    mailbox, case = await office.mailbox("Contact centre", "contact@guichet.example"), await office.vallon.case()
    own = new_message_id(case, "guichet.example")
    await write_mail(office.vallon, mailbox, case, ("gone@x.example",), external_id=own)
    async with hub(office):
        await _delivered(office, 1)
        report = (
            "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x.example\n\n"
            "Final-Recipient: rfc822; gone@x.example\nAction: failed\nStatus: 5.1.1\n"
            "Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n"
            f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {own}\n\n.\n--b--\n"
        )
        kind = "multipart/report; report-type=delivery-status; boundary=b"
        office.deliver(
            "contact@guichet.example",
            raw_mail(report, kind, Message_ID="<r@x.example>", From="MAILER-DAEMON@x.example"),
            customer_mail(2, "I am away.", Auto_Submitted="auto-replied", In_Reply_To=own),
            customer_mail(3, "I am away.", Auto_Submitted="auto-replied", From="new@x.example"),
            customer_mail(4, Message_ID=own),
        )
        entries = await office.settled(4)
    assert [entry["fate"] for entry in entries] == ["bounce", "auto_reply", "auto_reply", "own_loop"]
    assert [entry["case_id"] for entry in entries] == [None, case, None, None]
    (delivery,) = await office.rows("SELECT state, reason FROM deliveries")
    assert (delivery["state"], "no such user" in delivery["reason"]) == ("permanent", True)
    assert len(await office.rows("SELECT 1 FROM cases")) == 1


@pytest.mark.parametrize(("action", "state"), [("failed", "permanent"), ("delayed", "delivered")])
async def test_a_mail_that_was_refused_has_failed_though_its_address_lives(
    office: Office, action: str, state: str
) -> None:
    mailbox, case = await office.mailbox("Contact centre", "contact@guichet.example"), await office.vallon.case()
    own = new_message_id(case, "guichet.example")
    await write_mail(office.vallon, mailbox, case, ("jane@x.example",), external_id=own)
    async with hub(office):
        await _delivered(office, 1)
        report = (
            "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x.example\n\n"
            f"Final-Recipient: rfc822; jane@x.example\nAction: {action}\nStatus: 4.7.1\n"
            "Diagnostic-Code: smtp; 451 4.7.1 greylisted\n\n--b--\n"
        )
        # Some reports hold no copy of the mail, and answer it.
        fields = {"Message_ID": "<r@x.example>", "From": "MAILER-DAEMON@x.example", "In_Reply_To": own}
        kind = "multipart/report; report-type=delivery-status; boundary=b"
        office.deliver("contact@guichet.example", raw_mail(report, kind, **fields))
        await office.settled(1)
    (delivery,) = await office.rows("SELECT state, reason FROM deliveries")
    assert delivery["state"] == state
    (address,) = await office.rows("SELECT permanent, status FROM address_bounces")
    assert tuple(address.values()) == (False, "4.7.1")


async def test_a_hub_killed_again_and_again_loses_no_mail_and_makes_none_twice(office: Office) -> None:
    mailbox, case = await office.mailbox("Contact centre", "contact@guichet.example"), await office.vallon.case()
    office.deliver("contact@guichet.example", *(customer_mail(n, From=f"c{n}@customer.example") for n in range(120)))
    for n in range(30):
        await write_mail(office.vallon, mailbox, case, (f"to{n}@x.example",))
    kills, settled = 0, 0
    async with asyncio.timeout(120):
        while settled < 120:
            process = await hub_process(office)
            goal = min(settled + 25, 120)
            while (settled := len(await office.fates())) < goal:
                await asyncio.sleep(0.02)
            process.send_signal(signal.SIGKILL)
            await process.wait()
            kills += 1
            # What the dead hub held is free when its claim ends; here that is now.
            await office.database.write("UPDATE incoming SET claimed_until = now() WHERE fate IS NULL")
            settled = len(await office.fates())
    assert kills >= 4
    bodies = await office.rows("SELECT author_name FROM follow_ups WHERE channel = 'email' AND direction = 'in'")
    assert len(bodies) == 120
    assert len(await office.rows("SELECT DISTINCT case_id FROM incoming")) == 120
    received = [who for who, _ in office.receiver.received]
    assert len(received) == len(set(received))
    states = {row["recipient"]: row["state"] for row in await office.rows("SELECT recipient, state FROM deliveries")}
    # Whoever got it is delivered, or nobody knows yet; nobody is told otherwise and nobody gets it twice.
    assert all(states[who] in {"delivered", "sending"} for who in received)
    assert all(who in received for who, state in states.items() if state == "delivered")
