"""The telephony worker: keeps the lease, listens to the switch and to the agents, and lets time pass."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from app.domain.refusals import Refused
from app.hub.exchange import Exchange
from app.hub.journal import TurnJournal
from app.hub.recordings import Recordings
from app.services.call_book import CallBook
from app.services.switch import Switch, SwitchBack

log = logging.getLogger(__name__)

TICK_S = 0.25
HOUSEKEEPING_S = 2
SLOWLY = 15
"""Every how many rounds of housekeeping the slow things are done."""
FLOOR_WORDS = frozenset({"floor", "presence", "team", "number", "membership", "agent", "lost"})


@dataclass(frozen=True, slots=True)
class Telephony:
    """What the worker works with; `provision` pushes every agent's phone into the switch."""

    switch: Switch
    make_book: Callable[[int], CallBook]
    hints: Callable[[], AsyncIterator[tuple[str, str]]]
    take_lease: Callable[[], Awaitable[int | None]]
    provision: Callable[[CallBook], Awaitable[None]]
    look_at_line: Callable[[CallBook, UUID], Coroutine[None, None, None]]
    journal: Path
    renew_s: float = 2
    _looking: set[asyncio.Future[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Wait for the lease, then serve until it is lost; losing it ends everything here at once."""
        epoch = await self._wait_for_lease()
        log.info("this hub owns the switch (epoch %d)", epoch)
        book = self.make_book(epoch)
        journal = TurnJournal(self.journal, self.make_book)
        exchange = Exchange(self.switch, book, journal, epoch)
        await journal.write()  # what an earlier hub could not, before its calls are read
        await exchange.refresh_floor()
        await self.provision(book)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_lease(), name="lease")
            group.create_task(self._hear_switch(exchange, book), name="switch")
            group.create_task(self._hear_agents(exchange, book), name="agents")
            group.create_task(self._let_time_pass(exchange), name="time")
            group.create_task(self._keep_house(exchange, book), name="housekeeping")

    async def _wait_for_lease(self) -> int:
        while True:
            try:
                if (epoch := await self.take_lease()) is not None:
                    return epoch
            except Refused as refused:
                log.warning("no lease yet: %s", refused)
            await asyncio.sleep(self.renew_s)

    async def _keep_lease(self) -> None:
        while True:
            await asyncio.sleep(self.renew_s)
            try:
                if await self.take_lease() is None:
                    raise LeaseLostError
            except Refused as refused:
                # The database is away: nobody else can take the lease either, the calls go on.
                log.warning("the lease could not be renewed: %s", refused)

    async def _hear_switch(self, exchange: Exchange, book: CallBook) -> None:
        async for happening in self.switch.happenings():
            if isinstance(happening, SwitchBack):
                log.info("the switch answers")
                await self._provision_again(book)
            await exchange.hear_soon(happening)

    async def _provision_again(self, book: CallBook) -> None:
        try:
            await self.provision(book)
        except Refused as refused:
            log.warning("the phones stay as the switch has them: %s", refused)

    async def _hear_agents(self, exchange: Exchange, book: CallBook) -> None:
        async for word, record in self.hints():
            try:
                await self._hear_agent(exchange, book, word, record)
            except Refused as refused:
                log.warning("left until the database is back: %s", refused)

    async def _hear_agent(self, exchange: Exchange, book: CallBook, word: str, record: str) -> None:
        if word in FLOOR_WORDS:
            exchange.refresh_floor_soon()
        if word == "line":
            self._later(self.look_at_line(book, UUID(record)))
        if word == "shown":
            call, _, agent = record.partition(".")
            exchange.card_shown(UUID(call), UUID(agent))
        if word == "attached":
            await exchange.attached(UUID(record))
        if word in {"command", "floor"}:
            for command in await book.take_commands():
                await exchange.obey_soon(command)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        """What takes seconds does not keep the agents' commands waiting."""
        task = asyncio.ensure_future(work)
        self._looking.add(task)
        task.add_done_callback(self._looked)

    def _looked(self, task: asyncio.Future[None]) -> None:
        self._looking.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a line could not be looked at", exc_info=error)

    async def _let_time_pass(self, exchange: Exchange) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            await exchange.tick()

    async def _keep_house(self, exchange: Exchange, book: CallBook) -> None:
        recordings = Recordings(self.switch, book)
        rounds = 0
        while True:
            await asyncio.sleep(HOUSEKEEPING_S)
            try:
                await book.end_wrap_ups()
                await book.file_parts_left()
                await recordings.file_all()
                if rounds % SLOWLY == 0:
                    await exchange.refresh_figures()
                    await book.remove_old_sounds()
            except Refused as refused:
                log.warning("left for later: %s", refused)
            rounds += 1


class LeaseLostError(Exception):
    """Another hub owns the switch now."""
