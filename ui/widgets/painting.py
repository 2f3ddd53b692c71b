"""What several painted parts draw alike: boxes, the focus ring, keycaps, shadows."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPaintDevice, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme

_SIGNS = {"Return": "↵", "Enter": "↵", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


def key_text(key: str) -> str:
    """Return a key as it stands on a keycap, in the agent's language (`Ctrl+↵`, `Échap`)."""
    if not key:
        return ""
    *modifiers, last = key.split("+")
    if last in _SIGNS:
        shown = [QKeySequence(f"{name}+A").toString(QKeySequence.SequenceFormat.NativeText)[:-2] for name in modifiers]
        return "+".join([*shown, _SIGNS[last]])
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def make_painter(device: QPaintDevice) -> QPainter:
    """Return a painter with smooth edges and text."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def draw_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    border: QColor | None = None,
    width: float = 1,
) -> None:
    """Fill a rounded box and draw its border inside its own edge."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    half = width / 2
    painter.setPen(QPen(border, width))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def draw_focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """Show that the keyboard is here: two pixels of accent."""
    draw_box(painter, rect, radius, None, theme().colour("accent"), 2)


def shows_focus(widget: QWidget) -> bool:
    """Whether a ring is due: the widget has the focus, and the keyboard is what moves it in this window."""
    return widget.hasFocus() and widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def keycap_size(text: str) -> QSize:
    """Return the size of a keycap; a single letter keeps a minimum width."""
    metrics = QFontMetrics(theme().font(Type.CAPTION))
    return QSize(max(theme().px(22), metrics.horizontalAdvance(text) + 12), theme().px(19))


def draw_keycap(painter: QPainter, rect: QRectF, text: str, *, on: str = "surface", strong: bool = True) -> None:
    """Draw a keycap; `on` names what it lies on: `surface`, `primary`, `dark` or `bar`."""
    look = theme()
    if on == "surface":
        fill, border, ink = look.colour("sunk"), look.colour("border"), look.colour("text2")
    else:
        fill = QColor(0, 0, 0, 70 if on == "primary" else 45)
        border = QColor(255, 255, 255, 70)
        ink = QColor(255, 255, 255)
    draw_box(painter, rect, 5, fill, border if strong else None)
    painter.setFont(look.font(Type.CAPTION))
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def draw_shadow(painter: QPainter, card: QRectF, radius: float, spread: int = 14) -> None:
    """Draw a soft shadow round a card (on the frame behind it: an effect would blur the text)."""
    base = theme().colour("shadow")
    painter.save()
    round_it = QRegion(card.adjusted(-spread, -spread, spread, spread + 4).toAlignedRect())
    painter.setClipRegion(round_it - QRegion(card.adjusted(radius, radius, -radius, -radius).toRect()))
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(spread, 0, -2):
        shade = QColor(base)
        shade.setAlphaF(base.alphaF() * 0.20 * (1 - step / (spread + 2)))
        painter.setBrush(shade)
        painter.drawRoundedRect(card.adjusted(-step, -step + 4, step, step + 4), radius + step, radius + step)
    painter.restore()


def draw_check(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Draw a tick inside a box of 16 pixels."""
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    x, y, w = rect.x(), rect.y(), rect.width()
    painter.drawPolyline(
        [
            QPointF(x + w * 0.26, y + w * 0.52),
            QPointF(x + w * 0.43, y + w * 0.69),
            QPointF(x + w * 0.75, y + w * 0.33),
        ]
    )
