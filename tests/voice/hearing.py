"""Telling whether a tone is in a recording."""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]
TELEPHONE_RATE = 16_000
AUDIBLE = 0.003
"""Root mean square of a full scale of 1 from which on a sound is one: about -50 dBFS."""


def read_wav(file: Path) -> tuple[Samples, int]:
    with wave.open(str(file)) as recording:
        raw = recording.readframes(recording.getnframes())
        return np.frombuffer(raw, np.int16).astype(np.float64) / 32768, recording.getframerate()


def loudness(samples: Samples) -> float:
    """Root mean square, 0 to 1."""
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0


def strength(samples: Samples, rate: int, hertz: float) -> float:
    """How much of the sound's energy lies within 15 Hz of a tone, 0 to 1; silence counts as 0."""
    if loudness(samples) < AUDIBLE:
        return 0.0
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    frequencies = np.fft.rfftfreq(len(samples), 1 / rate)
    near = np.abs(frequencies - hertz) <= 15
    return float(spectrum[near].sum() / spectrum.sum())


def heard(samples: Samples, rate: int, tones: tuple[int, ...]) -> set[int]:
    """Which of the tones are in the sound."""
    return {hertz for hertz in tones if strength(samples, rate, hertz) > 0.1}
