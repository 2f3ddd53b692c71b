"""Chats at the desk: said once whatever happens, seen when looked at, handed over with the note."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from app.desk.chats import ChatDesk
from app.desk.chatting import Chatting
from app.domain.chats import ChatState
from app.domain.composing import Bar
from app.domain.follow_ups import Channel, FollowUp
from app.domain.history import Hint
from app.domain.refusals import Refusal, Refused
from app.services.attachments import MOST, NewFile
from app.services.web_chat import Chats, ChatView, WidgetOnPage
from tests.unit.desk.test_composer import CASE, Screen, screen, store

__all__ = ["screen", "store"]
ME = uuid4()


class Feed:
    def __init__(self) -> None:
        self.connected = True
        self.listeners: list[Callable[[Hint], None]] = []

    def subscribe(self, listener: Callable[[Hint], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: None

    def tell(self, kind: str, record: UUID | None = None, parent: UUID | None = None) -> None:
        for listener in self.listeners:
            listener(Hint(kind, record, parent))


@dataclass
class FakeChats:
    """ChatStore in memory."""

    chat: ChatView | None = None
    said: list[tuple[UUID, str]] = field(default_factory=list)
    did: list[Any] = field(default_factory=list)
    away: bool = False
    over: bool = False
    files: list[tuple[UUID, str, bytes]] = field(default_factory=list)
    floor: tuple[ChatView, ...] = ()
    """Colleagues' chats."""

    async def live_chats(self) -> tuple[ChatView, ...]:
        return (self.chat,) if self.chat is not None else ()

    async def floor_chats(self) -> tuple[ChatView, ...]:
        return tuple(one for one in (self.chat, *self.floor) if one is not None)

    async def chat_of_case(self, case_id: UUID) -> ChatView | None:
        return self.chat if self.chat is not None and self.chat.case_id == case_id else None

    async def words(self, chat_id: UUID, after: int) -> tuple[FollowUp, ...]:
        return ()

    async def marks(self, chat_id: UUID) -> Mapping[UUID, int]:
        return {}

    async def say(self, chat_id: UUID, message_id: UUID, body: str, files: Sequence[NewFile] = ()) -> None:
        if self.away:
            raise Refused(Refusal.SERVER_AWAY)
        if self.over:
            raise Refused(Refusal.CHAT_IS_OVER)
        self.files += [(file.id, file.name, file.data) for file in files]
        if (message_id, body) not in self.said:
            self.said.append((message_id, body))

    async def seen(self, chat_id: UUID, seq: int) -> None:
        self.did.append(("seen", seq))

    async def accept(self, chat_id: UUID) -> None:
        self.did.append(("accept", chat_id))

    async def decline(self, chat_id: UUID) -> None:
        self.did.append(("decline", chat_id))

    async def take(self, chat_id: UUID) -> None:
        raise Refused(Refusal.ALREADY_TAKEN, agent="Nadia")

    async def types(self, chat_id: UUID) -> None:
        self.did.append("types")

    async def hand_over(self, chat_id: UUID, kind: str, target_id: UUID, note: str) -> None:
        self.did.append(("hand_over", kind, target_id, note))

    async def end(self, chat_id: UUID, ending: str) -> None:
        self.did.append(("end", ending))

    async def widgets(self) -> tuple[WidgetOnPage, ...]:
        return ()

    async def save_widget(self, widget: WidgetOnPage) -> None:
        self.did.append(widget)


def a_chat(case_id: UUID, **more: Any) -> ChatView:
    chat = ChatView(uuid4(), case_id, ChatState.TALKING, uuid4(), "Centre", 1001, "Leak", "Amélie", agent_id=ME)
    return replace(chat, **more)


async def opened(screen: Screen, chats: FakeChats) -> tuple[Chatting, Feed]:
    feed = Feed()
    chatting = Chatting(
        Chats(chats), screen.case, screen.composer, feed, screen.store.journal, ME,
        lambda: datetime(2026, 11, 28, 18, tzinfo=UTC),
    )  # fmt: skip
    await screen.open()
    await chatting.work.settle()
    await screen.settle()
    return chatting, feed


def chat_bar(screen: Screen) -> Bar | None:
    return next(one.bar for one in screen.composer.state.channels if one.channel is Channel.CHAT)


async def test_the_composer_is_the_chats_while_i_am_in_it(screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE, seq=3, agent_seen=1))
    chatting, feed = await opened(screen, chats)
    assert (screen.composer.state.channel, chat_bar(screen)) == (Channel.CHAT, None)
    assert ("seen", 3) in chats.did
    assert chats.chat is not None
    chats.chat = replace(chats.chat, state=ChatState.ENDED)
    feed.tell("chat_state", chats.chat.id, CASE)
    await chatting.work.settle()
    assert screen.composer.state.channel is Channel.NOTE
    assert chat_bar(screen) is Bar.NO_CHAT
    await chatting.close()


async def test_a_colleagues_chat_is_read_along_and_not_written_in(screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE, agent_id=uuid4(), seq=3))
    chatting, _ = await opened(screen, chats)
    assert (screen.composer.state.channel, chat_bar(screen)) == (Channel.NOTE, Bar.NOT_MINE)
    chatting.type("Me too")
    chatting.say()
    await chatting.work.settle()
    assert chats.said == []
    assert chats.did == []
    chatting.take()
    await chatting.work.settle()
    assert chatting.state.error is not None
    await chatting.close()


