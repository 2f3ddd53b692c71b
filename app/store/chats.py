"""Chats as a desk reads and moves them, under the agent's own role."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.chats import ChatState
from app.domain.follow_ups import FollowUp
from app.domain.ids import new_id
from app.domain.plain import to_plain
from app.services.attachments import NewFile
from app.services.web_chat import MOST_ON_FLOOR, ChatView, WidgetOnPage
from app.store import rows
from app.store.again import again
from app.store.blobs import hang, upload
from app.store.cases import ENTRY
from app.store.session import Database, statement

MOST_OTHERS = 50
_CHAT = """
SELECT k.id, k.case_id, k.state, k.team_id, t.name AS team_name, c.number AS case_number, c.subject AS case_subject, k.name,
  k.agent_id, coalesce(a.name, '') AS agent_name, k.ringing, k.ring_until, k.handed_by, coalesce(h.name, '') AS handed_by_name,
  k.note, k.language, k.seq, k.got, k.visitor_seen, k.agent_seen, k.last_by, k.waiting_since_at, k.started_at, k.answered_at, k.left_at, k.noticed_at,
  k.ended_by, coalesce((SELECT left(f.body, 300) FROM chat_messages m JOIN follow_ups f ON f.id = m.follow_up_id
    WHERE m.chat_id = k.id AND m.said_by = 'visitor' ORDER BY m.seq DESC LIMIT 1), '') AS last_words,
  (SELECT may('supervise_calls')) OR k.team_id = ANY ((SELECT my_led_teams())::uuid[])
    OR w.team_id = ANY ((SELECT my_led_teams())::uuid[]) AS may_lead
FROM chats k JOIN cases c ON c.id = k.case_id JOIN teams t ON t.id = k.team_id JOIN chat_widgets w ON w.id = k.widget_id
LEFT JOIN agents a ON a.id = k.agent_id LEFT JOIN agents h ON h.id = k.handed_by"""
# Mine and those that ask for me; the first that wait for my teams; for who leads, the first of her teams. Chosen by
# their own columns before anything is joined: a thousand may go on.
_LIVE = f"""
{_CHAT} WHERE k.id IN (
  (SELECT id FROM chats WHERE state <> 'ended' AND (agent_id = (SELECT me()) OR (SELECT me()) = ANY (ringing)
     OR handed_by = (SELECT me()) AND state = 'waiting'))
  UNION (SELECT id FROM chats WHERE state = 'waiting' AND team_id = ANY ((SELECT my_memberships())::uuid[])
         ORDER BY waiting_since_at LIMIT {MOST_OTHERS})
  UNION (SELECT id FROM chats WHERE state <> 'ended' AND team_id = ANY ((SELECT my_led_teams())::uuid[])
         ORDER BY started_at LIMIT {MOST_OTHERS}))
ORDER BY k.started_at"""
# What the board shows: of all teams for who supervises, else of those that I lead, at the widget's door as well.
_FLOOR = f"""
{_CHAT} WHERE k.id IN (
  SELECT x.id FROM chats x JOIN chat_widgets v ON v.id = x.widget_id
  WHERE x.state <> 'ended' AND ((SELECT may('supervise_calls')) OR x.team_id = ANY ((SELECT my_led_teams())::uuid[])
    OR v.team_id = ANY ((SELECT my_led_teams())::uuid[]))
  ORDER BY x.state = 'talking', coalesce(x.waiting_since_at, x.started_at) LIMIT {MOST_ON_FLOOR})"""
_OF_CASE = f"{_CHAT} WHERE k.case_id = :case ORDER BY k.started_at DESC LIMIT 1"
_WORDS = f"""
{ENTRY} JOIN chat_messages m ON m.follow_up_id = f.id WHERE m.chat_id = :chat AND m.seq > :after ORDER BY m.seq LIMIT 200"""
_SAY = "SELECT say_chat(:chat, :id, :body)"
_WIDGETS = """
SELECT coalesce(w.id, CAST(NULL AS uuid)) AS id, t.id AS team_id, t.name AS team, coalesce(w.key, '') AS key,
  coalesce(w.active, false) AS active, coalesce(w.welcome_en, '') AS welcome_en, coalesce(w.welcome_fr, '') AS welcome_fr,
  coalesce(w.sites, '{}') AS sites, coalesce(w.offer_s, 30) AS offer_s, coalesce(w.most, 6) AS most,
  coalesce(w.silence_s, 600) AS silence_s, coalesce(w.asks_email, true) AS asks_email, coalesce(w.version, 0) AS version,
  rtrim(coalesce(nullif(s.public_url, ''), q.public_url, ''), '/') AS address
