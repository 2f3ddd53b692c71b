"""Buttons: label, icon and the key that does the same."""

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_box, draw_focus_ring, draw_keycap, key_text, keycap_size, make_painter, shows_focus


class Role(Enum):
    """How much a button asks for: one PRIMARY a context."""

    PRIMARY = "primary"
    PLAIN = "plain"
    GHOST = "ghost"
    LINK = "link"
    ANSWER = "answer"
    HANG_UP = "hang_up"
    REFUSE = "refuse"
    BAR = "bar"


_FILLED = {Role.PRIMARY: "primary", Role.ANSWER: "answer", Role.HANG_UP: "hang_up", Role.BAR: "call_bar_raised"}
_INK = {Role.LINK: "accent", Role.REFUSE: "bad"}


class Button(QPushButton):
    """A painted push button; its keycap is part of it, so that the key is learnt by looking."""

    def __init__(
        self,
        label: str,
        *,
        icon: str = "",
        key: str = "",
        drops: bool = False,
        role: Role = Role.PLAIN,
        height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = ""
        self._icon, self._key, self._role, self._drops = icon, key_text(key), role, drops
        self._height = height
        self.setFont(theme().font(Type.STRONG if role in _FILLED else Type.MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Change what the button says."""
        self._label = label
        self.setText(label.replace("&", "&&"))
        self.setAccessibleName(label)
        self.updateGeometry()
        self.update()

    def set_icon_name(self, icon: str) -> None:
        """Change the icon."""
        self._icon = icon
        self.update()

    def set_drops(self, drops: bool) -> None:
        """Show that a press opens a list, or that it does not."""
        self._drops = drops
        self.updateGeometry()
        self.update()

    @property
    def label(self) -> str:
        """What the button says."""
        return self._label

    def fill_width(self) -> "Button":
        """Take the whole width of the column."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return self

    def set_role(self, role: Role) -> None:
        """Change the weight of the button (Send is plain until the composer has the focus)."""
        self._role = role
        self.setFont(theme().font(Type.STRONG if role in _FILLED else Type.MEDIUM))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        padding = 0 if self._role is Role.LINK else 24
        return QSize(self._content_width() + padding, theme().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        rect = QRectF(self.rect())
        self._paint_box(painter, rect)
        if not self.isEnabled():
            painter.setOpacity(0.55)
        self._paint_content(painter)
        painter.setOpacity(1)
        if shows_focus(self):
            ring = rect if self._role not in _FILLED else rect.adjusted(2, 2, -2, -2)
            if self._role in _FILLED:
                draw_box(painter, ring, 6, None, QColor(255, 255, 255, 230), 1.5)
            else:
                draw_focus_ring(painter, ring, 8)
        painter.end()

    def _content_width(self) -> int:
        width = QFontMetrics(self.font()).horizontalAdvance(self._label) + 1
        if self._icon:
            width += 16 + (8 if self._label else 0)
        if self._key:
            width += keycap_size(self._key).width() + 10
        return width + (20 if self._drops else 0)

    def _paint_box(self, painter: QPainter, rect: QRectF) -> None:
        look = theme()
        hovered = self.underMouse() and self.isEnabled()
        if self._role in _FILLED:
            fill = look.colour(_FILLED[self._role])
            if not self.isEnabled():
                fill.setAlphaF(0.55)
            elif self.isDown():
                fill = fill.darker(118)
            elif hovered:
                fill = look.colour("primary_hover") if self._role is Role.PRIMARY else fill.lighter(112)
            draw_box(painter, rect, 8, fill)
        elif self._role in (Role.PLAIN, Role.REFUSE):
            fill = look.colour("hover" if hovered or self.isDown() else "surface")
            draw_box(painter, rect, 8, fill, look.colour("border"))
        elif self._role is Role.GHOST and (hovered or self.isDown()):
            draw_box(painter, rect, 8, look.colour("hover"))

    def _paint_content(self, painter: QPainter) -> None:
        look = theme()
        tint = "on_primary" if self._role in _FILLED else _INK.get(self._role, "text")
        x = (self.width() - self._content_width()) / 2
        middle = self.height() / 2
        if self._icon:
            painter.drawPixmap(round(x), round(middle - 8), look.icon(self._icon, tint))
            x += 24 if self._label else 16
        font = QFont(self.font())
        if self._role is Role.LINK and self.underMouse():
            font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(look.colour(tint))
        width = QFontMetrics(self.font()).horizontalAdvance(self._label) + 1
        painter.drawText(QRectF(x, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, self._label)
        if self._key:
            cap = keycap_size(self._key)
            at = QRectF(x + width + 9, middle - cap.height() / 2, cap.width(), cap.height())
            draw_keycap(painter, at, self._key, on="primary" if self._role in _FILLED else "surface")
        if self._drops:
            right = round((self.width() + self._content_width()) / 2)
            painter.drawPixmap(right - 14, round(middle - 7), look.icon("chevron-down", tint, 14))


class IconButton(QPushButton):
    """A square button of one icon; its name is its tooltip and what a screen reader says."""

    def __init__(
        self,
        name: str,
        icon: str,
        *,
        key: str = "",
        tint: str = "text2",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._tint = icon, tint
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {key_text(key)}".rstrip())
        self.setFixedSize(theme().px(size), theme().px(size))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = make_painter(self)
        rect = QRectF(self.rect())
        if self.isDown() or self.isChecked() or (self.underMouse() and self.isEnabled()):
            draw_box(painter, rect, 8, theme().colour("hover"))
        if not self.isEnabled():
            painter.setOpacity(0.5)
        at = round((self.width() - 16) / 2)
        painter.drawPixmap(at, at, theme().icon(self._icon, self._tint))
        if shows_focus(self):
            draw_focus_ring(painter, rect, 8)
        painter.end()
