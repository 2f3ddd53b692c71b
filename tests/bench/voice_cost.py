"""What one call costs at the desk: the phone's share of a core and its memory, beside baresip's for the same call."""

import asyncio
import os
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import baresip_engine
from app.domain.agents import AgentState
from app.domain.phone import DeviceChoice, SipCredentials
from app.switch.asterisk_switch import endpoint_of
from tests.bench.voice_world import NUMBER, PEOPLE, TELEPHONE, VoiceWorld
from tests.voice.parties import Desk
from tests.voice.sound_server import SoundServer

AGENT = PEOPLE[0]
CALLER, CALLER_VOICE = "+33639980003", 0x10
WARM_S = 2.0


async def cost_of_a_call(world: VoiceWorld, seconds: int) -> dict[str, float]:
    """One G.711 call with no echo cancellation: on our phone, then on baresip, one after the other."""
    async with world.real_phone(AGENT) as desk:
        assert desk.phone.pid is not None
        await desk.phone.set_options(replace(TELEPHONE, auto_answer_s=0.0))
        ours = await _share(world, desk.phone.pid, seconds)
        memory = _rss_mb(desk.phone.pid)
    async with _baresip(world) as pid:
        theirs = await _share(world, pid, seconds)
    print(f"  a call takes {100 * ours:.2f} % of a core here, {100 * theirs:.2f} % in baresip", flush=True)
    return {"cpu_per_call_vs_baresip": ours / theirs, "phone_rss_mb": memory}


async def cost_of_echo_cancellation(world: VoiceWorld, seconds: int) -> dict[str, float]:
    """On a headset of a real sound server: with echo cancellation, and without."""
    server = SoundServer()
    server.start()
    before = os.environ.get("PULSE_SERVER")
    os.environ["PULSE_SERVER"] = server.address
    try:
        server.add_headset("headset")
        server.speak("headset", 440)
        shares = []
        async with world.real_phone(AGENT) as desk:
            await with_headset(desk, "headset")
            assert desk.phone.pid is not None
            for cancelling in (False, True):
                await desk.phone.set_options(replace(TELEPHONE, auto_answer_s=0.0, echo_cancellation=cancelling))
                shares.append(await _share(world, desk.phone.pid, seconds))
    finally:
        server.close()
        if before is None:
            del os.environ["PULSE_SERVER"]
        else:
            os.environ["PULSE_SERVER"] = before
    return {"aec_cpu_share": shares[1] - shares[0]}


async def _share(world: VoiceWorld, pid: int, seconds: int) -> float:
    """The share of a core that a process spends while it is in a call, sound going both ways."""
    await world.become(AgentState.AVAILABLE, AGENT)
    call = world.telephones.call(NUMBER, CALLER, voice=CALLER_VOICE)
    async with asyncio.timeout(15):
        while await world.value("SELECT count(*) FROM calls WHERE phase = 'talking'") != 1:
            await asyncio.sleep(0.02)
    await asyncio.sleep(WARM_S)
    spent, began = _cpu_s(pid), time.monotonic()
    assert call.heard is not None
    call.heard.clear()
    await asyncio.sleep(seconds)
    share = (_cpu_s(pid) - spent) / (time.monotonic() - began)
    assert len(call.heard) > 40 * seconds, f"the caller heard {len(call.heard)} packets in {seconds} s"
    world.telephones.hang_up(call)
    await world.all_calls_ended()
    return share


@asynccontextmanager
async def _baresip(world: VoiceWorld) -> AsyncIterator[int]:
    """The same agent at a baresip that answers by itself, its microphone and speaker an internal bridge."""
    prefix = await asyncio.to_thread(baresip_engine.ensure, lambda sentence: print(f"  {sentence}", flush=True))
    credentials = await world.calls_of(AGENT).my_sip_credentials()
    assert credentials is not None
    with tempfile.TemporaryDirectory(prefix="guichet-baresip-") as folder:
        process = _start_baresip(prefix, Path(folder), credentials)
        try:
            async with asyncio.timeout(15):
                while not await world.ari.is_online(endpoint_of(world.vallon.agents[AGENT])):
                    assert process.poll() is None, "baresip ended at once"
                    await asyncio.sleep(0.1)
            yield process.pid
        finally:
            process.kill()
            process.wait()


def _start_baresip(prefix: Path, folder: Path, credentials: SipCredentials) -> subprocess.Popen[bytes]:
    folder.joinpath("config").write_text(
        f"module_path {baresip_engine.modules(prefix)}\nsip_listen 127.0.0.1:0\nnet_interface 127.0.0.1\n"
        "audio_player aubridge,desk\naudio_source aubridge,desk\naudio_alert aubridge,ring\n"
        "module g711.so\nmodule aubridge.so\nmodule_app account.so\nmodule_app menu.so\n"
    )
    folder.joinpath("accounts").write_text(
        f"<sip:{credentials.user}@{credentials.host}:{credentials.port}>;auth_user={credentials.user};"
        f"auth_pass={credentials.password};regint=60;answermode=auto;audio_codecs=PCMU\n"
    )
    command = [*baresip_engine.command(prefix), "-f", str(folder)]
    with folder.joinpath("log").open("wb") as output:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)


async def with_headset(desk: Desk, name: str) -> None:
    """Let a phone use the microphone and the speaker of this name, as soon as it knows them."""
    choice = DeviceChoice(name, name, name)
    async with asyncio.timeout(10):
        while (use := await desk.phone.choose_devices(choice)).microphone != name or use.speaker != name:
            await asyncio.sleep(0.05)


def _cpu_s(pid: int) -> float:
    """What a process has spent, to the nanosecond: its clock's id as clock_getcpuclockid(3) makes it on Linux."""
    return time.clock_gettime((~pid << 3) | 2)


def _rss_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))
