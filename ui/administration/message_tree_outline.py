"""A message tree as an outline, a choice and its way on each line; Ins adds one, Del takes it away."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.desk.message_tree_editor import Goes, MessageTreeState, Place, TreeLine
from ui.administration.message_tree_words import caps_of, flaw_words, way_words
from ui.item_models.rows import RowsModel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.painting import draw_box, draw_keycap, keycap_size
from ui.widgets.pill import draw_pill, pill_size
from ui.widgets.rows import RowDelegate, RowList, draw_line

LINE, INDENT, GAP, MOST_CAPS = 44, 32, 3, 3


class MessageOutlineDelegate(RowDelegate):
    """Paints a line as a box under the line that leads to it."""

    state: Callable[[], MessageTreeState]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme().px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: TreeLine = index.data(Qt.ItemDataRole.UserRole)
        look = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRect(option.rect)
        box = whole.adjusted(line.depth * INDENT + 2, GAP, -4, -GAP)
        if line.depth:
            x, middle = box.left() - INDENT // 2, box.center().y()
            painter.setPen(QPen(look.colour("border"), 1.5))
            painter.drawLine(x, whole.top(), x, middle)
            painter.drawLine(x, middle, box.left(), middle)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        draw_box(
            painter, QRectF(box), 8, look.colour("accent_soft" if chosen else "surface"),
            look.colour("accent" if chosen else "border"), 2 if chosen else 1,
        )  # fmt: skip
        self._paint_words(painter, box.adjusted(12, 0, -12, 0), line)
        painter.restore()

    def spoken(self, line: TreeLine) -> str:
        """Give a line as a screen reader says it."""
        title, detail, _ = way_words(line.target, self.state())
        return ", ".join(part for part in (*caps_of(line), title, detail, flaw_words(line.flaws)) if part)

    def _paint_words(self, painter: QPainter, room: QRect, line: TreeLine) -> None:
        left, right, middle = room.left(), room.right(), room.center().y()
        caps = caps_of(line)
        for cap in (*caps[:MOST_CAPS], *(("…",) if len(caps) > MOST_CAPS else ())):
            size = keycap_size(cap[:16])
            draw_keycap(painter, QRectF(left, middle - size.height() / 2, size.width(), size.height()), cap[:16])
            left += size.width() + 6
        left += 4 if caps else 0
        title, detail, icon = way_words(line.target, self.state())
        if line.target.goes is Goes.MENU and not line.opens:
            detail = QCoreApplication.translate("MessageTree", "shown above")
        painter.drawPixmap(left, middle - 7, theme().icon(icon, "text2"))
        left += 26
        wrong = flaw_words(line.flaws)
        if wrong:
            size = pill_size(wrong, "triangle-alert")
            at = QRect(right - size.width(), middle - size.height() // 2, size.width(), size.height())
            draw_pill(painter, at, wrong, Tone.BAD, "triangle-alert")
            right -= size.width() + 8
        taken = draw_line(painter, QRect(left, room.top(), right - left, room.height()), title, Type.STRONG)
        left += taken + 10
        draw_line(painter, QRect(left, room.top(), right - left, room.height()), detail, Type.SMALL, "text2")


class MessageOutline(RowList):
    """The lines of one tree."""

    picked = Signal(object)
    added = Signal()
    removed = Signal()

    def __init__(self, state: Callable[[], MessageTreeState]) -> None:
        super().__init__(QCoreApplication.translate("MessageTree", "Menus and answers"))
        delegate = MessageOutlineDelegate(self)
        delegate.state = state
        self._showing = False
        self._model: RowsModel[TreeLine] = RowsModel(lambda line: line.place, delegate.spoken, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(delegate)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_lines(self, lines: tuple[TreeLine, ...], chosen: Place | None) -> None:
        """Show the lines with the chosen one marked."""
        self._showing = True
        self._model.show_rows(lines)
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
