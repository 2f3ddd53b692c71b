"""The composer of an SMS: the number, the text, how many segments it takes, and three ways to send."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from app.desk.composer import Composer, ComposerState
from app.desk.texting import Texting, TextState
from app.domain.composing import Ending
from app.domain.phone_numbers import display
from app.domain.sms import Alphabet
from ui.composer.channel_button import ChannelButton
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.inputs import TextArea
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Notice
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say

SEND, WAIT, SOLVE = "Ctrl+Return", "Alt+Return", "Ctrl+Shift+Return"
_CONTROL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_ENDINGS = {_CONTROL: Ending.SEND, _ALT: Ending.WAIT, _CONTROL | _SHIFT: Ending.SOLVE}


class _Typing(TextArea):
    """The text itself; the keys of sending are the composer's."""

    def __init__(self, owner: "TextComposer", placeholder: str) -> None:
        super().__init__(placeholder, lines=3, most_lines=10, bare=True)
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers in _ENDINGS:
            self._owner.send(_ENDINGS[modifiers])
        else:
            super().keyPressEvent(event)


class TextComposer(Surface):
    """Shows the SMS of the open case; every intent is the presenter's."""

    def __init__(self, presenter: Texting, composer: Composer) -> None:
        super().__init__("card")
        self._presenter = presenter
        self._loads = -1
        self.channel = ChannelButton()
        self._to = Button("", height=28)
        self._to.clicked.connect(lambda: self.numbers_menu().popup(self._to.mapToGlobal(QPoint(0, self.height() + 4))))
        self._from = Elided("", Type.SMALL, "text2")
        head = row(self.channel, Text(self.tr("To"), Type.BODY, "text2"), self._to, self._from, gap=10)
        head.setStretch(3, 1)
        self.text = _Typing(self, self.tr("Write your SMS…"))
        self.text.setAccessibleName(self.tr("Text of the SMS"))
        self.text.textChanged.connect(lambda: presenter.type(self.text.toPlainText()))
        self.counted = Text("", Type.SMALL, "text2")
        self._hint = Elided("", Type.SMALL, "text3")
        counts = row(self.counted, self._hint, gap=10)
        counts.setStretch(1, 1)
        self.wrong = Notice("", Tone.BAD, "triangle-alert")
        self._send_later = Button(self.tr("Send and wait"), icon="clock", key=WAIT)
        self._send_solve = Button(self.tr("Send and solve"), icon="check", key=SOLVE)
        self._send = Button(self.tr("Send"), icon="send", key=SEND, role=Role.PRIMARY)
        for button, ending in (
            (self._send_later, Ending.WAIT),
            (self._send_solve, Ending.SOLVE),
            (self._send, Ending.SEND),
        ):
            button.clicked.connect(lambda _=False, ending=ending: self.send(ending))
        foot = row(STRETCH, self._send_later, self._send_solve, self._send)
        self.setLayout(column(head, hairline(), self.text, counts, self.wrong, foot, gap=6, margins=(12, 8, 12, 10)))
        self.destroyed.connect(presenter.subscribe(self.render_state))
        self.destroyed.connect(composer.subscribe(self._show_channels))

    def send(self, ending: Ending) -> None:
        """Send what stands there now."""
        self._presenter.type(self.text.toPlainText())
        self._presenter.send(ending)

    def numbers_menu(self) -> QMenu:
        """Make the menu of her numbers."""
        menu = QMenu(self)
        for number in self._presenter.state.numbers:
            shown = display(number.e164, self._presenter.state.region)
            words = f"{shown} · {number.label}" if number.label else shown
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, to=number.e164: self._presenter.choose(to))
        return menu

    def render_state(self, state: TextState) -> None:
        """Show the SMS, and what it takes."""
        if state.loads != self._loads:
            self._loads = state.loads
            self.text.blockSignals(True)
            self.text.show_text(state.text)
            self.text.blockSignals(False)
        # As it was typed; one that came as an SMS did was typed by nobody.
        typed = (one.typed for one in state.numbers if one.e164 == state.to and one.typed != one.e164)
        shown = next(typed, display(state.to, state.region))
        self._to.set_label(shown)
        self._to.set_drops(len(state.numbers) > 1)
        self._to.setAccessibleName(self.tr("To the number {0}").replace("{0}", shown))
        self._to.setEnabled(len(state.numbers) > 1)
        sender = state.sender
        said = self.tr("from {0} · {1}")
        number = display(sender.number, state.region) if sender else ""
        self._from.setText(said.replace("{0}", number).replace("{1}", sender.team_name) if sender else "")
        self._show_count(state)
        self.wrong.setVisible(state.error is not None or state.too_long)
        if state.error is not None:
            self.wrong.text.setText(say(state.error))
        elif state.too_long:
            self.wrong.text.setText(self.tr("An SMS has ten segments at most: shorten it, or write a mail."))
        for button in (self._send, self._send_solve, self._send_later):
            button.setEnabled(state.ready)

    def _show_count(self, state: TextState) -> None:
        count = state.count
        parts = self.tr("%n segment(s)", "", count.count)
        left = self.tr("%n character(s) left", "", count.left)
        self.counted.setText(f"{parts} · {left}")
        wide = count.alphabet is Alphabet.UCS2
        self._hint.setText(
            self.tr("“{0}” makes segments of 70 characters instead of 160").replace("{0}", count.odd) if wide else ""
        )

    def _show_channels(self, state: ComposerState) -> None:
        self.channel.show_channels(state.channel, state.channels)
