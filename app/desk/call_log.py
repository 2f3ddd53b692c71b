"""My calls: the latest ones with how they ended, the missed ones apart, and the way back to the caller."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.history import Hint
from app.domain.refusals import Refused
from app.services.calls import CallsOf, CallStore, CallView
from app.services.feed import Feed

__all__ = ["CallLog", "CallLogState", "CallView", "CallsOf"]

PAGE, MOST, PAUSE_S = 100, 500, 0.3


@dataclass(frozen=True, slots=True)
class CallLogState:
    """What the list shows; `complete` when there is nothing older."""

    region: str = "FR"
    of: CallsOf = CallsOf.MINE
    calls: tuple[CallView, ...] = ()
    chosen: UUID | None = None
    limit: int = PAGE
    complete: bool = True
    error: Sentence | None = None
    read: bool = False

    @property
    def call(self) -> CallView | None:
        """The chosen call."""
        return next((call for call in self.calls if call.id == self.chosen), None)


class CallLog(Presenter[CallLogState]):
    """Reads the latest calls while it is shown."""

    def __init__(self, calls: CallStore, feed: Feed, region: str) -> None:
        super().__init__(CallLogState(region))
        self._calls = calls
        self._open = self._stale = self._keeping = False
        self._unsubscribe = feed.subscribe(self._hear)

    def open(self, *, shown: bool) -> None:
        """Read as long as the list is shown."""
        came, self._open = shown and not self._open, shown
        if came:
            self._refresh()

    def choose_kind(self, of: CallsOf) -> None:
        """Show mine, the missed ones, or all of my teams."""
        self.show(of=of, limit=PAGE)
        self._refresh()

    def choose(self, call_id: UUID) -> None:
        """Choose a call."""
        self.show(chosen=call_id)

    def more(self) -> None:
        """Show older ones too."""
        if not self.state.complete and self.state.limit < MOST:
            self.show(limit=min(MOST, self.state.limit + PAGE))
            self._refresh()

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        self._open = False
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if hint.kind in {"call", "all"}:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = True
        if self._open and not self._keeping:
            self._keeping = True
            self.work.start(self._keep_up(), "call log")

    async def _keep_up(self) -> None:
        try:
            while self._stale and self._open:
                self._stale = False
                await self._read()
                await asyncio.sleep(PAUSE_S)
        finally:
            self._keeping = False

    async def _read(self) -> None:
        of, limit = self.state.of, self.state.limit
        try:
            calls = await self._calls.recent_calls(limit, of)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        if of is self.state.of:
            chosen = self.state.chosen if any(call.id == self.state.chosen for call in calls) else None
            complete = len(calls) < limit or limit >= MOST
            self.show(calls=calls, chosen=chosen, complete=complete, error=None, read=True)
