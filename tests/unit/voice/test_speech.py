"""Sentences for callers: the same ones in each language, spoken once and kept by their words."""

import io
import re
import shutil
import tomllib
import wave
from pathlib import Path

import pytest

from app.domain import prompts
from app.domain.prompts import Prompt, place_and_wait
from app.services.switch import OwnPrompt
from app.switch.speech import RATE, SENTENCES, Speech

LANGUAGES = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in SENTENCES.glob("*.toml")}


def test_every_language_has_every_sentence_with_the_same_values() -> None:
    assert set(LANGUAGES) == {"en", "fr"}
    for key, sentence in LANGUAGES["en"].items():
        assert re.findall(r"\{(\w+)\}", sentence) == re.findall(r"\{(\w+)\}", LANGUAGES["fr"][key]), key
    assert set(LANGUAGES["en"]) == set(LANGUAGES["fr"])
    shipped = {value.key for value in vars(prompts).values() if isinstance(value, Prompt)}
    told = {prompt.key for place in (1, 2) for wait in (30, 300) for prompt in place_and_wait(place, wait)}
    assert shipped | told == set(LANGUAGES["en"]), "no sentence that nobody says, none that is missing"


async def test_without_a_voice_what_asterisk_has_is_played_and_a_tone_else(tmp_path: Path) -> None:
    mute = Speech(tmp_path, program="")
    assert await mute.media(Prompt("voicemail"), "fr") == "sound:vm-intro"
    assert await mute.media(Prompt("closed"), "fr") == "sound:beep"
    assert await Speech(tmp_path, "/no/such/program").media(Prompt("closed"), "fr") == "sound:beep"


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="no voice on this machine: espeak-ng")
async def test_a_sentence_is_spoken_once_and_kept(tmp_path: Path) -> None:
    speech = Speech(tmp_path)
    media = await speech.media(Prompt("position", (("place", "3"),)), "fr")
    assert 1.5 < _samples(media) / RATE < 8
    assert await speech.media(Prompt("position", (("place", "3"),)), "fr") == media
    assert await speech.media(Prompt("position", (("place", "4"),)), "fr") != media
    own = OwnPrompt("Bonjour", "fr", _wav(8000))
    kept = await speech.media(Prompt(words="x"), "fr", own)
    assert _samples(kept) == RATE, "one second, brought to the switch's rate"


def _samples(media: str) -> int:
    return Path(f"{media.removeprefix('sound:')}.sln16").stat().st_size // 2


def _wav(rate: int) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(bytes(2 * rate))
    return made.getvalue()
