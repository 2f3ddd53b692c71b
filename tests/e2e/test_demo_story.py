"""The main job in real windows: build/run, a customer calls, Camille answers by key, hands over, Hugo takes it.

Real parts throughout: the windows under Xvfb, their phones on null sinks of a private sound server, the private
PostgreSQL and Asterisk, a customer with a SIP user agent of her own. Each party hums a tone, or speaks.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.phone import DeviceChoice
from app.settings.paths import profile_paths
from app.store.private_server import PrivateServer
from app.switch.instance import AsteriskInstance
from tests.helpers.demo_desks import ROOT, DemoDesks
from tests.helpers.display import virtual_display
from tests.helpers.folders import service_folder
from tests.voice.hearing import TELEPHONE_RATE, heard
from tests.voice.parties import customer_of
from tests.voice.sound_server import SoundServer
from ui.runtime.window_state import WindowState

CUSTOMER, AMELIE, CENTRE = 440, "+33639987890", "+33353010450"
CAMILLE, HUGO = 620, 850
TONES = (CUSTOMER, CAMILLE, HUGO)


class World(DemoDesks):
    """The demo's desks with the sound of each."""

    def __init__(self, environment: dict[str, str], sound: SoundServer, folder: Path) -> None:
        super().__init__(environment, folder)
        self._sound = sound

    def lay_out(self, agent: str, headset: str) -> None:
        """An agent's desk knows her headset before it opens."""
        kept = WindowState(profile_paths("demo").data / "desk" / agent)
        kept.devices = DeviceChoice(headset, headset, headset)

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


async def comes_to(ear: Callable[[], Awaitable[set[int]]], tones: set[int], within_s: float = 6) -> None:
    """Listen until an ear hears these tones and no others."""
    deadline = asyncio.get_running_loop().time() + within_s
    while (found := await ear()) != tones:
        assert asyncio.get_running_loop().time() < deadline, f"heard {found} and not {tones}"


@asynccontextmanager
async def the_demo() -> AsyncIterator[World]:
    """`build/run` for Camille and Hugo, each with a headset that hums; who is named twice has one desk."""
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
        world = World(environment, sound, home)
        world.lay_out("camille.roy", "camille")
        world.lay_out("hugo.mercier", "hugo")
        run = world.start("build/run.py", "--as", "camille.roy", "hugo.mercier", "camille.roy")
        try:
            await world.look_into(server)
            await world.available("camille.roy", "hugo.mercier")
            yield world
        finally:
            await world.database.close()
            run.terminate()
            await asyncio.to_thread(run.wait, 40)
            await asyncio.to_thread(server.stop)
            sound.close()


@pytest.mark.row("S1-09", "S1-32", "S5-07", "S5-16")
async def test_a_customer_is_answered_and_handed_over_in_real_windows() -> None:
    async with the_demo() as world:
        address = AsteriskInstance(profile_paths("demo").data / "asterisk", Path()).address
        assert address is not None
        async with customer_of(address, AMELIE, name="Amélie Fontaine", tone=CUSTOMER) as amelie:
            amelie.do(f"call {CENTRE}")
            ringing = await world.call_is(phase="waiting", rung=["camille.roy"])
            assert ringing["case_number"] == 1001
            await world.answers("Camille", "camille.roy")
            await amelie.says(state="talking")
            await comes_to(lambda: world.desk_hears("camille"), {CUSTOMER})
            await comes_to(lambda: amelie.hears(TONES), {CAMILLE})

            await world.press("Camille", "ctrl+shift+n", "Leak is worse")
            await world.press("Camille", "F6", "beaune", "F6")
            moving = await world.call_is(phase="moving", rung=["hugo.mercier"])
            assert (moving["case_number"], moving["note"]) == (1001, "Leak is worse")
            await world.answers("Hugo", "hugo.mercier")
            await comes_to(lambda: world.desk_hears("hugo"), {CUSTOMER})
            await comes_to(lambda: amelie.hears(TONES), {HUGO})
            assert await world.desk_hears("camille") == set()
            await world.press("Hugo", "F8")
            await world.call_is(phase="ended")
            await amelie.says(state="ended")

        # The same by the demo's own menu: her telephone calls with a voice.
        await world.filed("camille.roy", "hugo.mercier")
        await world.press("Camille", "ctrl+k", "customer calls", "Return")
        await world.call_is(phase="waiting", rung=["camille.roy"])
        await world.answers("Camille", "camille.roy")
        assert await world.loudness("camille") > 0.01
        await world.press("Camille", "F8")
        await world.call_is(phase="ended")
