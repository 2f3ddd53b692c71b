"""What a decision about a call asks for: carried out by the hub, in order, on the switch and in the store."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.calls import Outcome
from app.domain.prompts import Prompt


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring an agent's phone (or a number outside) as a new leg of the call, for so long at most."""

    leg_id: str
    seconds: int
    agent_id: UUID | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class EndLeg:
    """Hang a leg up: a ring that is not needed any more, or a party whose part is over."""

    leg_id: str
    reason: str = "normal"


@dataclass(frozen=True, slots=True)
class JoinCaller:
    """Put a leg into the caller's bridge."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class JoinConsultation:
    """Put legs into the call's second bridge, away from the caller."""

    leg_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Music:
    """Start or stop the music: for the caller's bridge, or for one leg alone."""

    playing: bool
    leg_id: str = ""


@dataclass(frozen=True, slots=True)
class SetAgent:
    """An agent's state changes because of this call."""

    agent_id: UUID
    state: AgentState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """An agent was rung in vain; two in a row make her not ready."""

    agent_id: UUID


@dataclass(frozen=True, slots=True)
class MoveCase:
    """The case goes to the team of whoever took the call."""

    team_id: UUID
    agent_id: UUID | None


@dataclass(frozen=True, slots=True)
class ShareCase:
    """Let a team read the case of a call that is being handed over to it, so that its card opens before the ring."""

    team_id: UUID


@dataclass(frozen=True, slots=True)
class StartRecording:
    """Record the caller's bridge from now on."""


@dataclass(frozen=True, slots=True)
class PauseRecording:
    """Leave out what is said from now on (card numbers), or go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class StopRecording:
    """What was recorded until now is all."""


@dataclass(frozen=True, slots=True)
class Say:
    """Let the caller hear prompts; `name` comes back when they were said."""

    name: str
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop what is being said."""

    name: str


@dataclass(frozen=True, slots=True)
class FindCase:
    """Look a case number up that the caller typed."""

    number: int


@dataclass(frozen=True, slots=True)
class TakeMessage:
    """Let the caller speak after a tone; the message becomes a case."""


@dataclass(frozen=True, slots=True)
class Listen:
    """A supervisor hears a call (`whisper`: and is heard by the agent only)."""

    leg_id: str
    agent_id: UUID
    of_leg: str
    whisper: bool = False


@dataclass(frozen=True, slots=True)
class JoinListener:
    """Her phone is up: let the supervisor hear the call."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class StopListening:
    """Take down what a supervisor heard a call through; her own leg is ended apart."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class EndCall:
    """The call is over: take its bridges down and file it."""

    outcome: Outcome


Effect: TypeAlias = (
    Ring
    | EndLeg
    | JoinCaller
    | JoinConsultation
    | Music
    | SetAgent
    | Missed
    | MoveCase
    | ShareCase
    | StartRecording
    | PauseRecording
    | StopRecording
    | Say
    | Hush
    | FindCase
    | TakeMessage
    | Listen
    | JoinListener
    | StopListening
    | EndCall
)
