"""The panel at the right: the cases or calls behind a figure, the slowest or latest first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.desk.reports import Behind, BehindLine, Point, ReportState
from app.domain.phone_numbers import display
from ui.reports.words import (
    behind_words,
    bucket_names,
    day_words,
    hours,
    part_words,
    seconds_words,
    week_words,
    word_of,
)
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.card import Surface
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Text
from ui.widgets.wording import short_time

WIDTH = 372
_TIMED = frozenset({Behind.REPLIED, Behind.SOLVED, Behind.TASK_LATE})


class BehindPanel(Surface):
    """Enter or a double click opens the case."""

    case_opened = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self._kind, self._region = Behind.REPLIED, "FR"
        self._lines: dict[object, BehindLine] = {}
        self._title = Text("", Type.STRONG, wrap=True)
        self._said = Text("", Type.SMALL, "text2", wrap=True)
        close = IconButton(self.tr("Close"), "x", key="Esc", size=28)
        close.clicked.connect(self.closed)
        columns = (
            Column(self.tr("Case"), 0.9),
            Column(self.tr("Customer"), 1.7),
            Column(self.tr("Measured"), 1.1, figures=True),
        )
        self.table: Table[BehindLine] = Table(
            self.tr("Behind this point"), columns, lambda line: line.id, self._cells, self.tr("Nothing is behind it.")
        )
        self.table.opened.connect(self._open)
        self._foot = Text("", Type.SMALL, "text2", wrap=True)
        head = row(Text(self.tr("Behind this point"), Type.HEADING), STRETCH, close)
        layout = column(column(head, self._title, self._said, gap=4, margins=(16, 14, 12, 8)), gap=0)
        layout.addWidget(self.table, 1)
        layout.addLayout(column(self._foot, margins=(16, 8, 16, 14)))
        self.setLayout(layout)
        self.setFixedWidth(theme().px(WIDTH))

    def show_point(self, state: ReportState) -> None:
        """Show what was opened, and its lines as soon as they are there."""
        point = state.point
        self.setVisible(point is not None)
        if point is None:
            return
        self._kind, self._region = point.kind, state.directory.organisation.region
        self._title.setText(behind_words(point.kind))
        self._said.setText(self._where(point, state))
        lines = state.lines or ()
        self._lines = {line.id: line for line in lines}
        self.table.show_rows(lines)
        shown = self.tr("{n} shown. Enter opens one.").replace("{n}", str(len(lines)))
        self._foot.setText(shown if state.lines is not None else self.tr("Reading…"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _where(self, point: Point, state: ReportState) -> str:
        asked = state.asked
        parts = [f"{day_words(asked.first)} – {day_words(asked.last)}"]
        if point.day is not None:
            parts = [day_words(point.day)]
        if point.week is not None:
            parts = [week_words(point.week)]
        if point.bucket is not None:
            parts.append(bucket_names()[point.bucket])
        if said := part_words(point.part):
            parts.append(said)
        if point.agent_id is not None:
            parts += [agent.name for agent in state.directory.agents if agent.id == point.agent_id]
        return " · ".join(parts)

    def _cells(self, line: BehindLine) -> Cells:
        if line.seconds is not None and self._kind in _TIMED:
            measured = hours(line.seconds)
        elif line.seconds is not None:
            measured = seconds_words(line.seconds)
        else:
            measured = word_of(line.word) or short_time(line.at)
        number = str(line.number) if line.number is not None else "–"
        who = line.who or line.about
        if who.startswith("+"):  # a caller whom nobody knows
            who = display(who, self._region)
        return (Cell(number, "text2"), Cell(who), Cell(measured, type_=Type.MEDIUM))

    def _open(self, id_: object) -> None:
        line = self._lines.get(id_)
        if line is not None and line.case_id is not None:
            self.case_opened.emit(line.case_id)
