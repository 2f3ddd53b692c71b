"""The floor: who is there, in which state, and how each team is rung; a snapshot that decisions read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.agents import FREE_FOR_RETURN, AgentState
from app.domain.call_trees import CallTree
from app.domain.calls import Target, TargetKind
from app.domain.prompts import Prompt


class Strategy(StrEnum):
    """In which order a team's agents are offered a call."""

    RING_ALL = "ring_all"
    ROTATION = "rotation"
    LONGEST_IDLE = "longest_idle"
    PRIORITY = "priority"


class Records(StrEnum):
    """Whether a team's calls are recorded; the caller is always told first."""

    NEVER = "never"
    ON_DEMAND = "on_demand"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class AgentOnFloor:
    """One agent just now; `since_at` is when her state began, `offered_at` when she was last offered a call."""

    id: UUID
    state: AgentState
    since_at: datetime
    offered_at: datetime | None = None
    reachable: bool = True
    reason: str = ""
    wraps_up: bool = True
    """Whether her team gives, or asks for, some time after a call."""
    team_id: UUID | None = None
    """Her own team, whose work she takes while no schedule rings her."""

    @property
    def free(self) -> bool:
        return self.state is AgentState.AVAILABLE and self.reachable

    @property
    def free_for_return(self) -> bool:
        return self.state in FREE_FOR_RETURN and self.reachable

    @property
    def free_to_take(self) -> bool:
        return self.state not in {AgentState.RINGING, AgentState.ON_CALL} and self.reachable


@dataclass(frozen=True, slots=True)
class TeamOnFloor:
    """How a team is rung: its members in order (tier by tier), its strategy and its limits."""

    id: UUID
    members: tuple[UUID, ...]
    strategy: Strategy = Strategy.RING_ALL
    tiers: Mapping[UUID, int] = field(default_factory=dict)
    offer_s: int = 30
    queue_most_s: int = 600
    queue_length: int = 50
    records: Records = Records.NEVER
    is_open: bool = True
    closed_now: bool = False
    closed_prompt: Prompt | None = None
    announce_s: int = 60
    offers_callback: bool = True
    through: Mapping[UUID, UUID] = field(default_factory=dict)
    """Agents who are rung through a sub-team of the schedule, and that sub-team."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Everybody and every team, as one value."""

    agents: Mapping[UUID, AgentOnFloor]
    teams: Mapping[UUID, TeamOnFloor]
    queues: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    """The calls that wait for each team, in their order."""
    handled_s: Mapping[UUID, float] = field(default_factory=dict)
    trees: Mapping[UUID, CallTree] = field(default_factory=dict)

    def agent(self, agent_id: UUID | None) -> AgentOnFloor | None:
        return self.agents.get(agent_id) if agent_id is not None else None

    def with_state(self, agent_id: UUID, state: AgentState, now: datetime) -> "Floor":
        """The floor after one agent's state has changed."""
        agent = self.agents.get(agent_id)
        if agent is None:
            return self
        return replace(self, agents={**self.agents, agent_id: replace(agent, state=state, since_at=now)})

    def free_members(self, team_id: UUID) -> tuple[AgentOnFloor, ...]:
        """Who of a team could take a call now."""
        team = self.teams.get(team_id)
        found = (self.agents.get(member) for member in team.members) if team else ()
        return tuple(agent for agent in found if agent is not None and agent.free)

    def somebody_free(self, target: Target) -> bool:
        """Whether a call that is moved there would ring somebody now."""
        if target.kind is TargetKind.AGENT:
            agent = self.agent(target.id)
            return agent is not None and agent.free
        return target.kind is TargetKind.NUMBER or (target.id is not None and bool(self.free_members(target.id)))

    def team_of(self, agent_id: UUID, preferred: UUID | None = None) -> UUID | None:
        """A team that rings this agent: the preferred one if she is in it, else her first; or the sub-team through
        which that one rings her."""
        rings = [team for team in self.teams.values() if agent_id in team.members]
        team = next((team for team in rings if team.id == preferred), rings[0] if rings else None)
        return team.through.get(agent_id, team.id) if team is not None else None

    def home_of(self, agent_id: UUID, preferred: UUID | None = None) -> UUID | None:
        """The team for which an agent takes a call."""
        agent = self.agents.get(agent_id)
        return self.team_of(agent_id, preferred) or (agent.team_id if agent is not None else None)


def next_to_ring(team: TeamOnFloor, floor: Floor, tried: frozenset[UUID]) -> tuple[UUID, ...]:
    """Whom to ring now: all of them, one by turn, the longest idle one, or the first tier with somebody free."""
    free = [agent for agent in floor.free_members(team.id) if agent.id not in tried]
    if not free:
        return ()
    order = {member: position for position, member in enumerate(team.members)}
    if team.strategy is Strategy.RING_ALL:
        return tuple(agent.id for agent in free)
    if team.strategy is Strategy.ROTATION:
        # Her turn is the longest ago; never offered yet counts as longest, then the order of the schedule.
        turn = min(free, key=lambda a: (a.offered_at is not None, a.offered_at or a.since_at, order[a.id]))
        return (turn.id,)
    if team.strategy is Strategy.LONGEST_IDLE:
        return (min(free, key=lambda a: (a.since_at, order[a.id])).id,)
    first = min(team.tiers.get(agent.id, 0) for agent in free)
    return tuple(agent.id for agent in free if team.tiers.get(agent.id, 0) == first)
