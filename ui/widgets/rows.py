"""Delegates of the lists: what a selected or hovered row looks like, and lines of text that end in an ellipsis."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_box, draw_focus_ring

BAR = 3


class RowDelegate(QStyledItemDelegate):
    """Draws the ground of a row: tint and bar when selected, tint when hovered, ring when the keyboard is here."""

    def begin(self, painter: QPainter, option: QStyleOptionViewItem) -> QRect:
        """Prepare the painter, draw the ground, and return the room for the row."""
        look = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRect(option.rect).adjusted(0, 1, 0, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            draw_box(painter, QRectF(rect), 8, look.colour("accent_soft"))
            draw_box(painter, QRectF(rect.left(), rect.top() + 6, BAR, rect.height() - 12), 1.5, look.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, QRectF(rect), 8, look.colour("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            draw_focus_ring(painter, QRectF(rect), 8)
        return rect


def draw_line(
    painter: QPainter,
    rect: QRect,
    text: str,
    type_: Type = Type.BODY,
    ink: str = "text",
    *,
    right: bool = False,
    tabular: bool = False,
) -> int:
    """Draw one line in its box, elided; returns the width it took."""
    look = theme()
    painter.setFont(look.font(type_, tabular=tabular))
    painter.setPen(look.colour(ink))
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


class RowList(QListView):
    """A list of painted rows, by mouse and by arrows.

    It paints its own ground: what lies under it need not be painted, and scrolling moves what is painted already.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour("surface"))
        painter.end()
        super().paintEvent(event)
