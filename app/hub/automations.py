"""The hub's automations: the change log carried on page by page, the clock looked at, web hooks called."""

import asyncio
import logging
from typing import Protocol

from app.hub.bell import Bell
from app.services.automation_engine import Engine, HookCall, HookOutbox, Hooks

log = logging.getLogger(__name__)

PAGE = 400
LOOK_EVERY_S, IDLE_S = 0.05, 0.5
TASKS_EVERY_S = 5
CLOCK_EVERY_S = 30
FORGET_EVERY_S = 3600
KEPT_DAYS, FORGOTTEN_AT_ONCE = 400, 5_000
"""The run log tells of a year and some weeks; what is older goes, a piece at a time."""
HOOKS_EVERY_S = 0.5
HOOKS_AT_ONCE = 10
HOOK_CLAIM_S = 60
REPLAY_CLAIM_S = 600
AGAIN_S = (10, 60, 300, 1800, 7200, 21600)
"""So long after each failure a web hook is called again; after the last one it is given up."""


class Automations:
    """Runs until cancelled; all that it does is in the database, so another hub goes on where this one ended."""

    def __init__(self, engine: Engine, outbox: HookOutbox, hooks: Hooks, bell: Bell) -> None:
        self._engine, self._outbox, self._hooks, self._bell = engine, outbox, hooks, bell

    async def follow_log(self) -> None:
        """Everything that happened, then whatever happens."""
        while True:
            while await self._engine.turn(PAGE):
                pass
            await self._bell.pause(LOOK_EVERY_S, IDLE_S)

    async def follow_clock(self) -> None:
        """Tasks that come due, and automations whose hour has come."""
        clock, look_at = asyncio.get_running_loop().time, 0.0
        while True:
            await self._engine.note_due_tasks()
            if clock() >= look_at:
                while await self._engine.look_at_clock():
                    pass
                look_at = clock() + CLOCK_EVERY_S
            await asyncio.sleep(TASKS_EVERY_S)

    async def forget(self) -> None:
        """The run log does not grow for ever."""
        while True:
            while await self._engine.forget_runs(KEPT_DAYS, FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE:
                pass
            await asyncio.sleep(FORGET_EVERY_S)

    async def call_hooks(self) -> None:
        """Everything that waits; one that hangs keeps none of the others waiting for longer than its time."""
        while True:
            while calls := await self._outbox.claim(HOOKS_AT_ONCE, HOOK_CLAIM_S):
                await asyncio.gather(*(self._call(call) for call in calls))
            await asyncio.sleep(HOOKS_EVERY_S)

    async def _call(self, call: HookCall) -> None:
        try:
            done, said = await self._hooks(call)
        except Exception as error:
            log.exception("web hook %s failed", call.id)
            done, said = False, type(error).__name__
        again = AGAIN_S[call.attempts - 1] if not done and call.attempts <= len(AGAIN_S) else None
        await self._outbox.finish(call, done=done, said=said, again_in_s=again)


class Replays(Protocol):
    """Replays that desks ask for."""

    async def answer_next(self, for_s: float) -> bool: ...


async def answer_replays(replays: Replays) -> None:
    """One after the other, until cancelled."""
    while True:
        while await replays.answer_next(REPLAY_CLAIM_S):
            pass
        await asyncio.sleep(HOOKS_EVERY_S)
