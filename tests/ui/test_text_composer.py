"""SMS in the composer: chosen from the drop-down or by what the customer prefers, counted, sent by key, taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.composing import Ending
from app.domain.follow_ups import Channel
from tests.helpers.gallery import lay_out, settle
from tests.helpers.gallery_mail import CASE, store_of, texting_desk
from ui.composer.text_composer import TextComposer
from ui.desk import Desk
from ui.runtime.application import Application

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def sms_of(desk: Desk) -> TextComposer:
    assert desk.mail.sms is not None
    return desk.mail.sms


@pytest.mark.row("S2-05")
async def test_the_drop_down_switches_between_mail_sms_and_note_on_one_timeline(qapp: Application) -> None:
    desk, texts = await texting_desk()
    by_words = {action.text(): action for action in desk.mail.mail.channel.menu_of().actions()}
    assert list(by_words) == ["Note", "E-mail", "SMS", "Call"]
    desk.mail._choose(Channel.SMS)
    sms = sms_of(desk)
    assert (sms.isVisible(), desk.mail.mail.isVisible(), desk.mail._note.isVisible()) == (True, False, False)
    assert QApplication.focusWidget() is sms.text
    assert (sms._to.label, sms._from.text()) == ("06 39 98 12 34", "from 03 80 12 34 50 · Contact centre")
    QTest.keyClicks(sms.text, "On our way")
    assert desk.mail.texting is not None
    assert (desk.mail.texting.state.count.count, desk.mail.texting.state.count.left) == (1, 150)
    assert sms.counted.text().startswith("1 segment")
    desk.mail._choose(Channel.EMAIL)
    assert (sms.isVisible(), desk.mail.mail.isVisible()) == (False, True)
    desk.mail._choose(Channel.SMS)
    assert sms.text.toPlainText() == "On our way"
    QTest.keyClick(sms.text, Qt.Key.Key_Return, CONTROL | SHIFT)
    await settle(desk)
    assert [(one.text, one.recipient, one.ending) for one in texts.sent] == [
        ("On our way", "+33639981234", Ending.SOLVE)
    ]
    assert desk.mail._note.isVisible()
    QTest.keyClick(desk.window, Qt.Key.Key_Z, CONTROL)
    await settle(desk)
    assert store_of(desk).mail.undone == [texts.sent[0].id]
    assert (sms.isVisible(), sms.text.toPlainText()) == (True, "On our way")
    await desk.close()


@pytest.mark.row("S4-03")
async def test_it_opens_on_the_channel_that_the_customer_prefers(qapp: Application) -> None:
    desk, texts = await texting_desk("sms")
    assert desk.mail.composer.state.channel is Channel.SMS
    desk.commands.run("case.note")
    desk.commands.run("case.reply")
    lay_out()
    assert QApplication.focusWidget() is sms_of(desk).text
    desk.mail._insert_words("Canned words.")
    QTest.keyClick(sms_of(desk).text, Qt.Key.Key_Return, CONTROL)
    await settle(desk)
    assert [one.text for one in texts.sent] == ["Canned words."]
    await desk.close()


@pytest.mark.row("S2-06")
async def test_without_a_number_or_after_stop_sms_is_greyed_with_its_reason(qapp: Application) -> None:
    desk, _ = await texting_desk("sms", phones=False)
    actions = {action.text(): action.isEnabled() for action in desk.mail.mail.channel.menu_of().actions()}
    assert actions["SMS – no telephone number is saved"] is False
    assert desk.mail.composer.state.channel is Channel.NOTE
    await desk.close()
    desk, _ = await texting_desk("sms", stopped=True)
    actions = {action.text(): action.isEnabled() for action in desk.mail.mail.channel.menu_of().actions()}
    assert actions["SMS – the customer wrote STOP"] is False
    assert desk.mail.composer.state.channel is Channel.NOTE
    await desk.close()


async def test_a_letter_that_needs_sixteen_bits_is_named(qapp: Application) -> None:
    desk, _ = await texting_desk("sms")
    sms = sms_of(desk)
    sms.text.setPlainText("Le chêne " * 10)
    assert sms.counted.text().startswith("2 segment")
    assert "44 character" in sms.counted.text()
    assert sms._hint.text().startswith("“ê”")
    sms.text.setPlainText("x" * 2000)
    assert sms.wrong.isVisible()
    assert not sms._send.isEnabled()
    await desk.close()


@pytest.mark.row("S4-03")
async def test_it_opens_on_mail_for_who_prefers_mail_and_on_the_note_while_one_is_typed_or_a_call_goes_on(
    qapp: Application,
) -> None:
    desk, _ = await texting_desk("email")
    composer = desk.mail.composer
    channels = [composer.state.channel]
    composer.yield_to_call()
    channels.append(composer.state.channel)
    assert channels == [Channel.EMAIL, Channel.NOTE]
    # Opened once, it stays where she put it; opened anew while a note is begun, it stays a note.
    desk.case.type_note("Half a note")
    other = next(row.id for row in store_of(desk).list if row.id != CASE)
    desk.open_case(other)
    await settle(desk)
    desk.open_case(CASE)
    await settle(desk)
    channels.append(composer.state.channel)
    desk.case.type_note("")
    desk.open_case(other)
    await settle(desk)
    desk.open_case(CASE)
    await settle(desk)
    channels.append(composer.state.channel)
    assert channels[2:] == [Channel.NOTE, Channel.EMAIL]
    await desk.close()


@pytest.mark.row("S2-06")
async def test_words_that_were_chosen_stand_in_the_note_where_nothing_reaches_her(qapp: Application) -> None:
    desk, _ = await texting_desk("phone", phones=False)
    store = store_of(desk)
    row = next(row for row in store.list if row.id == CASE)
    store.people[row.customer_id] = replace(store.people[row.customer_id], emails=())
    desk.case.refresh()
    await settle(desk)
    assert desk.mail.composer.state.bar is not None
    desk.mail._insert_words("We tried to reach you.")
    assert desk.mail._note.text.toPlainText() == "We tried to reach you."
    assert desk.mail.composer.state.channel is Channel.NOTE
    await desk.close()
