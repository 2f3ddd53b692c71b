"""The floor as lists: queues in their order, teams and agents in lines, and a day put together from several teams'."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.calls import StepKind, Target, TargetKind
from app.domain.permissions import Permission
from app.domain.text import fold
from app.services.calls import CallView
from app.services.floor import AgentOnDuty, TeamDay, TeamLoad
from app.services.organisation import Directory

_QUEUES = frozenset({StepKind.QUEUE.value, StepKind.RING_TEAM.value})
_ORDER = (
    AgentState.AVAILABLE,
    AgentState.RINGING,
    AgentState.ON_CALL,
    AgentState.WRAP_UP,
    AgentState.NOT_READY,
    AgentState.OFFLINE,
)


@dataclass(frozen=True, slots=True)
class FloorLine:
    """A team with its load, or an agent with her state: what the floor shows and what a call can be moved to."""

    target: Target
    name: str
    load: TeamLoad | None = None
    agent: AgentOnDuty | None = None


def supervised(directory: Directory) -> frozenset[UUID]:
    """The teams whose calls I look after: all of them for a supervisor, else those that I lead."""
    if Permission.SUPERVISE_CALLS in directory.permissions:
        return frozenset(team.id for team in directory.teams)
    me = directory.me.id
    return frozenset(one.team_id for one in directory.memberships if one.agent_id == me and one.lead)


def awaited_team(call: CallView) -> UUID:
    """The team that a waiting call waits for."""
    return call.step_team_id if call.step in _QUEUES and call.step_team_id is not None else call.team_id


def concerns(call: CallView, team_id: UUID) -> bool:
    """Whether a call is a team's: it has it, or the caller waits for it."""
    return team_id in (call.team_id, awaited_team(call))


def queued(calls: Iterable[CallView]) -> tuple[CallView, ...]:
    """Waiting calls in their order: by arrival, unless a supervisor changed a place."""
    return tuple(sorted(calls, key=lambda call: (_place_at(call), call.id)))


def _place_at(call: CallView) -> datetime:
    return call.place_at or call.waiting_since_at or call.started_at


def found_lines(
    loads: tuple[TeamLoad, ...], agents: tuple[AgentOnDuty, ...], team: UUID | None, typed: str
) -> tuple[FloorLine, ...]:
    """Teams, sub-teams first, then agents, who is free first; narrowed to a team or to what was typed."""
    teams = sorted(loads, key=lambda load: (not load.is_sub_team, fold(load.name)))
    people = sorted(agents, key=lambda agent: (_ORDER.index(agent.state), fold(agent.name)))
    lines = [
        *(FloorLine(Target(TargetKind.TEAM, load.team_id), load.name, load=load) for load in teams),
        *(FloorLine(Target(TargetKind.AGENT, agent.agent_id), agent.name, agent=agent) for agent in people),
    ]
    if team is not None:
        lines = [line for line in lines if _of_team(line, team)]
    words = fold(typed).split()
    return tuple(line for line in lines if _fits(line.name, words))


def _of_team(line: FloorLine, team: UUID) -> bool:
    return line.target.id == team if line.agent is None else team in line.agent.team_ids


def _fits(name: str, typed: list[str]) -> bool:
    words = fold(name).split()
    return all(any(word.startswith(one) for word in words) for one in typed)


def together(days: Iterable[TeamDay]) -> TeamDay | None:
    """Several teams' day as one; None when no call came."""
    known = tuple(days)
    offered = sum(day.offered for day in known)
    if not offered:
        return None
    answered = sum(day.answered for day in known)
    waited = sum((day.mean_wait_s or 0) * day.answered for day in known)
    return TeamDay(
        team_id=known[0].team_id,
        offered=offered,
        answered=answered,
        in_time=sum(day.in_time for day in known),
        abandoned=sum(day.abandoned for day in known),
        missed=sum(day.missed for day in known),
        mean_wait_s=round(waited / answered) if answered else None,
        target_s=known[0].target_s,
    )


def service_level(day: TeamDay) -> float | None:
    """The share of finished waits that were answered within the target; None before the first one."""
    finished = day.answered + day.abandoned + day.missed
    return day.in_time / finished if finished else None


def abandoned_share(day: TeamDay) -> float | None:
    """The share of callers who gave up; None before the first finished wait."""
    finished = day.answered + day.abandoned + day.missed
    return day.abandoned / finished if finished else None
