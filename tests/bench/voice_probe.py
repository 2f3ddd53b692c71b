"""The real desk with a probe for calls: when a card was painted, when the phone rang, keys as they are pressed."""

import asyncio
import sys
import time
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.calls import Target, TargetKind
from app.domain.phone_events import CallArrived, PhoneEvent
from tests.bench.desk_probe import Probe, install
from ui.__main__ import main
from ui.softphone.incoming_card import IncomingCard

LOOK_S = 0.005


class VoiceProbe(Probe):
    """What can be asked of a desk about its calls."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[UUID, float] = {}
        self._rings: dict[UUID, float] = {}
        self._following: asyncio.Task[None] | None = None

    async def card(self) -> dict[str, float | str]:
        """The next call that is offered here: when its card was painted, and when the phone took the INVITE."""
        async with asyncio.timeout(30):
            while not (both := self._cards.keys() & self._rings.keys()):
                await asyncio.sleep(LOOK_S)
        (call,) = both
        return {"call": str(call), "card": self._cards[call], "ring": self._rings[call]}

    async def forget(self) -> None:
        """What was offered before does not count."""
        self._cards.clear()
        self._rings.clear()

    async def press(self, key: str) -> float:
        """Press a function key in the window: the instant just before."""
        began = time.monotonic()
        QTest.keyClick(self._desk.window, Qt.Key[f"Key_{key}"])
        return began

    async def choose_target(self, team: str) -> None:
        """Open the transfer panel and choose a team in it."""
        await self.press("F6")
        self._desk.calls.transfer.choose(Target(TargetKind.TEAM, UUID(team)))

    async def talks(self, consulting: bool = False) -> None:
        """Until this desk shows its call as talked (or as a consultation that is met)."""
        async with asyncio.timeout(10):
            while not (self._desk.calls.live.state.front and self._desk.calls.live.state.front_leg):
                await asyncio.sleep(LOOK_S)
            while consulting and self._desk.calls.live.state.front.consultation != "away":
                await asyncio.sleep(LOOK_S)

    async def freeze(self, seconds: float) -> None:
        """Hold the window's thread, and Python's lock with it, as a bad piece of code would."""
        time.sleep(seconds)  # noqa: ASYNC251 - that is what is measured

    async def _start(self) -> dict[str, float]:
        began = await super()._start()
        self._desk._services.phone.listen(self._heard)
        self._following = asyncio.ensure_future(self._follow_cards())
        return began

    def _heard(self, event: PhoneEvent) -> None:
        if isinstance(event, CallArrived) and event.call.call_id is not None:
            # When the phone took the INVITE, and rang: it says so by the clock on the wall, which both processes share.
            ago_s = (datetime.now(UTC) - event.call.started_at).total_seconds()
            self._rings.setdefault(event.call.call_id, time.monotonic() - ago_s)

    async def _follow_cards(self) -> None:
        card = self._desk.window.findChild(IncomingCard)
        calls = self._desk.calls.live

        def fresh() -> bool:
            shown = calls.state.incoming
            return bool(card.isVisible() and shown and shown[0].id not in self._cards)

        while True:
            at = await self.frames.painted(fresh, 1e6)
            self._cards[calls.state.incoming[0].id] = at


if __name__ == "__main__":
    install(VoiceProbe())
    sys.exit(main())
