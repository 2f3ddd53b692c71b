"""The SIP engine: pjsua2 behind commands and events, everything in its owner thread."""

from __future__ import annotations

import logging
import secrets
import socket
import time
from concurrent.futures import Future
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any, Final

import pjsua2

from app.domain.phone import (
    PhoneOptions,
    PhoneRefusedError,
    PhoneSnapshot,
    Refusal,
    Registration,
    RegistrationState,
)
from app.domain.phone_events import PhoneEvent, RegistrationChanged
from app.phone import messages as say
from app.phone.account import Transports, account_config, server_uri
from app.phone.addresses import dialled_user
from app.phone.attention import Attention
from app.phone.calls import Calls
from app.phone.check import AudioChecker
from app.phone.network import NetworkWatch
from app.phone.owner import OwnerThread
from app.phone.pj import PjAccount, PjCall, PjEndpoint, SipState, SoundState
from app.phone.pulse import PulseDevices
from app.phone.sound import Sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.domain.phone import SipCredentials

log = logging.getLogger(__name__)

_LEVEL_EVERY_S: Final = 0.1
_SAMPLE_S: Final = 1.0
_NETWORK_EVERY_S: Final = 1.0
_LOG_LEVEL: Final = 2
_GOODBYE_S: Final = 0.5
_MOST_CALLS: Final = 16
_TOO_MANY: Final = 70010  # PJ_ETOOMANY


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command; a value, since an exception's traceback would keep calls alive elsewhere."""

    result: say.Result = None
    refusal: Refusal | None = None
    sentence: str = ""


