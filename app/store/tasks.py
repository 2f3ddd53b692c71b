"""Tasks and their reminders in the store."""

import json
from datetime import datetime
from uuid import UUID

from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Task, TaskRow
from app.store import rows
from app.store.session import Database

MOST = 500
_COLUMNS = [
    "team_id",
    "assignee_id",
    "customer_id",
    "case_id",
    "kind",
    "title",
    "notes",
    "local_at",
    "zone",
    "zone_of",
    "reminder_minutes",
    "snoozed_until",
    "priority",
    "status",
    "outcome",
    "attempts",
    "recurrence",
    "month_day",
    "type_id",
    "state_id",
]
_INSERT = (
    f"INSERT INTO tasks (id, cloned_from_id, custom, {', '.join(_COLUMNS)}) "
    f"VALUES (:id, :cloned_from_id, CAST(:custom AS jsonb), {', '.join(f':{column}' for column in _COLUMNS)}) "
    "ON CONFLICT (id) DO NOTHING"
)
_UPDATE = (
    f"UPDATE tasks SET custom = CAST(:custom AS jsonb), {', '.join(f'{column} = :{column}' for column in _COLUMNS)} "
    "WHERE id = :id AND version = :version"
)
_MINE = "t.assignee_id = (SELECT me()) AND t.status = 'planned'"
_TEAMS = "t.team_id = ANY ((SELECT my_memberships())::uuid[]) AND t.status = 'planned'"


class PostgresTasks:
    """TaskStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def my_tasks(self, limit: int) -> tuple[TaskRow, ...]:
        return await self._list(_MINE, "t.due_at NULLS LAST, t.id", limit=limit)

    async def team_tasks(self, limit: int) -> tuple[TaskRow, ...]:
        return await self._list(_TEAMS, "t.due_at NULLS LAST, t.id", limit=limit)

    async def tasks_between(self, start_at: datetime, end_at: datetime) -> tuple[TaskRow, ...]:
        """Mine and my teams' unclaimed ones, done ones included, for the calendar."""
        return await self._list(
            "(t.assignee_id = (SELECT me()) OR (t.assignee_id IS NULL AND t.team_id = ANY ((SELECT my_memberships())"
            "::uuid[]))) AND t.due_at >= :start_at AND t.due_at < :end_at AND t.status <> 'cancelled'",
            "t.due_at, t.id",
            limit=MOST,
            start_at=start_at,
            end_at=end_at,
        )

    async def task_row(self, task_id: UUID) -> TaskRow:
        return rows.task_row(await self._database.one(f"{rows.TASK_ROW} WHERE t.id = :id", id=task_id))

    async def reminders_until(self, until_at: datetime) -> tuple[TaskRow, ...]:
        """What rings for me until then: my tasks, and those of my teams that nobody has taken."""
        return await self._list(
            "t.status = 'planned' AND t.remind_at <= :until_at AND (t.assignee_id = (SELECT me()) OR (t.assignee_id "
            "IS NULL AND t.team_id = ANY ((SELECT my_memberships())::uuid[])))",
            "t.remind_at, t.id",
            limit=MOST,
            until_at=until_at,
        )

    async def insert_task(self, task: Task) -> Task:
        await self._database.write(_INSERT, **_parameters(task), cloned_from_id=task.cloned_from_id)
        return (await self.task_row(task.id)).task

    async def update_task(self, task: Task) -> Task:
        done = await self._database.write(_UPDATE, **_parameters(task), version=task.version)
        current = (await self.task_row(task.id)).task
        if done == 0:
            if current.version != task.version:
                raise Refused(Refusal.CHANGED_MEANWHILE, current=current, agent=current.updated_by_name)
            raise Refused(Refusal.NOT_PERMITTED)
        return current

    async def finish_task(self, task: Task, following: Task | None) -> Task:
        """Write a task that is done and, in the same transaction, the one that comes back after it."""
        async with self._database.together() as together:
            tasks = PostgresTasks(together)
            done = await tasks.update_task(task)
            if following is not None:
                await tasks.insert_task(following)
        return done

    async def take_task(self, task_id: UUID) -> None:
        await self._database.write("SELECT take_task(:id)", id=task_id)

    async def _list(self, where: str, order: str, **parameters: object) -> tuple[TaskRow, ...]:
        found = await self._database.rows(rows.task_page(where, order), **parameters)
        return tuple(map(rows.task_row, found))


def _parameters(task: Task) -> dict[str, object]:
    values: dict[str, object] = {column: getattr(task, column) for column in _COLUMNS}
    return values | {"id": task.id, "custom": json.dumps(task.custom)}
