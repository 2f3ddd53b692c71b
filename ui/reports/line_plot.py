"""A line over days, with the span before it dashed behind."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.domain.reports import DayPoint
from ui.reports.plot import Plot, Words, draw_hint, draw_nothing, steps_of, time_steps
from ui.reports.words import day_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.typography import named

LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 24
SIDE = 24


class LinePlot(Plot):
    """Days without anything to measure leave a gap."""

    def __init__(self, name: str, said: Words, *, times: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, 240)
        self._said, self._times = said, times
        self._points: tuple[DayPoint, ...] = ()
        self._compare = True

    def show_points(self, points: tuple[DayPoint, ...], *, compare: bool) -> None:
        """Show these days."""
        self._points, self._compare = points, compare
        self.refresh()

    def count(self) -> int:
        return len(self._points)

    def words(self, at: int) -> str:
        point = self._points[at]
        return named(day_words(point.day), self._said(point.now) if point.now is not None else "–")

    def place(self, at: QPointF) -> int:
        room = self._room()
        if not self._points or not room.adjusted(-8, -8, 8, BOTTOM).contains(at):
            return -1
        if len(self._points) == 1:
            return 0
        return round(min(max((at.x() - room.left()) / room.width(), 0), 1) * (len(self._points) - 1))

    def draw(self, painter: QPainter) -> None:
        room, look = self._room(), theme()
        shown = [p.now for p in self._points] + ([p.before for p in self._points] if self._compare else [])
        if not any(value is not None for value in shown):
            draw_nothing(painter, QRectF(self.rect()))
            return
        most = max((value for value in shown if value is not None), default=0)
        steps = time_steps(most) if self._times else steps_of(most)
        self._draw_axes(painter, room, steps)
        top = steps[-1] or 1
        if self._compare:
            pen = QPen(look.colour("text3"), 1.4, Qt.PenStyle.DashLine)
            self._draw_line(painter, room, [p.before for p in self._points], top, pen)
        self._draw_line(painter, room, [p.now for p in self._points], top, QPen(look.colour("accent"), 2))
        if 0 <= self.mark < len(self._points):
            x = self._x(room, self.mark)
            painter.setPen(QPen(look.colour("text3"), 1))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            now = self._points[self.mark].now
            y = room.bottom() - room.height() * (now or 0) / top
            if now is not None:
                painter.setPen(QPen(look.colour("accent"), 2))
                painter.setBrush(look.colour("surface"))
                painter.drawEllipse(QPointF(x, y), 4.5, 4.5)
            draw_hint(painter, QPointF(x, y), self.words(self.mark), QRectF(self.rect()))

    def _draw_axes(self, painter: QPainter, room: QRectF, steps: list[float]) -> None:
        look = theme()
        painter.setFont(look.font(Type.SMALL, tabular=True))
        for step in steps:
            y = room.bottom() - room.height() * step / (steps[-1] or 1)
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(look.colour("text2"))
            label = QRectF(0, y - 9, room.left() - 8, 18)
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._said(step))
        if not self._points:
            return
        ends = (day_words(self._points[at].day, short=True) for at in (0, -1))
        wide = max(map(QFontMetrics(painter.font()).horizontalAdvance, ends)) + SIDE
        every = max(1, -(-len(self._points) * wide // max(1, int(room.width()))))
        for at in range(0, len(self._points), every):
            x = self._x(room, at)
            left = min(max(-SIDE / 2, x - wide / 2), self.width() - wide + SIDE / 2)  # the words themselves stay inside
            painter.drawText(
                QRectF(left, room.bottom() + 4, wide, 18),
                Qt.AlignmentFlag.AlignCenter,
                day_words(self._points[at].day, short=True),
            )

    def _draw_line(self, painter: QPainter, room: QRectF, values: list[float | None], top: float, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        last: QPointF | None = None
        for at, value in enumerate(values):
            if value is None:
                last = None
                continue
            here = QPointF(self._x(room, at), room.bottom() - room.height() * value / top)
            alone = last is None and (at + 1 == len(values) or values[at + 1] is None)
            if last is not None:
                painter.drawLine(last, here)
            elif alone:
                painter.drawEllipse(here, 1.5, 1.5)
            last = here

    def _x(self, room: QRectF, at: int) -> float:
        return room.left() + room.width() * (at / (len(self._points) - 1) if len(self._points) > 1 else 0.5)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
