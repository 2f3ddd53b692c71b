"""The hub's mail: every mailbox read into the ledger, the ledger settled, the outbox sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.domain.deliveries import DeliveryState
from app.domain.ledger import Fate
from app.domain.mail import Mail
from app.services.ledger import Ledger, Settled, Waiting
from app.services.mailboxes import Mailbox, MailboxAwayError, MailboxRefusedError, Source
from app.services.outbox import Outbox, Outcome, Parcel, Transport

log = logging.getLogger(__name__)

AWAY_S = (1, 2, 5, 15, 60)
MOST_PATIENCE_S = 900
REFUSED_S = 60
IDLE_S = 300
LOOK_AGAIN_S = 1
MAILBOXES_EVERY_S = 5
SEND_EVERY_S = 0.25
LOOK_UP_EVERY_S = 60
CLAIM_S = 120
SEND_CLAIM_S = 300
BATCH = 25
AT_ONCE = 1
"""Messages marked as `sending` together: of so many nobody knows when a hub dies."""
MOST_ATTEMPTS = 5


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
        self._kept = asyncio.Event()
        self._transports: dict[UUID, tuple[Mailbox, Transport]] = {}

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
                    self._kept.set()
            if not batch.arrivals:
                return

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

    async def send_outbox(self) -> None:
        """Everything that is due, again and again; what a dead hub left is made known, never sent again."""
        clock, look_up_at = asyncio.get_running_loop().time, 0.0
        try:
            while True:
                if clock() >= look_up_at or await self._ports.outbox.abandon_overdue():
                    await self._look_up_unconfirmed()
                    look_up_at = clock() + LOOK_UP_EVERY_S
                while parcels := await self._ports.outbox.claim(AT_ONCE, SEND_CLAIM_S):
                    for parcel in parcels:
                        await self._send(parcel)
                await asyncio.sleep(SEND_EVERY_S)
        finally:
            for _, transport in self._transports.values():
                await transport.close()
            self._transports.clear()

    async def _send(self, parcel: Parcel) -> None:
        transport = await self._transport_of(parcel.mailbox_id)
        if transport is None:
            outcome = Outcome(DeliveryState.TEMPORARY, "the mailbox is not in use")
            await self._ports.outbox.finish(parcel, dict.fromkeys(parcel.recipients, outcome))
            return
        await self._ports.outbox.finish(parcel, await transport.send(parcel))

    async def _look_up_unconfirmed(self) -> None:
        for parcel in await self._ports.outbox.unconfirmed(BATCH):
            transport = await self._transport_of(parcel.mailbox_id)
            if transport is not None and await transport.was_sent(parcel.external_id):
                outcome = Outcome(DeliveryState.DELIVERED, "found in the Sent folder")
                await self._ports.outbox.finish(parcel, dict.fromkeys(parcel.recipients, outcome))

    async def _transport_of(self, mailbox_id: UUID) -> Transport | None:
        current = next((one for one in await self._ports.mailboxes() if one.id == mailbox_id), None)
        known = self._transports.get(mailbox_id)
        if known is not None and known[0] == current:
            return known[1]
        if known is not None:
            await known[1].close()
            del self._transports[mailbox_id]
        if current is None:
            return None
        self._transports[mailbox_id] = (current, self._ports.transport(current))
        return self._transports[mailbox_id][1]


def _has_failed(reader: asyncio.Task[None]) -> bool:
    if not reader.done():
        return False
    if not reader.cancelled() and (error := reader.exception()) is not None:
        log.error("%s stopped", reader.get_name(), exc_info=error)
    return True
