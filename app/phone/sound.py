"""The sound side of the phone: devices opened, exchanged and lost, and how loud they are. Owner thread only."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, Any, Final

import pjsua2

from app.domain.phone import AudioDevice, DeviceChoice, DeviceRole, DeviceUse
from app.domain.phone_events import DeviceLost, DevicesChanged, LevelsMeasured
from app.phone.devices import NONE, Assignment, Listed, assign, in_role, is_shown, lost_roles
from app.phone.ringer import CALL_WAITING, RING, SAMPLE, Ringer

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.phone_events import PhoneEvent
    from app.phone.pulse import PulseDevices

log = logging.getLogger(__name__)

_SILENCE_DB: Final = -96.0
_ECHO_TAIL_MS: Final = 200
_ECHO_CANCELLATION: Final = 4 | 128  # PJMEDIA_ECHO_WEBRTC_AEC3 | PJMEDIA_ECHO_USE_NOISE_SUPPRESSOR
_SILENT: Final = Assignment(NONE, NONE, NONE, DeviceUse())


class Sound:
    """Microphone, speaker and ringer by name; what fails is replaced, silence being the last resort.

    Devices are open only while a call, a level meter or a sample needs them.
    """

    def __init__(
        self, endpoint: Any, pulse: PulseDevices, emit: Callable[[PhoneEvent], None], in_call: Callable[[], bool]
    ) -> None:
        self._manager = endpoint.audDevManager()
        self._emit = emit
        self._in_call = in_call
        self._pulse = pulse
        self._ringer = Ringer(self._speaker)
        self._listed: tuple[Listed, ...] = ()
        self._choice = DeviceChoice()
        self._set = _SILENT
        self._broken = False
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
        return self._set.use

    def start(self, changed: Callable[[], None]) -> None:
        """Take stock and use the system's own devices; `changed` is called from a thread of its own."""
        self._take_stock()
        self._apply(assign(self._listed, self._choice))
        self._pulse.listen(changed)

    def close(self) -> None:
        """Let go of every device."""
        self._ringer.stop()
        self._pulse.close()
        self._manager.setNoDev()

    def choose(self, choice: DeviceChoice) -> DeviceUse:
        """Use these from now on, in a call too."""
        self._choice = choice
        self._apply(assign(self._listed, choice))
        self._tell_devices()
        return self.use

    def refresh(self) -> None:
        """Devices came or went: go back to the wished ones, or away from a lost one."""
        before, used = self.devices, self.use
        self._take_stock()
        self._apply(assign(self._listed, self._choice))
        self._tell_lost(used, lost_roles(used, self.use, self.devices))
        if before != self.devices or used != self.use:
            self._tell_devices()

    def failed(self) -> None:
        """A device in use broke: close it at once, so that the call's clock goes on, and try what is left."""
        used = self.use
        self._silence()
        self._take_stock()
        self._apply(assign(self._listed, self._choice))
        changed = (role for role in DeviceRole if in_role(used, role) != in_role(self.use, role))
        self._tell_lost(used, tuple(role for role in changed if in_role(used, role)))
        self._tell_devices()

    def prepare(self) -> None:
        """Open the devices before a call is made: pjsua2 would, and refuse the call when they do not open."""
        self._when_open(lambda: None)

    def connect(self, call: Any, *, muted: bool) -> None:
        """Join a call with microphone and speaker, opening the devices if they are not."""
        stream = call.getAudioMedia(-1)
        self._when_open(lambda: self._join(stream, muted=muted))

    def mute(self, call: Any, *, muted: bool) -> None:
        """Take the microphone off a call or give it back."""
        stream = call.getAudioMedia(-1)
        microphone = self._manager.getCaptureDevMedia()
        if muted:
            microphone.stopTransmit(stream)
        else:
            microphone.startTransmit(stream)

    def part(self, call: Any) -> None:
        """Take a call off microphone and speaker."""
        stream = call.getAudioMedia(-1)
        self._manager.getCaptureDevMedia().stopTransmit(stream)
        stream.stopTransmit(self._manager.getPlaybackDevMedia())

    def cancel_echo(self, *, cancelling: bool) -> None:
        """Switch echo cancellation and noise suppression on or off."""
        self._manager.setEcOptions(_ECHO_TAIL_MS if cancelling else 0, _ECHO_CANCELLATION)

    def ring(self, *, in_call: bool) -> None:
        """Ring on the ringer, or softly in the ear of somebody who is talking."""
        if not self._ringer.is_playing:
            device = None if in_call else self._ringer_device()
            self._ringer.play(CALL_WAITING if in_call else RING, device=device, repeated=True)

    def stop_ringing(self) -> None:
        """Be quiet."""
        self._ringer.stop()

    def play_sample(self, *, on_ringer: bool) -> None:
        """Let the agent hear a device; `stop_ringing` gives it back."""
        self._ringer.play(SAMPLE, device=self._ringer_device() if on_ringer else None, repeated=False)

    def watch(self, *, watching: bool) -> None:
        """Keep microphone and speaker open to measure them, or no longer."""
        if watching and not self._watching:
            self._when_open(self._listen_to_microphone)
        elif self._watching and not watching:
            self._manager.getCaptureDevMedia().stopTransmit(self._manager.getPlaybackDevMedia())
        self._watching = watching

    def levels(self) -> LevelsMeasured:
        """How loud both are."""
        port = self._manager.getCaptureDevMedia()
        # pjsua2 names them from the bridge's side: what is transmitted comes from the microphone.
        return LevelsMeasured(decibels(port.getTxLevel()), decibels(port.getRxLevel()))

    def _join(self, stream: Any, *, muted: bool) -> None:
        if not muted:
            self._manager.getCaptureDevMedia().startTransmit(stream)
        stream.startTransmit(self._manager.getPlaybackDevMedia())

    def _listen_to_microphone(self) -> None:
        # A port nobody listens to is not read, so the microphone is played to the speaker at level 0.
        unheard = pjsua2.AudioMediaTransmitParam()
        unheard.level = 0.0
        self._manager.getCaptureDevMedia().startTransmit2(self._manager.getPlaybackDevMedia(), unheard)

    def _speaker(self) -> Any:
        self._get_ready()
        return self._manager.getPlaybackDevMedia()

    def _ringer_device(self) -> int | None:
        return None if self._set.ringer in {NONE, self._set.speaker} else self._set.ringer

    def _when_open(self, connect: Callable[[], None]) -> None:
        """Do what opens the devices; when they do not open, do it with what is left, silence at the worst."""
        try:
            self._get_ready()
            connect()
        except pjsua2.Error as error:
            log.warning("the sound devices %s do not open: %s", self.use, error.reason)
            self.failed()
            try:
                connect()
            except pjsua2.Error:
                self._silence()
                connect()

    def _get_ready(self) -> None:
        """Before devices are opened: their numbers may have moved since, and broken ones deserve a chance."""
        if self._broken or not self._are_needed():
            self._set_devices(assign(self._listed, self._choice), opening=True)

    def _apply(self, wanted: Assignment) -> None:
        """Use these; an open device is opened again only when it is another one, since that is heard."""
        same = (wanted.use.microphone, wanted.use.speaker) == (self.use.microphone, self.use.speaker)
        if same and not self._broken and self._are_needed():
            self._set = wanted
            return
        try:
            self._set_devices(wanted)
        except pjsua2.Error as error:
            log.warning("the sound devices %s do not open: %s", wanted.use, error.reason)
            self._silence()

    def _set_devices(self, wanted: Assignment, *, opening: bool = False) -> None:
        """Exchange the devices, and open them at once only where they are needed.

        pjsua2 sets them one by one and would open each pair on the way; without any device it does not.
        """
        opening = opening or self._are_needed()
        self._manager.setNoDev()
        if wanted.microphone == NONE and wanted.speaker == NONE:
            if opening:
                self._manager.setNullDev()
        else:
            if wanted.speaker != NONE:
                self._manager.setPlaybackDev(wanted.speaker)
            if wanted.microphone != NONE:
                self._manager.setCaptureDev(wanted.microphone)
            mode = pjsua2.PJSUA_SND_DEV_SPEAKER_ONLY if wanted.microphone == NONE else 0
            idle = 0 if opening else pjsua2.PJSUA_SND_DEV_NO_IMMEDIATE_OPEN
            self._manager.setSndDevMode(mode | idle)
        self._set = wanted
        self._broken = False

    def _are_needed(self) -> bool:
        return self._watching or self._in_call() or bool(self._manager.sndIsActive())

    def _silence(self) -> None:
        self._manager.setNullDev()
        self._set = _SILENT
        self._broken = True

    def _tell_devices(self) -> None:
        self._emit(DevicesChanged(self.devices, self._choice, self.use))

    def _tell_lost(self, before: DeviceUse, roles: tuple[DeviceRole, ...]) -> None:
        for role in roles:
            name = in_role(before, role)
            log.warning("the %s %r is gone", role, name)
            self._emit(DeviceLost(role, name, in_role(self.use, role)))

    def _take_stock(self) -> None:
        """List the devices worth showing; with a sound server, its own in its order and nothing beside them."""
        self._manager.refreshDevs()
        found = {str(info.name): (number, info) for number, info in enumerate(self._manager.enumDev2())}
        if served := self._pulse.current:
            self._listed = tuple(Listed(found[one.pcm][0], one.device) for one in served if one.pcm in found)
            return
        self._listed = tuple(
            Listed(number, AudioDevice(name, str(info.driver), info.inputCount > 0, info.outputCount > 0))
            for name, (number, info) in found.items()
            if is_shown(name, info.inputCount, info.outputCount)
        )


def decibels(level: int) -> float:
    """dBFS of a level as pjsua2 gives it: an inverted µ-law byte (ITU-T G.711) as a percentage of 255."""
    code = min(0x7F, math.ceil(level * 255 / 100))
    linear = (((code & 0x0F) << 3) + 0x84 << (code >> 4)) - 0x84
    return round(20 * math.log10(linear / 32767), 1) if linear > 0 else _SILENCE_DB
