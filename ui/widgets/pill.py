"""Pills say a state in icon, word and colour; chips filter; avatars stand for people."""

from zlib import crc32

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme.fonts import Type, make_font
from ui.theme.theme import theme
from ui.theme.tokens import Tone, tone_colours
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus

_AVATAR_TONES = (Tone.OK, Tone.WARN, Tone.VIOLET, Tone.CYAN, Tone.PINK)


def pill_size(text: str, icon: str = "") -> QSize:
    """Return the size a pill needs; it is never squeezed."""
    metrics = QFontMetrics(theme().font(Type.CAPTION, tabular=True))
    return QSize(metrics.horizontalAdvance(text) + 18 + (16 if icon else 0), theme().px(21))


def draw_pill(painter: QPainter, rect: QRect, text: str, tone: Tone, icon: str = "") -> None:
    """Draw a pill with tone and outline, so that it survives a selected row."""
    look = theme()
    ink, soft = tone_colours(look.tokens, tone)
    outline = QColor(ink)
    outline.setAlphaF(0.35 if tone is not Tone.NEUTRAL else 0.3)
    draw_box(painter, QRectF(rect), rect.height() / 2, QColor(soft), outline)
    left = rect.left() + 9
    if icon:
        token = "text2" if tone is Tone.NEUTRAL else tone.value
        painter.drawPixmap(left - 1, rect.center().y() - 5, look.icon(icon, token, 12))
        left += 15
    painter.setFont(look.font(Type.CAPTION, tabular=True))
    painter.setPen(QColor(ink))
    at = QRect(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Pill(QWidget):
    """A short state beside a title."""

    def __init__(self, text: str, tone: Tone = Tone.NEUTRAL, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone, icon)

    def show_state(self, text: str, tone: Tone = Tone.NEUTRAL, icon: str = "") -> None:
        """Change what the pill says."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._text, self._icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        draw_pill(painter, self.rect(), self._text, self._tone, self._icon)
        painter.end()


class Chip(QPushButton):
    """A filter that is on or off, with the count of what it shows."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._text = text
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme().font(Type.LABEL))
        return QSize(metrics.horizontalAdvance(self._text) + 24, theme().px(25))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        fill = look.colour("accent_soft" if on else "hover" if self.underMouse() else "surface")
        draw_box(painter, rect, rect.height() / 2, fill, look.colour("accent_soft" if on else "border"))
        painter.setFont(look.font(Type.LABEL if on else Type.SMALL, tabular=True))
        painter.setPen(look.colour("accent" if on else "text2"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._text)
        if shows_focus(self):
            draw_focus_ring(painter, rect, rect.height() / 2)
        painter.end()


def initials(name: str) -> str:
    """Return one or two capitals for a name (`GAEC des Tilleuls` gives `GT`)."""
    words = [word for word in name.split() if word[:1].isalnum()]
    marked = [word for word in words if word[0].isupper() or word[0].isdigit()] or words
    if not marked:
        return "?"
    return (marked[0][0] + (marked[-1][0] if len(marked) > 1 else "")).upper()


def draw_avatar(painter: QPainter, rect: QRect, name: str) -> None:
    """Draw the initials of a name in a disc whose colour stays with the name."""
    look = theme()
    tone = _AVATAR_TONES[crc32(name.encode()) % len(_AVATAR_TONES)]
    ink, soft = tone_colours(look.tokens, tone)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft))
    painter.drawEllipse(rect)
    font = make_font(Type.STRONG)
    font.setPixelSize(max(9, round(rect.height() * 0.36)))
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))


class Avatar(QWidget):
    """A person or an organisation, by initials."""

    def __init__(self, name: str, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Change who it stands for."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        draw_avatar(painter, self.rect(), self._name)
        painter.end()
