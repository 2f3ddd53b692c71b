"""pjsua2's objects, reduced to what is safe: every callback copies plain values and posts them.

pjsua2 calls back in its own worker thread. An exception that left a callback, or a Call whose last reference
went in a thread pjsua2 does not know, would end the process (SIGABRT); so callbacks are guarded, and whoever
receives a post runs in the engine's owner thread and drops its references there.
"""

from __future__ import annotations

import functools
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import pjsua2

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

_NO_CALL: Final = -1  # PJSUA_INVALID_ID

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class SipState:
    """A call's dialogue as pjsua2 sees it: `PJSIP_INV_STATE_…` and the last SIP status."""

    state: int
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class SoundState:
    """A call's audio stream as negotiated: `PJSUA_CALL_MEDIA_…`, and whether we may hear the other side."""

    status: int
    index: int
    receives: bool


class Receiver(Protocol):
    """What the engine does, in its owner thread, with what callbacks posted."""

    def post(self, job: Callable[[], None]) -> None:
        """Run `job` in the owner thread soon."""
        ...

    def accepts(self, source: str) -> bool:
        """Whether an INVITE from `address:port` may ring; called in pjsua2's thread."""
        ...

    def call_came(self, call: PjCall, invite: str) -> None:
        """A new incoming call, with the text of its INVITE."""
        ...

    def sip_changed(self, call: PjCall, state: SipState) -> None:
        """A call's dialogue changed."""
        ...

    def sound_changed(self, call: PjCall, sound: SoundState | None) -> None:
        """A call's audio was negotiated or ended (None)."""
        ...

    def digit_came(self, call: PjCall, digit: str) -> None:
        """The other side pressed a key."""
        ...

    def registration_changed(self, account: PjAccount, code: int, reason: str, expires_s: int) -> None:
        """The registrar answered, or did not (code 408 or 503)."""
        ...

    def sound_failed(self) -> None:
        """A sound device stopped in the middle of its work."""
        ...


def guarded(method: F) -> F:
    """Log what a callback raises instead of letting it through pjsua2, where it would be fatal."""

    @functools.wraps(method)
    def safe(*arguments: Any) -> None:
        try:
            method(*arguments)
        except Exception:
            log.exception("a callback of pjsua2 failed: %s", method.__name__)

    return safe  # type: ignore[return-value]


class PjCall(pjsua2.Call):  # type: ignore[misc]
    """One SIP dialogue; the engine keeps it until some time after DISCONNECTED."""

    def __init__(self, account: PjAccount, receiver: Receiver, call_id: int = _NO_CALL) -> None:
        super().__init__(account, call_id)
        self._receiver = receiver

    @guarded
    def onCallState(self, _prm: Any) -> None:  # noqa: N802 - pjsua2's name and type
        """The dialogue changed."""
        info = self.getInfo()
        state = SipState(int(info.state), int(info.lastStatusCode), str(info.lastReason))
        self._receiver.post(functools.partial(self._receiver.sip_changed, self, state))

    @guarded
    def onCallMediaState(self, _prm: Any) -> None:  # noqa: N802 - pjsua2's name and type
        """The streams changed."""
        sound = None
        info = self.getInfo()  # kept: its list of media points into it
        for media in info.media:
            if media.type == pjsua2.PJMEDIA_TYPE_AUDIO and media.status != pjsua2.PJSUA_CALL_MEDIA_NONE:
                receives = bool(media.dir & pjsua2.PJMEDIA_DIR_DECODING)
                sound = SoundState(int(media.status), int(media.index), receives)
                break
        self._receiver.post(functools.partial(self._receiver.sound_changed, self, sound))

    @guarded
    def onDtmfDigit(self, prm: Any) -> None:  # noqa: N802 - pjsua2's name and type
        """A key was pressed at the other side."""
        self._receiver.post(functools.partial(self._receiver.digit_came, self, str(prm.digit)))

    @guarded
    def onCallTransferRequest(self, prm: Any) -> None:  # noqa: N802 - pjsua2's name and type
        """Nobody sends this phone elsewhere: the hub moves legs, REFER is refused (RFC 3515)."""
        prm.statusCode = pjsua2.PJSIP_SC_DECLINE

    @guarded
    def onCallReplaceRequest(self, prm: Any) -> None:  # noqa: N802 - pjsua2's name and type
        """Nobody takes over a call of this phone (RFC 3891)."""
        prm.statusCode = pjsua2.PJSIP_SC_DECLINE


class PjAccount(pjsua2.Account):  # type: ignore[misc]
    """The registration, and the door at which calls come in."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__()
        self._receiver = receiver

    @guarded
    def onRegState(self, prm: Any) -> None:  # noqa: N802 - pjsua2's name and type
        """The registrar answered or stayed silent."""
        code = int(prm.code) or (503 if prm.status else 0)
        self._receiver.post(
            functools.partial(self._receiver.registration_changed, self, code, str(prm.reason), int(prm.expiration))
        )

    @guarded
    def onIncomingCall(self, prm: Any) -> None:  # noqa: N802 - pjsua2's name and type
        """A call came: ring back at once, the rest happens in the owner thread."""
        if not self._receiver.accepts(str(prm.rdata.srcAddress)):
            log.warning("refused an INVITE that is not from the switch: %s", prm.rdata.srcAddress)
            return  # without a Call of ours, pjsua2 answers 500
        call = PjCall(self, self._receiver, prm.callId)
        invite = str(prm.rdata.wholeMsg)
        # Posted first: from here on the queue holds the reference without which the call is dropped.
        self._receiver.post(functools.partial(self._receiver.call_came, call, invite))
        ringing = pjsua2.CallOpParam()
        ringing.statusCode = pjsua2.PJSIP_SC_RINGING
        call.answer(ringing)


class PjEndpoint(pjsua2.Endpoint):  # type: ignore[misc]
    """The library itself."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__()
        self._receiver = receiver

    @guarded
    def onMediaEvent(self, prm: Any) -> None:  # noqa: N802 - pjsua2's name and type
        """A sound device failed (the cure in the build makes ALSA say so)."""
        if prm.ev.type == pjsua2.PJMEDIA_EVENT_AUD_DEV_ERROR:
            self._receiver.post(self._receiver.sound_failed)
