"""The exchange in hard moments: two callers at once, one who hangs up while she is looked up, a hub that begins."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.domain.agents import AgentState
from app.domain.calls import Direction, LiveCall, Outcome, Phase, Step, StepKind, Target, TargetKind
from app.domain.floor import AgentOnFloor, Floor, TeamOnFloor
from app.domain.hand_over import CallCommand, CommandKind
from app.domain.prompts import Prompt
from app.domain.routing import Caller
from app.domain.schedules import Hours
from app.domain.turns import CallTurn
from app.hub.exchange import Exchange
from app.hub.journal import TurnJournal
from app.services.call_book import DialledNumber, KnownCaller
from app.services.switch import AgentDialled, CallerArrived, LegAnswered, LegFound, LegLeft, SwitchBack

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CENTRE, CAMILLE = uuid4(), uuid4()
NUMBER = DialledNumber(uuid4(), uuid4(), CENTRE, "+33380123450", Hours(is_open=True))


class Switch:
    """Remembers what it was told; each order takes one turn of the loop, as the real one's do."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.there: dict[str, LegFound] = {}
        self.saying: set[str] = set()
        self.broken: set[str] = set()

    def __getattr__(self, name: str) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def tell(*what: Any, **more: Any) -> bool:
            await asyncio.sleep(0)
            if name in self.broken:
                raise ConnectionError(name)
            self.told.append((name, *what, *more.values()))
            return True

        return tell

    async def says(self, call_id: UUID, name: str) -> bool:
        return name in self.saying

    async def takes_message(self, call_id: UUID) -> bool:
        return "message" in self.saying

    async def phones_online(self, agents: tuple[UUID, ...]) -> tuple[UUID, ...]:
        return agents

    async def legs(self) -> dict[str, LegFound]:
        return self.there

    async def up_since(self) -> datetime:
        return NOW

    def did(self, name: str) -> list[tuple[Any, ...]]:
        return [tuple(what) for done, *what in self.told if done == name]


class Book:
    """One number, one agent; looking up lasts until `found`."""

    def __init__(self) -> None:
        self.found = asyncio.Event()
        self.found.set()
        self.turns: list[CallTurn] = []
        self.live: tuple[LiveCall, ...] = ()
        self.refused: list[str] = []

    async def floor(self) -> Floor:
        agents = {CAMILLE: AgentOnFloor(CAMILLE, AgentState.AVAILABLE, NOW)}
        return Floor(agents, {CENTRE: TeamOnFloor(CENTRE, (CAMILLE,))})

    async def dialled_number(self, e164: str) -> DialledNumber:
        await self.found.wait()
        return NUMBER

    async def number_shown(self, agent_id: UUID, wished: str) -> DialledNumber:
        await self.found.wait()
        return NUMBER

    async def known_caller(self, number: DialledNumber, e164: str) -> KnownCaller:
        return KnownCaller(Caller(e164))

    async def routing_rules(self, team_id: UUID) -> tuple[()]:
        return ()

    async def live_calls(self) -> tuple[LiveCall, ...]:
        return self.live

    async def write_turn(self, turn: CallTurn) -> bool:
        await asyncio.sleep(0)
        self.turns.append(turn)
        return True

    async def prompt(self, prompt_id: UUID) -> None:
        return None

    async def command_done(self, command_id: UUID, refused: str) -> None:
        self.refused.append(refused)


class Hub:
    """An exchange with its switch and its book."""

    def __init__(self, folder: Path) -> None:
        self.switch, self.book = Switch(), Book()
        journal = TurnJournal(folder / "turns.jsonl", lambda epoch: self.book)  # type: ignore[arg-type, return-value]
        self.exchange = Exchange(self.switch, self.book, journal, 1, clock=lambda: NOW)  # type: ignore[arg-type]

    async def holds(self, call: LiveCall, *legs: str) -> None:
        """An earlier hub left this call, and the switch has its legs."""
        self.book.live = (call,)
        self.switch.there = {leg: LegFound(leg, True) for leg in (call.caller_leg, *legs)}
        await self.exchange.hear(SwitchBack())

    def state(self) -> AgentState:
        return self.exchange._floor.now.agents[CAMILLE].state

    async def all_done(self) -> None:
        while self.exchange._following:
            await asyncio.gather(*self.exchange._following)


@pytest.fixture
async def hub(tmp_path: Path) -> Hub:
    made = Hub(tmp_path)
    await made.exchange.refresh_floor()
    await made.exchange._floor.ask_who_is_there()
    return made


async def test_two_callers_at_once_do_not_ring_at_the_same_agent(hub: Hub) -> None:
    hub.book.found.clear()
    for leg in ("first", "second"):
        await hub.exchange.hear_soon(CallerArrived(leg, "+33380123450", "+33639981234", ""))
    hub.book.found.set()
    await hub.all_done()
    assert len(hub.switch.did("ring_agent")) == 1


async def test_who_hangs_up_while_she_is_looked_up_rings_at_nobody_and_is_filed(hub: Hub) -> None:
    hub.book.found.clear()
    await hub.exchange.hear_soon(CallerArrived("caller", "+33380123450", "+33639981234", ""))
    await hub.exchange.hear(LegLeft("caller", 16))
    hub.book.found.set()
    await hub.all_done()
    assert not hub.switch.did("ring_agent")
    assert [turn.call.outcome for turn in hub.book.turns] == [Outcome.ABANDONED]
    assert not hub.exchange.live


