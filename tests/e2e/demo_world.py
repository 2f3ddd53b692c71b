"""The demo in real windows: build/run under Xvfb with the private PostgreSQL and Asterisk, pressed as by a person.

Each agent's headset is a null sink of a private sound server, and hums a tone of her own.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import numpy as np
import pytest

from app.domain.phone import DeviceChoice
from app.settings.paths import profile_paths
from app.store.private_server import PrivateServer
from tests.helpers.display import virtual_display
from tests.helpers.folders import service_folder
from tests.voice.hearing import TELEPHONE_RATE, heard
from tests.voice.sound_server import SoundServer
from ui.runtime.window_state import WindowState

ROOT = Path(__file__).resolve().parents[2]
CUSTOMER, CAMILLE, HUGO = 440, 620, 850
TONES = (CUSTOMER, CAMILLE, HUGO)
COLLEAGUE = "hugo.mercier"
KEYS = frozenset({"F2", "F6", "F8", "Return", "ctrl+k", "ctrl+r", "ctrl+Return", "ctrl+shift+n", "ctrl+shift+d"})


class World:
    """What the test looks at and presses: the windows, the sound of each desk, and the database."""

    database: asyncpg.Connection

    def __init__(self, environment: dict[str, str], sound: SoundServer) -> None:
        self._environment, self._sound = environment, sound

    async def look_into(self, server: PrivateServer) -> None:
        """Connect to the demo's database once it is there."""
        deadline = asyncio.get_running_loop().time() + 60
        while True:
            with contextlib.suppress(asyncpg.PostgresError):
                self.database = await asyncpg.connect(server.start().url("guichet"))
                if await self.database.fetchval("SELECT to_regclass('guichet.calls') IS NOT NULL"):
                    return
                await self.database.close()
            assert asyncio.get_running_loop().time() < deadline, "the demo organisation was not made"
            await asyncio.sleep(0.2)

    def start(self, agent: str, headset: str, *words: str) -> subprocess.Popen[bytes]:
        """Begin a program at an agent's desk, where her headset is known, in a process group of its own."""
        kept = WindowState(profile_paths("demo").data / "desk" / agent)
        kept.devices = DeviceChoice(headset, headset, headset)
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self._environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    async def press(self, who: str, *keys: str) -> None:
        """Press keys in somebody's window."""
        await self._xdotool("search", "--sync", "--name", f"^{who} ", "windowactivate", "--sync")
        for key in keys:
            await self._xdotool("key" if key in KEYS else "type", key)
            await asyncio.sleep(0.3)  # a person does not type faster; the window has no other way to say it is ready

    async def answers(self, who: str, agent: str) -> None:
        """Press F2 as a person does: once the card is there, and again when nothing happened."""
        for attempt in range(4):
            await asyncio.sleep(0.7)  # the time a person needs to see the card
            await self.press(who, "F2")
            try:
                await self.call_is(within_s=3, phase="talking", agent=agent)
            except AssertionError:
                if attempt == 3:
                    raise
            else:
                return

    async def call_is(self, within_s: float = 20, **wanted: object) -> Any:
        """The newest call once its row says this."""
        deadline = asyncio.get_running_loop().time() + within_s
        while True:
            found = await self.database.fetchrow(
                """SELECT c.*, a.role_name AS agent, x.number AS case_number,
                     (SELECT array_agg(r.role_name) FROM guichet.agents r WHERE r.id = ANY (c.ringing)) AS rung
                   FROM guichet.calls c LEFT JOIN guichet.agents a ON a.id = c.agent_id
                   LEFT JOIN guichet.cases x ON x.id = c.case_id ORDER BY c.started_at DESC LIMIT 1"""
            )
            if found is not None and all(found[name] == value for name, value in wanted.items()):
                return found
            assert asyncio.get_running_loop().time() < deadline, f"no call became {wanted}; the last is {found}"
            await asyncio.sleep(0.05)

    async def available(self, *names: str) -> None:
        """Wait until these agents can be rung."""
        deadline = asyncio.get_running_loop().time() + 60
        while True:
            ready = await self.database.fetchval(
                """SELECT count(*) FROM guichet.agent_states s JOIN guichet.agents a ON a.id = s.agent_id
                   WHERE a.role_name = ANY ($1) AND s.state = 'available'""", list(names),
            )  # fmt: skip
            if ready == len(names):
                return
            assert asyncio.get_running_loop().time() < deadline, f"{names} did not sit down"
            await asyncio.sleep(0.2)

    async def filed(self, *names: str) -> None:
        """File the calls of these agents as their desks would, so that they are available again."""
        for name in names:
            await self.press(name.split(".")[0].title(), "ctrl+shift+d", "Return")
        await self.available(*names)

    async def desk_hears(self, headset: str) -> set[int]:
        """Which tones come out of a desk's speaker."""
        samples = await asyncio.to_thread(self._sound.listen, headset, 0.8)
        return heard(samples, TELEPHONE_RATE, TONES)

    async def loudness(self, headset: str) -> float:
        samples = await asyncio.to_thread(self._sound.listen, headset, 1.5)
        return float(np.sqrt(np.mean(samples**2)))

    async def _xdotool(self, *words: str) -> None:
        done = await asyncio.create_subprocess_exec("xdotool", *words, env=self._environment)
        assert await done.wait() == 0, words


async def comes_to(ear: Callable[[], Awaitable[set[int]]], tones: set[int], within_s: float = 6) -> None:
    """Listen until an ear hears these tones and no others."""
    deadline = asyncio.get_running_loop().time() + within_s
    while (found := await ear()) != tones:
        assert asyncio.get_running_loop().time() < deadline, f"heard {found} and not {tones}"


@asynccontextmanager
async def the_demo(*, with_colleague: bool = True) -> AsyncIterator[World]:
    """`build/run` for Camille and, if wanted, a second desk for Hugo, each with a headset that hums."""
    sound = SoundServer()
    with service_folder() as home, virtual_display("1640x1040") as display, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUICHET_HOME", str(home))
        sound.start()
        for name, tone in (("camille", CAMILLE), ("hugo", HUGO)):
            sound.add_headset(name)
            sound.speak(name, tone)
        environment = os.environ | {
            "DISPLAY": display, "PULSE_SERVER": sound.address, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        paths = profile_paths("demo")
        server = PrivateServer(paths.data, paths.run, paths.cache)
        await asyncio.to_thread(server.start)
        world = World(environment, sound)
        started = [world.start("camille.roy", "camille", "build/run.py", "--as", "camille.roy")]
        try:
            await world.look_into(server)
            await world.available("camille.roy")
            if with_colleague:
                started.append(world.start(COLLEAGUE, "hugo", "-m", "ui", "--profile", "demo", "--agent", COLLEAGUE))
                await world.available("camille.roy", COLLEAGUE)
            yield world
        finally:
            await world.database.close()
            for process in reversed(started):
                process.terminate()
                await asyncio.to_thread(process.wait, 40)
            await asyncio.to_thread(server.stop)
            sound.close()
