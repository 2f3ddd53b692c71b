"""Several cases at once on a real database, and taken back after automations answered what was done."""

from collections.abc import Callable

import pytest

from app.desk.bulk import Bulk
from app.domain.automations import Action, Does, Trigger, When
from app.domain.cases import Case, Category, Level
from app.services.cases import Cases
from tests.helpers.automations import engine_room, make_automation
from tests.helpers.organisation import Vallon


@pytest.mark.parametrize(
    ("act", "done", "undone"),
    [
        (lambda bulk: bulk.set_category(Category.SOLVED), lambda case: case.category is Category.SOLVED,
         lambda case: case.category is Category.OPEN),
        (lambda bulk: bulk.change(priority=Level.URGENT), lambda case: case.priority is Level.URGENT,
         lambda case: case.priority is Level.NORMAL),
        (lambda bulk: bulk.add_tag("harvest"), lambda case: "harvest" in case.tags,
         lambda case: "harvest" not in case.tags),
    ],
)  # fmt: skip
async def test_what_was_done_together_is_taken_back_and_what_answered_it_stays(
    vallon: Vallon, act: Callable[[Bulk], None], done: Callable[[Case], bool], undone: Callable[[Case], bool]
) -> None:
    await make_automation(vallon, Action(Does.ADD_TAG, "seen"), when=When(Trigger.UPDATED))
    nadia = vallon.as_agent("nadia")
    cases = [await vallon.case(assignee_id=vallon.agents["nadia"]) for _ in range(3)]
    bulk = Bulk(Cases(nadia))
    async with engine_room(vallon) as room:
        bulk.choose(tuple(cases))
        act(bulk)
        await bulk.work.settle()
        assert bulk.state.error is None
        await room.run()
        kept = [await nadia.case(case) for case in cases]
        assert all(done(case) and "seen" in case.tags for case in kept)
        bulk.undo()
        await bulk.work.settle()
        assert bulk.state.error is None
        kept = [await nadia.case(case) for case in cases]
        assert all(undone(case) and "seen" in case.tags for case in kept)
    await bulk.close()
