"""Logs the stack of whatever blocks the window for more than 50 ms."""

import faulthandler
import logging
import tempfile
import threading
import time

from PySide6.QtCore import QObject, QTimer

BLOCKED_S = 0.05
_BEAT_MS = 20
_LOG = logging.getLogger("guichet.watchdog")


class Watchdog(QObject):
    """A heart that beats on the loop, and a thread that looks when it stops."""

    def __init__(self, parent: QObject, blocked_s: float = BLOCKED_S) -> None:
        super().__init__(parent)
        self._blocked_s = blocked_s
        self._beat_at = time.monotonic()
        self._watched = threading.get_ident()
        self._ended = threading.Event()
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch the thread that made the watchdog."""
        self._beat_at = time.monotonic()
        self._timer.start()
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._timer.stop()
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(1)

    def _beat(self) -> None:
        self._beat_at = time.monotonic()

    def _watch(self) -> None:
        told = 0.0
        while not self._ended.wait(self._blocked_s / 2):
            beat = self._beat_at
            stopped = time.monotonic() - beat
            if stopped > self._blocked_s + _BEAT_MS / 1000 and beat != told:
                told = beat
                _LOG.warning("the window has been blocked for %.0f ms:\n%s", stopped * 1000, _stack_of(self._watched))


def _stack_of(thread: int) -> str:
    """The stack of another thread, innermost first, without a hold on it.

    A frame that is kept here would let go of its painters and widgets in this thread, after the window went on: that
    ends the process.
    """
    with tempfile.TemporaryFile() as written:
        faulthandler.dump_traceback(written, all_threads=True)
        written.seek(0)
        stacks = written.read().decode(errors="replace").split("\n\n")
    mark = f"Thread 0x{thread:016x}"
    return next((stack.partition("\n")[2] for stack in stacks if stack.startswith(mark)), "")
