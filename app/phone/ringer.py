"""The sounds the phone makes itself: its ring, the tap on the shoulder in a call, a sample to try a device."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final

import pjsua2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tone:
    """One or two frequencies together (Hz), sounding and then pausing (ms)."""

    first: int
    second: int
    on_ms: int
    off_ms: int


# France's cadence (1.5 s in 5 s), in two pleasant tones.
RING: Final = (Tone(587, 740, 700, 100), Tone(494, 622, 700, 3500))
CALL_WAITING: Final = (Tone(440, 0, 200, 6000),)
SAMPLE: Final = (Tone(523, 0, 180, 40), Tone(659, 0, 180, 40), Tone(784, 0, 320, 200))
_VOLUME: Final = 9000


class Ringer:
    """Plays one sound at a time on a device of its own, or on the speaker. Owner thread only."""

    def __init__(self, speaker: Any) -> None:
        self._speaker = speaker
        self._playing: tuple[Any, Any] | None = None

    @property
    def is_playing(self) -> bool:
        """Whether something sounds."""
        return self._playing is not None

    def play(self, tones: tuple[Tone, ...], *, device: int | None, repeated: bool) -> None:
        """Play on the device of that number, or on the speaker (None), until `stop`."""
        self.stop()
        generator = pjsua2.ToneGenerator()
        generator.createToneGenerator()
        generator.play(_vector(tones), repeated)
        extra = None
        try:
            if device is None:
                generator.startTransmit(self._speaker())
            else:
                extra = pjsua2.ExtraAudioDevice(device, -1)
                extra.open()
                generator.startTransmit(extra)
        except pjsua2.Error as error:
            # A ring that cannot be heard is still seen; the call must come through.
            log.warning("the ringer does not open: %s", error.reason)
        self._playing = (generator, extra)

    def stop(self) -> None:
        """Be quiet, and give the device back."""
        if self._playing is None:
            return
        generator, extra = self._playing
        self._playing = None
        generator.stop()
        if extra is not None:
            extra.close()


def _vector(tones: tuple[Tone, ...]) -> Any:
    vector = pjsua2.ToneDescVector()
    for tone in tones:
        described = pjsua2.ToneDesc()
        described.freq1, described.freq2 = tone.first, tone.second
        described.on_msec, described.off_msec = tone.on_ms, tone.off_ms
        described.volume = _VOLUME
        vector.append(described)
    return vector
