"""Choosing one of some by typing how it begins: a field over its list, beside the button that opened it."""

from collections.abc import Hashable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.text import fold
from ui.theme.theme import theme
from ui.widgets.card import Surface
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import column
from ui.widgets.options import Option, OptionList

WIDTH = 300


class PickPopup(Surface):
    """Enter takes the first that fits; Esc or a press elsewhere closes it and gives the keyboard back."""

    chosen = Signal(object)

    def __init__(self, beside: QWidget, placeholder: str, options: tuple[Option, ...], *, icon: str = "search") -> None:
        super().__init__("card", parent=beside.window())
        self._before = beside.window().focusWidget()
        self._options = options
        self.line = _Line(placeholder, icon=icon, height=36)
        self.line.setAccessibleName(placeholder)
        self._list = OptionList(self.line)
        self.line.list = self._list
        self.setLayout(column(self.line, margins=(8, 8, 8, 8)))
        self.setFixedWidth(theme().px(WIDTH))
        self.line.textEdited.connect(self._filter)
        self.line.left.connect(self._close)
        self._list.chosen.connect(self._pick)
        window = beside.window()
        at = beside.mapTo(window, QPoint(0, beside.height() + 4))
        self.adjustSize()
        # It opens towards the middle of the window, and beside what stands at the bottom it stays inside.
        left = at.x() + beside.width() // 2 < window.width() // 2
        x = at.x() if left else at.x() + beside.width() - self.width()
        self.move(max(8, x), min(at.y(), window.height() - self.height() - 8))

    def open(self) -> None:
        """Show the options and take the keyboard."""
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter("")

    def replace(self, options: tuple[Option, ...]) -> None:
        """Show the same choices with more said of them; what was typed stays."""
        self._options = options
        if self.isVisible():
            self._filter(self.line.text())

    def _filter(self, typed: str) -> None:
        wanted = fold(typed)
        found = [one for one in self._options if wanted in fold(f"{one.label} {one.detail}")]
        found.sort(key=lambda one: not fold(one.label).startswith(wanted))
        if found:
            self._list.open_for(tuple(found))
        else:
            self._list.hide()

    def _pick(self, key: Hashable) -> None:
        self._close()
        self.chosen.emit(key)

    def _close(self) -> None:
        self._list.hide()
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._list.deleteLater()
        self.deleteLater()


class _Line(LineEdit):
    left = Signal()
    list: OptionList | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.list is None or not self.list.press(event.key()):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()
