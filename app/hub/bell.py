"""What lets an idle hub rest: its workers look seldom while nothing changes, and at once when something does."""

import asyncio
from collections.abc import AsyncIterator

BUSY_S = 1.0
"""So long after a change workers look as often as ever: what committed beside it may be seen a moment later."""


class Bell:
    """Rung by hints. They may get lost: a worker looks after its longest pause, often where no bell hangs."""

    def __init__(self) -> None:
        self._hung = False
        self._rang_at = 0.0
        self._rung = asyncio.Event()

    async def ring_for(self, hints: AsyncIterator[object]) -> None:
        """Ring for each hint until cancelled."""
        try:
            async for _ in hints:
                self._hung = True
                self._rang_at = asyncio.get_running_loop().time()
                self._rung.set()
                self._rung = asyncio.Event()
        finally:
            self._hung = False

    async def pause(self, busy_s: float, idle_s: float) -> None:
        """A worker's pause: `busy_s` while things change, else until something does, `idle_s` at most."""
        if not self._hung or asyncio.get_running_loop().time() - self._rang_at < BUSY_S:
            await asyncio.sleep(busy_s)
            return
        try:
            async with asyncio.timeout(idle_s):
                await self._rung.wait()
        except TimeoutError:
            return
