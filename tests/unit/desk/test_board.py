"""The board's presenter: order and figures of what is shown, what keys ask for, and a move that its agent hears of."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.desk import board as board_module
from app.desk.board import Board
from app.desk.floor_lines import abandoned_share, awaited_team, service_level, supervised, together
from app.domain.agents import AgentState
from app.domain.calls import Phase, Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.permissions import Permission
from app.domain.refusals import Refusal, Refused
from tests.helpers import sample, sample_board
from tests.helpers.sample_calls import SampleCalls
from tests.helpers.sample_floor import SampleFloor

ME = sample.key("Camille Roy")
BEAUNE = Target(TargetKind.TEAM, sample.key("Atelier Beaune"))


class World:
    """A board over the busy morning."""

    def __init__(self) -> None:
        self.store = sample.SampleStore()
        self.calls = SampleCalls(sample_board.calls())
        self.expected: list[UUID] = []
        self.floor = SampleFloor(self.store.kept)
        sample_board.fill(self.floor)
        self.board = Board(self.calls, self.floor, self.store, lambda: self.store.kept, ME, self.expected.append)

    async def settle(self) -> None:
        await self.board.work.settle()


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(board_module, "PAUSE_S", 0.0)
    made = World()
    made.board.open(shown=True)
    await made.settle()
    yield made
    await made.board.close()


@pytest.mark.parametrize("phase", [Phase.DIALLING, Phase.VOICEMAIL])
async def test_a_call_that_nobody_can_join_is_offered_to_nobody(world: World, phase: Phase) -> None:
    call = world.board.state.live[0]
    world.calls.calls[call.id] = replace(call, phase=phase)
    world.store.hint("call", call.id)
    await world.settle()
    world.board.choose(call.id)
    world.board.open_move()
    assert not world.board.state.moving


async def test_waiting_calls_stand_in_their_order_with_their_place_in_their_own_queue(world: World) -> None:
    state = world.board.state
    assert [call.caller_number for call in state.waiting] == ["+33622814019", "+33474216088", "+33380610977"]
    assert [state.place(call) for call in state.waiting] == [1, 2, 1]
    first = state.waiting[0]
    world.calls.calls[first.id] = replace(first, place_at=sample.NOW)
    world.store.hint("call", first.id)
    await world.settle()
    assert world.board.state.waiting[-1].id == first.id
    assert world.board.state.place(world.board.state.waiting[-1]) == 2


async def test_a_team_shows_its_calls_agents_and_day_only(world: World) -> None:
    parts = sample.key("Pièces détachées")
    world.board.choose_team(parts)
    state = world.board.state
    assert {awaited_team(call) for call in state.waiting} == {parts}
    assert [call.team_id for call in state.live] == [parts]
    assert [line.name for line in state.lines] == ["Pièces détachées", "Camille Roy", "Paul Girard"]
    assert state.day is not None
    assert state.day.offered == 24
    world.board.choose_team(None)
    assert world.board.state.day is not None
    assert world.board.state.day.offered == 115


def test_the_day_of_all_teams_counts_finished_waits() -> None:
    floor = SampleFloor(sample.SampleStore().kept)
    sample_board.fill(floor)
    day = together(floor.days)
    assert day is not None
    assert service_level(day) == pytest.approx(94 / 113)
    assert abandoned_share(day) == pytest.approx(4 / 113)
    assert together(()) is None
    assert service_level(replace(day, answered=0, abandoned=0, missed=0)) is None


def test_a_lead_supervises_the_teams_that_she_leads() -> None:
    directory = sample.SampleStore().kept
    assert supervised(directory) == {team.id for team in directory.teams}
    julie = next(agent for agent in directory.agents if agent.name == "Julie Marchand")
    plain = directory.permissions - {Permission.SUPERVISE_CALLS}
    assert supervised(replace(directory, me=julie, permissions=plain)) == {sample.key("Atelier Beaune")}
    nadia = next(agent for agent in directory.agents if agent.name == "Nadia Benali")
    assert supervised(replace(directory, me=nadia, permissions=plain)) == frozenset()


async def test_keys_act_on_the_chosen_call(world: World) -> None:
    board = world.board
    waiting, live = board.state.waiting[1], board.state.live[0]
    board.choose(waiting.id)
    assert (board.state.waits, board.state.talks) == (True, False)
    board.take()
    board.put(-1)
    board.choose(live.id)
    assert (board.state.waits, board.state.talks) == (False, True)
    board.listen()
    board.whisper()
    board.barge()
    board.end()
    await world.settle()
    kinds = [(call_id, kind) for call_id, kind, _, _ in world.calls.commands]
    assert kinds == [
        (waiting.id, CommandKind.TAKE), (waiting.id, CommandKind.PLACE), (live.id, CommandKind.LISTEN),
        (live.id, CommandKind.WHISPER), (live.id, CommandKind.BARGE), (live.id, CommandKind.END),
    ]  # fmt: skip
    assert world.calls.places[1] == 1
    assert world.expected == [waiting.id, live.id, live.id, live.id]


async def test_i_leave_the_call_that_i_listen_to_whatever_is_chosen(world: World) -> None:
    heard = world.board.state.live[1]
    world.calls.calls[heard.id] = replace(heard, listeners=(ME,))
    world.store.hint("call", heard.id)
    await world.settle()
    world.board.choose(world.board.state.live[0].id)
    world.board.leave()
    await world.settle()
    assert world.calls.commands == [(heard.id, CommandKind.LEAVE, None, "")]


async def test_a_live_call_is_moved_and_taken_back_while_its_agent_is_told(world: World) -> None:
    board = world.board
    call = board.state.live[0]
    board.choose(call.id)
    board.open_move()
    assert board.state.line == BEAUNE
    board.move()
    await world.settle()
    assert world.calls.commands == [(call.id, CommandKind.MOVE, BEAUNE, "")]
    until = sample.NOW + timedelta(seconds=3)
    world.calls.calls[call.id] = replace(call, step="leaving", step_team_id=BEAUNE.id, step_until_at=until)
    world.store.hint("call", call.id)
    await world.settle()
    leaving = board.state.leaving
    assert leaving is not None
    assert (leaving.agent, leaving.name, leaving.at) == ("Nadia Benali", "Atelier Beaune", until)
    board.take_back()
    await world.settle()
    assert world.calls.commands[-1] == (call.id, CommandKind.KEEP, None, "")


async def test_a_waiting_call_is_moved_at_once_to_an_agent_found_by_name(world: World) -> None:
    board = world.board
    call = board.state.waiting[1]
    board.choose(call.id)
    board.open_move()
    board.type("vic")
    board.move()
    await world.settle()
    victor = Target(TargetKind.AGENT, sample.key("Victor Lang"))
    assert world.calls.commands == [(call.id, CommandKind.MOVE, victor, "")]


async def test_a_refusal_is_shown_and_goes_with_the_next_act(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise Refused(Refusal.NOT_PERMITTED)

    board = world.board
    board.choose(board.state.live[0].id)
    monkeypatch.setattr(world.calls, "command_call", refuse)
    board.listen()
    await world.settle()
    refused = board.state.error
    assert refused is not None
    assert "permission" in refused.text
    board.set_state(sample.key("Victor Lang"), AgentState.NOT_READY, "lunch")
    board.close_team(sample.key("Location"), closed=True)
    await world.settle()
    assert board.state.error is None
    assert world.floor.duty[sample.key("Victor Lang")].reason == "lunch"
    assert [load.name for load in board.state.loads if load.closed_now] == ["Location"]


async def test_a_busy_floor_is_read_while_it_changes(world: World) -> None:
    for seconds in range(40):
        call = world.board.state.live[0]
        world.calls.calls[call.id] = replace(call, held_since_at=sample.NOW - timedelta(seconds=seconds))
        world.store.hint("call", call.id)
    await world.settle()
    assert world.board.state.live[0].held_since_at == sample.NOW - timedelta(seconds=39)
