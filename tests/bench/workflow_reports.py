"""A month of reports on the whole population, and somebody else's table of business hours."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.hours_file import results
from app.domain.reports import Asked, Page
from app.services.reports import Reports
from app.store.database import HUB_ROLE
from app.store.engine import connect, open_engine
from app.store.levels import fill_calendars, measure_missing
from app.store.reports import PostgresReports
from app.store.session import Database
from tests.bench.ground_store import p95
from tests.bench.ground_world import CHIEF, ROOT, World

KEYS = {
    "report_month_ms_p95": "a page of reports over a month beside the month before, under a supervisor's policies; "
    "2000 or less",
    "business_hours_cases_right": "answers of `guichetctl hours explain` to the table that agree with it; all of them",
}
ROUNDS, MONTH = 8, 30
CALLS = 20_000
TABLE = "tables/business_hours_biz.json"

# Calls of two months, as busy as a large centre: the population has none.
_CALLS = """
INSERT INTO calls (id, organisation_id, direction, phase, team_id, started_at, answered_at, ended_at, outcome, agents)
SELECT gen_random_uuid(), t.organisation_id, 'in', 'ended', t.id, at,
  CASE WHEN n % 10 > 0 THEN at + n % 40 * interval '1 s' END, at + interval '4 min',
  CASE WHEN n % 10 > 0 THEN 'answered' ELSE 'abandoned' END, ARRAY[a.id]
FROM generate_series(1, $1) n, LATERAL (SELECT now() - n * interval '60 days' / $1 AS at) s,
  LATERAL (SELECT * FROM teams ORDER BY id OFFSET n % 5 LIMIT 1) t,
  LATERAL (SELECT id FROM agents WHERE organisation_id = t.organisation_id ORDER BY id OFFSET n % 50 LIMIT 1) a"""
_PARTS = """
INSERT INTO call_parts (id, organisation_id, call_id, agent_id, team_id, began_at, ended_at, filed_at)
SELECT gen_random_uuid(), organisation_id, id, agents[1], team_id, answered_at, ended_at, ended_at + interval '40 s'
FROM calls WHERE answered_at IS NOT NULL AND NOT EXISTS (SELECT FROM call_parts p WHERE p.call_id = calls.id)"""


async def report_month(world: World) -> dict[str, float]:
    """`report_month_ms_p95` on a world that is loaded; every page, by business hours, all teams."""
    await _prepare(world)
    database = Database(open_engine(world.access(CHIEF), connections=2))
    try:
        reports = Reports(PostgresReports(database))
        calendar = await database.row("SELECT id FROM calendars ORDER BY id LIMIT 1")
        last = datetime.now(UTC).date()
        asked = Asked(last - timedelta(days=MONTH - 1), last, "Europe/Paris", (), calendar["id"] if calendar else None)
        times: dict[Page, list[float]] = {page: [] for page in Page}
        for _ in range(ROUNDS):
            for page in Page:
                began = time.perf_counter()
                await reports.read(page, asked)
                times[page].append((time.perf_counter() - began) * 1000)
        print("  " + ", ".join(f"{page.value} {sorted(found)[ROUNDS // 2]:.0f} ms" for page, found in times.items()))
        return {"report_month_ms_p95": p95([one for found in times.values() for one in found])}
    finally:
        await database.close()


def business_hours() -> dict[str, float]:
    """`business_hours_cases_right`; nothing where the table is not on this machine."""
    told = os.environ.get("GUICHET_TEST_DATA")
    table = (Path(told) if told else ROOT.parent / "shared" / "data") / TABLE
    if not table.exists():
        return {}
    document = json.loads(table.read_text("utf-8"))
    expected = [case.get("expect", case.get("expect_hours")) for case in document["cases"]]
    right = sum(line["result"] == wanted for line, wanted in zip(results(document), expected, strict=True))
    return {"business_hours_cases_right": float(right)}


async def _prepare(world: World) -> None:
    hub = Database(open_engine(world.access(HUB_ROLE)))
    await fill_calendars(hub)
    await measure_missing(hub)
    await hub.close()
    admin = await connect(world.admin)
    if not await admin.fetchval("SELECT EXISTS (SELECT FROM call_parts)"):
        await admin.execute(_CALLS.replace("$1", str(CALLS)))
        await admin.execute(_PARTS)
    for table in ("case_measures", "calls", "call_parts", "calendar_spans"):
        await admin.execute(f"VACUUM (ANALYZE) {table}")
    await admin.close()
