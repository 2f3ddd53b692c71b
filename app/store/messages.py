"""Lines, trees and broadcasts under an agent's own role, in one hand."""

from collections.abc import Mapping
from uuid import UUID

from app.domain.ids import new_id
from app.services.messages import LineFound, LineOnPage
from app.store.broadcasts import PostgresBroadcasts
from app.store.hub_hints import TEXTS
from app.store.message_trees import PostgresMessageTrees
from app.store.session import Database

_LINES = """
SELECT n.id AS number_id, n.e164 AS number, n.team_id, l.id, coalesce(l.url, '') AS url, coalesce(l.account, '') AS account,
  coalesce(l.hooks_at, '') AS hooks_at, coalesce(l.auto_reply, false) AS auto_reply, coalesce(l.reply_en, '') AS reply_en,
  coalesce(l.reply_fr, '') AS reply_fr, l.trunk_id, l.id IS NOT NULL AND l.archived_at IS NULL AS active
FROM numbers n LEFT JOIN sms_lines l ON l.number_id = n.id ORDER BY n.position, n.e164"""
_SAVE = """
INSERT INTO sms_lines (id, organisation_id, number_id, kind, trunk_id, url, account, secret, hooks_at, auto_reply, reply_en, reply_fr)
VALUES (:id, (SELECT my_organisation()), :number, :kind, :trunk_id, :url, :account, :secret, :hooks_at, :auto_reply, :reply_en, :reply_fr)"""
_CHANGE = """
UPDATE sms_lines SET kind = :kind, trunk_id = :trunk_id, url = :url, account = :account, hooks_at = :hooks_at, auto_reply = :auto_reply, reply_en = :reply_en,
  reply_fr = :reply_fr, archived_at = CASE WHEN :active THEN NULL ELSE now() END{0} WHERE id = :id"""


class PostgresMessages(PostgresBroadcasts, PostgresMessageTrees):
    """MessageStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)

    async def lines(self) -> tuple[LineOnPage, ...]:
        return tuple(LineOnPage(**row) for row in await self._database.rows(_LINES))

    async def line_trunks(self) -> Mapping[UUID, str]:
        rows = await self._database.rows(
            "SELECT id, name FROM trunks WHERE archived_at IS NULL ORDER BY position, name"
        )
        return {row["id"]: row["name"] for row in rows}

    async def look_at_line(self, line_id: UUID) -> None:
        await self._database.write("SELECT pg_notify(:channel, 'look ' || :line)", channel=TEXTS, line=str(line_id))

    async def line_found(self, line_id: UUID) -> LineFound:
        found = await self._database.one("SELECT state, said, looked_at FROM sms_lines WHERE id = :id", id=line_id)
        return LineFound(**found)

    async def save_line(self, line: LineOnPage) -> None:
        values = {
            "url": line.url.strip(), "account": line.account.strip(), "hooks_at": line.hooks_at.strip().rstrip("/"),
            "kind": "http" if line.trunk_id is None else "sip", "trunk_id": line.trunk_id, "auto_reply": line.auto_reply, "reply_en": line.reply_en, "reply_fr": line.reply_fr,
        }  # fmt: skip
        if line.id is None:
            await self._database.write(_SAVE, id=new_id(), number=line.number_id, secret=line.secret, **values)
        else:
            # An empty secret keeps the one that is there.
            secret = {"secret": line.secret} if line.secret else {}
            changed = _CHANGE.format(", secret = :secret" if line.secret else "")
            await self._database.write(changed, id=line.id, active=line.active, **values, **secret)
