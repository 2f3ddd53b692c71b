"""What every phone promises the desk, asked of the real one and of the fake, so that the fake cannot lie."""

import contextlib
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

import pytest

from app.domain.phone import (
    CallState,
    Direction,
    EndedBy,
    Header,
    PhoneCall,
    PhoneOptions,
    PhoneRefusedError,
    Refusal,
    RegistrationState,
    RejectCause,
    SipCredentials,
)
from app.domain.phone_events import CallArrived, CallChanged, PhoneEvent
from app.phone.fake import FakePhone
from app.services.phone import Phone
from tests.voice.parties import Hub, desk_of, until


class World(Protocol):
    """A phone, and what happens at the other end of its calls."""

    phone: Phone

    async def call(self, number: str, call_id: uuid.UUID) -> None: ...
    async def pick_up(self, key: str) -> None: ...
    async def leave(self, key: str) -> None: ...


class FakeWorld:
    def __init__(self, phone: FakePhone) -> None:
        self.phone: Phone = phone
        self._fake = phone

    async def call(self, number: str, call_id: uuid.UUID) -> None:
        self._fake.ring(number, "Sophie", call_id=call_id)

    async def pick_up(self, key: str) -> None:
        self._fake.pick_up(key)

    async def leave(self, key: str) -> None:
        self._fake.leave(key)


class RealWorld:
    def __init__(self, hub: Hub, phone: Phone, name: str) -> None:
        self.phone = phone
        self._hub = hub
        self._name = name
        self._legs: list[str] = []

    async def call(self, number: str, call_id: uuid.UUID) -> None:
        leg_id = f"in-{uuid.uuid4().hex[:8]}"
        self._legs.append(leg_id)
        await self._hub.ari.call(
            f"PJSIP/{self._name}", leg_id=leg_id, caller=f'"Sophie" <{number}>', arguments=("ours", leg_id),
            variables={"PJSIP_HEADER(add,X-Guichet-Call)": str(call_id)},
        )  # fmt: skip

    async def pick_up(self, key: str) -> None:
        leg = await self._hub.leg("agent")
        self._legs.append(leg.leg.id)
        await self._hub.ari.answer(leg.leg.id)

    async def leave(self, key: str) -> None:
        await self._hub.ari.hang_up(self._legs[-1])


