"""One figure of the board: what it is, how much, and the mark that says whether that is well."""

from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.card import Surface
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.pill import Pill
from ui.widgets.text import Elided, Text


class Tile(Surface):
    """A figure with its name over it."""

    def __init__(self, name: str) -> None:
        super().__init__("card")
        self._name = name
        self._figure = Text("–", Type.TITLE, tabular=True)
        self._mark = Pill("")
        self._mark.hide()
        foot = row(self._figure, STRETCH, self._mark, gap=6)
        self.setLayout(column(Elided(name, Type.SMALL, "text2"), foot, gap=2, margins=(14, 9, 12, 9)))

    def show_figure(self, figure: str, mark: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        """Show how much; an empty mark is left out."""
        self._figure.setText(figure)
        self._mark.setVisible(bool(mark))
        self._mark.show_state(mark, tone)
        self.setAccessibleName(", ".join(part for part in (self._name, figure, mark) if part))
