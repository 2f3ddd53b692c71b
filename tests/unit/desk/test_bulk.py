"""Several cases at once: each by its own rules, and taken back together."""

from dataclasses import replace
from uuid import UUID

from app.desk.bulk import Bulk
from app.domain.cases import Case, Category, Level
from app.domain.refusals import Refusal, Refused
from app.services.cases import CaseFile, Cases
from tests.helpers.sample import SampleStore, key

CASES = (key("48213"), key("48177"), key("48049"))


class Telling(SampleStore):
    """Remembers who was assigned, and refuses one case."""

    def __init__(self, refused: UUID | None = None) -> None:
        super().__init__()
        self.assigned: list[tuple[UUID, UUID | None]] = []
        self.saved: list[tuple[UUID, Category]] = []
        self._refused = refused

    async def assign_case(self, case_id: UUID, agent_id: UUID | None) -> None:
        if case_id == self._refused:
            raise Refused(Refusal.NOT_PERMITTED)
        self.assigned.append((case_id, agent_id))

    async def update_case(self, case: Case) -> Case:
        self.saved.append((case.id, case.category))
        return case


async def test_one_refused_case_does_not_hold_up_the_others_and_undo_takes_all_back() -> None:
    store = Telling(refused=CASES[1])
    bulk = Bulk(Cases(store))
    bulk.choose(CASES)
    bulk.assign(key("Nadia Benali"))
    await bulk.work.settle()
    assert bulk.state.said is not None
    assert bulk.state.said.details == {"done": 2, "all": 3}
    assert bulk.state.error is not None
    assert store.assigned == [(CASES[0], key("Nadia Benali")), (CASES[2], key("Nadia Benali"))]
    store.assigned.clear()
    bulk.undo()
    await bulk.work.settle()
    assert store.assigned == [(CASES[0], key("Camille Roy")), (CASES[2], None)]


async def test_each_case_gets_the_state_of_its_own_type_and_its_old_one_back() -> None:
    store = Telling()
    bulk = Bulk(Cases(store))
    bulk.choose(CASES[:2])
    bulk.set_category(Category.SOLVED)
    await bulk.work.settle()
    assert store.saved == [(CASES[0], Category.SOLVED), (CASES[1], Category.SOLVED)]
    bulk.undo()
    await bulk.work.settle()
    assert store.saved[2:] == [(CASES[0], Category.OPEN), (CASES[1], Category.WAITING_AGENT)]


async def test_cases_are_handed_over_together_but_for_those_that_are_there_already() -> None:
    store = SampleStore()
    bulk = Bulk(Cases(store))
    teams = {row.id: row.team_id for row in store.list}
    bulk.choose(CASES)
    bulk.hand_over(teams[CASES[0]])
    await bulk.work.settle()
    assert bulk.state.said is not None
    assert {row.team_id for row in store.list if row.id in CASES} == {teams[CASES[0]]}
    assert CASES[0] not in store.handed
    bulk.undo()
    await bulk.work.settle()
    assert {row.id: row.team_id for row in store.list} == teams


def test_one_case_is_no_bulk() -> None:
    bulk = Bulk(Cases(SampleStore()))
    bulk.choose(CASES[:1])
    assert bulk.state.chosen == ()


async def test_fields_and_tags_are_set_for_all_and_given_back_over_what_happened_since() -> None:
    class Kept(SampleStore):
        def __init__(self) -> None:
            super().__init__()
            self.cases: dict[UUID, Case] = {}

        async def case_file(self, case_id: UUID) -> CaseFile:
            file = await super().case_file(case_id)
            return replace(file, case=self.cases.get(case_id, file.case))

        async def update_case(self, case: Case) -> Case:
            self.cases[case.id] = case
            return case

    store = Kept()
    bulk = Bulk(Cases(store))
    bulk.choose(CASES[:2])
    bulk.change(priority=Level.URGENT)
    await bulk.work.settle()
    assert [store.cases[one].priority for one in CASES[:2]] == [Level.URGENT, Level.URGENT]
    bulk.add_tag("harvest")
    await bulk.work.settle()
    store.cases[CASES[0]] = replace(store.cases[CASES[0]], subject="Changed meanwhile")
    bulk.undo()
    await bulk.work.settle()
    first = store.cases[CASES[0]]
    assert (first.tags, first.priority, first.subject) == ((), Level.URGENT, "Changed meanwhile")
