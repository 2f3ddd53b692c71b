"""A call tree as an outline: keys and where they lead, the steps of a tried call; digits set the chosen line's key."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent

from app.desk.call_tree_editor import Line, TreeState
from app.domain.call_trees import KEYS, Leads
from ui.administration.call_tree_words import flaw_words, way_words
from ui.widgets.tree_outline import LineWords, TreeOutline


class Outline(TreeOutline):
    """The lines of one tree."""

    pressed_key = Signal(str)

    def __init__(self, state: Callable[[], TreeState]) -> None:
        self._state = state
        super().__init__(QCoreApplication.translate("CallTree", "Menus and keys"), self._line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in KEYS:
            self.pressed_key.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _line(self, line: Line) -> LineWords:
        state = self._state()
        title, detail, icon = way_words(line.destination, state)
        if line.destination.leads is Leads.MENU and not line.opens:
            detail = QCoreApplication.translate("CallTree", "shown above")
        caps = () if line.key is None else (line.key or QCoreApplication.translate("CallTree", "nothing"),)
        places = state.tried.places if state.tried is not None else ()
        step = places.index(line.place) + 1 if line.place in places else 0
        return LineWords(caps, title, detail, icon, flaw_words(line.flaws), step)
