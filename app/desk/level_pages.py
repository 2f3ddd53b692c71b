"""The records behind Manage's pages of calendars and service levels."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from app.desk.records import Kind, Records, RecordsState
from app.domain.business_hours import Calendar, Opening
from app.domain.cases import Level
from app.domain.conditions import FieldOf
from app.domain.ids import new_id
from app.domain.service_levels import LevelPolicy, Metric
from app.services.feed import Feed
from app.services.levels import Levels, NamedCalendar
from app.services.organisation import Directory

__all__ = ["Directory", "LevelPages", "LevelPolicy", "NamedCalendar", "RecordsState"]

NINE_TO_SIX = (Opening(9 * 60, 18 * 60),)
_HOURS = {Level.URGENT: (1, 1, 8), Level.HIGH: (2, 4, 16), Level.NORMAL: (4, 8, 40), Level.LOW: (8, 16, 80)}


@dataclass(frozen=True, slots=True)
class Known:
    """What the policy page chooses from: calendars, and the fields that conditions ask for."""

    calendars: tuple[NamedCalendar, ...] = ()
    fields: Mapping[str, FieldOf] = field(default_factory=dict)


class LevelPages:
    """One presenter a page over one store."""

    def __init__(self, levels: Levels, directory: Callable[[], Awaitable[Directory]], feed: Feed) -> None:
        self._levels = levels
        self.known = Known()
        self.calendars: Records[NamedCalendar] = Records(
            Kind(self._calendars, self._save_calendar, lambda one: one.id, _new_calendar, levels.archive_calendar),
            directory,
            feed,
        )
        self.policies: Records[LevelPolicy] = Records(
            Kind(self._policies, self._save_policy, lambda one: one.id, self._new_policy, levels.archive_policy),
            directory,
            feed,
        )

    def all(self) -> tuple[Records[Any], ...]:
        """Every presenter, to begin and to close."""
        return (self.calendars, self.policies)

    def move(self, policy: LevelPolicy, by: int) -> None:
        """Move a policy up or down: the first that fits decides."""
        ids = [one.id for one in self.policies.state.items]
        at = ids.index(policy.id)
        to = min(max(at + by, 0), len(ids) - 1)
        ids.insert(to, ids.pop(at))

        async def order() -> None:
            await self._levels.order(tuple(ids))
            self.policies.begin()

        if to != at:
            self.policies.work.start(order(), "order policies")

    def set_target(self, level: Level, metric: Metric, target: timedelta | None) -> None:
        """Promise something about one measure of one priority, or nothing."""
        policy = self.policies.state.edited
        if policy is not None:
            targets = {one: dict(by_metric) for one, by_metric in policy.targets.items()}
            targets.setdefault(level, {}).pop(metric, None)
            if target is not None:
                targets[level][metric] = target
            self.policies.put(replace(policy, targets={one: found for one, found in targets.items() if found}))

    async def _calendars(self, *_: object) -> tuple[NamedCalendar, ...]:
        return (await self._levels.setup()).calendars

    async def _save_calendar(self, calendar: NamedCalendar, _: object) -> None:
        await self._levels.save_calendar(calendar)

    async def _policies(self, *_: object) -> tuple[LevelPolicy, ...]:
        setup = await self._levels.setup()
        self.known = Known(setup.calendars, await self._levels.fields())
        return setup.policies

    async def _save_policy(self, policy: LevelPolicy, _: object) -> None:
        await self._levels.save_policy(policy)

    def _new_policy(self, *_: object) -> LevelPolicy:
        targets = {
            level: {metric: timedelta(hours=hours) for metric, hours in zip(Metric, all_, strict=True)}
            for level, all_ in _HOURS.items()
        }
        first = next((one.id for one in self.known.calendars), None)
        return LevelPolicy(new_id(), "", calendar_id=first, targets=targets)


def _new_calendar(directory: Directory, _: object) -> NamedCalendar:
    house = directory.organisation
    week = dict.fromkeys(range(1, 6), NINE_TO_SIX)
    return NamedCalendar(new_id(), "", Calendar(house.time_zone, week, house.region))
