"""Choosing my state with its reason: type how it begins, Enter takes it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desk.shell import Code
from app.domain.agents import AgentState
from app.domain.text import fold
from ui.theme.theme import theme
from ui.widgets.card import Surface
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import column
from ui.widgets.options import Option, OptionList
from ui.widgets.wording import agent_state_words, reason_words

WIDTH = 300


class StatePopup(Surface):
    """A field over its list, under the state button; Esc or a press elsewhere closes it."""

    picked = Signal(object, str)

    def __init__(self, beside: QWidget, reasons: tuple[Code, ...]) -> None:
        super().__init__("card", parent=beside.window())
        self._before = beside.window().focusWidget()
        self._options = self._all(reasons)
        self.line = _Line(self.tr("State or reason"), icon="circle-dot", height=36)
        self.line.setAccessibleName(self.tr("My state"))
        self._list = OptionList(self.line)
        self.line.list = self._list
        self.setLayout(column(self.line, margins=(8, 8, 8, 8)))
        self.setFixedWidth(theme().px(WIDTH))
        self.line.textEdited.connect(self._filter)
        self.line.left.connect(self._close)
        self._list.chosen.connect(self._pick)
        at = beside.mapTo(beside.window(), QPoint(beside.width(), beside.height() + 4))
        self.adjustSize()
        self.move(at.x() - self.width(), at.y())

    def open(self) -> None:
        """Show the states and take the keyboard."""
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter("")

    def _all(self, reasons: tuple[Code, ...]) -> tuple[Option, ...]:
        available, not_ready, offline = (
            agent_state_words(state)[0] for state in (AgentState.AVAILABLE, AgentState.NOT_READY, AgentState.OFFLINE)
        )
        whys = [
            Option(
                (AgentState.NOT_READY, code.key or code.label), reason_words(code.key or code.label), not_ready, "pause"
            )
            for code in reasons
        ]
        return (
            Option((AgentState.AVAILABLE, ""), available, "", "phone"),
            *whys,
            Option((AgentState.NOT_READY, ""), not_ready, "", "pause"),
            Option((AgentState.OFFLINE, ""), offline, "", "log-out"),
        )

    def _filter(self, typed: str) -> None:
        wanted = fold(typed)
        found = [one for one in self._options if wanted in fold(f"{one.label} {one.detail}")]
        found.sort(key=lambda one: not fold(one.label).startswith(wanted))
        if found:
            self._list.open_for(tuple(found))
        else:
            self._list.hide()

    def _pick(self, key: object) -> None:
        assert isinstance(key, tuple)
        self.picked.emit(*key)
        self._close()

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
