"""The ledger settled: everything that waits, on one channel, then whatever this hub or another one keeps."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.domain.ledger import Fate
from app.domain.mail import Mail
from app.services.ledger import Ledger, Settled, Waiting

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 1
CLAIM_S = 120
BATCH = 25
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class SettlePorts:
    """What settling needs, whatever came in; joined in bootstrap."""

    ledger: Ledger
    settle: Callable[[Sequence[tuple[Waiting, Mail]]], Awaitable[Sequence[Settled | None]]]
    read: Callable[[bytes], Mail]


class SettlingRoom:
    """Runs until cancelled; what is killed half-way is found in the ledger by the next one."""

    def __init__(self, ports: SettlePorts) -> None:
        self._ports = ports
        self._kept = asyncio.Event()

    def kept(self) -> None:
        """Something was kept: it is settled at once."""
        self._kept.set()

    async def settle_ledger(self) -> None:
        """Everything that waits, then whatever this hub or another one keeps."""
        while True:
            self._kept.clear()
            reading = asyncio.create_task(self._claim_and_read())
            try:
                while mails := await reading:
                    # The next ones are read while the database takes these.
                    reading = asyncio.create_task(self._claim_and_read())
                    await self._settle(mails)
            finally:
                reading.cancel()
            try:
                async with asyncio.timeout(LOOK_AGAIN_S):
                    await self._kept.wait()
            except TimeoutError:
                continue

    async def _claim_and_read(self) -> list[tuple[Waiting, Mail]]:
        claimed = await self._ports.ledger.claim(BATCH, CLAIM_S)
        for waiting in claimed:
            if waiting.attempts > MOST_ATTEMPTS:
                # Whatever it does to us, it does it every time: shown with its bytes, and can be replayed.
                await self._ports.ledger.settle(waiting, Settled(Fate.UNPARSEABLE, "too_many_attempts"))
        read, tried = self._ports.read, [waiting for waiting in claimed if waiting.attempts <= MOST_ATTEMPTS]
        mails = await asyncio.to_thread(lambda: [(waiting, read(waiting.raw)) for waiting in tried])
        return mails if mails or not claimed else await self._claim_and_read()

    async def _settle(self, mails: list[tuple[Waiting, Mail]]) -> None:
        """All of them in one transaction, in their order; one after the other where that fails for one of them."""
        try:
            await self._ports.settle(mails)
        except Exception:
            if len(mails) == 1:
                raise
            log.warning("mails are settled one by one", exc_info=True)
            for one in mails:
                await self._settle_alone(one)

    async def _settle_alone(self, mail: tuple[Waiting, Mail]) -> None:
        try:
            await self._ports.settle([mail])
        except Exception:
            # It is tried again when its claim ends; the others do not wait for it.
            log.exception("mail %s could not be settled", mail[0].id)
