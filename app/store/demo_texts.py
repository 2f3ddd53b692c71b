"""The demo organisation's SMS: the contact centre's number sends and takes them by a provider on this machine."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import asyncpg

from app.domain.ids import new_id
from app.store.engine import Access, connect

NOWHERE = "http://127.0.0.1:9/messages.json"
"""Nothing listens there until the demo's provider is opened."""
_LINE = """
INSERT INTO sms_lines (id, organisation_id, number_id, url) SELECT $1, organisation_id, id, $2 FROM numbers WHERE e164 = $3
RETURNING id"""
_JOIN = """
INSERT INTO sms_lines (id, organisation_id, number_id, url, account, secret, hooks_at)
SELECT $1, organisation_id, id, $2, $3, $4, $5 FROM numbers WHERE e164 = $6
ON CONFLICT (number_id) DO UPDATE SET url = $2, account = $3, secret = $4, hooks_at = $5
WHERE sms_lines.kind = 'http' AND sms_lines.url LIKE 'http://127.0.0.1:%'
RETURNING id"""
_ENTRY = """
INSERT INTO follow_ups (id, case_id, channel, direction, public, body, at, author_id, author_name)
VALUES ($1, $2, 'sms', $3, true, $4, $5, $6, $7)"""
_CAME = """
INSERT INTO incoming (id, organisation_id, line_id, team_id, channel, external_id, content_sha256, blob_id, arrived_at,
  sender, fate, settled_at, case_id, follow_up_id)
SELECT $1, $2, l.id, n.team_id, 'sms', 'demo:' || CAST($1 AS uuid), $3, $4, $5, $6, 'follow_up', $5, $7, $8
FROM sms_lines l JOIN numbers n ON n.id = l.number_id WHERE l.id = $9"""
_SENT = """
INSERT INTO outgoing (id, organisation_id, case_id, follow_up_id, line_id, channel, external_id, blob_id, written_by, written_at)
VALUES ($1, $2, $3, $4, $5, 'sms', '<' || CAST($1 AS uuid) || '@sms>', $6, $7, $8)"""
_DELIVERED = """
INSERT INTO deliveries (organisation_id, outgoing_id, recipient, state, attempts, reason, send_at, changed_at)
VALUES ($1, $2, $3, 'delivered', 1, 'received', $4, $4)"""


async def join_provider(admin: Access, number: str, url: str, account: str, secret: str, hooks_at: str) -> UUID | None:
    """Lead a number's SMS to a provider on this machine; None where it has another one, or there is no such number."""
    connection = await connect(admin)
    try:
        found = await connection.fetchval(_JOIN, new_id(), url, account, secret, hooks_at, number)
    finally:
        await connection.close()
    return UUID(str(found)) if found is not None else None


class TextMaker:
    """Writes the line of a story, and the `texts` of its cases, as the owner."""

    def __init__(self, connection: asyncpg.Connection, organisation: UUID, language: str, now: datetime) -> None:
        self._connection, self._organisation = connection, organisation
        self._language, self._now = language, now
        self._line: UUID | None = None

    async def make_line(self, number: str) -> None:
        """The number takes and sends SMS."""
        self._line = await self._connection.fetchval(_LINE, new_id(), NOWHERE, number)

    async def make_texts(
        self, case: UUID, number: str, name: str, told: list[dict[str, Any]], agents: dict[str, tuple[UUID, str]]
    ) -> None:
        """The SMS of a case, hers and ours."""
        for text in told:
            at, entry, words = self._now - timedelta(hours=text["hours"]), new_id(), text[self._language]
            by, author = agents[text["by"]] if "by" in text else (None, name)
            await self._connection.execute(_ENTRY, entry, case, "out" if by else "in", words, at, by, author)
            raw = words if by else urlencode({"From": number, "Body": words})
            blob, hash_ = await self._blob(raw.encode())
            message = new_id()
            if by:
                await self._connection.execute(
                    _SENT, message, self._organisation, case, entry, self._line, blob, by, at
                )
                await self._connection.execute(_DELIVERED, self._organisation, message, number, at)
            else:
                await self._connection.execute(
                    _CAME, message, self._organisation, hash_, blob, at, number, case, entry, self._line
                )

    async def _blob(self, raw: bytes) -> tuple[UUID, str]:
        blob, hash_ = new_id(), hashlib.sha256(raw).hexdigest()
        await self._connection.execute(
            "INSERT INTO blobs (id, organisation_id, sha256, size) VALUES ($1, $2, $3, $4)",
            *(blob, self._organisation, hash_, len(raw)),
        )
        await self._connection.execute(
            "INSERT INTO blob_chunks (blob_id, position, data) VALUES ($1, 0, $2)", blob, raw
        )
        return blob, hash_
