"""Runs the desk's coroutine on Qt's loop (qasync), and gives unexpected failures to one place."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from ui.runtime.crash_report import CrashReport, report_of

_WAKE = QEvent.Type(QEvent.registerEventType())


class _Ready(QObject):
    """What is to run in the next turn of Qt's loop, all of it by one posted event."""

    def __init__(self) -> None:
        super().__init__()
        self._handles: deque[asyncio.Handle] = deque()

    def add(self, handle: asyncio.Handle) -> None:
        if not self._handles:
            QCoreApplication.postEvent(self, QEvent(_WAKE), Qt.EventPriority.NormalEventPriority.value)
        self._handles.append(handle)

    def event(self, event: QEvent) -> bool:
        if event.type() is not _WAKE:
            return super().event(event)
        # What these call soon runs in the next turn, after input and paint, as asyncio has it.
        turn, self._handles = self._handles, deque()
        for handle in turn:
            if not handle.cancelled():
                handle._run()  # noqa: SLF001 - as every loop does it
        return True


class DeskLoop(qasync.QEventLoop):  # type: ignore[misc]
    """qasync's loop without a timer for each call: those cost the sign-in 0.2 s and each query some milliseconds."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._soon = _Ready()

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Context | None = None) -> asyncio.Handle:
        """Run in the next turn."""
        handle = asyncio.Handle(callback, args, self, context)
        self._soon.add(handle)
        return handle


def run(
    application: QApplication,
    desk: Callable[[], Coroutine[Any, Any, int]],
    crashed: Callable[[CrashReport], None],
) -> int:
    """Run until the desk's coroutine returns its exit code."""
    application.setQuitOnLastWindowClosed(False)  # the desk's coroutine says when it is over
    loop = DeskLoop(application)
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(lambda _, context: crashed(report_of(context.get("exception"), str(context["message"]))))
    with loop:
        return int(loop.run_until_complete(desk()))
