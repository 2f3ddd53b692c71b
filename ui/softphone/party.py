"""One party of a call as a card: who, what she hears or does just now, and since when."""

from PySide6.QtCore import Qt

from ui.theme.fonts import Type
from ui.widgets.card import Surface
from ui.widgets.icon import Icon
from ui.widgets.layout import column, row
from ui.widgets.pill import Avatar
from ui.widgets.text import Elided, Text


class Party(Surface):
    """A name with a state in icon, word and colour; the one I speak with is tinted."""

    def __init__(self) -> None:
        super().__init__("card")
        self._face = Avatar("?", 40)
        self._name = Elided("", Type.STRONG)
        self._where = Elided("", Type.SMALL, "text2")
        self._icon = Icon("mic", "accent", 14)
        self._state = Elided("", Type.LABEL)
        self._clock = Text("", Type.HEADING, tabular=True)
        middle = column(self._name, self._where, row(self._icon, self._state, gap=6), gap=2)
        layout = row(gap=12, margins=(14, 10, 14, 10))
        layout.addWidget(self._face, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(middle, 1)
        layout.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)

    def show_party(self, name: str, where: str, state: str, icon: str, tone: str, *, lit: bool) -> None:
        """Show who it is and how she stands."""
        self._face.show_name(name)
        self._name.setText(name)
        self._where.setText(where)
        self._where.setVisible(bool(where))
        self._state.setText(state)
        self._state.set_tone(tone)
        self._icon.show_icon(icon, tone)
        self._clock.set_tone(tone)
        self.setAccessibleName(f"{name}, {state}")
        kind = "card_lit" if lit else "card"
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def show_clock(self, words: str) -> None:
        """Show how long it has lasted."""
        self._clock.setText(words)
