"""What all plots share: a mark that mouse and arrow keys move, Enter and a click that open it, words for who hears."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus

Words = Callable[[float], str]


class Plot(QWidget):
    """A plot of some points in a row; `opened` names the one that was clicked."""

    opened = Signal(int)

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self._name, self._height = name, height
        self.mark = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(260, theme().px(self._height))

    def count(self) -> int:
        """How many points there are."""
        raise NotImplementedError

    def words(self, at: int) -> str:
        """One point in words."""
        raise NotImplementedError

    def place(self, at: QPointF) -> int:
        """The point under the mouse, or -1."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Paint it."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Other points: the mark goes, the description says what is there."""
        self.mark = -1
        self.setAccessibleDescription("; ".join(self.words(at) for at in range(min(self.count(), 60))))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        self.draw(painter)
        if shows_focus(self):
            draw_focus_ring(painter, QRectF(self.rect()), 8)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps and self.count():
            self._move(min(max(self.mark + steps[key], 0), self.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.mark >= 0:
            self.opened.emit(self.mark)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(self.place(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.place(event.position())
        if at >= 0:
            self._move(at)
            self.opened.emit(at)

    def leaveEvent(self, event: QEvent) -> None:
        self._move(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._move(-1)

    def _move(self, at: int) -> None:
        if at != self.mark:
            self.mark = at
            if at >= 0:
                self.setAccessibleDescription(self.words(at))
            self.update()


def draw_hint(painter: QPainter, at: QPointF, text: str, room: QRectF) -> None:
    """Say what a point is, in a dark box beside it."""
    look = theme()
    painter.setFont(look.font(Type.LABEL, tabular=True))
    width = QFontMetrics(painter.font()).horizontalAdvance(text) + 20
    left = min(max(at.x() + 10, room.left()), room.right() - width)
    box = QRectF(left, max(room.top(), at.y() - 34), width, look.px(24))
    draw_box(painter, box, 6, look.colour("toast"))
    painter.setPen(look.colour("on_toast"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_nothing(painter: QPainter, room: QRectF) -> None:
    """Say that there is nothing to plot."""
    painter.setFont(theme().font(Type.BODY))
    painter.setPen(theme().colour("text2"))
    said = QCoreApplication.translate("Report", "Nothing was measured in this span.")
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, said)


def steps_of(most: float, wanted: int = 4, base: tuple[float, ...] = (1, 2, 2.5, 5, 10)) -> list[float]:
    """Round steps of an axis from nothing to above the most."""
    if most <= 0:
        return [0, 1]
    rough = most / wanted
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 1.0
    step = next((power * one for one in base if power * one >= rough), power * 10)
    return [step * at for at in range(int(most // step) + (2 if most % step else 1))]


def time_steps(most_s: float) -> list[float]:
    """The same for times: minutes, quarters, hours, days."""
    if most_s <= 0:
        return [0, 3600]
    for step in (15, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400, 172800, 432000, 864000):
        if most_s / step <= 4:
            return [step * at for at in range(max(2, int(most_s // step) + (2 if most_s % step else 1)))]
    return steps_of(most_s)


def faint(token: str, alpha: float) -> QColor:
    """A colour of the theme, partly seen through."""
    colour = QColor(theme().colour(token))
    colour.setAlphaF(alpha)
    return colour
