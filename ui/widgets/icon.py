"""An icon that follows the theme, and a keycap on its own."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import theme
from ui.widgets.painting import draw_keycap, key_text, keycap_size, make_painter


class Icon(QWidget):
    """A Lucide icon in the colour of a tint."""

    def __init__(self, name: str, tint: str = "text2", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tint, self._size = name, tint, size
        self.setFixedSize(size, size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tint: str) -> None:
        """Change the icon and its colour."""
        self._name, self._tint = name, tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        painter.drawPixmap(0, 0, theme().icon(self._name, self._tint, self._size))
        painter.end()


class KeyCap(QWidget):
    """The key of an action, shown beside it."""

    def __init__(self, key: str, parent: QWidget | None = None, *, on: str = "surface") -> None:
        super().__init__(parent)
        self._text, self._on = key_text(key), on
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return keycap_size(self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        draw_keycap(painter, QRectF(self.rect()), self._text, on=self._on)
        painter.end()
