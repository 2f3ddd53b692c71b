"""The hub gives changes out: each target at its own pace, from its own place, until it has everything.

A claim is a time in the target's row, not a lock: a transaction that waits for somebody else would hold up every
reader of the log. A batch whose answer was lost is given again, and its lines name their places.
"""

import asyncio
import logging
from dataclasses import replace

from app.domain.export_feed import MOST_LINES, pause_after
from app.services.export_feed import Claimed, ExportLog, Outlet, TargetAwayError

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5
CLAIM_S = 120
AT_ONCE = 4


class ExportRoom:
    """Serves targets until cancelled; one that hangs does not hold up the others."""

    def __init__(self, exports: ExportLog, outlets: dict[str, Outlet], *, pace: float = 1) -> None:
        self._exports, self._outlets, self._pace = exports, outlets, pace

    async def run(self) -> None:
        """Look for targets with something to come, for ever."""
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                while len(running) < AT_ONCE and (target := await self._exports.claim(CLAIM_S)) is not None:
                    running.add(asyncio.create_task(self._serve(target), name=f"export {target.id}"))
                if running:
                    done, running = await asyncio.wait(running, timeout=LOOK_EVERY_S)
                    for task in done:
                        task.result()
                else:
                    await asyncio.sleep(LOOK_EVERY_S * self._pace)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _serve(self, target: Claimed) -> None:
        """Give batch after batch; the place moves when the target has taken one, never before."""
        while (batch := await self._exports.batch(target, MOST_LINES)) is not None:
            try:
                await self._outlets[target.kind].give(target, batch)
            except TargetAwayError as error:
                pause = pause_after(target.failures + 1) * self._pace
                log.info("export target %s is away: %s", target.id, error)
                await self._exports.away(target, str(error), pause)
                return
            if not await self._exports.taken(target, batch):
                return  # another hub took over: it goes on from where the log says
            target = replace(target, place=batch.until, failures=0)
        await self._exports.release(target)
