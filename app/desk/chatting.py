"""The chat of the open case: what is typed, what was said once whatever happens, marks, handing over, its end."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from app.desk.case_file import CaseFileState, OpenCase
from app.desk.composer import Composer
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.chats import ChatState
from app.domain.composing import Bar
from app.domain.follow_ups import Channel
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.refusals import QT_TRANSLATE_NOOP, Refusal, Refused
from app.services.attachments import NewFile, new_file
from app.services.feed import Feed
from app.services.journal import Journal
from app.services.web_chat import Chats, ChatView

__all__ = ["ChatView", "Chatting", "ChattingState"]

TYPING_EVERY = timedelta(seconds=2.5)
TYPES_FOR_S = 5.0


@dataclass(frozen=True, slots=True)
class ChattingState:
    """What the composer of a chat and the timeline show of it."""

    case_id: UUID | None = None
    chat: ChatView | None = None
    mine: bool = False
    text: str = ""
    waiting: int = 0
    """What was said and has not reached the server yet."""
    marks: Mapping[UUID, int] = field(default_factory=lambda: MappingProxyType({}))
    types_until: datetime | None = None
    error: Sentence | None = None
    loads: int = 0
    """Counts the texts that came from elsewhere than the editor: it shows them anew."""

    @property
    def live(self) -> bool:
        """Whether the visitor can be written to by me."""
        return self.chat is not None and self.mine and self.chat.state is ChatState.TALKING


class Chatting(Presenter[ChattingState]):
    """Follows the open case; what is said stands in the journal until the server has it, under an id of its own."""

    def __init__(
        self,
        chats: Chats,
        case: OpenCase,
        composer: Composer,
        feed: Feed,
        journal: Journal,
        me: UUID,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(ChattingState())
        self._chats, self._case, self._composer, self._feed = chats, case, composer, feed
        self._journal, self._me, self._now = journal, me, now
        self._typed_at: datetime | None = None
        self._waiting: dict[str, dict[str, Any]] = dict(journal.kept("chat-said/"))
        self._files: dict[str, tuple[NewFile, ...]] = {}
        self._saying = asyncio.Lock()
        self._looking = True
        self._opened: tuple[UUID, ChatState] | None = None
        composer.offer_chat(Bar.NO_CHAT)
        case.calm = lambda: self.state.live
        self._unfollow = (case.subscribe(self._follow), feed.subscribe(self._hear))

    def begin(self) -> None:
        """Say what an earlier desk of hers could not say any more."""
        if self._waiting:
            self.work.merged("say again", self._say_all)

    def type(self, text: str) -> None:
        """Keep the text; the visitor sees that somebody writes."""
        chat, case_id = self.state.chat, self.state.case_id
        if case_id is None or text == self.state.text:
            return
        self._journal.keep(f"chat/{case_id}", text or None)
        self.show(text=text, error=None)
        now = self._now()
        if (
            text
            and self.state.live
            and chat is not None
            and (self._typed_at is None or now - self._typed_at > TYPING_EVERY)
        ):
            self._typed_at = now
            self.work.latest("types", self._quietly(self._chats.store.types(chat.id)))

    def say(self, files: tuple[tuple[str, bytes], ...] = ()) -> None:
        """Say what stands there; files go along with its own words."""
        chat, text = self.state.chat, self.state.text.strip()
        if chat is None or not self.state.live or not (text or files):
            return
        try:
            made = tuple(new_file(new_id(), name, data) for name, data in files)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        said: dict[str, Any] = {"chat": str(chat.id), "case": str(chat.case_id), "text": text}
        said["body"] = text or ", ".join(file.name for file in made)
        said["files"] = [[str(file.id), file.name] for file in made]
        key = f"chat-said/{new_id()}"
        self._waiting[key], self._files[key] = said, made
        self._journal.keep(key, said)
        self._journal.keep(f"chat/{chat.case_id}", None)
        self.show(text="", loads=self.state.loads + 1, error=None)
        self.work.start(self._say(key, made), "say")

    def look(self, looking: bool) -> None:
        """Whether the agent sees the chat: what she sees she has read."""
        if looking != self._looking:
            self._looking = looking
            self._mark_seen()

    def take(self) -> None:
        """Take it over, or take it while it waits."""
        if self.state.chat is not None:
            self.work.start(self._do(self._chats.store.take(self.state.chat.id)), "take")

    def hand_over(self, kind: str, target_id: UUID) -> None:
        """To a team or a person; the note that is being written goes along, and is filed with it."""
        chat = self.state.chat
        if chat is not None:
            note = self._case.state.note.strip()
            self.work.start(self._hand_over(chat, kind, target_id, note), "hand over")

    def end(self, ending: str = "wait") -> None:
        """End it; with `solve` its case is solved as well."""
        if self.state.chat is not None:
            self.work.start(self._end(self.state.chat.id, ending), "end")

    async def close(self) -> None:
        """End the subscriptions too."""
        for end in self._unfollow:
            end()
        await super().close()

    def _follow(self, state: CaseFileState) -> None:
        file = state.file
        if file is None or file.case.id != state.case_id or file.case.id == self.state.case_id:
            return
        text = str(self._journal.kept("chat/").get(f"chat/{file.case.id}") or "")
        self.show(
            case_id=file.case.id, chat=None, mine=False, text=text, marks=MappingProxyType({}), types_until=None,
            error=None, loads=self.state.loads + 1,
        )  # fmt: skip
        self._opened = None
        self._composer.offer_chat(Bar.NO_CHAT)
        self.work.latest("chat", self._read())

    def _hear(self, hint: Hint) -> None:
        chat = self.state.chat
        if hint.kind == "presence" and self._feed.connected:
            self.begin()
        if self.state.case_id is None:
            return
        if hint.kind in {"chat_state", "chat_seen"} and hint.parent_id == self.state.case_id:
            self.work.merged("chat again", self._read)
        elif chat is not None and hint.record_id == chat.id:
            if hint.kind == "chat_typing":
                self.show(types_until=self._now() + timedelta(seconds=TYPES_FOR_S))
            elif hint.kind == "chat":
                self.work.merged("chat again", self._read)

    async def _read(self) -> None:
        case_id, known = self.state.case_id, self.state.chat
        if case_id is None:
            return
        try:
            if known is not None:  # what was said first: it is painted while the rest is read
                said = await self._chats.store.words(known.id, known.seq)
                if self.state.case_id == case_id:
                    self._case.add(said)
            chat = await self._chats.store.chat_of_case(case_id)
            marks = await self._chats.store.marks(chat.id) if chat is not None else {}
        except Refused as refused:
            if refused.reason is not Refusal.SERVER_AWAY:
                self.show(error=of_refusal(refused))
            return
        if self.state.case_id != case_id:
            return
        before = self.state.chat
        mine = chat is not None and chat.agent_id == self._me
        if before is not None and chat is not None and chat.seq > before.seq:
            self.show(types_until=None)
        self.show(chat=chat, mine=mine, marks=MappingProxyType(dict(marks)))
        self._offer(chat, mine=mine)
        self._mark_seen()

    def _offer(self, chat: ChatView | None, *, mine: bool) -> None:
        """The composer is the chat's while I am in it; it opens by itself when I come in."""
        live = chat is not None and chat.live
        bar = Bar.NO_CHAT if not live else None if self.state.live else Bar.NOT_MINE
        self._composer.offer_chat(bar)
        now = (chat.id, chat.state) if chat is not None and mine else None
        if bar is None and now != self._opened and self._composer.state.channel in {Channel.NOTE, Channel.SMS}:
            self._composer.choose(Channel.CHAT)
        self._opened = now

    def _mark_seen(self) -> None:
        chat = self.state.chat
        if chat is not None and self.state.live and self._looking and chat.agent_seen < chat.seq:
            self.work.latest("seen", self._quietly(self._chats.store.seen(chat.id, chat.seq)))

    async def _quietly(self, act: Any) -> None:
        try:
            await act
        except Refused:
            return

    async def _say(self, key: str, files: Sequence[NewFile]) -> None:
        if files:  # on the disk before they travel: a desk that dies meanwhile sends them when it is back
            await self._journal.keep_files(key, [(file.name, file.data) for file in files])
        await self._say_all()
        await self._read()

    async def _say_all(self) -> None:
        """Everything that waits, in its order; what was said already is said once."""
        async with self._saying:
            for key, told in tuple(self._waiting.items()):
                try:
                    files = await self._files_of(key, told)
                    if files is None:
                        self._give_back(told, _lost(told))
                    else:
                        message = UUID(key.removeprefix("chat-said/"))
                        await self._chats.say(UUID(told["chat"]), message, told["body"], files)
                except Refused as refused:
                    if refused.reason is Refusal.SERVER_AWAY:
                        break
                    self._give_back(told, of_refusal(refused))
                self._waiting.pop(key, None)
                self._files.pop(key, None)
                self._journal.keep(key, None)
        self.show(waiting=len(self._waiting))

    async def _files_of(self, key: str, told: Mapping[str, Any]) -> Sequence[NewFile] | None:
        """The files of what was said; None where this computer was turned off before it had them whole."""
        named = told.get("files", ())
        if key in self._files or not named:
            return self._files.get(key, ())
        kept = await self._journal.files(key)
        if len(kept) < len(named):
            return None
        return [new_file(UUID(id_), name, data) for (id_, _), (name, data) in zip(named, kept, strict=True)]

    def _give_back(self, told: Mapping[str, Any], why: Sentence) -> None:
        """What could not be said is hers to say otherwise, where she said it."""
        place = f"chat/{told.get('case', self.state.case_id)}"
        typed = str(self._journal.kept(place).get(place) or "")
        text = f"{told.get('text', told['body'])}\n{typed}".strip()
        self._journal.keep(place, text or None)
        if place == f"chat/{self.state.case_id}":
            self.show(text=text, loads=self.state.loads + 1)
        self.show(error=why)

    async def _hand_over(self, chat: ChatView, kind: str, target_id: UUID, note: str) -> None:
        try:
            await self._chats.store.hand_over(chat.id, kind, target_id, note)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        if note:
            self._case.type_note("")
            self._case.show(note="")
        await self._read()
        self._case.refresh()

    async def _end(self, chat_id: UUID, ending: str) -> None:
        await self._say_all()
        await self._do(self._chats.store.end(chat_id, ending))

    async def _do(self, act: Any) -> None:
        try:
            await act
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)
        await self._read()
        self._case.refresh()


def _lost(told: Mapping[str, Any]) -> Sentence:
    names = ", ".join(name for _, name in told["files"])
    return desk(QT_TRANSLATE_NOOP("Desk", "This was not sent, attach it again: {names}"), names=names)