class PhoneEngine:
    """pjsua2 and its owner thread; `emit` is called in that thread with every event."""

    def __init__(self, folder: Path, emit: Callable[[PhoneEvent], None]) -> None:
        self._folder = folder
        self._emit = emit
        self._owner = OwnerThread(self._open, self._close)
        self._options = PhoneOptions()
        self._registration = Registration()
        self._credentials: SipCredentials | None = None
        self._switch_addresses: frozenset[str] = frozenset()
        self._switch_host = ""
        self._account: PjAccount | None = None
        self._watching = False
        self._run = secrets.token_hex(4)

    def start(self) -> None:
        """Open the library and the sound; raises when either is unusable."""
        self._owner.start()

    def stop(self) -> None:
        """End calls and registration, give everything back in the right order."""
        self._owner.stop()

    def submit(self, command: say.Command) -> Future[Outcome]:
        """Carry out a command in the owner thread; from any thread."""
        future: Future[Outcome] = Future()
        self._owner.post(lambda: self._carry_out(command, future))
        return future

    def ask_snapshot(self, receive: Callable[[PhoneSnapshot], None]) -> None:
        """Call `receive` in the owner thread, between two events, with all the phone is doing."""
        self._owner.post(lambda: receive(self._snapshot()))

    # Receiver: what callbacks posted

    def post(self, job: Callable[[], None]) -> None:
        """Run `job` in the owner thread."""
        self._owner.post(job)

    def accepts(self, source: str) -> bool:
        """Whether an INVITE from this address may ring: it must be the switch we are registered with."""
        return source in self._switch_addresses

    def call_came(self, call: PjCall, invite: str) -> None:
        """See `Calls.came`."""
        self._calls.came(call, invite)

    def sip_changed(self, call: PjCall, state: SipState) -> None:
        """See `Calls.sip_changed`."""
        self._calls.sip_changed(call, state)

    def sound_changed(self, call: PjCall, sound: SoundState | None) -> None:
        """See `Calls.sound_changed`."""
        self._calls.sound_changed(call, sound)

    def digit_came(self, call: PjCall, digit: str) -> None:
        """See `Calls.digit_came`."""
        self._calls.digit_came(call, digit)

    def sound_failed(self) -> None:
        """A device stopped working."""
        self._sound.failed()

    def registration_changed(self, account: PjAccount, code: int, reason: str, expires_s: int) -> None:
        """The registrar's answer becomes our standing."""
        if account is not self._account or self._credentials is None:
            return
        state = RegistrationState.FAILED
        if code // 100 == 2:
            state = RegistrationState.REGISTERED if expires_s else RegistrationState.OFF
        if state is self._registration.state is RegistrationState.REGISTERED:
            self._look_for_stun(self._credentials)  # with each renewal: one that was away may be back
        self._register_as(Registration(state, f"sip:{self._credentials.user}@{self._credentials.host}", code, reason))

    # The owner thread's life

    def _open(self) -> None:
        pulse = PulseDevices(self._folder)
        pulse.read()  # before pjsua2 looks: ALSA is told which devices there are
        config = pjsua2.EpConfig()
        config.uaConfig.userAgent = "Guichet phone"
        config.uaConfig.threadCnt = 1
        config.uaConfig.maxCalls = _MOST_CALLS
        config.logConfig.level = _LOG_LEVEL
        config.logConfig.consoleLevel = _LOG_LEVEL  # standard output is the phone's log
        config.medConfig.clockRate = 16_000
        # pjsua's 3 and 4 are the resampler with the small filter: half the cost of a narrow-band call, and the filter's
        # edge lies where no codec of ours has anything.
        config.medConfig.quality = 4
        config.medConfig.noVad = True
        config.medConfig.ecTailLen = 0
        self._endpoint = PjEndpoint(self)
        self._endpoint.libCreate()
        self._endpoint.libInit(config)
        self._endpoint.libStart()
        self._transports = Transports(self._endpoint)
        self._sound = Sound(self._endpoint, pulse, self._emit, self._is_heard)
        self._calls = Calls(
            self._owner,
            self,
            self._sound,
            self._emit,
            auto_answer_s=lambda: self._options.auto_answer_s,
            rings=lambda: self._options.ring,
        )
        self._sound.start(changed=lambda: self.post(self._sound.refresh))
        self._attention = Attention(self._owner, self._calls)
        self._checker = AudioChecker(self._owner, self._calls, self._sound)
        self._network = NetworkWatch()
        self._apply_options()
        self._owner.later(_NETWORK_EVERY_S, self._watch_network)

    def _close(self) -> None:
        """Calls first, then the account, then devices, then the library: any other order aborts."""
        self._switch_addresses = frozenset()
        self._calls.end_all()
        if self._account is not None and self._account.getInfo().regIsConfigured:
            self._account.setRegistration(False)
        self._wait_for_goodbyes()
        if self._account is not None:
            self._account.shutdown()
        self._sound.close()
        self._endpoint.libStopWorkerThreads()
        self._calls.forget_all()
        self._account = None
        self._endpoint.libDestroy(pjsua2.PJSUA_DESTROY_NO_RX_MSG)

    def _wait_for_goodbyes(self) -> None:
        """Give the switch a moment to confirm; pjsua2's own wait is a full second, needed or not."""
        deadline = time.monotonic() + _GOODBYE_S
        while time.monotonic() < deadline:
            registered = self._account is not None and self._account.getInfo().regIsActive
            if not registered and not self._calls.any_active():
                return
            time.sleep(0.01)

    def _is_heard(self) -> bool:
        return self._calls.any_heard()

    def _snapshot(self) -> PhoneSnapshot:
        return PhoneSnapshot(
            self._registration,
            self._calls.values,
            self._sound.devices,
            self._sound.choice,
            self._sound.use,
            self._options,
        )

    # Commands

    def _carry_out(self, command: say.Command, future: Future[Outcome]) -> None:
        try:
            outcome = self._do(command)
        except PhoneRefusedError as refused:
            outcome = Outcome(None, refused.refusal, refused.sentence)
        except pjsua2.Error as error:
            refusal = Refusal.TOO_MANY_CALLS if error.status == _TOO_MANY else Refusal.ENGINE
            outcome = Outcome(None, refusal, f"{error.title}: {error.reason}")
        except Exception as error:
            log.exception("the command %s failed", type(command).__name__)
            outcome = Outcome(None, Refusal.ENGINE, f"{type(error).__name__}: {error}")
        if isinstance(outcome, Future):
            outcome.add_done_callback(lambda done: future.set_result(Outcome(done.result())))
        else:
            future.set_result(outcome if isinstance(outcome, Outcome) else Outcome(outcome))

    @singledispatchmethod
    def _do(self, command: object) -> Any:
        raise PhoneRefusedError(Refusal.ENGINE, f"{type(command).__name__} is not a command of the phone.")

    @_do.register
    def _(self, command: say.Register) -> None:
        credentials = command.credentials
        if credentials == self._credentials and self._registration.state is RegistrationState.REGISTERED:
            return  # a desk that came back: nothing changes for the calls
        self._look_for_stun(credentials)
        config = account_config(credentials, self._transports.get(credentials), self._run)
        self._credentials = credentials
        hosts = _hosts(credentials)
        self._switch_host = hosts[0] if hosts else ""
        # In the form in which pjsua2 gives the source of a message.
        bracketed = (f"[{host}]" if ":" in host else host for host in hosts)
        self._switch_addresses = frozenset(f"{host}:{credentials.port}" for host in bracketed)
        self._register_as(Registration(RegistrationState.REGISTERING, config.idUri))
        if self._account is None:
            self._account = PjAccount(self)
            self._account.create(config)
        else:
            self._account.modify(config)

    @_do.register
    def _(self, _command: say.Unregister) -> None:
        self._registered_account().setRegistration(False)

    @_do.register
    def _(self, command: say.Dial) -> str:
        account = self._registered_account()
        uri = self._uri_of(command.target)
        return self._calls.dial(account, uri, command.target, command.headers).value.key

    @_do.register
    def _(self, command: say.Answer) -> None:
        self._calls.answer(command.key)

    @_do.register
    def _(self, command: say.Reject) -> None:
        self._calls.reject(command.key, command.cause, command.reason)

    @_do.register
    def _(self, command: say.HangUp) -> None:
        self._calls.hang_up(command.key)

    @_do.register
    def _(self, command: say.Hold) -> None:
        self._calls.hold(command.key)

    @_do.register
    def _(self, command: say.Resume) -> None:
        self._calls.resume(command.key)

    @_do.register
    def _(self, command: say.Mute) -> None:
        self._calls.mute(command.key, muted=command.muted)

    @_do.register
    def _(self, command: say.SendDigits) -> None:
        self._calls.send_digits(command.key, command.digits)

    @_do.register
    def _(self, command: say.ChooseDevices) -> object:
        return self._sound.choose(command.choice)

    @_do.register
    def _(self, command: say.SetOptions) -> None:
        self._options = command.options
        self._apply_options()

    @_do.register
    def _(self, command: say.WatchLevels) -> None:
        if command.watching and not self._watching:
            self._owner.later(_LEVEL_EVERY_S, self._measure_levels)
        self._watching = command.watching
        self._sound.watch(watching=command.watching)

    @_do.register
    def _(self, command: say.PlaySample) -> None:
        self._sound.play_sample(on_ringer=command.on_ringer)
        self._owner.later(_SAMPLE_S, self._sound.stop_ringing)

    @_do.register
    def _(self, command: say.CheckAudio) -> object:
        account = self._registered_account()
        return self._checker.check(account, self._uri_of(command.target), command.target, command.seconds)

    @_do.register
    def _(self, _command: say.ShutDown) -> None:
        """The server ends the process; nothing to do here."""

    # Within

    def _register_as(self, registration: Registration) -> None:
        if registration != self._registration:
            self._registration = registration
            self._emit(RegistrationChanged(registration))

    def _look_for_stun(self, credentials: SipCredentials) -> None:
        if credentials.stun:
            servers = pjsua2.StringVector()
            for server in credentials.stun:
                servers.append(server)
            self._endpoint.natUpdateStunServers(servers, False)

    def _registered_account(self) -> PjAccount:
        if self._account is None:
            raise PhoneRefusedError(Refusal.NOT_REGISTERED, "The phone has not been registered yet.")
        return self._account

    def _uri_of(self, target: str) -> str:
        if self._credentials is None:
            raise PhoneRefusedError(Refusal.NOT_REGISTERED, "The phone has not been registered yet.")
        return server_uri(self._credentials, dialled_user(target).replace("#", "%23"))

    def _apply_options(self) -> None:
        wished = [name.lower() for name in self._options.codecs]
        for codec in self._endpoint.codecEnum2():
            name = str(codec.codecId)
            short = name.partition("/")[0].lower()
            priority = 250 - wished.index(short) if short in wished else 0
            self._endpoint.codecSetPriority(name, priority)
        self._sound.cancel_echo(cancelling=self._options.echo_cancellation)

    def _measure_levels(self) -> None:
        if self._watching:
            self._owner.later(_LEVEL_EVERY_S, self._measure_levels)
            self._emit(self._sound.levels())

    def _watch_network(self) -> None:
        self._owner.later(_NETWORK_EVERY_S, self._watch_network)
        if self._network.changed(self._switch_host) and self._account is not None:
            log.warning("the network changed: registering and negotiating again")
            self._endpoint.handleIpChange(pjsua2.IpChangeParam())


def _hosts(credentials: SipCredentials) -> tuple[str, ...]:
    """The numeric addresses of the switch."""
    try:
        found = socket.getaddrinfo(credentials.host, credentials.port, type=socket.SOCK_DGRAM)
    except OSError as error:
        log.warning("the switch %s has no address: %s", credentials.host, error)
        return ()
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))
