"""Where the hub keeps its calls: every change is committed before the switch is told, so that a desk's card comes
before the ring."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias
from uuid import UUID

from app.domain.call_trees import CallTree
from app.domain.calls import LiveCall
from app.domain.floor import Floor
from app.domain.hand_over import CallCommand
from app.domain.phone import SipCredentials
from app.domain.prompts import Prompt
from app.domain.routing import Caller, Closed, LastAdvisor, RoutingRule
from app.domain.schedules import Hours
from app.domain.turns import CallTurn
from app.services.switch import OwnPrompt


@dataclass(frozen=True, slots=True)
class DialledNumber:
    """What a dialled number leads to: its team, whether that rings now, what a caller hears there."""

    number_id: UUID
    organisation_id: UUID
    team_id: UUID
    e164: str
    hours: Hours
    closed: Closed = Closed()  # noqa: RUF009 - a frozen value
    greeting: Prompt | None = None
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """Who calls, as far as the number tells: one customer, or several and then none is guessed."""

    caller: Caller
    customer_id: UUID | None = None
    name: str = ""
    case_id: UUID | None = None
    last_advisor: LastAdvisor | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """What a desk said before it dialled: for whom, on which case, to do which task, seen as which number (E.164)."""

    shown: str
    customer_id: UUID | None
    name: str
    case_id: UUID | None
    task_id: UUID | None


@dataclass(frozen=True, slots=True)
class AgentLine:
    """An agent's phone as the hub provisions it."""

    agent_id: UUID
    organisation_id: UUID
    name: str
    password: str
    language: str
    default_team_id: UUID | None


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """A line to the outside as the hub provisions it."""

    trunk_id: UUID
    name: str
    host: str
    port: int
    username: str
    password: str = field(repr=False)
    registers: bool
    matches: tuple[str, ...]
    codecs: tuple[str, ...]


FoundCase: TypeAlias = tuple[UUID, UUID, UUID, UUID | None]
"""A case that a caller named: case, customer, team, assignee."""


class CallBook(Protocol):
    """The hub's store; a deposed hub's writes are refused by its epoch."""

    async def floor(self) -> Floor: ...
    async def dialled_number(self, e164: str, at: datetime | None = None) -> DialledNumber | None: ...
    async def known_caller(self, number: DialledNumber, e164: str) -> KnownCaller: ...
    async def routing_rules(self, team_id: UUID) -> tuple[RoutingRule, ...]: ...
    async def number_shown(self, agent_id: UUID, wished: str) -> DialledNumber | None: ...
    async def planned_call(self, call_id: UUID, agent_id: UUID) -> PlannedCall | None: ...
    async def write_turn(self, turn: CallTurn) -> bool:
        """Write a turn, whole or not at all; it may be repeated. False when a later hub has gone on with the call."""
        ...

    async def take_commands(self) -> tuple[CallCommand, ...]: ...
    async def command_done(self, command_id: UUID, refused: str) -> None: ...
    async def attached(self, call_id: UUID) -> tuple[UUID | None, UUID | None]: ...
    async def live_calls(self) -> tuple[LiveCall, ...]: ...
    async def lines(self) -> tuple[AgentLine, ...]: ...
    async def write_line(self, line: AgentLine, credentials: SipCredentials) -> None: ...
    async def outside_lines(self) -> tuple[OutsideLine, ...]: ...
    async def write_line_state(self, trunk_id: UUID, state: str) -> None: ...
    async def end_wrap_ups(self) -> int: ...
    async def file_parts_left(self) -> int: ...
    async def write_voicemail(self, call: LiveCall, sound: bytes) -> UUID | None: ...
    async def write_recording(self, call: LiveCall, sound: bytes) -> None: ...
    async def write_fallback_message(self, number: str, dialled: str, sound: bytes) -> bool:
        """A message that was left while no hub was there; False when the dialled number is nobody's."""
        ...

    async def ended_call(self, call_id: UUID) -> LiveCall | None:
        """A call that is over and written as such."""
        ...

    async def remove_old_sounds(self) -> int: ...
    async def prompt(self, prompt_id: UUID) -> OwnPrompt | None: ...
    async def call_trees(self, organisation_id: UUID) -> tuple[CallTree, ...]: ...
    async def case_by_number(self, organisation_id: UUID, number: int) -> FoundCase | None: ...
    async def handled_s(self) -> dict[UUID, float]:
        """How long a call kept an agent of each team lately."""
        ...
