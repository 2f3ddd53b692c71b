"""Manage's voice pages in the window: fields that understand what people type, and Ctrl+S that saves the page."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.helpers.gallery import lay_out, settle
from tests.helpers.gallery_supervision import manage
from ui.administration.schedule_page import SchedulePage
from ui.runtime.application import Application
from ui.widgets.typed_lines import NumberLine, read_clock, read_day

SIZE = (1640, 980)


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("8", time(8)),
        ("8:30", time(8, 30)),
        ("8h30", time(8, 30)),
        ("18.05", time(18, 5)),
        ("25:00", None),
        ("x", None),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed: str, clock: time | None) -> None:
    assert read_clock(typed) == clock


async def test_a_day_is_read_in_the_agents_language(qapp: Application) -> None:
    assert read_day("2026-12-24") == date(2026, 12, 24)
    assert read_day("24/12/2026") is None
    qapp.speak("fr")
    assert read_day("24/12/2026") == date(2026, 12, 24)
    assert read_day("31/02/2026") is None


async def test_a_number_outside_its_limits_is_marked_and_not_told(qapp: Application) -> None:
    line = NumberLine(5, 120, 5)
    told: list[int] = []
    line.changed.connect(told.append)
    line.setText("4")
    line.textEdited.emit("4")
    assert (told, line.property("wrong")) == ([], "true")
    line.setText("30")
    line.textEdited.emit("30")
    QTest.keyClick(line, Qt.Key.Key_Up)
    assert told == [30, 35]
    line.deleteLater()


async def test_ctrl_s_saves_the_page_that_is_shown(qapp: Application) -> None:
    desk = await manage(SIZE, "schedules")
    desk.window.activateWindow()
    lay_out()
    page = desk.window.findChildren(SchedulePage)[0]
    page._line.setFocus()
    page._line.selectAll()
    QTest.keyClicks(page._line, "Winter")
    page._days[6].click()
    QTest.keyClick(page._line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await settle(desk)
    first = desk.managing.voice.schedules.state.items[0]
    assert (first.name, first.weekdays) == ("Winter", frozenset({6, 7}))
    assert not desk.managing.voice.schedules.state.changed
    await desk.close()


async def test_a_holiday_asks_for_days_only(qapp: Application) -> None:
    desk = await manage(SIZE, "schedules")
    page = desk.window.findChildren(SchedulePage)[0]
    assert page._hours.isVisible()
    page._kind.picked.emit("closed")
    await settle(desk)
    assert page._day_fields.isVisible()
    assert not page._hours.isVisible()
    assert not page._who.isVisible()
    await desk.close()
