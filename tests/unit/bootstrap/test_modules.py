"""What is read beside the window is read in one thread at a time."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap.modules import module

SLOW = "import time\nbegan = time.monotonic()\ntime.sleep(0.1)\nended = time.monotonic()\n"


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Two modules that are slow to read."""
    made = ("read_beside_the_window", "read_beside_it_too")
    for name in made:
        (tmp_path / f"{name}.py").write_text(SLOW)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield made
    for name in made:
        sys.modules.pop(name, None)


async def test_two_who_want_modules_do_not_read_at_the_same_time(names: tuple[str, str]) -> None:
    first, second = sorted(await asyncio.gather(*map(module, names)), key=lambda one: float(one.began))
    assert first.ended <= second.began
