"""Headsets that come, go and break, in the middle of a call."""

import asyncio
import time

from app.domain.phone import DeviceChoice, DeviceRole, PhoneOptions
from app.domain.phone_events import AudioOneWay, DeviceLost, DevicesChanged, LevelsMeasured
from tests.voice.conftest import MakeCustomer, MakeDesk
from tests.voice.hearing import TELEPHONE_RATE, heard, strength
from tests.voice.parties import Desk, Hub, until
from tests.voice.sound_server import SoundServer

HOME, OFFICE = 650, 900


async def talk(hub: Hub, desk: Desk) -> str:
    """Put a desk into a call whose other end echoes."""
    leg_id = await hub.ring(desk)
    ringing = await desk.rings()
    await desk.phone.answer(ringing.key)
    await hub.leg("ours", leg_id)
    await hub.ari.leave_to_dialplan(leg_id, "guichet-agent", "echo")
    await desk.talks()
    return leg_id


async def plugged(desk: Desk, *names: str) -> None:
    def all_there() -> bool:
        devices = desk.phone.snapshot.devices
        return all({(True, False), (False, True)} <= {
            (d.can_record, d.can_play) for d in devices if d.name == name} for name in names)  # fmt: skip

    await until(all_there, f"{names} to be shown")


async def hears(server: SoundServer, name: str, tones: tuple[int, ...] = (HOME, OFFICE)) -> set[int]:
    samples = await asyncio.to_thread(server.listen, name, 0.7)
    return heard(samples[len(samples) // 4 :], TELEPHONE_RATE, tones)


async def comes_to(server: SoundServer, name: str, expected: set[int]) -> None:
    deadline = time.monotonic() + 5
    while (found := await hears(server, name)) != expected:
        assert time.monotonic() < deadline, f"{name} plays {found}, not {expected}"


async def test_another_headset_in_the_middle_of_a_call(hub: Hub, desk: MakeDesk, sound_server: SoundServer) -> None:
    for name, tone in (("home", HOME), ("office", OFFICE)):
        sound_server.add_headset(name)
        sound_server.speak(name, tone)
    camille = await desk("camille")
    await plugged(camille, "home", "office")
    use = await camille.phone.choose_devices(DeviceChoice("home", "home", "home"))
    assert (use.microphone, use.speaker, use.ringer) == ("home", "home", "home")
    leg_id = await talk(hub, camille)
    await comes_to(sound_server, "home", {HOME})

    before = await hub.ari.rtp_statistics(leg_id)
    began = time.monotonic()
    use = await camille.phone.choose_devices(DeviceChoice("office", "office", "home"))
    swapped_s = time.monotonic() - began
    assert (use.microphone, use.speaker, use.ringer) == ("office", "office", "home")
    await comes_to(sound_server, "office", {OFFICE})
    assert await hears(sound_server, "home") == set()
    after = await hub.ari.rtp_statistics(leg_id)
    assert before is not None
    assert after is not None
    expected = 50 * (time.monotonic() - began)
    assert after.received - before.received >= expected * 0.85, f"{swapped_s=}"
    assert not camille.told(AudioOneWay)


async def test_a_pulled_headset_is_replaced_told_and_taken_back(
    hub: Hub, desk: MakeDesk, sound_server: SoundServer
) -> None:
    for name, tone in (("home", HOME), ("office", OFFICE)):
        sound_server.add_headset(name)
        sound_server.speak(name, tone)
    sound_server.prefer("home")
    camille = await desk("camille")
    await plugged(camille, "home", "office")
    assert camille.phone.snapshot.use.speaker == "home", "the system's own choice when the agent has none"
    await camille.phone.choose_devices(DeviceChoice("office", "office", "office"))
    leg_id = await talk(hub, camille)
    await comes_to(sound_server, "office", {OFFICE})

    sound_server.remove_headset("office")
    await until(lambda: len(camille.told(DeviceLost)) >= 3, "three lost roles")
    lost = {event.role: (event.name, event.replaced_by) for event in camille.told(DeviceLost)}
    assert lost[DeviceRole.MICROPHONE][0] == "office"
    assert lost[DeviceRole.SPEAKER][0] == "office"
    await comes_to(sound_server, "home", {HOME})
    assert await hub.ari.leg(leg_id) is not None, "the call goes on"

    sound_server.add_headset("office")
    sound_server.speak("office", OFFICE)
    await until(lambda: camille.phone.snapshot.use.speaker == "office", "the wished headset to be used again")
    await comes_to(sound_server, "office", {OFFICE})


async def test_the_sound_server_is_killed_in_a_call(hub: Hub, desk: MakeDesk, sound_server: SoundServer) -> None:
    sound_server.add_headset("home")
    sound_server.speak("home", HOME)
    camille = await desk("camille")
    await plugged(camille, "home")
    await camille.phone.choose_devices(DeviceChoice("home", "home", "home"))
    leg_id = await talk(hub, camille)
    await comes_to(sound_server, "home", {HOME})

    sound_server.kill()
    await until(lambda: camille.phone.snapshot.use.speaker == "", "silence instead of the headset")
    assert {event.role for event in camille.told(DeviceLost)} >= {DeviceRole.MICROPHONE, DeviceRole.SPEAKER}
    before = await hub.ari.rtp_statistics(leg_id)
    await asyncio.sleep(2)
    after = await hub.ari.rtp_statistics(leg_id)
    assert before is not None
    assert after is not None
    assert after.received - before.received >= 95, "the call goes on in silence"

    sound_server.start()
    sound_server.add_headset("home")
    sound_server.speak("home", HOME)
    await until(lambda: camille.phone.snapshot.use.speaker == "home", "the headset to be used again", 10)
    await comes_to(sound_server, "home", {HOME})


async def test_it_rings_on_the_ringer_alone_and_levels_are_shown(
    hub: Hub, desk: MakeDesk, customer: MakeCustomer, sound_server: SoundServer
) -> None:
    for name in ("home", "office"):
        sound_server.add_headset(name)
    sound_server.speak("home", HOME)
    camille = await desk("camille", options=PhoneOptions(echo_cancellation=False, ring=True))
    await plugged(camille, "home", "office")
    await camille.phone.choose_devices(DeviceChoice("home", "home", "office"))

    await hub.ring(camille)
    ringing = await camille.rings()
    loudest = 0.0
    for _ in range(6):
        samples = await asyncio.to_thread(sound_server.listen, "office", 0.5)
        loudest = max(loudest, strength(samples, TELEPHONE_RATE, 587))
    assert loudest > 0.2, "rings on the ringer"
    samples = await asyncio.to_thread(sound_server.listen, "home", 0.5)
    assert strength(samples, TELEPHONE_RATE, 587) == 0, "and not in the ear"
    await camille.phone.hang_up(ringing.key)

    await camille.phone.watch_levels(watching=True)
    await until(lambda: [e for e in camille.told(LevelsMeasured) if -25 < e.microphone_db < -5], "a voice's level")
    await camille.phone.watch_levels(watching=False)
    await asyncio.sleep(0.3)
    count = len(camille.told(LevelsMeasured))
    await asyncio.sleep(0.4)
    assert len(camille.told(LevelsMeasured)) == count
    assert camille.told(DevicesChanged)
