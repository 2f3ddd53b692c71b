"""Snoozing a reminder to an exact day and hour."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.moment import MomentEdit


class SnoozeDialog(Dialog):
    """Asks for a wall time of the agent's; Enter takes it."""

    def __init__(self, window: QWidget, proposed: datetime, chosen: Callable[[datetime], None]) -> None:
        super().__init__(window, "", width=420)
        self.set_title(self.tr("Ring again at"))
        self._chosen = chosen
        self.when = MomentEdit()
        self.when.show_moment(proposed)
        self.content.addWidget(Field(self.tr("Day and hour"), self.when))
        snooze = primary(self.tr("Snooze"), key="Return")
        snooze.clicked.connect(self._take)
        self.set_footer("", snooze)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self._chosen(self.when.moment)
        self.accept()
