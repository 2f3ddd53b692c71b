import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quality import QualityCause, StreamFigures, judge, mos_of, rating

CODECS = st.sampled_from(["PCMU", "PCMA", "opus", "G722", "GSM", "G729", "something new", ""])
SHARES = st.floats(0, 1)
TIMES_MS = st.floats(0, 5000)


def figures(**changes: object) -> StreamFigures:
    known: dict[str, object] = {
        "codec": "PCMU", "packets_received": 150, "packets_sent": 150, "loss_received": 0.0, "loss_sent": 0.0,
        "jitter_received_ms": 1.0, "jitter_sent_ms": 1.0, "round_trip_ms": 20.0,
    }  # fmt: skip
    return StreamFigures(**{**known, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("loss", "delay_ms", "expected"),
    [(0.0, 0.0, 93.2), (0.0, 150.0, 89.6), (0.0, 177.3, 88.9), (0.01, 0.0, 89.6), (0.05, 0.0, 77.4), (1.0, 0.0, 17.3)],
)
def test_the_rating_follows_g107_for_g711_with_concealment(loss: float, delay_ms: float, expected: float) -> None:
    assert rating("PCMU", loss=loss, delay_ms=delay_ms) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("r", "expected"), [(93.2, 4.41), (80, 4.03), (70, 3.6), (60, 3.1), (50, 2.58), (0, 1), (100, 4.5)]
)
def test_the_score_of_a_rating_is_annex_b_of_g107(r: float, expected: float) -> None:
    assert mos_of(r) == pytest.approx(expected, abs=0.01)


@given(codec=CODECS, loss=SHARES, more=SHARES, delay=TIMES_MS, longer=TIMES_MS)
def test_more_loss_or_delay_never_sounds_better(
    codec: str, loss: float, more: float, delay: float, longer: float
) -> None:
    best = mos_of(rating(codec, loss=min(loss, more), delay_ms=min(delay, longer)))
    worst = mos_of(rating(codec, loss=max(loss, more), delay_ms=max(delay, longer)))
    assert 1.0 <= worst <= best <= 4.5


@given(
    st.builds(
        StreamFigures,
        codec=CODECS,
        packets_received=st.integers(0, 10**6),
        packets_sent=st.integers(0, 10**6),
        loss_received=SHARES,
        loss_sent=SHARES,
        jitter_received_ms=TIMES_MS,
        jitter_sent_ms=TIMES_MS,
        round_trip_ms=st.none() | TIMES_MS,
        buffer_ms=TIMES_MS,
    )
)
def test_every_stream_gets_a_verdict(stream: StreamFigures) -> None:
    quality = judge(stream)
    assert 1.0 <= quality.mos <= 4.5
    assert 1.0 <= quality.mos_sent <= 4.5
    assert (quality.cause is QualityCause.NOTHING_RECEIVED) == (stream.packets_received == 0)
    if quality.cause is QualityCause.NONE:
        assert min(quality.mos, quality.mos_sent) >= 3.59


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({}, QualityCause.NONE),
        ({"packets_received": 0}, QualityCause.NOTHING_RECEIVED),
        ({"packets_sent": 0}, QualityCause.MICROPHONE),
        ({"loss_sent": 0.15}, QualityCause.OUR_NETWORK),
        ({"loss_sent": 0.15, "loss_received": 0.15}, QualityCause.OUR_NETWORK),
        ({"loss_received": 0.15}, QualityCause.THEIR_SIDE),
        ({"jitter_received_ms": 200.0}, QualityCause.THEIR_SIDE),
        ({"round_trip_ms": 900.0}, QualityCause.DELAY),
    ],
)
def test_the_cause_worth_telling(changes: dict[str, object], cause: QualityCause) -> None:
    assert judge(figures(**changes)).cause is cause
