"""The look in force: one per application, found by every painted part when it paints."""

from enum import StrEnum
from typing import ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPixmap
from PySide6.QtWidgets import QApplication

from ui.theme.fonts import Type, load_fonts, make_font
from ui.theme.icons import icon_pixmap
from ui.theme.palette import make_palette
from ui.theme.style_sheet import make_style_sheet
from ui.theme.tokens import RESOURCES, load_tokens


class Look(StrEnum):
    """What the agent chose; `SYSTEM` follows the desktop's own setting as it changes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Holds the colour table in force and puts it on the application."""

    changed = Signal()
    made: ClassVar["Theme | None"] = None

    def __init__(self, application: QApplication, look: Look = Look.SYSTEM) -> None:
        super().__init__(application)
        Theme.made = self
        self._application = application
        self._light, self._dark = load_tokens()
        self._look = look
        self.tokens = self._light
        self._fonts: dict[tuple[Type, bool], QFont] = {}
        self.scale = _system_scale(application)
        load_fonts(RESOURCES / "fonts")
        application.setStyle("Fusion")
        application.setFont(self.font(Type.BODY))
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def look(self) -> Look:
        """The choice, not its outcome."""
        return self._look

    @property
    def dark(self) -> bool:
        """Whether the dark table is in force."""
        return self.tokens is self._dark

    def choose(self, look: Look) -> None:
        """Change the look of the running desk."""
        self._look = look
        self._apply()

    def font(self, type_: Type, *, tabular: bool = False) -> QFont:
        """Return the (kept) font of a step of the scale."""
        key = (type_, tabular)
        if key not in self._fonts:
            self._fonts[key] = make_font(type_, self.scale, tabular=tabular)
        return self._fonts[key]

    def colour(self, name: str) -> QColor:
        """Return the colour of a token."""
        return QColor(getattr(self.tokens, name))

    def icon(self, name: str, token: str, size: int = 16) -> QPixmap:
        """Return an icon in the colour of a token."""
        return icon_pixmap(name, getattr(self.tokens, token), size)

    def px(self, value: int) -> int:
        """Return a height or width that grows with the text."""
        return round(value * self.scale)

    def _follow_system(self) -> None:
        if self._look is Look.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        system_dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = self._look is Look.DARK or (self._look is Look.SYSTEM and system_dark)
        self.tokens = self._dark if dark else self._light
        self._application.setPalette(make_palette(self.tokens))
        self._application.setStyleSheet(make_style_sheet(self.tokens))
        self.changed.emit()


def _system_scale(application: QApplication) -> float:
    """How much larger the desktop's text is than the toolkit's usual 9 to 11 points (1.0 to 2.0)."""
    points = application.font().pointSizeF()
    return min(2.0, max(1.0, points / 11.0)) if points > 0 else 1.0


def theme() -> Theme:
    """Return the application's theme; asking before it was made is a fault of the caller."""
    if Theme.made is None:
        raise RuntimeError("The theme is made with the application, before the first widget.")
    return Theme.made
