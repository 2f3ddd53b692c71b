"""What happens on the switch, told to the call it belongs to: one pure entrance for every happening."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from app.domain import call_flow, hand_over, menus, queueing, recording, supervising
from app.domain.agents import AgentState
from app.domain.calls import LiveCall, Phase, TraceEntry
from app.domain.effects import JoinCaller, JoinListener, SetAgent
from app.domain.floor import Floor
from app.domain.hand_over import CallCommand, CommandKind
from app.domain.refusals import Refusal, Refused
from app.domain.saying import was_said
from app.domain.steps import Turn


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
class Said:
    """What the caller was told is over, or was stopped."""

    saying: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A party pressed a key."""

    leg_id: str
    key: str


@dataclass(frozen=True, slots=True)
class CaseLookedUp:
    """The case that a caller typed, as (case, customer, team, assignee), or None when there is none."""

    found: tuple[UUID, UUID, UUID, UUID | None] | None


@dataclass(frozen=True, slots=True)
class MessageTaken:
    """The caller has spoken her message, so many seconds long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class TimePassed:
    """The clock moved on, or somebody's state changed."""


ACTS = (
    hand_over.ACTS
    | supervising.ACTS
    | {
        CommandKind.RECORD: lambda call, *_: recording.begin(call),
        CommandKind.PAUSE_RECORDING: lambda call, *_: recording.pause(call),
        CommandKind.RESUME_RECORDING: lambda call, *_: recording.resume(call),
        CommandKind.STOP_RECORDING: lambda call, *_: recording.stop(call),
    }
)
Happening: TypeAlias = LegUp | LegGone | Said | Pressed | CaseLookedUp | MessageTaken | TimePassed | CallCommand


def begin(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """A caller's call begins with its first step."""
    return _into_menu(call_flow.begin(call, floor, now), floor, now)


def happen(call: LiveCall, happening: Happening, floor: Floor, now: datetime) -> Turn:
    """The call after a happening, and what is to be done; raises Refused for a command that cannot be obeyed."""
    if call.phase is Phase.ENDED:
        return call, []
    return _free_at_once(_into_menu(_happen(call, happening, floor, now), floor, now), floor)


def _free_at_once(turn: Turn, floor: Floor) -> Turn:
    """Whose team has no wrap-up is free for the next call as soon as this one ends."""
    call, wanted = turn
    return call, [
        replace(one, state=AgentState.AVAILABLE) if isinstance(one, SetAgent) and _wraps_nothing_up(one, floor) else one
        for one in wanted
    ]


def _wraps_nothing_up(one: SetAgent, floor: Floor) -> bool:
    agent = floor.agent(one.agent_id)
    return one.state is AgentState.WRAP_UP and agent is not None and not agent.wraps_up


def _happen(call: LiveCall, happening: Happening, floor: Floor, now: datetime) -> Turn:
    match happening:
        case TimePassed():
            return _time_passed(call, floor, now)
        case CallCommand():
            return obey(call, happening, floor, now)
        case LegUp(leg_id):
            return _leg_up(call, leg_id, floor, now)
        case LegGone():
            return _leg_gone(call, happening, floor, now)
        case Said(saying) if call.phase is Phase.MENU and was_said(call, saying) == menus.SAID:
            return menus.said(call, floor, now)
        case Said(saying):
            return call_flow.prompt_said(call, saying)
        case Pressed(leg_id, key) if leg_id == call.caller_leg:
            act = menus.pressed if call.phase is Phase.MENU else queueing.pressed
            return act(call, key, floor, now)
        case CaseLookedUp(found):
            return menus.case_found(call, found, floor, now)
        case MessageTaken(seconds) if call.phase is Phase.VOICEMAIL:
            return call_flow.goodbye(call, seconds)
    return call, []


def _into_menu(turn: Turn, floor: Floor, now: datetime) -> Turn:
    """A call whose next step is a call tree hears its first menu."""
    call, effects = turn
    if call.phase is not Phase.MENU or call.menu is not None:
        return turn
    entered, more = menus.enter(call, floor, now)
    return entered, effects + more


def _time_passed(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    if call.phase is Phase.MENU:
        return menus.time_passed(call, floor, now)
    if call.leaving is not None:
        return supervising.time_passed(call, floor, now)
    if queueing.is_turned_away(call, floor):
        return queueing.turn_away(call, floor, now)
    moved, effects = call_flow.move_on(call, floor, now)
    told, more = queueing.announce(moved, floor, now)
    return told, effects + more


def obey(call: LiveCall, command: CallCommand, floor: Floor, now: datetime) -> Turn:
    """Carry one command out, or refuse it in words; the database has decided that this agent may."""
    if call.phase is Phase.ENDED:
        raise Refused(Refusal.NO_LIVE_CALL)
    turn = ACTS[command.kind](call, command, floor, now)
    entry = TraceEntry(now, command.kind.value, agent_id=command.by, text=command.note[:200])
    return replace(turn[0], trace=(*turn[0].trace, entry)), turn[1]


def _leg_up(call: LiveCall, leg_id: str, floor: Floor, now: datetime) -> Turn:
    if call.phase is Phase.DIALLING and leg_id == call.caller_leg:
        return call_flow.dialled_answered(call, floor, now)
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
