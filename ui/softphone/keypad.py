"""Keys for a menu that answers, and the number field for dialling."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.calls import LiveCalls
from app.desk.live_calls import LiveCallsState
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.inputs import LineEdit
from ui.widgets.text import Text

KEYS = "123456789*0#"
WIDTH, BELOW_TOP_BAR = 264, 72


class Keypad(Card):
    """F5 in a call: every key is sent as it is pressed (RFC 4733); Esc closes it."""

    def __init__(self, window: QWidget, presenter: LiveCalls) -> None:
        super().__init__("")
        self.heading = Text(self.tr("Keypad"), Type.HEADING)
        self.setParent(window)
        self._over, self._presenter = window, presenter
        self.sent = LineEdit(self.tr("Keys that you press"), icon="grip", height=36)
        self.sent.setAccessibleName(self.tr("Keys that you press"))
        self.sent.setReadOnly(True)
        keys = QGridLayout()
        keys.setSpacing(8)
        for place, key in enumerate(KEYS):
            button = Button(key, height=40).fill_width()
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, key=key: self.press(key))
            keys.addWidget(button, place // 3, place % 3)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.sent)
        self.body.addLayout(keys)
        self.setFixedWidth(theme().px(WIDTH))
        self.setFocusProxy(self.sent)
        self.sent.installEventFilter(self)
        self.hide()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def toggle(self) -> None:
        """Open over the call bar, or close."""
        if self.isVisible():
            self.hide()
            return
        self.sent.clear()
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, theme().px(BELOW_TOP_BAR))
        self.show()
        self.raise_()
        self.sent.setFocus()

    def press(self, key: str) -> None:
        """Send one key."""
        self._presenter.digits(key)
        self.sent.setText(self.sent.text() + key)

    def render_state(self, state: LiveCallsState) -> None:
        """Close with the call."""
        if state.front_leg is None:
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.text() and event.text() in KEYS:
            self.press(event.text())
        else:
            super().keyPressEvent(event)
