"""My calls: hub and phone matched by id, the note saved as typed, commands where they belong."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.desk import calls as calls_module
from app.desk.calls import PAUSE_S, LiveCalls
from app.desk.wording import of_refusal
from app.domain.calls import Phase, Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.phone import CallState
from app.domain.phone_events import CallChanged
from app.domain.quality import Quality, QualityCause
from app.domain.refusals import Refusal, Refused
from app.phone.fake import FakePhone
from app.services.calls import CallView
from tests.helpers import sample

ME = sample.key("Camille Roy")
RINGING = CallView(
    sample.key("call"), "in", Phase.WAITING, "+33612457890", "+33380123450", sample.key("Contact centre"),
    "Contact centre", datetime(2026, 11, 23, 9, 3, tzinfo=UTC), ringing=(ME,),
)  # fmt: skip
TALKING = replace(RINGING, phase=Phase.TALKING, ringing=(), agent_id=ME)


def desk_of(*calls: CallView) -> tuple[sample.SampleStore, FakePhone, LiveCalls]:
    store, phone = sample.SampleStore(), FakePhone()
    store.calls.calls = {call.id: call for call in calls}
    presenter = LiveCalls(store.calls, phone, store, ME)
    presenter.begin()
    return store, phone, presenter


async def test_a_ring_is_answered_where_hub_and_phone_meet() -> None:
    store, phone, presenter = desk_of()
    await presenter.work.settle()
    rung = phone.ring(RINGING.caller_number, call_id=RINGING.id)
    store.calls.calls[RINGING.id] = RINGING
    store.hint("offer", RINGING.id, ME)
    await presenter.work.settle()
    assert [call.id for call in presenter.state.incoming] == [RINGING.id]
    presenter.answer()
    await presenter.work.settle()
    leg = presenter.state.leg(RINGING.id)
    assert leg is not None
    assert leg.key == rung.key
    assert leg.state is not CallState.INCOMING
    await presenter.close()


async def test_a_call_that_i_asked_to_hear_is_taken_as_soon_as_it_rings() -> None:
    _, phone, presenter = desk_of()
    await presenter.work.settle()
    presenter.expect(TALKING.id)
    phone.ring(TALKING.caller_number, call_id=sample.key("another call"))
    await presenter.work.settle()
    other = presenter.state.leg(sample.key("another call"))
    assert other is not None
    assert other.state is CallState.INCOMING
    phone.ring(TALKING.caller_number, call_id=TALKING.id)
    await presenter.work.settle()
    leg = presenter.state.leg(TALKING.id)
    assert leg is not None
    assert leg.state is not CallState.INCOMING
    await presenter.close()


async def test_a_call_that_i_could_not_have_back_is_not_taken_when_it_rings_much_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calls_module, "EXPECTED_S", 0)
    _, phone, presenter = desk_of(replace(TALKING, phase=Phase.MOVING, agent_id=None, handed_by=ME))
    await presenter.work.settle()
    presenter.take_back()
    await presenter.work.settle()
    await asyncio.sleep(0)
    phone.ring(TALKING.caller_number, call_id=TALKING.id)
    await presenter.work.settle()
    leg = presenter.state.leg(TALKING.id)
    assert leg is not None
    assert leg.state is CallState.INCOMING
    await presenter.close()


async def test_a_key_between_the_card_and_the_ring_takes_the_call() -> None:
    _, phone, presenter = desk_of(RINGING)
    await presenter.work.settle()
    presenter.answer()
    phone.ring(RINGING.caller_number, call_id=RINGING.id)
    await presenter.work.settle()
    leg = presenter.state.leg(RINGING.id)
    assert leg is not None
    assert leg.state is not CallState.INCOMING
    await presenter.close()


async def test_an_offer_to_somebody_else_is_not_read() -> None:
    store, _, presenter = desk_of()
    await presenter.work.settle()
    store.calls.calls[RINGING.id] = RINGING
    store.hint("offer", RINGING.id, sample.key("Nadia Benali"))
    await presenter.work.settle()
    assert presenter.state.calls == ()
    await presenter.close()


async def test_a_call_that_i_hand_over_is_read_after_the_other_desk_had_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, _, presenter = desk_of(TALKING)
    await presenter.work.settle()
    monkeypatch.setattr("app.desk.calls.OTHERS_FIRST_S", 0.2)
    presenter.hand_over(Target(TargetKind.TEAM, sample.key("Atelier Beaune")), "")
    store.calls.calls[TALKING.id] = replace(TALKING, agent_id=None, handed_by=ME, phase=Phase.MOVING)
    store.hint("offer", TALKING.id, ME)
    store.hint("call", TALKING.id, None)
    await asyncio.sleep(0.05)
    assert bool(presenter.state.front), "not read yet"
    await presenter.work.settle()
    assert not presenter.state.front
    store.calls.calls[TALKING.id] = TALKING  # nobody took it: back at once, since I asked for nothing
    store.hint("offer", TALKING.id, ME)
    await asyncio.sleep(0.05)
    assert presenter.state.front is not None
    await presenter.close()


async def test_not_me_passes_the_call_on_and_hides_its_card() -> None:
    store, _, presenter = desk_of(RINGING)
    await presenter.work.settle()
    presenter.hang_up()
    await presenter.work.settle()
    assert presenter.state.incoming == ()
    assert store.calls.commands == [(RINGING.id, CommandKind.NOT_ME, None, "")]
    await presenter.close()


async def test_commands_go_to_the_call_in_front() -> None:
    store, _, presenter = desk_of(TALKING)
    await presenter.work.settle()
    target = Target(TargetKind.TEAM, sample.key("Atelier Beaune"))
    presenter.hand_over(target, " Leak is worse. ")
    presenter.swap()
    await presenter.work.settle()
    assert store.calls.commands == [
        (TALKING.id, CommandKind.HAND_OVER, target, "Leak is worse."),
        (TALKING.id, CommandKind.SWAP, None, ""),
    ]
    await presenter.close()


async def test_the_note_is_saved_once_after_a_pause_and_at_the_latest_at_the_end() -> None:
    store, _, presenter = desk_of(TALKING)
    await presenter.work.settle()
    presenter.type_note("Le")
    presenter.type_note("Leak")
    assert store.calls.calls[TALKING.id].my_note == ""
    assert PAUSE_S < 1
    await presenter.close()
    assert store.calls.calls[TALKING.id].my_note == "Leak"


async def test_a_call_that_ended_is_filed_with_its_note() -> None:
    over = replace(TALKING, phase=Phase.ENDED, my_part_ended=True, my_note="Oil under the tractor")
    store, _, presenter = desk_of(over)
    await presenter.work.settle()
    assert presenter.state.front is None
    assert presenter.state.note == "Oil under the tractor"
    presenter.wrap_up(None, "Done", None)
    await presenter.work.settle()
    assert store.calls.calls[over.id].my_part_filed
    assert presenter.state.to_file is None
    await presenter.close()


async def test_a_refusal_of_the_phone_is_a_sentence() -> None:
    _, _, presenter = desk_of()
    await presenter.work.settle()
    presenter.dial("+33612457890")
    await presenter.work.settle()
    assert presenter.state.error is not None
    assert "not connected" in presenter.state.error.text
    await presenter.close()


async def test_how_a_call_sounded_is_told_at_its_end() -> None:
    store, phone, presenter = desk_of(RINGING)
    await presenter.work.settle()
    rung = phone.ring(RINGING.caller_number, call_id=RINGING.id)
    good = Quality(4.2, 4.1, 3.0, 0.0, 0.0, 20.0, "opus", QualityCause.NONE)
    over = replace(rung, state=CallState.ENDED, quality=good)
    phone.tell(CallChanged(over))
    await presenter.work.settle()
    assert store.calls.qualities == {RINGING.id: good}
    await presenter.close()


async def test_the_sender_has_her_caller_back_and_need_not_answer() -> None:
    away = replace(TALKING, phase=Phase.MOVING, agent_id=None, handed_by=ME)
    store, phone, presenter = desk_of(away)
    await presenter.work.settle()
    presenter.take_back()
    await presenter.work.settle()
    assert store.calls.commands == [(away.id, CommandKind.TAKE, None, "")]
    phone.ring(away.caller_number, call_id=away.id)
    await presenter.work.settle()
    leg = presenter.state.leg(away.id)
    assert leg is not None
    assert leg.state is not CallState.INCOMING
    await presenter.close()


async def test_the_hub_is_told_once_that_the_card_is_painted() -> None:
    store, _, presenter = desk_of(RINGING)
    await presenter.work.settle()
    for _ in range(3):
        presenter.card_painted(RINGING.id)
    await presenter.work.settle()
    assert store.calls.painted == [RINGING.id]
    await presenter.close()


async def test_a_ring_that_the_switch_took_to_its_grave_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.desk.calls.GHOST_S", 0.05)
    store, phone, presenter = desk_of(RINGING)
    phone.ring(RINGING.caller_number, call_id=RINGING.id)
    await presenter.work.settle()
    del store.calls.calls[RINGING.id]  # ended, and no part of mine in it
    store.hint("offer", RINGING.id, ME)
    async with asyncio.timeout(2):
        while phone.snapshot.calls:
            await asyncio.sleep(0.01)
    await presenter.close()


async def test_a_ring_that_the_hub_never_spoke_of_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.desk.calls.GHOST_S", 0.01)
    _, phone, presenter = desk_of()
    phone.ring(RINGING.caller_number, call_id=RINGING.id)  # a supervisor's phone, or a hub that is slow
    await presenter.work.settle()
    await asyncio.sleep(0.05)
    assert len(phone.snapshot.calls) == 1
    await presenter.close()


async def test_what_the_hub_could_not_do_is_said() -> None:
    store, _, presenter = desk_of(TALKING)
    await presenter.work.settle()
    store.calls.refused = "nobody_free"
    store.hint("refused", sample.key("command"), ME)
    await presenter.work.settle()
    assert presenter.state.error == of_refusal(Refused(Refusal.NOBODY_FREE, agent=""))
    await presenter.close()
