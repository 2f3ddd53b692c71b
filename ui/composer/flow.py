"""Chips beside one another, going on in the next line when a line is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays widgets out like words; the last one takes the rest of its line."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put a widget before the one that stands at a place."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        return QSize(
            max((item.minimumSize().width() for item in self._items), default=0),
            max((item.sizeHint().height() for item in self._items), default=0),
        )

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, tall = rect.x(), rect.y(), 0
        for number, item in enumerate(self._items):
            size = item.sizeHint()
            last = number == len(self._items) - 1
            wide = item.minimumSize().width() if last else size.width()
            if x > rect.x() and x + wide > rect.right() + 1:
                x, y, tall = rect.x(), y + tall + self._gap, 0
            if move:
                width = max(wide, rect.right() + 1 - x) if last else min(size.width(), rect.width())
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += (wide if last else size.width()) + self._gap
            tall = max(tall, size.height())
        return y + tall - rect.y()
