import pytest

pytest.importorskip("pjsua2", reason="pjsua2 is not installed: build/pjsua2_engine.py builds it")

from app.domain.phone import CallState
from app.phone.check import verdict
from app.phone.sound import decibels
from app.phone.watch import Counters


def counters(sent: int, received: int, *, lost: int = 0, jitter_ms: float = 1.0) -> Counters:
    return Counters("PCMU", received, sent, lost, 0, jitter_ms, 0.0, 4.0, 40.0)


def test_a_good_line() -> None:
    check = verdict(counters(250, 249), -18.0, CallState.TALKING)
    assert check.passed
    assert not check.sentence
    assert check.returned_after_ms == 84.0
    assert (check.sent, check.returned, check.microphone_db) == (250, 249, -18.0)


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        (None, "did not answer"),
        (counters(250, 0), "Nothing came back"),
        (counters(250, 120), "120 of 250"),
        (counters(250, 240, lost=10), "240 of 250"),
        (counters(250, 250, jitter_ms=55.0), "55 ms of jitter"),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(counted: Counters | None, sentence: str) -> None:
    check = verdict(counted, -96.0, CallState.ENDED)
    assert not check.passed
    assert sentence in check.sentence


def test_levels_are_decibels_below_full_scale() -> None:
    assert decibels(0) == -96.0
    assert decibels(50) == pytest.approx(-0.2, abs=0.6)
    assert decibels(33) == pytest.approx(-15.5, abs=1.0)
    levels = [decibels(level) for level in range(51)]
    assert levels == sorted(levels)
