"""The wrap-up's presenter: a result, a promised call, and when the agent is available by herself."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.desk.calls import LiveCalls
from app.desk.wrap_up import WrapUp, proposed
from app.domain.calls import Phase
from app.services.calls import CallView
from tests.helpers import sample
from ui.softphone.results import result_words

ME = sample.key("Camille Roy")
OVER = CallView(
    sample.key("call"), "in", Phase.ENDED, "+33612457890", "+33380123450", sample.key("Contact centre"),
    "Contact centre", sample.NOW, agent_id=ME, case_subject="Hydraulic leak", my_note="Leak is worse.",
    my_part_ended=True, my_part_ended_at=sample.NOW,
)  # fmt: skip


async def after(call: CallView) -> tuple[sample.SampleStore, LiveCalls, WrapUp]:
    store = sample.SampleStore()
    store.calls.calls, store.calls.results = {call.id: call}, sample.RESULTS
    calls = LiveCalls(store.calls, None, store, ME)
    wrap_up = WrapUp(calls, "Europe/Paris", lambda: sample.NOW)
    calls.begin()
    await calls.work.settle()
    return store, calls, wrap_up


async def test_a_result_is_found_by_typing_and_filed_with_the_note() -> None:
    store, calls, wrap_up = await after(OVER)
    wrap_up.choose_by("no", result_words)
    assert wrap_up.state.chosen == sample.key("no_answer")
    wrap_up.file()
    await calls.work.settle()
    assert store.calls.calls[OVER.id].my_part_filed
    assert store.calls.filed == [(OVER.id, sample.key("no_answer"), "Leak is worse.", None)]
    assert wrap_up.state.call is None
    await wrap_up.close()
    await calls.close()


async def test_to_call_back_makes_the_reminder_at_the_chosen_time() -> None:
    store, calls, wrap_up = await after(OVER)
    wrap_up.choose(sample.key("to_call_back"))
    assert wrap_up.state.back_at == wrap_up.state.times[0]
    wrap_up.call_back(wrap_up.state.times[2])
    wrap_up.file()
    await calls.work.settle()
    back = store.calls.filed[0][3]
    assert back is not None
    assert (back.local_at, back.zone, back.title) == (wrap_up.state.times[2], "Europe/Paris", "Hydraulic leak")
    await wrap_up.close()
    await calls.close()


async def test_a_team_may_insist_on_a_result() -> None:
    store, calls, wrap_up = await after(replace(OVER, result_required=True))
    wrap_up.file()
    await calls.work.settle()
    assert store.calls.filed == []
    assert wrap_up.state.until_at is None
    await wrap_up.close()
    await calls.close()


async def test_an_optional_wrap_up_ends_by_itself() -> None:
    _, calls, wrap_up = await after(replace(OVER, wrap_up="timed", wrap_up_s=90))
    assert wrap_up.state.until_at == sample.NOW + timedelta(seconds=90)
    await wrap_up.close()
    await calls.close()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 23, 10, 4), ["23 11:05", "23 16:30", "24 09:00", "24 14:00"]),
        (datetime(2026, 11, 27, 16, 0), ["27 17:00", "30 09:00", "30 14:00", "01 09:00"]),
        (datetime(2026, 11, 28, 9, 58), ["28 11:00", "30 09:00", "30 14:00", "01 09:00"]),
    ],
)
def test_times_are_proposed_on_working_days(now: datetime, expected: list[str]) -> None:
    assert [f"{at:%d %H:%M}" for at in proposed(now)] == expected
