"""Manage's automations, replies and macros in the window; canned replies and macros where mail is written."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit

from app.domain.automations import SPREADS, Action, Does, Trigger
from app.domain.cases import Case, Category
from app.domain.follow_ups import Channel
from app.domain.ids import new_id
from app.services.automations import Macro
from app.services.web_chat import Chats
from tests.helpers.gallery import lay_out, open_desk, settle
from tests.helpers.gallery_mail import CASE, texting_desk
from tests.helpers.gallery_supervision import manage
from tests.helpers.sample import SampleStore
from tests.helpers.sample_data import key
from tests.unit.desk.test_chats import FakeChats, a_chat
from ui.administration.automations_page import AutomationsPage
from ui.administration.macros_page import MacrosPage
from ui.administration.replies_page import RepliesPage
from ui.runtime.application import Application
from ui.widgets.notice import Notice

SIZE = (1640, 980)


@pytest.mark.row("S3-42")
async def test_the_three_parts_are_edited_replayed_and_switched_on(qapp: Application) -> None:
    desk = await manage(SIZE, "automations")
    desk.window.activateWindow()
    lay_out()
    presenter = desk.managing.automation.automations
    assert presenter is not None
    page = desk.window.findChildren(AutomationsPage)[0]
    presenter.new()
    name = page._objects._name
    name.setFocus()
    QTest.keyClicks(name, "Leaks first")
    page._trigger._trigger.picked.emit(Trigger.MESSAGE_IN)
    page._actions._editor.added.emit(Does.SET_FIELD)
    QTest.keyClick(name, Qt.Key.Key_F5)
    await settle(desk)
    assert presenter.state.replay is not None
    assert page._evidence._figures["different"]._number.text() == "37"
    assert page._evidence._loop.isVisible()
    page._head._on.click()
    await settle(desk)
    kept = next(row.automation for row in presenter.state.rows if row.automation.name == "Leaks first")
    assert (kept.active, kept.when.trigger, kept.actions[0].does) == (True, Trigger.MESSAGE_IN, Does.SET_FIELD)
    await desk.close()


async def test_one_in_trouble_says_so_and_is_not_switched_on(qapp: Application) -> None:
    desk = await manage(SIZE, "automations")
    presenter = desk.managing.automation.automations
    assert presenter is not None
    page = desk.window.findChildren(AutomationsPage)[0]
    presenter.open(key("hook"))
    await settle(desk)
    trouble: Notice = page._trouble
    assert trouble.isVisible()
    assert "The team that it hands cases to" in trouble.text.text()
    assert "answered 500" in trouble.text.text()
    presenter.edit(name="Mended")
    presenter.save(active=True)
    await settle(desk)
    assert presenter.state.error is not None
    presenter.remove_action(1)
    presenter.save(active=True)
    await settle(desk)
    assert not presenter.state.changed
    await desk.close()


@pytest.mark.row("S4-22")
async def test_a_locked_one_is_read_and_a_change_is_asked_for(qapp: Application) -> None:
    desk = await manage(SIZE, "automations")
    presenter = desk.managing.automation.automations
    assert presenter is not None
    locked = presenter._automations._store
    locked.locked = True  # type: ignore[attr-defined]
    presenter.begin()
    await settle(desk)
    page = desk.window.findChildren(AutomationsPage)[0]
    assert page._head._lock.isVisible()
    assert not page._objects.isEnabled()
    presenter.ask_change("Not for leased machines")
    await settle(desk)
    assert [ask.said for ask in locked.asks][-1] == "Not for leased machines"  # type: ignore[attr-defined]
    await desk.close()


@pytest.mark.row("S3-44")
async def test_the_words_of_a_shipped_automation_are_read_and_changed(qapp: Application) -> None:
    desk = await manage(SIZE, "replies")
    presenter = desk.managing.automation.replies
    assert presenter is not None
    page = desk.window.findChildren(RepliesPage)[0]
    page._texts["en"].setPlainText("Case {{ case.number }}, {{ customer.first_name }}")
    page._show_language("en")
    assert page._example.text() == "Case 1042, Jeanne"
    page._texts["en"].setPlainText("{{ case.")
    presenter.save()
    await settle(desk)
    assert presenter.state.error is not None
    page._texts["en"].setPlainText("Case {{ case.number }}")
    presenter.save()
    await settle(desk)
    assert not presenter.state.changed
    await desk.close()


async def test_a_canned_reply_by_its_letters_and_a_macro_by_its_key(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    canned = desk.mail.canned
    assert canned is not None
    canned.begin()
    await settle(desk)
    file = desk.case.state.file
    assert file is not None
    desk.mail.answer()
    await settle(desk)
    assert desk.mail.composer.state.channel is Channel.EMAIL
    text = desk.mail.mail.text
    text.setFocus()
    QTest.keyClicks(text, "/still")
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert str(file.case.number) in text.toPlainText()
    assert "/still" not in text.toPlainText()
    saved: list[Case] = []
    keep = canned._cases.save

    async def save(case: Case) -> Case:
        saved.append(case)
        return await keep(case)

    canned._cases.save = save  # type: ignore[method-assign, assignment]
    assert desk.mail.picking is not None
    desk.mail.picking.pick_macro()
    await settle(desk)
    QTest.keyClick(desk.mail.picking.picker.line, Qt.Key.Key_Return)
    await settle(desk)
    assert canned.state.error is None
    state = next(one for kind in desk.case.state.types for one in kind.states if one.id == saved[0].state_id)
    assert (saved[0].tags, state.category) == (("loan",), Category.WAITING_CUSTOMER)
    await desk.close()


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS, Channel.CHAT, Channel.NOTE])
async def test_a_canned_reply_by_its_letters_and_from_the_list_wherever_one_writes(
    qapp: Application, channel: Channel
) -> None:
    mine = a_chat(CASE, agent_id=SampleStore().kept.me.id) if channel is Channel.CHAT else None
    desk, _ = await texting_desk(chats=Chats(FakeChats(mine)))
    desk.mail._choose(channel)
    await settle(desk)
    field = QApplication.focusWidget()
    assert isinstance(field, QTextEdit | QPlainTextEdit)
    await settle(desk)  # they are read when somebody first writes
    number = str(desk.case.state.file.case.number) if desk.case.state.file is not None else ""
    QTest.keyClicks(field, "Dear /still")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    first = field.toPlainText()
    assert first.startswith("Dear Bonjour Amélie,")
    assert number in first
    assert "/still" not in first
    # Chosen from the list it stands where she writes as well.
    assert desk.mail.picking is not None
    QTest.keyClick(field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    await settle(desk)
    QTest.keyClick(desk.mail.picking.picker.line, Qt.Key.Key_Return)
    await settle(desk)
    assert len(field.toPlainText()) > len(first)
    assert desk.mail.composer.state.channel is channel
    assert QApplication.focusWidget() is field
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not field, "without letters before it Tab leaves"


async def test_what_it_did_lately_stands_below_its_parts_and_beside_its_name(qapp: Application) -> None:
    desk = await manage(SIZE, "automations")
    presenter = desk.managing.automation.automations
    assert presenter is not None
    page = desk.window.findChildren(AutomationsPage)[0]
    row = presenter.state.rows[1]
    presenter.show(rows=tuple(replace(one, done=1041, failed=3, stopped=1) for one in presenter.state.rows))
    presenter.open(row.automation.id)
    await settle(desk)
    assert "In 30 days: 1,041 done, 3 failed, 1 stopped by this guard." in page._lately.text()
    await desk.close()


async def test_a_macro_assigns_who_uses_it_and_one_by_turns_is_refused(qapp: Application) -> None:
    desk = await manage(SIZE, "macros")
    presenter = desk.managing.automation.macros
    assert presenter is not None
    page = desk.window.findChildren(MacrosPage)[0]
    presenter.new()
    presenter.edit(name="Mine")
    page._editor.added.emit(Does.ASSIGN)
    assert presenter.state.edited is not None
    assert presenter.state.edited.actions == (Action(Does.ASSIGN, "writer"),)
    offered = {option.key for option in page._editor._cards[0]._choice._options}
    assert not offered & SPREADS
    presenter.change_actions(lambda _: (Action(Does.ASSIGN, "load"),))
    presenter.save()
    await settle(desk)
    assert "a macro names the agent" in page._wrong.text()
    presenter.change_actions(lambda _: (Action(Does.ASSIGN, "writer"),))
    presenter.save()
    await settle(desk)
    assert not presenter.state.changed
    await desk.close()


async def test_a_macro_whose_reply_is_gone_or_that_goes_by_turns_does_nothing_of_it(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    canned, file = desk.mail.canned, desk.case.state.file
    assert canned is not None
    assert file is not None
    tag = Action(Does.ADD_TAG, "by macro")
    for impossible in (Action(Does.REPLY, str(new_id())), Action(Does.ASSIGN, "rotation")):
        canned.run(
            Macro(new_id(), "Old", (tag, impossible)), replace(file, case=replace(file.case, assignee_id=None)), ()
        )
        await settle(desk)
        assert canned.state.error is not None
        assert "by macro" not in (await canned._cases.open(file.case.id)).case.tags
    await desk.close()
