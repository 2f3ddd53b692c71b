"""Tasks and reminders in the window: by key alone, and never taking the focus."""

import asyncio
import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.desk.shell import Screen
from app.desk.tasks import Scope
from app.domain.tasks import Recurrence, TaskKind, TaskRow, TaskStatus
from tests.helpers import sample
from tests.helpers.gallery import open_desk, settle
from ui.desk import Desk
from ui.runtime.application import Application
from ui.tasks.past_due import PastDueDialog
from ui.tasks.reminder_card import ReminderCard
from ui.tasks.task_dialog import TaskDialog
from ui.tasks.task_list import TaskListView
from ui.tasks.tasks_view import TasksView
from ui.tasks.week import placed
from ui.widgets.button import Button
from ui.widgets.notice import Toast
from ui.widgets.text import Text

SIZE = (1640, 980)


def store_of(desk: Desk) -> sample.SampleStore:
    feed = desk._services.feed
    assert isinstance(feed, sample.SampleStore)
    return feed


@pytest.mark.row("S5-24")
async def test_a_reminder_call_is_scheduled_in_two_acts(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    before = len(store_of(desk).planned)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.window, Qt.Key.Key_R, both)
    QTest.keyClick(QApplication.focusWidget() or desk.window, Qt.Key.Key_Return)
    await desk.window.findChildren(TaskDialog)[-1]._presenter.work.settle()
    await settle(desk)
    assert not desk.window.dialog_open()
    made = store_of(desk).planned[-1].task
    assert len(store_of(desk).planned) == before + 1
    assert (made.kind, made.case_id) == (TaskKind.CALL, sample.key("48213"))
    assert made.local_at == datetime(2026, 11, 23, 11, 15)
    await desk.close()


