"""What one turn of a call writes into the book, as a value: written at once, or kept on disk and written later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain import effects
from app.domain.agents import AgentState
from app.domain.calls import LiveCall, Phase


@dataclass(frozen=True, slots=True)
class AgentSet:
    """An agent's new state because of a call."""

    agent_id: UUID
    state: AgentState
    reason: str


@dataclass(frozen=True, slots=True)
class CaseGiven:
    """The call's case is shown to a team, or goes to it."""

    team_id: UUID
    agent_id: UUID | None = None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class CallTurn:
    """One turn: the call after it, who began and who ended a part in it, the agents and the case."""

    at: datetime
    call: LiveCall
    begun: tuple[UUID, ...] = ()
    ended: tuple[UUID, ...] = ()
    agents: tuple[AgentSet, ...] = ()
    cases: tuple[CaseGiven, ...] = ()


def turn_of(
    before: LiveCall,
    after: LiveCall,
    states: dict[UUID, tuple[AgentState, str]],
    wanted: list[effects.Effect],
    at: datetime,
) -> CallTurn:
    """The turn from one value of a call to the next."""
    cases = []
    for effect in wanted:
        if isinstance(effect, effects.MoveCase):
            cases.append(CaseGiven(effect.team_id, effect.agent_id, moved=True))
        elif isinstance(effect, effects.ShareCase):
            cases.append(CaseGiven(effect.team_id))
    talked_before, talks_now = _talking(before), _talking(after)
    return CallTurn(
        at,
        after,
        begun=tuple(talks_now - talked_before),
        ended=tuple(talked_before - talks_now),
        agents=tuple(AgentSet(agent_id, state, reason) for agent_id, (state, reason) in states.items()),
        cases=tuple(cases) if after.case_id is not None else (),
    )


def _talking(call: LiveCall) -> frozenset[UUID]:
    if call.phase in {Phase.ENDED, Phase.WAITING, Phase.MOVING, Phase.VOICEMAIL}:
        return frozenset()
    consulted = call.consultation.answered_by if call.consultation and call.consultation.answered else None
    return frozenset({call.agent_id, consulted} - {None})  # type: ignore[arg-type]
