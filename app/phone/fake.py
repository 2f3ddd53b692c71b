"""A phone without sound or network, for the desk's tests: it keeps the port's promises and is driven by hand."""

from __future__ import annotations

import dataclasses
import itertools
from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.domain.phone import (
    CALL_HEADER,
    SIP_CODES,
    AudioCheck,
    AudioDevice,
    CallEnd,
    CallHappening,
    CallState,
    DeviceChoice,
    DeviceUse,
    Direction,
    EndedBy,
    Header,
    PhoneCall,
    PhoneOptions,
    PhoneRefusedError,
    PhoneSnapshot,
    Refusal,
    Registration,
    RegistrationState,
    RejectCause,
    SipCredentials,
    next_state,
)
from app.domain.phone_events import (
    CallArrived,
    CallChanged,
    DevicesChanged,
    DigitReceived,
    LevelsMeasured,
    PhoneEvent,
    RegistrationChanged,
)
from app.phone.addresses import dialled_user, header_value, read_call_id
from app.phone.client import NOTHING, after
from app.phone.devices import Listed, assign

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from app.services.phone import Listener

HEADSET = AudioDevice("Headset", "fake", can_record=True, can_play=True)
LOUDSPEAKERS = AudioDevice("Loudspeakers", "fake", can_record=False, can_play=True)
_DIGITS = frozenset("0123456789*#ABCD")


