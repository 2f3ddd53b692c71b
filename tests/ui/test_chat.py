"""The chat at the desk: Enter says it, the card asks and never takes the keyboard, the notice lets a lead take over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.desk.chats import ChatDesk
from app.desk.commands import CommandRegistry
from app.domain.chats import ChatState
from app.services.web_chat import Chats
from tests.unit.desk.test_chats import ME, FakeChats, Feed, a_chat, opened
from tests.unit.desk.test_composer import CASE, Screen, screen, store
from ui.chats.chat_card import ChatCard
from ui.chats.chat_notice import ChatNotice
from ui.composer.chat_composer import ChatComposer
from ui.runtime.application import Application

__all__ = ["screen", "store"]
NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)


async def test_enter_says_it_and_shift_enter_begins_a_line(qapp: Application, screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE, seq=1))
    chatting, _ = await opened(screen, chats)
    view = ChatComposer(chatting, screen.composer, lambda: NOW)
    view.show()
    QTest.keyClicks(view.text, "Hello")
    QTest.keyClick(view.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(view.text, "there")
    QTest.keyClick(view.text, Qt.Key.Key_Return)
    await chatting.work.settle()
    assert [body for _, body in chats.said] == ["Hello\nthere"]
    assert view.text.toPlainText() == ""
    chatting.type("<b>x</b>")
    QTest.keyClick(view.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await chatting.work.settle()
    view.close()
    await chatting.close()


async def test_the_card_asks_with_the_note_and_leaves_the_keyboard_alone(qapp: Application) -> None:
    offered = a_chat(CASE, agent_id=None, state=ChatState.WAITING, ringing=(ME,), handed_by=uuid4())
    offered = replace(offered, handed_by_name="Nadia Benali", note="Leak <i>", ring_until=NOW + timedelta(seconds=20))
    chats, window, commands = FakeChats(offered), QWidget(), CommandRegistry()
    window.resize(1280, 720)
    window.show()
    desk = ChatDesk(Chats(chats), Feed(), ME)
    card = ChatCard(window, desk, commands, lambda: NOW)
    commands.bind("chat.accept", desk.accept)
    commands.bind("chat.decline", desk.decline)
    desk.begin()
    await desk.work.settle()
    assert card.isVisible()
    assert card.accessibleName() == "Nadia Benali hands a chat over, Amélie"
    assert window.rect().contains(card.geometry())
    assert card.focusPolicy() is Qt.FocusPolicy.NoFocus
    commands.run("chat.decline")
    await desk.work.settle()
    assert ("decline", offered.id) in chats.did
    chats.chat = None
    desk.begin()
    await desk.work.settle()
    assert not card.isVisible()
    window.close()
    await desk.close()


async def test_a_lead_may_take_over_and_a_colleague_may_not(qapp: Application, screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE, agent_id=uuid4(), agent_name="Nadia Benali", may_lead=True))
    chatting, feed = await opened(screen, chats)
    notice = ChatNotice(chatting)
    assert not notice.isHidden()
    assert not notice._take.isHidden()
    assert chats.chat is not None
    chats.chat = replace(chats.chat, may_lead=False)
    feed.tell("chat_state", chats.chat.id, CASE)
    await chatting.work.settle()
    assert notice._take.isHidden()
    await chatting.close()
