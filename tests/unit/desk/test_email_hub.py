"""A team's mail as its presenters hold it: who may, what waits to be saved, what is refused."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from app.desk.email_hub import EmailHubPage, Way, may_shape
from app.desk.mail_ledger import MailLedger
from app.desk.mail_rules import Action, MailRules, On
from app.domain.mail_rules import How
from app.services.email_hub import MailboxSetup, TeamMail
from tests.helpers.sample import SampleStore
from tests.helpers.sample_data import key
from tests.helpers.sample_mail_hub import BOX, NOW, RULES, TEAM


@pytest.fixture
async def pages() -> AsyncIterator[tuple[SampleStore, EmailHubPage, MailRules, MailLedger]]:
    store = SampleStore()
    mail = TeamMail(store.team_mail)
    made = (EmailHubPage(mail, store.directory, store), MailRules(mail, store.directory, store, lambda: NOW),
            MailLedger(mail, store.directory, store))  # fmt: skip
    for page in made:
        page.begin()
        await page.work.settle()
    yield (store, *made)
    for page in made:
        await page.close()


Pages = tuple[SampleStore, EmailHubPage, MailRules, MailLedger]


async def test_settings_are_saved_together_and_hold_the_page_until_then(pages: Pages) -> None:
    _, hub, _, _ = pages
    hub.edit(display_name="Vallon", known_contacts_only=False)
    hub.choose_team(key("Sales Dijon"))
    assert (hub.state.team, hub.state.error is not None) == (TEAM, True)
    hub.save()
    await hub.work.settle()
    assert not hub.state.changed
    assert hub.state.hub is not None
    assert (hub.state.hub.settings.display_name, hub.state.hub.settings.version) == ("Vallon", 4)
    hub.choose_team(key("Atelier Beaune"))
    await hub.work.settle()
    assert hub.state.open_team is not None
    assert hub.state.open_team.is_sub_team


@pytest.mark.row("S2-31")
async def test_microsoft_comes_filled_in_and_a_wrong_mailbox_is_told_at_its_field(pages: Pages) -> None:
    _, hub, _, _ = pages
    hub.edit(way=Way.MICROSOFT)
    hub.set_up()
    box = hub.state.box
    assert box is not None
    assert (box.kind, box.host, box.sign_in) == ("graph", "graph.microsoft.com", "client")
    changes = (
        ("address", {"address": "x"}),
        ("tenant", {"address": "new@vallon.example"}),
        ("client_id", {"tenant": "vallon.example"}),
        ("password", {"client_id": "not an id"}),
        ("client_id", {"secret": "s"}),
    )
    for field, change in changes:
        hub.edit_box(**change)
        hub.save_box()
        await hub.work.settle()
        assert list(hub.state.errors) == [field]
    hub.choose_kind("imap")
    other = hub.state.box
    assert other is not None
    assert (other.kind, other.host, other.tenant) == ("imap", "", "")
    hub.save_box()
    await hub.work.settle()
    assert list(hub.state.errors) == ["host"]
    hub.edit_box(host="imap.vallon.example", smtp_host="smtp.vallon.example")
    hub.save_box()
    await hub.work.settle()
    assert hub.state.box is None
    assert hub.state.hub is not None
    assert "new@vallon.example" in {one.address for one in hub.state.hub.addresses}
    assert other.id in hub.state.hub.tests, "tested at once"


async def test_the_lead_of_a_team_shapes_its_mail_without_any_other_permission(pages: Pages) -> None:
    store, _, _, _ = pages
    directory = await store.directory()
    julie = next(agent for agent in directory.agents if agent.name == "Julie Marchand")
    leads = replace(directory, me=julie, permissions=frozenset(), memberships=tuple(
        replace(one, lead=one.agent_id == julie.id) for one in directory.memberships
    ))  # fmt: skip
    assert may_shape(leads, key("Atelier Beaune"))
    assert not may_shape(leads, TEAM)
    assert not may_shape(None, TEAM)


async def test_a_rule_is_tried_before_it_is_switched_on_and_moves_in_the_order(pages: Pages) -> None:
    store, _, rules, _ = pages
    rules.open(RULES[1].id)
    rules.edit(name="Orders")
    rules.open(RULES[0].id)
    assert rules.state.stored == RULES[1], "edits hold the page"
    rules.try_out()
    await rules.work.settle()
    assert rules.state.run is not None
    assert (rules.state.run.matched, rules.state.run.changed, rules.state.days) == (96, 81, 30)
    rules.choose_days(7)
    other_days: Any = rules.state
    assert (other_days.run, other_days.days) == (None, 7)
    rules.undo()
    await rules.work.settle()
    assert rules.state.undone is not None
    assert [one.said for one in rules.state.undone] == ["undone", "touched"]
    assert [one.told for one in rules.state.sent] == ["cuma@nolay.example"]
    rules.edit_condition(0, on=On.OPEN_CASE)
    changed: Any = rules.state
    assert changed.run is None, "an old run does not speak for a changed rule"
    assert changed.edited.conditions[0].how is How.IS
    rules.save(active=True)
    await rules.work.settle()
    assert next(rule for rule in store.team_mail.rules if rule.id == RULES[1].id).active
    rules.move(-1)
    await rules.work.settle()
    assert [one.rule.name for one in rules.state.rules][:2] == ["Orders", "Newsletters and adverts"]
    rules.new()
    rules.choose_action(Action.ROUTE_TO_TEAM)
    rules.save()
    await rules.work.settle()
    assert list(rules.state.errors) == ["name"]
    rules.discard()
    rules.switch(RULES[0].id)
    await rules.work.settle()
    assert not next(rule for rule in store.team_mail.rules if rule.id == RULES[0].id).active


async def test_the_ledger_reads_what_is_asked_for_and_settles_what_was_kept_back(pages: Pages) -> None:
    store, _, _, ledger = pages
    assert ledger.state.by_fate()["follow_up"] == 7611
    ledger.look_for(words="frost")
    await ledger.work.settle()
    assert [line.subject for line in ledger.state.lines] == ["Frost tonight"]
    assert ledger.state.raw.startswith(b"Return-Path")
    ledger.make_case()
    ledger.replay()
    await ledger.work.settle()
    assert {how for _, how in store.team_mail.again} == {"case", "replay"}
    ledger.look_for(words="", fate="case")
    await ledger.work.settle()
    assert not ledger.state.may_settle, "what became a case stays one"
    ledger.count_again(BOX.id)
    await ledger.work.settle()
    counted: Any = ledger.state.counts[0].counted
    assert not counted.equal


def test_a_secret_is_never_shown() -> None:
    assert "hush" not in repr(MailboxSetup(key("x"), TEAM, secret="hush"))
