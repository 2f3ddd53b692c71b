"""The board's presenter on real parts: it shows a live call by the feed's hints, and what its keys ask for happens."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.desk.board import Board
from app.desk.calls import LiveCalls
from app.domain.agents import AgentState
from app.domain.calls import Phase, Target, TargetKind
from app.store.duty import PostgresDuty
from app.store.feed import PostgresFeed
from app.switch.instance import AsteriskInstance
from tests.helpers.organisation import Vallon
from tests.voice.parties import customer_of
from tests.voice.world import AgentDesk, World, open_world


@dataclass
class Supervisor:
    """A supervisor at her board: presenters over her own sign-in, her own feed and her own phone."""

    desk: AgentDesk
    board: Board

    async def until(self, holds: Callable[[], object], what: str) -> None:
        async with asyncio.timeout(10):
            while not holds():
                await asyncio.sleep(0.02)
        assert holds(), what


@pytest.fixture
async def world(vallon: Vallon, instance: AsteriskInstance, folder: Path) -> AsyncIterator[World]:
    async with open_world(vallon, instance, folder) as made:
        yield made


@contextlib.asynccontextmanager
async def _board(world: World) -> AsyncIterator[Supervisor]:
    desk = await world.arrives("sofia")
    await desk.store.set_my_state(AgentState.NOT_READY, "meeting")
    feed = PostgresFeed(desk.store.access, world.vallon.organisation_id)
    await feed.start()
    directory = await desk.store.directory()
    me = world.vallon.agents["sofia"]
    calls = LiveCalls(desk.calls, desk.desk.phone, feed, me)
    board = Board(desk.calls, PostgresDuty(desk.store._database), feed, lambda: directory, me, calls.expect)
    calls.begin()
    board.open(shown=True)
    try:
        yield Supervisor(desk, board)
    finally:
        await board.close()
        await calls.close()
        await feed.stop()


async def test_a_call_is_seen_heard_left_moved_and_kept_from_the_board(world: World) -> None:
    camille, julie = await world.arrives("camille"), await world.arrives("julie")
    workshop = Target(TargetKind.TEAM, world.vallon.teams["Atelier Beaune"])
    async with _board(world) as sofia, customer_of(world.switch, "+33639981234") as marc:
        board = sofia.board
        marc.do("call +33380123450")
        await camille.answers()
        await sofia.until(lambda: [c for c in board.state.live if c.phase is Phase.TALKING], "the live call")
        call = board.state.live[0]
        assert (call.agent_name, call.team_name) == ("Camille Roy", "Contact centre")
        board.choose(call.id)

        board.listen()
        await sofia.desk.desk.talks()  # nobody pressed a key: who asks to listen is put through
        await sofia.until(lambda: board.state.heard is not None, "she hears it")
        board.leave()
        await sofia.until(lambda: board.state.heard is None, "she left it")

        board.choose_line(workshop)
        board.move()
        await sofia.until(lambda: board.state.leaving is not None, "its agent is told")
        leaving = board.state.leaving
        assert leaving is not None
        assert (leaving.agent, leaving.name) == ("Camille Roy", "Atelier Beaune")
        board.take_back()
        await sofia.until(lambda: board.state.leaving is None, "it is kept")
        board.move()
        await julie.answers()
        await sofia.until(lambda: [c for c in board.state.live if c.agent_name == "Julie Marchand"], "it moved")
        assert board.state.error is None


async def test_a_waiting_caller_is_taken_with_one_key(world: World) -> None:
    async with _board(world) as sofia, customer_of(world.switch, "+33639981234") as marc:
        board = sofia.board
        marc.do("call +33380123450")
        await sofia.until(lambda: board.state.waiting, "the waiting caller")
        board.choose(board.state.waiting[0].id)
        board.take()
        await sofia.desk.desk.talks()
        await sofia.until(lambda: [c for c in board.state.live if c.agent_name == "Sofia Supervisor"], "she has it")
