"""The card before the ring: a hand-over waits for its desk, and never longer than nobody would hear."""

import asyncio
from dataclasses import replace

from app.domain.effects import Ring
from app.domain.ids import new_id
from app.hub.cards import WAIT_S, Cards
from tests.unit.voice.test_recovery import CAMILLE, JULIE, WAITING

RINGS = (Ring("leg-1", 20, CAMILLE), Ring("leg-2", 20, JULIE))
HANDED = replace(WAITING, handed_by=new_id())


async def seconds_of(waiting: "asyncio.Task[None]") -> float:
    began = asyncio.get_running_loop().time()
    await waiting
    return asyncio.get_running_loop().time() - began


async def test_it_waits_for_every_desk_that_is_rung_and_no_longer() -> None:
    cards = Cards()
    agents = cards.expect(HANDED, RINGS)
    assert agents == (CAMILLE, JULIE)
    waiting = asyncio.create_task(cards.wait(HANDED.id, agents))
    cards.shown(HANDED.id, CAMILLE)
    await asyncio.sleep(0)
    assert not waiting.done()
    cards.shown(HANDED.id, JULIE)
    assert await seconds_of(waiting) < WAIT_S / 2
    cards.shown(HANDED.id, JULIE)  # once more, by a second desk


async def test_a_desk_that_is_not_there_is_waited_for_a_moment() -> None:
    cards = Cards()
    agents = cards.expect(HANDED, RINGS)
    assert await seconds_of(asyncio.create_task(cards.wait(HANDED.id, agents))) >= WAIT_S * 0.9


async def test_an_ordinary_call_rings_at_once() -> None:
    cards = Cards()
    assert cards.expect(WAITING, RINGS) == ()
    await cards.wait(WAITING.id, ())
