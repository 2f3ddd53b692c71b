"""The teams at the left of Manage › Teams: those with a number, then the sub-teams that speak through them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.desk.teams import TeamsState
from app.domain import phone_numbers
from app.domain.teams import Team, speaking_number
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, Role
from ui.widgets.card import Scroll, SectionHeader, Surface
from ui.widgets.inputs import SearchLine
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus
from ui.widgets.rows import BAR, draw_line
from ui.widgets.text import Text

if TYPE_CHECKING:
    from uuid import UUID

WIDTH = 312


class TeamButton(QPushButton):
    """One team: icon, name, the number it speaks with, how many members."""

    def __init__(self, team: Team, number: str, members: int) -> None:
        super().__init__()
        self._team, self._number, self._members = team, number, str(members)
        self._indent = 26 if team.is_sub_team else 0
        self.setCheckable(True)
        self.setAccessibleName(f"{team.name}, {number}, {members}")
        self.setToolTip(team.name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(200, theme().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on or self.underMouse():
            draw_box(painter, rect, 8, look.colour("accent_soft" if on else "hover"))
        if on:
            draw_box(painter, QRectF(0, 6, BAR, self.height() - 12), 1.5, look.colour("accent"))
        middle, left = self.height() // 2, 12 + self._indent
        if self._indent:
            painter.drawPixmap(14, middle - 7, look.icon("corner-down-right", "text3", 14))
        painter.drawPixmap(left, middle - 8, look.icon(self._team.icon, "accent" if on else "text2"))
        line, left = look.px(19), left + 28
        draw_line(
            painter,
            QRect(self.width() - 48, 0, 36, self.height()),
            self._members,
            Type.LABEL,
            "text2",
            right=True,
            tabular=True,
        )
        room = self.width() - left - 52
        draw_line(
            painter,
            QRect(left, middle - line, room, line),
            self._team.name,
            Type.STRONG,
            "accent" if on else "text",
        )
        draw_line(painter, QRect(left, middle, room, line), self._number, Type.SMALL, "text2", tabular=True)
        if shows_focus(self):
            draw_focus_ring(painter, rect, 8)
        painter.end()


class TeamList(Surface):
    """Title, the button that begins a team, a filter, the two groups."""

    chosen = Signal(object)
    filtered = Signal(str)
    create_asked = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self.setFixedWidth(theme().px(WIDTH))
        self._create = Button(self.tr("Create team"), icon="plus", role=Role.PRIMARY)
        self._create.clicked.connect(self.create_asked)
        self._filter = SearchLine(self.tr("Filter teams"))
        self._filter.textEdited.connect(self.filtered)
        self._list = Scroll(gap=2, margins=(12, 4, 12, 12))
        self._buttons: dict[UUID, TeamButton] = {}
        self._shown: tuple[object, ...] = ()
        head = row(Text(self.tr("Teams"), Type.TITLE), STRETCH, self._create, margins=(18, 14, 12, 10))
        layout = column(head, column(self._filter, margins=(12, 0, 12, 6)), gap=0)
        layout.addWidget(self._list, 1)
        self.setLayout(layout)

    def show_teams(self, state: TeamsState) -> None:
        """Show both groups and which team is open."""
        self._create.setVisible(state.may_edit)
        shape = (state.numbered(), state.sub_teams(), state.directory)
        if shape != self._shown:
            self._shown = shape
            self._build(state)
        for team_id, button in self._buttons.items():
            button.setChecked(state.stored is not None and team_id == state.stored.id)

    def _build(self, state: TeamsState) -> None:
        clear(self._list.column)
        self._buttons = {}
        groups = (
            (self.tr("With a phone number"), state.numbered()),
            (self.tr("Sub-teams · no number"), state.sub_teams()),
        )
        for caption, teams in groups:
            if not teams:
                continue
            header = SectionHeader(caption)
            header.layout().setContentsMargins(8, 10, 4, 4)  # type: ignore[union-attr]
            self._list.column.addWidget(header)
            for team in teams:
                button = TeamButton(team, self._speaks(team, state), self._count(team, state))
                button.clicked.connect(lambda _, id_=team.id: self.chosen.emit(id_))
                self._buttons[team.id] = button
                self._list.column.addWidget(button)
        if not self._buttons:
            self._list.column.addWidget(Text(self.tr("No team is called that."), Type.BODY, "text2"))
        self._list.column.addStretch(1)

    def _speaks(self, team: Team, state: TeamsState) -> str:
        assert state.directory is not None
        number = phone_numbers.display(
            speaking_number(team, state.directory.teams).e164, state.directory.organisation.region
        )
        return self.tr("speaks as {0}").format(number) if team.is_sub_team else number

    def _count(self, team: Team, state: TeamsState) -> int:
        return sum(one.team_id == team.id for one in state.directory.memberships) if state.directory else 0
