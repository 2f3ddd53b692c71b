"""A slash and the letters of a canned reply before the cursor become its words with Tab, wherever one writes."""

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

_SHORTCUT = re.compile(r"(?:^|\s)/([A-Za-z0-9_-]+)$")


class CannedKeys(QObject):
    """Belongs to one field; `begin` is told that somebody writes, `words_of` knows what letters stand for."""

    def __init__(
        self, field: QTextEdit | QPlainTextEdit, begin: Callable[[], None], words_of: Callable[[str], str | None]
    ) -> None:
        super().__init__(field)
        self.field, self._begin, self._words_of = field, begin, words_of
        field.installEventFilter(self)

    def insert(self, words: str) -> None:
        """Put words where the cursor stands, as if they were typed."""
        self.field.textCursor().insertText(words)
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self._begin()
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            return event.modifiers() == Qt.KeyboardModifier.NoModifier and self._expand()
        return False

    def _expand(self) -> bool:
        cursor = self.field.textCursor()
        typed = _SHORTCUT.search(cursor.block().text()[: cursor.positionInBlock()])
        words = self._words_of(typed[1]) if typed is not None else None
        if typed is None or words is None:
            return False
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed[1]) + 1)
        cursor.insertText(words)
        return True
