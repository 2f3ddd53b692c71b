"""The composer of a live chat: whom it is with, what she is doing, the text, handing over, the end."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from app.desk.chatting import Chatting, ChattingState
from app.desk.composer import Composer, ComposerState
from ui.composer.channel_button import ChannelButton
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.inputs import TextArea
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Notice
from ui.widgets.pill import Pill
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say

SEND, SOLVE = "Return", "Ctrl+Shift+Return"
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class _Typing(TextArea):
    """The text itself: Enter says it, Shift+Enter begins a line."""

    def __init__(self, owner: "ChatComposer", placeholder: str) -> None:
        super().__init__(placeholder, lines=2, most_lines=8, bare=True)
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and modifiers in (Qt.KeyboardModifier.NoModifier, _CONTROL):
            self._owner.send()
        elif entered and modifiers == _CONTROL | _SHIFT:
            self._owner.solve()
        else:
            super().keyPressEvent(event)


class ChatComposer(Surface):
    """Shows the chat of the open case; every intent is the presenter's."""

    files_asked = Signal()
    hand_over_asked = Signal(object)

    def __init__(self, presenter: Chatting, composer: Composer, now: Callable[[], datetime]) -> None:
        super().__init__("card")
        self._presenter, self._now = presenter, now
        self._loads = -1
        self.channel = ChannelButton()
        self._with = Elided("", Type.BODY, "text2")
        self._place = Pill("", Tone.OK)
        self._hand_over = Button(self.tr("Hand over"), icon="arrow-right-left", height=28, role=Role.GHOST)
        self._hand_over.clicked.connect(lambda: self.hand_over_asked.emit(self._hand_over))
        self._end = Button(self.tr("End chat"), icon="x", height=28, role=Role.GHOST)
        self._end.clicked.connect(lambda: presenter.end("wait"))
        head = row(self.channel, self._with, self._place, self._hand_over, self._end, gap=10)
        head.setStretch(1, 1)
        self.text = _Typing(self, self.tr("Write to the visitor…"))
        self.text.setAccessibleName(self.tr("Text for the visitor"))
        self.text.textChanged.connect(lambda: presenter.type(self.text.toPlainText()))
        self.wrong = Notice("", Tone.BAD, "triangle-alert")
        self.types = Text("", Type.SMALL, "text2")
        clip = IconButton(self.tr("Attach a file"), "paperclip", size=28)
        clip.clicked.connect(self.files_asked)
        self._solve = Button(self.tr("End and solve"), icon="check", key=SOLVE)
        self._solve.clicked.connect(self.solve)
        self._send = Button(self.tr("Send"), icon="send", key=SEND, role=Role.PRIMARY)
        self._send.clicked.connect(self.send)
        foot = row(clip, self.types, STRETCH, self._solve, self._send)
        self.setLayout(column(head, hairline(), self.text, self.wrong, foot, gap=6, margins=(12, 8, 12, 10)))
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(lambda: self._show_types(presenter.state))
        self.destroyed.connect(presenter.subscribe(self.render_state))
        self.destroyed.connect(composer.subscribe(self._show_channels))

    def send(self) -> None:
        """Say what stands there now."""
        self._presenter.type(self.text.toPlainText())
        self._presenter.say()

    def solve(self) -> None:
        """Say what stands there, end the chat and solve its case."""
        self.send()
        self._presenter.end("solve")

    def hand_over(self) -> None:
        """Ask to whom."""
        self._hand_over.click()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._presenter.look(self.isActiveWindow())

    def render_state(self, state: ChattingState) -> None:
        """Show whom it is with, and what could not be done."""
        if state.loads != self._loads:
            self._loads = state.loads
            self.text.blockSignals(True)
            self.text.show_text(state.text)
            self.text.blockSignals(False)
        chat = state.chat
        if chat is not None:
            self._with.setText(self.tr("with {0}").replace("{0}", chat.name))
            here = chat.left_at is None
            self._place.show_state(self.tr("here") if here else self.tr("gone"), Tone.OK if here else Tone.NEUTRAL)
            if chat.noticed_at is not None:
                self._place.show_state(self.tr("ends soon"), Tone.WARN)
        self.wrong.setVisible(state.error is not None or state.waiting > 0)
        if state.error is not None:
            self.wrong.text.setText(say(state.error))
        elif state.waiting:
            self.wrong.text.setText(self.tr("The server is away: what you said is kept here and sent by itself."))
        for button in (self._send, self._solve, self._hand_over, self._end):
            button.setEnabled(state.live)
        self._show_types(state)

    def _show_types(self, state: ChattingState) -> None:
        chat, until = state.chat, state.types_until
        types = chat is not None and until is not None and until > self._now()
        said = self.tr("{0} is writing…").replace("{0}", chat.name) if types and chat is not None else ""
        if said != self.types.text():
            self.types.setText(said)
        if types:
            self._beat.start()
        else:
            self._beat.stop()

    def _show_channels(self, state: ComposerState) -> None:
        self.channel.show_channels(state.channel, state.channels)
