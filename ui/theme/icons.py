"""Lucide icons, tinted when they are first needed and kept."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.tokens import RESOURCES

ICONS = RESOURCES / "icons"


@lru_cache(maxsize=128)
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def icon_pixmap(name: str, colour: str, size: int, ratio: float = 2.0) -> QPixmap:
    """Return the icon in a colour at `size` logical pixels, drawn at `ratio` times that."""
    svg = _source(ICONS / f"{name}.svg").replace("currentColor", colour)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def make_icon(name: str, colour: str, size: int = 16) -> QIcon:
    """Return the icon for parts of Qt that ask for a QIcon (menus, the window)."""
    return QIcon(icon_pixmap(name, colour, size))
