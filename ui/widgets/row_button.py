"""A small card of two lines with an icon: a task, another case, a search result; pressing it opens the thing."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus
from ui.widgets.rows import draw_line


class RowButton(QPushButton):
    """Icon, title, second line; `still` ones only show."""

    def __init__(self, icon: str, title: str, second: str, *, tint: str = "text2", still: bool = False) -> None:
        super().__init__()
        self._icon, self._title, self._second, self._tint = icon, title, second, tint
        self.setAccessibleName(f"{title}, {second}")
        self.setToolTip(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._still = still
        if still:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(160, theme().px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, theme().px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect = QRectF(self.rect())
        hovered = self.underMouse() and not self._still
        draw_box(painter, rect, 8, look.colour("hover" if hovered else "surface"), look.colour("border"))
        middle = self.height() // 2
        painter.drawPixmap(12, middle - 8, look.icon(self._icon, self._tint))
        line = look.px(18)
        wide = self.width() - 50
        draw_line(painter, QRect(40, middle - line, wide, line), self._title, Type.STRONG)
        ink = self._tint if self._tint == "bad" else "text2"
        draw_line(painter, QRect(40, middle, wide, line), self._second, Type.SMALL, ink, tabular=True)
        if shows_focus(self):
            draw_focus_ring(painter, rect, 8)
        painter.end()
