"""Calendars and policies in the store, as those who manage them see and save them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.business_hours import Calendar, Opening, known_spans
from app.domain.cases import Level
from app.domain.conditions import as_json, from_json
from app.domain.service_levels import ClockState, LevelPolicy, Metric
from app.services.levels import CaseClock, NamedCalendar, Setup
from app.store.conditions import PostgresConditions

_CALENDARS = """
SELECT k.*, coalesce((SELECT array_agg(p.name ORDER BY p.position) FROM level_policies p
                      WHERE p.calendar_id = k.id AND p.archived_at IS NULL), '{}') AS used_by
FROM calendars k WHERE k.archived_at IS NULL ORDER BY fold(k.name), k.id"""
_POLICIES = "SELECT * FROM level_policies WHERE archived_at IS NULL ORDER BY position, id"
_CLOCKS = """
SELECT l.metric, l.state, p.name AS policy, l.target_s, l.due_at, l.near_at, l.told = 'broken' AS broken, l.never_opens
FROM case_levels l JOIN level_policies p ON p.id = l.policy_id WHERE l.case_id = :id
ORDER BY array_position('{first_reply,next_reply,resolution}'::text[], l.metric)"""
_SAVE_CALENDAR = """
SELECT save_calendar(:id, :name, :zone, CAST(:week AS jsonb), CAST(:exceptions AS jsonb), :country, :subdivision,
                     CAST(:opens AS float8[]), CAST(:closes AS float8[]), :until, :seen)"""
_SAVE_POLICY = """
SELECT save_policy(:id, :name, :active, CAST(:condition AS jsonb), :calendar, CAST(:targets AS jsonb), :near, :seen)"""


class PostgresCalendars(PostgresConditions):
    """LevelStore on PostgreSQL."""

    async def level_setup(self) -> Setup:
        calendars = [_named(row) for row in await self._database.rows(_CALENDARS)]
        return Setup(tuple(calendars), tuple(policy_of(row) for row in await self._database.rows(_POLICIES)))

    async def save_calendar(self, calendar: NamedCalendar) -> None:
        hours = calendar.hours
        opens, closes, until = known_spans(hours, datetime.now(UTC).date())
        await self._database.rows(
            _SAVE_CALENDAR,
            id=calendar.id,
            name=calendar.name,
            zone=hours.zone,
            week=json.dumps({str(day): _pairs(openings) for day, openings in hours.week.items() if openings}),
            exceptions=json.dumps(
                {day.isoformat(): [] for day in hours.closed}
                | {day.isoformat(): _pairs(openings) for day, openings in hours.exceptions.items()}
            ),
            country=hours.country,
            subdivision=hours.subdivision,
            opens=opens,
            closes=closes,
            until=until,
            seen=calendar.version,
        )

    async def archive_calendar(self, calendar_id: UUID) -> None:
        await self._database.rows("SELECT archive_calendar(:id)", id=calendar_id)

    async def save_policy(self, policy: LevelPolicy) -> None:
        await self._database.rows(
            _SAVE_POLICY,
            id=policy.id,
            name=policy.name,
            active=policy.active,
            condition=json.dumps(as_json(policy.condition)),
            calendar=policy.calendar_id,
            targets=json.dumps(
                {
                    level.value: {metric.value: round(target.total_seconds()) for metric, target in by_metric.items()}
                    for level, by_metric in policy.targets.items()
                    if by_metric
                }
            ),
            near=policy.near_percent,
            seen=policy.version,
        )

    async def archive_policy(self, policy_id: UUID) -> None:
        await self._database.rows("SELECT archive_policy(:id)", id=policy_id)

    async def order_policies(self, ids: tuple[UUID, ...]) -> None:
        await self._database.rows("SELECT order_policies(:ids)", ids=list(ids))

    async def case_clocks(self, case_id: UUID) -> tuple[CaseClock, ...]:
        return tuple(
            CaseClock(
                Metric(row["metric"]),
                ClockState(row["state"]),
                row["policy"],
                timedelta(seconds=row["target_s"]),
                row["due_at"],
                row["near_at"],
                row["broken"],
                row["never_opens"],
            )
            for row in await self._database.rows(_CLOCKS, id=case_id)
        )


def calendar_of(row: RowMapping) -> Calendar:
    """A calendar as a row has it."""
    return Calendar(
        row["zone"],
        {int(day): _openings(pairs) for day, pairs in row["week"].items()},
        row["country"],
        row["subdivision"],
        exceptions={date.fromisoformat(day): _openings(pairs) for day, pairs in row["exceptions"].items()},
    )


def policy_of(row: RowMapping) -> LevelPolicy:
    """A policy as a row has it."""
    return LevelPolicy(
        row["id"],
        row["name"],
        from_json(row["condition"]),
        row["calendar_id"],
        _targets(row["targets"]),
        row["near_percent"],
        row["active"],
        row["position"],
        row["version"],
    )


def _named(row: RowMapping) -> NamedCalendar:
    return NamedCalendar(row["id"], row["name"], calendar_of(row), row["version"], tuple(row["used_by"]))


def _targets(plain: Mapping[str, Any]) -> dict[Level, dict[Metric, timedelta]]:
    return {
        Level(level): {Metric(metric): timedelta(seconds=seconds) for metric, seconds in by_metric.items()}
        for level, by_metric in plain.items()
    }


def _openings(pairs: Sequence[Sequence[int]]) -> tuple[Opening, ...]:
    return tuple(Opening(*pair) for pair in pairs)


def _pairs(openings: Sequence[Opening]) -> list[list[int]]:
    return [[one.opens, one.closes] for one in openings]
