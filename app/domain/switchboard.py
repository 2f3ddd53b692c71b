"""What happens on the switch, told to the call it belongs to: one pure entrance for every happening."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from app.domain import call_flow, hand_over, supervising
from app.domain.call_flow import Turn
from app.domain.calls import LiveCall, Phase, TraceEntry
from app.domain.effects import JoinCaller, JoinListener
from app.domain.floor import Floor
from app.domain.hand_over import CallCommand
from app.domain.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class LegUp:
    """Somebody who was rung answered."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class LegGone:
    """A leg no longer exists; `cause` is the word for why, `lost` when nobody hung up but the connection broke."""

    leg_id: str
    cause: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock moved on, or somebody's state changed."""


ACTS = hand_over.ACTS | supervising.ACTS
Happening: TypeAlias = LegUp | LegGone | TimePassed | CallCommand


def happen(call: LiveCall, happening: Happening, floor: Floor, now: datetime) -> Turn:
    """The call after a happening, and what is to be done; raises Refused for a command that cannot be obeyed."""
    if call.phase is Phase.ENDED:
        return call, []
    match happening:
        case TimePassed():
            return call_flow.move_on(call, floor, now)
        case CallCommand():
            return obey(call, happening, floor, now)
        case LegUp(leg_id):
            return _leg_up(call, leg_id, floor, now)
        case LegGone():
            return _leg_gone(call, happening, floor, now)


def obey(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    """Carry one command out, or refuse it in words; the database has decided that this agent may."""
    if call.phase is Phase.ENDED:
        raise Refused(Refusal.NO_LIVE_CALL)
    turn = ACTS[command.kind](call, command, floor, now)
    entry = TraceEntry(now, command.kind.value, agent_id=command.by, text=command.note[:200])
    return replace(turn[0], trace=(*turn[0].trace, entry)), turn[1]


def _leg_up(call: LiveCall, leg_id: str, floor: Floor, now: datetime) -> Turn:
    if call.phase is Phase.DIALLING and leg_id == call.caller_leg:
        return call_flow.dialled_answered(call, now)
    if call.consultation is not None and leg_id == call.consultation.leg_id:
        return hand_over.consultation_answered(call, leg_id, call.consultation.answered_by, now)
    listener = next((one for one in call.listeners.values() if one.leg_id == leg_id), None)
    if listener is not None:
        return call, [JoinCaller(leg_id) if listener.barge else JoinListener(leg_id)]
    return call_flow.answered(call, leg_id, floor, now)


def _leg_gone(call: LiveCall, gone: LegGone, floor: Floor, now: datetime) -> Turn:
    if any(listener.leg_id == gone.leg_id for listener in call.listeners.values()):
        return supervising.listener_gone(call, gone.leg_id)
    consultation = call.consultation
    if consultation is not None and gone.leg_id in {consultation.leg_id, call.agent_leg}:
        return hand_over.consultation_leg_ended(call, gone.leg_id, floor, now)
    if gone.lost and gone.leg_id == call.agent_leg and call.phase is Phase.TALKING:
        back = gone.cause == "phone_restarted"
        return call_flow.agent_lost(call, floor, now, hand_over.lost_agent_steps(call, back=back), back=back)
    return call_flow.leg_ended(call, gone.leg_id, floor, now, gone.cause)
