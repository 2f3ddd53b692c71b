"""What supervisors do to calls without having them: move, take, put at another place, end, listen, whisper, barge."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.call_flow import caller_gone, start_moving
from app.domain.calls import HAND_OVER_MOST_S, TARGET_S, Leaving, Listener, LiveCall, Phase, Step, StepKind, Target
from app.domain.effects import Effect, EndLeg, Listen, Ring, SetAgent, StopListening
from app.domain.floor import Floor
from app.domain.hand_over import CallCommand, CommandKind, complete, hand_over_steps, wished_target
from app.domain.refusals import Refusal, Refused
from app.domain.steps import Turn

TOLD_FIRST_S = 3
"""How long before its agent sees that her call is moved; until then it can be taken back."""
WAITING = frozenset({Phase.WAITING, Phase.MOVING, Phase.MENU})


def _move(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    """A waiting call goes at once; the agent of a live one is told first, and the call leaves her a moment later."""
    target = wished_target(command)
    if target.id is not None and target.id == call.agent_id:
        raise Refused(Refusal.ALREADY_TAKEN, agent="")
    if call.agent_leg and call.phase in {Phase.TALKING, Phase.CONSULTING}:
        leaving = Leaving(target, command.by, now + timedelta(seconds=TOLD_FIRST_S), command.note)
        return replace(call, leaving=leaving), []
    if call.phase not in WAITING:  # nobody has answered yet, or a message is spoken away from the caller's bridge
        raise Refused(Refusal.NO_LIVE_CALL)
    return _moved(call, target, command.by, command.note, floor, now)


def _keep(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    """Who asked for a move takes it back before it happens."""
    if call.leaving is None:
        raise Refused(Refusal.NO_LIVE_CALL)
    return replace(call, leaving=None), []


def time_passed(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """A call whose agent was told leaves her."""
    leaving = call.leaving
    if leaving is None or now < leaving.at:
        return call, []
    if not call.agent_leg or call.phase not in {Phase.TALKING, Phase.CONSULTING}:
        return replace(call, leaving=None), []
    return _moved(call, leaving.target, leaving.by, leaving.note, floor, now)


def _moved(call: LiveCall, target: Target, by: UUID, note: str, floor: Floor, now: datetime) -> Turn:
    asked = call.consultation
    if asked is not None and asked.answered and asked.target == target:
        return complete(call, None, floor, now)  # she is there already
    steps = hand_over_steps(call, target, call.agent_id, floor)
    return start_moving(replace(call, handed_by=by), steps, floor, now, note)


def _take(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    if call.phase not in WAITING:
        raise Refused(Refusal.NO_LIVE_CALL)
    taker, rung = floor.agent(command.by), any(offer.agent_id == command.by for offer in call.offers)
    if taker is None or not (taker.free_to_take or rung):
        raise Refused(Refusal.NOBODY_FREE)
    steps = (
        Step(StepKind.RING_TAKER, TARGET_S, "taken_by_supervisor", agent_id=command.by),
        Step(StepKind.QUEUE, HAND_OVER_MOST_S, "communication_team", team_id=call.team_id),
        Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=call.team_id),
    )
    return start_moving(call, steps, floor, now, command.note)


def _place(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    """A supervisor gives a waiting caller another place; who is rung already is rung on."""
    if call.phase not in WAITING or command.place_at is None:
        raise Refused(Refusal.NO_LIVE_CALL)
    return replace(call, place_at=command.place_at), []


def _end(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    ended, effects = caller_gone(call, now)
    return ended, [EndLeg(call.caller_leg), *effects]


def _supervise(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    """A supervisor's phone is rung and let in as she wished; from one way to another she goes by a new ring."""
    supervisor = floor.agent(command.by)
    before = call.listeners.get(command.by)
    if not call.agent_leg or call.phase not in {Phase.TALKING, Phase.CONSULTING}:
        raise Refused(Refusal.NO_LIVE_CALL)
    if supervisor is None or not (supervisor.free_to_take or before is not None):
        raise Refused(Refusal.NOBODY_FREE)
    leg_id = f"{call.id}.{call.legs_made + 1}"
    barge = command.kind is CommandKind.BARGE
    effects: list[Effect] = [SetAgent(command.by, AgentState.ON_CALL)]
    if before is not None:
        effects += [EndLeg(before.leg_id), StopListening(before.leg_id)]
        listener = replace(before, leg_id=leg_id, barge=barge)
    else:
        listener = Listener(leg_id, barge, supervisor.state, supervisor.reason)
    if barge:
        effects.append(Ring(leg_id, TARGET_S, command.by))
    else:
        whisper = command.kind is CommandKind.WHISPER
        effects.append(Listen(leg_id, command.by, call.agent_leg, whisper=whisper))
    listeners = {**call.listeners, command.by: listener}
    return replace(call, listeners=listeners, legs_made=call.legs_made + 1), effects


def _leave(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    listener = call.listeners.get(command.by)
    if listener is None:
        raise Refused(Refusal.NO_LIVE_CALL)
    left, effects = listener_gone(call, listener.leg_id)
    return left, [EndLeg(listener.leg_id), *effects]


def listener_gone(call: LiveCall, leg_id: str) -> Turn:
    """A supervisor left a call that goes on without her."""
    agent_id = next(agent for agent, listener in call.listeners.items() if listener.leg_id == leg_id)
    listener = call.listeners[agent_id]
    left = {agent: other for agent, other in call.listeners.items() if agent != agent_id}
    return replace(call, listeners=left), [
        StopListening(leg_id),
        SetAgent(agent_id, listener.back_to, listener.reason),
    ]


ACTS = {
    CommandKind.MOVE: _move,
    CommandKind.KEEP: _keep,
    CommandKind.TAKE: _take,
    CommandKind.PLACE: _place,
    CommandKind.END: _end,
    CommandKind.LISTEN: _supervise,
    CommandKind.WHISPER: _supervise,
    CommandKind.BARGE: _supervise,
    CommandKind.LEAVE: _leave,
}
