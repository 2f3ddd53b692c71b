"""What is behind a figure of the reports: the cases, tasks or calls that were counted for it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.domain.reports import ANSWERED_WITHIN_S, BUCKETS_H, Asked, Behind, Point
from app.store import report_sql as sql

EDGES_S = [hours * 3600.0 for hours in BUCKETS_H]
_Made = tuple[str, dict[str, Any]]


def behind(asked: Asked, point: Point) -> tuple[str, Asked, dict[str, Any]]:
    """The statement that lists them, the span that it is asked for, and its further parameters."""
    span = _narrowed(asked, point)
    statement, more = _BEHIND[point.kind](point, span)
    return statement, span, more


def _narrowed(asked: Asked, point: Point) -> Asked:
    if point.day is not None:
        return replace(asked, first=point.day, last=point.day)
    if point.week is not None:
        last = min(point.week + timedelta(days=6), asked.last)
        return replace(asked, first=max(point.week, asked.first), last=last)
    return asked


def _replied(point: Point, asked: Asked) -> _Made:
    by = "m.first_replied_by = CAST(:agent AS uuid)" if point.agent_id is not None else "true"
    statement = sql.behind_cases(
        "case_measures m", "m.first_replied_at", where=by, order="seconds DESC",
        seconds=sql.elapsed("m.created_at", "m.first_replied_at"),
    )  # fmt: skip
    return statement, {"calendar": asked.calendar_id, **_agent(point)}


def _solved(point: Point, asked: Asked) -> _Made:
    joined, seconds = sql.elapsed("m.created_at", "m.solved_at")
    where = "m.solved_by = CAST(:agent AS uuid)" if point.agent_id is not None else "true"
    more: dict[str, Any] = {"calendar": asked.calendar_id, **_agent(point)}
    if point.bucket is not None:
        where += f" AND width_bucket({seconds}, CAST(:edges AS float8[])) = :bucket"
        more |= {"edges": EDGES_S, "bucket": point.bucket}
    return sql.behind_cases(
        "case_measures m", "m.solved_at", where=where, order="seconds DESC", seconds=(joined, seconds)
    ), more


def _answered(point: Point, _: Asked) -> _Made:
    by = " AND m.author_id = CAST(:agent AS uuid)" if point.agent_id is not None else ""
    return sql.behind_cases("follow_ups m", "m.at", where=sql.ANSWERS + by, team="c.team_id"), _agent(point)


def _rated(point: Point, _: Asked) -> _Made:
    where = "m.rating IS NOT NULL"
    more: dict[str, Any] = _agent(point)
    if point.key:
        where += " AND m.rating = :rating"
        more |= {"rating": point.key}
    if point.agent_id is not None:
        where += " AND m.agent_id = CAST(:agent AS uuid)"
    return sql.behind_cases("satisfaction m", "m.answered_at", where=where, word="m.rating"), more


def _level_broken(*_: object) -> _Made:
    return sql.behind_cases(
        "metric_events m", "m.at", where="m.kind = 'breach' AND m.organisation_id = (SELECT my_organisation())",
        team="c.team_id", word="m.metric",
    ), {}  # fmt: skip


def _task_late(*_: object) -> _Made:
    return sql.BEHIND_TASKS, {}


_PARTS = {
    "type": "c.type_id = CAST(:key AS uuid)",
    "team": "m.team_id = CAST(:key AS uuid)",
    "state": "c.state_id = CAST(:key AS uuid)",
    "tag": "c.tags @> ARRAY[CAST(:key AS text)]",
}


def _created(point: Point, _: Asked) -> _Made:
    where = _PARTS.get(point.part, "true")
    key: Any = point.key if point.part == "tag" else UUID(point.key) if point.part in _PARTS else None
    return sql.behind_cases("cases m", "m.created_at", case="m.id", where=where), (
        {"key": key} if point.part in _PARTS else {}
    )


_CALLS = {
    "answered": "c.answered_at IS NOT NULL",
    "within": f"extract(epoch FROM c.answered_at - coalesce(c.waiting_since_at, c.started_at)) <= {ANSWERED_WITHIN_S}",
    "transferred": "(SELECT count(DISTINCT p.agent_id) FROM call_parts p WHERE p.call_id = c.id) > 1",
}


def _calls(point: Point, _: Asked) -> _Made:
    where = _CALLS.get(point.part, "true")
    if point.agent_id is not None:
        where += " AND EXISTS (SELECT FROM call_parts p WHERE p.call_id = c.id AND p.agent_id = CAST(:agent AS uuid))"
    return sql.BEHIND_CALLS.format(where=where), _agent(point)


def _abandoned(*_: object) -> _Made:
    return sql.BEHIND_CALLS.format(where="c.answered_at IS NULL AND c.outcome = 'abandoned'"), {}


def _agent(point: Point) -> dict[str, Any]:
    return {"agent": point.agent_id} if point.agent_id is not None else {}


_BEHIND: Mapping[Behind, Callable[[Point, Asked], _Made]] = {
    Behind.REPLIED: _replied,
    Behind.ANSWERED: _answered,
    Behind.SOLVED: _solved,
    Behind.RATED: _rated,
    Behind.LEVEL_BROKEN: _level_broken,
    Behind.TASK_LATE: _task_late,
    Behind.CREATED: _created,
    Behind.CALLS: _calls,
    Behind.ABANDONED: _abandoned,
}
