import gc
import logging
import threading
import time
from collections.abc import Iterator

import pytest

from app.phone.owner import OwnerThread


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    """The owner thread switches the collector off for its process; the tests want it back."""
    yield
    gc.enable()


def test_jobs_and_timers_run_in_one_thread_in_order() -> None:
    ran: list[str] = []
    threads: set[int] = set()
    done = threading.Event()

    def job(name: str) -> None:
        ran.append(name)
        threads.add(threading.get_ident())

    owner = OwnerThread(lambda: job("opened"), lambda: job("closing"))
    owner.start()

    def plan() -> None:
        owner.later(0.06, lambda: job("late"))
        owner.later(0.02, lambda: job("soon"))
        owner.later(0.08, done.set)
        job("planned")

    owner.post(plan)
    owner.post(lambda: job("posted"))
    assert done.wait(2)
    owner.stop()
    assert ran == ["opened", "planned", "posted", "soon", "late", "closing"]
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_a_failed_job_is_logged_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    ran = threading.Event()
    owner = OwnerThread(lambda: None, lambda: None)
    owner.start()

    def fail() -> None:
        raise ValueError("a job that fails")

    with caplog.at_level(logging.ERROR):
        owner.post(fail)
        owner.post(ran.set)
        assert ran.wait(2)
    owner.stop()
    assert "a job that fails" in caplog.text


def test_what_opening_raises_comes_out_of_start() -> None:
    def refuse() -> None:
        raise OSError("no sound")

    with pytest.raises(OSError, match="no sound"):
        OwnerThread(refuse, lambda: None).start()


def test_a_posted_job_does_not_wait_for_a_timer() -> None:
    ran = threading.Event()
    owner = OwnerThread(lambda: owner.later(60, lambda: None), lambda: None)
    owner.start()
    began = time.monotonic()
    owner.post(ran.set)
    assert ran.wait(2)
    assert time.monotonic() - began < 0.5
    owner.stop()
