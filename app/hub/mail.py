"""The hub's mail: every mailbox read into the ledger; settling and sending are the same as of other channels."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.domain.mail import Mail
from app.hub.sending import SendingRoom, SendPorts
from app.hub.settling import SettlePorts, SettlingRoom
from app.services.ledger import Ledger, Settled, Waiting
from app.services.mailboxes import Mailbox, MailboxAwayError, MailboxRefusedError, Source
from app.services.outbox import Outbox, Transport

log = logging.getLogger(__name__)

AWAY_S = (1, 2, 5, 15, 60)
MOST_PATIENCE_S = 900
REFUSED_S = 60
IDLE_S = 300
MAILBOXES_EVERY_S = 5


@dataclass(frozen=True, slots=True)
class MailPorts:
    """What the hub's mail needs; joined in bootstrap."""

    ledger: Ledger
    outbox: Outbox
    mailboxes: Callable[[], Awaitable[Sequence[Mailbox]]]
    mark: Callable[[UUID, str, str], Awaitable[None]]
    settle: Callable[[Sequence[tuple[Waiting, Mail]]], Awaitable[Sequence[Settled | None]]]
    read: Callable[[bytes], Mail]
    source: Callable[[Mailbox], Source]
    transport: Callable[[Mailbox], Transport]


class MailRoom:
    """Runs all of it until cancelled; what is killed half-way is found in ledger and outbox by the next one."""

    def __init__(self, ports: MailPorts) -> None:
        self._ports = ports
        self._settling = SettlingRoom(SettlePorts(ports.ledger, ports.settle, ports.read))
        self._sending = SendingRoom(SendPorts(ports.outbox, ports.mailboxes, ports.transport))
        self.settle_ledger = self._settling.settle_ledger
        self.send_outbox = self._sending.send_outbox

    async def read_mailboxes(self) -> None:
        """One reader for each mailbox; a mailbox that is set up otherwise gets a new one."""
        readers: dict[Mailbox, asyncio.Task[None]] = {}
        try:
            while True:
                wanted = set(await self._ports.mailboxes())
                for gone in set(readers) - wanted:
                    readers.pop(gone).cancel()
                for mailbox in wanted:
                    if mailbox not in readers or _has_failed(readers[mailbox]):
                        readers[mailbox] = asyncio.create_task(self._keep_reading(mailbox), name=f"mail {mailbox.id}")
                await asyncio.sleep(MAILBOXES_EVERY_S)
        finally:
            for reader in readers.values():
                reader.cancel()
            await asyncio.gather(*readers.values(), return_exceptions=True)

    async def _keep_reading(self, mailbox: Mailbox) -> None:
        failures = 0
        while True:
            source = self._ports.source(mailbox)
            try:
                while True:
                    await self._read_all(mailbox, source)
                    await self._ports.mark(mailbox.id, "reachable", "")
                    failures = 0
                    await source.wait(IDLE_S)
            except MailboxRefusedError as error:
                log.warning("mailbox %s refused", mailbox.id)
                await self._ports.mark(mailbox.id, "rejected", str(error))
                pause: float = REFUSED_S
            except MailboxAwayError as error:
                log.info("mailbox %s is away", mailbox.id)
                await self._ports.mark(mailbox.id, "unreachable", str(error))
                pause = max(AWAY_S[min(failures, len(AWAY_S) - 1)], min(error.after_s, MOST_PATIENCE_S))
                failures += 1
            finally:
                await source.close()
            await asyncio.sleep(pause)

    async def _read_all(self, mailbox: Mailbox, source: Source) -> None:
        while True:
            validity, last, cursor = await self._ports.ledger.place(mailbox.id)
            batch = await source.fetch(validity, last, cursor)
            # A cursor also moves past what is no mail to be kept: something read, filed or deleted by somebody.
            if batch.arrivals or batch.cursor != cursor:
                new = await self._ports.ledger.keep(mailbox.id, batch.validity, batch.arrivals, batch.cursor)
                if new:
                    self._settling.kept()
            if not batch.arrivals:
                return


def _has_failed(reader: asyncio.Task[None]) -> bool:
    if not reader.done():
        return False
    if not reader.cancelled() and (error := reader.exception()) is not None:
        log.error("%s stopped", reader.get_name(), exc_info=error)
    return True
