"""The floor as desks see it and supervisors change it: who is free where, what waits, states with their reasons."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.agents import AgentState


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """A team as a target of a hand-over and as a queue: `expected_wait_s` is None when nobody serves it."""

    team_id: UUID
    name: str
    icon: str
    is_sub_team: bool
    free: int
    busy: int
    away: int
    waiting: int
    expected_wait_s: int | None
    longest_since_at: datetime | None = None
    is_open: bool = True
    opens_at: datetime | None = None
    closed_now: bool = False
    members: tuple[UUID, ...] = ()
    """Whom the team rings just now, by its schedule."""


@dataclass(frozen=True, slots=True)
class AgentOnDuty:
    """An agent as colleagues and supervisors see her now; `call_id` is the call that keeps her."""

    agent_id: UUID
    name: str
    state: AgentState
    reason: str
    since_at: datetime
    team_ids: tuple[UUID, ...] = ()
    call_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TeamDay:
    """Incoming calls of one team since midnight; `in_time` were answered within the target."""

    team_id: UUID
    offered: int
    answered: int
    in_time: int
    abandoned: int
    missed: int
    mean_wait_s: int | None
    target_s: int


@dataclass(frozen=True, slots=True)
class Code:
    """A reason of not-ready or a result of a call, of all (`team_id` None) or of a team; `key` names a shipped one."""

    id: UUID
    kind: str
    key: str
    label: str
    team_id: UUID | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of an agent in a state, for reports; `ended_at` None: still in it."""

    agent_id: UUID
    state: AgentState
    reason: str
    began_at: datetime
    ended_at: datetime | None


class FloorStore(Protocol):
    """Where a desk reads the floor and changes it; what it may change is decided there."""

    async def loads(self) -> tuple[TeamLoad, ...]: ...
    async def agents_on_duty(self) -> tuple[AgentOnDuty, ...]: ...
    async def today(self) -> tuple[TeamDay, ...]: ...
    async def codes(self, kind: str) -> tuple[Code, ...]:
        """`not_ready` or `disposition`: those of all and of the teams that I see."""
        ...

    async def save_code(self, code: Code) -> None: ...
    async def remove_code(self, code_id: UUID) -> None: ...
    async def set_agent_state(self, agent_id: UUID, state: AgentState, reason: str) -> None: ...
    async def close_team(self, team_id: UUID, *, closed: bool, until_at: datetime | None = None) -> None: ...
    async def stays(self, agent_id: UUID, from_at: datetime, until_at: datetime) -> tuple[Stay, ...]: ...
