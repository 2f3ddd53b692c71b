"""The time machine of mail rules over real mail: what would differ, who would be answered, loops, and the way back."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.ids import new_id
from app.domain.mail_replay import Would
from app.domain.mail_rules import Action, Condition, How, MailRule, On
from app.domain.refusals import Refused
from app.services.email_hub import TeamMail
from app.services.mail_requests import DryRun
from app.store.email_hub import PostgresEmailHub
from app.store.engine import connect
from tests.mail.office import Office, customer_mail, hub

ADDRESS = "contact@guichet.example"


def _mail_of(office: Office, name: str) -> TeamMail:
    return TeamMail(PostgresEmailHub(office.vallon.as_agent(name)._database))


def _rule(office: Office, action: Action, word: str, **more: Any) -> MailRule:
    team = office.vallon.teams["Contact centre"]
    return MailRule(new_id(), team, f"{action}", (Condition(On.SUBJECT, How.CONTAINS, word),), action, **more)


async def _replayed(mail: TeamMail, rule: MailRule, days: int = 30) -> DryRun:
    request = await mail.ask_dry_run(rule, days)
    async with asyncio.timeout(20):
        while (run := await mail.dry_run(request)) is None:
            await asyncio.sleep(0.05)
    return run


async def test_a_replay_shows_what_a_rule_would_have_changed_and_changes_nothing(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS)
    camille, nadia = _mail_of(office, "camille"), _mail_of(office, "nadia")
    async with hub(office):
        office.deliver(
            ADDRESS,
            customer_mail(1, Subject="Order of a part", From="p@customer.example"),
            customer_mail(2, Subject="And a part more", From="p@customer.example"),
            customer_mail(3, Subject="Something else"),
        )
        before = await office.settled(3)
        rule = _rule(office, Action.ROUTE_TO_TEAM, "part", to_team_id=office.vallon.teams["Location"])
        run = await _replayed(camille, rule)
        assert await office.fates() == before
    assert (run.looked_at, run.matched, run.changed, run.replies, run.loops) == (3, 2, 1, 0, 0)
    assert [(line.subject, line.fate, line.would) for line in run.lines] == [
        ("And a part more", "follow_up", Would.NO_CHANGE),
        ("Order of a part", "case", Would.OTHER_TEAM),
    ]
    assert not await camille.rules(rule.team_id), "asked before it is kept"
    with pytest.raises(Refused):
        await nadia.ask_dry_run(rule)


async def test_it_shows_who_would_be_answered_which_loops_begin_and_what_a_changed_rule_lets_in(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS, answers=True)
    camille = _mail_of(office, "camille")
    ignore = _rule(office, Action.IGNORE, "advert", active=True)
    await camille.save_rule(ignore)
    async with hub(office):
        office.deliver(
            ADDRESS,
            *(customer_mail(n, Subject=f"Order {n}", From="robot@customer.example") for n in range(1, 5)),
            customer_mail(5, Subject="An advert", From="shop@adverts.example"),
        )
        entries = await office.settled(5)
        assert sorted(entry["fate"] for entry in entries) == ["case", "follow_up", "follow_up", "follow_up", "ignored"]
        run = await _replayed(camille, _rule(office, Action.CREATE_CASE, "order"))
        assert (run.matched, run.changed, run.replies, run.loops) == (4, 3, 0, 1), "she had her answer already"
        let_in = await _replayed(camille, _rule(office, Action.IGNORE, "nothing", active=True, position=1))
        assert (let_in.matched, let_in.lines) == (0, ())
        changed = MailRule(
            ignore.id, ignore.team_id, "Adverts", (Condition(On.SENDER, How.IS, "x@y.example"),), Action.IGNORE,
            active=True,
        )  # fmt: skip
        run = await _replayed(camille, changed, days=7)
    (line,) = run.lines
    (reply,) = line.replies
    assert (line.would, reply.shipped, reply.to) == (Would.NEW_CASE, "acknowledgement", "shop@adverts.example")
    assert "…" in reply.text
    assert len(office.receiver.received) == 1, "nothing is sent by a replay"


async def test_what_a_rule_did_goes_back_where_nobody_touched_it_and_what_was_sent_is_listed(office: Office) -> None:
    await office.mailbox("Contact centre", ADDRESS, answers=True)
    camille, vallon = _mail_of(office, "camille"), office.vallon
    rule = _rule(office, Action.ROUTE_TO_TEAM, "part", to_team_id=vallon.teams["Location"], active=True)
    await camille.save_rule(rule)
    async with hub(office):
        for number, name in enumerate(("jane", "zoe", "bob"), 1):
            office.deliver(ADDRESS, customer_mail(number, Subject=f"A part {number}", From=f"{name}@customer.example"))
            await office.settled(number)
        await office.received(3)
    cases = {row["subject"]: row for row in await office.rows("SELECT id, subject, team_id FROM cases")}
    assert {row["team_id"] for row in cases.values()} == {vallon.teams["Location"]}
    touched = cases["A part 2"]["id"]
    camilles = await connect(vallon.access("ada"))
    await camilles.execute("SELECT hand_over_case($1, $2, '')", touched, vallon.teams["Sales Dijon"])
    await camilles.close()
    now = datetime.now(UTC)
    span = (now - timedelta(days=1), now + timedelta(minutes=1))
    with pytest.raises(Refused):
        await _mail_of(office, "nadia").undo_rule(rule.id, *span)
    undone = await camille.undo_rule(rule.id, *span)
    assert {one.case_id: one.said for one in undone} == {
        row["id"]: "touched" if row["id"] == touched else "undone" for row in cases.values()
    }
    kept = {row["id"]: row for row in await office.rows("SELECT id, team_id, assignee_id FROM cases")}
    assert [kept[row["id"]]["team_id"] for row in cases.values() if row["id"] != touched] == [rule.team_id] * 2
    sent = await camille.sent_by_rule(rule.id, *span)
    assert {one.told for one in sent} == {f"{name}@customer.example" for name in ("jane", "zoe", "bob")}
    assert [one.said for one in await camille.undo_rule(rule.id, *span)] == ["touched"], "undone once"
