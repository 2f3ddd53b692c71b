"""Real desks of agents, each a process of its own, as a test sits at them."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from tests.helpers.organisation import Vallon

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S, START_S = 20, 90
Seen = dict[str, Any]


class DeskOf:
    """One agent's desk: keys go to whatever has the focus there."""

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self.name, self._process = name, process

    async def do(self, *act: str) -> Seen:
        """An act, and what is seen after it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(act).encode() + b"\n")
        await self._process.stdin.drain()
        return await self.told(PATIENCE_S)

    async def told(self, within_s: float) -> Seen:
        """What is seen; an assertion where the desk is gone."""
        assert self._process.stdout is not None
        async with asyncio.timeout(within_s):
            line = await self._process.stdout.readline()
        assert line, f"the desk of {self.name} is gone"
        seen: Seen = json.loads(line)
        return seen

    async def kill(self) -> None:
        """Kill it with -9."""
        self._process.kill()
        await self._process.wait()

    async def press(self, key: str) -> Seen:
        """Press a key."""
        return await self.do("press", key)

    async def type(self, text: str) -> Seen:
        """Type where the focus is."""
        return await self.do("type", text)

    async def painted(self, text: str) -> Seen:
        """What is seen once this stands painted in the timeline."""
        return await self.until(lambda seen: text in seen["painted"])

    async def until(self, fits: Callable[[Seen], object]) -> Seen:
        """What is seen once it fits."""
        seen: Seen = {}
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not fits(seen := await self.do("look")):
                    await asyncio.sleep(0.03)
        except TimeoutError:
            raise AssertionError(f"{self.name} sees {seen}") from None
        return seen


@contextlib.asynccontextmanager
async def desks(vallon: Vallon, *names: str) -> AsyncIterator[dict[str, DeskOf]]:
    """Desks of these agents, who are available; ended with the block."""
    admin = vallon.admin
    url = f"postgresql://{admin.host}:{admin.port}/{admin.database}"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    started: dict[str, DeskOf] = {}
    processes: list[asyncio.subprocess.Process] = []
    try:
        for name in names:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.chat.chat_desk", url, name, vallon.password, env=environment, cwd=ROOT,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**20,
            )  # fmt: skip
            processes.append(process)
            started[name] = DeskOf(name, process)
        for desk in started.values():
            await desk.told(START_S)
            await desk.until(lambda seen: seen["state"])  # what she is was read: now it can be changed
            await desk.do("state", "available")
            await desk.until(lambda seen: seen["state"] == "available")
        yield started
    finally:
        for process in processes:
            if process.stdin is not None:
                process.stdin.close()
        for process in processes:
            try:
                async with asyncio.timeout(15):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
