"""The figures of the reports beside what plain Python counts over the rows: a random month and a half, with the clocks
going back in it, for all and for one team, by a calendar and by every hour."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from statistics import mean, median
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from app.domain.business_hours import Calendar, Opening
from app.domain.ids import new_id
from app.domain.reports import Asked, Behind, Both, CallReport, CaseReport, Page, Point, Ratings, ServiceReport
from app.services.levels import NamedCalendar
from app.services.reports import Reports
from app.store.calendars import PostgresCalendars
from app.store.engine import connect, open_engine
from app.store.reports import PostgresReports
from app.store.session import Database
from tests.helpers.organisation import Vallon

PARIS = ZoneInfo("Europe/Paris")
FIRST, LAST = date(2026, 10, 12), date(2026, 11, 15)  # the 25th of October has 25 hours
SPAN = Asked(date(2026, 10, 26), LAST, "Europe/Paris")
CASES, CALLS, TASKS = 120, 90, 60
PEOPLE = ("camille", "nadia", "omar")
TEAMS = ("Contact centre", "Sales Dijon")
Rows = list[dict[str, Any]]


@dataclass
class Books:
    """What lies in the tables, as plain rows."""

    teams: dict[str, UUID]
    tables: dict[str, Rows] = field(default_factory=dict)


def _moment(luck: random.Random, *, span: timedelta = timedelta(days=35)) -> datetime:
    begin = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=PARIS).astimezone(UTC)
    return (begin + span * luck.random()).replace(microsecond=0)


async def _write(vallon: Vallon, admin: asyncpg.Connection, luck: random.Random) -> None:
    await _write_cases(vallon, admin, luck)
    await _write_calls(vallon, admin, luck)
    for _ in range(TASKS):
        due = _moment(luck)
        done = due + timedelta(minutes=luck.choice((-30, 5, 14, 16, 600)))
        status = luck.choice(("planned", "done", "done", "cancelled"))
        await admin.execute(
            "INSERT INTO tasks (id, team_id, title, local_at, zone) VALUES ($1, $2, 'Call', $3, 'UTC')",
            (task := new_id()), vallon.teams[luck.choice(TEAMS)], due.replace(tzinfo=None, second=0),
        )  # fmt: skip
        await admin.execute(
            "UPDATE tasks SET status = $2, done_at = CASE WHEN $2 = 'done' THEN $3::timestamptz END WHERE id = $1",
            task, status, done,
        )  # fmt: skip


async def _write_cases(vallon: Vallon, admin: asyncpg.Connection, luck: random.Random) -> None:
    policy = await admin.fetchval(
        "INSERT INTO level_policies (id, organisation_id, name) VALUES (gen_random_uuid(), $1, 'P') RETURNING id",
        vallon.organisation_id,
    )
    customer = await vallon.customer()
    for _ in range(CASES):
        case, team, by = new_id(), vallon.teams[luck.choice(TEAMS)], vallon.agents[luck.choice(PEOPLE)]
        created = _moment(luck)
        replied = created + timedelta(hours=luck.expovariate(1 / 9)) if luck.random() < 0.8 else None
        solved = created + timedelta(hours=luck.expovariate(1 / 40)) if luck.random() < 0.7 else None
        tags = luck.sample(("hydraulics", "warranty", "urgent", "parts"), luck.randrange(3))
        await admin.execute(
            "INSERT INTO cases (id, customer_id, subject, team_id, tags) VALUES ($1, $2, 'Leak', $3, $4)",
            case, customer.id, team, tags,
        )  # fmt: skip
        await admin.execute(
            "UPDATE case_measures SET created_at = $2, first_replied_at = $3, first_replied_by = $4, solved_at = $5, "
            "solved_by = $4 WHERE case_id = $1", case, created, replied, by, solved,
        )  # fmt: skip
        async with admin.transaction():
            await admin.execute("SET LOCAL session_replication_role = replica")
            await admin.execute("UPDATE cases SET created_at = $2 WHERE id = $1", case, created)
            for _ in range(luck.randrange(4)):
                channel, public = luck.choice((("email", True), ("call", False), ("note", False), ("system", True)))
                await admin.execute(
                    "INSERT INTO follow_ups (id, organisation_id, audience_id, case_id, channel, direction, public, "
                    "author_id, at, body) SELECT gen_random_uuid(), organisation_id, audience_id, id, $2, $3, $4, $5, "
                    "$6, '' FROM cases WHERE id = $1",
                    case, channel, luck.choice(("in", "out")), public, luck.choice((by, by, None)), _moment(luck),
                )  # fmt: skip
        if luck.random() < 0.5:
            asked = _moment(luck)
            rating = luck.choice(("good", "good", "fair", "bad", None))
            await admin.execute(
                "INSERT INTO satisfaction (id, organisation_id, audience_id, case_id, customer_id, team_id, agent_id, "
                "recipient, asked_at, expires_at, rating, answered_at) SELECT gen_random_uuid(), organisation_id, "
                "audience_id, id, customer_id, team_id, $2, 'a@b.example', $3::timestamptz, $3, $4::text, "
                "CASE WHEN $4 IS NOT NULL THEN $5::timestamptz END FROM cases WHERE id = $1",
                case, by, asked, rating, asked + timedelta(days=luck.randrange(6)),
            )  # fmt: skip
        for kind in luck.choice(((), ("fulfil",), ("breach",), ("breach", "fulfil"))):
            await admin.execute(
                "INSERT INTO metric_events (organisation_id, case_id, metric, kind, round, at, policy_id) "
                "VALUES ($1, $2, 'next_reply', $3, 7, $4, $5)",
                vallon.organisation_id, case, kind, _moment(luck), policy,
            )  # fmt: skip


async def _write_calls(vallon: Vallon, admin: asyncpg.Connection, luck: random.Random) -> None:
    for _ in range(CALLS):
        call, team, began = new_id(), vallon.teams[luck.choice(TEAMS)], _moment(luck)
        answered = began + timedelta(seconds=luck.randrange(1, 60)) if luck.random() < 0.7 else None
        outcome = "answered" if answered else luck.choice(("abandoned", "voicemail", "closed"))
        await admin.execute(
            "INSERT INTO calls (id, organisation_id, direction, phase, team_id, started_at, answered_at, ended_at, "
            "outcome, caller_number) VALUES ($1, $2, $3, 'ended', $4, $5, $6, $7, $8, '+33612345678')",
            call, vallon.organisation_id, luck.choice(("in", "in", "out")), team, began, answered,
            began + timedelta(minutes=5), outcome,
        )  # fmt: skip
        for by in luck.sample(PEOPLE, luck.choice((1, 1, 2))):
            if answered is None:
                break
            ended = answered + timedelta(seconds=luck.randrange(20, 400))
            await admin.execute(
                "INSERT INTO call_parts (id, organisation_id, call_id, agent_id, team_id, began_at, ended_at, "
                "filed_at) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7)",
                vallon.organisation_id, call, vallon.agents[by], team, answered, ended,
                luck.choice((None, ended + timedelta(seconds=30), ended + timedelta(hours=2))),
            )  # fmt: skip
    for name in PEOPLE:
        for _ in range(20):
            began = _moment(luck)
            state = luck.choice(("available", "on_call", "wrap_up", "ringing", "not_ready", "offline"))
            await admin.execute(
                "INSERT INTO agent_state_log (organisation_id, agent_id, state, began_at, ended_at) "
                "VALUES ($1, $2, $3, $4, $5)",
                vallon.organisation_id, vallon.agents[name], state, began, began + timedelta(hours=luck.uniform(1, 60)),
            )  # fmt: skip


# By hand -------------------------------------------------------------------------------------------------------------


def _is_in(at: datetime | None, asked: Asked) -> bool:
    return at is not None and asked.first <= at.astimezone(PARIS).date() <= asked.last


def _open_s(start: datetime, end: datetime, *, office: bool) -> float:
    """Seconds from nine to five, Monday to Friday in Paris, added up day by day; or all of them."""
    if not office:
        return max((end - start).total_seconds(), 0)
    total, day = 0.0, start.astimezone(PARIS).date()
    while day <= end.astimezone(PARIS).date():
        if day.weekday() < 5:
            opens = datetime(day.year, day.month, day.day, 9, tzinfo=PARIS).astimezone(UTC)
            closes = datetime(day.year, day.month, day.day, 17, tzinfo=PARIS).astimezone(UTC)
            total += max((min(closes, end) - max(opens, start)).total_seconds(), 0)
        day += timedelta(days=1)
    return total


class ByHand:
    """The same figures, counted over the rows of one team or of all."""

    def __init__(self, books: Books, team: UUID | None, *, office: bool) -> None:
        self._books, self._team, self._office = books, team, office

    def rows(self, table: str, at: str, asked: Asked) -> Rows:
        return [
            row for row in self._books.tables[table]
            if (self._team is None or row["team_id"] == self._team) and _is_in(row[at], asked)
        ]  # fmt: skip

    def took(self, at: str, asked: Asked, **same: Any) -> list[float]:
        return [
            _open_s(row["created_at"], row[at], office=self._office) for row in self.rows("case_measures", at, asked)
            if all(row[name] == value for name, value in same.items())
        ]  # fmt: skip

    def answers(self, asked: Asked, by: UUID | None = None) -> int:
        def counts(row: dict[str, Any]) -> bool:
            said = (row["public"] and row["direction"] == "out") or row["channel"] in {"call", "meeting"}
            written = row["author_id"] is not None and row["channel"] not in {"note", "system"}
            return bool(said and written and by in {None, row["author_id"]})

        return len([row for row in self.rows("follow_ups", "at", asked) if counts(row)])

    def ratings(self, asked: Asked) -> Ratings:
        given = [row["rating"] for row in self.rows("satisfaction", "answered_at", asked)]
        good, fair, bad = (given.count(rating) for rating in ("good", "fair", "bad"))
        return Ratings(None, good, fair, bad, len(self.rows("satisfaction", "asked_at", asked)))

    def levels(self, asked: Asked) -> tuple[int, int]:
        events = [row for row in self.rows("metric_events", "at", asked) if row["policy_id"] is not None]
        every = {
            (row["case_id"], row["metric"], row["round"], row["kind"]) for row in self._books.tables["metric_events"]
        }
        kept = [
            row for row in events
            if row["kind"] == "fulfil" and (row["case_id"], row["metric"], row["round"], "breach") not in every
        ]  # fmt: skip
        return len(kept), len([row for row in events if row["kind"] == "breach"])

    def tasks(self, asked: Asked) -> tuple[int, int]:
        quarter, kept, late = timedelta(minutes=15), 0, 0
        for row in self.rows("tasks", "due_at", asked):
            in_time = row["done_at"] is not None and row["done_at"] <= row["due_at"] + quarter
            kept += in_time
            late += row["status"] != "cancelled" and not in_time
        return kept, late

    def calls(self, asked: Asked) -> Rows:
        return [
            row for row in self.rows("calls", "started_at", asked)
            if row["direction"] == "in" and row["outcome"] != "closed"
        ]  # fmt: skip

    def handled(self, asked: Asked) -> list[float]:
        cap = timedelta(minutes=15)
        return [
            (min(row["filed_at"] or row["ended_at"], row["ended_at"] + cap) - row["began_at"]).total_seconds()
            for row in self.rows("call_parts", "began_at", asked)
        ]

    def states(self, asked: Asked, agent: UUID) -> dict[str, float]:
        found: dict[str, float] = {}
        for row in self._books.tables["agent_state_log"]:
            began, ended = max(row["began_at"], asked.start_at), min(row["ended_at"] or asked.end_at, asked.end_at)
            if row["agent_id"] == agent and row["state"] != "offline" and ended > began:
                found[row["state"]] = found.get(row["state"], 0) + (ended - began).total_seconds()
        return found


@pytest.fixture
async def books(vallon: Vallon) -> Books:
    admin = await connect(vallon.admin)
    await _write(vallon, admin, random.Random(20261129))
    made = Books(vallon.teams)
    for table in ("case_measures", "satisfaction", "tasks", "calls", "call_parts", "agent_state_log", "cases"):
        made.tables[table] = [dict(row) for row in await admin.fetch(f"SELECT * FROM {table}")]
    for table in ("follow_ups", "metric_events"):
        rows = await admin.fetch(f"SELECT t.*, c.team_id FROM {table} t JOIN cases c ON c.id = t.case_id")
        made.tables[table] = [dict(row) for row in rows]
    await admin.close()
    return made


def _close(found: float | None, expected: float | None) -> bool:
    return found is expected if expected is None or found is None else found == pytest.approx(expected, abs=0.01)


@pytest.mark.row("S4-23", "S4-24")
@pytest.mark.parametrize("team", ["", "Sales Dijon"])
@pytest.mark.parametrize("office", [False, True])
async def test_each_figure_is_what_is_counted_by_hand(vallon: Vallon, books: Books, team: str, office: bool) -> None:
    database = Database(open_engine(vallon.access("sofia")))
    week = dict.fromkeys(range(1, 6), (Opening(9 * 60, 17 * 60),))
    calendar = NamedCalendar(new_id(), "Office", Calendar("Europe/Paris", week))
    await PostgresCalendars(database).save_calendar(calendar)
    of_team = vallon.teams[team] if team else None
    asked = Asked(SPAN.first, SPAN.last, SPAN.zone, (of_team,) if of_team else (), calendar.id if office else None)
    by_hand, reports = ByHand(books, of_team, office=office), Reports(PostgresReports(database))
    await _service(by_hand, reports, asked, vallon)
    await _calls(by_hand, reports, asked, vallon)
    await _cases(by_hand, reports, asked)
    await database.close()


def _both(count: Any, asked: Asked) -> Both:
    return Both(count(asked), count(asked.before()))


async def _service(by_hand: ByHand, reports: Reports, asked: Asked, vallon: Vallon) -> None:
    report = await reports.read(Page.SERVICE, asked)
    assert isinstance(report, ServiceReport)
    for both, at in ((report.response_s, "first_replied_at"), (report.resolution_s, "solved_at")):
        assert _close(both.now, median(by_hand.took(at, asked)))
        assert _close(both.before, median(by_hand.took(at, asked.before())))
    assert report.responses == _both(lambda span: len(by_hand.took("first_replied_at", span)), asked)
    assert report.solved == _both(lambda span: len(by_hand.took("solved_at", span)), asked)
    assert report.replies == _both(by_hand.answers, asked)
    assert (report.satisfaction, report.satisfaction_before) == (
        by_hand.ratings(asked),
        by_hand.ratings(asked.before()),
    )
    assert report.levels_kept == _both(lambda span: by_hand.levels(span)[0], asked)
    assert report.levels_broken == _both(lambda span: by_hand.levels(span)[1], asked)
    assert report.tasks_kept == _both(lambda span: by_hand.tasks(span)[0], asked)
    assert report.tasks_late == _both(lambda span: by_hand.tasks(span)[1], asked)
    for point in report.by_day:
        day = Asked(point.day, point.day, asked.zone)
        assert point.count == len(taken := by_hand.took("first_replied_at", day))
        assert _close(point.now, median(taken) if taken else None)
    edges = (1, 4, 8, 24, 48, 72, float("inf"))
    taken = [seconds / 3600 for seconds in by_hand.took("solved_at", asked)]
    below = [len([hours for hours in taken if hours < edge]) for edge in edges]
    assert [share.now for share in report.resolutions] == [n - m for n, m in zip(below, [0, *below], strict=False)]
    assert sum(one.good + one.fair + one.bad for one in report.by_week) == sum(
        (report.satisfaction.good, report.satisfaction.fair, report.satisfaction.bad)
    )
    for line in report.agents:
        assert line.solved == len(by_hand.took("solved_at", asked, solved_by=line.agent_id))
        assert line.replies == by_hand.answers(asked, line.agent_id)
        hers = by_hand.took("first_replied_at", asked, first_replied_by=line.agent_id)
        assert _close(line.response_s, median(hers) if hers else None)
    behind = {
        Behind.REPLIED: report.responses, Behind.SOLVED: report.solved, Behind.ANSWERED: report.replies,
        Behind.LEVEL_BROKEN: report.levels_broken, Behind.TASK_LATE: report.tasks_late,
    }  # fmt: skip
    for kind, both in behind.items():
        assert len(await reports.behind(asked, Point(kind))) == both.now, kind
    assert len(await reports.behind(asked, Point(Behind.RATED, key="good"))) == report.satisfaction.good
    for bucket, share in enumerate(report.resolutions):
        assert len(await reports.behind(asked, Point(Behind.SOLVED, bucket=bucket))) == share.now


async def _calls(by_hand: ByHand, reports: Reports, asked: Asked, vallon: Vallon) -> None:
    report = await reports.read(Page.CALLS, asked)
    assert isinstance(report, CallReport)
    wait = {row["id"]: (row["answered_at"] - row["started_at"]).total_seconds()
            for row in by_hand._books.tables["calls"] if row["answered_at"]}  # fmt: skip
    parts: dict[UUID, set[UUID]] = {}
    for row in by_hand._books.tables["call_parts"]:
        parts.setdefault(row["call_id"], set()).add(row["agent_id"])
    chosen = {
        "": lambda row: True,
        "answered": lambda row: row["id"] in wait,
        "within": lambda row: wait.get(row["id"], 21) <= 20,
        "transferred": lambda row: len(parts.get(row["id"], ())) > 1,
    }
    figures = {
        "": report.offered,
        "answered": report.answered,
        "within": report.within,
        "transferred": report.transferred,
    }
    for part, both in figures.items():
        assert both == _both(lambda span, part=part: len(list(filter(chosen[part], by_hand.calls(span)))), asked), part
        assert len(await reports.behind(asked, Point(Behind.CALLS, part=part))) == both.now, part
    lost = _both(lambda span: len([row for row in by_hand.calls(span) if row["outcome"] == "abandoned"]), asked)
    assert report.abandoned == lost
    assert len(await reports.behind(asked, Point(Behind.ABANDONED))) == lost.now
    assert _close(report.speed_s.now, mean(wait[row["id"]] for row in by_hand.calls(asked) if row["id"] in wait))
    assert _close(report.handled_s.now, mean(by_hand.handled(asked)))
    assert _close(report.handled_s.before, mean(by_hand.handled(asked.before())))
    assert sum(point.now or 0 for point in report.by_day) == report.offered.now
    shown = {line.agent_id for line in report.agents}
    if asked.team_ids:
        assert vallon.agents["omar"] in shown
        assert {line.agent_id for line in report.agents if line.states_s} == {vallon.agents["omar"]}
    for line in report.agents:
        if line.states_s:
            states = by_hand.states(asked, line.agent_id)
            assert line.states_s == pytest.approx(states)
            on = sum(states.get(state, 0) for state in ("ringing", "on_call", "wrap_up"))
            whole = on + states.get("available", 0)
            assert _close(line.occupancy, on / whole if whole else None)


async def _cases(by_hand: ByHand, reports: Reports, asked: Asked) -> None:
    report = await reports.read(Page.CASES, asked)
    assert isinstance(report, CaseReport)
    assert report.created == _both(lambda span: len(by_hand.rows("cases", "created_at", span)), asked)
    for point in report.by_day:
        assert point.now == len(by_hand.rows("cases", "created_at", Asked(point.day, point.day, asked.zone)))
    for part, shares in (("type_id", report.types), ("team_id", report.teams), ("state_id", report.states)):
        rows = [str(row[part]) for row in by_hand.rows("cases", "created_at", asked)]
        assert {share.key: share.now for share in shares if share.now} == {key: rows.count(key) for key in set(rows)}
    tags = [tag for row in by_hand.rows("cases", "created_at", asked) for tag in row["tags"]]
    assert {share.key: share.now for share in report.tags if share.now} == {tag: tags.count(tag) for tag in set(tags)}
    for share in report.tags:
        assert len(await reports.behind(asked, Point(Behind.CREATED, part="tag", key=share.key))) == share.now
