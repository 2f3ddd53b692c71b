"""A thin bar that empties while somebody may still take the call."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import theme
from ui.widgets.painting import draw_box, make_painter


class Countdown(QWidget):
    """Knows the longest time it was told, which is when the step began."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._whole = -1.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_left(self, seconds: float) -> None:
        """Show how much is left; a time below nought hides the bar."""
        if seconds > self._left:
            self._whole = max(1.0, seconds)
        self._left = seconds
        self.setVisible(seconds >= 0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), make_painter(self)
        draw_box(painter, QRectF(0, 3, self.width(), 4), 2, look.colour("call_bar_raised"))
        share = min(1.0, max(0.0, self._left / self._whole))
        draw_box(painter, QRectF(0, 3, self.width() * share, 4), 2, look.colour("on_call_bar2"))
        painter.end()
