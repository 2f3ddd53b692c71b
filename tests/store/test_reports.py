"""Reports on a real server: figures, the span before, business hours, what is behind a figure, and who sees what."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from app.domain.business_hours import Calendar, Opening
from app.domain.cases import Category
from app.domain.follow_ups import Channel, Direction, FollowUp
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.reports import Asked, Behind, Both, CallReport, CaseReport, Page, Point, ServiceReport, Share
from app.domain.tasks import Task
from app.mail.report_mail import report_mail
from app.services.levels import NamedCalendar
from app.services.report_files import Sheet, as_csv, as_xlsx
from app.services.report_sheets import sheets
from app.services.reports import Reports
from app.services.shipped_words import FRENCH
from app.store.calendars import PostgresCalendars
from app.store.engine import connect, open_engine
from app.store.report_mails import mail_reports
from app.store.reports import PostgresReports
from app.store.session import Database
from tests.helpers.mail_store import hub_database, make_mailbox
from tests.helpers.organisation import Vallon

ROOT = Path(__file__).parents[2]
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)  # ten o'clock in Paris
WEEK = Asked(date(2026, 11, 16), date(2026, 11, 22), "Europe/Paris")
HOUR = timedelta(hours=1)


async def _case(
    vallon: Vallon,
    admin: asyncpg.Connection,
    created: datetime,
    replied: timedelta | None = None,
    solved: timedelta | None = None,
    *,
    team: str = "Contact centre",
    by: str = "camille",
) -> UUID:
    case_id = await vallon.case(team, by=by)
    store = vallon.as_agent(by)
    if replied is not None:
        entry = FollowUp(new_id(), case_id, Channel.EMAIL, "Done", datetime.now(UTC), Direction.OUT, public=True)
        await store.insert_follow_up(entry)
    if solved is not None:
        await store.assign_case(case_id, vallon.agents[by])
        case = await store.case(case_id)
        states = next(one for one in await store.case_types() if one.id == case.type_id).states
        await store.update_case(
            replace(case, state_id=next(one.id for one in states if one.category is Category.SOLVED))
        )
    async with admin.transaction():
        await admin.execute("SET LOCAL session_replication_role = replica")  # what happened in the past
        await admin.execute("UPDATE cases SET created_at = $2 WHERE id = $1", case_id, created)
    await admin.execute(
        "UPDATE case_measures SET created_at = $2, first_replied_at = $3, solved_at = $4 WHERE case_id = $1",
        case_id, created, created + replied if replied is not None else None,
        created + solved if solved is not None else None,
    )  # fmt: skip
    return case_id


def _reports(vallon: Vallon, name: str) -> tuple[Reports, Database]:
    database = Database(open_engine(vallon.access(name)))
    return Reports(PostgresReports(database)), database


@pytest.mark.row("S4-23", "S4-24")
async def test_response_resolution_and_productivity_beside_the_week_before(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    fast = await _case(vallon, admin, MONDAY, HOUR, 2 * HOUR)
    slow = await _case(vallon, admin, MONDAY + 24 * HOUR, 3 * HOUR, 30 * HOUR)
    await _case(vallon, admin, MONDAY - 7 * 24 * HOUR, 4 * HOUR, 5 * HOUR)
    reports, database = _reports(vallon, "sofia")
    report = await reports.read(Page.SERVICE, WEEK)
    assert isinstance(report, ServiceReport)
    assert report.response_s == Both(7200, 4 * 3600)
    assert report.resolution_s == Both(16 * 3600, 5 * 3600)
    assert report.solved == Both(2, 1)
    assert [(point.now, point.before) for point in report.by_day[:3]] == [
        (3600, 4 * 3600),
        (3 * 3600, None),
        (None, None),
    ]
    assert [share.now for share in report.resolutions] == [0, 1, 0, 0, 1, 0, 0]
    assert [(line.name, line.solved, line.response_s) for line in report.agents] == [("Camille Roy", 2, 7200)]
    behind = await reports.behind(WEEK, Point(Behind.REPLIED))
    assert [(line.id, line.seconds) for line in behind] == [(slow, 3 * 3600), (fast, 3600)]
    day = await reports.behind(WEEK, Point(Behind.REPLIED, day=date(2026, 11, 16)))
    assert [line.id for line in day] == [fast]
    bucket = await reports.behind(WEEK, Point(Behind.SOLVED, bucket=4))
    assert [line.id for line in bucket] == [slow]
    agent = await reports.behind(WEEK, Point(Behind.SOLVED, agent_id=vallon.agents["nadia"]))
    assert agent == ()
    await database.close()
    await admin.close()


async def test_all_replies_count_by_agent_and_team_and_open_their_cases(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    case = await _case(vallon, admin, MONDAY, HOUR)
    said = (("email", "out", True, "camille"), ("email", "out", True, "camille"), ("chat", "out", True, "nadia"),
            ("call", "in", False, "nadia"), ("note", "out", False, "camille"), ("email", "out", True, None),
            ("email", "in", True, None))  # fmt: skip
    async with admin.transaction():
        await admin.execute("SET LOCAL session_replication_role = replica")
        for at, (channel, direction, public, by) in enumerate(said):
            await admin.execute(
                "INSERT INTO follow_ups (id, organisation_id, audience_id, case_id, channel, direction, public, "
                "author_id, at, body) SELECT gen_random_uuid(), organisation_id, audience_id, id, $2, $3, $4, "
                "$5::uuid, $6, '' FROM cases WHERE id = $1",
                case, channel, direction, public, vallon.agents[by] if by else None, MONDAY + (at + 1) * HOUR,
            )  # fmt: skip
    reports, database = _reports(vallon, "sofia")
    report = await reports.read(Page.SERVICE, WEEK)
    assert isinstance(report, ServiceReport)
    assert report.replies == Both(4, 0)
    assert {line.name: line.replies for line in report.agents} == {"Camille Roy": 2, "Nadia Benali": 2}
    hers = await reports.behind(WEEK, Point(Behind.ANSWERED, agent_id=vallon.agents["nadia"]))
    assert [line.case_id for line in hers] == [case, case]
    elsewhere = await reports.read(Page.SERVICE, replace(WEEK, team_ids=(vallon.teams["Location"],)))
    assert isinstance(elsewhere, ServiceReport)
    assert elsewhere.replies == Both(0, 0)
    await database.close()
    await admin.close()


async def test_business_hours_leave_out_the_night_and_none_count_every_hour(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    await _case(vallon, admin, MONDAY, 23 * HOUR, 24 * HOUR)
    reports, database = _reports(vallon, "sofia")
    hours = Calendar("Europe/Paris", dict.fromkeys(range(1, 6), (Opening(9 * 60, 17 * 60),)))
    office = NamedCalendar(new_id(), "Office", hours)
    await PostgresCalendars(database).save_calendar(office)
    by_hours = await reports.read(Page.SERVICE, replace(WEEK, calendar_id=office.id))
    assert isinstance(by_hours, ServiceReport)
    assert by_hours.response_s.now == 7 * 3600, "10 to 17, then 9 to 9"
    assert by_hours.resolution_s.now == 8 * 3600
    behind = await reports.behind(replace(WEEK, calendar_id=office.id), Point(Behind.SOLVED, bucket=3))
    assert [line.seconds for line in behind] == [8 * 3600]
    await database.close()
    await admin.close()


async def test_figures_are_those_of_what_the_reader_may_see(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    await _case(vallon, admin, MONDAY, HOUR, 2 * HOUR)
    await _case(vallon, admin, MONDAY, HOUR, 2 * HOUR, team="Sales Dijon", by="omar")
    counts = {}
    for name in ("sofia", "omar", "victor"):
        reports, database = _reports(vallon, name)
        report = await reports.read(Page.SERVICE, WEEK)
        assert isinstance(report, ServiceReport)
        counts[name] = (report.solved.now, len(await reports.behind(WEEK, Point(Behind.SOLVED))))
        await database.close()
    assert counts == {"sofia": (2, 2), "omar": (1, 1), "victor": (0, 0)}
    reports, database = _reports(vallon, "sofia")
    only = await reports.read(Page.SERVICE, replace(WEEK, team_ids=(vallon.teams["Sales Dijon"],)))
    assert isinstance(only, ServiceReport)
    assert only.solved.now == 1
    await database.close()
    await admin.close()


async def test_satisfaction_levels_and_promises_stand_in_the_report(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    case_id = await _case(vallon, admin, MONDAY, HOUR, 2 * HOUR)
    policy = await admin.fetchval(
        "INSERT INTO level_policies (id, organisation_id, name) VALUES (gen_random_uuid(), $1, 'P') RETURNING id",
        vallon.organisation_id,
    )
    for kind, round_ in (("fulfil", 1), ("fulfil", 2), ("breach", 2)):
        await admin.execute(
            "INSERT INTO metric_events (organisation_id, case_id, metric, kind, round, at, policy_id) "
            "VALUES ($1, $2, 'next_reply', $3, $4, $5, $6)",
            vallon.organisation_id, case_id, kind, round_, MONDAY, policy,
        )  # fmt: skip
    for rating, day in (("good", 0), ("good", 1), ("bad", 1), (None, 1)):
        await admin.execute(
            "INSERT INTO satisfaction (id, organisation_id, audience_id, case_id, customer_id, team_id, agent_id, "
            "recipient, asked_at, expires_at, rating, answered_at) "
            "SELECT gen_random_uuid(), organisation_id, audience_id, id, customer_id, team_id, $2, 'a@b.example', "
            "$3::timestamptz, $3, $4::text, CASE WHEN $4 IS NOT NULL THEN $3::timestamptz END "
            "FROM cases WHERE id = $1",
            case_id, vallon.agents["camille"], MONDAY + day * 24 * HOUR, rating,
        )  # fmt: skip
    store = vallon.as_agent("nadia")
    for minutes in (5, 90, None):
        task = Task(new_id(), vallon.teams["Contact centre"], "Call", local_at=datetime(2026, 11, 17, 14), zone="UTC")
        await store.insert_task(task)
        if minutes is not None:
            await admin.execute(
                "UPDATE tasks SET status = 'done', done_at = due_at + make_interval(mins => $2) WHERE id = $1",
                task.id, minutes,
            )  # fmt: skip
    reports, database = _reports(vallon, "sofia")
    report = await reports.read(Page.SERVICE, WEEK)
    assert isinstance(report, ServiceReport)
    assert (report.satisfaction.good, report.satisfaction.bad, report.satisfaction.asked) == (2, 1, 4)
    assert [(week.week, week.good) for week in report.by_week] == [(date(2026, 11, 16), 2)]
    assert report.agents[0].content == pytest.approx(2 / 3)
    assert (report.levels_kept.now, report.levels_broken.now) == (1, 1)
    assert (report.tasks_kept.now, report.tasks_late.now) == (1, 2)
    assert [line.word for line in await reports.behind(WEEK, Point(Behind.RATED, key="bad"))] == ["bad"]
    assert len(await reports.behind(WEEK, Point(Behind.TASK_LATE))) == 2
    assert [line.id for line in await reports.behind(WEEK, Point(Behind.LEVEL_BROKEN))] == [case_id]
    await database.close()
    await admin.close()


async def test_calls_and_states_of_agents(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    team, nadia = vallon.teams["Contact centre"], vallon.agents["nadia"]
    for waited, answered, outcome in (
        (10, True, "answered"),
        (30, True, "answered"),
        (60, False, "abandoned"),
        (0, False, "closed"),
    ):
        call = new_id()
        await admin.execute(
            "INSERT INTO calls (id, organisation_id, direction, phase, team_id, started_at, answered_at, ended_at, "
            "outcome, caller_number) VALUES ($1, $2, 'in', 'ended', $3, $4, $5, $6, $7, '+33612345678')",
            call, vallon.organisation_id, team, MONDAY, MONDAY + timedelta(seconds=waited) if answered else None,
            MONDAY + timedelta(seconds=waited + 100), outcome,
        )  # fmt: skip
        if answered:
            await admin.execute(
                "INSERT INTO call_parts (id, organisation_id, call_id, agent_id, team_id, began_at, ended_at, "
                "filed_at) VALUES (gen_random_uuid(), $1, $2, $3, $4, $5::timestamptz, $5 + interval '100 s', "
                "$5 + interval '130 s')",
                vallon.organisation_id, call, nadia, team, MONDAY,
            )  # fmt: skip
    for state, minutes in (("available", 60), ("on_call", 20)):
        await admin.execute(
            "INSERT INTO agent_state_log (organisation_id, agent_id, state, began_at, ended_at) "
            "VALUES ($1, $2, $3, $4::timestamptz, $4 + make_interval(mins => $5))",
            vallon.organisation_id, nadia, state, MONDAY, minutes,
        )  # fmt: skip
    reports, database = _reports(vallon, "sofia")
    report = await reports.read(Page.CALLS, WEEK)
    assert isinstance(report, CallReport)
    figures = (report.offered, report.answered, report.abandoned, report.within, report.transferred)
    assert [one.now for one in figures] == [3, 2, 1, 1, 0]
    assert (report.speed_s.now, report.handled_s.now) == (20, 130)
    assert (report.agents[0].name, report.agents[0].calls, report.agents[0].occupancy) == ("Nadia Benali", 2, 0.25)
    assert [line.word for line in await reports.behind(WEEK, Point(Behind.ABANDONED))] == ["abandoned"]
    assert len(await reports.behind(WEEK, Point(Behind.CALLS, agent_id=nadia))) == 2
    await database.close()
    await admin.close()


async def test_opened_cases_by_type_team_state_and_tag(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    first = await _case(vallon, admin, MONDAY)
    await _case(vallon, admin, MONDAY + 24 * HOUR, team="Sales Dijon", by="omar")
    await _case(vallon, admin, MONDAY - 24 * HOUR)
    await admin.execute("UPDATE cases SET tags = '{hydraulics,urgent}' WHERE id = $1", first)
    reports, database = _reports(vallon, "sofia")
    report = await reports.read(Page.CASES, WEEK)
    assert isinstance(report, CaseReport)
    assert report.created == Both(2, 1)
    assert [(share.name, share.now, share.before) for share in report.teams] == [
        ("Contact centre", 1, 1),
        ("Sales Dijon", 1, 0),
    ]
    assert [(share.name, share.now) for share in report.types] == [("case\nCase", 2)]
    assert {share.name: share.now for share in report.tags} == {"hydraulics": 1, "urgent": 1}
    assert [point.now for point in report.by_day[:2]] == [1, 1]
    tagged = await reports.behind(WEEK, Point(Behind.CREATED, part="tag", key="hydraulics"))
    assert [line.id for line in tagged] == [first]
    by_type = await reports.behind(WEEK, Point(Behind.CREATED, part="type", key=report.types[0].key))
    assert len(by_type) == 2
    await database.close()
    await admin.close()


async def test_figures_come_by_mail_as_their_reader_would_see_them(vallon: Vallon) -> None:
    admin = await connect(vallon.admin)
    await make_mailbox(vallon)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    await _case(vallon, admin, yesterday - 2 * HOUR, HOUR, HOUR)
    await _case(vallon, admin, yesterday - 2 * HOUR, HOUR, HOUR, team="Sales Dijon", by="omar")
    reports, database = _reports(vallon, "sofia")
    with pytest.raises(Refused) as nowhere:
        await reports.mail(Page.SERVICE, WEEK)
    assert (nowhere.value.reason, nowhere.value.field) == (Refusal.REQUIRED, "email")
    await admin.execute("UPDATE agents SET email = 'sofia@vallon.example'")
    at = await reports.mail(Page.SERVICE, replace(WEEK, team_ids=(vallon.teams["Sales Dijon"],)))
    assert at.astimezone(ZoneInfo("Europe/Paris")).isoweekday() == 1
    assert await reports.mailed() == {Page.SERVICE}
    hub = hub_database(vallon)
    assert await mail_reports(hub, report_mail) == 0
    await admin.execute("UPDATE report_mails SET next_at = now() - interval '1 min'")
    assert await mail_reports(hub, report_mail) == 1
    assert await mail_reports(hub, report_mail) == 0
    row = await admin.fetchrow(
        "SELECT o.blob_id, d.recipient FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id"
    )
    assert row is not None
    mail = message_from_bytes(b"".join(r["data"] for r in await admin.fetch(
        "SELECT data FROM blob_chunks WHERE blob_id = $1 ORDER BY position", row["blob_id"])))  # fmt: skip
    assert (mail["To"], row["recipient"]) == ("sofia@vallon.example", "sofia@vallon.example")
    text, book = (part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart())
    assert isinstance(text, bytes)
    assert isinstance(book, bytes)
    assert "Dossiers résolus: 1 (0)" in text.decode()
    assert book[:2] == b"PK"
    assert await admin.fetchval("SELECT next_at > now() FROM report_mails")
    await reports.stop_mailing(Page.SERVICE)
    assert await reports.mailed() == frozenset()
    await hub.close()
    await database.close()
    await admin.close()


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Name;Share\r\n'=1+1;0,123\r\nTwo, three;7200\r\n;2\r\n"),
     ("en", 'Name,Share\r\n\'=1+1,0.123\r\n"Two, three",7200\r\n,2\r\n')],
)  # fmt: skip
def test_tables_to_take_along_hold_no_formula_and_numbers_as_a_language_writes_them(language: str, text: str) -> None:
    sheet = Sheet("Agents", ("Name", "Share"), (("=1+1", 0.12345), ("Two, three", 7200.0), (None, 2)))
    assert as_csv((sheet,), language).decode("utf-8-sig") == text
    assert as_csv((sheet, sheet), language).count(b"Name") == 2
    book = zipfile.ZipFile(io.BytesIO(as_xlsx((sheet, sheet))))
    assert "xl/worksheets/sheet2.xml" in book.namelist()
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_what_ships_is_named_in_the_language_of_the_file_and_what_people_named_as_they_did() -> None:
    shares = (
        Share("1", "waiting_customer\nWaiting on customer", 2),
        Share("2", "open\nTo be sorted", 1),
        Share("3", "X", 1),
    )
    for language, names in (("fr", ["En attente du client", "To be sorted", "X"]),
                            ("en", ["Waiting on customer", "To be sorted", "X"])):  # fmt: skip
        tables = sheets(CaseReport(states=shares), WEEK, language)
        assert [line[0] for line in tables[4].lines] == names


def test_the_hub_and_the_desk_name_what_ships_alike() -> None:
    desk = {
        message.findtext("source"): message.findtext("translation")
        for context in ET.parse(ROOT / "resources/i18n/guichet_fr.ts").iter("context")
        if context.findtext("name") in {"TypeName", "State"}
        for message in context.iter("message")
    }
    assert {source: words for source, words in desk.items() if source != words} == FRENCH
