"""A key that can be changed: press the button, then the new key; Esc leaves it as it was."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.widgets.painting import draw_focus_ring, draw_keycap, key_text, keycap_size, make_painter, shows_focus

_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_SMALLEST = QSize(32, 24)


class KeyButton(QAbstractButton):
    """Shows a key; `pressed_key` brings the one that should take its place, as QKeySequence writes it."""

    pressed_key = Signal(str)

    def __init__(self, key: str, name: str) -> None:
        super().__init__()
        self._key = key
        self._listens = False
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._listen)

    def show_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self._listen(False)

    def _listen(self, on: bool) -> None:
        self._listens = on
        self.setChecked(on)
        self.updateGeometry()
        self.update()

    @property
    def _shown(self) -> str:
        return self.tr("press a key…") if self._listens else key_text(self._key) or "–"

    def event(self, event: QEvent) -> bool:
        # A shortcut of the window would otherwise take the key before it comes here.
        if self._listens and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self._listens and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS:
            return
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._listen(False)
            return
        self._listen(False)
        self.pressed_key.emit(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._listen(False)
        super().focusOutEvent(event)

    def sizeHint(self) -> QSize:
        return keycap_size(self._shown).expandedTo(_SMALLEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        size = keycap_size(self._shown)
        cap = QRectF(self.width() - size.width(), (self.height() - size.height()) / 2, size.width(), size.height())
        draw_keycap(painter, cap, self._shown, on="surface")
        if self._listens or shows_focus(self):
            draw_focus_ring(painter, cap, 5)
        painter.end()
