"""The list reads only what a hint touches, and ends up as if it had read everything."""

from dataclasses import replace
from datetime import timedelta

from app.desk.case_list import CaseList
from app.domain.cases import CaseRow, Category
from app.domain.views import View, ViewKind
from app.services.cases import Cases
from tests.helpers.sample import SampleStore


class Counted(SampleStore):
    """Counts how it is read."""

    pages = 0

    async def case_page(self, *asked: object) -> tuple[CaseRow, ...]:
        self.pages += 1
        return await super().case_page(*asked)  # type: ignore[arg-type]


async def _open(kind: ViewKind = ViewKind.ALL) -> tuple[Counted, CaseList]:
    store = Counted()
    listed = CaseList(Cases(store), store, lambda _: None)
    listed.choose(View(kind))
    await listed.work.settle()
    return store, listed


async def test_a_touched_case_moves_changes_comes_and_goes() -> None:
    store, listed = await _open()
    last = store.list[-1]
    store.list.remove(last)
    store.list.insert(0, replace(last, preview="New words", activity_at=store.list[0].activity_at + timedelta(hours=1)))
    store.hint("follow_up", None, last.id)
    await listed.work.settle()
    assert [row.id for row in listed.state.rows] == [row.id for row in store.list]
    assert listed.state.rows[0].preview == "New words"
    gone = store.list.pop(1)
    store.hint("case", gone.id)
    await listed.work.settle()
    assert gone.id not in {row.id for row in listed.state.rows}
    store.list.insert(1, gone)
    store.hint("case", gone.id)
    await listed.work.settle()
    assert list(listed.state.rows) == store.list
    assert store.pages == 1
    await listed.close()


async def test_a_case_that_leaves_its_view_leaves_the_list() -> None:
    store, listed = await _open(ViewKind.MY_OPEN)
    mine = listed.state.rows[0]
    at = store.list.index(mine)
    store.list[at] = replace(mine, category=Category.SOLVED)
    store.hint("case", mine.id)
    await listed.work.settle()
    assert mine.id not in {row.id for row in listed.state.rows}
    await listed.close()


async def test_many_changes_and_unnamed_ones_read_the_list_again() -> None:
    store, listed = await _open()
    store.hint("case")
    await listed.work.settle()
    assert store.pages == 2
    store.hint("customer", None)
    await listed.work.settle()
    assert store.pages == 3
    await listed.close()
