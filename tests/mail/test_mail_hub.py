"""What a team's lead owns, on real servers: settings, rules, ledger, automatic replies and their limits."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.bootstrap.mail import source_of
from app.desk.email_hub import KINDS
from app.desk.way_trials import Trial, WayTrials
from app.domain.agents import Agent, Role
from app.domain.ids import new_id
from app.domain.mail_rules import Action, Condition, How, MailRule, On
from app.domain.mail_threading import new_message_id
from app.domain.organisations import Organisation
from app.domain.refusals import Refusal, Refused
from app.mail.reading import read
from app.services import getting_started
from app.services.email_hub import HubSettings, LedgerSearch, MailboxSetup, TeamMail, Way
from app.services.mail_requests import Checked
from app.store.email_hub import PostgresEmailHub
from app.store.engine import connect, open_engine
from app.store.ledger_tools import ledger_figures, replay
from app.store.mailboxes import read_mailboxes
from app.store.session import Database
from app.store.starter import make_starter_organisation
from tests.helpers.mail_store import hub_database, write_mail
from tests.helpers.mails import raw_mail
from tests.helpers.organisation import PASSWORD, Vallon
from tests.mail.dovecot import SECRET
from tests.mail.office import Office, customer_mail, hub
from tests.mail.worlds import RealWorld

ADDRESS = "contact@guichet.example"


def _mail_of(vallon: Vallon, name: str) -> TeamMail:
    """A lead's own sign-in; closed with the organisation's stores."""
    store = vallon.as_agent(name)
    return TeamMail(PostgresEmailHub(store._database))


def _settings(office: Office, **more: object) -> HubSettings:
    return replace(HubSettings(office.vallon.teams["Contact centre"], enabled=True), **more)  # type: ignore[arg-type]


def _rule(office: Office, action: Action, *conditions: Condition, **more: object) -> MailRule:
    team = office.vallon.teams["Contact centre"]
    return replace(MailRule(new_id(), team, "A rule", conditions, action, active=True), **more)  # type: ignore[arg-type]


def _subject(words: str) -> Condition:
    return Condition(On.SUBJECT, How.CONTAINS, words)


async def _until(condition: Callable[[], Awaitable[object]], most_s: float = 20) -> object:
    async with asyncio.timeout(most_s):
        while not (found := await condition()):
            await asyncio.sleep(0.05)
        return found


async def _address(office: Office) -> str:
    return str((await office.rows("SELECT address FROM mail_addresses ORDER BY made_at"))[0]["address"])


async def _case(office: Office, case: object) -> dict[str, Any]:
    return (await office.rows("SELECT team_id, assignee_id, category, number FROM cases WHERE id = :id", id=case))[0]


@pytest.mark.row("S2-01", "S2-17", "S2-21")
async def test_the_teams_lead_owns_its_mail_and_nobody_else_of_the_floor(vallon: Vallon) -> None:
    camille, team = _mail_of(vallon, "camille"), vallon.teams["Contact centre"]
    wished = HubSettings(team, True, Way.COMPANY, "Concession  Vallon", True, False, True, "Hello", "Bonjour")
    await camille.save_settings(wished)
    kept = (await camille.email_hub(team)).settings
    assert kept == replace(wished, display_name="Concession Vallon", version=1)
    assert not (await camille.email_hub(vallon.teams["Sales Dijon"])).settings.enabled, "each team by itself"
    for name, other in (("nadia", team), ("camille", vallon.teams["Sales Dijon"])):
        with pytest.raises(Refused) as refused:
            await _mail_of(vallon, name).save_settings(replace(wished, team_id=other))
        assert refused.value.reason is Refusal.NOT_PERMITTED, name
    await _mail_of(vallon, "ada").save_settings(replace(wished, version=1))
    with pytest.raises(Refused) as late:
        await camille.save_settings(replace(wished, version=1))
    assert late.value.reason is Refusal.CHANGED_MEANWHILE
    with pytest.raises(Refused) as sub_team:
        await _mail_of(vallon, "julie").save_settings(replace(wished, team_id=vallon.teams["Atelier Beaune"]))
    assert sub_team.value.reason is Refusal.COMMUNICATION_TEAM_NEEDS_NUMBER


@pytest.mark.row("S2-19", "S2-20", "S2-32", "S2-34")
async def test_a_lead_sets_a_mailbox_up_and_every_team_has_its_generated_address(vallon: Vallon) -> None:
    camille, ada, team = _mail_of(vallon, "camille"), _mail_of(vallon, "ada"), vallon.teams["Contact centre"]
    box = MailboxSetup(
        new_id(), team, "Support@dealer.example", "imap.dealer.example", smtp_host="smtp.dealer.example", secret="s"
    )
    await camille.save_mailbox(box)
    with pytest.raises(Refused) as again:
        await camille.save_mailbox(replace(box, id=new_id()))
    assert again.value.reason is Refusal.ADDRESS_IN_USE
    await camille.save_settings(HubSettings(team, True, Way.COMPANY, "Concession Vallon"))
    with pytest.raises(Refused) as refused:
        await camille.set_catch_all(replace(box, id=new_id(), address="in@vallon.example"), "domain")
    assert refused.value.reason is Refusal.NOT_PERMITTED
    caught = MailboxSetup(new_id(), team, "all@in.vallon.example", "imap.x", smtp_host="smtp.x", secret="s")
    await ada.set_catch_all(caught, "domain")
    found = await camille.email_hub(team)
    first, generated = found.addresses
    assert (first.address, first.sends, generated.generated, generated.sends) == (
        "support@dealer.example",
        True,
        True,
        False,
    )
    assert generated.address.startswith("contact-centre-")
    assert generated.address.endswith("@in.vallon.example")
    assert [one.id for one in found.mailboxes] == [box.id]
    assert found.catch_all is not None
    assert found.catch_all_box is not None
    await ada.set_catch_all(replace(caught, kept=True), "domain")
    numbered = [(await ada.email_hub(vallon.teams[name])).addresses for name in ("Sales Dijon", "Service Chalon")]
    assert [len(addresses) for addresses in numbered] == [1, 1], "every numbered team, once"
    assert not (await ada.email_hub(vallon.teams["Atelier Beaune"])).addresses
    await camille.choose_sender(generated.address)
    await camille.add_address(team, box.id, " Old@dealer.example ")
    after = await camille.email_hub(team)
    assert [one.address for one in after.addresses if one.sends] == [generated.address]
    assert "old@dealer.example" in {one.address for one in after.addresses}
    nadia = await connect(vallon.access("nadia"))
    names = await nadia.fetch("SELECT DISTINCT display_name FROM mail_addresses WHERE team_id = $1", team)
    assert [row["display_name"] for row in names] == ["Concession Vallon"]
    await nadia.close()
    for bad in ("", "x", "a b@c.example", "a@b.example\r\nBcc: c@d.example"):
        with pytest.raises(Refused):
            await camille.add_address(team, box.id, bad)


@pytest.mark.row("S2-33", "S2-35", "S3-08", "S3-21", "S3-22")
async def test_mail_to_the_generated_address_comes_directly_and_by_forwarding(office: Office) -> None:
    team = office.vallon.teams["Sales Dijon"]
    mailbox = await office.mailbox("Contact centre", "all@in.vallon.example")
    ada = _mail_of(office.vallon, "ada")
    box = next(
        one for one in (await ada.email_hub(office.vallon.teams["Contact centre"])).mailboxes if one.id == mailbox
    )
    await ada.set_catch_all(box, "domain")
    (generated,) = (await ada.email_hub(team)).addresses
    async with hub(office):
        office.deliver(
            "all@in.vallon.example",
            customer_mail(1, To=generated.address),
            customer_mail(2, From="zoe@customer.example", To="support@dealer.example", X_Original_To=generated.address),
            customer_mail(3, From="bob@customer.example", To=f"nobody@{generated.address.partition('@')[2]}"),
        )
        entries = await office.settled(3)
    assert [entry["fate"] for entry in entries] == ["case"] * 3
    assert [entry["team_id"] == team for entry in entries] == [True, True, False]
    assert generated.sends, "it sends as long as the team has no other"


@pytest.mark.row("S2-31", "S2-36")
async def test_a_test_says_which_step_fails_and_what_the_server_says(office: Office) -> None:
    mailbox, team = await office.mailbox("Contact centre", ADDRESS), office.vallon.teams["Contact centre"]
    camille = _mail_of(office.vallon, "camille")

    async def tested() -> list[tuple[Checked, bool]]:
        await camille.test_mailbox(team, mailbox)

        async def answered() -> bool:
            return mailbox not in (await camille.email_hub(team)).waiting

        await _until(answered)
        return [(step.step, step.ok) for step in (await camille.email_hub(team)).tests[mailbox]]

    async with hub(office):
        assert await tested() == [(step, True) for step in Checked]
        (box,) = (await camille.email_hub(team)).mailboxes
        await camille.save_mailbox(replace(box, folder="Nowhere"))
        assert (Checked.FOLDER, False) in await tested()
        await camille.save_mailbox(replace(box, secret="wrong"))
        assert (Checked.SIGN_IN, False) in await tested()
        await camille.save_mailbox(replace(box, secret=SECRET, smtp_port=1))
        assert await tested() == [
            (Checked.SERVER, True), (Checked.SIGN_IN, True), (Checked.FOLDER, True), (Checked.SENDING, False),
        ]  # fmt: skip
        said = (await camille.email_hub(team)).tests[mailbox][-1].said
        assert "connect" in said.lower()
    with pytest.raises(Refused):
        await _mail_of(office.vallon, "nadia").test_mailbox(team, mailbox)


@pytest.mark.row("S2-31")
@pytest.mark.parametrize(("kind", "source"), [("graph", "GraphSource"), ("ews", "EwsSource")])
async def test_a_lead_sets_up_a_mailbox_at_microsoft_or_on_an_exchange_server(
    vallon: Vallon, kind: str, source: str
) -> None:
    camille, team = _mail_of(vallon, "camille"), vallon.teams["Contact centre"]
    box = MailboxSetup(new_id(), team, "team@vallon.example", kind=kind, secret="s", **KINDS[kind])  # type: ignore[arg-type]
    if kind == "graph":
        box = replace(box, tenant=" vallon.example ", client_id="0d1c-22")
    else:
        box = replace(box, host="mail.vallon.example")
    await camille.save_mailbox(box)
    (kept,) = (await camille.email_hub(team)).mailboxes
    assert (kept.kind, kept.sign_in, kept.tenant, kept.secret) == (kind, box.sign_in, box.tenant.strip(), "")
    database = hub_database(vallon)
    (read,) = await read_mailboxes(database)
    assert (read.kind, read.port, read.secret, read.client_id) == (kind, 443, "s", box.client_id)
    made = source_of(read, database)
    assert type(made).__name__ == source
    await made.close()
    await database.close()


@pytest.mark.row("S2-25", "S2-26", "S2-27", "S2-28", "S2-29")
async def test_rules_decide_in_their_order_about_real_mail(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS)
    camille, vallon = _mail_of(office.vallon, "camille"), office.vallon
    rules = (
        _rule(office, Action.IGNORE, _subject("advert"), position=1),
        _rule(office, Action.ROUTE_TO_TEAM, _subject("part"), to_team_id=vallon.teams["Pièces détachées"], position=2),
        _rule(office, Action.ROUTE_TO_AGENT, _subject("nadia"), to_agent_id=vallon.agents["nadia"], position=3),
        _rule(office, Action.CREATE_CASE, _subject("alarm"), position=4),
        _rule(office, Action.IGNORE, _subject("alarm"), position=5),
    )
    for rule in rules:
        await camille.save_rule(rule)
    async with hub(office):
        office.deliver(
            ADDRESS,
            customer_mail(1, Subject="An advert", From="shop@adverts.example"),
            customer_mail(2, Subject="A part", From="p@customer.example"),
            customer_mail(3, Subject="For Nadia", From="n@customer.example"),
            customer_mail(4, Subject="Question"),
            customer_mail(5, Subject="Alarm"),
            customer_mail(6, Subject="Another question"),
            customer_mail(7, Subject="An advert I ask about"),
        )
        entries = await office.settled(7)
    assert [entry["fate"] for entry in entries] == ["ignored", "case", "case", "case", "case", "follow_up", "follow_up"]
    assert entries[0]["rule_id"] == rules[0].id
    assert entries[4]["rule_id"] == rules[3].id
    part, nadia = await _case(office, entries[1]["case_id"]), await _case(office, entries[2]["case_id"])
    assert (part["team_id"], part["assignee_id"]) == (vallon.teams["Pièces détachées"], None)
    assert (nadia["team_id"], nadia["assignee_id"]) == (vallon.teams["Contact centre"], vallon.agents["nadia"])
    assert entries[4]["case_id"] != entries[3]["case_id"], "a case of its own beside the open one"
    assert [one.lately for one in await camille.rules(vallon.teams["Contact centre"])] == [1, 1, 1, 1, 0]
    with pytest.raises(Refused):
        await _mail_of(vallon, "nadia").save_rule(replace(rules[0], active=False))
    await camille.order_rules(rules[0].team_id, tuple(rule.id for rule in reversed(rules)))
    assert [one.rule.id for one in await camille.rules(rules[0].team_id)] == [rule.id for rule in reversed(rules)]


async def test_the_counter_compares_the_server_with_the_ledger_and_names_what_is_missing(office: Office) -> None:
    mailbox, team = await office.mailbox("Contact centre", ADDRESS), office.vallon.teams["Contact centre"]
    camille = _mail_of(office.vallon, "camille")

    async def count() -> object:
        await camille.count_mailbox(team, mailbox)

        async def counted() -> object:
            (one,) = await camille.counts(team)
            return None if one.waiting else one

        return await _until(counted)

    async with hub(office):
        bare = raw_mail("No id.", From="x@customer.example").replace(b"Message-ID: <1@customer.example>\r\n", b"")
        office.deliver(ADDRESS, customer_mail(1), customer_mail(2), bare)
        await office.settled(3)
        one = await count()
        assert (one.counted.on_server, one.counted.in_ledger, one.counted.equal, one.total) == (3, 3, True, 3)  # type: ignore[attr-defined]
        await office.database.write("DELETE FROM incoming WHERE external_id = '<2@customer.example>'")
        one = await count()
        assert (one.counted.equal, one.counted.missing) == (False, ("<2@customer.example>",))  # type: ignore[attr-defined]
    assert not await _mail_of(office.vallon, "nadia").counts(team)


async def test_what_was_kept_back_is_found_read_and_made_a_case_once(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS)
    camille, nadia = _mail_of(office.vallon, "camille"), _mail_of(office.vallon, "nadia")
    team = office.vallon.teams["Contact centre"]
    await camille.save_settings(_settings(office, known_contacts_only=True))
    await camille.save_rule(_rule(office, Action.IGNORE, _subject("advert")))
    address = await _address(office)
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(400))
    async with hub(office):
        office.deliver(
            ADDRESS,
            customer_mail(1, Subject="Stranger", From="eve@stranger.example", To=address),
            customer_mail(2, Subject="An advert", From="shop@adverts.example", To=address),
            b"From: a@deep.example\r\nTo: %s\r\nSubject: Deep\r\nMessage-ID: <3@deep.example>\r\n" % address.encode()
            + deep,
        )
        entries = await office.settled(3)
        assert [entry["fate"] for entry in entries] == ["quarantined", "ignored", "unparseable"]
        (found,) = await camille.lines(LedgerSearch(team, words="STRANGER.example"))
        assert (found.subject, found.reason) == ("Stranger", "unknown_sender")
        assert (await camille.email_hub(team)).quarantined == 1
        (deep_line,) = await camille.lines(LedgerSearch(team, fate="unparseable"))
        assert (await camille.raw_mail(deep_line.id, 65_536)).startswith(b"From: a@deep.example")
        with pytest.raises(Refused):
            await nadia.make_case(found.id)
        await camille.replay(deep_line.id)
        await _until(lambda: office.rows("SELECT 1 FROM incoming WHERE asked = 'replay' AND fate = 'unparseable'"))
        for entry in entries:
            await camille.make_case(entry["id"])
        await _until(lambda: _three(office))
        with pytest.raises(Refused) as again:
            await camille.make_case(found.id)
        assert again.value.reason is Refusal.CHANGED_MEANWHILE
    cases = await office.rows("SELECT id FROM cases")
    assert len(cases) == 3
    assert len(await office.rows("SELECT 1 FROM attachments WHERE name = 'message.eml'")) == 1


async def test_an_administrator_counts_the_ledger_and_replays_what_was_unreadable(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS)
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(400))
    async with hub(office):
        office.deliver(ADDRESS, customer_mail(1), b"From: a@deep.example\r\nMessage-ID: <3@deep.example>\r\n" + deep)
        await office.settled(2)
        counted = {one.fate: one.messages for one in await ledger_figures(office.database)}
        assert counted == {"case": 1, "unparseable": 1}
        assert await replay(office.database, ["<1@customer.example>"]) == 0, "what became a case stays one"
        assert await replay(office.database, []) == 1
        await _until(lambda: office.rows("SELECT 1 FROM incoming WHERE asked = 'replay' AND fate = 'unparseable'"))


async def _three(office: Office) -> bool:
    return len(await office.rows("SELECT 1 FROM incoming WHERE fate = 'case'")) == 3


def _sender_of(raw: bytes) -> str:
    sender = read(raw).sender
    assert sender is not None
    return sender.name


@pytest.mark.row("S2-23", "S2-24", "S3-07", "S3-23", "S3-24", "S3-25", "S3-26", "S3-27")
async def test_the_default_flow_from_a_strangers_mail_to_an_assigned_case(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS)
    camille, vallon = _mail_of(office.vallon, "camille"), office.vallon
    await camille.save_settings(
        _settings(office, auto_reply=True, display_name="Vallon Service", uses_display_name=True)
    )
    async with hub(office):
        office.deliver(ADDRESS, customer_mail(1, Subject="Broken car\r\n continued", To=await _address(office)))
        (entry,) = await office.settled(1)
        await _until(lambda: _received(office, 1))
        (to, raw), case = office.receiver.received[0], await _case(office, entry["case_id"])
        assert (case["category"], case["assignee_id"]) == ("open", None)
        assert to == "jane@customer.example"
        for line in (
            b"Auto-Submitted: auto-replied",
            b"X-Auto-Response-Suppress: All",
            b"In-Reply-To: <1@customer.example>",
        ):
            assert line in raw
        assert _sender_of(raw) == "Vallon Service"
        assert b"[#%d]" % case["number"] in raw
        assert office.receiver.senders == ["<>"], "an empty return path"
        await _until(lambda: office.rows("SELECT 1 FROM deliveries WHERE state = 'delivered'"))
        # Off: the company's name. The same sender is not answered twice, another one is.
        kept = (await camille.email_hub(vallon.teams["Contact centre"])).settings
        await camille.save_settings(replace(kept, uses_display_name=False))
        office.deliver(ADDRESS, customer_mail(2, From="zoe@customer.example", Subject="Hi", To=await _address(office)))
        await _until(lambda: _received(office, 2))
        assert _sender_of(office.receiver.received[1][1]) == "Concession Vallon"
    listed = await vallon.as_agent("camille")._database.rows(
        "SELECT u.last_name FROM cases c JOIN customers u ON u.id = c.customer_id WHERE c.assignee_id IS NULL"
    )
    assert "Roe" in {row["last_name"] for row in listed}
    lead = await connect(vallon.access("camille"))
    await lead.execute("SELECT assign_case($1, $2)", entry["case_id"], vallon.agents["nadia"])
    await lead.close()
    assert (await _case(office, entry["case_id"]))["assignee_id"] == vallon.agents["nadia"]


async def _received(office: Office, count: int) -> bool:
    return len(office.receiver.received) >= count


@pytest.mark.row("S3-30", "S3-31")
async def test_the_customers_reply_makes_the_case_wait_for_its_agent_who_is_told(office: Office) -> None:
    mailbox, case = await office.mailbox("Contact centre", ADDRESS), await office.vallon.case()
    own = new_message_id(case, "guichet.example")
    await write_mail(office.vallon, mailbox, case, ("jane@customer.example",), external_id=own)
    nadia = await connect(office.vallon.access("nadia"))
    told: list[str] = []
    await nadia.add_listener(f"guichet_{office.vallon.organisation_id.hex}", lambda *heard: told.append(str(heard[-1])))
    async with hub(office):
        office.deliver(ADDRESS, customer_mail(1, "Thank you.", In_Reply_To=own))
        await office.settled(1)
        assert (await _case(office, case))["category"] == "waiting_agent"

        async def heard() -> bool:
            await nadia.fetchval("SELECT 1")
            return f"reply {case} {office.vallon.agents['nadia']}" in told

        await _until(heard)
    await nadia.close()


async def test_bounces_mark_the_address_hard_or_soft(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS)
    kind = "multipart/report; report-type=delivery-status; boundary=b"

    def report(number: int, status: str, action: str) -> bytes:
        body = (
            "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x.example\n\n"
            f"Final-Recipient: rfc822; Gone{number}@x.example\nAction: {action}\nStatus: {status}\n\n--b--\n"
        )
        return raw_mail(body, kind, Message_ID=f"<r{number}@x.example>", From="MAILER-DAEMON@x.example")

    async with hub(office):
        arrived = report(3, "2.1.5", "delivered")
        office.deliver(ADDRESS, report(1, "5.1.1", "failed"), report(2, "4.2.2", "delayed"), arrived)
        await office.settled(3)
    nadia = await connect(office.vallon.access("nadia"))
    rows = await nadia.fetch("SELECT address, permanent, status FROM address_bounces ORDER BY address")
    assert [tuple(row) for row in rows] == [("gone1@x.example", True, "5.1.1"), ("gone2@x.example", False, "4.2.2")]
    await nadia.close()


async def test_two_robots_that_answer_one_another_stop_within_three_messages(office: Office) -> None:
    """One that marks nothing, changes its subject each time and answers whatever comes; a rule that loves it."""
    await office.mailbox("Contact centre", ADDRESS)
    camille = _mail_of(office.vallon, "camille")
    await camille.save_settings(_settings(office, auto_reply=True))
    await camille.save_rule(_rule(office, Action.CREATE_CASE, _subject("ticket")))
    address = await _address(office)
    async with hub(office):
        sent, answered = 1, 0
        office.deliver(ADDRESS, customer_mail(1, Subject="Ticket 1", From="robot@r.example", To=address))
        while True:
            await office.settled(sent)
            await office.rows("SELECT 1")
            waiting = await office.rows("SELECT 1 FROM deliveries WHERE state <> 'delivered'")
            if not waiting and len(office.receiver.received) == answered:
                break
            if len(office.receiver.received) > answered:
                answered, sent = answered + 1, sent + 1
                assert sent <= 3
                office.deliver(
                    ADDRESS, customer_mail(sent, Subject=f"Ticket {sent}", From="robot@r.example", To=address)
                )
            await asyncio.sleep(0.05)
        assert (sent, answered) == (2, 1)
    assert len(await office.rows("SELECT 1 FROM auto_replies")) == 1


async def test_two_guichets_with_automatic_replies_exchange_one_answer(office: Office) -> None:
    """Two organisations, each with its reply on: the mail of one makes a case there, and its answer ends it."""
    await office.mailbox("Contact centre", ADDRESS)
    await _mail_of(office.vallon, "camille").save_settings(_settings(office, auto_reply=True))
    chief = Agent(new_id(), f"t{new_id().hex}", "Chief", Role.ADMINISTRATOR)
    other = Organisation(new_id(), "Other house")
    await make_starter_organisation(office.vallon.admin, other, "+33199009999", chief, PASSWORD)
    mail = TeamMail(PostgresEmailHub(database := Database(open_engine(office.vallon.access(chief.role_name)))))
    team = (await database.one("SELECT id FROM teams WHERE communication_team_id IS NULL LIMIT 1"))["id"]
    world = RealWorld(office.dovecot)
    theirs = f"{new_id().hex[-10:]}.other@house.example"
    world.mailbox = replace(world.mailbox, username=theirs)
    ports = {"port": office.dovecot.port, "smtp_port": office.receiver.port, "security": "none"}
    box = MailboxSetup(new_id(), team, theirs, "127.0.0.1", smtp_host="127.0.0.1", username=theirs, secret=SECRET)
    await mail.save_mailbox(replace(box, **ports))  # type: ignore[arg-type]
    await mail.save_settings(HubSettings(team, enabled=True, auto_reply=True))
    async with hub(office):
        first = customer_mail(1, From=theirs, To=await _address(office), X_Guichet_Sender="x")
        own_id = new_message_id(new_id(), "house.example").encode()
        office.deliver(ADDRESS, first.replace(b"<1@customer.example>", own_id))
        (entry,) = await office.settled(1)
        assert (entry["fate"], entry["organisation_id"]) == ("case", office.vallon.organisation_id)
        await _until(lambda: _received(office, 1))
        to, answer = office.receiver.received[0]
        assert to == theirs
        world.deliver(answer)
        entries = await office.settled(2)
        await _until(lambda: office.rows("SELECT 1 FROM deliveries WHERE state = 'delivered'"))
    assert (entries[1]["fate"], entries[1]["organisation_id"]) == ("auto_reply", other.id)
    assert len(office.receiver.received) == 1
    assert not await office.rows("SELECT 1 FROM deliveries WHERE state <> 'delivered'")
    await database.close()


async def test_a_team_whose_mail_is_off_leaves_it_at_the_server(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS)
    camille = _mail_of(office.vallon, "camille")
    await camille.save_settings(_settings(office, enabled=False))
    office.deliver(ADDRESS, customer_mail(1))
    assert not await read_mailboxes(office.database)
    await camille.save_settings(_settings(office, enabled=True, version=1))
    async with hub(office):
        assert [entry["fate"] for entry in await office.settled(1)] == ["case"]


@pytest.mark.row("S3-09")
async def test_getting_started_says_what_is_wrong_with_a_mailbox(office: Office) -> None:
    mailbox, team = await office.mailbox("Contact centre", ADDRESS), office.vallon.teams["Contact centre"]
    camille = _mail_of(office.vallon, "camille")
    way = getting_started.Way("email", ADDRESS, "Contact centre", team_id=team, mailbox_id=mailbox)

    async def tried(patience_s: float = 20) -> Trial:
        trials = WayTrials(camille, None, None, None, lambda: datetime.now(UTC), patience_s)
        trials.test(way)
        await trials.work.settle()
        found = trials.state.found["email", ADDRESS]
        await trials.close()
        assert found is not None
        return found

    assert "hub has not answered" in (await tried(0.5)).said.text
    async with hub(office):
        assert (await tried()).good
        (box,) = (await camille.email_hub(team)).mailboxes
        await camille.save_mailbox(replace(box, secret="wrong"))
        found = await tried()
        assert (found.good, "refuses the account" in found.said.text, bool(found.word)) == (False, True, True)
        await camille.save_mailbox(replace(box, secret=SECRET, port=1))
        assert "is not reached" in (await tried()).said.text
