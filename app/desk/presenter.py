"""The base of every presenter: one frozen state, subscribers, intents as methods, owned asynchronous work."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Generic, TypeVar

S = TypeVar("S")
MERGE_S = 0.05


class Work:
    """Tasks that belong to a presenter and end with it; an unexpected failure reaches the loop's handler."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._merging: dict[str, asyncio.Task[None]] = {}
        self._asked: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {}

    def start(self, coroutine: Coroutine[Any, Any, None], name: str = "") -> asyncio.Task[None]:
        """Run in the background."""
        task = asyncio.get_running_loop().create_task(coroutine, name=name or None)
        self._tasks[task] = name
        task.add_done_callback(self._ended)
        return task

    def latest(self, name: str, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run in the background and give up an earlier one of this name (a search that was typed over)."""
        for task, other in tuple(self._tasks.items()):
            if other == name:
                task.cancel()
        return self.start(coroutine, name)

    def merged(
        self,
        name: str,
        read: Callable[[], Coroutine[Any, Any, None]],
        *,
        after_s: float = 0,
        pause_s: float = MERGE_S,
        rest: float = 0,
    ) -> None:
        """Run now (or `after_s`), and once more for all calls that come meanwhile or within the pause that follows.

        The pause is `pause_s`, or `rest` times what the run took where that is longer.
        """
        self._asked[name] = read
        if name not in self._merging:
            self._merging[name] = self.start(self._merge(name, after_s, pause_s, rest), name)

    async def settle(self) -> None:
        """Wait until nothing runs any more (for tests and the tour)."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def close(self) -> None:
        """Cancel what runs and wait for its end."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _merge(self, name: str, after_s: float, pause_s: float, rest: float) -> None:
        try:
            await asyncio.sleep(after_s)
            while name in self._asked:
                began = time.monotonic()
                await self._asked.pop(name)()
                await asyncio.sleep(max(pause_s, rest * (time.monotonic() - began)))
        finally:
            self._asked.pop(name, None)
            self._merging.pop(name, None)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            context = {"message": f"{task.get_name()} failed", "exception": error, "task": task}
            task.get_loop().call_exception_handler(context)


class Presenter(Generic[S]):
    """Holds what a view shows; views subscribe, and call intents."""

    def __init__(self, state: S) -> None:
        self._state = state
        self._listeners: list[Callable[[S], None]] = []
        self.work = Work()

    @property
    def state(self) -> S:
        """What is shown now."""
        return self._state

    def subscribe(self, listener: Callable[[S], None]) -> Callable[[], None]:
        """Show the state now and at every change; returns what ends the subscription."""
        self._listeners.append(listener)
        listener(self._state)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def show(self, **changes: object) -> None:
        """Replace parts of the state; nothing is told when nothing changed."""
        fresh = replace(self._state, **changes)  # type: ignore[type-var]
        if fresh == self._state:
            return
        self._state = fresh
        for listener in tuple(self._listeners):
            listener(fresh)

    async def close(self) -> None:
        """End all work and forget all views."""
        self._listeners.clear()
        await self.work.close()