class FakePhone:
    """A `Phone` in memory; `ring`, `pick_up`, `press` and `leave` are what the other side does."""

    def __init__(self, devices: tuple[AudioDevice, ...] = (HEADSET, LOUDSPEAKERS)) -> None:
        self._devices = devices
        use = assign(self._listed(), DeviceChoice()).use
        self._snapshot = dataclasses.replace(NOTHING, devices=devices, use=use)
        self._listeners: list[Listener] = []
        self._keys = (f"call-{number}" for number in itertools.count(1))
        self.sent_digits: deque[tuple[str, str]] = deque()
        """Key of the call and digits, of every `send_digits`."""
        self.next_check = AudioCheck(True, 250, 250, -18.0, 84.0, 1.0, 0.0, "")
        """What `check_audio` will say."""

    @property
    def snapshot(self) -> PhoneSnapshot:
        """See `Phone.snapshot`."""
        return self._snapshot

    def listen(self, listener: Listener) -> Callable[[], None]:
        """See `Phone.listen`."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # What the other side does

    def ring(
        self, number: str, name: str = "", *, call_id: UUID | None = None, headers: tuple[Header, ...] = ()
    ) -> PhoneCall:
        """A call comes in."""
        if call_id is not None:
            headers = (*headers, Header(CALL_HEADER, str(call_id)))
        call = PhoneCall(
            key=next(self._keys),
            direction=Direction.INCOMING,
            state=CallState.INCOMING,
            number=number,
            name=name,
            call_id=call_id,
            headers=headers,
            started_at=datetime.now(UTC),
        )
        self.tell(CallArrived(call))
        return call

    def pick_up(self, key: str) -> None:
        """The person who was called answers."""
        self._happen(key, CallHappening.CONFIRMED, answered_at=datetime.now(UTC))

    def press(self, key: str, digit: str) -> None:
        """The other side presses a key."""
        self.tell(DigitReceived(key, digit))

    def leave(self, key: str) -> None:
        """The other side hangs up."""
        self._end(key, CallEnd(EndedBy.THEM, 200, "Normal call clearing"))

    def change_devices(self, *devices: AudioDevice) -> None:
        """Devices come and go."""
        self._devices = devices
        use = assign(self._listed(), self._snapshot.choice).use
        self.tell(DevicesChanged(devices, self._snapshot.choice, use))

    def tell(self, event: PhoneEvent) -> None:
        """Tell any event, as the real phone would."""
        self._snapshot = after(self._snapshot, event)
        for listener in tuple(self._listeners):
            listener(event)

    # The commands of the port

    async def register(self, credentials: SipCredentials) -> None:
        """See `Phone.register`; every password is right."""
        address = f"sip:{credentials.user}@{credentials.host}"
        self.tell(RegistrationChanged(Registration(RegistrationState.REGISTERING, address)))
        self.tell(RegistrationChanged(Registration(RegistrationState.REGISTERED, address, 200, "OK")))

    async def unregister(self) -> None:
        """See `Phone.unregister`."""
        self._check_registered()
        address = self._snapshot.registration.address
        self.tell(RegistrationChanged(Registration(RegistrationState.OFF, address, 200, "OK")))

    async def dial(self, target: str, headers: tuple[Header, ...] = ()) -> str:
        """See `Phone.dial`."""
        self._check_registered()
        call = PhoneCall(
            key=next(self._keys),
            direction=Direction.OUTGOING,
            state=CallState.DIALLING,
            number=dialled_user(target),
            name="",
            call_id=read_call_id(header_value(headers, CALL_HEADER)),
            headers=headers,
            started_at=datetime.now(UTC),
        )
        self._hold_others("")
        self.tell(CallChanged(call))
        return call.key

    async def answer(self, key: str) -> None:
        """See `Phone.answer`."""
        self._in_state(key, CallState.INCOMING)
        self._hold_others(key)
        self._happen(key, CallHappening.ANSWERED, answered_at=datetime.now(UTC))
        self._happen(key, CallHappening.CONFIRMED)

    async def reject(self, key: str, cause: RejectCause, reason: str = "") -> None:
        """See `Phone.reject`."""
        self._in_state(key, CallState.INCOMING)
        self._end(key, CallEnd(EndedBy.US, SIP_CODES[cause], reason or cause.value))

    async def hang_up(self, key: str) -> None:
        """See `Phone.hang_up`."""
        self._known(key)
        self._end(key, CallEnd(EndedBy.US, 200, "Normal call clearing"))

    async def hold(self, key: str) -> None:
        """See `Phone.hold`."""
        self._in_state(key, CallState.TALKING)
        self._happen(key, CallHappening.HELD)

    async def resume(self, key: str) -> None:
        """See `Phone.resume`."""
        self._in_state(key, CallState.HELD)
        self._hold_others(key)
        self._happen(key, CallHappening.RESUMED)

    async def mute(self, key: str, *, muted: bool) -> None:
        """See `Phone.mute`."""
        call = self._known(key)
        if call.muted is not muted:
            self.tell(CallChanged(dataclasses.replace(call, muted=muted)))

    async def send_digits(self, key: str, digits: str) -> None:
        """See `Phone.send_digits`."""
        if not digits or not _DIGITS.issuperset(digits):
            raise PhoneRefusedError(Refusal.BAD_NUMBER, f"{digits[:60]!r} are not keys of a telephone.")
        self._in_state(key, CallState.TALKING)
        self.sent_digits.append((key, digits))

    async def choose_devices(self, choice: DeviceChoice) -> DeviceUse:
        """See `Phone.choose_devices`."""
        use = assign(self._listed(), choice).use
        self.tell(DevicesChanged(self._devices, choice, use))
        return use

    async def set_options(self, options: PhoneOptions) -> None:
        """See `Phone.set_options`."""
        self._snapshot = dataclasses.replace(self._snapshot, options=options)

    async def watch_levels(self, *, watching: bool) -> None:
        """See `Phone.watch_levels`."""
        if watching:
            self.tell(LevelsMeasured(-18.0, -96.0))

    async def play_sample(self, *, on_ringer: bool) -> None:
        """See `Phone.play_sample`; nothing is heard."""

    async def check_audio(self, target: str, seconds: float = 5.0) -> AudioCheck:  # noqa: ARG002 - the port's
        """See `Phone.check_audio`; it takes no time."""
        self._check_registered()
        dialled_user(target)
        if self._snapshot.calls:
            raise PhoneRefusedError(Refusal.WRONG_STATE, "The sound cannot be checked during a call.")
        return self.next_check

    # Within

    def _listed(self) -> tuple[Listed, ...]:
        return tuple(Listed(number, device) for number, device in enumerate(self._devices))

    def _check_registered(self) -> None:
        if self._snapshot.registration.state is RegistrationState.OFF:
            raise PhoneRefusedError(Refusal.NOT_REGISTERED, "The phone has not been registered yet.")

    def _known(self, key: str) -> PhoneCall:
        for call in self._snapshot.calls:
            if call.key == key:
                return call
        raise PhoneRefusedError(Refusal.NO_SUCH_CALL, "This call is over.")

    def _in_state(self, key: str, state: CallState) -> PhoneCall:
        call = self._known(key)
        if call.state is not state:
            raise PhoneRefusedError(Refusal.WRONG_STATE, f"The call is {call.state}, this needs it to be {state}.")
        return call

    def _hold_others(self, key: str) -> None:
        for call in self._snapshot.calls:
            if call.key != key and call.state is CallState.TALKING:
                self._happen(call.key, CallHappening.HELD)

    def _happen(self, key: str, happening: CallHappening, **changes: Any) -> None:
        call = self._known(key)
        state = next_state(call.state, happening)
        assert state is not None, f"a call that is {call.state} cannot be {happening}"
        self.tell(CallChanged(dataclasses.replace(call, state=state, **changes)))

    def _end(self, key: str, end: CallEnd) -> None:
        self._happen(key, CallHappening.ENDED, ended_at=datetime.now(UTC), end=end)
