"""The sound side of the phone: devices opened, exchanged and lost, the ringer, levels. Owner thread only."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, Any, Final

import pjsua2

from app.domain.phone import (
    AudioDevice,
    DeviceChoice,
    DeviceLost,
    DeviceRole,
    DevicesChanged,
    DeviceUse,
    LevelsMeasured,
)
from app.phone.devices import NONE, Assignment, Listed, assign, in_role, is_shown, lost_roles
from app.phone.pulse import PulseDevices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.phone import PhoneEvent

log = logging.getLogger(__name__)

_SILENCE_DB: Final = -96.0
_ECHO_TAIL_MS: Final = 200
_ECHO_CANCELLATION: Final = 4 | 128  # PJMEDIA_ECHO_WEBRTC_AEC3 | PJMEDIA_ECHO_USE_NOISE_SUPPRESSOR
# France's cadence, in two pleasant tones: (Hz, Hz, on ms, off ms).
_RING: Final = ((587, 740, 700, 100), (494, 622, 700, 3500))
_CALL_WAITING: Final = ((440, 0, 200, 6000),)
_SAMPLE: Final = ((523, 0, 180, 40), (659, 0, 180, 40), (784, 0, 320, 200))
_TONE_VOLUME: Final = 9000


class Sound:
    """Microphone, speaker and ringer by name; what fails is replaced, silence being the last resort."""

    def __init__(self, endpoint: Any, folder: Path, emit: Callable[[PhoneEvent], None]) -> None:
        self._manager = endpoint.audDevManager()
        self._emit = emit
        self._pulse = PulseDevices(folder)
        self._listed: tuple[Listed, ...] = ()
        self._choice = DeviceChoice()
        self._open = Assignment(NONE, NONE, NONE, DeviceUse())
        self._ringer: tuple[Any, Any] | None = None
        self._watching = False

    @property
    def devices(self) -> tuple[AudioDevice, ...]:
        """What can be chosen now."""
        return tuple(item.device for item in self._listed)

    @property
    def choice(self) -> DeviceChoice:
        """What was wished."""
        return self._choice

    @property
    def use(self) -> DeviceUse:
        """What is used."""
        return self._open.use

    def start(self, changed: Callable[[], None]) -> None:
        """Take stock and use the system's own devices; `changed` is called from a thread of its own."""
        self._silence()
        self._pulse.read()
        self._listed = self._enumerate_again()
        self._apply(assign(self._listed, self._choice))
        self._pulse.listen(changed)

    def close(self) -> None:
        """Let go of every device."""
        self.stop_ringing()
        self._pulse.close()
        self._manager.setNullDev()

    def choose(self, choice: DeviceChoice) -> DeviceUse:
        """Use these from now on, in a call too."""
        self._choice = choice
        self._apply(assign(self._listed, choice))
        self._emit(DevicesChanged(self.devices, choice, self.use))
        return self.use

    def refresh(self) -> None:
        """Devices came or went: go back to the wished ones, or away from a lost one."""
        before = self._listed
        self._listed = self._enumerate_again()
        used = self.use
        self._apply(assign(self._listed, self._choice))
        self._tell_lost(used)
        if self._listed != before or used != self.use:
            self._emit(DevicesChanged(self.devices, self._choice, self.use))

    def failed(self) -> None:
        """The device in use broke: its stream is closed at once, so that the call's clock goes on."""
        used = self.use
        self._silence()
        self._listed = self._enumerate_again()
        self._apply(assign(self._listed, self._choice))
        self._tell_lost(used)
        self._emit(DevicesChanged(self.devices, self._choice, self.use))

    def connect(self, call: Any, *, muted: bool) -> None:
        """Join a call with microphone and speaker, opening the devices if they are not."""
        stream = call.getAudioMedia(-1)
        try:
            self._join(stream, muted=muted)
        except pjsua2.Error as error:
            log.warning("the sound devices %s do not open: %s", self.use, error.reason)
            self.failed()
            try:
                self._join(stream, muted=muted)
            except pjsua2.Error:
                self._silence()
                self._join(stream, muted=muted)

    def mute(self, call: Any, *, muted: bool) -> None:
        """Take the microphone off a call or give it back."""
        stream = call.getAudioMedia(-1)
        microphone = self._manager.getCaptureDevMedia()
        if muted:
            microphone.stopTransmit(stream)
        else:
            microphone.startTransmit(stream)

    def cancel_echo(self, *, cancelling: bool) -> None:
        """Switch echo cancellation and noise suppression on or off."""
        self._manager.setEcOptions(_ECHO_TAIL_MS if cancelling else 0, _ECHO_CANCELLATION)

    def ring(self, *, in_call: bool) -> None:
        """Ring on the ringer, or softly in the ear of somebody who is talking."""
        if self._ringer is None:
            self._play(_CALL_WAITING if in_call else _RING, on_ringer=not in_call, repeated=True)

    def stop_ringing(self) -> None:
        """Be quiet, and give the ringer's device back."""
        if self._ringer is None:
            return
        tones, device = self._ringer
        self._ringer = None
        tones.stop()
        if device is not None:
            device.close()

    def play_sample(self, *, on_ringer: bool) -> None:
        """Let the agent hear a device; the sound ends with `stop_ringing`."""
        self.stop_ringing()
        self._play(_SAMPLE, on_ringer=on_ringer, repeated=False)

    def watch(self, *, watching: bool) -> None:
        """Keep microphone and speaker open to measure them, or no longer."""
        microphone = self._manager.getCaptureDevMedia()
        if watching and not self._watching:
            # A port nobody listens to is not read, so the microphone is played to the speaker at level 0.
            unheard = pjsua2.AudioMediaTransmitParam()
            unheard.level = 0.0
            try:
                microphone.startTransmit2(self._manager.getPlaybackDevMedia(), unheard)
            except pjsua2.Error as error:
                log.warning("the sound devices %s do not open: %s", self.use, error.reason)
                self.failed()
                microphone.startTransmit2(self._manager.getPlaybackDevMedia(), unheard)
        elif self._watching and not watching:
            microphone.stopTransmit(self._manager.getPlaybackDevMedia())
        self._watching = watching

    def levels(self) -> LevelsMeasured:
        """How loud both are."""
        port = self._manager.getCaptureDevMedia()
        return LevelsMeasured(decibels(port.getRxLevel()), decibels(port.getTxLevel()))

    def _join(self, stream: Any, *, muted: bool) -> None:
        if not muted:
            self._manager.getCaptureDevMedia().startTransmit(stream)
        stream.startTransmit(self._manager.getPlaybackDevMedia())

    def _play(self, tones: tuple[tuple[int, int, int, int], ...], *, on_ringer: bool, repeated: bool) -> None:
        generator = pjsua2.ToneGenerator()
        generator.createToneGenerator()
        wanted = pjsua2.ToneDescVector()
        for first, second, on_ms, off_ms in tones:
            tone = pjsua2.ToneDesc()
            tone.freq1, tone.freq2, tone.on_msec, tone.off_msec = first, second, on_ms, off_ms
            tone.volume = _TONE_VOLUME
            wanted.append(tone)
        generator.play(wanted, repeated)
        device = None
        try:
            if on_ringer and self._open.ringer not in {NONE, self._open.speaker}:
                device = pjsua2.ExtraAudioDevice(self._open.ringer, NONE)
                device.open()
                generator.startTransmit(device)
            else:
                generator.startTransmit(self._manager.getPlaybackDevMedia())
        except pjsua2.Error as error:
            # A ring that cannot be heard is still seen; the call must come through.
            log.warning("the ringer %r does not open: %s", self.use.ringer, error.reason)
        self._ringer = (generator, device)

    def _apply(self, wanted: Assignment) -> None:
        if (wanted.microphone, wanted.speaker) != (self._open.microphone, self._open.speaker):
            try:
                self._open_devices(wanted)
            except pjsua2.Error as error:
                log.warning("the sound devices %s do not open: %s", wanted.use, error.reason)
                self._silence()
                return
        self._open = wanted

    def _open_devices(self, wanted: Assignment) -> None:
        if wanted.microphone == NONE and wanted.speaker == NONE:
            self._manager.setNullDev()
            return
        self._manager.setSndDevMode(pjsua2.PJSUA_SND_DEV_NO_IMMEDIATE_OPEN)
        if wanted.speaker != NONE:
            self._manager.setPlaybackDev(wanted.speaker)
        if wanted.microphone != NONE:
            self._manager.setCaptureDev(wanted.microphone)
        else:
            only = pjsua2.PJSUA_SND_DEV_SPEAKER_ONLY | pjsua2.PJSUA_SND_DEV_NO_IMMEDIATE_OPEN
            self._manager.setSndDevMode(only)

    def _silence(self) -> None:
        self._manager.setNullDev()
        self._open = Assignment(NONE, NONE, NONE, DeviceUse())

    def _tell_lost(self, before: DeviceUse) -> None:
        for role in lost_roles(before, self.use, self.devices):
            name = in_role(before, role)
            log.warning("the %s %r is gone", role, name)
            self._emit(DeviceLost(DeviceRole(role), name, in_role(self.use, role)))

    def _enumerate_again(self) -> tuple[Listed, ...]:
        self._manager.refreshDevs()
        return self._enumerate()

    def _enumerate(self) -> tuple[Listed, ...]:
        """The devices worth showing; with a sound server, its sinks and sources and nothing beside them."""
        served = {device.pcm: device.device for device in self._pulse.current}
        listed = []
        for number, info in enumerate(self._manager.enumDev2()):
            name = str(info.name)
            if served:
                if name in served:
                    listed.append(Listed(number, served[name]))
            elif is_shown(name, int(info.inputCount), int(info.outputCount)):
                device = AudioDevice(
                    name, str(info.driver), can_record=info.inputCount > 0, can_play=info.outputCount > 0
                )
                listed.append(Listed(number, device))
        return tuple(listed)


def decibels(level: int) -> float:
    """dBFS of a level that pjsua2 gives as an inverted µ-law byte (ITU-T G.711), 0 being silence."""
    code = level & 0x7F
    linear = (((code & 0x0F) << 3) + 0x84 << (code >> 4)) - 0x84
    return round(20 * math.log10(linear / 32767), 1) if linear > 0 else _SILENCE_DB
