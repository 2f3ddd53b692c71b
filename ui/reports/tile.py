"""One figure of a report: its name, how much, beside how much before; pressed it opens what is behind it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus
from ui.widgets.pill import draw_pill, pill_size

HEIGHT = 78


class FigureTile(QPushButton):
    """A card of one figure."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._title, self._figure, self._detail, self._change = name, "–", "", ""
        self._tone = Tone.NEUTRAL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)

    def show_figure(self, figure: str, detail: str = "", change: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        """Show how much, of what, and how it moved."""
        self._figure, self._detail, self._change, self._tone = figure, detail, change, tone
        self.setAccessibleName(", ".join(part for part in (self._title, figure, detail, change) if part))
        self.setToolTip(f"{self._title}: {figure} {detail}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(170, theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(130, theme().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        fill = look.colour("hover" if self.underMouse() else "surface")
        draw_box(painter, rect, 12, fill, look.colour("border"))
        left, top, right = 16, 12, self.width() - 14
        if self._change:
            size = pill_size(self._change)
            at = QRectF(right - size.width(), top - 3, size.width(), size.height()).toRect()
            draw_pill(painter, at, self._change, self._tone)
            right = at.left() - 8
        painter.setFont(look.font(Type.BODY))
        painter.setPen(look.colour("text2"))
        title = QFontMetrics(painter.font()).elidedText(self._title, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRectF(left, top - 2, right - left, 20), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(look.font(Type.DISPLAY, tabular=True))
        painter.setPen(look.colour("text"))
        wide = QFontMetrics(painter.font()).horizontalAdvance(self._figure)
        foot = QRectF(left, self.height() - 44, self.width() - left - 14, 34)
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, self._figure)
        painter.setFont(look.font(Type.SMALL))
        painter.setPen(look.colour("text2"))
        room = foot.adjusted(wide + 10, 4, 0, 4)
        detail = QFontMetrics(painter.font()).elidedText(self._detail, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, detail)
        if shows_focus(self):
            draw_focus_ring(painter, rect, 12)
        painter.end()
