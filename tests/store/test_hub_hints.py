"""What wakes the hub: every organisation's changes, those of one that is made while it runs too."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

from app.domain.agents import Agent, Role
from app.domain.ids import new_id
from app.domain.organisations import Organisation
from app.store.database import HUB_ROLE
from app.store.engine import connect
from app.store.hub_hints import hub_hints
from app.store.starter import make_starter_organisation
from tests.helpers.organisation import PASSWORD, Vallon


async def _until(hints: AsyncIterator[tuple[str, str]], word: str) -> str:
    async with asyncio.timeout(15):
        while (told := await anext(hints))[0] != word:
            pass
    return told[1]


async def test_an_organisation_that_is_made_while_the_hub_runs_is_heard(vallon: Vallon) -> None:
    hints = hub_hints(replace(vallon.admin, user=HUB_ROLE, password=PASSWORD))
    await _until(hints, "floor")
    second = Organisation(new_id(), "Coopérative Morin")
    chief = Agent(new_id(), "chief.morin", "Chief", Role.ADMINISTRATOR)
    await make_starter_organisation(vallon.admin, second, "+33380999999", chief, PASSWORD)
    await _until(hints, "floor")
    connection = await connect(vallon.admin)
    try:
        team = await connection.fetchval("SELECT id FROM teams WHERE organisation_id = $1 LIMIT 1", second.id)
        await connection.execute("SELECT guichet.hint($1, 'team ' || $2 || ' *')", second.id, str(team))
    finally:
        await connection.close()
    assert await _until(hints, "team") == str(team)
    await vallon.case()
    await _until(hints, "case")  # the first organisation's goes on
