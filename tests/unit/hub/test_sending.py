"""Rooms that send beside one another: one of them looks while nothing is due, all of them send what is."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from app.domain.deliveries import DeliveryState
from app.hub import sending
from app.hub.sending import SendingRoom, SendPorts
from app.services.outbox import Outcome, Parcel

ROOMS = 8


@dataclass(frozen=True)
class Line:
    id: UUID


class Outbox:
    """What is due, in memory; counts how often it was asked."""

    def __init__(self) -> None:
        self.due: deque[Parcel] = deque()
        self.looks, self.done = 0, asyncio.Queue[str]()

    async def claim(self, most: int, for_s: float) -> Sequence[Parcel]:
        self.looks += 1
        await asyncio.sleep(0)
        return [self.due.popleft()] if self.due else []

    async def finish(self, parcel: Parcel, outcomes: Mapping[str, Outcome]) -> None:
        assert {outcome.state for outcome in outcomes.values()} == {DeliveryState.DELIVERED}
        self.done.put_nowait(parcel.external_id)

    async def abandon_overdue(self) -> int:
        return 0

    async def unconfirmed(self, most: int) -> Sequence[Parcel]:
        return ()


class SlowProvider:
    """Takes its time; what is under way at once is counted."""

    def __init__(self) -> None:
        self.under_way, self.most = 0, 0

    async def send(self, parcel: Parcel) -> Mapping[str, Outcome]:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0.05)
        self.under_way -= 1
        return dict.fromkeys(parcel.recipients, Outcome(DeliveryState.DELIVERED))

    async def was_sent(self, external_id: str) -> bool:
        return False

    async def close(self) -> None: ...


async def test_one_room_looks_for_all_and_all_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "SEND_EVERY_S", 0.01)
    line, outbox, provider = Line(uuid4()), Outbox(), SlowProvider()

    async def lines() -> Sequence[Line]:
        return (line,)

    ports = SendPorts(outbox, lines, lambda _: provider)
    rooms = [asyncio.create_task(SendingRoom(ports).send_outbox()) for _ in range(ROOMS)]
    await asyncio.sleep(0.1)
    first_looks = ROOMS  # each room looks once before it waits behind the one that looks for all
    assert outbox.looks <= first_looks + 0.1 / sending.SEND_EVERY_S
    sent = [f"message-{number}" for number in range(3 * ROOMS)]
    outbox.due.extend(Parcel(uuid4(), line.id, name, b"", ("+33612345678",)) for name in sent)
    arrived = [await asyncio.wait_for(outbox.done.get(), 5) for _ in sent]
    assert sorted(arrived) == sorted(sent)
    assert provider.most == ROOMS
    for task in rooms:
        task.cancel()
    await asyncio.gather(*rooms, return_exceptions=True)
