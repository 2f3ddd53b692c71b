"""The one thread that owns pjsua2's objects: it runs what is posted to it, one after the other."""

from __future__ import annotations

import gc
import heapq
import itertools
import logging
import queue
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

_COLLECT_EVERY_S: Final = 30.0


class OwnerThread:
    """A queue of jobs and a list of timers, worked off by one thread that ends with `stop`.

    It also runs the garbage collector, which is switched off elsewhere: collected in a thread that pjsua2
    does not know, a dead Call would end the process.
    """

    def __init__(self, opened: Callable[[], None], closing: Callable[[], None]) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._opened = opened
        self._closing = closing
        self._stopping = False
        self._failure: BaseException | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="phone-owner")

    def start(self) -> None:
        """Run `opened` in the thread; raises what it raised."""
        gc.disable()
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Run `closing` in the thread and wait for its end."""
        self.post(self._stop)
        self._thread.join()

    def post(self, job: Callable[[], None]) -> None:
        """Run `job` in the thread soon; from any thread."""
        self._jobs.put(job)

    def later(self, delay_s: float, job: Callable[[], None]) -> None:
        """Run `job` in the thread after `delay_s`; from the thread itself."""
        heapq.heappush(self._timers, (time.monotonic() + delay_s, next(self._numbers), job))

    def _stop(self) -> None:
        self._stopping = True

    def _run(self) -> None:
        try:
            self._opened()
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits in start()
            self._failure = error
            self._ready.set()
            return
        self._ready.set()
        self.later(_COLLECT_EVERY_S, self._collect)
        while not self._stopping:
            self._work(self._next_job())
        self._work(self._closing)

    def _next_job(self) -> Callable[[], None]:
        due = self._timers[0][0]
        now = time.monotonic()
        if due > now:
            try:
                return self._jobs.get(timeout=due - now)
            except queue.Empty:
                return self._next_job()
        return heapq.heappop(self._timers)[2]

    def _work(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Exception:
            # One failed job must not end the phone: other calls are live.
            log.exception("a job of the phone's engine failed")

    def _collect(self) -> None:
        gc.collect()
        self.later(_COLLECT_EVERY_S, self._collect)
