"""A call tree as an outline, a key and its way on each line; digits set the key, Ins adds one, Del takes it away."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.desk.call_tree_editor import Line, Place, TreeState
from app.domain.call_trees import KEYS, Leads
from ui.administration.call_tree_words import flaw_words, way_words
from ui.item_models.rows import RowsModel
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.painting import draw_box, draw_keycap, keycap_size
from ui.widgets.pill import draw_pill, pill_size
from ui.widgets.rows import RowDelegate, RowList, draw_line

LINE, INDENT, GAP = 44, 32, 3


class OutlineDelegate(RowDelegate):
    """Paints a line as a box under the line that leads to it."""

    state: Callable[[], TreeState]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme().px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        state, look = self.state(), theme()
        step = self._step(line, state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRect(option.rect)
        box = whole.adjusted(line.depth * INDENT + 2, GAP, -4, -GAP)
        if line.depth:
            self._paint_elbow(painter, whole, box, lit=bool(step))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        edge = "accent" if chosen or step else "border"
        draw_box(
            painter, QRectF(box), 8, look.colour("accent_soft" if chosen or step else "surface"), look.colour(edge),
            2 if chosen else 1,
        )  # fmt: skip
        self._paint_words(painter, box.adjusted(12, 0, -12, 0), line, state, step)
        painter.restore()

    def spoken(self, line: Line) -> str:
        """Give a line as a screen reader says it."""
        title, detail, _ = way_words(line.destination, self.state())
        parts = (self._cap(line), title, detail, flaw_words(line.flaws))
        return ", ".join(part for part in parts if part)

    def _paint_elbow(self, painter: QPainter, whole: QRect, box: QRect, *, lit: bool) -> None:
        x, middle = box.left() - INDENT // 2, box.center().y()
        painter.setPen(QPen(theme().colour("accent" if lit else "border"), 1.5))
        painter.drawLine(x, whole.top(), x, middle)
        painter.drawLine(x, middle, box.left(), middle)

    def _paint_words(self, painter: QPainter, room: QRect, line: Line, state: TreeState, step: int) -> None:
        look = theme()
        left, right, middle = room.left(), room.right(), room.center().y()
        cap = self._cap(line)
        if cap:
            size = keycap_size(cap)
            draw_keycap(painter, QRectF(left, middle - size.height() / 2, size.width(), size.height()), cap)
            left += size.width() + 10
        title, detail, icon = way_words(line.destination, state)
        if line.destination.leads is Leads.MENU and not line.opens:
            detail = QCoreApplication.translate("CallTree", "shown above")
        painter.drawPixmap(left, middle - 7, look.icon(icon, "accent" if step else "text2"))
        left += 26
        if step:
            disc = QRectF(right - 20, middle - 10, 20, 20)
            draw_box(painter, disc, 10, look.colour("primary"))
            painter.setFont(look.font(Type.CAPTION))
            painter.setPen(QColor(look.colour("on_primary")))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(step))
            right -= 30
        wrong = flaw_words(line.flaws)
        if wrong:
            size = pill_size(wrong, "triangle-alert")
            at = QRect(right - size.width(), middle - size.height() // 2, size.width(), size.height())
            draw_pill(painter, at, wrong, Tone.BAD, "triangle-alert")
            right -= size.width() + 8
        taken = draw_line(painter, QRect(left, room.top(), right - left, room.height()), title, Type.STRONG)
        left += taken + 10
        draw_line(painter, QRect(left, room.top(), right - left, room.height()), detail, Type.SMALL, "text2")

    def _cap(self, line: Line) -> str:
        if line.key is None:
            return ""
        return line.key or QCoreApplication.translate("CallTree", "nothing")

    def _step(self, line: Line, state: TreeState) -> int:
        places = state.tried.places if state.tried is not None else ()
        return places.index(line.place) + 1 if line.place in places else 0


class Outline(RowList):
    """The lines of one tree."""

    picked = Signal(object)
    pressed_key = Signal(str)
    added = Signal()
    removed = Signal()

    def __init__(self, state: Callable[[], TreeState]) -> None:
        super().__init__(QCoreApplication.translate("CallTree", "Menus and keys"))
        delegate = OutlineDelegate(self)
        delegate.state = state
        self._showing = False
        self._model: RowsModel[Line] = RowsModel(lambda line: line.place, delegate.spoken, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(delegate)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_lines(self, lines: tuple[Line, ...], chosen: Place | None) -> None:
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
        elif event.text() and event.text() in KEYS:
            self.pressed_key.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _tell(self, current: QModelIndex) -> None:
        if not self._showing and current.isValid():
            self.picked.emit(current.data(Qt.ItemDataRole.UserRole).place)
