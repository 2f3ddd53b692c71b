"""My calls in the window: the missed ones apart, Enter calls back, and the case is one press away."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desk.call_log import CallsOf
from app.desk.live_calls import About
from app.desk.shell import Screen
from tests.helpers import sample, sample_board
from tests.helpers.gallery import settle
from tests.helpers.gallery_supervision import open_calls
from ui.call_log.call_log_view import CallLogView
from ui.runtime.application import Application

SIZE = (1640, 980)


async def test_enter_calls_the_other_side_back_about_the_same_case(qapp: Application) -> None:
    desk = await open_calls(SIZE)
    asked: list[tuple[str, About | None]] = []
    desk.calls.screens.call = lambda number, about=None: asked.append((number, about))  # type: ignore[method-assign]
    view = desk.window.findChildren(CallLogView)[0]
    view.table.list.setFocus()
    QTest.keyClick(view.table.list, Qt.Key.Key_Home)
    QTest.keyClick(view.table.list, Qt.Key.Key_Return)
    assert asked == [("+33612457890", About(sample.key("48213"), sample.CUSTOMERS[0].id))]
    desk.calls.log.choose(next(call.id for call in desk.calls.log.state.calls if not call.caller_number))
    QTest.keyClick(view.table.list, Qt.Key.Key_Return)
    assert len(asked) == 1
    assert not view._back.isEnabled()
    await desk.close()


async def test_missed_calls_stand_apart(qapp: Application) -> None:
    desk = await open_calls(SIZE)
    view = desk.window.findChildren(CallLogView)[0]
    view._kinds.picked.emit(CallsOf.MISSED)
    await settle(desk)
    assert {call.outcome for call in desk.calls.log.state.calls} == {
        "abandoned", "callback", "voicemail", "no_answer", "closed",
    }  # fmt: skip
    await desk.close()


async def test_the_case_of_a_call_is_opened_from_here(qapp: Application) -> None:
    desk = await open_calls(SIZE)
    desk.calls.log.choose(sample_board.past_calls()[0].id)
    view = desk.window.findChildren(CallLogView)[0]
    view._case.click()
    await settle(desk)
    assert desk.shell.state.screen is Screen.CASES
    assert desk.case.state.file is not None
    assert desk.case.state.file.case.number == 48213
    await desk.close()
