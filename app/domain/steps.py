"""How a step of a call is tried: whom it rings, when the next one begins, what is said at the last."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.calls import LiveCall, Offer, Outcome, Phase, Step, StepKind, TraceEntry
from app.domain.effects import Effect, EndLeg, Missed, Music, Ring, SetAgent, ShareCase, StopListening
from app.domain.floor import AgentOnFloor, Floor, TeamOnFloor, next_to_ring
from app.domain.prompts import CLOSED, VOICEMAIL
from app.domain.saying import say

RINGS_AGAIN_AFTER_S = 5
FIRST_ANNOUNCEMENT_S = 15
GREETING, FAREWELL = "greeting", "farewell"
"""Names of what is said before a message is taken, and before a call is ended by us."""
Turn = tuple[LiveCall, list[Effect]]


def enter_step(call: LiveCall, floor: Floor, now: datetime, effects: list[Effect]) -> Turn:
    step = call.step
    if step is None:
        return call, effects
    call = replace(
        call,
        step_until_at=now + timedelta(seconds=step.seconds),
        tried=frozenset(),
        tries_again_at=None,
        trace=told(call, now, step.reason, agent_id=step.agent_id, team_id=step.team_id, text=step.number),
    )
    if step.kind in {StepKind.VOICEMAIL, StepKind.ANNOUNCEMENT}:
        message = step.kind is StepKind.VOICEMAIL
        call, said = say(call, GREETING if message else FAREWELL, step.prompts or (VOICEMAIL if message else CLOSED,))
        outcome = call.outcome if message else Outcome.CLOSED
        return replace(call, phase=Phase.VOICEMAIL, outcome=outcome, step_until_at=None), [
            *effects,
            Music(playing=False),
            *said,
        ]
    if step.kind is StepKind.MENU:
        return replace(call, phase=Phase.MENU, menu=None, step_until_at=None), effects
    if step.kind is StepKind.QUEUE:
        call = replace(call, announce_at=_first_announcement(floor.teams.get(step.team_id or call.team_id), now))
        if _is_full(call, step, floor):
            return next_step(_told_on(call, now, "queue_full", step), floor, now, effects, "queue_full")
    return try_step(call, floor, now, effects)


def next_step(call: LiveCall, floor: Floor, now: datetime, effects: list[Effect], why: str) -> Turn:
    for offer in call.offers:
        call = end_offer(call, offer, now, effects, why)
    return enter_step(replace(call, steps=call.steps[1:]), floor, now, effects)


def try_step(call: LiveCall, floor: Floor, now: datetime, effects: list[Effect]) -> Turn:
    step = call.step
    if step is None or call.offers:
        return call, effects
    if step.kind is StepKind.RING_NUMBER:
        if call.tried:
            return next_step(call, floor, now, effects, "no_answer")
        return _offer(replace(call, tried=frozenset({call.id})), (None,), step.seconds, floor, now, effects)
    if step.kind in {StepKind.RING_AGENT, StepKind.RING_SENDER, StepKind.RING_TAKER}:
        agent = floor.agent(step.agent_id)
        if agent is None or not _can_be_rung(agent, step.kind) or agent.id in call.tried:
            return next_step(_told_on(call, now, "not_free", step), floor, now, effects, "not_free")
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
        return next_step(_told_on(call, now, "no_such_team", step), floor, now, effects, "no_such_team")
    ring = next_to_ring(team, floor, call.tried)
    if ring:
        return _offer(call, ring, team.offer_s, floor, now, effects)
    if step.kind is StepKind.RING_TEAM:
        return next_step(_told_on(call, now, "nobody_free", step), floor, now, effects, "nobody_free")
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
            effects.append(ShareCase(floor.home_of(agent_id, call.step.team_id if call.step else None) or call.team_id))
        effects.append(Ring(leg_id, seconds, agent_id, number))
    rung = frozenset(agent for agent in to if agent is not None)
    trace = call.trace + tuple(TraceEntry(now, "rings", agent_id=agent) for agent in to if agent is not None)
    return replace(
        call, offers=tuple(offers), tried=call.tried | rung, legs_made=call.legs_made + len(to), trace=trace
    ), effects


def end_offer(
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
        trace=told(call, now, why, agent_id=offer.agent_id),
    )


def taken_by_team(call: LiveCall, offer: Offer, floor: Floor) -> UUID:
    """The team whose work the call becomes: the step's, else the agent's, else as before."""
    step = call.step
    if step is not None and step.team_id is not None and step.kind is not StepKind.RING_SENDER:
        # Rung through a sub-team that stands in the team's schedule, she takes the call for the sub-team (S1-30).
        team = floor.teams.get(step.team_id)
        through = team.through.get(offer.agent_id) if team is not None and offer.agent_id is not None else None
        return through or step.team_id
    if offer.agent_id is None or call.handed_by == offer.agent_id:
        return call.team_id
    return floor.home_of(offer.agent_id) or call.team_id


def floor_after(floor: Floor, effects: list[Effect], now: datetime) -> Floor:
    """The floor as these effects leave it."""
    for effect in effects:
        if isinstance(effect, SetAgent):
            floor = floor.with_state(effect.agent_id, effect.state, now)
    return floor


def told(call: LiveCall, now: datetime, reason: str, **what: object) -> tuple[TraceEntry, ...]:
    return (*call.trace, TraceEntry(now, reason, **what))  # type: ignore[arg-type]


def _told_on(call: LiveCall, now: datetime, reason: str, step: Step) -> LiveCall:
    return replace(call, trace=told(call, now, reason, agent_id=step.agent_id, team_id=step.team_id))


def _first_announcement(team: TeamOnFloor | None, now: datetime) -> datetime | None:
    if team is None or team.announce_s == 0:
        return None
    return now + timedelta(seconds=min(team.announce_s, FIRST_ANNOUNCEMENT_S))


def _is_full(call: LiveCall, step: Step, floor: Floor) -> bool:
    team = floor.teams.get(step.team_id) if step.team_id is not None else None
    if team is None or call.handed_by is not None:
        return False  # who was promised a hand-over is not turned away
    others = [other for other in floor.queues.get(team.id, ()) if other != call.id]
    return len(others) >= team.queue_length and not floor.free_members(team.id)


def drop_offers(call: LiveCall, now: datetime, effects: list[Effect]) -> LiveCall:
    """Ring at nobody any more; nobody missed anything."""
    for offer in call.offers:
        call = end_offer(call, offer, now, effects, "moved", missed=False)
    return call


def listeners_leave(call: LiveCall) -> Turn:
    """Supervisors on a call go when its agent does, and are what they were before."""
    effects: list[Effect] = []
    for agent_id, listener in call.listeners.items():
        effects.extend((EndLeg(listener.leg_id), StopListening(listener.leg_id)))
        effects.append(SetAgent(agent_id, listener.back_to, listener.reason))
    return replace(call, listeners={}), effects
