"""The bar under a list with several rows chosen: what can be done with all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.desk.bulk import Bulk, BulkState
from app.desk.case_book import NOTHING_READ, CaseBookState
from app.domain.cases import Category, Level
from ui.theme.fonts import Type
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Surface, hairline
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.options import Option
from ui.widgets.pick_popup import PickPopup
from ui.widgets.text import Elided, Text
from ui.widgets.wording import category_words, level_words, say

if TYPE_CHECKING:
    from app.desk.shell import Directory

OFFERED = (Category.OPEN, Category.WAITING_CUSTOMER, Category.WAITING_AGENT, Category.SOLVED)


class BulkBar(Surface):
    """Shown only while more than one case is chosen."""

    def __init__(self, presenter: Bulk, directory: Callable[[], Directory | None]) -> None:
        super().__init__("surface")
        self._presenter, self._directory = presenter, directory
        self._count = Text("", Type.STRONG, tabular=True)
        self._error = Elided("", Type.SMALL, "bad")
        self._assign = Button(self.tr("Assign"), icon="user-plus", height=28)
        self._team = IconButton(self.tr("Hand over to a team"), "arrow-right-left", size=28)
        self._team.clicked.connect(self.choose_team)
        self._state = Button(self.tr("State"), icon="circle-dot", height=28)
        self._more = IconButton(self.tr("Priority, project or tag"), "tags", size=28)
        self._more.clicked.connect(self._choose_more)
        self._book: Callable[[], CaseBookState] = lambda: NOTHING_READ
        self._assign.clicked.connect(self._choose_agent)
        self._state.clicked.connect(self._choose_state)
        acts = row(self._count, STRETCH, self._assign, self._team, self._state, self._more, gap=4)
        self.setLayout(column(hairline(), column(acts, self._error, gap=4, margins=(16, 8, 12, 10)), gap=0))
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: BulkState) -> None:
        """Say how many, and what was refused."""
        self._count.setText(self.tr("%n chosen", "", len(state.chosen)))
        self._error.setText(say(state.error) if state.error else "")
        self._error.setVisible(state.error is not None)
        for button in (self._assign, self._team, self._state, self._more):
            button.setEnabled(not state.busy)
        self.setVisible(bool(state.chosen))

    def offer(self, book: Callable[[], CaseBookState]) -> None:
        """Offer the organisation's projects and tags too."""
        self._book = book

    def _choose_more(self) -> None:
        book = self._book()
        levels = tuple(
            Option(("priority", level), self.tr("Priority: {0}").format(level_words(level)[0]), "", "flag")
            for level in Level
        )
        projects = tuple(
            Option(("project_id", one.id), self.tr("Project: {0}").format(one.name), "", "briefcase")
            for one in book.offered_projects()
        )
        tags = tuple(Option(("tag", tag), self.tr("Tag: {0}").format(tag), "", "tags") for tag in book.offered_tags())
        popup = PickPopup(self._more, self.tr("Set for all of them"), (*levels, *projects, *tags), icon="tags")
        popup.chosen.connect(self._set)
        popup.open()

    def _set(self, chosen: tuple[str, Any]) -> None:
        name, value = chosen
        if name == "tag":
            self._presenter.add_tag(value)
        else:
            self._presenter.change(**{name: value})

    def _choose_agent(self) -> None:
        directory = self._directory()
        if directory is None:
            return
        mine = {team.id for team in directory.my_teams()}
        ids = {one.agent_id for one in directory.memberships if one.team_id in mine}
        people = tuple(
            Option(agent.id, agent.name, "", "user") for agent in directory.agents if agent.id in ids and agent.active
        )
        nobody = Option("", self.tr("Nobody"), "", "user-x")
        popup = PickPopup(self._assign, self.tr("Assign to"), (*people, nobody), icon="user-plus")
        popup.chosen.connect(lambda agent_id: self._presenter.assign(agent_id or None))
        popup.open()

    def choose_team(self) -> None:
        """Ask to which team."""
        directory = self._directory()
        if directory is not None:
            teams = tuple(Option(team.id, team.name, "", team.icon) for team in directory.teams)
            popup = PickPopup(self._team, self.tr("Hand over to"), teams, icon="arrow-right-left")
            popup.chosen.connect(self._presenter.hand_over)
            popup.open()

    def _choose_state(self) -> None:
        states = tuple(Option(one, category_words(one)[0], "", "circle-dot") for one in OFFERED)
        popup = PickPopup(self._state, self.tr("State of the cases"), states, icon="circle-dot")
        popup.chosen.connect(self._presenter.set_category)
        popup.open()
