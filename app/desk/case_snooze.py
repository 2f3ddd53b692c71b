"""A case put aside: until the customer answers, or until a day on which it comes back by its reminder."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.desk.case_file import CaseFile, OpenCase
from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain import planned_time
from app.domain.cases import Category
from app.domain.ids import new_id
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.domain.tasks import Task, TaskKind
from app.services.cases import Cases
from app.services.organisation import Directory
from app.services.tasks import Tasks

TITLE_MOST = 250


class Until(StrEnum):
    """How long a case is put aside; an exact time is planned in the dialog of a task."""

    REPLY = "reply"
    TOMORROW = "tomorrow"
    THREE_DAYS = "three_days"
    NEXT_WEEK = "next_week"
    EXACT = "exact"


_DAYS = {Until.TOMORROW: 0, Until.THREE_DAYS: 2, Until.NEXT_WEEK: 6}


@dataclass(frozen=True, slots=True)
class SnoozeState:
    """What became of it; each is told once."""

    said: Sentence | None = None
    error: Sentence | None = None


class CaseSnooze(Presenter[SnoozeState]):
    """The case waits for its customer, whose answer wakes it; a reminder of mine does so on the day."""

    def __init__(
        self,
        cases: Cases,
        tasks: Tasks,
        case: OpenCase,
        directory: Callable[[], Directory],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(SnoozeState())
        self._cases, self._tasks, self._case, self._directory, self._now = cases, tasks, case, directory, now

    def until(self, until: Until, title: str) -> None:
        """Put the open case aside; `title` is what its reminder says."""
        file = self._case.state.file
        if file is not None:
            self.work.start(self._put(file, until, title), "snooze")

    async def _put(self, file: CaseFile, until: Until, title: str) -> None:
        case = file.case
        kind = next((one for one in self._case.state.types if one.id == case.type_id), None)
        waits = kind.way_to(case.state_id, Category.WAITING_CUSTOMER) if kind is not None else None
        try:
            if waits is not None and case.category is not Category.WAITING_CUSTOMER:
                await self._cases.save(replace(case, state_id=waits.id, category=waits.category))
            if until in _DAYS:
                await self._tasks.create(self._reminder(file, until, title))
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        said = (
            QT_TRANSLATE_NOOP("Desk", "Put aside until {day}; an answer of the customer wakes it.")
            if until in _DAYS
            else QT_TRANSLATE_NOOP("Desk", "Put aside until the customer answers.")
        )
        day = self._morning(until) if until in _DAYS else None
        self.show(error=None, said=desk(said, day=f"{day:%d/%m}" if day is not None else ""))
        self._case.refresh()

    def _morning(self, until: Until) -> datetime:
        """Nine o'clock of that day, as my wall clock has it."""
        zone = self._directory().me.time_zone
        first = planned_time.wall_time(planned_time.tomorrow_morning(self._now(), zone), zone)
        return first + timedelta(days=_DAYS[until])

    def _reminder(self, file: CaseFile, until: Until, title: str) -> Task:
        me = self._directory().me
        return Task(
            new_id(), file.case.team_id, title[:TITLE_MOST], TaskKind.OTHER, customer_id=file.case.customer_id,
            case_id=file.case.id, assignee_id=me.id, local_at=self._morning(until), zone=me.time_zone,
            reminder_minutes=0,
        )  # fmt: skip
