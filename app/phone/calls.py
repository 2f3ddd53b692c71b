"""The calls of this phone: their states, their sound and what can be done with them. Owner thread only."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pjsua2

from app.domain.phone import (
    ANSWER_HEADER,
    ANSWERED_STATES,
    CALL_HEADER,
    SIP_CODES,
    CallEnd,
    CallHappening,
    CallState,
    Direction,
    EndedBy,
    Header,
    PhoneCall,
    PhoneRefusedError,
    Refusal,
    RejectCause,
    next_state,
)
from app.domain.phone_events import CallArrived, CallChanged, DigitReceived, PhoneEvent
from app.phone.addresses import dialled_user, header_value, is_header, read_call_id, read_caller, read_headers
from app.phone.live_call import LiveCall, status
from app.phone.pj import PjAccount, PjCall, Receiver, SipState, SoundState
from app.phone.watch import Counters, StreamWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.quality import Quality
    from app.phone.owner import OwnerThread
    from app.phone.sound import Sound

log = logging.getLogger(__name__)

# pjsua2's worker may still be inside a callback of a call that has just ended.
_BURIED_AFTER_S: Final = 1.0
_HOLD_AGAIN_S: Final = 0.5
_DIGITS: Final = frozenset("0123456789*#ABCD")
_HAPPENINGS: Final = {
    pjsua2.PJSIP_INV_STATE_EARLY: CallHappening.PROGRESSED,
    pjsua2.PJSIP_INV_STATE_CONNECTING: CallHappening.ANSWERED,
    pjsua2.PJSIP_INV_STATE_CONFIRMED: CallHappening.CONFIRMED,
    pjsua2.PJSIP_INV_STATE_DISCONNECTED: CallHappening.ENDED,
}


class Calls:
    """All calls that have not ended."""

    def __init__(
        self,
        owner: OwnerThread,
        receiver: Receiver,
        sound: Sound,
        emit: Callable[[PhoneEvent], None],
        *,
        auto_answer_s: Callable[[], float | None],
        rings: Callable[[], bool],
    ) -> None:
        self._owner = owner
        self._receiver = receiver
        self._sound = sound
        self._emit = emit
        self._auto_answer_s = auto_answer_s
        self._rings = rings
        self._live: dict[str, LiveCall] = {}

    @property
    def values(self) -> tuple[PhoneCall, ...]:
        """Every call the desk knows of."""
        return tuple(live.value for live in self._live.values() if not live.hidden)

    @property
    def live(self) -> tuple[LiveCall, ...]:
        """Every call, those of the phone's own included."""
        return tuple(self._live.values())

    def __len__(self) -> int:
        return len(self._live)

    # What pjsua2 tells

    def came(self, call: PjCall, invite: str) -> None:
        """A call rings here."""
        party = read_caller(invite)
        headers = read_headers(invite)
        value = PhoneCall(
            key=uuid4().hex,
            direction=Direction.INCOMING,
            state=CallState.INCOMING,
            number=party.number,
            name=party.name,
            call_id=read_call_id(header_value(headers, CALL_HEADER)),
            headers=headers,
            started_at=datetime.now(UTC),
        )
        self._live[value.key] = LiveCall(call, value)
        self._emit(CallArrived(value))
        delay_s = 0.0 if header_value(headers, ANSWER_HEADER) == "auto" else self._auto_answer_s()
        if delay_s is not None:
            self._owner.later(delay_s, lambda: self._answer_if_ringing(value.key))
        self._ring_as_needed()

    def sip_changed(self, call: PjCall, state: SipState) -> None:
        """A dialogue advanced or ended."""
        live = self._of(call)
        happening = _HAPPENINGS.get(state.state)
        after = next_state(live.value.state, happening) if live and happening else None
        if live is None or after is None:
            return
        if after is CallState.ENDED:
            self._end(live, state)
            return
        now = datetime.now(UTC)
        answered_at = live.value.answered_at or (None if happening is CallHappening.PROGRESSED else now)
        self.change(live, state=after, answered_at=answered_at)
        self._ring_as_needed()

    def sound_changed(self, call: PjCall, sound: SoundState | None) -> None:
        """The audio of a call was negotiated anew: join it with the devices, or note that it is held."""
        live = self._of(call)
        if live is None:
            return
        live.sound = sound
        status = sound.status if sound else pjsua2.PJSUA_CALL_MEDIA_NONE
        if sound and status in {pjsua2.PJSUA_CALL_MEDIA_ACTIVE, pjsua2.PJSUA_CALL_MEDIA_REMOTE_HOLD}:
            self._sound.connect(call, muted=live.value.muted)
            live.watch = live.watch or StreamWatch(time.monotonic())
            happened = CallHappening.RESUMED
        else:
            live.watch = None
            happened = CallHappening.HELD
        if status in {pjsua2.PJSUA_CALL_MEDIA_ACTIVE, pjsua2.PJSUA_CALL_MEDIA_LOCAL_HOLD}:
            after = next_state(live.value.state, happened)
            # A call that is held both ways has no stream whose codec could be asked for.
            codec = live.codec() if live.watch else live.value.codec
            self.change(live, codec=codec, **({"state": after} if after else {}))

    def digit_came(self, call: PjCall, digit: str) -> None:
        """The other side pressed a key."""
        live = self._of(call)
        if live is not None:
            self.tell(live, DigitReceived(live.value.key, digit))

    # What the desk commands

    def dial(
        self, account: PjAccount, uri: str, target: str, headers: tuple[Header, ...], *, hidden: bool = False
    ) -> LiveCall:
        """Send an INVITE to `uri`; other calls are held when this one is answered."""
        user = dialled_user(target)
        if bad := [header.name for header in headers if not is_header(header)]:
            raise PhoneRefusedError(Refusal.BAD_NUMBER, f"The header {bad[0][:60]!r} cannot be sent.")
        call = PjCall(account, self._receiver)
        value = PhoneCall(
            key=uuid4().hex,
            direction=Direction.OUTGOING,
            state=CallState.DIALLING,
            number=user,
            name="",
            call_id=read_call_id(header_value(headers, CALL_HEADER)),
            headers=headers,
            started_at=datetime.now(UTC),
        )
        parameters = pjsua2.CallOpParam(True)
        for header in headers:
            sip = pjsua2.SipHeader()
            sip.hName, sip.hValue = header.name, header.value
            parameters.txOption.headers.append(sip)
        for other in self._live.values():
            self._hold_if_talking(other)
        self._sound.prepare()
        call.makeCall(uri, parameters)
        live = LiveCall(call, value, hidden=hidden)
        self._live[value.key] = live
        self.tell(live, CallChanged(value))
        return live

    def answer(self, key: str) -> None:
        """Take a ringing call."""
        live = self._in_state(key, CallState.INCOMING)
        for other in self._live.values():
            self._hold_if_talking(other)
        live.pj.answer(status(pjsua2.PJSIP_SC_OK))

    def reject(self, key: str, cause: RejectCause, reason: str) -> None:
        """Refuse a ringing call, with a Reason header for the hub (RFC 3326)."""
        live = self._in_state(key, CallState.INCOMING)
        live.we_ended = True
        code = SIP_CODES[cause]
        refusal = status(code)
        if reason:
            text = "".join(c for c in reason if c.isprintable() and c not in '"\\')[:100]
            header = pjsua2.SipHeader()
            header.hName, header.hValue = "Reason", f'SIP;cause={code};text="{text}"'
            refusal.txOption.headers.append(header)
        live.pj.hangup(refusal)

    def hang_up(self, key: str) -> None:
        """End a call in any state."""
        live = self._known(key)
        ringing = live.value.state is CallState.INCOMING
        live.hang_up(SIP_CODES[RejectCause.DECLINED] if ringing else 0)

    def hold(self, key: str) -> None:
        """Hold a call."""
        self._in_state(key, CallState.TALKING).hold()

    def resume(self, key: str) -> None:
        """Take a held call back; one being talked to is held."""
        live = self._in_state(key, CallState.HELD)
        for other in self._live.values():
            self._hold_if_talking(other)
        live.renegotiate(pjsua2.PJSUA_CALL_UNHOLD)

    def mute(self, key: str, *, muted: bool) -> None:
        """Keep the microphone from a call; it stays so over hold and renegotiation."""
        live = self._known(key)
        if live.watch is not None:
            self._sound.mute(live.pj, muted=muted)
        self.change(live, muted=muted)

    def send_digits(self, key: str, digits: str) -> None:
        """Press keys."""
        if not digits or not _DIGITS.issuperset(digits):
            raise PhoneRefusedError(Refusal.BAD_NUMBER, f"{digits[:60]!r} are not keys of a telephone.")
        pressed = pjsua2.CallSendDtmfParam()
        pressed.method, pressed.digits = pjsua2.PJSUA_DTMF_METHOD_RFC2833, digits
        self._in_state(key, CallState.TALKING).pj.sendDtmf(pressed)

    def end_all(self) -> None:
        """End every call."""
        for live in self._live.values():
            live.hang_up()

    def any_heard(self) -> bool:
        """Whether a call is joined with microphone and speaker."""
        return any(live.watch is not None for live in self._live.values())

    def any_active(self) -> bool:
        """Whether pjsua2 still holds one of them."""
        return any(live.pj.isActive() for live in self._live.values())

    def forget_all(self) -> None:
        """Drop every call object while the library still runs, so that none outlives it."""
        self._live.clear()

    def counters(self, live: LiveCall) -> Counters | None:
        """What the stream of a call has counted, None while it has none."""
        return live.counters() if live.sound and live.watch else None

    def is_live(self, live: LiveCall) -> bool:
        """Whether a call has not ended."""
        return live.value.key in self._live

    # What becomes of a call

    def change(self, live: LiveCall, **changes: Any) -> None:
        """Give a call another value, and tell it."""
        changed = dataclasses.replace(live.value, **changes)
        if changed != live.value:
            live.value = changed
            self.tell(live, CallChanged(changed))

    def keep_quality(self, live: LiveCall, quality: Quality) -> None:
        """Remember how a call sounded; told by an event of its own."""
        live.value = dataclasses.replace(live.value, quality=quality)

    def tell(self, live: LiveCall, event: PhoneEvent) -> None:
        """Tell the desk, unless the call is the phone's own."""
        if not live.hidden:
            self._emit(event)

    # Within

    def _of(self, call: PjCall) -> LiveCall | None:
        return next((live for live in self._live.values() if live.pj is call), None)

    def _known(self, key: str) -> LiveCall:
        live = self._live.get(key)
        if live is None or live.hidden:
            raise PhoneRefusedError(Refusal.NO_SUCH_CALL, "This call is over.")
        return live

    def _in_state(self, key: str, state: CallState) -> LiveCall:
        live = self._known(key)
        if live.value.state is not state:
            raise PhoneRefusedError(
                Refusal.WRONG_STATE, f"The call is {live.value.state}, this needs it to be {state}."
            )
        return live

    def _end(self, live: LiveCall, state: SipState) -> None:
        normal = state.code in {200, 487} or state.code in SIP_CODES.values()
        by = EndedBy.US if live.we_ended else EndedBy.THEM if normal else EndedBy.FAILURE
        del self._live[live.value.key]
        self._owner.later(_BURIED_AFTER_S, lambda: _bury(live))
        live.watch = None
        ended = CallEnd(by, state.code, state.reason)
        self.change(live, state=CallState.ENDED, ended_at=datetime.now(UTC), end=ended)
        self._ring_as_needed()

    def _answer_if_ringing(self, key: str) -> None:
        live = self._live.get(key)
        if live and live.value.state is CallState.INCOMING:
            self.answer(key)

    def _hold_if_talking(self, live: LiveCall) -> None:
        """Hold a call because another one is about to be talked to: that one never waits for it.

        While a re-INVITE is under way, perhaps to somebody who is gone, no other can be sent (RFC 3261, 14.1): the call
        is silent here at once, and asked to wait as soon as that is possible.
        """
        if live.value.state is not CallState.TALKING or not self.is_live(live):
            return
        try:
            live.hold()
        except pjsua2.Error as error:
            log.info("call %s is held later: %s", live.value.key, error.reason)
            with contextlib.suppress(pjsua2.Error):  # its stream may be gone
                self._sound.part(live.pj)
            self._owner.later(_HOLD_AGAIN_S, lambda: self._hold_after_all(live))

    def _hold_after_all(self, live: LiveCall) -> None:
        others = (other.value.state for other in self._live.values() if other is not live)
        if any(state in ANSWERED_STATES for state in others):
            self._hold_if_talking(live)
        elif self.is_live(live) and live.watch is not None:  # nobody else is there any more
            self._sound.connect(live.pj, muted=live.value.muted)

    def _ring_as_needed(self) -> None:
        states = {live.value.state for live in self._live.values()}
        if CallState.INCOMING in states and self._rings():
            self._sound.ring(in_call=bool(states & ANSWERED_STATES))
        else:
            self._sound.stop_ringing()


def _bury(live: LiveCall) -> None:
    """Held until now, the last reference to an ended call goes here, in the owner thread."""
    log.debug("buried call %s", live.value.key)
