"""Live hand-over: the commands of agents and supervisors on a live call, as pure steps.

Blind, consultation, swap, merge, completion and going back are moves of legs between two bridges of one call.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain import recording
from app.domain.agents import AgentState
from app.domain.call_flow import agent_gone, asked_no_more, start_moving
from app.domain.calls import (
    HAND_OVER_MOST_S,
    SENDER_S,
    TARGET_S,
    Consultation,
    LiveCall,
    Phase,
    Step,
    StepKind,
    Target,
    TargetKind,
    TraceEntry,
)
from app.domain.effects import (
    Effect,
    EndLeg,
    JoinCaller,
    JoinConsultation,
    MoveCase,
    Music,
    Ring,
    SetAgent,
    ShareCase,
)
from app.domain.floor import Floor, next_to_ring
from app.domain.refusals import Refusal, Refused
from app.domain.steps import Turn, listeners_leave


class CommandKind(StrEnum):
    """What can be asked of a live call."""

    HAND_OVER = "hand_over"
    CONSULT = "consult"
    COMPLETE = "complete"
    SWAP = "swap"
    MERGE = "merge"
    BACK = "back"
    HANG_UP = "hang_up"
    MOVE = "move"
    TAKE = "take"
    PLACE = "place"
    END = "end"
    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"
    LEAVE = "leave"
    KEEP = "keep"
    RECORD = "record"
    PAUSE_RECORDING = "pause_recording"
    RESUME_RECORDING = "resume_recording"
    STOP_RECORDING = "stop_recording"
    NOT_ME = "not_me"


@dataclass(frozen=True, slots=True)
class CallCommand:
    """One command of an agent on a call, as the database accepted it."""

    id: UUID
    call_id: UUID
    by: UUID
    kind: CommandKind
    target: Target | None = None
    note: str = ""
    place: int | None = None
    place_at: datetime | None = None
    """What the wished place in the queue is sorted by."""


def hand_over_steps(call: LiveCall, target: Target, sender: UUID | None, floor: Floor) -> tuple[Step, ...]:
    """The chain that a moved call cannot fall out of, at most 90 seconds long before the voicemail.

    Target, then the sender if she is free, for a person as target her team, then the communication team's queue.
    """
    steps = [_first_step(target)]
    if sender is not None and sender != target.id:
        steps.append(Step(StepKind.RING_SENDER, SENDER_S, "back_to_sender", agent_id=sender))
    if target.kind is TargetKind.AGENT:
        team_id = floor.home_of(target.id) if target.id is not None else None
        if team_id is not None:
            steps.append(Step(StepKind.RING_TEAM, TARGET_S, "team_of_target", team_id=team_id))
    rest = HAND_OVER_MOST_S - sum(step.seconds for step in steps)
    queue = call.communication_team_id or call.team_id
    steps.append(Step(StepKind.QUEUE, max(rest, SENDER_S), "communication_team", team_id=queue))
    steps.append(Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=queue))
    return tuple(steps)


def lost_agent_steps(call: LiveCall, *, back: bool = False) -> tuple[Step, ...]:
    """Who serves a caller whose agent's phone died: she herself when she is back, else the team, then a message."""
    queue = call.communication_team_id or call.team_id
    herself = (Step(StepKind.RING_AGENT, TARGET_S, "back_to_agent", agent_id=call.agent_id),) if back else ()
    return (
        *herself,
        Step(StepKind.RING_TEAM, TARGET_S, "agent_lost_her_team", team_id=call.team_id),
        Step(StepKind.QUEUE, HAND_OVER_MOST_S, "communication_team", team_id=queue),
        Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=queue),
    )


def consultation_answered(call: LiveCall, leg_id: str, agent_id: UUID | None, now: datetime) -> Turn:
    """Who was asked is there: she meets the agent away from the caller."""
    consultation = call.consultation
    if consultation is None or consultation.leg_id != leg_id:
        return call, [EndLeg(leg_id)]
    effects: list[Effect] = [JoinConsultation((leg_id,))]
    if agent_id is not None:
        effects.append(SetAgent(agent_id, AgentState.ON_CALL))
    met = replace(consultation, answered=True, answered_by=agent_id)
    return replace(call, consultation=met, trace=(*call.trace, TraceEntry(now, "met", agent_id=agent_id))), effects


