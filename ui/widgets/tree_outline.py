"""A tree as an outline: each line a box under the line that leads to it; Ins adds one, Del takes one away."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.item_models.rows import RowsModel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.painting import draw_box, draw_keycap, keycap_size
from ui.widgets.pill import draw_pill, pill_size
from ui.widgets.rows import RowDelegate, RowList, draw_line

LINE, INDENT, GAP = 44, 32, 3


class OutlineLine(Protocol):
    """One line of a tree."""

    @property
    def place(self) -> Hashable:
        """What names the line."""

    @property
    def depth(self) -> int:
        """How many lines lead to it."""


@dataclass(frozen=True, slots=True)
class LineWords:
    """What stands on a line: keys, where it leads, what is wrong; `step` counts the lines that a try went through."""

    caps: tuple[str, ...]
    title: str
    detail: str
    icon: str
    wrong: str = ""
    step: int = 0


class OutlineDelegate(RowDelegate):
    """Paints a line as a box under the line that leads to it."""

    def __init__(self, words: Callable[[Any], LineWords], parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme().px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: OutlineLine = index.data(Qt.ItemDataRole.UserRole)
        look, words = theme(), self._words(line)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRect(option.rect)
        box = whole.adjusted(line.depth * INDENT + 2, GAP, -4, -GAP)
        for depth in range(1, line.depth + 1):
            x, middle = box.left() - INDENT // 2 - (line.depth - depth) * INDENT, box.center().y()
            goes_on = _goes_on(index, depth)
            painter.setPen(QPen(look.colour("border"), 1.5))
            if depth < line.depth and goes_on:
                painter.drawLine(x, whole.top(), x, whole.bottom())
            elif depth == line.depth:
                painter.drawLine(x, whole.top(), x, whole.bottom() if goes_on else middle)
                painter.setPen(QPen(look.colour("accent" if words.step else "border"), 1.5))
                painter.drawLine(x, middle, box.left(), middle)
                if words.step:
                    painter.drawLine(x, whole.top(), x, middle)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        lit = chosen or bool(words.step)
        draw_box(
            painter, QRectF(box), 8, look.colour("accent_soft" if lit else "surface"),
            look.colour("accent" if lit else "border"), 2 if chosen else 1,
        )  # fmt: skip
        self._paint_words(painter, box.adjusted(12, 0, -12, 0), words)
        painter.restore()

    def spoken(self, line: OutlineLine) -> str:
        """Give a line as a screen reader says it."""
        words = self._words(line)
        return ", ".join(part for part in (*words.caps, words.title, words.detail, words.wrong) if part)

    def _paint_words(self, painter: QPainter, room: QRect, words: LineWords) -> None:
        look = theme()
        left, right, middle = room.left(), room.right(), room.center().y()
        for cap in words.caps:
            size = keycap_size(cap)
            draw_keycap(painter, QRectF(left, middle - size.height() / 2, size.width(), size.height()), cap)
            left += size.width() + 6
        left += 4 if words.caps else 0
        painter.drawPixmap(left, middle - 7, look.icon(words.icon, "accent" if words.step else "text2"))
        left += 26
        if words.step:
            disc = QRectF(right - 20, middle - 10, 20, 20)
            draw_box(painter, disc, 10, look.colour("primary"))
            painter.setFont(look.font(Type.CAPTION))
            painter.setPen(QColor(look.colour("on_primary")))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(words.step))
            right -= 30
        if words.wrong:
            size = pill_size(words.wrong, "triangle-alert")
            at = QRect(right - size.width(), middle - size.height() // 2, size.width(), size.height())
            draw_pill(painter, at, words.wrong, Tone.BAD, "triangle-alert")
            right -= size.width() + 8
        taken = draw_line(painter, QRect(left, room.top(), right - left, room.height()), words.title, Type.STRONG)
        left += taken + 10
        draw_line(painter, QRect(left, room.top(), right - left, room.height()), words.detail, Type.SMALL, "text2")


def _goes_on(index: QModelIndex | QPersistentModelIndex, depth: int) -> bool:
    """Whether another line hangs at this depth below, under the same one."""
    model = index.model()
    for row in range(index.row() + 1, model.rowCount()):
        below: int = model.index(row, 0).data(Qt.ItemDataRole.UserRole).depth
        if below <= depth:
            return below == depth
    return False


class TreeOutline(RowList):
    """The lines of one tree; `words` tells what stands on one of them."""

    picked = Signal(object)
    added = Signal()
    removed = Signal()

    def __init__(self, name: str, words: Callable[[Any], LineWords]) -> None:
        super().__init__(name)
        self._showing = False
        delegate = OutlineDelegate(words, self)
        self._model: RowsModel[OutlineLine] = RowsModel(lambda line: line.place, delegate.spoken, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(delegate)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_lines(self, lines: Sequence[OutlineLine], chosen: Hashable | None) -> None:
        """Show the lines with the chosen one marked."""
        self._showing = True
        self._model.show_rows(tuple(lines))
        at = self._model.place(chosen)
        if at != self.currentIndex():
            self.setCurrentIndex(at)
            self.scrollTo(at)
        self._showing = False
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert:
            self.added.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, current: QModelIndex) -> None:
        if not self._showing and current.isValid():
            self.picked.emit(current.data(Qt.ItemDataRole.UserRole).place)