@pytest.fixture(params=["fake", "real"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    async with contextlib.AsyncExitStack() as stack:
        if request.param == "fake":
            fake = FakePhone()
            await fake.set_options(PhoneOptions(ring=False))
            await fake.register(SipCredentials("camille", "secret", "127.0.0.1", 5060))
            yield FakeWorld(fake)
        else:
            hub = Hub(await request.getfixturevalue("instance").start())
            await hub.open()
            stack.push_async_callback(hub.close)
            desk = await stack.enter_async_context(desk_of(hub, tmp_path, "camille"))
            yield RealWorld(hub, desk.phone, "camille")


def call_in(world: World, state: CallState) -> PhoneCall | None:
    return next((call for call in world.phone.snapshot.calls if call.state is state), None)


async def the_call(world: World, state: CallState) -> PhoneCall:
    return await until(lambda: call_in(world, state), f"a call that is {state}")


async def test_a_call_that_comes_in_is_told_answered_held_resumed_and_ended(world: World) -> None:
    told: list[PhoneEvent] = []
    world.phone.listen(told.append)
    call_id = uuid.uuid4()
    await world.call("+33380221417", call_id)
    ringing = await the_call(world, CallState.INCOMING)
    assert told[0] == CallArrived(ringing)
    assert (ringing.direction, ringing.number, ringing.name, ringing.call_id) == (
        Direction.INCOMING, "+33380221417", "Sophie", call_id,
    )  # fmt: skip
    await world.phone.answer(ringing.key)
    await the_call(world, CallState.TALKING)
    await world.phone.mute(ringing.key, muted=True)
    assert (await the_call(world, CallState.TALKING)).muted
    await world.phone.hold(ringing.key)
    assert (await the_call(world, CallState.HELD)).muted, "hold does not unmute"
    await world.phone.resume(ringing.key)
    assert (await the_call(world, CallState.TALKING)).muted
    await world.leave(ringing.key)
    await until(lambda: not world.phone.snapshot.calls, "the end")
    last = [event for event in told if isinstance(event, CallChanged)][-1].call
    assert (last.key, last.state) == (ringing.key, CallState.ENDED)
    assert last.end is not None
    assert last.end.by is EndedBy.THEM
    assert last.ended_at is not None
    assert last.answered_at is not None
    assert ringing.started_at <= last.answered_at <= last.ended_at


async def test_a_dialled_call_is_answered_and_hung_up(world: World) -> None:
    told: list[PhoneEvent] = []
    world.phone.listen(told.append)
    key = await world.phone.dial("03 80 22 14 17", (Header("X-Guichet-From", "+33380000000"),))
    dialled = world.phone.snapshot.calls[0]
    assert (dialled.key, dialled.direction, dialled.number) == (key, Direction.OUTGOING, "0380221417")
    await world.pick_up(key)
    await the_call(world, CallState.TALKING)
    await world.phone.send_digits(key, "42#")
    await world.phone.hang_up(key)
    await until(lambda: not world.phone.snapshot.calls, "the end")
    last = [event for event in told if isinstance(event, CallChanged)][-1].call
    assert last.end is not None
    assert last.end.by is EndedBy.US


async def test_a_second_call_holds_the_first_when_it_is_answered(world: World) -> None:
    await world.call("+33380000001", uuid.uuid4())
    first = await the_call(world, CallState.INCOMING)
    await world.phone.answer(first.key)
    await the_call(world, CallState.TALKING)
    await world.call("+33380000002", uuid.uuid4())
    second = await the_call(world, CallState.INCOMING)
    await world.phone.answer(second.key)
    assert (await the_call(world, CallState.HELD)).key == first.key
    assert (await the_call(world, CallState.TALKING)).key == second.key
    await world.phone.hang_up(second.key)
    await until(lambda: len(world.phone.snapshot.calls) == 1, "the second call's end")
    assert (await the_call(world, CallState.HELD)).key == first.key


async def test_a_refused_call_ends_by_us_with_its_code(world: World) -> None:
    told: list[PhoneEvent] = []
    world.phone.listen(told.append)
    await world.call("+33380221417", uuid.uuid4())
    ringing = await the_call(world, CallState.INCOMING)
    await world.phone.reject(ringing.key, RejectCause.BUSY, "on a case")
    await until(lambda: not world.phone.snapshot.calls, "the end")
    last = [event for event in told if isinstance(event, CallChanged)][-1].call
    assert last.end is not None
    assert (last.end.by, last.end.code) == (EndedBy.US, 486)
    assert last.answered_at is None


async def test_what_cannot_be_done_is_refused_with_a_reason_and_changes_nothing(world: World) -> None:
    async def refusal(act: object) -> Refusal:
        with pytest.raises(PhoneRefusedError) as refused:
            await act  # type: ignore[misc]
        assert refused.value.sentence
        return refused.value.refusal

    phone = world.phone
    assert await refusal(phone.answer("gone")) is Refusal.NO_SUCH_CALL
    assert await refusal(phone.hang_up("gone")) is Refusal.NO_SUCH_CALL
    assert await refusal(phone.dial("")) is Refusal.BAD_NUMBER
    assert await refusal(phone.dial("<script>")) is Refusal.BAD_NUMBER
    await world.call("+33380221417", uuid.uuid4())
    ringing = await the_call(world, CallState.INCOMING)
    assert await refusal(phone.hold(ringing.key)) is Refusal.WRONG_STATE
    assert await refusal(phone.send_digits(ringing.key, "1")) is Refusal.WRONG_STATE
    await phone.answer(ringing.key)
    await the_call(world, CallState.TALKING)
    assert await refusal(phone.answer(ringing.key)) is Refusal.WRONG_STATE
    assert await refusal(phone.send_digits(ringing.key, "12x")) is Refusal.BAD_NUMBER
    assert await refusal(phone.check_audio("echo", 1)) is Refusal.WRONG_STATE
    assert (await the_call(world, CallState.TALKING)).key == ringing.key


async def test_leaving_the_switch_and_unheard_listeners(world: World) -> None:
    told: list[PhoneEvent] = []
    stop = world.phone.listen(told.append)
    await world.phone.unregister()
    await until(lambda: world.phone.snapshot.registration.state is RegistrationState.OFF, "the end of the registration")
    assert told
    stop()
    count = len(told)
    with pytest.raises(PhoneRefusedError):
        await world.phone.answer("gone")
    assert len(told) == count