def consultation_leg_ended(call: LiveCall, leg_id: str, floor: Floor, now: datetime) -> Turn:
    """A leg of a consultation is gone: the target's, and the agent is back with her caller; or the agent's own."""
    consultation = call.consultation
    assert consultation is not None
    if leg_id == consultation.leg_id:
        return _back(call, None, floor, now)
    if leg_id != call.agent_leg:
        return call, []
    if consultation.answered:
        return complete(call, None, floor, now, agent_gone_already=True)
    # She left before anybody answered: the ring goes on as a hand-over, nobody is dropped.
    steps = hand_over_steps(call, consultation.target, call.agent_id, floor)
    return start_moving(replace(call, agent_leg=""), steps, floor, now, call.hand_over_note)


# The acts -----------------------------------------------------------------------------------------------------


def _first_step(target: Target) -> Step:
    if target.kind is TargetKind.AGENT:
        return Step(StepKind.RING_AGENT, TARGET_S, "handed_to_agent", agent_id=target.id)
    if target.kind is TargetKind.TEAM:
        return Step(StepKind.RING_TEAM, TARGET_S, "handed_to_team", team_id=target.id)
    return Step(StepKind.RING_NUMBER, TARGET_S * 2, "handed_to_number", number=target.number)


def _own(call: LiveCall, command: CallCommand) -> None:
    if call.agent_id != command.by or call.phase not in {Phase.TALKING, Phase.CONSULTING}:
        raise Refused(Refusal.NO_LIVE_CALL)


def wished_target(command: CallCommand) -> Target:
    if command.target is None:
        raise Refused(Refusal.REQUIRED, "target")
    return command.target


