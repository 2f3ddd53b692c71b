"""The list at the left of the tasks: mine or my teams', by when they are due; a tick does one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStackedWidget, QStyleOptionViewItem, QWidget

from app.desk.tasks import Scope, TaskListState, When, grouped
from app.domain.refusals import QT_TRANSLATE_NOOP
from app.domain.tasks import TaskRow
from ui.item_models.rows import RowsModel
from ui.tasks.words import about_words, due_words, kind_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.icon import KeyCap
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import EmptyState
from ui.widgets.painting import draw_box
from ui.widgets.pill import Chip
from ui.widgets.rows import RowDelegate, RowList, draw_line
from ui.widgets.text import Text

WIDTH = 380
_ROW, _HEAD = 52, 34
_TICK = 44
GROUPS = {
    When.OVERDUE: QT_TRANSLATE_NOOP("TaskList", "Overdue"),
    When.TODAY: QT_TRANSLATE_NOOP("TaskList", "Today"),
    When.WEEK: QT_TRANSLATE_NOOP("TaskList", "This week"),
    When.LATER: QT_TRANSLATE_NOOP("TaskList", "Later"),
    When.NO_DATE: QT_TRANSLATE_NOOP("TaskList", "No date"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A task, or the heading of a group with its count."""

    key: object
    row: TaskRow | None = None
    when: When | None = None
    count: int = 0


class TaskDelegate(RowDelegate):
    """Paints a task with its tick box, and the headings."""

    now: datetime
    zone: str = "Europe/Paris"

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        return QSize(200, theme().px(_ROW if line.row else _HEAD))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        if line.row is None:
            self._paint_heading(painter, QRect(option.rect), line)
            return
        look = theme()
        rect = self.begin(painter, option)
        half = look.px(20)
        top = rect.center().y() - half
        draw_box(
            painter, QRectF(rect.left() + 14, top + 3, 15, 15), 4, look.colour("surface"), look.colour("edge"), 1.3
        )
        left, right = rect.left() + _TICK, rect.right() - 12
        when, late = due_words(line.row, self.now, self.zone)
        ink = "bad" if late else "text2"
        box = QRect(left, top, right - left, half)
        taken = draw_line(painter, box, when, Type.LABEL if late else Type.SMALL, ink, right=True, tabular=True)
        draw_line(painter, box.adjusted(0, 0, -taken - 12, 0), line.row.task.title, Type.STRONG)
        _, icon = kind_words(line.row.task.kind)
        painter.drawPixmap(left, top + half + 3, look.icon(icon, "text2", 14))
        below = QRect(left + 22, top + half, right - left - 22, half)
        who = line.row.assignee_name or QCoreApplication.translate("TaskList", "nobody yet")
        about = about_words(line.row)
        draw_line(painter, below, f"{about} · {who}" if self.names else about, Type.SMALL, "text2", tabular=True)
        painter.restore()

    names = False

    def _paint_heading(self, painter: QPainter, rect: QRect, line: Line) -> None:
        painter.save()
        assert line.when is not None
        ink = "bad" if line.when is When.OVERDUE else "text3"
        at = rect.adjusted(14, 8, -14, 0)
        words = QCoreApplication.translate("TaskList", GROUPS[line.when])
        draw_line(painter, at, words.upper(), Type.CAPTION, ink)
        draw_line(painter, at, str(line.count), Type.CAPTION, ink, right=True, tabular=True)
        painter.restore()


