"""To whom a call can go: teams, their agents and numbers outside, with who is free, before the agent chooses."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from app.desk.calls import LiveCalls
from app.desk.live_calls import LiveCallsState
from app.desk.presenter import Presenter
from app.domain.calls import HAND_OVER_MOST_S, SENDER_S, TARGET_S, Target, TargetKind
from app.domain.history import Hint
from app.domain.phone_numbers import display, normalise
from app.domain.teams import Team
from app.domain.text import fold
from app.services.feed import Feed
from app.services.floor import AgentOnDuty, FloorStore, TeamLoad
from app.services.organisation import Directory

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Offered:
    """One line of the panel: a team with its counts, one of its agents, or a number that was typed."""

    target: Target
    name: str
    icon: str = "phone"
    is_sub_team: bool = False
    load: TeamLoad | None = None
    duty: AgentOnDuty | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class TransferState:
    """What the panel shows; `chosen` is where F6 and F7 go."""

    open: bool = False
    typed: str = ""
    offered: tuple[Offered, ...] = ()
    chosen: Target | None = None
    loads: dict[UUID, TeamLoad] = field(default_factory=dict)
    duties: dict[UUID, AgentOnDuty] = field(default_factory=dict)

    @property
    def choice(self) -> Offered | None:
        """The line that is chosen."""
        return next((one for one in self.offered if one.target == self.chosen), None)


class Transfer(Presenter[TransferState]):
    """Opened in a call; it reads who is free as long as it is open, and ends with the call."""

    def __init__(
        self,
        calls: LiveCalls,
        floor: FloorStore,
        feed: Feed,
        directory: Callable[[], Directory | None],
    ) -> None:
        super().__init__(TransferState())
        self._calls, self._floor = calls, floor
        self._directory = directory
        self._unsubscribe = feed.subscribe(self._hear)
        self._unfollow = calls.subscribe(self._follow)

    def open(self) -> None:
        """Offer everybody, the sub-teams first."""
        if self._calls.state.front is not None:
            self.show(open=True, typed="")
            self._offer()
            self.work.latest("presence", self._read())

    def shut(self) -> None:
        """Leave the call where it is."""
        self.show(open=False)

    def type(self, text: str) -> None:
        """Find teams and agents by name, or take a number as it is."""
        self.show(typed=text)
        self._offer()

    def choose(self, target: Target) -> None:
        """Choose a line."""
        self.show(chosen=target)
        self._offer()

    def step(self, by: int) -> None:
        """Choose the line below or above."""
        targets = [one.target for one in self.state.offered]
        if targets:
            now = targets.index(self.state.chosen) if self.state.chosen in targets else -1
            self.choose(targets[min(len(targets) - 1, max(0, now + by))])

    def hand_over(self) -> None:
        """Move the call to the chosen one at once; the note goes along. The panel closes when it was asked for.

        To close it before would paint the window first, and the caller would wait for that.
        """
        if self.state.chosen is not None:
            self._then_shut(self._calls.hand_over(self.state.chosen, self._calls.state.note))

    def consult(self) -> None:
        """Ask the chosen one first; the caller hears music."""
        if self.state.chosen is not None:
            self._then_shut(self._calls.consult(self.state.chosen, self._calls.state.note))

    def _then_shut(self, asked: asyncio.Task[None] | None) -> None:
        if asked is not None:
            asked.add_done_callback(lambda _: self.shut())

    async def close(self) -> None:
        """End both subscriptions."""
        self._unsubscribe()
        self._unfollow()
        await super().close()

    def _follow(self, calls: LiveCallsState) -> None:
        if self.state.open and (calls.front is None or calls.consulting):
            self.shut()

    def _hear(self, hint: Hint) -> None:
        if self.state.open and hint.kind in {"presence", "call", "all"}:
            self.work.merged("presence", self._read)

    async def _read(self) -> None:
        loads = {one.team_id: one for one in await self._floor.loads()}
        duties = {one.agent_id: one for one in await self._floor.agents_on_duty()}
        self.show(loads=loads, duties=duties)
        self._offer()

    def _offer(self) -> None:
        directory = self._directory()
        if directory is None or not self.state.open:
            return
        typed = fold(self.state.typed).split()
        offered = _found(directory, typed) if typed else _all(directory, self._expanded(directory))
        number = (
            normalise(self.state.typed, directory.organisation.region)
            if any(map(str.isdigit, self.state.typed))
            else None
        )
        if number is not None:
            region = directory.organisation.region
            offered = [Offered(Target(TargetKind.NUMBER, number=number), display(number, region)), *offered]
        offered = [self._with_presence(one) for one in offered[:MOST_SHOWN]]
        targets = [one.target for one in offered]
        chosen = self.state.chosen if self.state.chosen in targets else next(iter(targets), None)
        opened = chosen is not None and self._team_of(chosen, directory) != self._expanded(directory)
        self.show(offered=tuple(offered), chosen=chosen)
        if opened and not typed:  # the first line was chosen by itself: show who is in it
            self._offer()

    def _with_presence(self, one: Offered) -> Offered:
        id_ = one.target.id
        if id_ is None:
            return one
        return Offered(
            one.target, one.name, one.icon, one.is_sub_team, self.state.loads.get(id_), self.state.duties.get(id_),
            one.open,
        )  # fmt: skip

    def _expanded(self, directory: Directory) -> UUID | None:
        return self._team_of(self.state.chosen, directory)

    def _team_of(self, target: Target | None, directory: Directory) -> UUID | None:
        """The team that a line stands in: itself, or, for an agent, the one under which she is shown."""
        if target is None or target.kind is TargetKind.NUMBER:
            return None
        if target.kind is TargetKind.TEAM:
            return target.id
        teams = [m.team_id for m in directory.memberships if m.agent_id == target.id]
        shown = next((one.target.id for one in self.state.offered if one.open), None)
        return shown if shown in teams else next(iter(teams), None)


def chain(target: Target, name: str, team: str, queue: str) -> tuple[tuple[str, int], ...]:
    """What is tried when nobody answers, with seconds: target, sender, for a person her team, then the queue.

    An empty name stands for the sender herself. The same times as `domain.hand_over.hand_over_steps`.
    """
    steps = [(name, TARGET_S * 2 if target.kind is TargetKind.NUMBER else TARGET_S), ("", SENDER_S)]
    if target.kind is TargetKind.AGENT:
        steps.append((team, TARGET_S))
    rest = HAND_OVER_MOST_S - sum(seconds for _, seconds in steps)
    return (*steps, (queue, max(rest, SENDER_S)))


def _all(directory: Directory, expanded: UUID | None) -> list[Offered]:
    teams = sorted(directory.teams, key=lambda team: (not team.is_sub_team, fold(team.name)))
    lines: list[Offered] = []
    for team in teams:
        lines.append(_team(team, opened=team.id == expanded))
        if team.id == expanded:
            lines.extend(_agents(directory, team.id))
    return lines


def _found(directory: Directory, typed: list[str]) -> list[Offered]:
    teams = [_team(team) for team in directory.teams if _fits(team.name, typed)]
    others = [agent for agent in directory.agents if agent.active and agent.id != directory.me.id]
    agents = [
        Offered(Target(TargetKind.AGENT, agent.id), agent.name, "user") for agent in others if _fits(agent.name, typed)
    ]
    return sorted(teams + agents, key=lambda one: not fold(one.name).startswith(" ".join(typed)))


def _team(team: Team, *, opened: bool = False) -> Offered:
    return Offered(Target(TargetKind.TEAM, team.id), team.name, team.icon, team.is_sub_team, open=opened)


def _agents(directory: Directory, team_id: UUID) -> list[Offered]:
    members = [a for a in directory.members(team_id) if a.active and a.id != directory.me.id]
    return [Offered(Target(TargetKind.AGENT, agent.id), agent.name, "user") for agent in members]


def _fits(name: str, typed: list[str]) -> bool:
    words = fold(name).split()
    return all(any(word.startswith(one) for word in words) for one in typed)
