"""What happens when nobody answers: each step with its seconds, the one that runs now counted down."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_box, make_painter
from ui.widgets.rows import draw_line


class Chain(QWidget):
    """A bar in parts, as wide as their seconds, with a name and a time under each."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[tuple[str, int], ...] = ()
        self._left_s = -1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[tuple[str, int], ...], left_s: float = -1) -> None:
        """Show the steps; `left_s` seconds are left of the first, which runs, or none runs yet."""
        self._steps, self._left_s = steps, left_s
        self.setAccessibleName(", ".join(f"{name} {seconds} s" for name, seconds in steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme().px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        look, painter = theme(), make_painter(self)
        gap = 6
        widths = self._widths(self.width() - gap * (len(self._steps) - 1))
        x = 0
        for place, ((name, seconds), width) in enumerate(zip(self._steps, widths, strict=True)):
            running = place == 0 and self._left_s >= 0
            draw_box(painter, QRectF(x, 0, width, 4), 2, look.colour("border"))
            if running:
                done = max(0.0, min(1.0, 1 - self._left_s / seconds)) if seconds else 1.0
                draw_box(painter, QRectF(x, 0, max(4.0, width * done), 4), 2, look.colour("accent"))
            ink = "accent" if running else "text"
            draw_line(painter, QRect(x, 8, width, look.px(18)), name, Type.LABEL, ink)
            time = f"0:{max(0, round(self._left_s)):02}" if running else f"{seconds} s"
            draw_line(
                painter,
                QRect(x, 8 + look.px(18), width, look.px(18)),
                time,
                Type.SMALL,
                "accent" if running else "text2",
                tabular=True,
            )
            x += width + gap
        painter.end()

    def _widths(self, room: int) -> list[int]:
        """Half as long as their seconds say, half as long as their names need: a short step keeps its name."""
        metrics = QFontMetrics(theme().font(Type.LABEL))
        names = [metrics.horizontalAdvance(name) + 4 for name, _ in self._steps]
        whole = sum(seconds for _, seconds in self._steps) or 1
        wish = [
            room * seconds / whole * 0.5 + need * 0.5 for (_, seconds), need in zip(self._steps, names, strict=True)
        ]
        return [int(room * one / sum(wish)) for one in wish]
