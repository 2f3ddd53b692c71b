"""One call that has not ended: its pjsua2 object, its value for the desk, and what can be read of its stream."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pjsua2

from app.phone.watch import Counters

if TYPE_CHECKING:
    from app.domain.phone import PhoneCall
    from app.phone.pj import PjCall, SoundState
    from app.phone.watch import StreamWatch


@dataclasses.dataclass(eq=False, slots=True)
class LiveCall:
    """A call with its pjsua2 object: the strong reference that keeps it alive until it has ended."""

    pj: PjCall
    value: PhoneCall
    hidden: bool = False
    """A call of the phone's own (the audio check), not told to the desk."""
    sound: SoundState | None = None
    watch: StreamWatch | None = None
    """Set while the call is joined with microphone and speaker."""
    we_ended: bool = False

    def codec(self) -> str:
        """What its stream speaks, as it was negotiated last; a `pjsua2.Error` when it has no stream."""
        return str(self.pj.getStreamInfo(self.sound.index if self.sound else 0).codecName)

    def counters(self) -> Counters:
        """What its stream has counted; a `pjsua2.Error` when it has none."""
        statistics = self.pj.getStreamStat(self.sound.index if self.sound else 0)
        rtcp = statistics.rtcp
        heard, said = rtcp.rxStat, rtcp.txStat
        round_trip = rtcp.rttUsec
        return Counters(
            codec=self.value.codec,
            received=int(heard.pkt),
            sent=int(said.pkt),
            lost=int(heard.loss),
            lost_by_them=int(said.loss),
            jitter_ms=heard.jitterUsec.last / 1000,
            jitter_theirs_ms=said.jitterUsec.last / 1000,
            round_trip_ms=round_trip.last / 1000 if round_trip.n else None,
            buffer_ms=float(statistics.jbuf.avgDelayMsec),
        )

    def renegotiate(self, flag: int) -> None:
        """Send a re-INVITE: `PJSUA_CALL_UNHOLD`, or `PJSUA_CALL_REINIT_MEDIA` for new streams."""
        parameters = pjsua2.CallOpParam(True)
        parameters.opt.flag = flag
        self.pj.reinvite(parameters)

    def hold(self) -> None:
        """Ask the other side to wait."""
        self.pj.setHold(pjsua2.CallOpParam(True))

    def hang_up(self, code: int = 0) -> None:
        """End it, from here; `code` answers one that rings."""
        self.we_ended = True
        self.pj.hangup(status(code))


def status(code: int) -> Any:
    """pjsua2's parameters of an answer with this SIP status."""
    parameters = pjsua2.CallOpParam(True)
    parameters.statusCode = code
    return parameters
