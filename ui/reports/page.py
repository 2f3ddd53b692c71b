"""What the three pages share: tiles in a row, cards with plots, and the comparison with the span before."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.desk.reports import Point, ReportState
from app.domain.reports import Both
from ui.reports.tile import FigureTile
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.layout import column
from ui.widgets.text import Text

NARROW = 820


class ReportPage(QWidget):
    """A page fills its column; `point` tells which figure was opened."""

    point = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.body = column(gap=16)
        self.setLayout(self.body)
        self._rows: list[QBoxLayout] = []

    def show_report(self, state: ReportState) -> None:
        """Show the figures."""
        raise NotImplementedError

    def tiles(self, *tiles: tuple[FigureTile, Callable[[], Point | None]]) -> None:
        """Put tiles in a row; each opens its point."""
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        layout.setSpacing(16)
        for tile, point in tiles:
            tile.clicked.connect(lambda _=False, point=point: self.open(point()))
            layout.addWidget(tile, 1)
        self.body.addLayout(layout)

    def cards(self, *cards: tuple[QWidget, int]) -> None:
        """Put cards in a row, under each other where the page is narrow."""
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        layout.setSpacing(16)
        for card, share in cards:
            layout.addWidget(card, share)
        self._rows.append(layout)
        self.body.addLayout(layout)

    def open(self, point: Point | None) -> None:
        """Tell which figure was opened."""
        if point is not None:
            self.point.emit(point)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        wide = self.width() >= theme().px(NARROW)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for layout in self._rows:
            layout.setDirection(direction)


def card(title: str, plot: QWidget, legend: str = "") -> Card:
    """A card with a plot under its title and what its colours mean."""
    note = Text(legend, Type.SMALL, "text2", wrap=False)
    note.setAlignment(Qt.AlignmentFlag.AlignRight)
    made = Card(title, note) if legend else Card(title)
    made.body.addWidget(plot)
    made.body.addStretch(1)
    return made


def change(both: Both, said: Callable[[float], str], *, less_is_better: bool, compare: bool) -> tuple[str, Tone]:
    """How a figure moved since the span before, and whether that is well."""
    moved = both.change
    if not compare or moved is None:
        return "", Tone.NEUTRAL
    words = said(abs(moved))
    if words == said(0):
        return "=", Tone.NEUTRAL
    tone = Tone.OK if (moved < 0) == less_is_better else Tone.WARN
    return f"{'−' if moved < 0 else '+'}{words}", tone
