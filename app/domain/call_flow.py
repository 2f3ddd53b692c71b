"""How a call goes on: every event as a pure step from one LiveCall to the next, with the effects it asks for.

The promise kept here is that a call cannot fall: whoever does not answer, hangs up or goes away, the next step of
the plan is taken, and the last step is a voicemail with the case attached. Only the caller ends a waiting call.
"""

from dataclasses import replace
from datetime import datetime

from app.domain import recording
from app.domain.agents import AgentState
from app.domain.calls import LiveCall, Outcome, Phase, Step, StepKind
from app.domain.effects import (
    Effect,
    EndCall,
    EndLeg,
    JoinCaller,
    MoveCase,
    Music,
    Ring,
    SetAgent,
    TakeMessage,
)
from app.domain.floor import Floor, Records
from app.domain.prompts import RECORDED
from app.domain.saying import hush, say, was_said
from app.domain.steps import (
    FAREWELL,
    GREETING,
    Turn,
    drop_offers,
    end_offer,
    enter_step,
    floor_after,
    listeners_leave,
    next_step,
    taken_by_team,
    told,
    try_step,
)

DIAL_S = 60
OUR_CALL = frozenset({Phase.TALKING, Phase.CONSULTING})


def begin(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """A caller is to be served by the call's steps: what she must hear first, music, and the first try."""
    waiting = replace(call, phase=Phase.WAITING, waiting_since_at=now)
    team = floor.teams.get(call.team_id)
    effects: list[Effect] = [Music(playing=True)]
    welcome = (call.greeting,) if call.greeting is not None else ()
    in_menu = call.step is not None and call.step.kind is not StepKind.QUEUE
    if team is not None and team.records is Records.ALWAYS and not in_menu:
        waiting, effects = say(waiting, recording.NOTICE, (*welcome, RECORDED))
    elif welcome and not in_menu:
        waiting, effects = say(waiting, "welcome", welcome)
    return enter_step(waiting, floor, now, effects)


def enter_steps(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """Other steps begin for a caller who waits from now on, with music."""
    return enter_step(replace(call, waiting_since_at=now), floor, now, [Music(playing=True)])


def prompt_said(call: LiveCall, saying: str) -> Turn:
    """What the caller was told is over: music again while she waits, the tone before her message."""
    kind = was_said(call, saying)
    if kind == recording.NOTICE:
        call, effects = recording.noticed(call)
    elif kind == GREETING and call.phase is Phase.VOICEMAIL:
        return replace(call, saying=""), [TakeMessage()]
    elif kind == FAREWELL:
        return replace(call, saying=""), [EndLeg(call.caller_leg)]
    elif kind:
        call, effects = replace(call, saying=""), []
    else:
        return call, []
    if call.phase in {Phase.WAITING, Phase.MOVING}:
        effects.append(Music(playing=True))
    return call, effects


def dial_out(call: LiveCall, number: str, now: datetime) -> Turn:
    """An agent calls somebody outside: she hears it ring, the other party is the caller's leg from now on."""
    effects: list[Effect] = [JoinCaller(call.agent_leg), Ring(call.caller_leg, DIAL_S, None, number)]
    if call.agent_id is not None:
        effects.append(SetAgent(call.agent_id, AgentState.ON_CALL))
    return replace(
        call, phase=Phase.DIALLING, trace=told(call, now, "dials", agent_id=call.agent_id, text=number)
    ), effects


def dialled_answered(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """The party outside took the call; where her agent's team records its calls, she is told so first."""
    talking = replace(call, phase=Phase.TALKING, answered_at=now, trace=told(call, now, "answered"))
    effects: list[Effect] = [JoinCaller(call.caller_leg)]
    if call.caller_number.startswith("+"):  # else a call for help, in which no notice comes before the first word
        talking, recorded = recording.by_rule(talking, floor.teams.get(call.team_id))
        effects += recorded
    return talking, effects


def move_on(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """Time passed, or somebody became free: drop offers that ran out, try whoever can be tried."""
    if call.phase not in {Phase.WAITING, Phase.MOVING} or call.step is None:
        return call, []
    effects: list[Effect] = []
    for offer in call.offers:
        if offer.until_at <= now:
            call = end_offer(call, offer, now, effects, "no_answer")
    if call.step_until_at is not None and call.step_until_at <= now:
        return next_step(call, floor, now, effects, "time_is_up")
    return try_step(call, floor, now, effects)


def answered(call: LiveCall, leg_id: str, floor: Floor, now: datetime) -> Turn:
    """Somebody took the call: she is joined, every other ring ends, the case goes to her team."""
    offer = next((offer for offer in call.offers if offer.leg_id == leg_id), None)
    if offer is None or call.phase not in {Phase.WAITING, Phase.MOVING}:
        return call, [EndLeg(leg_id)]  # two answered at once: the first has it
    call, effects = hush(call)
    effects += [Music(playing=False), JoinCaller(leg_id)]
    for other in call.offers:
        if other is not offer:
            effects.append(EndLeg(other.leg_id, "answered_elsewhere"))
            if other.agent_id is not None:
                effects.append(SetAgent(other.agent_id, AgentState.AVAILABLE))
    team_id = taken_by_team(call, offer, floor)
    if offer.agent_id is not None:
        effects.append(SetAgent(offer.agent_id, AgentState.ON_CALL))
    if call.case_id is not None and call.handed_by is not None and offer.agent_id not in {call.handed_by, None}:
        effects.append(MoveCase(team_id, offer.agent_id))
    taken = replace(
        call,
        phase=Phase.TALKING,
        team_id=team_id,
        agent_id=offer.agent_id,
        agent_leg=leg_id,
        offers=(),
        steps=(),
        step_until_at=None,
        tried=frozenset(),
        tries_again_at=None,
        answered_at=call.answered_at or now,
        held_since_at=None,
        outcome=None,
        call_back_at=None,
        trace=told(call, now, "answered", agent_id=offer.agent_id, team_id=team_id, text=offer.number),
    )
    taken, recorded = recording.by_rule(taken, floor.teams.get(team_id))
    return taken, effects + recorded


def goodbye(call: LiveCall, seconds: float) -> Turn:
    """Her message is over: she is let go; who said nothing has left none."""
    left = call.outcome if seconds < recording.MESSAGE_LEAST_S else Outcome.VOICEMAIL
    return replace(call, outcome=left), [EndLeg(call.caller_leg)]


def leg_ended(call: LiveCall, leg_id: str, floor: Floor, now: datetime, cause: str = "") -> Turn:
    """A leg is gone: an offer that was refused, the agent, or the caller herself."""
    if call.phase is Phase.ENDED:
        return call, []
    if leg_id == call.caller_leg:
        return caller_gone(call, now)
    offer = next((offer for offer in call.offers if offer.leg_id == leg_id), None)
    if offer is not None:
        effects: list[Effect] = []
        call = end_offer(call, offer, now, effects, cause or "rejected", gone=True)
        return try_step(call, floor, now, effects)
    if leg_id == call.agent_leg and call.phase in {Phase.TALKING, Phase.DIALLING}:
        return agent_gone(call, now)
    return call, []


def caller_gone(call: LiveCall, now: datetime) -> Turn:
    """The caller hung up, or her connection broke: everything of the call ends, and it is filed."""
    effects: list[Effect] = []
    for offer in call.offers:
        effects.append(EndLeg(offer.leg_id))
        if offer.agent_id is not None:
            effects.append(SetAgent(offer.agent_id, AgentState.AVAILABLE))
    if call.agent_leg:
        effects.append(EndLeg(call.agent_leg))
    if call.agent_id is not None and call.phase in {*OUR_CALL, Phase.DIALLING}:
        effects.append(SetAgent(call.agent_id, AgentState.WRAP_UP))
    effects += asked_no_more(call)
    call, left = listeners_leave(call)
    effects += left
    outcome = call.outcome or _outcome(call)
    effects.append(EndCall(outcome))
    return _ended(call, now, outcome), effects


def agent_gone(call: LiveCall, now: datetime) -> Turn:
    """The agent hung up on a call that she talked on: it is over for both."""
    effects: list[Effect] = [EndLeg(call.caller_leg)]
    if call.agent_id is not None:
        effects.append(SetAgent(call.agent_id, AgentState.WRAP_UP))
    call, left = listeners_leave(call)
    effects += left
    outcome = _outcome(call)
    effects.append(EndCall(outcome))
    return _ended(call, now, outcome), effects


def agent_lost(call: LiveCall, floor: Floor, now: datetime, steps: tuple[Step, ...], *, back: bool = False) -> Turn:
    """The agent's connection broke while she talked: the caller goes back to be served, she is not dropped.

    `back`: her phone died and is there again, so it is she who is rung first.
    """
    effects: list[Effect] = [Music(playing=True)]
    if call.agent_id is not None:
        state = AgentState.AVAILABLE if back else AgentState.OFFLINE
        effects.append(SetAgent(call.agent_id, state))
        floor = floor.with_state(call.agent_id, state, now)
    call, left = listeners_leave(call)
    effects += left
    waiting = replace(
        call,
        phase=Phase.WAITING,
        agent_id=None,
        agent_leg="",
        leaving=None,
        steps=steps,
        waiting_since_at=now,
        trace=told(call, now, "agent_lost", agent_id=call.agent_id),
    )
    return enter_step(waiting, floor, now, effects)


def start_moving(call: LiveCall, steps: tuple[Step, ...], floor: Floor, now: datetime, note: str) -> Turn:
    """The agent leaves at once, and whoever was asked; the caller hears music, the steps of the hand-over begin."""
    effects: list[Effect] = [Music(playing=True)]
    effects += asked_no_more(call)
    if call.agent_leg:
        effects.append(EndLeg(call.agent_leg))
    if call.agent_id is not None:
        effects.append(SetAgent(call.agent_id, AgentState.WRAP_UP))
    call, said = hush(drop_offers(call, now, effects))  # a waiting call that is moved rings at nobody of before
    call, left = listeners_leave(call)
    effects += said + left
    moving = replace(
        call,
        phase=Phase.MOVING,
        handed_by=call.agent_id or call.handed_by,
        hand_over_note=note,
        leaving=None,
        agent_id=None,
        agent_leg="",
        consultation=None,
        menu=None,
        steps=steps,
        waiting_since_at=now,
    )
    # Whom this call let go can be rung: who was asked, who was rung before, the sender herself.
    return enter_step(moving, floor_after(floor, effects, now), now, effects)


def asked_no_more(call: LiveCall) -> list[Effect]:
    """Who was asked is let go; if she had answered, her part in the call is over and is hers to file."""
    asked = call.consultation
    if asked is None:
        return []
    state = AgentState.WRAP_UP if asked.answered else AgentState.AVAILABLE
    return [EndLeg(asked.leg_id), *([SetAgent(asked.answered_by, state)] if asked.answered_by is not None else [])]


def _outcome(call: LiveCall) -> Outcome:
    if call.phase in OUR_CALL:
        return Outcome.ANSWERED
    return Outcome.NO_ANSWER if call.phase is Phase.DIALLING else Outcome.ABANDONED


def _ended(call: LiveCall, now: datetime, outcome: Outcome) -> LiveCall:
    return replace(
        call,
        phase=Phase.ENDED,
        ended_at=now,
        outcome=outcome,
        offers=(),
        steps=(),
        step_until_at=None,
        consultation=None,
        trace=told(call, now, "ended", text=outcome.value),
    )