async def test_an_agent_who_hangs_up_before_it_is_dialled_calls_nobody(hub: Hub) -> None:
    hub.book.found.clear()
    await hub.exchange.hear_soon(AgentDialled("camille", CAMILLE, "+33639981234", ""))
    await hub.exchange.hear(LegLeft("camille", 16))
    hub.book.found.set()
    await hub.all_done()
    assert not hub.switch.did("ring_number")
    assert not hub.exchange.live


def _at(phase: Phase, **more: Any) -> LiveCall:
    call = LiveCall(uuid4(), uuid4(), Direction.IN, "caller", "+33639981234", None, CENTRE, phase, NOW)
    return replace(call, **more)


QUEUE = Step(StepKind.QUEUE, 0, "team_queue", team_id=uuid4())
MESSAGE = Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=CENTRE)


@pytest.mark.parametrize("still", [False, True])
async def test_what_was_said_to_its_end_while_no_hub_was_there_is_over_for_the_next_one(hub: Hub, still: bool) -> None:
    hub.switch.saying = {"greeting-1"} if still else set()
    await hub.holds(_at(Phase.VOICEMAIL, steps=(MESSAGE,), saying="greeting-1", said=1))
    assert bool(hub.switch.did("take_message")) is not still


@pytest.mark.parametrize("still", [False, True])
async def test_who_has_spoken_her_message_while_no_hub_was_there_is_let_go(hub: Hub, still: bool) -> None:
    hub.switch.saying = {"message"} if still else set()
    await hub.holds(_at(Phase.VOICEMAIL, steps=(MESSAGE,), said=1))
    assert bool(hub.switch.did("end_leg")) is not still


async def test_a_prompt_that_nobody_finds_is_not_waited_for(hub: Hub) -> None:
    await hub.holds(
        _at(Phase.WAITING, steps=(QUEUE, replace(MESSAGE, prompts=(Prompt(own=uuid4()),))), step_until_at=NOW)
    )
    await hub.exchange.tick()
    await hub.all_done()
    assert not hub.switch.did("say")
    assert hub.switch.did("take_message")


async def test_what_the_switch_cannot_do_leaves_nobody_in_silence(hub: Hub) -> None:
    hub.switch.broken = {"say", "take_message"}
    await hub.holds(_at(Phase.WAITING, steps=(QUEUE, MESSAGE), step_until_at=NOW))
    await hub.exchange.tick()
    await hub.all_done()
    assert hub.switch.did("end_leg") == [("caller", "normal")]


async def test_a_supervisor_whose_phone_cannot_be_rung_does_not_stay_on_the_call(hub: Hub) -> None:
    hub.switch.broken = {"listen"}
    call = _at(Phase.TALKING, agent_id=uuid4(), agent_leg="agent")
    await hub.holds(call, "agent")
    await hub.exchange.obey(CallCommand(uuid4(), call.id, CAMILLE, CommandKind.LISTEN))
    await hub.all_done()
    assert hub.exchange.live[0].listeners == {}
    assert [one.state for one in hub.book.turns[-1].agents] == [AgentState.AVAILABLE]


async def test_who_has_two_calls_is_not_free_when_one_of_them_ends(hub: Hub) -> None:
    held = _at(Phase.TALKING, agent_id=CAMILLE, agent_leg="first")
    await hub.holds(held, "first")
    await hub.exchange.hear(AgentDialled("second", CAMILLE, "+33639981234", ""))
    await hub.exchange.hear(LegLeft("second", 16))
    assert hub.state() is AgentState.ON_CALL
    await hub.exchange.hear(LegLeft("first", 16))
    assert hub.state() is AgentState.WRAP_UP


async def test_who_loses_one_of_two_calls_is_still_there_for_the_other(hub: Hub) -> None:
    await hub.holds(_at(Phase.TALKING, agent_id=CAMILLE, agent_leg="first"), "first")
    await hub.exchange.hear(AgentDialled("second", CAMILLE, "+33639981234", ""))
    dialled = next(call for call in hub.exchange.live if call.agent_leg == "second")
    await hub.exchange.hear(LegAnswered(dialled.caller_leg))
    await hub.exchange.hear(LegLeft("second", 41))
    assert hub.state() is AgentState.ON_CALL


async def test_what_rings_in_vain_at_who_dials_meanwhile_does_not_free_her(hub: Hub) -> None:
    await hub.exchange.hear(CallerArrived("caller", "+33380123450", "+33639981234", ""))
    ringing = hub.exchange.live[0].offers[0].leg_id
    await hub.exchange.hear(AgentDialled("second", CAMILLE, "+33639981235", ""))
    await hub.exchange.hear(LegLeft(ringing, 19))
    assert hub.state() is AgentState.ON_CALL


async def test_what_is_asked_before_the_calls_are_taken_back_is_done_then_and_of_none_is_refused(hub: Hub) -> None:
    call = _at(Phase.TALKING, agent_id=CAMILLE, agent_leg="camille", communication_team_id=CENTRE)
    outside = Target(TargetKind.NUMBER, number="+33353010777")
    await hub.exchange.obey_soon(CallCommand(uuid4(), call.id, CAMILLE, CommandKind.HAND_OVER, outside))
    await hub.holds(call, "camille")
    await hub.all_done()
    assert len(hub.switch.did("ring_number")) == 1
    await hub.exchange.obey(CallCommand(uuid4(), uuid4(), CAMILLE, CommandKind.HAND_OVER, outside))
    assert hub.book.refused == ["no_live_call"]


async def test_a_caller_whom_the_switch_could_not_give_a_bridge_is_left_to_the_dialplan(hub: Hub) -> None:
    hub.switch.broken = {"receive"}
    await hub.exchange.hear(CallerArrived("caller", "+33380123450", "+33639981234", ""))
    assert hub.switch.did("leave_to_fallback") == [("caller",)]
    assert not hub.exchange.live
