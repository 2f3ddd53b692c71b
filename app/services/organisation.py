"""The organisation as its leads and administrators shape it: teams, numbers, agents, fields."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain import teams
from app.domain.agents import Agent, AgentState, Presence
from app.domain.fields import CustomField
from app.domain.organisations import Organisation
from app.domain.permissions import Permission
from app.domain.refusals import Refusal, Refused
from app.domain.scram import verifier
from app.domain.teams import Membership, Team

PASSWORD_LEAST = 10


@dataclass(frozen=True, slots=True)
class Directory:
    """Who and what there is, as every desk keeps it in memory: small, read at sign-in and on change."""

    me: Agent
    organisation: Organisation
    teams: tuple[Team, ...]
    agents: tuple[Agent, ...]
    memberships: tuple[Membership, ...]
    fields: tuple[CustomField, ...]
    permissions: frozenset[Permission]

    def team(self, team_id: UUID) -> Team:
        return next(team for team in self.teams if team.id == team_id)

    def members(self, team_id: UUID) -> tuple[Agent, ...]:
        ids = {m.agent_id for m in self.memberships if m.team_id == team_id}
        return tuple(agent for agent in self.agents if agent.id in ids)

    def my_teams(self) -> tuple[Team, ...]:
        ids = {m.team_id for m in self.memberships if m.agent_id == self.me.id}
        return tuple(team for team in self.teams if team.id in ids)


class OrganisationStore(Protocol):
    """Where the organisation is kept; every change is permission-checked there."""

    async def directory(self) -> Directory: ...
    async def presences(self) -> tuple[Presence, ...]: ...
    async def set_my_state(self, state: AgentState, reason: str) -> None: ...
    async def save_team(self, team: Team, members: tuple[Membership, ...]) -> None: ...
    async def create_agent(self, agent: Agent, verifier: str, team_ids: tuple[UUID, ...]) -> None: ...
    async def update_agent(self, agent: Agent) -> None: ...
    async def disable_agent(self, agent_id: UUID) -> None: ...
    async def enable_agent(self, agent_id: UUID) -> None: ...
    async def reset_password(self, agent_id: UUID, verifier: str) -> None: ...
    async def set_my_password(self, verifier: str) -> None: ...
    async def save_field(self, field: CustomField) -> None: ...
    async def remove_field(self, field_id: UUID) -> None: ...


class Administration:
    """What leads and administrators do; the rules are checked here for a clear sentence, and there for good."""

    def __init__(self, store: OrganisationStore) -> None:
        self._store = store
        self.directory = store.directory
        self.presences = store.presences
        self.set_my_state = store.set_my_state
        self.update_agent = store.update_agent
        self.disable_agent = store.disable_agent
        self.enable_agent = store.enable_agent
        self.save_field = store.save_field
        self.remove_field = store.remove_field

    async def save_team(self, team: Team, members: tuple[Membership, ...], others: tuple[Team, ...]) -> None:
        if not team.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        teams.check(team, others)
        await self._store.save_team(team, members)

    async def create_agent(self, agent: Agent, password: str, team_ids: tuple[UUID, ...]) -> None:
        if not agent.name.strip():
            raise Refused(Refusal.REQUIRED, "name")
        await self._store.create_agent(agent, verifier_of(password), team_ids)

    async def reset_password(self, agent_id: UUID, password: str) -> None:
        await self._store.reset_password(agent_id, verifier_of(password))

    async def set_my_password(self, password: str) -> None:
        await self._store.set_my_password(verifier_of(password))


def verifier_of(password: str) -> str:
    """The SCRAM verifier that the server stores: the password itself never leaves the desk."""
    if len(password) < PASSWORD_LEAST:
        raise Refused(Refusal.WEAK_PASSWORD, "password", least=PASSWORD_LEAST)
    return verifier(password)
