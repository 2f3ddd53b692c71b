"""The outbox sent: everything that is due on one channel; what a dead hub left is made known, never sent again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from app.domain.deliveries import DeliveryState
from app.services.outbox import Outbox, Outcome, Parcel, Transport

SEND_EVERY_S = 0.25
ABANDON_EVERY_S = 5
LOOK_UP_EVERY_S = 60
SEND_CLAIM_S = 300
BATCH = 25
WAYS_FOR_S = 1
AT_ONCE = 1
"""Messages marked as `sending` together: of so many nobody knows when a hub dies."""


class Way(Protocol):
    """A mailbox or a line: what messages leave by."""

    @property
    def id(self) -> UUID: ...


AnyWay = TypeVar("AnyWay", bound=Way)


@dataclass(frozen=True, slots=True)
class SendPorts(Generic[AnyWay]):
    """What sending needs, whatever leaves; joined in bootstrap. Rooms of one `SendPorts` look for one another."""

    outbox: Outbox
    ways: Callable[[], Awaitable[Sequence[AnyWay]]]
    transport: Callable[[AnyWay], Transport]
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)


class SendingRoom(Generic[AnyWay]):
    """Runs until cancelled, as many of it beside one another as a channel bears."""

    def __init__(self, ports: SendPorts[AnyWay]) -> None:
        self._ports = ports
        self._ways: tuple[float, Sequence[AnyWay]] = (0.0, ())
        self._abandon_at = self._look_up_at = 0.0
        self._transports: dict[UUID, tuple[AnyWay, Transport]] = {}

    async def send_outbox(self) -> None:
        """Everything that is due, again and again; what a dead hub left is made known, never sent again."""
        try:
            while True:
                for parcel in await self._due():
                    await self._send(parcel)
                await self._look_up_in_time()
        finally:
            for _, transport in self._transports.values():
                await transport.close()
            self._transports.clear()

    async def _due(self) -> Sequence[Parcel]:
        """What is to be sent next, as soon as something is."""
        claim = self._ports.outbox.claim
        if not (parcels := await claim(AT_ONCE, SEND_CLAIM_S)):
            # While nothing is due one room looks for all; what it finds wakes the next one behind it.
            async with self._ports.looking:
                while not (parcels := await claim(AT_ONCE, SEND_CLAIM_S)):
                    await self._look_up_in_time()
                    await asyncio.sleep(SEND_EVERY_S)
        return parcels

    async def _send(self, parcel: Parcel) -> None:
        transport = await self._transport_of(parcel.mailbox_id)
        if transport is None:
            outcome = Outcome(DeliveryState.TEMPORARY, "the mailbox is not in use")
            await self._ports.outbox.finish(parcel, dict.fromkeys(parcel.recipients, outcome))
            return
        await self._ports.outbox.finish(parcel, await transport.send(parcel))

    async def _look_up_in_time(self) -> None:
        """What a hub that died had claimed, and what nobody knows about: now and then."""
        now = asyncio.get_running_loop().time()
        if now < self._abandon_at:
            return
        self._abandon_at = now + ABANDON_EVERY_S
        if await self._ports.outbox.abandon_overdue() or now >= self._look_up_at:
            await self._look_up_unconfirmed()
            self._look_up_at = now + LOOK_UP_EVERY_S

    async def _look_up_unconfirmed(self) -> None:
        for parcel in await self._ports.outbox.unconfirmed(BATCH):
            transport = await self._transport_of(parcel.mailbox_id)
            if transport is not None and await transport.was_sent(parcel.external_id):
                outcome = Outcome(DeliveryState.DELIVERED, "found in the Sent folder")
                await self._ports.outbox.finish(parcel, dict.fromkeys(parcel.recipients, outcome))

    async def _all_ways(self) -> Sequence[AnyWay]:
        """As they were set up a second ago: many messages are not as many looks."""
        now = asyncio.get_running_loop().time()
        if now - self._ways[0] > WAYS_FOR_S or not self._ways[1]:
            self._ways = (now, await self._ports.ways())
        return self._ways[1]

    async def _transport_of(self, mailbox_id: UUID) -> Transport | None:
        current = next((one for one in await self._all_ways() if one.id == mailbox_id), None)
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
