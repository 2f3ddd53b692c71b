"""What the live board shows, and what follows of it: who waits in which order, what the chosen call allows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.desk.floor_lines import FloorLine, awaited_team, concerns, found_lines, queued, together
from app.desk.wording import Sentence
from app.domain.agents import AgentState
from app.domain.calls import Phase, Target
from app.domain.supervising import WAITING
from app.services.calls import CallView
from app.services.floor import AgentOnDuty, Code, TeamDay, TeamLoad

LEAVING = "leaving"
"""The step of a live call whose agent was told that it is moved."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A move that its agent was told of; until `at` it can be taken back. `name` is empty for a number outside."""

    call_id: UUID
    name: str
    agent: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BoardState:
    """What the board shows: `team` narrows it, keys act on the `chosen` call, `line` is the chosen team or agent."""

    me: UUID
    region: str = "FR"
    teams: frozenset[UUID] = frozenset()
    calls: tuple[CallView, ...] = ()
    loads: tuple[TeamLoad, ...] = ()
    agents: tuple[AgentOnDuty, ...] = ()
    days: tuple[TeamDay, ...] = ()
    reasons: tuple[Code, ...] = ()
    team: UUID | None = None
    chosen: UUID | None = None
    moving: bool = False
    typed: str = ""
    line: Target | None = None
    error: Sentence | None = None
    read: bool = False

    @property
    def waiting(self) -> tuple[CallView, ...]:
        """The waiting calls in the order in which they are served."""
        return queued(call for call in self._shown() if call.phase in WAITING)

    @property
    def live(self) -> tuple[CallView, ...]:
        """The calls that somebody has, the oldest first."""
        return tuple(call for call in self._shown() if call.phase not in WAITING)

    @property
    def call(self) -> CallView | None:
        """The chosen call."""
        return next((call for call in self.calls if call.id == self.chosen), None)

    @property
    def waits(self) -> bool:
        """Whether the chosen call waits for somebody."""
        return self.call is not None and self.call.phase in WAITING

    @property
    def talks(self) -> bool:
        """Whether the chosen call can be listened to."""
        call = self.call
        return call is not None and call.phase in {Phase.TALKING, Phase.CONSULTING} and call.agent_id != self.me

    @property
    def moves(self) -> bool:
        """Whether the chosen call can go to somebody else: not before it was answered, and not from a voicemail."""
        return self.call is not None and self.call.phase not in {Phase.DIALLING, Phase.VOICEMAIL}

    @property
    def heard(self) -> CallView | None:
        """The call that I listen to."""
        return next((call for call in self.calls if self.me in call.listeners), None)

    @property
    def leaving(self) -> Leaving | None:
        """A live call that is about to be moved."""
        call = next((call for call in self.calls if call.step == LEAVING and call.step_until_at is not None), None)
        if call is None or call.step_until_at is None:
            return None
        to = call.step_team_id or call.step_agent_id
        names = {line.target.id: line.name for line in found_lines(self.loads, self.agents, None, "")}
        return Leaving(call.id, names.get(to, ""), call.agent_name, call.step_until_at)

    @property
    def lines(self) -> tuple[FloorLine, ...]:
        """Teams and agents: those of the team that is shown, or everybody that a call can be moved to."""
        return found_lines(self.loads, self.agents, None if self.moving else self.team, self.typed)

    @property
    def chosen_line(self) -> FloorLine | None:
        """The chosen team or agent."""
        return next((line for line in self.lines if line.target == self.line), None)

    @property
    def there(self) -> tuple[AgentOnDuty, ...]:
        """The agents at work in what is shown."""
        return tuple(
            agent
            for agent in self.agents
            if agent.state is not AgentState.OFFLINE and (self.team is None or self.team in agent.team_ids)
        )

    @property
    def day(self) -> TeamDay | None:
        """The day so far of what is shown, as one team's; None while nothing was offered."""
        return together(day for day in self.days if self.team in (None, day.team_id))

    def place(self, call: CallView) -> int:
        """The place of a waiting call in its own team's queue; 1 is next."""
        waiting = queued(other for other in self.calls if other.phase in WAITING)
        its = [other.id for other in waiting if awaited_team(other) == awaited_team(call)]
        return its.index(call.id) + 1 if call.id in its else 0

    def _shown(self) -> tuple[CallView, ...]:
        return tuple(call for call in self.calls if self.team is None or concerns(call, self.team))


def reasons_for(state: BoardState, agent: AgentOnDuty) -> tuple[Code, ...]:
    """The reasons of not-ready that an agent can be given: those of all and of her teams."""
    return tuple(code for code in state.reasons if code.team_id is None or code.team_id in agent.team_ids)
