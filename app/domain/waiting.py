"""How long a caller waits: the expectation that is announced to her and shown before a hand-over, and her place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.calls import LiveCall, Phase, StepKind
from app.domain.floor import Floor

HANDLED_S = 180
"""How long a call keeps an agent where nothing was measured yet."""
_A_MOMENT = timedelta(milliseconds=1)
SERVING = frozenset({AgentState.AVAILABLE, AgentState.RINGING, AgentState.ON_CALL, AgentState.WRAP_UP})


@dataclass(frozen=True, slots=True)
class Crew:
    """Who of a team is free, and who will be after her call."""

    free: int
    busy: int
    away: int

    @property
    def serving(self) -> int:
        return self.free + self.busy


def crew_of(floor: Floor, team_id: UUID) -> Crew:
    """A team's agents by what they are doing; who is not ready or not reachable serves nobody."""
    team = floor.teams.get(team_id)
    there = [floor.agents[member] for member in (team.members if team else ()) if member in floor.agents]
    free = sum(agent.free for agent in there)
    busy = sum(agent.state in SERVING and agent.state is not AgentState.AVAILABLE for agent in there)
    return Crew(free, busy, len(there) - free - busy)


def expected_wait_s(ahead: int, crew: Crew, handled_s: float | None) -> int | None:
    """Seconds until somebody has time for one more caller; None when nobody of the team is there.

    Each of the serving agents becomes free once in `handled_s`; the free ones take the first callers at once.
    """
    if crew.serving == 0:
        return None
    behind = ahead - crew.free
    if behind < 0:
        return 0
    return round((behind + 1) * (handled_s or HANDLED_S) / crew.serving)


def queue_of(calls: Iterable[LiveCall], team_id: UUID) -> tuple[LiveCall, ...]:
    """The calls that wait for a team, in their order: by arrival, unless a supervisor changed a place."""
    waiting = (c for c in calls if c.phase in {Phase.WAITING, Phase.MOVING} and awaited_team(c) == team_id)
    return tuple(sorted(waiting, key=lambda call: (place_at(call), call.id)))


def queues(calls: Iterable[LiveCall]) -> dict[UUID, tuple[UUID, ...]]:
    """The waiting calls of each team, by id, in their order."""
    waiting = [call for call in calls if call.phase in {Phase.WAITING, Phase.MOVING}]
    teams = {awaited_team(call) for call in waiting}
    return {team: tuple(call.id for call in queue_of(waiting, team)) for team in teams}


def place_at(call: LiveCall) -> datetime:
    """What a call's place is sorted by."""
    return call.place_at or call.waiting_since_at or call.started_at


def awaited_team(call: LiveCall) -> UUID:
    """The team a waiting call waits for."""
    step = call.step
    if step is not None and step.team_id is not None and step.kind in {StepKind.QUEUE, StepKind.RING_TEAM}:
        return step.team_id
    return call.team_id


def placed(call: LiveCall, queue: tuple[LiveCall, ...], place: int) -> datetime:
    """The moment that puts a call at a place (1 is first) among the others of its queue."""
    others = [place_at(other) for other in queue if other.id != call.id]
    if not others:
        return place_at(call)
    position = min(max(place, 1), len(others) + 1) - 1
    if position == 0:
        return others[0] - _A_MOMENT
    if position == len(others):
        return others[-1] + _A_MOMENT
    return others[position - 1] + (others[position] - others[position - 1]) / 2
