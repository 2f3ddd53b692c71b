"""Requests about mail as the hub takes and answers them."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.services.mail_requests import MailRequest, RequestKind
from app.store.session import Database

_CLAIM = """
UPDATE mail_requests SET claimed_until = clock_timestamp() + make_interval(secs => :seconds), attempts = attempts + 1
WHERE id = (SELECT id FROM mail_requests WHERE answered_at IS NULL AND coalesce(claimed_until, '-infinity') < clock_timestamp()
            ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, team_id, mailbox_id, asked, attempts"""
_KNOWN = """
SELECT count(*) FILTER (WHERE known) AS known, array_agg(one) FILTER (WHERE NOT known) AS missing FROM (
  SELECT one, EXISTS (SELECT FROM incoming i WHERE i.mailbox_id = :mailbox AND i.external_id = one) AS known
  FROM unnest(CAST(:ids AS text[])) one) s"""


class PostgresMailRequests:
    """Requests on PostgreSQL, for the hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, for_s: float) -> MailRequest | None:
        """The oldest one that nobody works on."""
        async with self._database.together() as together:
            rows = await together.rows(_CLAIM, seconds=for_s)
        row = rows[0] if rows else None
        return MailRequest(**{**row, "kind": RequestKind(row["kind"])}) if row is not None else None

    async def answer(self, request: UUID, answer: Any) -> None:
        """Keep what was found; the desk hears of it. Older answers go."""
        await self._database.write(
            "UPDATE mail_requests SET answer = CAST(:answer AS jsonb), answered_at = clock_timestamp(), claimed_until = NULL "
            "WHERE id = :id AND answered_at IS NULL",
            id=request,
            answer=json.dumps(answer),
        )
        await self._database.write("DELETE FROM mail_requests WHERE answered_at < now() - interval '30 days'")

    async def tell(self, request: UUID, answer: Any, for_s: float) -> None:
        """Let the desk see what is known so far, and keep the claim so long; the request stays open."""
        await self._database.write(
            "UPDATE mail_requests SET answer = CAST(:answer AS jsonb), answered_at = NULL, "
            "claimed_until = clock_timestamp() + make_interval(secs => :seconds) WHERE id = :id AND answered_at IS NULL",
            id=request,
            answer=json.dumps(answer),
            seconds=for_s,
        )

    async def missing(self, mailbox: UUID, ids: Sequence[str]) -> list[str]:
        """Which of these messages the ledger of a mailbox has not."""
        row = await self._database.one(_KNOWN, mailbox=mailbox, ids=list(ids))
        return list(row["missing"] or ())
