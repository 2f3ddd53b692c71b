"""Calls as the hub holds them: who is connected to whom, what is tried next, and why.

A *leg* is one party's connection to the switch. The caller's leg stays in the call's own bridge from the first
second to the last; agents' legs come and go. Nothing here knows how a switch is told.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.prompts import Prompt

OFFER_S = 30
TARGET_S = 20
SENDER_S = 15
HAND_OVER_MOST_S = 90
QUEUE_MOST_S = 600


class Phase(StrEnum):
    """Where a call stands, seen from its caller."""

    MENU = "menu"
    DIALLING = "dialling"
    WAITING = "waiting"
    TALKING = "talking"
    CONSULTING = "consulting"
    MOVING = "moving"
    VOICEMAIL = "voicemail"
    ENDED = "ended"


class Direction(StrEnum):
    """Who called whom."""

    IN = "in"
    OUT = "out"


class Outcome(StrEnum):
    """How a call ended, for lists and reports."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    VOICEMAIL = "voicemail"
    CALLBACK = "callback"
    CLOSED = "closed"
    NO_ANSWER = "no_answer"
    FAILED = "failed"


class Recording(StrEnum):
    """Whether a call is recorded just now; `announced` while the caller is being told."""

    NONE = ""
    ANNOUNCED = "announced"
    ON = "on"
    PAUSED = "paused"
    DONE = "done"


class TargetKind(StrEnum):
    """What a call can be moved to."""

    AGENT = "agent"
    TEAM = "team"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to move a call to: an agent, a team or sub-team, or a number outside (E.164)."""

    kind: TargetKind
    id: UUID | None = None
    number: str = ""


class StepKind(StrEnum):
    """One thing that is tried for a waiting caller."""

    RING_AGENT = "ring_agent"
    RING_SENDER = "ring_sender"
    RING_TAKER = "ring_taker"
    RING_TEAM = "ring_team"
    RING_NUMBER = "ring_number"
    QUEUE = "queue"
    MENU = "menu"
    ANNOUNCEMENT = "announcement"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True, slots=True)
class Step:
    """One try: whom, for how many seconds at most, and the reason in the call's trace."""

    kind: StepKind
    seconds: int
    reason: str
    agent_id: UUID | None = None
    team_id: UUID | None = None
    number: str = ""
    tree_id: UUID | None = None
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuPosition:
    """Where a caller stands in a call tree, what she has pressed there, and until when a key is waited for."""

    tree_id: UUID
    menu: str
    tries: int = 0
    digits: str = ""
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A leg that rings at somebody just now."""

    leg_id: str
    agent_id: UUID | None
    until_at: datetime
    number: str = ""


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """Why the call went where it went: one decision, with what it names."""

    at: datetime
    reason: str
    agent_id: UUID | None = None
    team_id: UUID | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """An agent asks somebody else while her caller hears music; `with_caller` after a swap or a merge."""

    target: Target
    leg_id: str
    answered: bool = False
    answered_by: UUID | None = None
    with_caller: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Listener:
    """A supervisor on a call: she hears it, is heard by the agent, or (`barge`) is in it; then she is what she was."""

    leg_id: str
    barge: bool = False
    back_to: AgentState = AgentState.AVAILABLE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A supervisor is about to move a live call: its agent is told, and may finish her sentence."""

    target: Target
    by: UUID
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class LiveCall:
    """One call, from its arrival to its end; a new value at each event."""

    id: UUID
    organisation_id: UUID
    direction: Direction
    caller_leg: str
    caller_number: str
    number_id: UUID | None
    team_id: UUID
    phase: Phase
    started_at: datetime
    customer_id: UUID | None = None
    case_id: UUID | None = None
    agent_id: UUID | None = None
    agent_leg: str = ""
    steps: tuple[Step, ...] = ()
    step_until_at: datetime | None = None
    offers: tuple[Offer, ...] = ()
    tried: frozenset[UUID] = frozenset()
    tries_again_at: datetime | None = None
    communication_team_id: UUID | None = None
    handed_by: UUID | None = None
    hand_over_note: str = ""
    consultation: Consultation | None = None
    waiting_since_at: datetime | None = None
    answered_at: datetime | None = None
    held_since_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    trace: tuple[TraceEntry, ...] = ()
    listeners: dict[UUID, Listener] = field(default_factory=dict)
    legs_made: int = 0
    recording: Recording = Recording.NONE
    task_id: UUID | None = None
    shown: str = ""
    """The number of ours (E.164) that parties outside see."""
    place_at: datetime | None = None
    language: str = "fr"
    """What prompts are spoken in."""
    greeting: Prompt | None = None
    saying: str = ""
    """The name of what the caller hears just now, before music or somebody."""
    said: int = 0
    told_recorded: bool = False
    menu: MenuPosition | None = None
    leaving: Leaving | None = None
    announce_at: datetime | None = None
    call_back_at: datetime | None = None
    """When a caller who asked to be called back would have been served."""

    @property
    def step(self) -> Step | None:
        return self.steps[0] if self.steps else None

    def has_leg(self, leg_id: str) -> bool:
        """Whether this leg belongs to the call, in whatever role."""
        return leg_id in self.legs()

    def legs_of(self, agent_id: UUID) -> tuple[str, ...]:
        """The legs of the call that are an agent's, ringing ones included."""
        own = [offer.leg_id for offer in self.offers if offer.agent_id == agent_id]
        if self.agent_id == agent_id:
            own.append(self.agent_leg)
        if self.consultation is not None and self.consultation.answered_by == agent_id:
            own.append(self.consultation.leg_id)
        if agent_id in self.listeners:
            own.append(self.listeners[agent_id].leg_id)
        return tuple(leg for leg in own if leg)

    def state_of(self, agent_id: UUID) -> AgentState | None:
        """What an agent is because of this call; None when she has no part in it."""
        if self.phase is Phase.ENDED:
            return None
        if self.agent_id == agent_id or agent_id in self.listeners:
            return AgentState.ON_CALL
        if self.consultation is not None and self.consultation.answered_by == agent_id:
            return AgentState.ON_CALL if self.consultation.answered else AgentState.RINGING
        return AgentState.RINGING if any(offer.agent_id == agent_id for offer in self.offers) else None

    def legs(self) -> frozenset[str]:
        """Every leg of the call, in whatever role."""
        own = {self.caller_leg, self.agent_leg, *(offer.leg_id for offer in self.offers)}
        own.update(listener.leg_id for listener in self.listeners.values())
        if self.consultation is not None:
            own.add(self.consultation.leg_id)
        return frozenset(own - {""})
