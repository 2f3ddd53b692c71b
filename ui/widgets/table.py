"""A table of painted rows under its column titles: one row is chosen, Enter or a double click opens it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QStackedWidget, QStyleOptionViewItem, QWidget

from ui.item_models.rows import RowsModel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.layout import column
from ui.widgets.painting import make_painter
from ui.widgets.pill import draw_avatar, draw_pill, pill_size
from ui.widgets.rows import RowDelegate, RowList, draw_line
from ui.widgets.text import Text

LINE, HEAD, EDGE = 40, 28, 14
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its share of the width, and whether it holds times or figures (set to the right)."""

    title: str
    share: float = 1
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a row; `face` draws the initials of a name before it."""

    text: str
    ink: str = "text"
    type_: Type = Type.BODY
    icon: str = ""
    face: bool = False
    pill: Tone | None = None


Cells = tuple[Cell, ...]


def _places(columns: Sequence[Column], left: int, width: int) -> list[QRect]:
    whole = sum(column.share for column in columns)
    found, x = [], float(left + EDGE)
    room = width - 2 * EDGE
    for one in columns:
        wide = room * one.share / whole
        found.append(QRect(round(x), 0, round(wide) - (0 if one.figures else 12), 0))
        x += wide
    return found


class _Titles(QWidget):
    """The titles over the columns."""

    def __init__(self, columns: Sequence[Column], rows: QAbstractScrollArea) -> None:
        super().__init__()
        self._columns, self._rows = columns, rows
        rows.viewport().installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, theme().px(HEAD))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.update()
        return False

    def _room(self) -> int:
        """What the rows have: less than the whole beside a scroll bar."""
        return self._rows.viewport().width() if self._rows.verticalScrollBar().isVisible() else self.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        for one, place in zip(self._columns, _places(self._columns, 0, self._room()), strict=True):
            at = QRect(place.left(), 0, place.width(), self.height() - 2)
            draw_line(painter, at, one.title, Type.LABEL, "text2", right=one.figures)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().colour("line"))
        painter.end()


class _Delegate(RowDelegate, Generic[R]):
    """Paints a row from its cells."""

    columns: Sequence[Column] = ()
    cells: Callable[[R], Cells]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme().px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = self.begin(painter, option)
        cells = self.cells(index.data(Qt.ItemDataRole.UserRole))
        for one, cell, place in zip(self.columns, cells, _places(self.columns, rect.left(), rect.width()), strict=True):
            at = QRect(place.left(), rect.top(), place.width(), rect.height())
            _draw_cell(painter, at, cell, figures=one.figures)
        painter.restore()


def _draw_cell(painter: QPainter, at: QRect, cell: Cell, *, figures: bool) -> None:
    middle = at.center().y()
    if cell.pill is not None and cell.text:
        size = pill_size(cell.text)
        wide = min(size.width(), at.width())
        draw_pill(painter, QRect(at.left(), middle - size.height() // 2 + 1, wide, size.height()), cell.text, cell.pill)
        return
    left = at.left()
    if cell.face and cell.text:
        draw_avatar(painter, QRect(left, middle - 10, 22, 22), cell.text)
        left += 32
    if cell.icon:
        painter.drawPixmap(left, middle - 6, theme().icon(cell.icon, cell.ink, 14))
        left += 22
    room = QRect(left, at.top(), at.right() - left, at.height())
    draw_line(painter, room, cell.text, cell.type_, cell.ink, right=figures, tabular=True)


class _Rows(RowList):
    """The list itself: Enter opens, coming here by Tab chooses the first row."""

    opened = Signal()
    entered_by_key = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))


class Table(QWidget, Generic[R]):
    """Rows in columns; `cells` gives what stands in a row, `nothing` the sentence when there is none."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        key: Callable[[R], Hashable],
        cells: Callable[[R], Cells],
        nothing: str,
        more: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self._columns, self._cells = tuple(columns), cells
        self._showing = False
        delegate: _Delegate[R] = _Delegate(self)
        delegate.columns, delegate.cells = self._columns, cells
        self.list = _Rows(name)
        self._model: RowsModel[R] = RowsModel(key, self._words, more, self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(delegate)
        self._key = key
        self.list.selectionModel().currentChanged.connect(self._tell)
        self.list.opened.connect(self._open)
        self.list.doubleClicked.connect(lambda _: self._open())
        self._nothing = Text(nothing, Type.BODY, "text2", wrap=True)
        self._nothing.setContentsMargins(EDGE, 10, EDGE, 10)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        layout = column(_Titles(self._columns, self.list), gap=0)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)

    def show_rows(self, rows: Sequence[R], chosen: Hashable = None, *, complete: bool = True) -> None:
        """Show these rows with one of them chosen; of an incomplete list `more` is asked for near its end."""
        self._showing = True
        self._model.show_rows(rows, complete=complete)
        at = self._model.place(chosen)
        if at != self.list.currentIndex():
            self.list.setCurrentIndex(at)
            if at.isValid():
                self.list.scrollTo(at)
            else:
                self.list.clearSelection()
        self._stack.setCurrentIndex(0 if rows else 1)
        self._showing = False

    def lines(self) -> range:
        """Where each line ends when all of them are seen at once, in the table's own pixels; the last is its height."""
        head, line = theme().px(HEAD), theme().px(LINE)
        return range(head + line, head + line * max(1, self._model.rowCount()) + 1, line)

    def tick(self) -> None:
        """Paint again: times have gone on."""
        self.list.viewport().update()

    def _words(self, row: R) -> str:
        pairs = zip(self._columns, self._cells(row), strict=True)
        return ", ".join(f"{one.title} {cell.text}".strip() for one, cell in pairs if cell.text)

    def _tell(self, current: QModelIndex) -> None:
        if not self._showing and current.isValid():
            self.chosen.emit(self._key(current.data(Qt.ItemDataRole.UserRole)))

    def _open(self) -> None:
        current = self.list.currentIndex()
        if current.isValid():
            self.opened.emit(self._key(current.data(Qt.ItemDataRole.UserRole)))
