"""Each party hums a tone of its own, and the others listen for it: through hold, transfer, conference, whisper."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from app.domain.phone import CallState, DeviceChoice
from tests.voice.conftest import MakeCustomer, MakeDesk
from tests.voice.hearing import TELEPHONE_RATE, heard
from tests.voice.parties import Desk, Hub
from tests.voice.sound_server import SoundServer

CUSTOMER, CAMILLE, HUGO = 440, 650, 900
TONES = (CUSTOMER, CAMILLE, HUGO)


class Ears:
    """What comes out of the headsets."""

    def __init__(self, server: SoundServer) -> None:
        self._server = server

    async def of(self, name: str) -> set[int]:
        samples = await asyncio.to_thread(self._server.listen, name, 0.8)
        return heard(samples[len(samples) // 4 :], TELEPHONE_RATE, TONES)


async def comes_to(listen: Callable[[], Awaitable[set[int]]], expected: set[int]) -> None:
    """Listen until exactly these tones are heard; streams need a moment after each move."""
    deadline = time.monotonic() + 8
    while (found := await listen()) != expected:
        assert time.monotonic() < deadline, f"hears {found}, not {expected}"


async def with_headset(desk: Desk, server: SoundServer, hertz: int) -> None:
    server.add_headset(desk.name)
    server.speak(desk.name, hertz)
    # The phone learns of the headset from the server, then the choice by name finds it.
    choice = DeviceChoice(desk.name, desk.name, desk.name)
    for _ in range(100):
        use = await desk.phone.choose_devices(choice)
        if use.microphone == use.speaker == desk.name:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{desk.name} never used her headset: {desk.phone.snapshot.devices}")


async def test_through_hold_transfer_conference_and_whisper(
    hub: Hub, desk: MakeDesk, customer: MakeCustomer, sound_server: SoundServer
) -> None:
    ears = Ears(sound_server)
    camille, hugo = await desk("camille"), await desk("hugo")
    await with_headset(camille, sound_server, CAMILLE)
    await with_headset(hugo, sound_server, HUGO)
    sophie = await customer(tone=CUSTOMER)
    sophie.do("call +33380123450")
    outside = (await hub.leg("trunk")).leg.id
    await hub.ari.answer(outside)
    await sophie.says(state="talking")
    await hub.ari.make_bridge("talk")
    await hub.ari.join("talk", outside)

    camille_leg = await hub.put_through(camille, "talk")
    await camille.talks()
    await comes_to(lambda: sophie.hears(TONES), {CAMILLE})
    await comes_to(lambda: ears.of("camille"), {CUSTOMER})

    held = await camille.talks()
    await camille.phone.hold(held.key)
    await camille.reaches(held.key, CallState.HELD)
    await comes_to(lambda: sophie.hears(TONES), set())  # music, and no tone of ours
    await comes_to(lambda: ears.of("camille"), set())
    await camille.phone.resume(held.key)
    await camille.reaches(held.key, CallState.TALKING)
    await comes_to(lambda: sophie.hears(TONES), {CAMILLE})

    hugo_leg = await hub.put_through(hugo, "talk")
    await comes_to(lambda: sophie.hears(TONES), {CAMILLE, HUGO})
    await comes_to(lambda: ears.of("camille"), {CUSTOMER, HUGO})
    await comes_to(lambda: ears.of("hugo"), {CUSTOMER, CAMILLE})

    await hub.ari.part("talk", camille_leg)
    await comes_to(lambda: sophie.hears(TONES), {HUGO})  # handed over
    await comes_to(lambda: ears.of("hugo"), {CUSTOMER})
    await comes_to(lambda: ears.of("camille"), set())

    snoop = await hub.ari.snoop(hugo_leg, snoop_id="snoop-1", spy="both", whisper="out")
    assert snoop is not None
    await hub.ari.make_bridge("ear")
    await hub.ari.join("ear", snoop.id, camille_leg)
    await comes_to(lambda: sophie.hears(TONES), {HUGO})  # a whisper is for the agent alone
    await comes_to(lambda: ears.of("hugo"), {CUSTOMER, CAMILLE})
    await comes_to(lambda: ears.of("camille"), {CUSTOMER, HUGO})
