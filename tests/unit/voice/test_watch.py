from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phone.watch import MEASURE_EVERY_S, SILENT_AFTER_S, Counters, StreamWatch, Verdict

TICK_S = 0.25


def counters(received: int, *, sent: int = 0, lost: int = 0, lost_by_them: int = 0) -> Counters:
    return Counters("PCMU", received, sent, lost, lost_by_them, 1.0, 1.0, 20.0, 40.0)


def look(watch: StreamWatch, packets: list[int]) -> list[Verdict]:
    """What is found when so many packets come in each quarter of a second."""
    found, total = [], 0
    for tick, count in enumerate(packets, 1):
        total += count
        found.append(watch.look(counters(total), tick * TICK_S))
    return found


def test_sound_that_flows_is_fine() -> None:
    assert set(look(StreamWatch(0.0), [13, 12, 1, 0, 13, 0, 0, 1])) == {Verdict.FINE}


def test_a_second_of_silence_is_told_once_and_its_end_too() -> None:
    watch = StreamWatch(0.0)
    found = look(watch, [12, 0, 0, 0, 0, 0, 0, 12])
    assert found[4] is Verdict.WENT_SILENT
    assert found.count(Verdict.WENT_SILENT) == 1
    assert found[-1] is Verdict.CAME_BACK
    assert watch.heard_again() == pytest.approx(1.75)
    assert watch.silent_for_s == 0


def test_a_stream_that_never_starts_is_silent_from_the_beginning() -> None:
    assert look(StreamWatch(0.0), [0, 0, 0, 0])[-1] is Verdict.WENT_SILENT


def test_healing_is_tried_ever_more_rarely_and_then_left() -> None:
    found = look(StreamWatch(0.0), [0] * 800)
    attempts = [index * TICK_S for index, verdict in enumerate(found) if verdict is not Verdict.FINE]
    assert len(attempts) == 4
    pauses = [later - earlier for earlier, later in pairwise(attempts)]
    assert pauses == sorted(pauses)


def test_counters_that_begin_anew_are_no_silence() -> None:
    watch = StreamWatch(0.0)
    assert watch.look(counters(500), 0.25) is Verdict.FINE
    assert watch.look(counters(3), 0.5) is Verdict.FINE
    assert watch.look(counters(15), 0.75) is Verdict.FINE


@given(st.lists(st.integers(0, 15), min_size=1, max_size=80))
def test_silence_is_found_within_two_seconds_and_never_while_sound_flows(packets: list[int]) -> None:
    watch = StreamWatch(0.0)
    found = look(watch, packets)
    quiet = 0
    for count, verdict in zip(packets, found, strict=True):
        quiet = 0 if count else quiet + 1
        if verdict is Verdict.WENT_SILENT:
            assert quiet * TICK_S >= SILENT_AFTER_S
            watch.heard_again()
    if quiet * TICK_S >= 2.0:
        assert Verdict.WENT_SILENT in found


def test_quality_is_of_the_last_seconds_not_of_the_whole_call() -> None:
    watch = StreamWatch(0.0)
    assert watch.measure(counters(50, sent=50), 1.0) is None
    first = watch.measure(counters(150, sent=150, lost=150), MEASURE_EVERY_S)
    assert first is not None
    assert first.loss_percent == 50
    second = watch.measure(counters(300, sent=300, lost=150, lost_by_them=15), 2 * MEASURE_EVERY_S)
    assert second is not None
    assert second.loss_percent == 0
    assert second.loss_sent_percent == 10
    renewed = watch.measure(counters(10, sent=10), 3 * MEASURE_EVERY_S)
    assert renewed is not None
    assert renewed.loss_percent == 0