async def test_what_was_said_while_the_server_was_away_is_said_once_when_it_is_back(screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE), away=True)
    chatting, feed = await opened(screen, chats)
    for words in ("One", "Two"):
        chatting.type(words)
        chatting.say()
        await chatting.work.settle()
    assert (chatting.state.waiting, chatting.state.text) == (2, "")
    chats.away = False
    feed.tell("presence")
    await chatting.work.settle()
    assert [body for _, body in chats.said] == ["One", "Two"]
    assert chatting.state.waiting == 0
    assert not screen.store.journal.kept("chat-said")
    await chatting.close()


async def test_the_note_goes_along_with_a_hand_over(screen: Screen) -> None:
    chats, team = FakeChats(a_chat(CASE)), uuid4()
    chatting, _ = await opened(screen, chats)
    screen.case.type_note("Leak at the linkage")
    chatting.hand_over("team", team)
    await chatting.work.settle()
    assert ("hand_over", "team", team, "Leak at the linkage") in chats.did
    assert screen.case.state.note == ""
    await chatting.close()


async def test_typing_is_told_now_and_then_and_shown_for_a_moment(screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE))
    chatting, feed = await opened(screen, chats)
    for words in ("H", "He", "Hel"):
        chatting.type(words)
    await chatting.work.settle()
    assert chats.did.count("types") == 1
    assert chats.chat is not None
    feed.tell("chat_typing", chats.chat.id, CASE)
    assert chatting.state.types_until is not None
    await chatting.close()


async def test_the_list_knows_offers_unread_and_what_waits() -> None:
    feed = Feed()
    arrived: list[ChatView] = []
    chats = FakeChats(a_chat(CASE, agent_id=None, state=ChatState.WAITING, ringing=(ME,)))
    desk = ChatDesk(Chats(chats), feed, ME, arrived.append)
    desk.begin()
    await desk.work.settle()
    assert [one.case_id for one in desk.state.offers] == [CASE]
    assert len(desk.state.waiting) == 1
    desk.accept()
    await desk.work.settle()
    assert chats.chat is not None
    assert ("accept", chats.chat.id) in chats.did
    chats.chat = replace(chats.chat, agent_id=ME, state=ChatState.TALKING, ringing=(), seq=2, agent_seen=2)
    feed.tell("chat", chats.chat.id, ME)
    await desk.work.settle()
    assert (desk.state.unread, len(desk.state.mine)) == (0, 1)
    chats.chat = replace(chats.chat, seq=4)
    feed.tell("chat", chats.chat.id, ME)
    await desk.work.settle()
    assert (desk.state.unread, len(arrived)) == (2, 1)
    feed.tell("chat", chats.chat.id, uuid4())
    assert len(arrived) == 1
    await desk.close()


FILE = ("plan.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100)


async def test_a_file_comes_with_its_words_and_is_kept_until_both_are_there(screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE), away=True)
    chatting, _ = await opened(screen, chats)
    chatting.type("Here")
    chatting.say((FILE,))
    await chatting.work.settle()
    journal = screen.store.journal
    ((key, told),) = journal.kept("chat-said").items()
    assert journal.held[key] == (FILE,)
    await chatting.close()
    # The desk dies, and the next one finds what was kept.
    chats.away = False
    again, feed = await opened(screen, chats)
    feed.tell("presence")
    await again.work.settle()
    assert [body for _, body in chats.said] == ["Here"]
    assert [(str(id_), name, data) for id_, name, data in chats.files] == [(told["files"][0][0], *FILE)]
    assert (journal.kept("chat-said"), journal.held) == ({}, {})
    await again.close()


async def test_a_file_that_was_not_kept_whole_is_asked_for_and_its_words_come_back(screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE), away=True)
    chatting, _ = await opened(screen, chats)
    chatting.type("Here")
    chatting.say((FILE, ("more.pdf", b"%PDF-1.7")))
    await chatting.work.settle()
    await chatting.close()
    journal = screen.store.journal
    (key,) = journal.held
    journal.held[key] = (FILE,)
    chats.away = False
    again, feed = await opened(screen, chats)
    feed.tell("presence")
    await again.work.settle()
    assert chats.said == []
    assert again.state.text == "Here"
    assert again.state.error is not None
    assert again.state.error.details == {"names": "plan.png, more.pdf"}
    assert journal.kept("chat/") == {f"chat/{CASE}": "Here"}
    await again.close()


async def test_a_file_that_is_too_large_is_said_at_once_and_the_words_stay(screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE))
    chatting, _ = await opened(screen, chats)
    chatting.type("Here")
    chatting.say((("huge.bin", bytes(MOST + 1)),))
    await chatting.work.settle()
    assert (chats.said, chatting.state.text) == ([], "Here")
    assert chatting.state.error is not None
    await chatting.close()


async def test_words_that_cannot_be_said_any_more_come_back_to_their_own_case(screen: Screen) -> None:
    chats = FakeChats(a_chat(CASE), away=True)
    chatting, feed = await opened(screen, chats)
    chatting.type("Too late")
    chatting.say()
    await chatting.work.settle()
    chats.away, chats.over, other = False, True, uuid4()
    chatting.show(case_id=other, text="")
    feed.tell("presence")
    await chatting.work.settle()
    assert (chatting.state.text, chatting.state.waiting) == ("", 0)
    assert screen.store.journal.kept("chat/") == {f"chat/{CASE}": "Too late"}
    await chatting.close()
