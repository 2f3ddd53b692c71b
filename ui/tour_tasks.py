"""The tour's tasks: the list with the week, a reminder call being planned, the card, and what is past due."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.desk.shell import Screen
from app.domain.tasks import TaskRow
from ui.desk import Desk
from ui.tour_scenes import Scene, Stage
from ui.widgets.wording import now_utc


async def tasks(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.shell.go(Screen.TASKS)
    await stage.settle()
    return desk.window


async def new_task(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("task.new")
    await stage.settle()
    return desk.window


async def schedule_reminder(stage: Stage) -> QWidget:
    desk = await stage.desk()
    desk.commands.run("task.remind")
    await stage.settle()
    return desk.window


async def reminder_card(stage: Stage) -> QWidget:
    desk = await stage.desk()
    row = (await _calls(stage))[1]
    due = now_utc() + timedelta(minutes=4, seconds=52)
    return await _ring(stage, desk, ringing=(replace(row, task=replace(row.task, due_at=due)),))


async def past_due_card(stage: Stage) -> QWidget:
    desk = await stage.desk()
    return await _ring(stage, desk, past_due=(await _calls(stage))[:1])


async def past_due(stage: Stage) -> QWidget:
    desk = await stage.desk()
    await _ring(stage, desk, past_due=(await _calls(stage))[:1])
    desk.tasks.open_past_due()
    await stage.settle()
    return desk.window


TASKS: tuple[Scene, ...] = (tasks, new_task, schedule_reminder, reminder_card, past_due_card, past_due)


async def _calls(stage: Stage) -> tuple[TaskRow, ...]:
    mine = await stage.lead.tasks.mine(50)
    return tuple(row for row in mine if row.customer_phone and row.task.due_at is not None)


async def _ring(stage: Stage, desk: Desk, **what: tuple[TaskRow, ...]) -> QWidget:
    desk.tasks.reminders.show(**what)
    await stage.settle()
    return desk.window
