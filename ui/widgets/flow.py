"""Chips beside one another, going on in the next line when a line is full.

A widget that places its children, and no layout: a layout written in Python leaves items behind that Qt has deleted.
"""

from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Flow(QWidget):
    """Places widgets like words; the last one takes the rest of its line."""

    def __init__(self, last: QWidget, gap: int = 6) -> None:
        super().__init__()
        self._last, self._gap = last, gap
        self._before: list[QWidget] = []
        last.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_widgets(self, widgets: list[QWidget]) -> None:
        """Replace what stands before the last one; what stood there is deleted."""
        for widget in self._before:
            widget.hide()
            widget.deleteLater()
        self._before = widgets
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        # The keyboard goes through them as they stand.
        for one, other in pairwise([*widgets, self._last]):
            QWidget.setTabOrder(one, other)
        self._place(self.width(), move=True)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(240, self._place(max(self.width(), 240), move=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._last.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()  # another width, another number of lines: without it a dialog scrolls for nothing

    def _place(self, width: int, *, move: bool) -> int:
        x = y = tall = 0
        for widget in (*self._before, self._last):
            size, last = widget.sizeHint(), widget is self._last
            wide = widget.minimumSizeHint().width() if last else min(size.width(), width)
            if x > 0 and x + wide > width:
                x, y, tall = 0, y + tall + self._gap, 0
            if move:
                widget.setGeometry(x, y, max(wide, width - x) if last else wide, size.height())
            x += wide + self._gap
            tall = max(tall, size.height())
        return y + tall
