"""Cases handed over together and taken back, and the run log that does not grow for ever."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.desk.bulk import Bulk
from app.domain.automations import Action, Does, Trigger, When
from app.domain.conditions import Compare, How
from app.domain.refusals import Refusal, Refused
from app.services.cases import Cases
from app.store.engine import connect
from tests.helpers.automations import engine_room, make_automation
from tests.helpers.organisation import Vallon


async def test_several_cases_are_handed_over_together_and_come_back_as_they_were(vallon: Vallon) -> None:
    store, nadia = vallon.as_agent("nadia"), vallon.agents["nadia"]
    ids = (await vallon.case(), await vallon.case())
    await store.assign_case(ids[0], nadia)
    before = [await store.case(one) for one in ids]
    bulk = Bulk(Cases(store))
    bulk.choose(ids)
    bulk.hand_over(vallon.teams["Sales Dijon"])
    await bulk.work.settle()
    assert bulk.state.error is None
    there = [await store.case(one) for one in ids]
    assert [(one.team_id, one.assignee_id) for one in there] == [(vallon.teams["Sales Dijon"], None)] * 2
    bulk.undo()
    await bulk.work.settle()
    after = [await store.case(one) for one in ids]
    assert [(one.team_id, one.assignee_id, one.number_id) for one in after] == [
        (one.team_id, one.assignee_id, one.number_id) for one in before
    ]


async def test_what_somebody_has_taken_or_another_sent_does_not_come_back(vallon: Vallon) -> None:
    store = vallon.as_agent("nadia")
    taken, others = await vallon.case(), await vallon.case()
    for case, by in ((taken, store), (others, vallon.as_agent("camille"))):
        await by.hand_over_case(case, vallon.teams["Sales Dijon"], "")
    await vallon.as_agent("omar").assign_case(taken, vallon.agents["omar"])
    for case, reason in ((taken, Refusal.CHANGED_MEANWHILE), (others, Refusal.NOT_FOUND)):
        with pytest.raises(Refused) as refused:
            await store.take_back_case(case)
        assert refused.value.reason is reason
    late = await vallon.case()
    await store.hand_over_case(late, vallon.teams["Sales Dijon"], "")
    await _age(vallon, late)
    with pytest.raises(Refused) as refused:
        await store.take_back_case(late)
    assert refused.value.reason is Refusal.CHANGED_MEANWHILE


async def _age(vallon: Vallon, case: UUID) -> None:
    admin = await connect(vallon.admin)
    await admin.execute("UPDATE changes SET at = at - interval '11 minutes' WHERE record_id = $1", case)
    await admin.close()


async def test_the_run_log_is_forgotten_but_for_what_the_clock_did_to_a_case_that_stands_so(vallon: Vallon) -> None:
    async with engine_room(vallon) as room:
        seen = await make_automation(vallon, Action(Does.ADD_TAG, "seen"), when=When(Trigger.CREATED))
        by_hour = await make_automation(
            vallon, Action(Does.ADD_NOTE, text="Still here"), when=When(Trigger.HOURLY),
            condition=Compare("case.tags", How.IS, ("seen",)),
        )  # fmt: skip
        case = await vallon.case()
        await room.run()
        while await room.engine.look_at_clock():
            pass
        assert (len(await room.runs(seen)), len(await room.runs(by_hour))) == (1, 1)
        await room.database.write("UPDATE automation_runs SET at = at - interval '500 days'")
        assert await room.engine.forget_runs(600, 100) == 0
        assert await room.engine.forget_runs(400, 100) == 1
        assert (len(await room.runs(seen)), len(await room.runs(by_hour))) == (0, 1)
        # It moved since: that it was told of as it stood is no reason any more.
        store = vallon.as_agent("nadia")
        await store.update_case(replace(await store.case(case), subject="Moved"))
        assert await room.engine.forget_runs(400, 100) == 1
