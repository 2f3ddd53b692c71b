"""Real desks as processes: started on a screen, asked to do things, ended."""

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from tests.bench.ground_world import PROFILE, ROOT


@dataclass(frozen=True, slots=True)
class Started:
    """Milliseconds from the start of the process to what was painted."""

    first_ms: float
    shell_ms: float
    list_ms: float


class DeskProcess:
    """One desk; `started` tells how it began."""

    def __init__(self, process: asyncio.subprocess.Process, started: Started) -> None:
        self._process = process
        self.started = started

    async def ask(self, do: str, **more: object) -> Any:
        """Have something done and wait for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}).encode() + b"\n")
        return await _answer(self._process)

    async def end(self) -> None:
        """Close the window, so to speak."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), 20)
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


@asynccontextmanager
async def desk(agent: str, display: str, probe: str = "desk_probe") -> AsyncIterator[DeskProcess]:
    """A desk of an agent whose password this computer knows, on a screen; with her list painted."""
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"tests.bench.{probe}", "--profile", PROFILE, "--agent", agent, "--language", "en"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment,
        limit=2**24,
    )
    at = await _answer(process)
    started = Started(*(1000 * (at[name] - began) for name in ("first", "shell", "list")))
    running = DeskProcess(process, started)
    try:
        yield running
    finally:
        await running.end()


async def _answer(process: asyncio.subprocess.Process) -> Any:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 120)
    if not line:
        raise RuntimeError(f"a desk ended with code {await process.wait()}")
    return json.loads(line)
