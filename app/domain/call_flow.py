"""How a call goes on: every event as a pure step from one LiveCall to the next, with the effects it asks for.

The promise kept here is that a call cannot fall: whoever does not answer, hangs up or goes away, the next step of
the plan is taken, and the last step is a voicemail with the case attached. Only the caller ends a waiting call.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.calls import LiveCall, Offer, Outcome, Phase, Recording, Step, StepKind, TraceEntry
from app.domain.effects import (
    Effect,
    EndCall,
    EndLeg,
    JoinCaller,
    Missed,
    MoveCase,
    Music,
    Ring,
    SetAgent,
    ShareCase,
    StartRecording,
    TakeMessage,
)
from app.domain.floor import AgentOnFloor, Floor, next_to_ring

RINGS_AGAIN_AFTER_S = 5
DIAL_S = 60
OUR_CALL = frozenset({Phase.TALKING, Phase.CONSULTING})
Turn = tuple[LiveCall, list[Effect]]


def begin(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """A caller is to be served by the call's steps: music, and the first try."""
    waiting = replace(call, phase=Phase.WAITING, waiting_since_at=now)
    return _enter_step(waiting, floor, now, [Music(playing=True)])


def dial_out(call: LiveCall, number: str, now: datetime) -> Turn:
    """An agent calls somebody outside: she hears it ring, the other party is the caller's leg from now on."""
    effects: list[Effect] = [JoinCaller(call.agent_leg), Ring(call.caller_leg, DIAL_S, None, number)]
    if call.agent_id is not None:
        effects.append(SetAgent(call.agent_id, AgentState.ON_CALL))
    return replace(
        call, phase=Phase.DIALLING, trace=_told(call, now, "dials", agent_id=call.agent_id, text=number)
    ), effects


def dialled_answered(call: LiveCall, now: datetime) -> Turn:
    """The party outside took the call."""
    talking = replace(call, phase=Phase.TALKING, answered_at=now, trace=_told(call, now, "answered"))
    return talking, [JoinCaller(call.caller_leg)]


def move_on(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """Time passed, or somebody became free: drop offers that ran out, try whoever can be tried."""
    if call.phase not in {Phase.WAITING, Phase.MOVING} or call.step is None:
        return call, []
    effects: list[Effect] = []
    for offer in call.offers:
        if offer.until_at <= now:
            call = _end_offer(call, offer, now, effects, "no_answer")
    if call.step_until_at is not None and call.step_until_at <= now:
        return _next_step(call, floor, now, effects, "time_is_up")
    return _try(call, floor, now, effects)


def answered(call: LiveCall, leg_id: str, floor: Floor, now: datetime) -> Turn:
    """Somebody took the call: she is joined, every other ring ends, the case goes to her team."""
    offer = next((offer for offer in call.offers if offer.leg_id == leg_id), None)
    if offer is None or call.phase not in {Phase.WAITING, Phase.MOVING}:
        return call, [EndLeg(leg_id)]  # two answered at once: the first has it
    effects: list[Effect] = [Music(playing=False), JoinCaller(leg_id)]
    for other in call.offers:
        if other is not offer:
            effects.append(EndLeg(other.leg_id, "answered_elsewhere"))
            if other.agent_id is not None:
                effects.append(SetAgent(other.agent_id, AgentState.AVAILABLE))
    team_id = _taken_by_team(call, offer, floor)
    if offer.agent_id is not None:
        effects.append(SetAgent(offer.agent_id, AgentState.ON_CALL))
    if call.case_id is not None and call.handed_by is not None and call.handed_by != offer.agent_id:
        effects.append(MoveCase(team_id, offer.agent_id))
    team = floor.teams.get(team_id)
    if team is not None and team.records:
        if call.recording is Recording.NONE:
            effects.append(StartRecording())
        call = replace(call, recording=Recording.ON)
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
        trace=_told(call, now, "answered", agent_id=offer.agent_id, team_id=team_id, text=offer.number),
    )
    return taken, effects


def leg_ended(call: LiveCall, leg_id: str, floor: Floor, now: datetime, cause: str = "") -> Turn:
    """A leg is gone: an offer that was refused, the agent, or the caller herself."""
    if call.phase is Phase.ENDED:
        return call, []
    if leg_id == call.caller_leg:
        return caller_gone(call, now)
    offer = next((offer for offer in call.offers if offer.leg_id == leg_id), None)
    if offer is not None:
        effects: list[Effect] = []
        call = _end_offer(call, offer, now, effects, cause or "rejected", gone=True)
        return _try(call, floor, now, effects)
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
    if call.consultation is not None:
        effects.append(EndLeg(call.consultation.leg_id))
        if call.consultation.answered_by is not None:
            effects.append(SetAgent(call.consultation.answered_by, AgentState.AVAILABLE))
    effects.extend(listeners_leave(call))
    outcome = call.outcome or _outcome(call)
    effects.append(EndCall(outcome))
    return _ended(call, now, outcome), effects


