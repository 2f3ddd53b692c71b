"""The hub's part of service levels: the clocks of cases that changed, and what came near or was broken.

The clock that ends first is `cases.due_at`, which is no change of the case: no version, no line in its history.
What comes near or is broken is one event a round, told once, and something that automations begin with.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain.business_hours import known_spans
from app.domain.cases import Level
from app.domain.service_levels import Clock, EventKind, LevelPolicy, Metric, MetricEvent, clocks
from app.store.calendars import calendar_of, policy_of
from app.store.conditions import fields_of, where
from app.store.session import Database

# The case before its place in the queue, as whoever changes a case takes them; one that somebody changes just now is left
# for the next round, since its clocks are set anew then anyway.
_CLAIM = """
WITH free AS MATERIALIZED (
  SELECT c.id FROM cases c WHERE c.id IN (SELECT case_id FROM level_queue ORDER BY asked_at LIMIT :most)
  ORDER BY c.id FOR NO KEY UPDATE OF c SKIP LOCKED)
DELETE FROM level_queue WHERE case_id IN (SELECT id FROM free) RETURNING case_id"""
_POLICIES = "SELECT * FROM level_policies WHERE active AND archived_at IS NULL ORDER BY organisation_id, position, id"
_EVENTS = "SELECT case_id, metric, kind, round, at FROM metric_events WHERE case_id = ANY(:ids) ORDER BY id"
_STALE = """
SELECT * FROM calendars WHERE archived_at IS NULL AND (known_until IS NULL OR known_until < current_date + 365)"""


@dataclass(frozen=True, slots=True)
class Held:
    """A case's policy and the priority that its targets go by."""

    case_id: UUID
    policy: LevelPolicy
    priority: Level


async def set_clocks(database: Database, most: int = 500) -> int:
    """Set the clocks of cases that wait for it anew, all in one transaction; how many cases that were."""
    async with database.together() as now:
        ids = [row["case_id"] for row in await now.rows(_CLAIM, most=most)]
        if not ids:
            return 0
        calendars = {row["id"]: calendar_of(row) for row in await now.rows("SELECT * FROM calendars")}
        events = defaultdict[UUID, list[MetricEvent]](list)
        for row in await now.rows(_EVENTS, ids=ids):
            events[row["case_id"]].append(
                MetricEvent(Metric(row["metric"]), EventKind(row["kind"]), row["round"], row["at"])
            )
        plain: list[dict[str, Any]] = []
        broken: list[dict[str, Any]] = []
        for held in await _held(now, ids):
            calendar = calendars.get(held.policy.calendar_id) if held.policy.calendar_id else None
            for clock in clocks(events[held.case_id], held.policy, held.priority, calendar):
                plain.append(_plain(held, clock, _told(events[held.case_id], clock)))
                if clock.broken_at is not None:
                    broken.append(_plain(held, clock, "") | {"due_at": clock.broken_at.isoformat()})
        await now.rows("SELECT set_levels(:ids, CAST(:clocks AS jsonb))", ids=ids, clocks=json.dumps(plain))
        if broken:
            await now.rows("SELECT break_levels(CAST(:broken AS jsonb))", broken=json.dumps(broken))
    return len(ids)


async def tell_levels(database: Database, most: int = 500) -> int:
    """Say what came near or was broken since the last time, once each."""
    told = 0
    while more := int((await database.written("SELECT tell_levels(:most) AS told", most=most))["told"]):
        told += more
    return told


async def fill_calendars(database: Database, today: date | None = None) -> int:
    """Calendars as instants, for three years back and two ahead; those that reach less far than a year are renewed."""
    stale = await database.rows(_STALE)
    for row in stale:
        opens, closes, until = known_spans(calendar_of(row), today or datetime.now(UTC).date())
        await database.rows(
            "SELECT fill_calendar(:id, CAST(:opens AS float8[]), CAST(:closes AS float8[]), :until)",
            id=row["id"],
            opens=opens,
            closes=closes,
            until=until,
        )
    return len(stale)


async def measure_missing(database: Database, most: int = 20_000) -> int:
    """Give figures to cases that came in past the triggers; how many."""
    measured = 0
    while more := int((await database.written("SELECT measure_missing(:most) AS made", most=most))["made"]):
        measured += more
    return measured


async def _held(database: Database, ids: Sequence[UUID]) -> list[Held]:
    """Which policy each of the cases falls under: the first of its organisation whose condition it meets."""
    rows = await database.rows(_POLICIES)
    policies = {row["id"]: policy_of(row) for row in rows}
    if not policies:
        return []
    known = await fields_of(database, somebody_looks=False)
    parts, values = [], dict[str, object]()
    for number, row in enumerate(rows):
        met, own = where(policies[row["id"]].condition, known, f"p{number}")
        values |= own | {f"o{number}": row["organisation_id"], f"i{number}": row["id"]}
        parts.append(f"WHEN c.organisation_id = :o{number} AND {met} THEN CAST(:i{number} AS uuid)")
    found = await database.rows(
        f"SELECT c.id, c.priority, CASE {' '.join(parts)} END AS policy_id FROM cases c "
        "WHERE c.id = ANY(:ids) AND c.category <> 'closed' AND c.merged_into_id IS NULL",
        ids=list(ids),
        **values,
    )
    return [
        Held(row["id"], policies[row["policy_id"]], Level(row["priority"]))
        for row in found
        if row["policy_id"] is not None
    ]


def _told(events: Sequence[MetricEvent], clock: Clock) -> str:
    said = {one.kind for one in events if (one.metric, one.round) == (clock.metric, clock.round)}
    if EventKind.BREACH in said or clock.broken_at is not None:
        return "broken"
    return "near" if EventKind.NEAR in said else ""


def _plain(held: Held, clock: Clock, told: str) -> dict[str, Any]:
    return {
        "case_id": str(held.case_id),
        "metric": clock.metric.value,
        "round": clock.round,
        "state": clock.state.value,
        "policy_id": str(held.policy.id),
        "target_s": _seconds(clock.target),
        "spent_s": _seconds(clock.spent),
        "due_at": _instant(clock.due_at),
        "near_at": _instant(clock.near_at),
        "never_opens": clock.never_opens,
        "told": told,
    }


def _seconds(duration: timedelta) -> int:
    return round(duration.total_seconds())


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
