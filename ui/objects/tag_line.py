"""Tags between commas, completed from the organisation's list."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter

from ui.widgets.inputs import LineEdit


class TagLine(LineEdit):
    """What is typed since the last comma is completed; Enter or Tab takes the tag that is offered."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("separated by commas"))
        self._known = QStringListModel(self)
        self._offer = QCompleter(self._known, self)
        self._offer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._offer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._offer.setWidget(self)
        popup = self._offer.popup()
        assert popup is not None, "a completer makes one when it is asked"
        self._popup = popup
        self._offer.activated.connect(self._take)
        self.textEdited.connect(self._complete)

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """Offer these."""
        if tuple(self._known.stringList()) != tags:
            self._known.setStringList(list(tags))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            chosen = popup.currentIndex()
            self._take(str((chosen if chosen.isValid() else self._offer.currentIndex()).data()))
            popup.hide()
            return
        super().keyPressEvent(event)

    def _complete(self) -> None:
        before, _, begun = self.text().rpartition(",")
        del before
        word = begun.strip()
        if not word:
            self._popup.hide()
            return
        self._offer.setCompletionPrefix(word)
        if self._offer.completionCount() == 0 or self._offer.currentCompletion().lower() == word.lower():
            self._popup.hide()
        else:
            self._offer.complete()

    def _take(self, tag: str) -> None:
        before, comma, _ = self.text().rpartition(",")
        self.setText(f"{before}{comma} {tag}".strip() if comma else tag)
        self.textEdited.emit(self.text())
