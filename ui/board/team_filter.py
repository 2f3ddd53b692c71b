"""Which teams the board shows: a chip for each, or a list where there are many."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.board import BoardState
from ui.theme.theme import theme
from ui.widgets.combo import Combo
from ui.widgets.layout import clear, row
from ui.widgets.options import Option
from ui.widgets.pill import Chip

if TYPE_CHECKING:
    from uuid import UUID

MOST_CHIPS = 6
_ALL = "all"


class TeamFilter(QWidget):
    """All teams, or one of those that I supervise."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._chips: dict[UUID | None, Chip] = {}
        self._place = row(gap=6)
        self._list = Combo()
        self._list.setAccessibleName(self.tr("Teams shown"))
        self._list.setFixedWidth(theme().px(240))
        self._list.picked.connect(lambda key: self.chosen.emit(None if key == _ALL else key))
        self.setLayout(row(self._list, self._place))

    def show_teams(self, state: BoardState) -> None:
        """Offer the teams that I supervise, the shown one marked."""
        teams = {load.team_id: load.name for load in state.loads if load.team_id in state.teams}
        many = len(teams) > MOST_CHIPS
        self._list.setVisible(many)
        everything = self.tr("All teams")
        if many:
            options = (Option(_ALL, everything), *(Option(id_, name) for id_, name in teams.items()))
            self._list.show_options(options, state.team or _ALL)
        wanted: dict[UUID | None, str] = {} if many else {None: everything} | teams
        if list(wanted) != list(self._chips):
            clear(self._place)
            self._chips = {id_: Chip(name) for id_, name in wanted.items()}
            for id_, chip in self._chips.items():
                chip.clicked.connect(lambda _=False, id_=id_: self.chosen.emit(id_))
                self._place.addWidget(chip)
        for id_, chip in self._chips.items():
            chip.setChecked(id_ == state.team)
