"""A customer's telephone: a SIP user agent apart, for the demonstration and the tests.

It calls in over the demo trunk under any number, plays a recording or a tone, and records what it hears.
Commands come as lines on standard input, happenings go as JSON lines to standard output:
`call NUMBER`, `answer`, `refuse CODE`, `hang-up`, `tone HZ`, `play FILE`, `silence`, `digits KEYS`, `hold`,
`resume`, `listen SECONDS FILE`, `end`.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pjsua2

from app.phone.addresses import read_caller
from app.phone.owner import OwnerThread
from app.phone.pj import PjAccount, PjCall, PjEndpoint, SipState, SoundState

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

_STATES: Final = {
    pjsua2.PJSIP_INV_STATE_CALLING: "calling",
    pjsua2.PJSIP_INV_STATE_EARLY: "ringing",
    pjsua2.PJSIP_INV_STATE_CONFIRMED: "talking",
    pjsua2.PJSIP_INV_STATE_DISCONNECTED: "ended",
}
_VOLUME: Final = 12_000
_LOOK_S: Final = 0.02


@dataclass(frozen=True, slots=True)
class CustomerSettings:
    """Who calls, and from where to where."""

    number: str
    name: str
    switch: str
    """`host:port` of the switch."""
    port: int
    """The customer's own SIP port, where the demo trunk expects him; 0: any."""
    codecs: tuple[str, ...] = ("PCMA", "PCMU", "G722", "opus")


class Customer:
    """One telephone with one call at a time."""

    def __init__(self, settings: CustomerSettings, tell: Callable[[dict[str, object]], None]) -> None:
        self._settings = settings
        self._tell = tell
        self._owner = OwnerThread(self._open, self._close)
        self._call: PjCall | None = None
        self._talking = False
        self._voice: Any = None
        self._ear: Any = None
        self._ended: list[PjCall] = []

    def start(self) -> None:
        """Be reachable."""
        self._owner.start()

    def stop(self) -> None:
        """Hang up and be gone."""
        self._owner.stop()

    def do(self, line: str) -> None:
        """Carry out one command."""
        self._owner.post(lambda: self._do(line.split()))

    # Receiver

    def post(self, job: Callable[[], None]) -> None:
        """Run `job` in the owner thread."""
        self._owner.post(job)

    def accepts(self, source: str) -> bool:
        """Anybody may call a customer."""
        log.debug("called from %s", source)
        return True

    def call_came(self, call: PjCall, invite: str) -> None:
        """Somebody calls back."""
        self._call = call
        party = read_caller(invite)
        self._tell({"state": "incoming", "number": party.number, "name": party.name})

    def sip_changed(self, call: PjCall, state: SipState) -> None:
        """Tell it; an ended call is kept until the telephone ends, so that pjsua2 never loses it first."""
        if call is not self._call:
            return
        self._talking = state.state == pjsua2.PJSIP_INV_STATE_CONFIRMED
        if name := _STATES.get(state.state):
            self._tell({"state": name, "code": state.code, "reason": state.reason})
        if name == "ended":
            self._ended.append(call)
            self._call = None

    def sound_changed(self, call: PjCall, sound: SoundState | None) -> None:
        """Speak and hear."""
        self._tell({"sound": sound.status if sound else 0})
        if call is self._call and self._voice is not None and sound and self._hears(sound):
            self._voice.startTransmit(call.getAudioMedia(-1))

    def digit_came(self, call: PjCall, digit: str) -> None:
        """A key was pressed at the other side."""
        if call is self._call:
            self._tell({"digit": digit})

    def registration_changed(self, account: PjAccount, code: int, reason: str, expires_s: int) -> None:
        """A customer does not register."""
        log.debug("%s %s %s %s", account, code, reason, expires_s)

    def sound_failed(self) -> None:
        """A customer has no sound device."""
        log.warning("a sound device failed")

    # The owner thread's life

    def _open(self) -> None:
        config = pjsua2.EpConfig()
        config.uaConfig.userAgent = "A customer"
        config.uaConfig.threadCnt = 1
        config.logConfig.level = 1
        config.logConfig.consoleLevel = 0
        config.medConfig.noVad = True
        config.medConfig.ecTailLen = 0
        self._endpoint = PjEndpoint(self)
        self._endpoint.libCreate()
        self._endpoint.libInit(config)
        self._endpoint.libStart()
        self._endpoint.audDevManager().setNullDev()
        for codec in self._endpoint.codecEnum2():
            name = str(codec.codecId)
            short = name.partition("/")[0]
            wanted = self._settings.codecs
            self._endpoint.codecSetPriority(name, 250 - wanted.index(short) if short in wanted else 0)
        transport = pjsua2.TransportConfig()
        transport.boundAddress, transport.port = "127.0.0.1", self._settings.port
        account = pjsua2.AccountConfig()
        account.sipConfig.transportId = self._endpoint.transportCreate(pjsua2.PJSIP_TRANSPORT_UDP, transport)
        shown = self._settings.name.replace('"', "")
        account.idUri = f'"{shown}" <sip:{self._settings.number}@127.0.0.1>'
        account.mediaConfig.transportConfig.port = 0
        account.mediaConfig.transportConfig.boundAddress = "127.0.0.1"
        self._account = PjAccount(self)
        self._account.create(account)

    def _close(self) -> None:
        if self._call is not None:
            self._call.hangup(pjsua2.CallOpParam(True))
        self._voice = self._ear = None
        self._account.shutdown()
        self._endpoint.libStopWorkerThreads()
        self._ended.clear()
        self._call = None
        self._endpoint.libDestroy()

    # Commands

    def _do(self, words: list[str]) -> None:
        commands: dict[str, Callable[..., None]] = {
            "call": self._dial,
            "answer": lambda: self._answer(pjsua2.PJSIP_SC_OK),
            "refuse": lambda code: self._answer(int(code)),
            "hang-up": lambda: self._live().hangup(pjsua2.CallOpParam(True)),
            "tone": lambda hertz: self._speak(_tone(int(hertz))),
            "play": lambda file: self._speak(_recording(file)),
            "silence": lambda: self._speak(None),
            "digits": lambda keys: self._live().dialDtmf(keys),
            "hold": lambda: self._live().setHold(pjsua2.CallOpParam(True)),
            "resume": self._resume,
            "listen": lambda seconds, file: self._listen(float(seconds), file),
        }
        try:
            commands[words[0]](*words[1:])
        except (KeyError, TypeError, ValueError, pjsua2.Error) as error:
            reason = error.reason if isinstance(error, pjsua2.Error) else repr(error)
            self._tell({"failed": " ".join(words), "reason": reason})

    def _dial(self, number: str) -> None:
        call = PjCall(self._account, self)
        call.makeCall(f"sip:{number}@{self._settings.switch}", pjsua2.CallOpParam(True))
        self._call = call

    def _answer(self, code: int) -> None:
        parameters = pjsua2.CallOpParam(True)
        parameters.statusCode = code
        self._live().answer(parameters)

    def _resume(self) -> None:
        parameters = pjsua2.CallOpParam(True)
        parameters.opt.flag = pjsua2.PJSUA_CALL_UNHOLD
        self._live().reinvite(parameters)

    def _speak(self, voice: Any) -> None:
        self._voice = voice
        if voice is not None and self._call is not None and self._talking:
            voice.startTransmit(self._call.getAudioMedia(-1))
        self._tell({"speaking": voice is not None})

    def _listen(self, seconds: float, file: str) -> None:
        recorder = pjsua2.AudioMediaRecorder()
        recorder.createRecorder(file)
        self._live().getAudioMedia(-1).startTransmit(recorder)
        self._ear = recorder
        self._owner.later(seconds, lambda: self._stop_listening(file))

    def _stop_listening(self, file: str) -> None:
        self._ear = None
        self._tell_when_written(file)

    def _tell_when_written(self, file: str) -> None:
        """The recorder's end is carried out by the bridge a moment later; the length is written last."""
        with Path(file).open("rb") as recording:
            written = any(recording.read(8)[4:])
        if written:
            self._tell({"heard": file})
        else:
            self._owner.later(_LOOK_S, lambda: self._tell_when_written(file))

    def _live(self) -> PjCall:
        if self._call is None:
            raise ValueError("there is no call")
        return self._call

    @staticmethod
    def _hears(sound: SoundState) -> bool:
        return sound.status in {pjsua2.PJSUA_CALL_MEDIA_ACTIVE, pjsua2.PJSUA_CALL_MEDIA_REMOTE_HOLD}


