"""Reports computed by PostgreSQL under the reader's own policies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from app.domain.reports import (
    ANSWERED_WITHIN_S,
    BUCKETS_H,
    AgentLine,
    Asked,
    BehindLine,
    Both,
    CallReport,
    CaseReport,
    DayPoint,
    Page,
    Point,
    Ratings,
    ServiceReport,
    Share,
)
from app.store import report_sql as sql
from app.store.report_behind import EDGES_S, behind
from app.store.session import Database

_WHOLE, _FIRST, _SECOND = 3, 1, 2  # what grouping() says: all, by the first of two, by the second


class PostgresReports:
    """ReportStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def service_report(self, asked: Asked) -> ServiceReport:
        values = _values(asked)
        responses = await self._database.rows(sql.RESPONSES, **values, zone=asked.zone, calendar=asked.calendar_id)
        solved = await self._database.rows(sql.RESOLUTIONS, **values, calendar=asked.calendar_id, edges=EDGES_S)
        answers = await self._database.rows(sql.REPLIES, **values)
        ratings = await self._database.rows(sql.RATINGS, **values, zone=asked.zone)
        counted = await self._database.rows(sql.ASKED, **values)
        levels = await self._database.rows(sql.LEVELS, **values)
        tasks = await self._database.rows(sql.TASKS, **values)
        states = await self._database.rows(sql.STATES, start=asked.start_at, end=asked.end_at, teams=_teams(asked))
        whole = [row for row in responses if row["level"] == _WHOLE]
        done = [row for row in solved if row["level"] == _WHOLE]
        asked_for = {row["now"]: row["asked"] for row in counted}
        return ServiceReport(
            response_s=_both(whole, "median"),
            resolution_s=_both(done, "median"),
            responses=_both(whole, "count", 0),
            replies=_both([row for row in answers if row["level"] == 1], "count", 0),
            solved=_both(done, "count", 0),
            by_day=_days(asked, [row for row in responses if row["level"] == _FIRST], "median"),
            resolutions=_buckets([row for row in solved if row["level"] == _FIRST]),
            satisfaction=_ratings(ratings, asked_for, now=True),
            satisfaction_before=_ratings(ratings, asked_for, now=False),
            by_week=_weeks(ratings),
            agents=await self._agents(
                {
                    "solved": _by_agent(solved, "count", _SECOND),
                    "replies": _by_agent(answers, "count", 0),
                    "response_s": _by_agent(responses, "median", _SECOND),
                    "content": {
                        row["agent"]: row["good"] / (row["good"] + row["fair"] + row["bad"])
                        for row in ratings
                        if row["level"] == _SECOND and row["now"]
                    },
                    "states_s": _states(states),
                },
                "solved",
            ),
            levels_kept=_both(levels, "kept", 0),
            levels_broken=_both(levels, "broken", 0),
            tasks_kept=_both(tasks, "kept", 0),
            tasks_late=_both(tasks, "late", 0),
        )

    async def call_report(self, asked: Asked) -> CallReport:
        values = _values(asked)
        calls = await self._database.rows(sql.CALLS, **values, zone=asked.zone, within=ANSWERED_WITHIN_S)
        parts = await self._database.rows(sql.PARTS, **values)
        states = await self._database.rows(sql.STATES, start=asked.start_at, end=asked.end_at, teams=_teams(asked))
        whole = [row for row in calls if row["level"] == 1]
        days = [row for row in calls if row["level"] == 0]
        by_agent = [row for row in parts if row["level"] == 0]
        return CallReport(
            offered=_both(whole, "offered", 0),
            answered=_both(whole, "answered", 0),
            abandoned=_both(whole, "abandoned", 0),
            within=_both(whole, "within", 0),
            speed_s=_both(whole, "speed_s"),
            handled_s=_both([row for row in parts if row["level"] == 1], "handled_s"),
            transferred=_both(whole, "transferred", 0),
            by_day=_days(asked, days, "offered", 0),
            abandoned_by_day=_days(asked, days, "abandoned", 0),
            agents=await self._agents(
                {
                    "calls": _by_agent(by_agent, "calls", 0),
                    "talk_s": _by_agent(by_agent, "talk_s", 0),
                    "handled_s": _by_agent(by_agent, "handled_s", 0),
                    "states_s": _states(states),
                },
                "calls",
            ),
        )

    async def case_report(self, asked: Asked) -> CaseReport:
        rows = await self._database.rows(sql.CREATED, **_values(asked), zone=asked.zone)
        days = [
            {"now": row["now"], "day": date.fromisoformat(row["key"]), "count": row["count"]}
            for row in rows
            if row["part"] == "day"
        ]
        return CaseReport(
            created=Both(
                sum(row["count"] for row in days if row["now"]), sum(row["count"] for row in days if not row["now"])
            ),
            by_day=_days(asked, days, "count", 0),
            types=_shares(rows, "type"),
            teams=_shares(rows, "team"),
            states=_shares(rows, "state"),
            tags=_shares(rows, "tag"),
        )

    async def behind(self, asked: Asked, point: Point, limit: int) -> tuple[BehindLine, ...]:
        statement, span, more = behind(asked, point)
        found = await self._database.rows(
            statement, start=span.start_at, end=span.end_at, teams=_teams(span), limit=limit, **more
        )
        return tuple(BehindLine(**{**row, "seconds": _number(row["seconds"])}) for row in found)

    async def mail_report(self, page: Page, asked: Asked) -> datetime:
        row = await self._database.written(
            "SELECT mail_report(:page, :teams, :calendar) AS at",
            page=page.value,
            teams=list(asked.team_ids),
            calendar=asked.calendar_id,
        )
        at: datetime = row["at"]
        return at

    async def stop_mailing(self, page: Page) -> None:
        await self._database.rows("SELECT stop_mailing(:page)", page=page.value)

    async def mailed_reports(self) -> frozenset[Page]:
        return frozenset(Page(row["page"]) for row in await self._database.rows("SELECT page FROM report_mails"))

    async def _agents(self, columns: Mapping[str, Mapping[UUID, Any]], order: str) -> tuple[AgentLine, ...]:
        ids = {agent for found in columns.values() for agent in found if agent is not None}
        names = await self._database.rows("SELECT id, name FROM agents WHERE id = ANY(:ids)", ids=list(ids))
        lines = [
            AgentLine(
                row["id"],
                row["name"],
                **{name: found[row["id"]] for name, found in columns.items() if row["id"] in found},
            )
            for row in names
        ]
        return tuple(sorted(lines, key=lambda one: (-getattr(one, order), one.name)))


