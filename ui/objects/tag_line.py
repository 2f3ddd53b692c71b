"""Tags between commas, completed from the organisation's list."""

from PySide6.QtGui import QFocusEvent, QKeyEvent

from app.domain.text import fold
from ui.widgets.inputs import LineEdit
from ui.widgets.options import Option, OptionList

MOST = 8


class TagLine(LineEdit):
    """What is typed since the last comma is completed; the arrows choose, Enter takes, Esc closes the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("separated by commas"))
        self._known: tuple[str, ...] = ()
        self._list: OptionList | None = None
        self.textEdited.connect(lambda _: self._offer())

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """Offer these."""
        self._known = tags

    def offered(self) -> tuple[str, ...]:
        """The tags that fit what is being typed and are not there yet, those that begin so first."""
        *before, begun = self.text().split(",")
        word, there = fold(begun), {fold(one) for one in before}
        if not word:
            return ()
        fits = [tag for tag in self._known if word in fold(tag) and fold(tag) != word and fold(tag) not in there]
        return tuple(sorted(fits, key=lambda tag: not fold(tag).startswith(word))[:MOST])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._list is None or not self._list.press(event.key()):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is not None:
            self._list.hide()

    def _offer(self) -> None:
        tags = self.offered()
        if not tags:
            if self._list is not None:
                self._list.hide()
            return
        if self._list is None:
            self._list = OptionList(self)
            self._list.chosen.connect(self._take)
        self._list.open_for(tuple(Option(tag, tag, "", "tags") for tag in tags))

    def _take(self, tag: str) -> None:
        before, comma, _ = self.text().rpartition(",")
        self.setText(f"{before}{comma} {tag}" if comma else tag)
        self.textEdited.emit(self.text())
