"""Manage's mail pages in the window: who has the mouse and the keys gets what the page promises."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.desk.email_hub import CodeStep, Way
from tests.helpers.gallery import bury, lay_out, settle
from tests.helpers.gallery_supervision import manage
from tests.helpers.sample import SampleStore
from tests.helpers.sample_data import key
from tests.helpers.sample_mail_hub import RULES, TEAM
from ui.administration.code_sign_in import CodeSignInLine
from ui.administration.email_hub_page import EmailHubView
from ui.administration.mail_ledger_page import MailLedgerPage
from ui.administration.mail_rules_page import MailRulesPage
from ui.runtime.application import Application
from ui.widgets.notice import EmptyState, Notice
from ui.widgets.text import Text

SIZE = (1640, 980)


async def test_ctrl_s_saves_the_teams_settings(qapp: Application) -> None:
    desk = await manage(SIZE, "email_hub")
    desk.window.activateWindow()
    lay_out()
    page, hub = desk.window.findChildren(EmailHubView)[0], desk.managing.team_mail.hub
    assert hub is not None
    name = page._addresses._name
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "Vallon Service")
    assert "Vallon Service <contact@vallon-agri.example>" in page._addresses._seen.text()
    QTest.keyClick(name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await settle(desk)
    assert hub.state.hub is not None
    assert hub.state.hub.settings.display_name == "Vallon Service"
    assert not hub.state.changed
    await desk.close()


@pytest.mark.row("S2-33")
async def test_a_generated_sender_is_warned_about_and_a_sub_team_has_no_email_hub(qapp: Application) -> None:
    desk = await manage(SIZE, "email_hub")
    page, hub = desk.window.findChildren(EmailHubView)[0], desk.managing.team_mail.hub
    assert hub is not None
    warning: Notice = page._addresses._strange
    assert not warning.isVisible()
    hub.choose_sender("contact-centre-7f3a@in.vallon.example")
    await settle(desk)
    assert warning.isVisible()
    hub.choose_team(key("Atelier Beaune"))
    await settle(desk)
    assert page.findChildren(EmptyState)[0].isVisible()
    assert not page._body.isVisible()
    await desk.close()


@pytest.mark.row("S2-36")
async def test_each_way_shows_its_steps(qapp: Application) -> None:
    desk = await manage(SIZE, "email_hub")
    page = desk.window.findChildren(EmailHubView)[0]
    page.show_part("mailbox")
    shown = set()
    for card in page._mailbox._cards.values():
        card.click()
        await settle(desk)
        bury()
        steps = [text.text() for text in page._mailbox.findChildren(Text) if text.text()[:2] in {"1.", "2.", "3."}]
        assert len(set(steps)) == 3
        shown.add(next(step for step in steps if step.startswith("1.")))
    assert len(shown) == 3
    await desk.close()


async def test_a_rule_is_switched_from_the_list_and_the_ledger_reads_a_message_again(qapp: Application) -> None:
    desk = await manage(SIZE, "mail_rules")
    rules, ledger = desk.managing.team_mail.rules, desk.managing.team_mail.ledger
    assert rules is not None
    assert ledger is not None
    page = desk.window.findChildren(MailRulesPage)[0]
    page._switch.click()
    await settle(desk)
    assert not next(one.rule for one in rules.state.rules if one.rule.id == RULES[0].id).active
    desk.managing.view.show_page("mail_ledger")
    ledger.open(key("mail 3"))
    await settle(desk)
    side = desk.window.findChildren(MailLedgerPage)[0]._side
    assert side._raw.toPlainText().startswith("Return-Path")
    side._replay.click()
    await settle(desk)
    assert not side._case.isVisible()
    assert ledger.state.error is None
    await desk.close()


async def test_a_rule_is_replayed_by_f5_its_replies_are_read_and_what_it_did_is_undone(qapp: Application) -> None:
    desk = await manage(SIZE, "mail_rules")
    desk.window.activateWindow()
    rules = desk.managing.team_mail.rules
    assert rules is not None
    page = desk.window.findChildren(MailRulesPage)[0]
    lay_out()
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_F5)
    await settle(desk)
    run = page._run
    numbers = [figure._number.text() for figure in run._figures.values()]
    assert numbers == ["1\u202f560", "81", "4", "0"]
    assert (run._reply.isVisible(), run._loop.isVisible()) == (True, False)
    told = " ".join(text.text() for text in run._reply.findChildren(Text))
    assert "cuma@nolay.example" in told
    assert "Demandes de devis" in told, "each of them with what would have sent it"
    run._parts.picked.emit("loops")
    assert (run._table.isVisible(), run._reply.isVisible()) == (True, False), "none of them is a loop"
    run._after._undo.click()
    await settle(desk)
    assert "48177" in run._after._result.text()
    await desk.close()


async def test_a_code_is_asked_for_copied_and_what_came_of_it_is_said(qapp: Application) -> None:
    desk = await manage(SIZE, "email_hub")
    page, hub = desk.window.findChildren(EmailHubView)[0], desk.managing.team_mail.hub
    assert hub is not None
    page.show_part("mailbox")
    hub.edit(way=Way.MICROSOFT)
    hub.set_up()
    hub.edit_box(address="service@vallon.example", tenant="vallon.example", client_id="an-id", sign_in="device")
    form = page._mailbox._form
    assert not form._fields["password"].isVisible()
    box = hub.state.box
    assert box is not None
    hub.save_box()
    await settle(desk)
    lay_out()
    store = desk._services.feed
    assert isinstance(store, SampleStore)
    line = next(one for one in page.findChildren(CodeSignInLine) if one.code.text())
    assert line.code.text() == "ABCD-EFGH"
    assert "microsoft.com/devicelogin" in line.said.text.text()
    line._copy.click()
    assert QApplication.clipboard().text() == "ABCD-EFGH"
    store.team_mail.tell_code(TEAM, box.id, CodeStep(done=True, said="AADSTS70017: declined."))
    await settle(desk)
    bury()
    (line,) = [one for one in page.findChildren(CodeSignInLine) if "AADSTS70017" in one.said.text.text()]
    line._ask.click()
    await settle(desk)
    store.team_mail.tell_code(TEAM, box.id, CodeStep(done=True, ok=True))
    await settle(desk)
    bury()
    assert [one for one in page.findChildren(CodeSignInLine) if "Signed in" in one.said.text.text()]
    await desk.close()