def _hand_over(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    _own(call, command)
    asked = call.consultation
    if asked is not None and asked.answered and asked.target == command.target:
        return complete(call, command, floor, now)
    steps = hand_over_steps(call, wished_target(command), command.by, floor)
    return start_moving(call, steps, floor, now, command.note)


def _consult(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    _own(call, command)
    if call.consultation is not None:
        raise Refused(Refusal.ALREADY_TAKEN, agent="")
    target = wished_target(command)
    agent_id = _whom_to_ask(call, target, floor)
    leg_id = f"{call.id}.{call.legs_made + 1}"
    effects: list[Effect] = [Music(playing=True), JoinConsultation((call.agent_leg,))]
    if agent_id is not None:
        effects.append(SetAgent(agent_id, AgentState.RINGING))
        if call.case_id is not None:
            effects.append(ShareCase(floor.home_of(agent_id, target.id) or call.team_id))
    effects.append(Ring(leg_id, TARGET_S * 2, agent_id, target.number))
    asking = Consultation(target, leg_id, answered_by=agent_id)
    return replace(
        call,
        phase=Phase.CONSULTING,
        consultation=asking,
        hand_over_note=command.note,
        legs_made=call.legs_made + 1,
        held_since_at=now,
    ), effects


def _whom_to_ask(call: LiveCall, target: Target, floor: Floor) -> UUID | None:
    if target.kind is TargetKind.NUMBER:
        return None
    if target.kind is TargetKind.AGENT:
        agent = floor.agent(target.id)
        if agent is None or not agent.free:
            raise Refused(Refusal.NOBODY_FREE)
        return agent.id
    team = floor.teams.get(target.id) if target.id is not None else None
    free = next_to_ring(team, floor, frozenset({call.agent_id} - {None})) if team is not None else ()  # type: ignore[arg-type]
    if not free:
        raise Refused(Refusal.NOBODY_FREE)
    return free[0]


def complete(
    call: LiveCall, command: CallCommand | None, floor: Floor, now: datetime, *, agent_gone_already: bool = False
) -> Turn:
    """The caller and who was asked are joined, the agent leaves, the case goes along."""
    consultation = call.consultation
    if consultation is None:
        raise Refused(Refusal.NO_LIVE_CALL)
    if command is not None:
        _own(call, command)
    if not consultation.answered:
        # Nobody has answered yet: leaving now makes it a blind hand-over to the same target.
        steps = hand_over_steps(call, consultation.target, call.agent_id, floor)
        return start_moving(call, steps, floor, now, call.hand_over_note)
    effects: list[Effect] = [Music(playing=False)]
    if consultation.with_caller:
        effects.append(Music(playing=False, leg_id=consultation.leg_id))
    effects.append(JoinCaller(consultation.leg_id))
    if not agent_gone_already:
        effects.append(EndLeg(call.agent_leg))
    if call.agent_id is not None:
        effects.append(SetAgent(call.agent_id, AgentState.WRAP_UP))
    call, left = listeners_leave(call)
    effects += left
    team_id = _team_of(consultation, call, floor)
    if call.case_id is not None and consultation.answered_by is not None:
        effects.append(MoveCase(team_id, consultation.answered_by))
    joined = replace(
        call,
        phase=Phase.TALKING,
        handed_by=call.agent_id,
        team_id=team_id,
        agent_id=consultation.answered_by,
        agent_leg=consultation.leg_id,
        consultation=None,
        leaving=None,
        held_since_at=None,
    )
    joined, recorded = recording.by_rule(joined, floor.teams.get(team_id))
    return joined, effects + recorded


def _team_of(consultation: Consultation, call: LiveCall, floor: Floor) -> UUID:
    if consultation.target.kind is TargetKind.TEAM and consultation.target.id is not None:
        return consultation.target.id
    agent = consultation.answered_by
    return (floor.home_of(agent) if agent is not None else None) or call.team_id


def _swap(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    """The agent goes to the other party; the one she leaves hears music."""
    _own(call, command)
    consultation = call.consultation
    if consultation is None or not consultation.answered:
        raise Refused(Refusal.NO_LIVE_CALL)
    effects: list[Effect]
    if consultation.with_caller:
        # After a merge who was asked is with the caller too, and comes along.
        away = (call.agent_leg, consultation.leg_id) if consultation.merged else (call.agent_leg,)
        effects = [Music(playing=False, leg_id=consultation.leg_id), JoinConsultation(away), Music(playing=True)]
    else:
        effects = [Music(playing=False), JoinCaller(call.agent_leg), Music(playing=True, leg_id=consultation.leg_id)]
    swapped = replace(consultation, with_caller=not consultation.with_caller, merged=False)
    held = None if swapped.with_caller else now
    return replace(call, consultation=swapped, held_since_at=held), effects


def _merge(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    """All three hear one another."""
    _own(call, command)
    consultation = call.consultation
    if consultation is None or not consultation.answered:
        raise Refused(Refusal.NO_LIVE_CALL)
    effects: list[Effect] = [Music(playing=False)]
    if consultation.with_caller:
        effects.append(Music(playing=False, leg_id=consultation.leg_id))
    else:
        effects.append(JoinCaller(call.agent_leg))
    effects.append(JoinCaller(consultation.leg_id))
    merged = replace(consultation, merged=True, with_caller=True)
    return replace(call, consultation=merged, held_since_at=None), effects


def _back(call: LiveCall, command: CallCommand | None, floor: Floor, now: datetime) -> Turn:
    """The agent is with her caller again, who was asked leaves."""
    if command is not None:
        _own(call, command)
    consultation = call.consultation
    if consultation is None:
        raise Refused(Refusal.NO_LIVE_CALL)
    effects = asked_no_more(call)
    if not consultation.with_caller:
        effects.extend((Music(playing=False), JoinCaller(call.agent_leg)))
    return replace(call, phase=Phase.TALKING, consultation=None, held_since_at=None), effects


def _hang_up(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    if call.agent_id == command.by and call.phase in {Phase.TALKING, Phase.DIALLING}:
        ended, effects = agent_gone(call, now)
        return ended, [EndLeg(call.agent_leg), *effects]
    if call.phase is Phase.CONSULTING and call.agent_id == command.by:
        return _back(call, command, floor, now)
    raise Refused(Refusal.NO_LIVE_CALL)


def _not_me(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    offer = next((offer for offer in call.offers if offer.agent_id == command.by), None)
    if offer is None:
        raise Refused(Refusal.NO_LIVE_CALL)
    return call, [EndLeg(offer.leg_id, "busy")]  # the ended leg is what moves the call on, once


ACTS = {
    CommandKind.HAND_OVER: _hand_over,
    CommandKind.CONSULT: _consult,
    CommandKind.COMPLETE: complete,
    CommandKind.SWAP: _swap,
    CommandKind.MERGE: _merge,
    CommandKind.BACK: _back,
    CommandKind.HANG_UP: _hang_up,
    CommandKind.NOT_ME: _not_me,
}
"""What the agents of a call may ask; `app.domain.switchboard` finds the act of a command."""
