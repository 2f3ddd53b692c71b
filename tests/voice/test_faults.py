"""Things that break in the middle of a call, and what is left standing."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.phone import CallState, EndedBy, RegistrationState, SipCredentials
from app.domain.phone_events import AudioHealed
from app.phone.client import PhoneProcess
from app.switch.ari_events import LegDestroyed
from app.switch.instance import AsteriskInstance
from tests.voice.conftest import MakeDesk, ordinary_user
from tests.voice.false_switch import HOST, FalseSwitch
from tests.voice.parties import QUIET, Desk, Hub, desk_of, until


@pytest.fixture
async def mortal(asterisk: Path, folder: Path) -> AsyncIterator[AsteriskInstance]:
    """A switch that may be killed."""
    await asyncio.to_thread(folder.chmod, 0o755)
    made = AsteriskInstance(folder / "switch", asterisk, user=ordinary_user())
    yield made
    await made.stop()


async def test_the_switch_is_killed_in_a_call_and_the_phone_can_be_called_again(
    mortal: AsteriskInstance, folder: Path
) -> None:
    hub = Hub(await mortal.start())
    await hub.open()
    async with desk_of(hub, folder, "camille") as camille:
        await hub.put_through(camille, "talk")
        lost = await camille.talks()
        await asyncio.sleep(1.2)  # Asterisk's database commits every second
        assert mortal.pid is not None
        killed_at = time.monotonic()
        os.kill(mortal.pid, signal.SIGKILL)
        await until(lambda: not mortal.is_alive, "the switch to be gone")
        await mortal.start()
        ended = await camille.reaches(lost.key, CallState.ENDED)
        assert ended.end is not None
        assert ended.end.by is EndedBy.FAILURE
        assert time.monotonic() - killed_at < 5

        await hub.is_connected(2)
        await hub.ring(camille)
        again = await camille.rings()
        assert time.monotonic() - killed_at < 10
        await camille.phone.answer(again.key)
        await camille.reaches(again.key, CallState.TALKING)
    await hub.close()


async def test_a_killed_phone_leaves_nobody_in_silence_for_long(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    leg_id = await hub.put_through(camille, "talk")
    await camille.talks()
    assert camille.phone.pid is not None
    os.kill(camille.phone.pid, signal.SIGKILL)

    def ended() -> bool:
        return any(isinstance(e, LegDestroyed) and e.leg.id == leg_id for e in hub.events)

    await until(ended, "the end of the dead phone's leg", 13)
    await camille.phone.attach()


async def test_a_phone_that_stands_still_for_two_seconds_keeps_its_call(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    leg_id = await hub.put_through(camille, "talk")
    talking = await camille.talks()
    assert camille.phone.pid is not None
    os.kill(camille.phone.pid, signal.SIGSTOP)
    await asyncio.sleep(2)
    os.kill(camille.phone.pid, signal.SIGCONT)
    before = await hub.ari.rtp_statistics(leg_id)
    await asyncio.sleep(1)
    after = await hub.ari.rtp_statistics(leg_id)
    assert before is not None
    assert after is not None
    assert after.received - before.received >= 45
    assert camille.phone.snapshot.calls[0].key == talking.key


async def test_five_seconds_without_a_single_packet(folder: Path) -> None:
    """Neither sound nor signalling comes through: the call is still there afterwards."""
    peer = FalseSwitch()
    await peer.open()
    camille = Desk("camille", PhoneProcess(folder, idle_s=10))
    await camille.phone.attach()
    await camille.phone.set_options(QUIET)
    await camille.phone.register(SipCredentials("camille", "any", HOST, peer.port))
    await until(lambda: camille.phone.snapshot.registration.state is RegistrationState.REGISTERED, "registration")
    peer.invite("five-seconds")
    ringing = await camille.rings()
    await camille.phone.answer(ringing.key)
    await peer.acknowledge("five-seconds")
    await camille.reaches(ringing.key, CallState.TALKING)
    await asyncio.sleep(0.5)

    peer.speaking = peer.listening = False
    await asyncio.sleep(5)
    peer.speaking = peer.listening = True
    await camille.hears_of(AudioHealed, 4)
    (call,) = camille.phone.snapshot.calls
    assert (call.key, call.state, call.audio_both_ways) == (ringing.key, CallState.TALKING, True)
    await camille.phone.shut_down()
    peer.close()


async def test_sixty_calls_beside_one_that_is_talked_to(hub: Hub, desk: MakeDesk) -> None:
    """Call slots are used again; an ended call must never hang up a living one (pjproject issue 3856)."""
    camille = await desk("camille")
    kept = await hub.put_through(camille, "kept")
    first = await camille.talks()
    for number in range(60):
        leg_id = await hub.ring(camille)
        ringing = await camille.rings()
        if number % 2:
            await hub.ari.hang_up(leg_id)
        else:
            await camille.phone.hang_up(ringing.key)
        await camille.reaches(ringing.key, CallState.ENDED)
    (call,) = camille.phone.snapshot.calls
    assert (call.key, call.state) == (first.key, CallState.TALKING)
    assert await hub.ari.leg(kept) is not None
    before = await hub.ari.rtp_statistics(kept)
    await asyncio.sleep(1)
    after = await hub.ari.rtp_statistics(kept)
    assert before is not None
    assert after is not None
    assert after.received - before.received >= 45
