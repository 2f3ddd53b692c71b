"""Speech: sentences made into sound files for the switch, spoken by espeak-ng and kept by their words.

Without a voice the few sentences that Asterisk's own sounds have are played, and a tone for the rest.
"""

from __future__ import annotations

import array
import asyncio
import hashlib
import io
import logging
import shutil
import tomllib
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.prompts import Prompt
    from app.services.switch import OwnPrompt

log = logging.getLogger(__name__)

SENTENCES: Final = Path(__file__).parents[2] / "resources" / "prompts"
RATE: Final = 16_000
_VOICES: Final = {"fr": "fr-fr", "en": "en-gb"}
_SOUNDS: Final = {"voicemail": "sound:vm-intro", "next": "sound:queue-youarenext"}
_SPEAK_S: Final = 5.0


class Speech:
    """The sounds of one switch in `folder`, which the switch's user can read; without a folder Asterisk's own."""

    def __init__(self, folder: Path | None, program: str | None = None) -> None:
        self._folder = folder
        self._program = shutil.which("espeak-ng") if program is None else program
        self._sentences = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in SENTENCES.glob("*.toml")}

    async def media(self, prompt: Prompt, language: str, own: OwnPrompt | None = None) -> str:
        """What ARI plays for a prompt: a file of ours, or a sound of Asterisk's."""
        if self._folder is None:
            return _SOUNDS.get(prompt.key, "sound:beep")
        if own is not None and own.sound is not None:
            sound = own.sound
            return await asyncio.to_thread(
                _keep, hashlib.sha256(sound).hexdigest(), lambda: _samples(sound), self._folder
            )
        words = self.words(prompt, language) if own is None else own.words
        spoken = await self._speak(words, own.language if own is not None else language, self._folder)
        return spoken or _SOUNDS.get(prompt.key, "sound:beep")

    def words(self, prompt: Prompt, language: str) -> str:
        """A prompt's sentence with its values."""
        if prompt.words:
            return prompt.words
        sentences = self._sentences.get(language) or self._sentences["en"]
        return str(sentences[prompt.key]).format(**dict(prompt.values))

    async def _speak(self, words: str, language: str, folder: Path) -> str | None:
        voice = _VOICES.get(language, "en-gb")
        name = hashlib.sha256(f"{voice}\n{words}".encode()).hexdigest()
        if (folder / f"{name}.sln16").exists():
            return f"sound:{folder / name}"
        if not self._program or not words.strip():
            return None
        try:
            async with asyncio.timeout(_SPEAK_S):
                speaking = await asyncio.create_subprocess_exec(
                    self._program, "-v", voice, "-s", "150", "--stdin", "--stdout",
                    stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
                )  # fmt: skip
                said, _ = await speaking.communicate(words.encode())
            # Some tens of milliseconds of arithmetic: the calls' loop does not wait for them.
            return await asyncio.to_thread(_keep, name, lambda: _samples(said), folder)
        except (OSError, TimeoutError, wave.Error, EOFError):
            log.exception("a sentence could not be spoken")
            return None


def _keep(name: str, make: Callable[[], bytes], folder: Path) -> str:
    file = folder / f"{name}.sln16"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        fresh = file.with_suffix(".new")
        fresh.write_bytes(make())
        fresh.chmod(0o644)
        fresh.replace(file)
    return f"sound:{folder / name}"


def _samples(recording: bytes) -> bytes:
    """A WAV file (16 bit) as raw samples of one channel at RATE."""
    with wave.open(io.BytesIO(recording)) as wav:
        if wav.getsampwidth() != 2:
            raise wave.Error("16 bit samples are needed")
        channels, rate = wav.getnchannels(), wav.getframerate()
        # A voice that writes to a pipe does not know its length beforehand: read what is there.
        raw = recording[44:] if wav.getnframes() * 2 * channels > len(recording) else wav.readframes(wav.getnframes())
    samples = array.array("h", raw[: len(raw) // (2 * channels) * 2 * channels])[::channels]
    if rate == RATE or not samples:
        return samples.tobytes()
    length = len(samples) * RATE // rate
    last = len(samples) - 1
    made = array.array("h", bytes(2 * length))
    for n in range(length):
        at = n * rate / RATE
        left = min(int(at), last)
        right = min(left + 1, last)
        made[n] = round(samples[left] + (samples[right] - samples[left]) * (at - left))
    return made.tobytes()
