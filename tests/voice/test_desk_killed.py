"""A real desk in a window is killed at every stage of a call: the call goes on, and the next desk has it again."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.domain.calls import Phase
from tests.helpers.display import virtual_display
from tests.voice.machine import Machine, machine_with
from tests.voice.parties import until
from tests.voice.scenes import STAGES, scene_of
from tests.voice.world import AgentDesk


@pytest.fixture(scope="module")
def machine(asterisk: Path) -> Iterator[Machine]:
    with machine_with(asterisk) as made:
        yield made


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with virtual_display() as display:
        yield display


@contextlib.asynccontextmanager
async def desk_of(machine: Machine, screen: str, agent: AgentDesk) -> AsyncIterator["RealDesk"]:
    """The real desk of an agent, at the phone that the test holds too."""
    desk = RealDesk(machine, screen, agent)
    await desk.start()
    try:
        yield desk
    finally:
        await desk.kill()


class RealDesk:
    """`guichet --agent …` on a screen, driven by keys."""

    def __init__(self, machine: Machine, screen: str, agent: AgentDesk) -> None:
        self._environment = machine.environment | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
        self._profile = machine.profile
        self._agent = agent
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it, and wait until its window is there."""
        self._process = await asyncio.to_thread(self._launch)
        await until(lambda: self._xdotool("search", "--name", "^Camille"), "the window of the desk", 20)

    async def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            await asyncio.to_thread(self._process.wait)
            self._process = None

    def press(self, key: str) -> None:
        """Press a key in its window, once it is there."""
        for window in self._xdotool("search", "--name", "^Camille").split()[-1:]:
            self._xdotool("windowactivate", "--sync", window)
            self._xdotool("key", key)

    def _launch(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "ui", "--profile", self._profile, "--agent", self._agent.desk.name]
        return subprocess.Popen(
            command, env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=os.environ | self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()


@pytest.mark.parametrize("stage", STAGES)
async def test_the_desk_is_killed_and_its_successor_has_the_call(
    machine: Machine, screen: str, folder: Path, stage: str
) -> None:
    async with scene_of(machine, folder, stage, machine.paths.run / "phone-camille") as scene:
        async with desk_of(machine, screen, scene.camille) as first:
            await first.kill()
            scene.still_there()
        if stage in {"ringing", "transferring"}:
            await scene.caller.hears_something()
        async with desk_of(machine, screen, scene.camille) as second:
            if stage == "ringing":
                await pressed_until(second, "F2", scene.camille.desk.talking)
                await scene.talks_with(scene.camille)
            elif stage == "talking":
                await scene.talks_with(scene.camille)
                await pressed_until(second, "F8", lambda: not scene.camille.desk.phone.snapshot.calls)
                await scene.camille.sees(scene.call_id, Phase.ENDED)
            elif stage == "consulting":
                await pressed_until(second, "F6", lambda: not scene.camille.desk.phone.snapshot.calls)
                await scene.talks_with(scene.julie)
            else:
                await scene.julie.answers()
                await scene.talks_with(scene.julie)


async def pressed_until(desk: RealDesk, key: str, holds: object, within_s: float = 10) -> None:
    """Press a key once the desk knows its call: again every second, since nothing tells from outside when it does."""
    async with asyncio.timeout(within_s):
        while not holds():  # type: ignore[operator]
            await asyncio.to_thread(desk.press, key)
            for _ in range(20):
                if holds():  # type: ignore[operator]
                    break
                await asyncio.sleep(0.05)
