"""How speech sounds end to end: said by a customer's telephone, heard from an agent's headset after a transfer."""

import asyncio
import importlib
import os
import shutil
import subprocess
import sys
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.domain.agents import AgentState
from app.domain.calls import Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.phone import CallState
from tests.bench.voice_cost import with_headset
from tests.bench.voice_world import NUMBER, PEOPLE, TELEPHONE, VoiceWorld
from tests.voice.hearing import TELEPHONE_RATE, Samples
from tests.voice.parties import customer_of, until
from tests.voice.sound_server import SoundServer

SENDER, TARGET = PEOPLE[0], PEOPLE[1]
PESQ = "pesq==0.0.4"
WORDS = (
    "Good morning, this is Marc Perrin from the Vallon dealership. The hydraulic pump of my tractor has been leaking "
    "since Friday, about two litres a day, and I would like somebody to come and look at it before Tuesday."
)
SAID_S = 10.0
ROOM_DB = -60
"""The noise of the quiet room around the voice: a made voice has pauses of digital silence, which wide-band PESQ, made
for recorded voices, holds against the least noise of a codec."""


async def speech_after_a_transfer(world: VoiceWorld) -> dict[str, float]:
    """PESQ (ITU-T P.862 narrow band for G.711, P.862.2 wide band for G.722) of what comes out of the headset."""
    return {
        "speech_mos_g711": await _mos(world, "PCMU", 8_000, "nb"),
        "speech_mos_g722": await _mos(world, "G722", 16_000, "wb"),
    }


async def _mos(world: VoiceWorld, codec: str, rate: int, band: str) -> float:
    file = world.folder / "speech.wav"
    said = await asyncio.to_thread(_speech, file)
    server = SoundServer()
    await asyncio.to_thread(server.start)
    before = os.environ.get("PULSE_SERVER")
    os.environ["PULSE_SERVER"] = server.address
    try:
        heard = await _through(world, server, codec, file)
    finally:
        server.close()
        if before is None:
            del os.environ["PULSE_SERVER"]
        else:
            os.environ["PULSE_SERVER"] = before
    return _pesq(_at(said, rate), _at(_said_once(said, heard), rate), rate, band)


async def _through(world: VoiceWorld, server: SoundServer, codec: str, file: Path) -> Samples:
    """Call, be answered, be moved to a second agent, speak; what her headset plays."""
    options = replace(TELEPHONE, codecs=(codec,), auto_answer_s=0.0)
    server.add_headset(TARGET.replace(".", "_"))
    address = await world.machine.switch.start()
    async with (
        world.real_phone(SENDER) as sender,
        world.real_phone(TARGET) as target,
        customer_of(address, "+33639980004", codecs=codec) as customer,
    ):
        await sender.phone.set_options(options)
        await target.phone.set_options(options)
        await with_headset(target, TARGET.replace(".", "_"))
        customer.do("silence")
        customer.do(f"call {NUMBER}")
        await until(lambda: _talks(sender), "the first agent")
        call_id = await world.value("SELECT id FROM calls WHERE phase <> 'ended'")
        await asyncio.sleep(0.5)
        await world.calls_of(SENDER).command_call(
            call_id, CommandKind.HAND_OVER, Target(TargetKind.AGENT, world.vallon.agents[TARGET])
        )
        await until(lambda: _talks(target), "the second agent", 15)
        await asyncio.sleep(1)
        hearing = asyncio.ensure_future(asyncio.to_thread(server.listen, TARGET.replace(".", "_"), SAID_S + 4))
        await asyncio.sleep(2)  # a recorder takes its time to begin: what it misses would be missed in the speech
        customer.do(f"play {file}")
        heard = await hearing
        customer.do("hang-up")
        await world.all_calls_ended()
        await world.become(AgentState.OFFLINE, SENDER, TARGET)
        return heard


def _talks(desk: object) -> bool:
    return any(call.state is CallState.TALKING for call in desk.phone.snapshot.calls)  # type: ignore[attr-defined]


def _speech(file: Path) -> Samples:
    """Ten seconds of a voice in a quiet room at 16 kHz, as samples and as a file."""
    raw = file.with_suffix(".raw.wav")
    subprocess.run(["espeak-ng", "-v", "en-gb", "-s", "150", "-w", str(raw), WORDS], check=True, capture_output=True)
    with wave.open(str(raw)) as spoken:
        rate = spoken.getframerate()
        samples = np.frombuffer(spoken.readframes(spoken.getnframes()), np.int16).astype(np.float64) / 32768
    samples = _resampled(samples, rate, TELEPHONE_RATE)[: int(SAID_S * TELEPHONE_RATE)]
    samples = np.pad(0.5 * samples / np.abs(samples).max(), (0, int(SAID_S * TELEPHONE_RATE) - len(samples)))
    samples = samples + np.random.default_rng(1).normal(0, 10 ** (ROOM_DB / 20), len(samples))
    with wave.open(str(file), "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(TELEPHONE_RATE)
        written.writeframes((samples * 32767).astype(np.int16).tobytes())
    return samples


def _said_once(said: Samples, heard: Samples) -> Samples:
    """The part of what was heard that is what was said, once: the player begins anew at its end."""
    length = 1 << (len(said) + len(heard)).bit_length()
    alike = np.fft.irfft(np.fft.rfft(heard, length) * np.conj(np.fft.rfft(said, length)), length)
    begin = int(np.argmax(alike[: len(heard) - len(said)]))
    return heard[begin : begin + len(said)]


def _at(samples: Samples, rate: int) -> Samples:
    return _resampled(samples, TELEPHONE_RATE, rate)


def _resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """Band-limited, by the spectrum: nothing above the lower of the two rates is left."""
    if rate == wanted:
        return samples
    length = round(len(samples) * wanted / rate)
    spectrum = np.fft.rfft(samples)
    cut = np.zeros(length // 2 + 1, complex)
    kept = min(len(spectrum), len(cut))
    cut[:kept] = spectrum[:kept]
    return np.asarray(np.fft.irfft(cut, length) * length / len(samples), np.float64)


def _pesq(said: Samples, heard: Samples, rate: int, band: str) -> float:
    """PESQ's own package, built into a folder of the bench: the product does not need it."""
    folder = Path("out", "bench", "pesq").absolute()
    if not (folder / "pesq").is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), PESQ], check=True
        )
    sys.path.insert(0, str(folder))
    try:
        pesq = importlib.import_module("pesq")
    finally:
        sys.path.remove(str(folder))
    return float(pesq.pesq(rate, (said * 32767).astype(np.int16), (heard * 32767).astype(np.int16), band))