def agent_gone(call: LiveCall, now: datetime) -> Turn:
    """The agent hung up on a call that she talked on: it is over for both."""
    effects: list[Effect] = [EndLeg(call.caller_leg)]
    if call.agent_id is not None:
        effects.append(SetAgent(call.agent_id, AgentState.WRAP_UP))
    effects.extend(listeners_leave(call))
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
    waiting = replace(
        call,
        phase=Phase.WAITING,
        agent_id=None,
        agent_leg="",
        steps=steps,
        waiting_since_at=now,
        trace=_told(call, now, "agent_lost", agent_id=call.agent_id),
    )
    return _enter_step(waiting, floor, now, effects)


def start_moving(call: LiveCall, steps: tuple[Step, ...], floor: Floor, now: datetime, note: str) -> Turn:
    """The agent leaves at once, the caller hears music, the steps of the hand-over begin."""
    effects: list[Effect] = [Music(playing=True)]
    if call.agent_leg:
        effects.append(EndLeg(call.agent_leg))
    if call.agent_id is not None:
        effects.append(SetAgent(call.agent_id, AgentState.WRAP_UP))
    for offer in call.offers:  # a waiting call that is moved rings at nobody of before
        call = _end_offer(call, offer, now, effects, "moved", missed=False)
    moving = replace(
        call,
        phase=Phase.MOVING,
        handed_by=call.agent_id or call.handed_by,
        hand_over_note=note,
        agent_id=None,
        agent_leg="",
        steps=steps,
        waiting_since_at=now,
    )
    return _enter_step(moving, floor, now, effects)


def listeners_leave(call: LiveCall) -> list[Effect]:
    """Supervisors on a call that is over are what they were before."""
    effects: list[Effect] = []
    for agent_id, listener in call.listeners.items():
        effects.extend((EndLeg(listener.leg_id), SetAgent(agent_id, listener.back_to, listener.reason)))
    return effects


# How a step is tried ------------------------------------------------------------------------------------------


def _enter_step(call: LiveCall, floor: Floor, now: datetime, effects: list[Effect]) -> Turn:
    step = call.step
    if step is None:
        return call, effects
    call = replace(
        call,
        step_until_at=now + timedelta(seconds=step.seconds),
        tried=frozenset(),
        tries_again_at=None,
        trace=_told(call, now, step.reason, agent_id=step.agent_id, team_id=step.team_id, text=step.number),
    )
    if step.kind is StepKind.VOICEMAIL:
        effects.extend((Music(playing=False), TakeMessage()))
        return replace(call, phase=Phase.VOICEMAIL, outcome=Outcome.VOICEMAIL, step_until_at=None), effects
    return _try(call, floor, now, effects)


def _next_step(call: LiveCall, floor: Floor, now: datetime, effects: list[Effect], why: str) -> Turn:
    for offer in call.offers:
        call = _end_offer(call, offer, now, effects, why)
    return _enter_step(replace(call, steps=call.steps[1:]), floor, now, effects)


def _try(call: LiveCall, floor: Floor, now: datetime, effects: list[Effect]) -> Turn:
    step = call.step
    if step is None or call.offers:
        return call, effects
    if step.kind is StepKind.RING_NUMBER:
        if call.tried:
            return _next_step(call, floor, now, effects, "no_answer")
        return _offer(replace(call, tried=frozenset({call.id})), (None,), step.seconds, floor, now, effects)
    if step.kind in {StepKind.RING_AGENT, StepKind.RING_SENDER, StepKind.RING_TAKER}:
        agent = floor.agent(step.agent_id)
        if agent is None or not _can_be_rung(agent, step.kind) or agent.id in call.tried:
            return _next_step(_told_on(call, now, "not_free", step), floor, now, effects, "not_free")
        return _offer(call, (agent.id,), step.seconds, floor, now, effects)
    return _try_team(call, step, floor, now, effects)


def _can_be_rung(agent: AgentOnFloor, kind: StepKind) -> bool:
    if kind is StepKind.RING_SENDER:
        return agent.free_for_return
    # Who takes a call herself has said that she will answer, whatever her state was.
    return agent.free_to_take if kind is StepKind.RING_TAKER else agent.free


