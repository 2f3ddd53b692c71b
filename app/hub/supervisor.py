"""The hub's workers: started together, started again when one fails, ended together."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

RETRY_S = (0.5, 1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Worker:
    """Something the hub does for as long as it runs; when `run` fails it is called again after a while."""

    name: str
    run: Callable[[], Awaitable[None]]


def every(seconds: float, act: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """A worker's `run` that acts again and again with a pause in between."""

    async def run() -> None:
        while True:
            await act()
            await asyncio.sleep(seconds)

    return run


async def supervise(workers: tuple[Worker, ...]) -> None:
    """Run all workers until cancelled; one that fails does not touch the others."""
    async with asyncio.TaskGroup() as group:
        for worker in workers:
            group.create_task(_keep_running(worker), name=worker.name)


async def _keep_running(worker: Worker) -> None:
    failures = 0
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await worker.run()
        except Exception:
            log.exception("%s failed", worker.name)
        if asyncio.get_running_loop().time() - began > RETRY_S[-1]:
            failures = 0
        await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S) - 1)])
        failures += 1