def _values(asked: Asked) -> dict[str, Any]:
    return {"before": asked.before().start_at, "start": asked.start_at, "end": asked.end_at, "teams": _teams(asked)}


def _teams(asked: Asked) -> list[UUID] | None:
    return list(asked.team_ids) or None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _both(rows: Iterable[Mapping[str, Any] | RowMapping], column: str, nothing: float | None = None) -> Both:
    found = {row["now"]: _number(row[column]) for row in rows}
    return Both(found.get(True, nothing), found.get(False, nothing))


def _days(
    asked: Asked, rows: Iterable[Mapping[str, Any] | RowMapping], column: str, nothing: float | None = None
) -> tuple[DayPoint, ...]:
    """A day on which nothing happened has `nothing`; one that has not come yet has no figure."""
    found = {row["day"]: row for row in rows}
    length, today = timedelta(days=asked.days), datetime.now(ZoneInfo(asked.zone)).date()
    points = []
    for at in range(asked.days):
        day = asked.first + timedelta(days=at)
        now, before = found.get(day), found.get(day - length)
        points.append(
            DayPoint(
                day,
                _number(now[column]) if now is not None else nothing if day <= today else None,
                _number(before[column]) if before is not None else nothing,
                int(now["count"]) if now is not None and "count" in now else 0,
            )
        )
    return tuple(points)


def _buckets(rows: Iterable[RowMapping]) -> tuple[Share, ...]:
    found = {(row["now"], row["bucket"]): row["count"] for row in rows}
    return tuple(
        Share(str(at), "", found.get((True, at), 0), found.get((False, at), 0)) for at in range(len(BUCKETS_H) + 1)
    )


def _ratings(rows: Sequence[RowMapping], asked_for: Mapping[bool, int], *, now: bool) -> Ratings:
    found = next((row for row in rows if row["level"] == _WHOLE and row["now"] is now), None)
    if found is None:
        return Ratings(None, asked=asked_for.get(now, 0))
    return Ratings(None, found["good"], found["fair"], found["bad"], asked_for.get(now, 0))


def _weeks(rows: Sequence[RowMapping]) -> tuple[Ratings, ...]:
    weeks = [row for row in rows if row["level"] == _FIRST and row["now"]]
    return tuple(
        Ratings(row["week"], row["good"], row["fair"], row["bad"]) for row in sorted(weeks, key=lambda row: row["week"])
    )


def _by_agent(rows: Iterable[RowMapping], column: str, level: int) -> dict[UUID, float | int]:
    return {
        row["agent"]: float(row[column]) if column.endswith("_s") or column == "median" else int(row[column])
        for row in rows
        if row["level"] == level and row["now"] and row["agent"] is not None and row[column] is not None
    }


def _states(rows: Iterable[RowMapping]) -> dict[UUID, dict[str, float]]:
    found = defaultdict[UUID, dict[str, float]](dict)
    for row in rows:
        found[row["agent_id"]][row["state"]] = float(row["seconds"])
    return found


def _shares(rows: Iterable[RowMapping], part: str) -> tuple[Share, ...]:
    found: dict[str, Share] = {}
    for row in rows:
        if row["part"] == part:
            # A shipped name is translated by its key.
            share = found.get(
                row["key"], Share(row["key"], f"{row['word']}\n{row['name']}" if row["word"] else row["name"], 0)
            )
            count = {"now" if row["now"] else "before": row["count"]}
            found[row["key"]] = replace(share, **count)
    return tuple(sorted(found.values(), key=lambda one: (-one.now, -one.before, one.name)))
