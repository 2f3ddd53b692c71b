"""Bars: upright ones for a histogram, lying ones for the parts of a whole."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.reports.plot import Plot, draw_hint, draw_nothing, steps_of
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_box


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how much, how much before, and its colour."""

    name: str
    now: int
    before: int = 0
    tone: str = "accent"


class BarPlot(Plot):
    """Upright bars with their figures over them."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 240)
        self._bars: tuple[Bar, ...] = ()

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show these."""
        self._bars = bars
        self.refresh()

    def count(self) -> int:
        return len(self._bars)

    def words(self, at: int) -> str:
        return f"{self._bars[at].name}: {self._bars[at].now}"

    def place(self, at: QPointF) -> int:
        room = self._room()
        if not self._bars or not room.adjusted(0, -12, 0, 24).contains(at):
            return -1
        return min(int((at.x() - room.left()) / (room.width() / len(self._bars))), len(self._bars) - 1)

    def draw(self, painter: QPainter) -> None:
        room, look = self._room(), theme()
        if not any(bar.now for bar in self._bars):
            draw_nothing(painter, QRectF(self.rect()))
            return
        steps = steps_of(max((bar.now for bar in self._bars), default=0))
        painter.setFont(look.font(Type.SMALL, tabular=True))
        for step in steps:
            y = room.bottom() - room.height() * step / steps[-1]
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(look.colour("text2"))
            at = QRectF(0, y - 9, room.left() - 8, 18)
            if step == int(step):
                painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{step:.0f}")
        slot = room.width() / max(1, len(self._bars))
        for number, bar in enumerate(self._bars):
            x = room.left() + slot * number
            height = room.height() * bar.now / steps[-1]
            if number == self.mark:
                draw_box(painter, QRectF(x + 2, room.top(), slot - 4, room.height()), 6, look.colour("hover"))
            box = QRectF(x + slot * 0.2, room.bottom() - height, slot * 0.6, height)
            draw_box(painter, box, 3, look.colour(bar.tone))
            painter.setFont(look.font(Type.LABEL, tabular=True))
            painter.setPen(look.colour("text"))
            painter.drawText(QRectF(x, box.top() - 19, slot, 18), Qt.AlignmentFlag.AlignCenter, str(bar.now))
            painter.setFont(look.font(Type.SMALL, tabular=True))
            painter.setPen(look.colour("text2"))
            painter.drawText(QRectF(x - 6, room.bottom() + 4, slot + 12, 18), Qt.AlignmentFlag.AlignCenter, bar.name)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(44, 26, -8, -24)


class ShareBars(Plot):
    """Lying bars, each with its name at the left and its figure at the right; the span before as a thin line."""

    LINE = 30

    def __init__(self, name: str) -> None:
        super().__init__(name, self.LINE)
        self._bars: tuple[Bar, ...] = ()
        self._compare = True

    def show_bars(self, bars: tuple[Bar, ...], *, compare: bool) -> None:
        """Show these."""
        self._bars, self._compare = bars, compare
        self._height = self.LINE * max(1, len(bars)) + 4
        self.updateGeometry()
        self.refresh()

    def count(self) -> int:
        return len(self._bars)

    def words(self, at: int) -> str:
        bar = self._bars[at]
        return f"{bar.name}: {bar.now}" + (f" ({bar.before})" if self._compare else "")

    def place(self, at: QPointF) -> int:
        line = int(at.y() // theme().px(self.LINE))
        return line if 0 <= line < len(self._bars) else -1

    def draw(self, painter: QPainter) -> None:
        look, line = theme(), theme().px(self.LINE)
        if not self._bars:
            draw_nothing(painter, QRectF(self.rect()))
            return
        most = max((max(bar.now, bar.before if self._compare else 0) for bar in self._bars), default=0) or 1
        named, figures = min(170, self.width() // 3), 64
        for number, bar in enumerate(self._bars):
            y = number * line
            if number == self.mark:
                draw_box(painter, QRectF(0, y, self.width(), line), 6, look.colour("hover"))
            painter.setFont(look.font(Type.BODY))
            painter.setPen(look.colour("text"))
            shown = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, named - 12)
            painter.drawText(QRectF(4, y, named - 8, line), Qt.AlignmentFlag.AlignVCenter, shown)
            room = self.width() - named - figures
            if self._compare and bar.before:
                before = QRectF(named, y + line / 2 + 7, room * bar.before / most, 2.5)
                draw_box(painter, before, 1, look.colour("text3"))
            draw_box(
                painter, QRectF(named, y + line / 2 - 6, max(2, room * bar.now / most), 11), 3, look.colour(bar.tone)
            )
            painter.setFont(look.font(Type.LABEL, tabular=True))
            at = QRectF(self.width() - figures, y, figures - 4, line)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{bar.now}")


@dataclass(frozen=True, slots=True)
class Weeks:
    """Answers of a week."""

    name: str
    good: int
    fair: int
    bad: int


class RatingBars(Plot):
    """One bar a week, divided into content, so-so and not content."""

    LINE = 40

    def __init__(self, name: str) -> None:
        super().__init__(name, self.LINE)
        self._weeks: tuple[Weeks, ...] = ()

    def show_weeks(self, weeks: tuple[Weeks, ...]) -> None:
        """Show these."""
        self._weeks = weeks
        self._height = self.LINE * max(1, len(weeks)) + 4
        self.updateGeometry()
        self.refresh()

    def count(self) -> int:
        return len(self._weeks)

    def words(self, at: int) -> str:
        week = self._weeks[at]
        return f"{week.name}: {week.good} · {week.fair} · {week.bad}"

    def place(self, at: QPointF) -> int:
        line = int(at.y() // theme().px(self.LINE))
        return line if 0 <= line < len(self._weeks) else -1

    def draw(self, painter: QPainter) -> None:
        look, line = theme(), theme().px(self.LINE)
        if not self._weeks:
            draw_nothing(painter, QRectF(self.rect()))
            return
        for number, week in enumerate(self._weeks):
            y, whole = number * line, week.good + week.fair + week.bad or 1
            if number == self.mark:
                draw_box(painter, QRectF(0, y, self.width(), line), 6, look.colour("hover"))
            painter.setFont(look.font(Type.SMALL, tabular=True))
            painter.setPen(look.colour("text2"))
            painter.drawText(QRectF(4, y, 64, line), Qt.AlignmentFlag.AlignVCenter, week.name)
            left, room = 70.0, self.width() - 70 - 60
            for count, tone in ((week.good, "ok"), (week.fair, "text3"), (week.bad, "bad")):
                width = room * count / whole
                if count:
                    draw_box(painter, QRectF(left, y + line / 2 - 6, max(2.0, width - 2), 12), 2, look.colour(tone))
                left += width
            painter.setFont(look.font(Type.LABEL, tabular=True))
            painter.setPen(look.colour("text"))
            share = QRectF(self.width() - 58, y, 54, line)
            painter.drawText(
                share,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                f"{round(100 * week.good / whole)} %",
            )
        if 0 <= self.mark < len(self._weeks):
            draw_hint(painter, QPointF(90, (self.mark + 1) * line), self.words(self.mark), QRectF(self.rect()))
