"""Manage: its own navigation at the left, one page at a time; a narrow window turns it into a list."""

from collections.abc import Hashable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget

from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.card import Scroll, SectionHeader, Surface, hairline
from ui.widgets.combo import Combo
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.options import Option
from ui.widgets.painting import draw_box, draw_focus_ring, make_painter, shows_focus
from ui.widgets.rows import draw_line

WIDTH, NARROW = 220, 1160


class _Page(QPushButton):
    """One page of Manage."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__()
        self._title, self._icon = title, icon
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(160, theme().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = make_painter(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        if on or self.underMouse():
            draw_box(painter, rect, 8, look.colour("accent_soft" if on else "hover"))
        painter.drawPixmap(10, self.height() // 2 - 8, look.icon(self._icon, "accent" if on else "text2"))
        room = QRect(36, 0, self.width() - 44, self.height())
        draw_line(painter, room, self._title, Type.STRONG if on else Type.MEDIUM, "accent" if on else "text")
        if shows_focus(self):
            draw_focus_ring(painter, rect, 8)
        painter.end()


class ManageView(Surface):
    """Holds the pages that the desk gives it: (key, title, icon, page)."""

    def __init__(self, pages: tuple[tuple[Hashable, str, str, QWidget], ...]) -> None:
        super().__init__("bg")
        self._stack = QStackedWidget()
        self._keys = [key for key, _, _, _ in pages]
        self._buttons: list[_Page] = []
        navigation = column(SectionHeader(self.tr("Manage")), 2, gap=2, margins=(12, 14, 12, 12))
        for key, title, icon, page in pages:
            button = _Page(title, icon)
            button.clicked.connect(lambda _, key=key: self.show_page(key))
            navigation.addWidget(button)
            self._buttons.append(button)
            self._stack.addWidget(page)
        navigation.addStretch(1)
        self._side = Surface("rail", column(Scroll(navigation, margins=(0, 0, 0, 0)), gap=0))
        self._side.setFixedWidth(theme().px(WIDTH))
        self._edge = hairline("hairline", vertical=True)
        self._options = tuple(Option(key, title, "", icon) for key, title, icon, _ in pages)
        self._list = Combo()
        self._list.setAccessibleName(self.tr("Manage"))
        self._list.setFixedWidth(theme().px(WIDTH + 56))
        self._list.picked.connect(self.show_page)
        strip = Surface(
            "surface", column(row(self._list, STRETCH, margins=(12, 8, 12, 8)), hairline("hairline"), gap=0)
        )
        self._strip = strip
        layout = row(gap=0)
        layout.addWidget(self._side)
        layout.addWidget(self._edge)
        layout.addLayout(column(strip, self._stack, gap=0), 1)
        self.setLayout(layout)
        if self._keys:
            self.show_page(self._keys[0])

    def show_page(self, key: Hashable) -> None:
        """Show one page."""
        at = self._keys.index(key)
        self._stack.setCurrentIndex(at)
        self._list.show_options(self._options, key)
        for number, button in enumerate(self._buttons):
            button.setChecked(number == at)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        wide = self.width() >= theme().px(NARROW)
        self._side.setVisible(wide)
        self._edge.setVisible(wide)
        self._strip.setVisible(not wide and len(self._buttons) > 1)
