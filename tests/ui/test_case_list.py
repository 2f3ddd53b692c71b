"""The list of a view: choosing another view opens nothing by itself on the way."""

from app.domain.views import View, ViewKind
from tests.helpers.gallery import open_desk, settle
from ui.objects.case_list import CaseListView
from ui.runtime.application import Application


async def test_rows_that_leave_open_no_case(qapp: Application) -> None:
    desk = await open_desk((1640, 980))
    listed = desk.window.findChildren(CaseListView)[-1]
    opened: list[object] = []
    desk.list._opened = opened.append
    for kind in (ViewKind.WAITING_CUSTOMER, ViewKind.ALL, ViewKind.UNASSIGNED, ViewKind.ALL):
        listed.list.setCurrentIndex(listed._model.index(listed._model.rowCount() - 1, 0))
        opened.clear()
        desk.shell.choose(View(kind))
        await settle(desk)
        assert opened == []
        assert listed._model.rowCount() == len(desk.list.state.rows)
    await desk.close()