def _tone(hertz: int) -> Any:
    generator = pjsua2.ToneGenerator()
    generator.createToneGenerator()
    tones = pjsua2.ToneDescVector()
    tone = pjsua2.ToneDesc()
    tone.freq1, tone.on_msec, tone.off_msec, tone.volume = hertz, 1000, 0, _VOLUME
    tones.append(tone)
    generator.play(tones, True)
    return generator


def _recording(file: str) -> Any:
    player = pjsua2.AudioMediaPlayer()
    player.createPlayer(file)
    return player


def main(arguments: list[str] | None = None) -> int:
    """Be a customer's telephone until standard input ends or says `end`."""
    parser = argparse.ArgumentParser(prog="python -m app.phone.customer", description=main.__doc__)
    parser.add_argument("--switch", required=True, help="host:port of the switch")
    parser.add_argument("--number", required=True, help="the caller's number, +33…")
    parser.add_argument("--name", default="")
    parser.add_argument("--port", type=int, default=0, help="own SIP port, where the demo trunk calls back")
    parser.add_argument("--codecs", default="PCMA,PCMU,G722,opus")
    chosen = parser.parse_args(arguments)
    settings = CustomerSettings(chosen.number, chosen.name, chosen.switch, chosen.port, tuple(chosen.codecs.split(",")))
    customer = Customer(settings, lambda event: print(json.dumps(event), flush=True))
    customer.start()
    print(json.dumps({"state": "ready"}), flush=True)
    try:
        for line in sys.stdin:
            if line.strip() == "end":
                break
            if line.strip():
                customer.do(line)
    finally:
        customer.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
