"""A caller in a call tree, and in a queue: pure, with a clock of the test's own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agents import AgentState
from app.domain.call_trees import KEYS, CallTree, Destination, Flaw, Leads, Menu, flaws
from app.domain.calls import Direction, LiveCall, Outcome, Phase, Recording, Step, StepKind, Target, TargetKind
from app.domain.effects import (
    Effect,
    EndLeg,
    FindCase,
    JoinCaller,
    PauseRecording,
    Ring,
    Say,
    StartRecording,
    TakeMessage,
)
from app.domain.floor import AgentOnFloor, Floor, Records, TeamOnFloor
from app.domain.hand_over import CallCommand, CommandKind
from app.domain.prompts import INVALID, RECORDED, Prompt
from app.domain.steps import Turn
from app.domain.switchboard import CaseLookedUp, LegGone, LegUp, MessageTaken, Pressed, Said, TimePassed, begin, happen

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CENTRE, WORKSHOP, TREE, AGENT = uuid4(), uuid4(), uuid4(), uuid4()
MAIN = Menu(
    (Prompt(words="One for the workshop, two for your case."),),
    {
        "1": Destination(Leads.TEAM, id=WORKSHOP),
        "2": Destination(Leads.MENU, menu="case"),
        "3": Destination(Leads.VOICEMAIL),
        "4": Destination(Leads.NUMBER, number="+33353010777"),
        "5": Destination(Leads.AGENT, id=AGENT),
        "9": Destination(Leads.REPEAT),
        "*": Destination(Leads.END),
    },
)
CASE = Menu((Prompt("case_number"),), {"*": Destination(Leads.MENU, menu="main")}, asks_case=True)
TREE_ = CallTree(TREE, "Main", "main", {"main": MAIN, "case": CASE})


def _floor(**more: object) -> Floor:
    agents = {AGENT: AgentOnFloor(AGENT, AgentState.AVAILABLE, NOW)}
    teams = {CENTRE: TeamOnFloor(CENTRE, ()), WORKSHOP: TeamOnFloor(WORKSHOP, (AGENT,))}
    return replace(Floor(agents, teams, trees={TREE: TREE_}), **more)  # type: ignore[arg-type]


def _call(*steps: Step) -> LiveCall:
    return LiveCall(
        id=uuid4(),
        organisation_id=uuid4(),
        direction=Direction.IN,
        caller_leg="caller",
        caller_number="+33639981234",
        number_id=None,
        team_id=CENTRE,
        communication_team_id=CENTRE,
        phase=Phase.WAITING,
        started_at=NOW,
        steps=steps or (Step(StepKind.MENU, 0, "call_tree", tree_id=TREE), Step(StepKind.VOICEMAIL, 0, "voicemail")),
    )


def _press(call: LiveCall, keys: str, floor: Floor) -> Turn:
    effects: list[Effect] = []
    for key in keys:
        call, effects = happen(call, Pressed("caller", key), floor, NOW)
    return call, effects


def _said(effects: Sequence[object]) -> tuple[Prompt, ...]:
    return tuple(prompt for effect in effects if isinstance(effect, Say) for prompt in effect.prompts)


def test_a_key_leads_to_a_sub_team_whose_agent_is_rung_and_the_call_is_the_sub_teams() -> None:
    call, effects = begin(_call(), _floor(), NOW)
    assert (call.phase, _said(effects)) == (Phase.MENU, MAIN.says)
    call, effects = _press(call, "1", _floor())
    assert (call.phase, call.team_id, call.communication_team_id) == (Phase.WAITING, WORKSHOP, CENTRE)
    assert [e.agent_id for e in effects if isinstance(e, Ring)] == [AGENT]
    assert ("chosen", WORKSHOP) in [(entry.reason, entry.team_id) for entry in call.trace]


def test_nothing_and_nothing_known_repeat_twice_and_then_the_queue_takes_over() -> None:
    floor = _floor()
    call, _ = begin(_call(), floor, NOW)
    call, effects = _press(call, "7", floor)
    assert _said(effects) == (INVALID, *MAIN.says)
    for _ in range(2):
        call, _ = happen(call, Said(call.saying), floor, NOW)
        before, _ = happen(call, TimePassed(), floor, NOW + timedelta(seconds=5))
        assert before.phase is Phase.MENU
        call, _ = happen(call, TimePassed(), floor, NOW + timedelta(seconds=6))
    assert call.phase is Phase.WAITING
    assert call.step is not None
    assert (call.step.kind, call.team_id) == (StepKind.QUEUE, CENTRE)


def test_a_typed_case_number_leads_to_the_cases_team_and_its_agent() -> None:
    floor = _floor()
    call, effects = _press(begin(_call(), floor, NOW)[0], "21042#", floor)
    assert [e.number for e in effects if isinstance(e, FindCase)] == [1042]
    case, customer = uuid4(), uuid4()
    found, effects = happen(call, CaseLookedUp((case, customer, WORKSHOP, AGENT)), floor, NOW)
    assert (found.case_id, found.customer_id, found.team_id) == (case, customer, WORKSHOP)
    assert [e.agent_id for e in effects if isinstance(e, Ring)] == [AGENT]
    again, _ = happen(call, CaseLookedUp(None), floor, NOW)
    assert (again.phase, again.menu is not None and again.menu.tries) == (Phase.MENU, 1)


def test_a_pause_ends_a_number_that_was_typed_without_its_hash_key() -> None:
    floor = _floor()
    call, _ = _press(begin(_call(), floor, NOW)[0], "21042", floor)
    _, effects = happen(call, TimePassed(), floor, NOW + timedelta(seconds=3))
    assert [e.number for e in effects if isinstance(e, FindCase)] == [1042]


@given(keys=st.lists(st.sampled_from([*KEYS, "said", "time"]), max_size=25))
def test_whatever_is_pressed_a_caller_is_in_the_tree_or_served_and_is_never_left_in_silence(keys: list[str]) -> None:
    floor, now = _floor(), NOW
    call, _ = begin(_call(), floor, now)
    for key in keys:
        now += timedelta(seconds=4)
        event = Said(call.saying) if key == "said" else TimePassed() if key == "time" else Pressed("caller", key)
        call, effects = happen(call, event, floor, now)
        if any(isinstance(effect, FindCase) for effect in effects):
            call, effects = happen(call, CaseLookedUp(None), floor, now)
        if any(isinstance(e, EndLeg) and e.leg_id == "caller" for e in effects):
            assert call.outcome in {Outcome.CLOSED, Outcome.CALLBACK}
            return
        if call.phase is Phase.MENU:
            assert call.menu is not None
            assert call.saying or call.menu.until_at is not None
        else:
            assert call.steps or call.phase is Phase.VOICEMAIL or call.outcome is Outcome.CALLBACK


@pytest.mark.parametrize(
    ("tree", "flaw"),
    [
        (CallTree(TREE, "t", "x", {"main": MAIN}), Flaw.NO_START),
        (CallTree(TREE, "t", "main", {"main": MAIN}), Flaw.NO_SUCH_MENU),
        (CallTree(TREE, "t", "case", {"case": replace(CASE, keys={"1": Destination(Leads.END)})}), Flaw.NOT_A_KEY),
        (CallTree(TREE, "t", "a", {"a": Menu((RECORDED,), {"1": Destination(Leads.TEAM)})}), Flaw.NO_TARGET),
        (CallTree(TREE, "t", "a", {"a": Menu(())}), Flaw.SAYS_NOTHING),
        (CallTree(TREE, "t", "a", {"a": Menu((RECORDED,)), "b": Menu((RECORDED,))}), Flaw.NEVER_REACHED),
        (
            CallTree(TREE, "t", "a", {"a": Menu((RECORDED,), otherwise=Destination(Leads.MENU, menu="a"))}),
            Flaw.NO_WAY_OUT,
        ),
    ],
)
def test_a_tree_that_would_lead_astray_is_told_so(tree: CallTree, flaw: Flaw) -> None:
    assert flaw in {found for _, found in flaws(tree)}
    assert flaws(TREE_) == ()


def _queue(floor: Floor, team: UUID = CENTRE) -> LiveCall:
    steps = (
        Step(StepKind.QUEUE, 600, "team_queue", team_id=team),
        Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=team),
    )
    return begin(_call(*steps), floor, NOW)[0]


def test_a_waiting_caller_hears_her_place_and_her_wait_and_music_again() -> None:
    busy = {AGENT: AgentOnFloor(AGENT, AgentState.ON_CALL, NOW)}
    call = _queue(_floor())
    floor = _floor(agents=busy, queues={CENTRE: (uuid4(), call.id)}, handled_s={CENTRE: 240.0})
    floor = replace(floor, teams={**floor.teams, CENTRE: TeamOnFloor(CENTRE, (AGENT,))})
    told, effects = happen(call, TimePassed(), floor, NOW + timedelta(seconds=15))
    assert [p.key for p in _said(effects)] == ["position", "wait", "offer_callback"]
    assert dict(_said(effects)[1].values) == {"minutes": "8"}
    after, _ = happen(told, Said(told.saying), floor, NOW + timedelta(seconds=25))
    assert after.saying == ""
    assert after.announce_at == NOW + timedelta(seconds=75)


def test_a_callback_keeps_the_place_and_ends_with_words() -> None:
    call = _queue(_floor())
    floor = _floor(queues={CENTRE: (uuid4(), call.id)})
    kept, effects = happen(call, Pressed("caller", "1"), floor, NOW)
    assert (kept.outcome, kept.steps, [p.key for p in _said(effects)]) == (Outcome.CALLBACK, (), ["callback_taken"])
    _, effects = happen(kept, Said(kept.saying), floor, NOW)
    assert EndLeg("caller") in effects
    ended, _ = happen(kept, LegGone("caller"), floor, NOW)
    assert ended.outcome is Outcome.CALLBACK


def test_who_is_served_before_she_has_hung_up_is_not_called_back() -> None:
    kept, _ = happen(_queue(_floor()), Pressed("caller", "1"), _floor(), NOW)
    to_agent = Target(TargetKind.AGENT, AGENT)
    call, _ = happen(kept, CallCommand(uuid4(), kept.id, uuid4(), CommandKind.MOVE, to_agent), _floor(), NOW)
    call, _ = happen(call, LegUp(call.offers[0].leg_id), _floor(), NOW)
    ended, _ = happen(call, LegGone("caller"), _floor(), NOW)
    assert (ended.outcome, ended.call_back_at) == (Outcome.ANSWERED, None)


def test_a_full_queue_turns_to_the_message_and_a_wait_that_is_too_long_does() -> None:
    full = _floor(teams={CENTRE: TeamOnFloor(CENTRE, (), queue_length=1)}, queues={CENTRE: (uuid4(),)})
    call = _queue(full)
    assert (call.phase, "queue_full" in [entry.reason for entry in call.trace]) == (Phase.VOICEMAIL, True)
    waiting = _queue(_floor())
    late, effects = happen(waiting, TimePassed(), _floor(), NOW + timedelta(seconds=600))
    assert late.phase is Phase.VOICEMAIL
    assert not any(isinstance(e, TakeMessage) for e in effects), "the tone comes after the words"
    speaking, effects = happen(late, Said(late.saying), _floor(), NOW)
    assert effects == [TakeMessage()]
    left, effects = happen(speaking, MessageTaken(3), _floor(), NOW)
    assert (left.outcome, effects) == (Outcome.VOICEMAIL, [EndLeg("caller")])
    silent, _ = happen(speaking, MessageTaken(0), _floor(), NOW)
    for without in (late, speaking, silent):
        gone, _ = happen(without, LegGone("caller"), _floor(), NOW)
        assert gone.outcome is Outcome.ABANDONED, "she left no message: that is a missed call"


def test_the_caller_is_told_before_anything_is_recorded_and_who_never_records_pauses_it() -> None:
    always = _floor(teams={WORKSHOP: TeamOnFloor(WORKSHOP, (AGENT,), records=Records.ALWAYS)})
    call = replace(_call(Step(StepKind.QUEUE, 600, "team_queue", team_id=WORKSHOP)), team_id=CENTRE)
    call, _ = begin(call, always, NOW)
    call, effects = happen(call, LegUp(call.offers[0].leg_id), always, NOW)
    assert (_said(effects), call.recording) == ((RECORDED,), Recording.ANNOUNCED)
    assert not any(isinstance(e, StartRecording) for e in effects)
    call, effects = happen(call, Said(call.saying), always, NOW)
    assert (call.recording, effects) == (Recording.ON, [StartRecording()])
    call, effects = happen(call, CallCommand(uuid4(), call.id, AGENT, CommandKind.PAUSE_RECORDING), always, NOW)
    assert (call.recording, effects) == (Recording.PAUSED, [PauseRecording(paused=True)])


def test_who_was_told_while_she_waited_is_not_told_again() -> None:
    always = _floor(teams={CENTRE: TeamOnFloor(CENTRE, (AGENT,), records=Records.ALWAYS)})
    call = _queue(always)
    call, _ = happen(call, Said(call.saying), always, NOW)
    call, effects = happen(call, LegUp(call.offers[0].leg_id), always, NOW)
    assert StartRecording() in effects
    assert not _said(effects)
    assert any(isinstance(e, JoinCaller) for e in effects)


def test_a_case_of_a_closed_team_leads_to_its_message_and_not_into_silence() -> None:
    floor = _floor(teams={WORKSHOP: TeamOnFloor(WORKSHOP, (), is_open=False)})
    call, _ = _press(begin(_call(), floor, NOW)[0], "21042#", floor)
    call, _ = happen(call, CaseLookedUp((uuid4(), uuid4(), WORKSHOP, None)), floor, NOW)
    assert call.phase is Phase.VOICEMAIL
    _, effects = happen(call, Said(call.saying), floor, NOW)
    assert effects == [TakeMessage()]


def test_a_case_that_is_found_too_late_does_not_take_the_caller_from_who_talks_to_her() -> None:
    floor = _floor()
    call, _ = _press(begin(_call(), floor, NOW)[0], "21042#", floor)
    to_agent = Target(TargetKind.AGENT, AGENT)
    call, _ = happen(call, CallCommand(uuid4(), call.id, uuid4(), CommandKind.MOVE, to_agent), floor, NOW)
    call, _ = happen(call, LegUp(call.offers[0].leg_id), floor, NOW)
    assert happen(call, CaseLookedUp((uuid4(), uuid4(), CENTRE, None)), floor, NOW) == (call, [])


def test_a_tree_that_the_next_hub_does_not_know_leads_to_the_queue() -> None:
    call, _ = begin(_call(), _floor(), NOW)
    call, _ = happen(call, TimePassed(), _floor(trees={}), NOW)
    assert call.step is not None
    assert (call.phase, call.step.kind, call.team_id) == (Phase.WAITING, StepKind.QUEUE, CENTRE)
