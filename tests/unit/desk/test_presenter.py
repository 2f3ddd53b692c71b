"""Presenters tell their state, own their work, and merge bursts."""

import asyncio
from dataclasses import dataclass
from typing import Any

from app.desk.presenter import Presenter


@dataclass(frozen=True)
class State:
    count: int = 0


class Counting(Presenter[State]):
    async def slow(self, count: int) -> None:
        await asyncio.sleep(0)
        self.show(count=count)

    async def once_more(self) -> None:
        self.show(count=self.state.count + 1)

    async def fail(self) -> None:
        raise RuntimeError("a bug")


async def test_a_subscriber_is_told_now_and_at_each_change_only() -> None:
    presenter, told = Counting(State()), []
    end = presenter.subscribe(lambda state: told.append(state.count))
    presenter.show(count=1)
    presenter.show(count=1)
    end()
    presenter.show(count=2)
    assert told == [0, 1]


async def test_the_latest_of_a_name_wins() -> None:
    presenter, told = Counting(State()), []
    presenter.subscribe(lambda state: told.append(state.count))
    presenter.work.latest("search", presenter.slow(1))
    presenter.work.latest("search", presenter.slow(2))
    await presenter.work.settle()
    assert told == [0, 2]


async def test_a_burst_of_hints_is_read_once() -> None:
    presenter = Counting(State())
    for _ in range(20):
        presenter.work.merged("read", presenter.once_more)
    await presenter.work.settle()
    assert presenter.state.count == 1


async def test_an_unexpected_failure_reaches_the_loop() -> None:
    failures: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))
    presenter = Counting(State())
    presenter.work.start(presenter.fail(), "counting")
    await presenter.work.settle()
    await asyncio.sleep(0)
    assert [str(failure["exception"]) for failure in failures] == ["a bug"]


async def test_work_ends_with_its_presenter() -> None:
    presenter = Counting(State())
    task = presenter.work.start(asyncio.sleep(60))
    await presenter.close()
    assert task.cancelled()


async def test_a_hint_is_read_at_once_and_those_that_follow_together() -> None:
    presenter, told = Counting(State()), []
    presenter.work.merged("read", presenter.once_more)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert presenter.state.count == 1
    presenter.subscribe(lambda state: told.append(state.count))
    for _ in range(5):
        presenter.work.merged("read", presenter.once_more)
    assert presenter.state.count == 1
    await presenter.work.settle()
    assert told == [1, 2]
    presenter.work.merged("read", presenter.once_more)
    await presenter.work.settle()
    assert presenter.state.count == 3
