"""How a call sounds, as a number and as a likely cause, from what the RTP stream itself reports."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class QualityCause(StrEnum):
    """Who or what most likely spoils the sound; `NONE` while it is good."""

    NONE = "none"
    OUR_NETWORK = "our_network"
    THEIR_SIDE = "their_side"
    DELAY = "delay"
    MICROPHONE = "microphone"
    NOTHING_RECEIVED = "nothing_received"


@dataclass(frozen=True, slots=True)
class StreamFigures:
    """What one RTP stream did since the last measurement (RFC 3550 §6.4); loss as a share of 0 to 1."""

    codec: str
    packets_received: int
    packets_sent: int
    loss_received: float
    loss_sent: float
    jitter_received_ms: float
    jitter_sent_ms: float
    round_trip_ms: float | None
    """None until the first RTCP report has come back (about 6 s)."""
    buffer_ms: float = 60.0


@dataclass(frozen=True, slots=True)
class Quality:
    """A verdict on a few seconds of a call: MOS 1.0 to 4.5 of what we hear, and of what they hear."""

    mos: float
    mos_sent: float
    jitter_ms: float
    loss_percent: float
    loss_sent_percent: float
    round_trip_ms: float | None
    codec: str
    cause: QualityCause


@dataclass(frozen=True, slots=True)
class _Impairment:
    """Ie and Bpl of a codec with its loss concealment (ITU-T G.113 Appendix I)."""

    equipment: float
    robustness: float


# Wideband codecs are judged on the narrowband scale here: it is what agents and reports compare.
_IMPAIRMENTS: Final = {
    "PCMU": _Impairment(0.0, 25.1),
    "PCMA": _Impairment(0.0, 25.1),
    "G722": _Impairment(0.0, 20.0),
    "OPUS": _Impairment(0.0, 30.0),
    "G729": _Impairment(11.0, 19.0),
    "GSM": _Impairment(26.0, 10.0),
}
_UNKNOWN_CODEC: Final = _Impairment(10.0, 15.0)
_BEST_RATING: Final = 93.2
_PACKETISATION_MS: Final = 20.0
_POOR_MOS: Final = 3.6
_POOR_LOSS: Final = 0.01
_POOR_JITTER_MS: Final = 30.0
_LONG_DELAY_MS: Final = 400.0


def rating(codec: str, *, loss: float, delay_ms: float) -> float:
    """The E-model's transmission rating R for random loss (0..1) and a one-way delay (ITU-T G.107 §7)."""
    impairment = _IMPAIRMENTS.get(codec.partition("/")[0].upper(), _UNKNOWN_CODEC)
    percent = 100.0 * min(max(loss, 0.0), 1.0)
    equipment = impairment.equipment
    equipment += (95.0 - equipment) * percent / (percent + impairment.robustness)
    delay = 0.024 * delay_ms + 0.11 * max(0.0, delay_ms - 177.3)
    return _BEST_RATING - delay - equipment


def mos_of(r: float) -> float:
    """The mean opinion score of a rating (ITU-T G.107 Annex B)."""
    if r <= 0.0:
        return 1.0
    if r >= 100.0:
        return 4.5
    return max(1.0, 1.0 + 0.035 * r + 7e-6 * r * (r - 60.0) * (100.0 - r))


def judge(figures: StreamFigures) -> Quality:
    """Both directions of a call as a score, and the cause worth telling the agent.

    Jitter beyond what the buffer holds arrives too late to be played, so it is counted as loss.
    """
    one_way_ms = (figures.round_trip_ms or 0.0) / 2 + figures.buffer_ms + _PACKETISATION_MS
    heard = mos_of(rating(figures.codec, loss=_with_late(figures, figures.loss_received), delay_ms=one_way_ms))
    sent = mos_of(rating(figures.codec, loss=figures.loss_sent, delay_ms=one_way_ms))
    if figures.packets_received == 0:
        heard = 1.0
    return Quality(
        mos=round(heard, 2),
        mos_sent=round(sent, 2),
        jitter_ms=round(figures.jitter_received_ms, 1),
        loss_percent=round(100 * figures.loss_received, 2),
        loss_sent_percent=round(100 * figures.loss_sent, 2),
        round_trip_ms=figures.round_trip_ms,
        codec=figures.codec,
        cause=_cause(figures, min(heard, sent)),
    )


def _with_late(figures: StreamFigures, loss: float) -> float:
    excess_ms = figures.jitter_received_ms - figures.buffer_ms
    late = min(0.5, max(0.0, excess_ms) / 200.0)
    return 1.0 - (1.0 - loss) * (1.0 - late)


def _cause(figures: StreamFigures, worst_mos: float) -> QualityCause:
    """Loss both ways is our own line; loss one way only is told apart by who misses the packets."""
    if figures.packets_received == 0:
        return QualityCause.NOTHING_RECEIVED
    if figures.packets_sent == 0:
        return QualityCause.MICROPHONE
    if worst_mos >= _POOR_MOS:
        return QualityCause.NONE
    if figures.loss_sent > _POOR_LOSS or figures.jitter_sent_ms > _POOR_JITTER_MS:
        return QualityCause.OUR_NETWORK
    if figures.loss_received > _POOR_LOSS or figures.jitter_received_ms > _POOR_JITTER_MS:
        return QualityCause.THEIR_SIDE
    if (figures.round_trip_ms or 0.0) > _LONG_DELAY_MS:
        return QualityCause.DELAY
    return QualityCause.THEIR_SIDE
