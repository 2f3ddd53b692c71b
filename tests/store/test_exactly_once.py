"""A hub that is killed in the middle of its automations, again and again: nothing is done twice, nothing left out."""

import asyncio
import contextlib
import random

from app.domain.automations import Action, Does, Trigger, When
from tests.helpers.automation_hub import automation_hub
from tests.helpers.automations import engine_room, make_automation
from tests.helpers.organisation import Vallon

CASES, KILLS = 240, 6


async def test_kills_in_the_middle_double_nothing_and_skip_nothing(vallon: Vallon) -> None:
    note = await make_automation(vallon, Action(Does.ADD_NOTE, text="seen"), Action(Does.ADD_TAG, "seen"))
    chained = await make_automation(
        vallon, Action(Does.ADD_NOTE, text="tagged"), when=When(Trigger.UPDATED, "case.tags"), position=20
    )
    customer = await vallon.customer()
    async with engine_room(vallon) as room:
        made = asyncio.create_task(_make(vallon, customer.id))
        for _ in range(KILLS):
            hub = await automation_hub(vallon)
            await asyncio.sleep(random.uniform(0.05, 0.6))
            hub.kill()
            await hub.wait()
        await made
        hub = await automation_hub(vallon)
        try:
            async with asyncio.timeout(60):
                while len(await room.runs(note)) + len(await room.runs(chained)) < 2 * CASES:
                    await asyncio.sleep(0.1)
            await asyncio.sleep(0.5)  # nothing more comes
        finally:
            with contextlib.suppress(ProcessLookupError):
                hub.terminate()
            await hub.wait()
        notes = await room.rows("SELECT case_id, body, count(*) AS n FROM follow_ups GROUP BY 1, 2")
        assert len(notes) == 2 * CASES
        assert {row["n"] for row in notes} == {1}
        tags = await room.rows("SELECT count(*) AS n FROM cases WHERE tags = '{seen}'")
        assert tags[0]["n"] == CASES


async def _make(vallon: Vallon, customer: object) -> None:
    nadia = vallon.as_agent("nadia")
    for _ in range(CASES // 8):
        await nadia._database.write(
            "INSERT INTO cases (id, organisation_id, customer_id, subject, team_id) "
            "SELECT gen_random_uuid(), my_organisation(), :customer, 'Leak', :team FROM generate_series(1, 8)",
            customer=customer,
            team=vallon.teams["Contact centre"],
        )
        await asyncio.sleep(0.06)
