"""Figures that come by mail: computed as the agent who asked for them, written into the outbox, all in one transaction."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from app.domain.ids import new_id
from app.domain.refusals import Refused
from app.domain.reports import Asked, Page
from app.services.report_files import Sheet
from app.services.report_sheets import sheets
from app.services.reports import Reports
from app.store.blobs import store_blob
from app.store.reports import PostgresReports
from app.store.session import Database

Write = Callable[[UUID, tuple[str, str], str, str, Asked, Sequence[Sheet]], tuple[str, bytes]]
WEEK = 7
_DUE = """
SELECT r.id, r.organisation_id, r.agent_id, r.page, r.team_ids, r.calendar_id, r.weekday, r.hour, a.role_name, a.email,
  a.language, a.time_zone, a.active
FROM report_mails r JOIN agents a ON a.id = r.agent_id WHERE r.next_at <= now() ORDER BY r.next_at LIMIT 1
FOR UPDATE OF r SKIP LOCKED"""
# Through the mailbox of her own team, or of its communication team, else any of the organisation.
_SENDER = """
SELECT m.id, a.address, coalesce(nullif(a.display_name, ''), o.name) AS name
FROM mailboxes m JOIN mail_addresses a ON a.mailbox_id = m.id AND a.sends JOIN organisations o ON o.id = m.organisation_id
LEFT JOIN agents g ON g.id = :agent LEFT JOIN teams t ON t.id = g.default_team_id
WHERE m.organisation_id = :organisation AND m.archived_at IS NULL
ORDER BY a.team_id = coalesce(t.communication_team_id, t.id) DESC NULLS LAST, m.id LIMIT 1"""
_NEXT = "UPDATE report_mails SET next_at = next_hour(:weekday, :hour, :zone), said = left(:said, 300) WHERE id = :id"
_OUTGOING = """
INSERT INTO outgoing (id, organisation_id, mailbox_id, external_id, blob_id, written_by, automatic)
VALUES (:mail, :organisation, :mailbox, :external, :blob, :agent, true)"""
_DELIVERY = "INSERT INTO deliveries (organisation_id, outgoing_id, recipient) VALUES (:organisation, :mail, :recipient)"


async def mail_reports(database: Database, write: Write) -> int:
    """Write one report that is due; whether there was one."""
    async with database.together() as now:
        row = await now.row(_DUE)
        if row is None:
            return 0
        said = await _mail(now, row, write) if row["active"] else ""
        await now.write(_NEXT, id=row["id"], weekday=row["weekday"], hour=row["hour"], zone=row["time_zone"], said=said)
    return 1


async def _mail(now: Database, row: RowMapping, write: Write) -> str:
    sender = await now.row(_SENDER, agent=row["agent_id"], organisation=row["organisation_id"])
    if sender is None:
        return "no mailbox"
    last = datetime.now(UTC).astimezone(ZoneInfo(row["time_zone"])).date() - timedelta(days=1)
    first = last - timedelta(days=WEEK - 1)
    asked = Asked(first, last, row["time_zone"], tuple(row["team_ids"]), row["calendar_id"])
    try:
        tables = await _as_her(now, row["role_name"], Page(row["page"]), asked, row["language"])
    except Refused as refused:
        return str(refused)
    external, raw = write(row["id"], (sender["name"], sender["address"]), row["email"], row["language"], asked, tables)
    mail = new_id()
    async with now.transaction() as connection:
        blob = await store_blob(connection, row["organisation_id"], raw)
    values: dict[str, Any] = {"organisation": row["organisation_id"], "mail": mail}
    await now.write(_OUTGOING, **values, mailbox=sender["id"], external=external, blob=blob, agent=row["agent_id"])
    await now.write(_DELIVERY, **values, recipient=row["email"])
    return ""


async def _as_her(now: Database, role: str, page: Page, asked: Asked, language: str) -> tuple[Sheet, ...]:
    """What she would see herself: the hub becomes her role for as long as it reads."""
    quoted = role.replace('"', '""')
    await now.write(f'SET LOCAL ROLE "{quoted}"')
    try:
        return sheets(await Reports(PostgresReports(now)).read(page, asked), asked, language)
    finally:
        await now.write("RESET ROLE")
