"""Lines to the outside come from the store: looked at by a button, used in their order, gone when they are removed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.calls import Phase
from app.domain.ids import new_id
from app.services.routing import TrunkLine
from app.store.routing import PostgresRouting
from app.switch.instance import AsteriskInstance
from tests.helpers.organisation import Vallon
from tests.voice.parties import customer_of
from tests.voice.world import World, open_world

OUTSIDE = "+33353010777"


@pytest.fixture
async def world(vallon: Vallon, instance: AsteriskInstance, folder: Path) -> AsyncIterator[World]:
    async with open_world(vallon, instance, folder) as made:
        yield made


async def test_a_line_is_looked_at_and_carries_calls_and_the_next_one_does_when_it_is_away(world: World) -> None:
    camille = await world.arrives("camille")
    store = PostgresRouting(world.vallon.as_agent("sofia")._database)
    async with customer_of(world.switch, OUTSIDE, reachable=True) as garage:
        away = TrunkLine(new_id(), "away", "127.0.0.1", 9, position=0)
        here = TrunkLine(new_id(), "operator", "127.0.0.1", world.switch.customer_port, position=1)
        for line in (away, here):
            await store.save_trunk(line)
        assert await _state(store, here) == "reachable"
        assert await _state(store, away) == "unreachable"
        await camille.desk.phone.dial(OUTSIDE)
        await garage.says(state="incoming")
        garage.do("answer")
        await garage.says(state="talking")
        call = (await camille.card()).id
        await camille.sees(call, Phase.TALKING)
        garage.do("hang-up")
        await camille.sees(call, Phase.ENDED)
    await store.look_at_trunk(here.id)
    assert await _state(store, replace(here, state="reachable")) == "unreachable", "nobody is at the other end any more"


async def _state(store: PostgresRouting, line: TrunkLine) -> str:
    """What the hub found, once it is another than before."""
    async with asyncio.timeout(45):
        while True:
            kept = next(one for one in await store.trunks() if one.id == line.id)
            if kept.state not in {"", line.state}:
                return kept.state
            await asyncio.sleep(0.1)
