"""Workers of the hub look seldom while nothing changes, and at once when something does."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.hub import bell as bell_module
from app.hub.bell import Bell

FOR_EVER_S, SOON_S = 3600.0, 5.0


class Hints:
    """Hints by hand."""

    def __init__(self) -> None:
        self._told: asyncio.Queue[str] = asyncio.Queue()

    def tell(self) -> None:
        self._told.put_nowait("case")

    async def __call__(self) -> AsyncIterator[str]:
        while True:
            yield await self._told.get()


async def test_where_no_bell_hangs_workers_look_as_often_as_ever() -> None:
    await asyncio.wait_for(Bell().pause(0.0, FOR_EVER_S), SOON_S)


async def test_a_worker_that_rests_is_woken_by_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell_module, "BUSY_S", 0.0)
    hints, bell = Hints(), Bell()
    ringing = asyncio.create_task(bell.ring_for(hints()))
    hints.tell()
    await asyncio.sleep(0.01)
    resting = [asyncio.create_task(bell.pause(0.0, FOR_EVER_S)) for _ in range(2)]
    await asyncio.sleep(0.05)
    assert not any(task.done() for task in resting)
    hints.tell()
    await asyncio.wait_for(asyncio.gather(*resting), SOON_S)
    ringing.cancel()


@pytest.fixture
async def rung() -> AsyncIterator[tuple[Bell, asyncio.Task[None]]]:
    """A bell that hangs and rang a moment ago, and what rings it."""
    hints, bell = Hints(), Bell()
    ringing = asyncio.create_task(bell.ring_for(hints()))
    hints.tell()
    await asyncio.sleep(0.01)
    yield bell, ringing
    ringing.cancel()


async def test_a_change_beside_a_look_is_looked_at_again_soon(rung: tuple[Bell, asyncio.Task[None]]) -> None:
    """What rang while the worker was looking may not have been seen by it: it does not rest yet."""
    await asyncio.wait_for(rung[0].pause(0.0, FOR_EVER_S), SOON_S)


async def test_a_bell_that_fell_down_makes_nobody_wait(
    rung: tuple[Bell, asyncio.Task[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bell, ringing = rung
    monkeypatch.setattr(bell_module, "BUSY_S", 0.0)
    ringing.cancel()
    await asyncio.gather(ringing, return_exceptions=True)
    await asyncio.wait_for(bell.pause(0.0, FOR_EVER_S), SOON_S)
