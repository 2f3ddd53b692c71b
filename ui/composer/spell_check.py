"""A red wave under words that no dictionary knows, and what may have been meant in the menu of the right button."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QContextMenuEvent, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit

from app.desk.spelling import Spelling, SpellingState
from app.domain.spelling import words_of
from ui.composer.blocks import QUOTE
from ui.theme.theme import theme

LATER_MS = 300
MOST_BLOCKS = 400


class SpellCheck(QObject):
    """Belongs to one field; it looks a moment after the last key, so that a key is painted at once."""

    def __init__(self, field: QTextEdit | QPlainTextEdit, presenter: Spelling) -> None:
        super().__init__(field)
        self._field, self._presenter = field, presenter
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self.look)
        field.textChanged.connect(self._later.start)
        field.viewport().installEventFilter(self)
        self.destroyed.connect(presenter.subscribe(self._follow))

    def look(self) -> None:
        """Judge what stands there now."""
        self._presenter.look_at([word for _, word in self._words()])
        self._mark()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            if event.reason() is QContextMenuEvent.Reason.Keyboard:
                cursor, at = self._field.textCursor(), self._field.cursorRect().bottomLeft()
            else:
                cursor, at = self._field.cursorForPosition(event.pos()), event.pos()
            self.menu_at(cursor).popup(self._field.viewport().mapToGlobal(at))
            return True
        return super().eventFilter(watched, event)

    def menu_at(self, cursor: QTextCursor) -> QMenu:
        """Make the field's menu, with what may have been meant by the word under the cursor before the rest."""
        menu = self._field.createStandardContextMenu()
        menu.aboutToHide.connect(menu.deleteLater)
        found = self._word_at(cursor)
        meant = self._presenter.state.wrong.get(found.selectedText()) if found is not None else None
        if found is None or meant is None:
            return menu
        first = menu.actions()[0] if menu.actions() else None
        actions = []
        for word in meant:
            action = menu.addAction(word)
            action.triggered.connect(lambda _=False, word=word: self._replace(found, word))
            actions.append(action)
        if not meant:
            none = menu.addAction(self.tr("No suggestion"))
            none.setEnabled(False)
            actions.append(none)
        learn = menu.addAction(self.tr("Add to my words"))
        learn.triggered.connect(lambda: self._presenter.learn(found.selectedText()))
        actions += [learn, menu.addSeparator()]
        if first is not None:
            menu.insertActions(first, actions)
        return menu

    def _follow(self, _: SpellingState) -> None:
        if self._presenter.state.language:
            self.look()
        elif self._field.extraSelections():
            self._field.setExtraSelections([])

    def _mark(self) -> None:
        wrong, here = self._presenter.state.wrong, self._field.textCursor()
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(theme().colour("bad"))
        marks = []
        for start, word in self._words():
            # The word that is being typed is not judged before it is finished.
            typing = self._field.hasFocus() and here.position() == start + len(word)
            if word in wrong and not typing:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = self._range(start, len(word))
                mark.format = look
                marks.append(mark)
        if marks or self._field.extraSelections():
            self._field.setExtraSelections(marks)

    def _words(self) -> Iterator[tuple[int, str]]:
        block = self._field.document().begin()
        for _ in range(MOST_BLOCKS):
            if not block.isValid():
                return
            if not block.blockFormat().hasProperty(QUOTE):  # what others wrote is theirs
                yield from self._words_of(block)
            block = block.next()

    @staticmethod
    def _words_of(block: QTextBlock) -> Iterator[tuple[int, str]]:
        for start, word in words_of(block.text()):
            yield block.position() + start, word

    def _word_at(self, cursor: QTextCursor) -> QTextCursor | None:
        at = cursor.position()
        found = next(
            ((start, word) for start, word in self._words_of(cursor.block()) if start <= at <= start + len(word)), None
        )
        return self._range(found[0], len(found[1])) if found is not None else None

    def _range(self, start: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _replace(self, cursor: QTextCursor, word: str) -> None:
        cursor.insertText(word)
        self._field.setFocus()