class _Rows(RowList):
    """The rows; a press on the box, Space or a double press act on a task."""

    ticked = Signal(object)
    opened = Signal(object)
    _pressed: object = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self._ticks(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        # The second release of a double press has no press of its own here: it may be over the task that moved up.
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self._ticks(event):
            self.ticked.emit(pressed)

    def _ticks(self, event: QMouseEvent) -> object:
        """The task whose box a press or its release is on."""
        line: Line | None = self.indexAt(event.position().toPoint()).data(Qt.ItemDataRole.UserRole)
        left = event.button() is Qt.MouseButton.LeftButton and event.position().x() < _TICK
        return line.row.task.id if left and line is not None and line.row is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line: Line | None = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        if line is None or line.row is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space and event.isAutoRepeat():
            event.accept()  # held down it would tick off one after another
        elif event.key() == Qt.Key.Key_Space:
            self.ticked.emit(line.row.task.id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line.row.task.id)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line: Line | None = self.indexAt(event.position().toPoint()).data(Qt.ItemDataRole.UserRole)
        if line is not None and line.row is not None and event.position().x() >= _TICK:
            self.opened.emit(line.row.task.id)


class TaskListView(Surface):
    """Title, the button of a new task, whose tasks, the tasks."""

    new_asked = Signal()
    scoped = Signal(object)
    selected = Signal(object)
    ticked = Signal(object)
    opened = Signal(object)

    def __init__(self, new_key: str, now: Callable[[], datetime]) -> None:
        super().__init__("surface")
        self._now = now
        self._new = Button(self.tr("Task"), icon="plus", key=new_key, role=Role.PRIMARY)
        self._new.setAccessibleName(self.tr("New task"))
        self._new.clicked.connect(self.new_asked)
        self._mine, self._teams = Chip(self.tr("Mine")), Chip(self.tr("My teams"))
        self._chips = row(self._mine, self._teams, STRETCH, gap=6, margins=(18, 0, 12, 10))
        self._mine.clicked.connect(lambda: self.scoped.emit(Scope.MINE))
        self._teams.clicked.connect(lambda: self.scoped.emit(Scope.TEAMS))
        self._delegate = TaskDelegate(self)
        self._delegate.now = now()
        self._model: RowsModel[Line] = RowsModel(lambda line: line.key, self._words, None, self)
        self.rows = _Rows(self.tr("Tasks"))
        self.rows.setUniformItemSizes(False)
        self.rows.setModel(self._model)
        self.rows.setItemDelegate(self._delegate)
        self.rows.selectionModel().currentChanged.connect(self._select)
        self.rows.ticked.connect(self.ticked)
        self.rows.opened.connect(self.opened)
        self._empty = EmptyState("circle-check", self.tr("Nothing is planned"), self.tr("A task plans what is next."))
        self._stack = QStackedWidget()
        listed = QWidget()
        listed.setLayout(column(self.rows, gap=0, margins=(8, 4, 6, 6)))
        self._stack.addWidget(listed)
        self._stack.addWidget(self._empty)
        head = row(Text(self.tr("Tasks"), Type.TITLE), STRETCH, self._new, margins=(18, 14, 12, 10))
        foot = row(
            *(KeyCap("Space"), Text(self.tr("done"), Type.SMALL, "text2"), 6),
            *(KeyCap("Return"), Text(self.tr("open"), Type.SMALL, "text2"), STRETCH),
            gap=6,
            margins=(18, 8, 12, 10),
        )
        layout = column(head, self._chips, hairline(), gap=0)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self.setLayout(layout)

    def render_state(self, state: TaskListState) -> None:
        """Show the list in force, grouped."""
        now = self._now()
        self._delegate.now, self._delegate.zone = now, state.zone
        self._delegate.names = state.scope is Scope.TEAMS
        for chip, scope in ((self._mine, Scope.MINE), (self._teams, Scope.TEAMS)):
            chip.setChecked(state.scope is scope)
        lines = []
        for when, its in grouped(state.listed, now, state.zone).items():
            lines.append(Line(when, when=when, count=len(its)))
            lines += [Line(one.task.id, one) for one in its]
        self._model.show_rows(lines)
        self._stack.setCurrentIndex(1 if not lines and not state.loading else 0)
        at = self._model.place(state.chosen)
        if at.isValid() and self.rows.currentIndex() != at:
            self.rows.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.rows.viewport().update()

    def _select(self, index: QModelIndex) -> None:
        line: Line | None = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if line is not None and line.row is not None:
            self.selected.emit(line.row.task.id)

    def _words(self, line: Line) -> str:
        if line.row is None:
            return QCoreApplication.translate("TaskList", GROUPS[line.when]) if line.when else ""
        when, _ = due_words(line.row, self._now(), self._delegate.zone)
        return f"{line.row.task.title}, {about_words(line.row)}, {when}"
