"""Chats that concern me: those that ask for me, those I am in, those that wait for my teams."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.chats import ChatState
from app.domain.history import Hint
from app.domain.refusals import Refused
from app.services.feed import Feed
from app.services.web_chat import Chats, ChatView

__all__ = ["ChatDesk", "ChatView", "ChatsState"]

OTHERS_AFTER_S, OTHERS_PAUSE_S, OTHERS_REST = 0.3, 1.0, 10
COUNTS_AFTER_S = 0.3


@dataclass(frozen=True, slots=True)
class ChatsState:
    """The live chats that I may do something with."""

    me: UUID | None = None
    chats: tuple[ChatView, ...] = ()
    error: Sentence | None = None

    @property
    def offers(self) -> tuple[ChatView, ...]:
        """Those that ask for me just now."""
        return tuple(one for one in self.chats if self.me in one.ringing)

    @property
    def mine(self) -> tuple[ChatView, ...]:
        """Those I am in."""
        return tuple(one for one in self.chats if one.agent_id == self.me and one.state is ChatState.TALKING)

    @property
    def waiting(self) -> tuple[ChatView, ...]:
        """Those that nobody has yet."""
        return tuple(one for one in self.chats if one.state is ChatState.WAITING)

    @property
    def unread(self) -> int:
        """How many messages of my chats I have not read."""
        return sum(one.unread for one in self.mine)

    def of_case(self, case_id: UUID | None) -> ChatView | None:
        """The live chat of a case."""
        return next((one for one in self.chats if one.case_id == case_id), None)


class ChatDesk(Presenter[ChatsState]):
    """Follows the feed; what names me is read at once, what concerns others a moment later."""

    def __init__(
        self, chats: Chats, feed: Feed, me: UUID, arrived: Callable[[ChatView], None] = lambda _: None
    ) -> None:
        super().__init__(ChatsState(me=me))
        self._chats, self._me = chats, me
        self.arrived = arrived
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read what there is."""
        self.work.merged("chats", self._read)

    def accept(self, chat_id: UUID | None = None) -> None:
        """Take the chat that asks for me."""
        first = chat_id or next((one.id for one in self.state.offers), None)
        if first is not None:
            self.work.start(self._do(self._chats.store.accept, first), "accept")

    def decline(self, chat_id: UUID | None = None) -> None:
        """Let it pass to the next agent."""
        first = chat_id or next((one.id for one in self.state.offers), None)
        if first is not None:
            self.work.start(self._do(self._chats.store.decline, first), "decline")

    def take(self, chat_id: UUID) -> None:
        """Take one that waits, or that somebody else is in."""
        self.work.start(self._do(self._chats.store.take, chat_id), "take")

    def next_unread(self, after: datetime | None = None) -> ChatView | None:
        """The chat of mine that was left waiting longest for me; else the next one."""
        del after
        unread = [one for one in self.state.mine if one.unread]
        return next(iter(unread or self.state.mine), None)

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind == "chat" and hint.parent_id == self._me:
            # Of a chat that I am in only the counts change, and its case is painted first.
            mine = any(one.id == hint.record_id for one in self.state.mine)
            self.work.merged("chats", self._read, after_s=COUNTS_AFTER_S if mine else 0)
        elif hint.kind == "chat_state":
            self.work.merged("others", self._read, after_s=OTHERS_AFTER_S, pause_s=OTHERS_PAUSE_S, rest=OTHERS_REST)
        elif hint.kind == "presence" and hint.record_id is None:  # connected again: anything may have happened
            self.work.merged("chats", self._read)

    async def _read(self) -> None:
        try:
            found = await self._chats.store.live_chats()
        except Refused:
            return
        before = {one.id: one.unread for one in self.state.mine}
        self.show(chats=found)
        for chat in self.state.mine:
            if chat.id in before and chat.unread > before[chat.id]:
                self.arrived(chat)

    async def _do(self, act: Callable[[UUID], object], chat_id: UUID) -> None:
        try:
            await act(chat_id)  # type: ignore[misc]
        except Refused as refused:
            self.show(error=of_refusal(refused))
        else:
            self.show(error=None)
        await self._read()
