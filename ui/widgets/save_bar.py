"""The one bar at the bottom of a page with edits: how many, Discard, Save."""

from PySide6.QtCore import Signal

from ui.theme.fonts import Type
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.text import Text


class SaveBar(Surface):
    """Shown only while something is not saved."""

    saved = Signal()
    discarded = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self._text = Text("", Type.MEDIUM, "warn")
        self._discard = Button(self.tr("Discard"), key="Esc")
        self._save = Button(self.tr("Save"), key="Ctrl+S", role=Role.PRIMARY)
        self._discard.clicked.connect(self.discarded)
        self._save.clicked.connect(self.saved)
        bar = row(Icon("pencil", "warn"), self._text, STRETCH, self._discard, self._save, margins=(24, 8, 24, 8))
        self.setLayout(column(hairline("hairline"), bar, gap=0))
        self.hide()

    def show_changes(self, count: int, *, saving: bool = False) -> None:
        """Say how many changes are not saved."""
        self._text.setText(self.tr("%n change(s) not saved", "", count))
        self._save.setEnabled(not saving)
        self.setVisible(count > 0)
