"""The question before typed text is thrown away: Esc once asks, Esc again discards."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.notice import Notice


class Discard(Notice):
    """Stands in the dialog that was to be closed."""

    def __init__(self, dialog: Dialog) -> None:
        say = QCoreApplication.translate
        stay = Button(say("Discard", "Go on"))
        away = Button(say("Discard", "Discard"), key="Esc")
        super().__init__(say("Discard", "What you typed is not saved."), Tone.WARN, "pencil", stay, away)
        stay.clicked.connect(self.hide)
        away.clicked.connect(lambda: dialog.done(0))
        self.hide()


def asks_before_closing(dialog: Dialog, changed: Callable[[], bool]) -> None:
    """Let a dialog with unsaved text ask first."""
    asked = Discard(dialog)
    dialog.content.addWidget(asked)

    def may_close() -> bool:
        if not changed() or asked.isVisible():
            return True
        asked.show()
        return False

    dialog.may_close = may_close
