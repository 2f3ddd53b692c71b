"""The check before *Available*: a call to the switch's echo, judged by what came back. Owner thread only."""

from __future__ import annotations

import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final

from app.domain.phone import AudioCheck, CallState, PhoneRefusedError, Refusal

if TYPE_CHECKING:
    from app.phone.calls import Calls
    from app.phone.live_call import LiveCall
    from app.phone.owner import OwnerThread
    from app.phone.pj import PjAccount
    from app.phone.sound import Sound
    from app.phone.watch import Counters

_LOOK_EVERY_S: Final = 0.02
_ANSWER_WITHIN_S: Final = 3.0
_FEWEST_RETURNED: Final = 0.9
_MOST_JITTER_MS: Final = 40.0
_MOST_LOSS: Final = 0.03
_SILENCE_DB: Final = -96.0
_SHORTEST_S: Final = 1.0
_LONGEST_S: Final = 30.0
_PTIME_MS: Final = 20.0


class AudioChecker:
    """Runs one check at a time."""

    def __init__(self, owner: OwnerThread, calls: Calls, sound: Sound) -> None:
        self._owner = owner
        self._calls = calls
        self._sound = sound
        self._running: _Check | None = None

    def check(self, account: PjAccount, uri: str, target: str, seconds: float) -> Future[AudioCheck]:
        """Call `uri`, talk for `seconds` (1 to 30) and judge; refused in the middle of a call."""
        if len(self._calls):
            raise PhoneRefusedError(Refusal.WRONG_STATE, "The sound cannot be checked during a call.")
        live = self._calls.dial(account, uri, target, (), hidden=True)
        check = _Check(self, live, min(max(seconds, _SHORTEST_S), _LONGEST_S))
        self._owner.later(_LOOK_EVERY_S, check.look)
        return check.future

    @property
    def calls(self) -> Calls:
        """The phone's calls."""
        return self._calls

    @property
    def owner(self) -> OwnerThread:
        """The thread to look again in."""
        return self._owner

    @property
    def sound(self) -> Sound:
        """The devices that are checked."""
        return self._sound


class _Check:
    """One check, from the INVITE to the verdict."""

    def __init__(self, checker: AudioChecker, live: LiveCall, seconds: float) -> None:
        self.future: Future[AudioCheck] = Future()
        self._checker = checker
        self._live = live
        self._seconds = seconds
        self._began = time.monotonic()
        self._heard_from: float | None = None
        self._loudest_db = _SILENCE_DB
        self._last: Counters | None = None

    def look(self) -> None:
        """Look at the stream, and again in 20 ms until the time is over."""
        now = time.monotonic()
        counters = self._checker.calls.counters(self._live)
        if counters is not None:
            self._last = counters
            self._heard_from = self._heard_from or now
            self._loudest_db = max(self._loudest_db, self._checker.sound.levels().microphone_db)
        over = self._heard_from is not None and now - self._heard_from >= self._seconds
        too_late = self._heard_from is None and now - self._began >= _ANSWER_WITHIN_S
        if over or too_late or not self._checker.calls.is_live(self._live):
            self._finish()
        else:
            self._checker.owner.later(_LOOK_EVERY_S, self.look)

    def _finish(self) -> None:
        if self._checker.calls.is_live(self._live):
            self._live.hang_up()
        self.future.set_result(verdict(self._last, self._loudest_db, self._live.value.state))


def verdict(counters: Counters | None, loudest_db: float, state: CallState) -> AudioCheck:
    """Judge what was counted; the sentence names the first thing that is wrong."""
    if counters is None:
        sentence = f"The switch did not answer the test call ({state})."
        return AudioCheck(False, 0, 0, loudest_db, None, 0.0, 0.0, sentence)
    loss = counters.lost / max(1, counters.lost + counters.received)
    returned_after_ms = None
    if counters.received:
        returned_after_ms = (counters.round_trip_ms or 0.0) + counters.buffer_ms + 2 * _PTIME_MS
    sentence = ""
    if not counters.received:
        sentence = "Nothing came back from the switch."
    elif counters.received < _FEWEST_RETURNED * counters.sent or loss > _MOST_LOSS:
        sentence = f"Only {counters.received} of {counters.sent} packets came back."
    elif counters.jitter_ms > _MOST_JITTER_MS:
        sentence = f"The network is uneven: {counters.jitter_ms:.0f} ms of jitter."
    return AudioCheck(
        passed=not sentence,
        sent=counters.sent,
        returned=counters.received,
        microphone_db=loudest_db,
        returned_after_ms=round(returned_after_ms, 1) if returned_after_ms is not None else None,
        jitter_ms=round(counters.jitter_ms, 1),
        loss_percent=round(100 * loss, 2),
        sentence=sentence,
    )
