"""Whether a call is heard, and how well: pure bookkeeping over the counters of its RTP stream."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from app.domain.quality import Quality, StreamFigures, judge

SILENT_AFTER_S: Final = 1.0
"""Nothing received for so long means one-way audio (20 ms packets: 50 missed in a row)."""

MEASURE_EVERY_S: Final = 3.0

# Healing is tried at once, then ever more rarely: a peer that is silent on purpose is left in peace.
_HEAL_AGAIN_S: Final = (0.0, 4.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Counters:
    """What pjsua2 says of a stream at one moment; counts since the stream began, times in milliseconds."""

    codec: str
    received: int
    sent: int
    lost: int
    lost_by_them: int
    jitter_ms: float
    jitter_theirs_ms: float
    round_trip_ms: float | None
    buffer_ms: float


class Verdict(Enum):
    """What a look at the counters found."""

    FINE = auto()
    WENT_SILENT = auto()
    """Nothing has come for a second: tell, and renegotiate."""
    STILL_SILENT = auto()
    """Nothing came after the last attempt either: renegotiate again."""
    CAME_BACK = auto()


class StreamWatch:
    """Follows one stream from the moment it may be heard."""

    def __init__(self, now: float) -> None:
        self._received = 0
        self._heard_at = now
        self._silent_since: float | None = None
        self._attempts = 0
        self._attempt_at = now
        self._measured_at = now
        self._measured: Counters | None = None

    @property
    def silent_for_s(self) -> float:
        """How long nothing was heard at the last look."""
        return 0.0 if self._silent_since is None else self._looked_at - self._silent_since

    _looked_at = 0.0

    def look(self, counters: Counters, now: float) -> Verdict:
        """Compare with the last look; counters that began anew are no silence."""
        self._looked_at = now
        came = counters.received > self._received or 0 < counters.received < self._received
        self._received = counters.received
        if came:
            self._heard_at = now
            if self._silent_since is None:
                return Verdict.FINE
            self._attempts = 0
            return Verdict.CAME_BACK
        if now - self._heard_at < SILENT_AFTER_S:
            return Verdict.FINE
        if self._silent_since is None:
            self._silent_since = self._heard_at
            self._attempts, self._attempt_at = 1, now
            return Verdict.WENT_SILENT
        if self._attempts < len(_HEAL_AGAIN_S) and now - self._attempt_at >= _HEAL_AGAIN_S[self._attempts]:
            self._attempts, self._attempt_at = self._attempts + 1, now
            return Verdict.STILL_SILENT
        return Verdict.FINE

    def heard_again(self) -> float:
        """End a silence that came back; returns how long it lasted."""
        lasted = self._heard_at - (self._silent_since if self._silent_since is not None else self._heard_at)
        self._silent_since = None
        return lasted

    def measure(self, counters: Counters, now: float) -> Quality | None:
        """The quality since the last measurement, once there is enough to judge."""
        if now - self._measured_at < MEASURE_EVERY_S:
            return None
        before = self._measured
        self._measured, self._measured_at = counters, now
        if before is None or counters.received < before.received or counters.sent < before.sent:
            before = Counters(counters.codec, 0, 0, 0, 0, 0, 0, None, 0)
        received, sent = counters.received - before.received, counters.sent - before.sent
        return judge(
            StreamFigures(
                codec=counters.codec,
                packets_received=received,
                packets_sent=sent,
                loss_received=_share(counters.lost - before.lost, received),
                loss_sent=_share(counters.lost_by_them - before.lost_by_them, sent, of_sent=True),
                jitter_received_ms=counters.jitter_ms,
                jitter_sent_ms=counters.jitter_theirs_ms,
                round_trip_ms=counters.round_trip_ms,
                buffer_ms=counters.buffer_ms,
            )
        )


def _share(lost: int, counted: int, *, of_sent: bool = False) -> float:
    """Lost packets as a share of those on their way: sent ones include the lost, received ones do not."""
    total = counted if of_sent else counted + lost
    return min(1.0, max(0, lost) / total) if total > 0 else 0.0
