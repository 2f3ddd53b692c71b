"""Calendars and service levels as those who manage them set them up, and as the desk shows a case's clocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from app.domain.business_hours import Calendar
from app.domain.conditions import FieldOf
from app.domain.refusals import Refusal, Refused
from app.domain.service_levels import MOST_TARGET, ClockState, LevelPolicy, Metric

NAME_MOST = 100


@dataclass(frozen=True, slots=True)
class NamedCalendar:
    """A calendar under its name."""

    id: UUID
    name: str
    hours: Calendar
    version: int = 0
    # The policies that count by it.
    used_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One measure of a case as the desk shows it."""

    metric: Metric
    state: ClockState
    policy: str
    target: timedelta
    due_at: datetime | None = None
    near_at: datetime | None = None
    broken: bool = False
    never_opens: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that the two pages show."""

    calendars: tuple[NamedCalendar, ...] = ()
    policies: tuple[LevelPolicy, ...] = field(default=())


class LevelStore(Protocol):
    """Where calendars and policies are kept."""

    async def level_setup(self) -> Setup: ...
    async def save_calendar(self, calendar: NamedCalendar) -> None: ...
    async def archive_calendar(self, calendar_id: UUID) -> None: ...
    async def save_policy(self, policy: LevelPolicy) -> None: ...
    async def archive_policy(self, policy_id: UUID) -> None: ...
    async def order_policies(self, ids: tuple[UUID, ...]) -> None: ...
    async def case_clocks(self, case_id: UUID) -> tuple[CaseClock, ...]: ...
    async def condition_fields(self) -> Mapping[str, FieldOf]: ...


class Levels:
    """What may be done with them; nonsense is refused before it is stored."""

    def __init__(self, store: LevelStore) -> None:
        self._store = store
        self.setup = store.level_setup
        self.archive_calendar = store.archive_calendar
        self.archive_policy = store.archive_policy
        self.order = store.order_policies
        self.case_clocks = store.case_clocks
        self.fields = store.condition_fields

    async def save_calendar(self, calendar: NamedCalendar) -> None:
        await self._store.save_calendar(replace(calendar, name=_name(calendar.name)))

    async def save_policy(self, policy: LevelPolicy) -> None:
        for by_metric in policy.targets.values():
            for target in by_metric.values():
                if not timedelta() < target <= MOST_TARGET:
                    raise Refused(Refusal.OUT_OF_RANGE, "targets", least=1, most=MOST_TARGET.days * 24)
        await self._store.save_policy(replace(policy, name=_name(policy.name)))


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(Refusal.REQUIRED, "name")
    if len(name) > NAME_MOST:
        raise Refused(Refusal.TOO_LONG, "name", length=len(name), most=NAME_MOST)
    return name
