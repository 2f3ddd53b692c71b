"""Words between the two agents of a hand-over while the caller waits: a question, an answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls
from app.services.calls import CallView
from ui.theme.fonts import Type
from ui.widgets.button import Button
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import clear, column, row
from ui.widgets.text import Text
from ui.widgets.typography import named

MOST = 3


class Talk(QWidget):
    """The last words said on a call and a line to say more; it takes the focus only when it is clicked."""

    def __init__(self, presenter: LiveCalls, key: str = "") -> None:
        super().__init__()
        self._presenter = presenter
        self._said = column(gap=2)
        self._line = LineEdit("")
        self._line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._send = Button("", icon="message-circle", key=key)
        self._send.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line.returnPressed.connect(self._say)
        self._send.clicked.connect(self._say)
        line = row(self._line, self._send, gap=6)
        line.setStretch(0, 1)
        self.setLayout(column(self._said, line, gap=6))

    def show_call(self, call: CallView | None, *, asks: bool) -> None:
        """Show what was said on a call; without one there is nobody to talk to."""
        self.setVisible(call is not None)
        if call is None:
            return
        words = self.tr("Ask") if asks else self.tr("Answer back")
        self._send.set_label(words)
        self._line.setAccessibleName(words)
        self._line.setPlaceholderText(self.tr("Your question…") if asks else self.tr("Your answer…"))
        clear(self._said)
        for message in call.messages[-MOST:]:
            self._said.addWidget(Text(named(message.agent_name, message.body), Type.SMALL, "text2", wrap=True))

    def take_focus(self) -> None:
        """Go to the line: the agent pressed the key of asking."""
        self._line.setFocus()

    def _say(self) -> None:
        if self._line.text().strip():
            self._presenter.say(self._line.text())
            self._line.clear()
