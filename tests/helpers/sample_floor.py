"""The floor of the Vallon dealership in memory: everybody available, nothing waits, what is changed is kept."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.ids import new_id
from app.domain.starter import DISPOSITIONS, REASONS
from app.services.floor import AgentOnDuty, Code, Stay, TeamDay, TeamLoad
from app.services.organisation import Directory

SINCE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class SampleFloor:
    """The floor's port over a directory."""

    def __init__(self, directory: Directory) -> None:
        self.duty = {
            agent.id: AgentOnDuty(
                agent.id,
                agent.name,
                AgentState.AVAILABLE,
                "",
                SINCE,
                tuple(one.team_id for one in directory.memberships if one.agent_id == agent.id),
            )
            for agent in directory.agents
        }
        self.teams = {
            team.id: TeamLoad(team.id, team.name, team.icon, team.is_sub_team, 1, 0, 0, 0, 0)
            for team in directory.teams
        }
        self.days: tuple[TeamDay, ...] = ()
        self.kept = [Code(new_id(), "not_ready", key, label) for key, label in REASONS]
        self.kept += [Code(new_id(), "disposition", key, label) for key, label in DISPOSITIONS]

    async def loads(self) -> tuple[TeamLoad, ...]:
        return tuple(self.teams.values())

    async def agents_on_duty(self) -> tuple[AgentOnDuty, ...]:
        return tuple(self.duty.values())

    async def today(self) -> tuple[TeamDay, ...]:
        return self.days

    async def codes(self, kind: str) -> tuple[Code, ...]:
        return tuple(code for code in self.kept if code.kind == kind)

    async def save_code(self, code: Code) -> None:
        await self.remove_code(code.id)
        self.kept.append(code)

    async def remove_code(self, code_id: UUID) -> None:
        self.kept = [code for code in self.kept if code.id != code_id]

    async def set_agent_state(self, agent_id: UUID, state: AgentState, reason: str) -> None:
        self.duty[agent_id] = replace(self.duty[agent_id], state=state, reason=reason)

    async def close_team(self, team_id: UUID, *, closed: bool, until_at: datetime | None = None) -> None:
        self.teams[team_id] = replace(
            self.teams[team_id], closed_now=closed, is_open=not closed, opens_at=until_at if closed else None
        )

    async def stays(self, agent_id: UUID, from_at: datetime, until_at: datetime) -> tuple[Stay, ...]:
        agent = self.duty[agent_id]
        return (Stay(agent_id, agent.state, agent.reason, max(agent.since_at, from_at), None),)
