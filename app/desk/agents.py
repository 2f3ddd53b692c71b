"""Manage › Agents: who works here; made, changed, disabled, and helped when a password is forgotten."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.agents import Agent, Role
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.permissions import Permission
from app.domain.refusals import Refusal, Refused
from app.domain.text import fold
from app.services.feed import Feed
from app.services.organisation import Administration, Directory


@dataclass(frozen=True, slots=True)
class AgentsState:
    """The agents that pass the filter."""

    directory: Directory | None = None
    filter: str = ""
    error: Sentence | None = None

    @property
    def may_edit(self) -> bool:
        """Whether I may make and change agents."""
        return self.directory is not None and Permission.MANAGE_AGENTS in self.directory.permissions

    def listed(self) -> tuple[Agent, ...]:
        """The agents found, those who work here first."""
        every = self.directory.agents if self.directory else ()
        found = (one for one in every if fold(self.filter) in fold(f"{one.name} {one.role_name}"))
        return tuple(sorted(found, key=lambda one: (not one.active, fold(one.name))))

    def teams_of(self, agent_id: UUID) -> str:
        """The names of an agent's teams."""
        if self.directory is None:
            return ""
        ids = {one.team_id for one in self.directory.memberships if one.agent_id == agent_id}
        return ", ".join(team.name for team in self.directory.teams if team.id in ids)


class Agents(Presenter[AgentsState]):
    """Lists the agents and does the short acts."""

    def __init__(self, administration: Administration, feed: Feed) -> None:
        super().__init__(AgentsState())
        self._administration = administration
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read the agents."""
        self.work.latest("directory", self._read())

    def filter(self, typed: str) -> None:
        """Show only the agents with these letters."""
        self.show(filter=typed)

    def set_active(self, agent_id: UUID, *, active: bool) -> None:
        """Let an agent sign in, or end her sessions and let her no more."""
        self.work.start(self._set_active(agent_id, active=active), "active")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if self.state.directory is not None and hint.kind in {"agent", "membership", "team"}:
            self.work.merged("directory", self._read)

    async def _read(self) -> None:
        self.show(directory=await self._administration.directory())

    async def _set_active(self, agent_id: UUID, *, active: bool) -> None:
        act = self._administration.enable_agent if active else self._administration.disable_agent
        try:
            await act(agent_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)
        await self._read()


@dataclass(frozen=True, slots=True)
class AgentFormState:
    """One agent as typed; `password` only for a new one or when it is reset."""

    directory: Directory
    agent: Agent
    stored: Agent | None = None
    teams: frozenset[UUID] = frozenset()
    password: str = ""
    errors: dict[str, Sentence] = field(default_factory=dict)
    error: Sentence | None = None
    saving: bool = False
    saved: bool = False


class AgentForm(Presenter[AgentFormState]):
    """Makes or changes one agent; a password typed for a known one replaces the forgotten one."""

    def __init__(
        self,
        administration: Administration,
        directory: Directory,
        stored: Agent | None = None,
        saved: Callable[[], None] = lambda: None,
    ) -> None:
        organisation = directory.organisation
        fresh = Agent(new_id(), "", "", Role.AGENT, language=organisation.language, time_zone=organisation.time_zone)
        teams = {one.team_id for one in directory.memberships if stored and one.agent_id == stored.id}
        super().__init__(AgentFormState(directory, stored or fresh, stored, frozenset(teams)))
        self._administration, self._saved = administration, saved

    def fill(self, **values: object) -> None:
        """Change what was typed or chosen; a new agent's name proposes her name for signing in."""
        before, errors = self.state.agent, self._without(*values)
        agent = replace(before, **values)  # type: ignore[arg-type]
        if self.state.stored is None and "name" in values and before.role_name == proposed(before.name):
            agent = replace(agent, role_name=proposed(agent.name))
        self.show(agent=agent, errors=errors, error=None)

    def type_password(self, password: str) -> None:
        """Keep what is typed, in memory only."""
        self.show(password=password, errors=self._without("password"))

    def choose_team(self, team_id: UUID, *, member: bool) -> None:
        """Put a new agent into a team."""
        self.show(teams=self.state.teams | {team_id} if member else self.state.teams - {team_id})

    def save(self) -> None:
        """Store her, or show what is missing."""
        state = self.state
        asked = {"name": state.agent.name.strip(), "role_name": state.agent.role_name.strip()}
        if state.stored is None:
            asked["password"] = state.password
        missing = {name: of_refusal(Refused(Refusal.REQUIRED, name)) for name, value in asked.items() if not value}
        self.show(errors=missing, error=None)
        if not missing and not state.saving and not state.saved:
            self.show(saving=True)
            self.work.start(self._save(), "save agent")

    async def _save(self) -> None:
        state = self.state
        try:
            if state.stored is None:
                await self._administration.create_agent(state.agent, state.password, tuple(sorted(state.teams)))
            else:
                if state.agent != state.stored:
                    await self._administration.update_agent(state.agent)
                if state.password:
                    await self._administration.reset_password(state.agent.id, state.password)
        except Refused as refused:
            sentence = of_refusal(refused)
            errors = {refused.field: sentence} if refused.field in {"name", "role_name", "password"} else {}
            self.show(saving=False, errors=errors, error=None if errors else sentence)
            return
        self.show(saving=False, saved=True, password="")
        self._saved()

    def _without(self, *names: str) -> dict[str, Sentence]:
        return {name: said for name, said in self.state.errors.items() if name not in names}


def proposed(name: str) -> str:
    """The name for signing in that a person's name proposes: `Amélie Fontaine` gives `amelie.fontaine`."""
    letters = (letter if letter.isalnum() or letter in "-_" else "." for letter in fold(name))
    return ".".join(part for part in "".join(letters).split(".") if part)[:63]
