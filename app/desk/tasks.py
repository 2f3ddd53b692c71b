"""The tasks: mine, my teams' and the week's, read again when a hint says so, and done or taken in place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.history import Hint
from app.domain.ids import new_id
from app.domain.refusals import Refused
from app.domain.tasks import TaskRow, TaskStatus
from app.services.feed import Feed
from app.services.tasks import Tasks

MOST = 300


class Scope(StrEnum):
    """Whose tasks are listed."""

    MINE = "mine"
    TEAMS = "teams"


class When(StrEnum):
    """The groups of the list."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class TaskListState:
    """Both lists, and the week of the calendar (`monday` in the agent's zone)."""

    zone: str
    monday: date
    scope: Scope = Scope.MINE
    mine: tuple[TaskRow, ...] = ()
    teams: tuple[TaskRow, ...] = ()
    week: tuple[TaskRow, ...] = ()
    chosen: UUID | None = None
    loading: bool = True
    error: Sentence | None = None

    @property
    def listed(self) -> tuple[TaskRow, ...]:
        """The list in force."""
        return self.mine if self.scope is Scope.MINE else self.teams

    def row(self, task_id: UUID) -> TaskRow | None:
        """A task that is shown somewhere here."""
        return next((row for row in (*self.mine, *self.teams, *self.week) if row.task.id == task_id), None)


class TaskList(Presenter[TaskListState]):
    """Lists tasks and does the short acts; the long ones have their dialog."""

    def __init__(self, tasks: Tasks, feed: Feed, zone: str, now: Callable[[], datetime]) -> None:
        super().__init__(TaskListState(zone, monday_of(now(), zone)))
        self._tasks, self._now = tasks, now
        self._begun = self._unread = False
        self._unsubscribe = feed.subscribe(self._hear)

    def begin(self) -> None:
        """Read both lists and the week; a screen that was never shown reads nothing."""
        self._begun = True
        self.work.latest("tasks", self._read())

    def choose(self, scope: Scope) -> None:
        """List mine, or my teams'."""
        self.show(scope=scope)

    def select(self, task_id: UUID | None) -> None:
        """Mark a task in the list and in the week."""
        self.show(chosen=task_id)

    def step(self, weeks: int) -> None:
        """Show another week; 0 is this one."""
        monday = self.state.monday + timedelta(weeks=weeks) if weeks else monday_of(self._now(), self.state.zone)
        self.show(monday=monday, week=())
        self.work.latest("tasks", self._read())

    def done(self, task_id: UUID) -> None:
        """Tick a task off, or take the tick back."""
        row = self.state.row(task_id)
        if row is not None:
            self.work.start(self._do(row), "done")

    def take(self, task_id: UUID) -> None:
        """Have a team's task; the first has it."""
        self.work.start(self._take(task_id), "take")

    async def close(self) -> None:
        """End the subscription too."""
        self._unsubscribe()
        await super().close()

    def _hear(self, hint: Hint) -> None:
        if self._begun and (self._unread or hint.kind in {"task", "all"}):
            self.work.merged("tasks", self._read)

    async def _read(self) -> None:
        zone = ZoneInfo(self.state.zone)
        start = datetime.combine(self.state.monday, time(0), zone)
        try:
            mine = await self._tasks.mine(MOST)
            teams = await self._tasks.of_my_teams(MOST)
            week = await self._tasks.between(start, start + timedelta(days=7))
        except Refused as refused:
            self._unread = True
            self.show(loading=False, error=of_refusal(refused))
            return
        error = None if self._unread else self.state.error
        self._unread = False
        self.show(mine=mine, teams=teams, week=week, loading=False, error=error)

    async def _do(self, row: TaskRow) -> None:
        try:
            await self._tasks.done(row.task, "", new_id(), self._now())
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(error=None)
        await self._read()

    async def _take(self, task_id: UUID) -> None:
        try:
            await self._tasks.take(task_id)
        except Refused as refused:
            self.show(error=of_refusal(refused))
        else:
            self.show(error=None)
        await self._read()


def monday_of(now: datetime, zone: str) -> date:
    """The Monday of the week of an instant in a zone."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return today - timedelta(days=today.weekday())


def grouped(rows: tuple[TaskRow, ...], now: datetime, zone: str) -> dict[When, list[TaskRow]]:
    """The open tasks by when they are due, groups without any left out."""
    today = now.astimezone(ZoneInfo(zone)).date()
    found: dict[When, list[TaskRow]] = {when: [] for when in When}
    for row in rows:
        if row.task.status is TaskStatus.PLANNED:
            found[_when(row.task.due_at, now, today, zone)].append(row)
    return {when: its for when, its in found.items() if its}


def _when(due: datetime | None, now: datetime, today: date, zone: str) -> When:
    if due is None:
        return When.NO_DATE
    if due < now:
        return When.OVERDUE
    day = due.astimezone(ZoneInfo(zone)).date()
    if day == today:
        return When.TODAY
    return When.WEEK if day < today + timedelta(days=7 - today.weekday()) else When.LATER