@pytest.mark.row("S5-25")
async def test_a_reminder_card_never_takes_the_focus_and_is_answered_by_key(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.window.activateWindow()
    desk.commands.run("case.note")
    typing = desk.window.focusWidget()
    row = next(row for row in store_of(desk).planned if row.task.kind is TaskKind.CALL)
    desk.tasks.reminders.show(ringing=(row,))
    await settle(desk)
    card = desk.window.findChildren(ReminderCard)[0]
    assert card.isVisible()
    assert desk.window.focusWidget() is typing
    QTest.keyClick(typing, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    await settle(desk)
    kept = next(one for one in store_of(desk).planned if one.task.id == row.task.id).task
    assert kept.attempts == 1
    assert desk.window.focusWidget() is typing
    await desk.close()


async def test_only_a_call_has_no_answer(qapp: Application) -> None:
    """Where the card has no such button, its key counts no attempt either."""
    desk = await open_desk(SIZE)
    row = next(row for row in store_of(desk).planned if row.task.kind is not TaskKind.CALL)
    desk.tasks.reminders.show(ringing=(row,))
    assert not desk.commands.run("reminder.no_answer")
    assert desk.commands.run("reminder.snooze")
    await settle(desk)
    await desk.close()


@pytest.mark.row("S5-25")
async def test_the_desktop_tells_a_reminder_too_unless_its_window_is_before_her(
    qapp: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, tool = tmp_path / "told", tmp_path / "notify-send"
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {told}.new\nmv {told}.new {told}\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    desk = await open_desk(SIZE)
    row = next(row for row in store_of(desk).planned if row.task.kind is TaskKind.CALL)
    row = replace(row, task=replace(row.task, title="--help <b>me</b>"))
    desk.window.activateWindow()
    desk.tasks.reminders.show(ringing=(row,))
    await settle(desk)
    desk.tasks.reminders.show(ringing=())
    assert not told.exists()

    monkeypatch.setattr(desk.window, "isActiveWindow", lambda: False)
    desk.tasks.reminders.show(ringing=(row,))
    async with asyncio.timeout(5):
        while not told.exists():
            await asyncio.sleep(0.02)
    words = told.read_text().splitlines()
    # A title is never an option of the command, whatever it begins with.
    assert words[-3:-1] == ["--", "--help <b>me</b>"]
    assert row.customer_name in words[-1]
    await desk.close()


@pytest.mark.row("S5-22")
async def test_a_task_is_ticked_off_in_the_list(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.shell.go(Screen.TASKS)
    await settle(desk)
    rows = desk.window.findChildren(TaskListView)[0].rows
    rows.setCurrentIndex(rows.model().index(1, 0))
    first = desk.tasks.list.state.chosen
    QTest.keyClick(rows, Qt.Key.Key_Space)
    await settle(desk)
    kept = next(row.task for row in store_of(desk).planned if row.task.id == first)
    assert kept.status is TaskStatus.DONE
    await desk.close()


async def test_a_double_press_or_a_right_one_on_the_box_ticks_no_second_task_off(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.shell.go(Screen.TASKS)
    await settle(desk)
    rows = desk.window.findChildren(TaskListView)[0].rows
    box = rows.visualRect(rows.model().index(1, 0)).topLeft() + QPoint(20, 20)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.RightButton, pos=box)
    await settle(desk)
    assert all(row.task.status is TaskStatus.PLANNED for row in store_of(desk).planned)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    await settle(desk)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box)  # the second press alone
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    await settle(desk)
    assert [row.task.status for row in store_of(desk).planned].count(TaskStatus.DONE) == 1
    assert desk.tasks.list.state.error is None
    await desk.close()


@pytest.mark.row("S5-23")
async def test_a_teams_task_is_taken_in_the_list(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    store = store_of(desk)
    row = store.planned[0]
    store.planned[0] = replace(row, task=replace(row.task, assignee_id=None))
    desk.shell.go(Screen.TASKS)
    await settle(desk)
    view = desk.window.findChildren(TasksView)[0]
    assert not view._take.isVisible()
    desk.tasks.list.choose(Scope.TEAMS)
    desk.tasks.list.select(row.task.id)
    await settle(desk)
    view._take.click()
    await settle(desk)
    assert store.planned[0].task.assignee_id == sample.key("Camille Roy")
    assert not view._take.isVisible()
    await desk.close()


async def test_two_agents_edit_the_same_task_and_nobodys_text_is_lost(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    store = store_of(desk)
    row = store.planned[0]
    dialog = desk.tasks.edit(row)
    assert isinstance(dialog, TaskDialog)
    await store.update_task(replace(row.task, title="Nadia's title", notes="Nadia's note"))
    dialog._presenter.fill(title="My title")
    dialog._presenter.save()
    await dialog._presenter.work.settle()
    assert dialog._clash.isVisible()
    assert "Nadia Benali" in dialog._clash.title.text()
    assert "My title" in dialog._clash.text.text()
    assert "Nadia&#x27;s title" in dialog._clash.text.text()
    dialog._presenter.keep_mine()
    await dialog._presenter.work.settle()
    kept = store.planned[0].task
    assert (kept.title, kept.notes) == ("My title", "Nadia's note")
    await desk.close()


async def test_what_both_chose_is_told_in_the_words_of_the_form(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    store = store_of(desk)
    row = store.planned[0]
    mine, hers = [a for a in store.kept.members(row.task.team_id) if a.active and a.id != row.task.assignee_id][:2]
    dialog = desk.tasks.edit(row)
    assert isinstance(dialog, TaskDialog)
    await store.update_task(replace(row.task, assignee_id=hers.id, reminder_minutes=None, recurrence=Recurrence.DAILY))
    dialog._presenter.fill(assignee_id=mine.id, reminder_minutes=30, recurrence=Recurrence.WEEKLY)
    dialog._presenter.save()
    await dialog._presenter.work.settle()
    said = dialog._clash.text.text()
    for words in ("For", mine.name, hers.name, "Reminder", "30 min before", "No reminder", "Every week", "Every day"):
        assert words in said
    assert str(mine.id) not in said
    dialog.reject()
    await settle(desk)
    await desk.close()


async def test_a_very_long_title_is_told_within_the_window(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    desk.tasks._saved(replace(store_of(desk).planned[0].task, title="Wanderarbeit " * 19))
    (toast,) = desk.window.findChildren(Toast)
    assert toast.width() < desk.window.width()
    await desk.close()


def test_tasks_at_the_same_hour_share_the_days_width() -> None:
    rows = sample.SampleStore().planned[:2]
    at = datetime(2026, 11, 25, 9, tzinfo=sample.NOW.tzinfo)
    both = tuple(replace(row, task=replace(row.task, due_at=at + timedelta(minutes=n))) for n, row in enumerate(rows))
    found = placed(both, date(2026, 11, 23), "Europe/Paris")
    assert [(one.day, one.lane, one.lanes) for one in found] == [(2, 0, 2), (2, 1, 2)]


async def test_whose_hours_and_whose_task_it_is_are_told_though_both_are_elsewhere(qapp: Application) -> None:
    """A colleague on an island planned it, in her hours, for somebody who has left the team since."""
    desk = await open_desk(SIZE)
    row = store_of(desk).planned[0]
    outside = next(agent for agent in sample.AGENTS if agent not in store_of(desk).kept.members(row.task.team_id))
    task = replace(row.task, zone="Indian/Reunion", assignee_id=outside.id)
    dialog = desk.tasks.edit(replace(row, task=task))
    assert isinstance(dialog, TaskDialog)
    assert "Indian/Reunion" in dialog._zone.currentText()
    assert dialog._who.currentText() == outside.name
    dialog._presenter.choose_zone("agent")
    assert "Indian/Reunion" not in dialog._zone.currentText()
    dialog.reject()
    await settle(desk)
    await desk.close()


async def test_a_task_without_a_date_shows_none_and_is_planned_from_now_on(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    row = store_of(desk).planned[0]
    dialog = desk.tasks.edit(replace(row, task=replace(row.task, local_at=None, due_at=None)))
    assert isinstance(dialog, TaskDialog)
    assert dialog._when.text() == "–"
    assert not dialog._presenter.state.task.local_at
    QTest.keyClick(dialog._when, Qt.Key.Key_Up)
    planned = dialog._presenter.state.task.local_at
    assert planned is not None
    assert abs(planned - datetime.now()) < timedelta(days=2)  # noqa: DTZ005 - wall time
    dialog._presenter.plan_tomorrow()
    assert "2026" in dialog._when.text()
    dialog.reject()
    await settle(desk)
    await desk.close()


async def test_outside_her_hours_the_list_of_what_came_due_asks_once_more(qapp: Application) -> None:
    """It closed, and nobody was called."""
    desk = await open_desk(SIZE)
    reminders = desk.tasks.reminders
    row = next(row for row in store_of(desk).planned if row.task.kind is TaskKind.CALL)
    called: list[TaskRow] = []
    reminders._call = called.append
    reminders.show(past_due=(replace(row, call_from="05:00", call_until="05:10"),))
    desk.tasks.open_past_due()
    dialog = desk.window.findChildren(PastDueDialog)[0]

    def call() -> Button:
        return [one for one in dialog.findChildren(Button) if one.accessibleName().startswith("Call ")][-1]

    call().click()
    await settle(desk)
    assert dialog.isVisible()
    assert call().label == "Call all the same"
    assert any("05:00" in one.text() for toast in desk.window.findChildren(Toast) for one in toast.findChildren(Text))
    call().click()
    await settle(desk)
    assert not desk.window.dialog_open()
    assert [one.task.id for one in called] == [row.task.id]
    await desk.close()


async def test_a_reminder_that_a_colleague_has_already_is_told_though_its_card_is_gone(qapp: Application) -> None:
    desk = await open_desk(SIZE)
    store = store_of(desk)
    row = next(row for row in store.planned if row.task.kind is TaskKind.CALL)
    desk.tasks.reminders.show(ringing=(replace(row, task=replace(row.task, assignee_id=None)),))
    index = store.planned.index(row)
    store.planned[index] = replace(row, task=replace(row.task, assignee_id=sample.key("Nadia Benali")))
    desk.commands.run("reminder.dial")
    await settle(desk)
    assert any(
        "Nadia Benali" in one.text() for toast in desk.window.findChildren(Toast) for one in toast.findChildren(Text)
    )
    assert desk.tasks.reminders.state.error is None
    await desk.close()
