"""The list that opens under a field: options with icon, detail and a tick, and a footnote with the reason."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.layout import column
from ui.widgets.painting import draw_box, draw_check, draw_shadow, make_painter
from ui.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; `key` is what the view hands to its presenter."""

    key: Hashable
    label: str
    detail: str = ""
    icon: str = ""


class OptionModel(QAbstractListModel):
    """The options in the list's order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: tuple[Option, ...] = ()

    def show_options(self, options: tuple[Option, ...]) -> None:
        """Replace all options."""
        self.beginResetModel()
        self.options = options
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.options)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        option = self.options[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{option.label}, {option.detail}" if option.detail else option.label
        return option if role == Qt.ItemDataRole.UserRole else None


class OptionDelegate(QStyledItemDelegate):
    """Paints one option; the chosen one carries a tick as well as a colour."""

    chosen: Hashable = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, theme().px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        item: Option = index.data(Qt.ItemDataRole.UserRole)
        rect = QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            draw_box(painter, QRectF(rect), 6, look.colour("accent_soft"))
        ink = "accent" if selected else "text"
        left, right = rect.left() + 10, rect.right() - 10
        if item.icon:
            painter.drawPixmap(left, rect.center().y() - 7, look.icon(item.icon, "accent" if selected else "text2"))
            left += 24
        if item.key == self.chosen and self.chosen is not None:
            draw_check(painter, QRectF(right - 16, rect.center().y() - 7, 16, 16), look.colour("accent"))
            right -= 24
        if item.detail:
            painter.setFont(look.font(Type.SMALL, tabular=True))
            painter.setPen(look.colour("text2"))
            metrics = QFontMetrics(painter.font())
            width = min(metrics.horizontalAdvance(item.detail) + 2, (right - left) // 2)
            at = QRect(right - width, rect.top(), width, rect.height())
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, _elide(metrics, item.detail, width))
            right -= width + 12
        painter.setFont(look.font(Type.MEDIUM))
        painter.setPen(look.colour(ink))
        at = QRect(left, rect.top(), right - left, rect.height())
        painter.drawText(
            at, Qt.AlignmentFlag.AlignVCenter, _elide(QFontMetrics(painter.font()), item.label, at.width())
        )
        painter.restore()


def _elide(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class OptionList(QFrame):
    """Opens over the window, under (or above) its field, and leaves the focus where it is."""

    chosen = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self._owner = owner
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = OptionModel(self)
        self.delegate = OptionDelegate(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._choose)
        self.footnote = Text("", Type.SMALL, "text2", wrap=True)
        self.footnote.setContentsMargins(10, 2, 10, 2)
        self.setLayout(
            column(self.list, self.footnote, gap=4, margins=(_MARGIN + 6, _MARGIN + 6, _MARGIN + 6, _MARGIN + 8))
        )
        self.hide()

    def open_for(self, options: tuple[Option, ...], chosen: Hashable = None, footnote: str = "") -> None:
        """Show the options beside the owner; `chosen` gets the tick."""
        self.model.show_options(options)
        self.delegate.chosen = chosen
        self.footnote.setText(footnote)
        self.footnote.setVisible(bool(footnote))
        keys = [option.key for option in options]
        if options:
            self.list.setCurrentIndex(self.model.index(keys.index(chosen) if chosen in keys else 0, 0))
        self._place()
        self.show()
        self.raise_()

    def press(self, key: int) -> bool:
        """Take a key of the owner: arrows move, Enter chooses, Esc closes. True when it was used."""
        if not self.isVisible():
            return False
        row, last = self.list.currentIndex().row(), self.model.rowCount() - 1
        moves = {
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_PageDown: row + 7,
            Qt.Key.Key_PageUp: row - 7,
        }
        if key in moves and last >= 0:
            self.list.setCurrentIndex(self.model.index(min(last, max(0, moves[Qt.Key(key)])), 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._choose(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        card = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        draw_shadow(painter, card, 10, _MARGIN)
        draw_box(painter, card, 10, theme().colour("surface"), theme().colour("border"))
        painter.end()

    def _choose(self, index: QModelIndex) -> None:
        option: Option = index.data(Qt.ItemDataRole.UserRole)
        self.hide()
        self.chosen.emit(option.key)

    def _place(self) -> None:
        window = self._owner.window()
        self.setParent(window)
        at = self._owner.mapTo(window, QPoint(0, 0))
        width = self._owner.width() + 2 * _MARGIN
        rows = min(8, max(1, self.model.rowCount()))
        height = rows * theme().px(34) + 2 * _MARGIN + 14
        if not self.footnote.isHidden():
            height += self.footnote.heightForWidth(width - 2 * _MARGIN - 12) + 8
        below = at.y() + self._owner.height() + 4 - _MARGIN
        fits = below + height <= window.height()
        self.list.setFixedHeight(rows * theme().px(34))
        self.setGeometry(at.x() - _MARGIN, below if fits else at.y() - height - 4 + _MARGIN, width, height)
