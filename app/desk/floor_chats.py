"""Chats on the live board: those that wait and those that go on, which of them is chosen, and taking one over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.chats import ChatState
from app.domain.history import Hint
from app.domain.refusals import Refused
from app.services.feed import Feed
from app.services.web_chat import MOST_ON_FLOOR, Chats, ChatView

__all__ = ["ChatView", "FloorChats", "FloorChatsState"]

_EVER = datetime.min.replace(tzinfo=UTC)
PAUSE_S, REST = 0.5, 10
"""Between two readings; longer where one takes long: with a thousand chats something moves all the time."""


@dataclass(frozen=True, slots=True)
class FloorChatsState:
    """What the board shows of them; keys act on the chosen one."""

    me: UUID | None = None
    chats: tuple[ChatView, ...] = ()
    chosen: UUID | None = None
    error: Sentence | None = None

    def of(self, team_id: UUID | None) -> tuple[ChatView, ...]:
        """Those of a team or of all: who waits first, in the order of their waits."""
        shown = (one for one in self.chats if team_id in (None, one.team_id))
        return tuple(sorted(shown, key=lambda one: (one.state is ChatState.TALKING, one.since_at or _EVER, one.id)))

    @property
    def chat(self) -> ChatView | None:
        """The chosen one."""
        return next((one for one in self.chats if one.id == self.chosen), None)

    @property
    def may_take(self) -> bool:
        """Whether I can take the chosen one: it is not mine already."""
        chat = self.chat
        return chat is not None and not (chat.state is ChatState.TALKING and chat.agent_id == self.me)

    @property
    def more(self) -> bool:
        """Whether there are more than are shown."""
        return len(self.chats) >= MOST_ON_FLOOR


class FloorChats(Presenter[FloorChatsState]):
    """Reads while the board is shown; `taken` is told of the case of a chat that I have just taken."""

    def __init__(self, chats: Chats, feed: Feed, me: UUID, taken: Callable[[UUID], None]) -> None:
        super().__init__(FloorChatsState(me))
        self._chats, self._taken = chats, taken
        self._open = False
        self._unsubscribe = feed.subscribe(self._hear)

    def open(self, *, shown: bool) -> None:
        """Read as long as the board is shown."""
        came, self._open = shown and not self._open, shown
        if came:
            self._refresh()

    def choose(self, chat_id: UUID) -> None:
        """Choose the one that keys act on."""
        self.show(chosen=chat_id)

    def take(self) -> None:
        """Have the visitor of the chosen one myself."""
        chat = self.state.chat
        if chat is not None and self.state.may_take:
            self.work.start(self._take(chat), "take")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        self._open = False
        await super().close()

    def _hear(self, hint: Hint) -> None:
        again = hint.kind == "presence" and hint.record_id is None  # connected anew: anything may have happened
        if self._open and (again or hint.kind in {"chat_state", "all"}):
            self._refresh()

    def _refresh(self) -> None:
        self.work.merged("chats", self._read, pause_s=PAUSE_S, rest=REST)

    async def _read(self) -> None:
        if not self._open:
            return
        try:
            found = await self._chats.store.floor_chats()
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(chats=found)

    async def _take(self, chat: ChatView) -> None:
        try:
            await self._chats.store.take(chat.id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            self._refresh()
            return
        self.show(error=None)
        self._taken(chat.case_id)