def _try_team(call: LiveCall, step: Step, floor: Floor, now: datetime, effects: list[Effect]) -> Turn:
    team = floor.teams.get(step.team_id) if step.team_id is not None else None
    if team is None:
        return _next_step(_told_on(call, now, "no_such_team", step), floor, now, effects, "no_such_team")
    ring = next_to_ring(team, floor, call.tried)
    if ring:
        return _offer(call, ring, team.offer_s, floor, now, effects)
    if step.kind is StepKind.RING_TEAM:
        return _next_step(_told_on(call, now, "nobody_free", step), floor, now, effects, "nobody_free")
    if call.tried:
        # Everybody free was rung in vain: a pause, then the round begins anew.
        if call.tries_again_at is None:
            return replace(call, tries_again_at=now + timedelta(seconds=RINGS_AGAIN_AFTER_S)), effects
        if call.tries_again_at <= now:
            fresh = replace(call, tried=frozenset(), tries_again_at=None)
            return _try_team(fresh, step, floor, now, effects) if floor.free_members(team.id) else (fresh, effects)
    return call, effects


def _offer(
    call: LiveCall, to: tuple[UUID | None, ...], seconds: int, floor: Floor, now: datetime, effects: list[Effect]
) -> Turn:
    offers = []
    number = call.step.number if call.step is not None else ""
    for position, agent_id in enumerate(to):
        leg_id = f"{call.id}.{call.legs_made + position + 1}"
        offers.append(Offer(leg_id, agent_id, now + timedelta(seconds=seconds), number))
        if agent_id is not None:
            effects.append(SetAgent(agent_id, AgentState.RINGING))
        if call.handed_by is not None and call.case_id is not None and agent_id is not None:
            effects.append(ShareCase(floor.team_of(agent_id, call.step.team_id if call.step else None) or call.team_id))
        effects.append(Ring(leg_id, seconds, agent_id, number))
    rung = frozenset(agent for agent in to if agent is not None)
    trace = call.trace + tuple(TraceEntry(now, "rings", agent_id=agent) for agent in to if agent is not None)
    return replace(
        call, offers=tuple(offers), tried=call.tried | rung, legs_made=call.legs_made + len(to), trace=trace
    ), effects


def _end_offer(
    call: LiveCall,
    offer: Offer,
    now: datetime,
    effects: list[Effect],
    why: str,
    *,
    gone: bool = False,
    missed: bool = True,
) -> LiveCall:
    if not gone:
        effects.append(EndLeg(offer.leg_id, "no_answer"))
    if offer.agent_id is not None:
        effects.append(SetAgent(offer.agent_id, AgentState.AVAILABLE))
        if missed:
            effects.append(Missed(offer.agent_id))
    return replace(
        call,
        offers=tuple(other for other in call.offers if other is not offer),
        trace=_told(call, now, why, agent_id=offer.agent_id),
    )


def _taken_by_team(call: LiveCall, offer: Offer, floor: Floor) -> UUID:
    """The team whose work the call becomes: the step's, else the first team of the agent, else as before."""
    step = call.step
    if step is not None and step.team_id is not None and step.kind is not StepKind.RING_SENDER:
        return step.team_id
    if offer.agent_id is None or call.handed_by == offer.agent_id:
        return call.team_id
    return floor.team_of(offer.agent_id) or call.team_id


def _outcome(call: LiveCall) -> Outcome:
    if call.phase in OUR_CALL:
        return Outcome.ANSWERED
    return Outcome.NO_ANSWER if call.phase is Phase.DIALLING else Outcome.ABANDONED


def _told(call: LiveCall, now: datetime, reason: str, **what: object) -> tuple[TraceEntry, ...]:
    return (*call.trace, TraceEntry(now, reason, **what))  # type: ignore[arg-type]


def _told_on(call: LiveCall, now: datetime, reason: str, step: Step) -> LiveCall:
    return replace(call, trace=_told(call, now, reason, agent_id=step.agent_id, team_id=step.team_id))


def _ended(call: LiveCall, now: datetime, outcome: Outcome) -> LiveCall:
    return replace(
        call,
        phase=Phase.ENDED,
        ended_at=now,
        outcome=outcome,
        listeners={},
        offers=(),
        steps=(),
        step_until_at=None,
        consultation=None,
        trace=_told(call, now, "ended", text=outcome.value),
    )
