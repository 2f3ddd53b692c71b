"""The screen of cases: the list beside the case that is open."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme.theme import theme
from ui.widgets.card import Surface, hairline
from ui.widgets.layout import row

LIST_WIDTH, LIST_NEEDS = 340, 880


class CasesScreen(Surface):
    """The list beside the case; a panel that takes the room of both leaves the case alone."""

    def __init__(self, listed: QWidget, case: QWidget) -> None:
        super().__init__("bg")
        listed.setFixedWidth(theme().px(LIST_WIDTH))
        self._listed, self._edge = listed, hairline("hairline", vertical=True)
        layout = row(gap=0)
        layout.addWidget(listed)
        layout.addWidget(self._edge)
        layout.addWidget(case, 1)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme().px(LIST_NEEDS)
        self._listed.setVisible(wide)
        self._edge.setVisible(wide)
