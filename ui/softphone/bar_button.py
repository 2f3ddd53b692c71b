"""A button of the call bar: icon and key above, the word below, so that French fits."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_box, draw_keycap, key_text, keycap_size, make_painter, shows_focus

HEIGHT = 50


class BarButton(QPushButton):
    """Dark on the dark bar; `lit` is the one that moves the call, `red` the one that ends it."""

    def __init__(self, label: str, icon: str, key: str, *, kind: str = "") -> None:
        super().__init__()
        self._label, self._icon, self._key, self._kind = label, icon, key_text(key), kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_act(label, icon)

    def show_act(self, label: str, icon: str) -> None:
        """Change what the button does now (Hold becomes Resume)."""
        self._label, self._icon = label, icon
        self.setAccessibleName(label)
        self.setToolTip(f"{label}  {self._key}".rstrip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        above = 16 + 6 + keycap_size(self._key).width() if self._key else 16
        below = QFontMetrics(theme().font(Type.LABEL)).horizontalAdvance(self._label)
        return QSize(max(above, below) + 20, theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), make_painter(self)
        rect = QRectF(self.rect())
        fill = look.colour({"red": "hang_up", "lit": "on_call_bar"}.get(self._kind, "call_bar_raised"))
        if self.isDown():
            fill = fill.darker(115)
        elif self.underMouse():
            fill = fill.lighter(112) if self._kind != "lit" else fill.darker(104)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        draw_box(painter, rect, 8, fill)
        ink = "call_bar" if self._kind == "lit" else "on_call_bar"
        cap = keycap_size(self._key)
        width = 16 + (6 + cap.width() if self._key else 0)
        x = (self.width() - width) / 2
        painter.drawPixmap(round(x), 8, look.icon(self._icon, ink))
        if self._key:
            at = QRectF(x + 22, 7, cap.width(), cap.height())
            draw_keycap(painter, at, self._key, on="surface" if self._kind == "lit" else "bar")
        painter.setFont(look.font(Type.LABEL))
        painter.setPen(look.colour(ink))
        painter.drawText(
            QRect(0, self.height() - look.px(21), self.width(), look.px(17)), Qt.AlignmentFlag.AlignCenter, self._label
        )
        if shows_focus(self):
            draw_box(painter, rect.adjusted(2, 2, -2, -2), 6, None, QColor(255, 255, 255, 230), 1.5)
        painter.end()
