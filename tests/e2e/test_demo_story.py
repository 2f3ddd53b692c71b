"""The main job in real windows: build/run, a customer calls, Camille answers by key, hands over, Hugo takes it.

Real parts throughout: the windows under Xvfb, their phones on null sinks of a private sound server, the private
PostgreSQL and Asterisk, a customer with a SIP user agent of her own. Each party hums a tone, or speaks.
"""

from pathlib import Path

import pytest

from app.settings.paths import profile_paths
from app.switch.instance import AsteriskInstance
from tests.e2e.demo_world import CAMILLE, CUSTOMER, HUGO, TONES, comes_to, the_demo
from tests.voice.parties import customer_of

AMELIE, CENTRE = "+33639987890", "+33353010450"


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
