"""`build/run` on a screen of its own: its windows are looked at, clicked and typed in, its database is asked."""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from PySide6.QtGui import QImage

from app.settings.paths import profile_paths
from app.store.private_server import PrivateServer
from tests.helpers.display import virtual_display
from tests.helpers.folders import service_folder

ROOT = Path(__file__).resolve().parents[2]
KEYS = frozenset(
    {"F2", "F6", "F8", "Return", "ctrl+k", "ctrl+r", "ctrl+shift+n", "ctrl+shift+d", "ctrl+Return", "ctrl+shift+Return"}
)
ENTRIES = ("calls", "writes", "texts", "chats", "colleague")
_ICONS = range(20, 38)
"""The columns of the rail in which its icons, and at its foot the agent's picture, stand."""
_GRAB = (
    "import sys; from PySide6.QtGui import QGuiApplication; made = QGuiApplication([]); "
    "made.primaryScreen().grabWindow(0).save(sys.argv[1])"
)


class DemoDesks:
    """What a person does at the windows, and what the database says of it."""

    database: asyncpg.Connection

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self._folder = environment, folder

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

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Begin a program in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=self.environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    async def press(self, who: str, *keys: str) -> None:
        """Press keys in somebody's window."""
        await self._xdotool("search", "--sync", "--name", f"^{who} ", "windowactivate", "--sync")
        for key in keys:
            await self._xdotool("key" if key in KEYS else "type", key)
            await asyncio.sleep(0.3)  # a person does not type faster; the window has no other way to say it is ready

    async def click_demo(self, entry: str) -> None:
        """Click an entry of the demo's menu where it stands in the picture of the screen."""
        rows = _clusters(await self.picture(f"before-{entry}"))
        foot = next(at for at in reversed(range(len(rows))) if len(rows[at]) >= 25)  # the agent's picture
        lines = [one for one in rows[:foot] if len(one) > 3]  # no hairlines
        middle = lines[ENTRIES.index(entry) - len(ENTRIES)]
        await self._xdotool("mousemove", "90", str((middle.start + middle.stop) // 2), "click", "1")

    async def picture(self, name: str) -> QImage:
        """What stands on the screen."""
        file = self._folder / f"{name}.png"
        done = await asyncio.create_subprocess_exec(sys.executable, "-c", _GRAB, str(file), env=self.environment)
        assert await done.wait() == 0
        return QImage(str(file))

    async def row(self, sql: str, *values: object, within_s: float = 20) -> Any:
        """The first row of a question, waited for."""
        deadline = asyncio.get_running_loop().time() + within_s
        while (found := await self.database.fetchrow(sql, *values)) is None:
            if asyncio.get_running_loop().time() > deadline:
                await self.picture("failed")
                raise AssertionError(f"this did not come true: {sql} {values}")
            await asyncio.sleep(0.05)
        return found

    async def available(self, *names: str) -> None:
        """Wait until these agents can be rung."""
        await self.row(
            """SELECT FROM guichet.agent_states s JOIN guichet.agents a ON a.id = s.agent_id
               WHERE a.role_name = ANY ($1) AND s.state = 'available' HAVING count(*) = $2""",
            list(names), len(names), within_s=60,
        )  # fmt: skip

    async def _xdotool(self, *words: str) -> None:
        done = await asyncio.create_subprocess_exec("xdotool", *words, env=self.environment)
        assert await done.wait() == 0, words


@asynccontextmanager
async def demo_desk(agent: str, folder: Path) -> AsyncIterator[DemoDesks]:
    """`build/run` for one agent, without sound; pictures go to the folder."""
    with service_folder() as home, virtual_display("1640x1040") as display, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUICHET_HOME", str(home))
        environment = os.environ | {
            "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8",
            "PULSE_SERVER": "none",
        }  # fmt: skip
        paths = profile_paths("demo")
        server = PrivateServer(paths.data, paths.run, paths.cache)
        await asyncio.to_thread(server.start)
        world = DemoDesks(environment, folder)
        run = world.start("build/run.py", "--as", agent)
        try:
            await world.look_into(server)
            await world.available(agent)
            yield world
        finally:
            await world.database.close()
            run.terminate()
            await asyncio.to_thread(run.wait, 40)
            await asyncio.to_thread(server.stop)


def _clusters(screen: QImage) -> list[range]:
    """The rows of the rail in which something is drawn, those together that touch."""
    ground, found, began = screen.pixel(_ICONS.start - 6, screen.height() // 2), [], -1
    for y in range(screen.height()):
        drawn = any(_differs(screen.pixel(x, y), ground) for x in _ICONS)
        if drawn and began < 0:
            began = y
        elif not drawn and began >= 0:
            found.append(range(began, y))
            began = -1
    return found


def _differs(one: int, other: int) -> bool:
    return any(abs((one >> shift & 255) - (other >> shift & 255)) > 12 for shift in (0, 8, 16))