FROM teams t LEFT JOIN chat_widgets w ON w.team_id = t.id LEFT JOIN web_settings s ON s.organisation_id = t.organisation_id
LEFT JOIN satisfaction_settings q ON q.organisation_id = t.organisation_id
WHERE t.archived_at IS NULL AND t.communication_team_id IS NULL ORDER BY fold(t.name)"""


class PostgresChats:
    """ChatStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def live_chats(self) -> tuple[ChatView, ...]:
        return tuple(map(_view, await self._database.rows(_LIVE)))

    async def floor_chats(self) -> tuple[ChatView, ...]:
        return tuple(map(_view, await self._database.rows(_FLOOR)))

    async def chat_of_case(self, case_id: UUID) -> ChatView | None:
        row = await self._database.row(_OF_CASE, case=case_id)
        return _view(row) if row is not None else None

    async def words(self, chat_id: UUID, after: int) -> tuple[FollowUp, ...]:
        """What was said after a number: a few rows, where the case's whole file would be read else."""
        return tuple(map(rows.follow_up, await self._database.rows(_WORDS, chat=chat_id, after=after)))

    async def marks(self, chat_id: UUID) -> Mapping[UUID, int]:
        """The numbers of what we said, by its entry."""
        found = await self._database.rows(
            "SELECT follow_up_id, seq FROM chat_messages WHERE chat_id = :chat AND said_by <> 'visitor'", chat=chat_id
        )
        return {row["follow_up_id"]: row["seq"] for row in found}

    async def accept(self, chat_id: UUID) -> None:
        await self._act("SELECT accept_chat(:chat)", chat_id)

    async def decline(self, chat_id: UUID) -> None:
        await self._act("SELECT decline_chat(:chat)", chat_id)

    async def take(self, chat_id: UUID) -> None:
        await self._act("SELECT take_chat(:chat)", chat_id)

    async def say(self, chat_id: UUID, message_id: UUID, body: str, files: Sequence[NewFile] = ()) -> None:
        if files:
            await again(lambda: self._say_with(chat_id, message_id, body, files))
        else:
            await self._act(_SAY, chat_id, id=message_id, body=body)

    async def seen(self, chat_id: UUID, seq: int) -> None:
        await self._act("SELECT seen_chat(:chat, :seq)", chat_id, seq=seq)

    async def types(self, chat_id: UUID) -> None:
        await self._act("SELECT type_chat(:chat)", chat_id)

    async def hand_over(self, chat_id: UUID, kind: str, target_id: UUID, note: str) -> None:
        await self._act(
            "SELECT hand_over_chat(:chat, :kind, :target, :note)", chat_id, kind=kind, target=target_id, note=note
        )

    async def end(self, chat_id: UUID, ending: str) -> None:
        await self._act("SELECT end_chat(:chat, :ending)", chat_id, ending=ending)

    async def widgets(self) -> tuple[WidgetOnPage, ...]:
        """Every team with a number; one that never had a chat is off."""
        found = await self._database.rows(_WIDGETS)
        return tuple(
            WidgetOnPage(**{**row, "id": row["id"] or new_id(), "sites": tuple(row["sites"])}) for row in found
        )

    async def save_widget(self, widget: WidgetOnPage) -> None:
        await self._database.write(
            "SELECT save_chat_widget(:id, CAST(:told AS jsonb), :seen)",
            id=widget.id, told=json.dumps(to_plain(widget)), seen=widget.version,
        )  # fmt: skip

    async def _say_with(self, chat_id: UUID, message_id: UUID, body: str, files: Sequence[NewFile]) -> None:
        """Words and files at once: nobody reads of a file that is not there."""
        async with self._database.transaction() as connection:
            # Before the words, which lock the chat: the visitor does not wait for what is large.
            sent = [await upload(connection, file.data) for file in files]
            await connection.execute(statement(_SAY), {"chat": chat_id, "id": message_id, "body": body})
            known = await connection.execute(
                statement("SELECT 1 FROM attachments WHERE follow_up_id = :id"), {"id": message_id}
            )
            if known.first() is not None:  # it was said already, with its files
                await connection.rollback()
                return
            for upload_id, file in zip(sent, files, strict=True):
                await hang(connection, upload_id, message_id, file)

    async def _act(self, sql: str, chat_id: UUID, **values: Any) -> None:
        await again(lambda: self._database.write(sql, chat=chat_id, **values))


def _view(row: RowMapping) -> ChatView:
    return ChatView(**{**row, "state": ChatState(row["state"]), "ringing": tuple(row["ringing"])})
