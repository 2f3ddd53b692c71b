"""Calling a number: what is typed is read as the organisation's country reads it, and dialled with Enter."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.phone_numbers import display, normalise
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit


class DialDialog(Dialog):
    """Opened by Ctrl+D, or by a link with its number."""

    def __init__(
        self, window: QWidget, region: str, speaks_with: str, dial: Callable[[str], None], number: str = ""
    ) -> None:
        super().__init__(window, "")
        self.set_title(self.tr("Call a number"))
        self._region, self._dial = region, dial
        self.number = LineEdit(self.tr("Number, or sip: address"), icon="phone", height=40)
        shows = self.tr("The other side sees {0}.").replace("{0}", display(speaks_with, region)) if speaks_with else ""
        self._field = Field(self.tr("Number"), self.number, hint=shows, required=True)
        self.content.addWidget(self._field)
        self._call = primary(self.tr("Call"), key="Return")
        self.set_footer("", self._call)
        self._call.clicked.connect(self._go)
        self.number.returnPressed.connect(self._go)
        self.number.textEdited.connect(lambda _: self._field.show_error(""))
        self.number.setText(number)
        self.number.setFocus()

    def _go(self) -> None:
        typed = self.number.text().strip()
        if typed.startswith("sip:"):
            target: str | None = typed
        else:
            # Short numbers (emergency, colleagues, services) are no E.164 and go as they are.
            short = typed.replace(" ", "")
            target = short if short.isdigit() and len(short) <= 5 else normalise(typed, self._region)
        if not target:
            self._field.show_error(self.tr("This is not a number that can be called."))
            return
        self._dial(target)
        self.accept()
