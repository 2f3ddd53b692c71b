"""Chats offered: by the team's strategy as calls are, the next agent after a miss; silence ends them with a notice."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from app.domain.chats import ChatOnFloor, GoTo, Missed, Offer, Room, next_move, silence_of
from app.services.web_chat import ChatFloorStore

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5
QUIET_EVERY_S = 5


class ChatOffers:
    """Runs until cancelled; all of it stands in the database, so another hub goes on where this one ended."""

    def __init__(self, store: ChatFloorStore, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store, self._now = store, now
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something moved: it is looked at at once."""
        self._woken.set()

    async def offer_chats(self) -> None:
        """Each waiting chat's next step, again and again."""
        while True:
            self._woken.clear()
            await self.look()
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def look(self) -> None:
        """One look at everything that waits; whom one chat is offered counts for the next."""
        chats = await self._store.waiting()
        if not chats:
            return
        room = await self._store.room()
        for chat in chats:
            room = await self._move(chat, room)

    async def look_for_silence(self) -> None:
        """Notices and ends of chats in which nobody writes, again and again."""
        while True:
            await self.end_quiet()
            await asyncio.sleep(QUIET_EVERY_S)

    async def end_quiet(self) -> None:
        """One look at what has been quiet."""
        for chat in await self._store.quiet():
            silence = silence_of(chat, self._now())
            if silence is not None:
                await self._store.silence(chat, silence)

    async def _move(self, chat: ChatOnFloor, room: Room) -> Room:
        move = next_move(chat, room, self._now())
        match move:
            case Offer(agents, seconds):
                if await self._store.offer(chat, agents, seconds):
                    return replace(
                        room, loads=_more(room, agents), offered={**room.offered, **_at(agents, self._now())}
                    )
            case Missed():
                if await self._store.missed(chat):
                    self.wake()
            case GoTo(step):
                if await self._store.step(chat, step):
                    self.wake()
        return room


def _more(room: Room, agents: tuple[UUID, ...]) -> dict[UUID, int]:
    return {**room.loads, **{one: room.loads.get(one, 0) + 1 for one in agents}}


def _at(agents: tuple[UUID, ...], now: datetime) -> dict[UUID, datetime]:
    return dict.fromkeys(agents, now)
