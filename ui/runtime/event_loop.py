"""Runs the desk's coroutine on Qt's loop (qasync), and gives unexpected failures to one place."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QApplication

from ui.runtime.crash_report import CrashReport, report_of


def run(
    application: QApplication,
    desk: Callable[[], Coroutine[Any, Any, int]],
    crashed: Callable[[CrashReport], None],
) -> int:
    """Run until the desk's coroutine returns its exit code."""
    import qasync

    application.setQuitOnLastWindowClosed(False)  # the desk's coroutine says when it is over
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(lambda _, context: crashed(report_of(context.get("exception"), str(context["message"]))))
    with loop:
        return int(loop.run_until_complete(desk()))
