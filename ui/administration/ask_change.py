"""Asking the owners of a locked automation for a change, in one's own words."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import TextArea


class AskChange(Dialog):
    """One field and two buttons."""

    def __init__(self, window: QWidget, ask: Callable[[str], None]) -> None:
        super().__init__(window, "")
        self.set_title(self.tr("Ask for a change"))
        self._ask = ask
        self._words = TextArea(self.tr("What should be different for your team, and why?"), lines=4)
        self.content.addWidget(Field(self.tr("Your request"), self._words, required=True))
        send = primary(self.tr("Send"), "send")
        send.clicked.connect(self._send)
        self.set_footer(self.tr("It goes to those who manage automations."), send)

    def _send(self) -> None:
        words = self._words.toPlainText().strip()
        if not words:
            self._words.set_wrong(True)
            return
        self._ask(words)
        self.accept()
