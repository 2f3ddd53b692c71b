"""Agents: who works here, in which role, and what she is doing just now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an agent is in the whole organisation; leading one team is a mark of the membership."""

    AGENT = "agent"
    LEAD = "lead"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class AgentState(StrEnum):
    """What an agent is doing, as routing and colleagues see it; not_ready carries a reason."""

    OFFLINE = "offline"
    AVAILABLE = "available"
    RINGING = "ringing"
    ON_CALL = "on_call"
    WRAP_UP = "wrap_up"
    NOT_READY = "not_ready"


FREE_FOR_RETURN = frozenset({AgentState.AVAILABLE, AgentState.WRAP_UP})


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who signs in; `role_name` is her role in the database and her name at sign-in."""

    id: UUID
    role_name: str
    name: str
    role: Role
    email: str = ""
    language: str = "fr"
    time_zone: str = "Europe/Paris"
    default_team_id: UUID | None = None
    signature: str = ""
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class Presence:
    """The present state of one agent, since when, and why when she is not ready."""

    agent_id: UUID
    state: AgentState
    since_at: datetime
    reason: str = ""
