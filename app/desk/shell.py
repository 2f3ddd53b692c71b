"""The frame of the desk: who I am, my views with their counts, my state, and whether the server is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import uniform
from typing import TYPE_CHECKING, Self

from app.desk.presenter import Presenter
from app.domain.agents import AgentState, Presence
from app.domain.history import Hint
from app.domain.permissions import Permission
from app.domain.views import StoredView, View, ViewKind, at_left

if TYPE_CHECKING:  # the frame is painted before the services are imported
    from app.domain.conditions import FieldOf
    from app.services.cases import Cases
    from app.services.feed import Feed
    from app.services.floor import Code, FloorStore
    from app.services.organisation import Administration, Directory
    from app.services.views import Views

__all__ = ["FIXED", "MANAGING", "Code", "Directory", "Screen", "Shell", "ShellState", "views_of"]


class Screen(StrEnum):
    """The places of the desk; the shell shows one at a time."""

    CASES = "cases"
    CUSTOMER = "customer"
    TASKS = "tasks"
    CALLS = "calls"
    BOARD = "board"
    BROADCASTS = "broadcasts"
    REPORTS = "reports"
    MANAGE = "manage"


OF_THE_DIRECTORY = frozenset(
    {"organisation", "team", "number", "membership", "agent", "field", "code", "case_type", "project"}
)
COUNTS_AFTER_S = (0.15, 0.9)
PRESENCE_AFTER_S = 0.1
"""A change of my state comes with a call: its card is read and painted first."""
COUNTS_REST = 24
FIXED = (
    View(ViewKind.MY_OPEN),
    View(ViewKind.UNASSIGNED),
    View(ViewKind.WAITING_AGENT),
    View(ViewKind.WAITING_CUSTOMER),
)
MY_OPEN = View(ViewKind.MY_OPEN)


@dataclass(frozen=True, slots=True)
class ShellState:
    """What the rail and the top bar show."""

    directory: Directory | None = None
    screen: Screen = Screen.CASES
    view: View = MY_OPEN
    counts: dict[View, int] = field(default_factory=dict)
    presence: Presence | None = None
    connected: bool = True
    reasons: tuple[Code, ...] = ()
    views: tuple[StoredView, ...] | None = None
    known: Mapping[str, FieldOf] = field(default_factory=dict)
    """The fields that conditions may ask for, with the names of types, teams and projects."""


MANAGING = frozenset({Permission.MANAGE_TEAMS, Permission.MANAGE_AGENTS, Permission.MANAGE_FIELDS})


def views_of(state: ShellState) -> tuple[View, ...]:
    """The views at the left, then one for each of her teams; before they are read, those that ship."""
    kept = tuple(one.view for one in at_left(state.views)) if state.views is not None else FIXED
    teams = state.directory.my_teams() if state.directory is not None else ()
    return (*kept, *(View(ViewKind.TEAM, team.id) for team in teams))


class Shell(Presenter[ShellState]):
    """Keeps the directory, the counts and the presence fresh; before it joined a server it shows an empty frame."""

    _cases: Cases
    _administration: Administration
    _feed: Feed
    _floor: FloorStore
    _views: Views | None

    def __init__(self) -> None:
        super().__init__(ShellState())
        self._unsubscribe: Callable[[], None] = lambda: None

    def join(
        self,
        cases: Cases,
        administration: Administration,
        feed: Feed,
        floor: FloorStore,
        views: Views | None = None,
        directory: Directory | None = None,
    ) -> Self:
        """Show what this server has, from `begin` on; the directory as sign-in read it at once."""
        self._cases = cases
        self._administration = administration
        self._feed = feed
        self._floor = floor
        self._views = views
        self._unsubscribe = feed.subscribe(self._hear)
        self.show(connected=feed.connected, directory=directory)
        return self

    def begin(self) -> None:
        """Read everything once."""
        self.work.latest("directory", self._read_directory())

    def go(self, screen: Screen) -> None:
        """Show another place."""
        self.show(screen=screen)

    def choose(self, view: View) -> None:
        """Show the list of a view."""
        self.show(screen=Screen.CASES, view=view)

    def step(self, by: int) -> None:
        """Go to the next or previous view."""
        if self.state.directory is None:
            return
        views = views_of(self.state)
        now = views.index(self.state.view) if self.state.view in views else 0
        self.choose(views[(now + by) % len(views)])

    def set_state(self, state: AgentState, reason: str = "") -> None:
        """Tell everybody what I am doing."""
        if self.state.directory is not None:
            self.work.latest("state", self._set_state(state, reason))

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        self.show(connected=self._feed.connected)
        if hint.kind == "presence":
            self.work.merged("presence", self._read_presence, after_s=PRESENCE_AFTER_S)
        elif hint.kind == "case":
            # Counts may wait: what a colleague changed is painted first, and not all desks count at once; the slower
            # the server answers, the less often it is asked.
            soon_s = uniform(*COUNTS_AFTER_S)  # noqa: S311 - spreads load, hides nothing
            self.work.merged("counts", self._read_counts, after_s=soon_s, pause_s=COUNTS_AFTER_S[1], rest=COUNTS_REST)
        elif hint.kind == "view":
            self.work.merged("views", self._read_views)
        elif hint.kind in OF_THE_DIRECTORY:
            self.work.merged("directory", self._read_directory)

    async def _read_directory(self) -> None:
        self.show(directory=await self._administration.directory())
        self.show(reasons=await self._floor.codes("not_ready"))
        await self._read_presence()
        await self._read_views()

    async def _read_views(self) -> None:
        if self._views is not None:
            views = await self._views.all()
            self.show(views=views, known=await self._views.known(), view=_still(self.state.view, views))
        await self._read_counts()

    async def _read_counts(self) -> None:
        if self.state.directory is not None:
            self.show(counts=await self._cases.counts(views_of(self.state)))

    async def _read_presence(self) -> None:
        if self.state.directory is not None:
            me = self.state.directory.me.id
            mine = [presence for presence in await self._administration.presences() if presence.agent_id == me]
            self.show(presence=mine[0] if mine else None)

    async def _set_state(self, state: AgentState, reason: str) -> None:
        await self._administration.set_my_state(state, reason)
        await self._read_presence()


def _still(shown: View, views: tuple[StoredView, ...]) -> View:
    """The view that is shown as it is now; the first one when it is gone."""
    stored = shown.stored
    passing = stored is not None and stored.version == 0  # a list that nobody keeps, as of a project
    if passing or shown.kind in {ViewKind.TEAM, ViewKind.SOLVED} or any(one.view == shown for one in views):
        return shown
    same = (one for one in views if (one.id == stored.id if stored is not None else one.key == shown.kind.value))
    first = next(iter(at_left(views) or views), None)
    now = next(same, first)
    return now.view if now is not None else View(ViewKind.ALL)
