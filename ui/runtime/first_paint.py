"""Notices the first paint of a window, for the benchmark and the log."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Calls `painted` once, when the window has been painted for the first time."""

    def __init__(self, window: QWidget, painted: Callable[[], None]) -> None:
        super().__init__(window)
        self._painted: Callable[[], None] | None = painted
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._painted is not None:
            painted, self._painted = self._painted, None
            QTimer.singleShot(0, painted)  # after this paint, not before it
            watched.removeEventFilter(self)
        return False
