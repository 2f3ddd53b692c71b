"""A message tree as an outline: digits and keywords, and where they lead."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.desk.message_tree_editor import Goes, MessageTreeState, TreeLine
from ui.administration.message_tree_words import caps_of, flaw_words, way_words
from ui.widgets.tree_outline import LineWords, TreeOutline

MOST_CAPS, LONGEST = 3, 16


class MessageOutline(TreeOutline):
    """The lines of one tree."""

    def __init__(self, state: Callable[[], MessageTreeState]) -> None:
        self._state = state
        super().__init__(QCoreApplication.translate("MessageTree", "Menus and answers"), self._line)

    def _line(self, line: TreeLine) -> LineWords:
        title, detail, icon = way_words(line.target, self._state())
        if line.target.goes is Goes.MENU and not line.opens:
            detail = QCoreApplication.translate("MessageTree", "shown above")
        caps = tuple(cap[:LONGEST] for cap in caps_of(line))
        caps = (*caps[:MOST_CAPS], "…") if len(caps) > MOST_CAPS else caps
        return LineWords(caps, title, detail, icon, flaw_words(line.flaws))
