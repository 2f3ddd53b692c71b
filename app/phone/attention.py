"""Listens in on every call four times a second: is it heard, and how well? Owner thread only."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

import pjsua2

from app.domain.phone import CallState
from app.domain.phone_events import AudioHealed, AudioOneWay, QualityMeasured
from app.phone.watch import Verdict

if TYPE_CHECKING:
    from app.phone.calls import Calls
    from app.phone.live_call import LiveCall
    from app.phone.owner import OwnerThread
    from app.phone.watch import StreamWatch

log = logging.getLogger(__name__)

_LOOK_EVERY_S: Final = 0.25


class Attention:
    """Tells silence and quality, and heals one-way audio by a re-INVITE with new streams."""

    def __init__(self, owner: OwnerThread, calls: Calls) -> None:
        self._owner = owner
        self._calls = calls
        owner.later(_LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        self._owner.later(_LOOK_EVERY_S, self._look)
        now = time.monotonic()
        for live in self._calls.live:
            if live.watch and live.sound and live.value.state is CallState.TALKING:
                try:
                    self._look_at(live, live.watch, now)
                except pjsua2.Error as error:
                    # The stream ended or is being renegotiated at this moment; there is a next look.
                    log.debug("call %s cannot be looked at: %s", live.value.key, error.reason)

    def _look_at(self, live: LiveCall, watch: StreamWatch, now: float) -> None:
        counters = live.counters()
        key = live.value.key
        expected = bool(live.sound and live.sound.receives)
        verdict = watch.look(counters, now) if expected else Verdict.FINE
        if verdict is Verdict.WENT_SILENT:
            log.warning("nothing is heard from the other side of call %s", key)
            self._calls.change(live, audio_both_ways=False)
            self._calls.tell(live, AudioOneWay(key, round(watch.silent_for_s, 2)))
        elif verdict is Verdict.CAME_BACK:
            self._calls.change(live, audio_both_ways=True)
            self._calls.tell(live, AudioHealed(key, round(watch.heard_again(), 2)))
        if quality := watch.measure(counters, now):
            self._calls.keep_quality(live, quality)
            self._calls.tell(live, QualityMeasured(key, quality))
        if verdict in {Verdict.WENT_SILENT, Verdict.STILL_SILENT}:
            live.renegotiate(pjsua2.PJSUA_CALL_REINIT_MEDIA)
