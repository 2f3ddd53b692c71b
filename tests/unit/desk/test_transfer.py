"""The transfer panel's presenter: who is offered, what is typed, and where the call goes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.desk.calls import LiveCalls
from app.desk.transfer import Transfer, chain
from app.domain.agents import AgentState
from app.domain.calls import HAND_OVER_MOST_S, Phase, Target, TargetKind
from app.domain.hand_over import CommandKind
from app.services.calls import CallView
from tests.helpers import sample

ME = sample.key("Camille Roy")
CALL = CallView(
    sample.key("call"), "in", Phase.TALKING, "+33612457890", "+33380123450", sample.key("Contact centre"),
    "Contact centre", datetime(2026, 11, 23, 9, 3, tzinfo=UTC), agent_id=ME,
)  # fmt: skip
BEAUNE = Target(TargetKind.TEAM, sample.key("Atelier Beaune"))
HUGO = Target(TargetKind.AGENT, sample.key("Hugo Mercier"))


async def opened(call: CallView = CALL) -> tuple[sample.SampleStore, LiveCalls, Transfer]:
    store = sample.SampleStore()
    store.calls.calls = {call.id: call}
    services = sample.signed_in(store)
    calls = LiveCalls(services.calls, None, services.feed, ME)
    calls.begin()
    await calls.work.settle()
    transfer = Transfer(calls, services.floor, services.feed, lambda: services.directory)
    transfer.open()
    await transfer.work.settle()
    return store, calls, transfer


async def test_sub_teams_come_first_with_who_is_free_and_the_first_one_shows_its_agents() -> None:
    _, calls, transfer = await opened()
    first, *others = transfer.state.offered
    assert (first.target, first.open, transfer.state.chosen) == (BEAUNE, True, BEAUNE)
    assert first.load is not None
    assert (first.load.free, first.load.busy) == (1, 0)
    assert [one.name for one in others[:3]] == ["Julie Marchand", "Hugo Mercier", "Victor Lang"]
    assert others[1].duty is not None
    assert others[1].duty.state is AgentState.AVAILABLE
    assert ME not in {one.target.id for one in transfer.state.offered}
    await transfer.close()
    await calls.close()


async def test_typing_finds_an_agent_whose_choice_moves_the_call_with_its_note() -> None:
    store, calls, transfer = await opened()
    calls.type_note("Leak is worse.")
    transfer.type("hug")
    assert transfer.state.chosen == HUGO
    transfer.hand_over()
    await calls.work.settle()
    assert store.calls.commands == [(CALL.id, CommandKind.HAND_OVER, HUGO, "Leak is worse.")]
    assert not transfer.state.open
    await transfer.close()
    await calls.close()


async def test_arrows_choose_and_a_consultation_goes_to_the_choice() -> None:
    store, calls, transfer = await opened()
    transfer.step(2)
    assert transfer.state.chosen == HUGO
    assert [one.name for one in transfer.state.offered[:3]] == ["Atelier Beaune", "Julie Marchand", "Hugo Mercier"]
    transfer.consult()
    await calls.work.settle()
    assert [command[1:3] for command in store.calls.commands] == [(CommandKind.CONSULT, HUGO)]
    await transfer.close()
    await calls.close()


@pytest.mark.parametrize("typed", ["06 74 22 18 09", "+33674221809"])
async def test_a_number_can_be_a_target(typed: str) -> None:
    _, calls, transfer = await opened()
    transfer.type(typed)
    assert transfer.state.chosen == Target(TargetKind.NUMBER, number="+33674221809")
    transfer.type("nobody of this name")
    assert transfer.state.offered == ()
    transfer.hand_over()
    await calls.work.settle()
    await transfer.close()
    await calls.close()


async def test_it_ends_with_the_call_and_does_not_open_without_one() -> None:
    store, calls, transfer = await opened()
    store.calls.calls[CALL.id] = replace(CALL, phase=Phase.ENDED, ended_at=sample.NOW)
    store.hint("call", CALL.id)
    await calls.work.settle()
    assert not transfer.state.open
    transfer.open()
    assert not transfer.state.open
    await transfer.close()
    await calls.close()


@pytest.mark.parametrize("target", [BEAUNE, HUGO, Target(TargetKind.NUMBER, number="+33674221809")])
def test_the_chain_shown_is_the_time_that_the_hub_gives(target: Target) -> None:
    steps = chain(target, "target", "her team", "queue")
    assert sum(seconds for _, seconds in steps) == HAND_OVER_MOST_S
    assert [name for name, _ in steps] == (
        ["target", "", "her team", "queue"] if target is HUGO else ["target", "", "queue"]
    )
