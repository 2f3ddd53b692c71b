"""Tasks and reminders: plan, take, do, postpone, and ring when a call was promised."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain import planned_time
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Task, TaskRow, TaskStatus


class TaskStore(Protocol):
    """Where tasks are kept."""

    async def my_tasks(self, limit: int) -> tuple[TaskRow, ...]: ...
    async def team_tasks(self, limit: int) -> tuple[TaskRow, ...]: ...
    async def tasks_between(self, start_at: datetime, end_at: datetime) -> tuple[TaskRow, ...]: ...
    async def task_row(self, task_id: UUID) -> TaskRow: ...
    async def reminders_until(self, until_at: datetime) -> tuple[TaskRow, ...]: ...
    async def insert_task(self, task: Task) -> Task: ...
    async def update_task(self, task: Task) -> Task: ...
    async def finish_task(self, task: Task, following: Task | None) -> Task: ...
    async def take_task(self, task_id: UUID) -> None: ...


class Tasks:
    """What an agent does with tasks; a time that does not exist is refused before it is stored."""

    def __init__(self, store: TaskStore) -> None:
        self._store = store
        self.mine = store.my_tasks
        self.of_my_teams = store.team_tasks
        self.between = store.tasks_between
        self.row = store.task_row
        self.reminders_until = store.reminders_until
        self.take = store.take_task

    async def create(self, task: Task) -> Task:
        return await self._store.insert_task(_checked(task))

    async def save(self, task: Task) -> Task:
        return await self._store.update_task(_checked(task))

    async def done(self, task: Task, outcome: str, next_id: UUID, now: datetime) -> Task:
        """Mark a task done; a recurring one comes back at its next time under `next_id`."""
        done = _checked(replace(task, status=TaskStatus.DONE, outcome=outcome))
        if task.local_at is None:
            return await self._store.finish_task(done, None)
        following = planned_time.next_after(task.local_at, task.recurrence, task.zone, now, task.month_day)
        if following is None:
            return await self._store.finish_task(done, None)
        fresh = replace(
            task,
            id=next_id,
            local_at=following,
            month_day=task.month_day or task.local_at.day,
            status=TaskStatus.PLANNED,
            attempts=0,
            outcome="",
            snoozed_until=None,
            cloned_from_id=task.id,
            version=1,
        )
        return await self._store.finish_task(done, fresh)

    async def take_back(self, before: Task, next_id: UUID | None) -> None:
        """Make a task again what it was before its last answer; what came back after it as `next_id` is called off."""
        current = (await self._store.task_row(before.id)).task
        if current.status is TaskStatus.CANCELLED:
            return
        await self._store.update_task(replace(before, version=current.version))
        if current.status is TaskStatus.DONE and before.recurrence and before.local_at and next_id is not None:
            following = (await self._store.task_row(next_id)).task
            await self._store.update_task(replace(following, status=TaskStatus.CANCELLED))

    async def no_answer(self, task: Task, next_local_at: datetime) -> Task:
        """Count an attempt and plan the next one."""
        again = replace(task, attempts=task.attempts + 1, local_at=next_local_at, month_day=0, snoozed_until=None)
        return await self._store.update_task(_checked(again))

    async def snooze(self, task: Task, until_at: datetime) -> Task:
        """Let the reminder ring again at an instant; the planned time stays."""
        return await self._store.update_task(replace(task, snoozed_until=until_at))


def _checked(task: Task) -> Task:
    title = " ".join(task.title.split())
    if not title:
        raise Refused(Refusal.REQUIRED, "title")
    if task.local_at is not None:
        planned_time.due_at(task.local_at, task.zone)
    return replace(task, title=title)
