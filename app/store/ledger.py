"""The ledger in PostgreSQL: raw bytes and the place of reading in one transaction, one row for each message."""

import json
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.ids import new_id
from app.services.ledger import Arrival, Settled, Waiting
from app.store.blobs import AT_ONCE, store_blob
from app.store.session import Database, statement

MOST_ATTEMPTS = 5
CLAIM_BYTES = 8 * 1024 * 1024

_KEEP = "SELECT keep_arrivals(:mailbox, :validity, :last, :cursor, CAST(:arrivals AS jsonb), CAST(:bytes AS bytea[]))"
# As many as fit into some megabytes, and one at least, with their bytes.
CLAIM = """
WITH waiting AS MATERIALIZED (
  SELECT id, arrived_at, blob_id FROM incoming
  WHERE fate IS NULL AND channel = :channel AND coalesce(claimed_until, '-infinity') < clock_timestamp()
  ORDER BY arrived_at, id LIMIT :most FOR UPDATE SKIP LOCKED),
fitting AS (
  SELECT id FROM (SELECT w.id, sum(b.size) OVER in_order AS total, row_number() OVER in_order AS n
                  FROM waiting w JOIN blobs b ON b.id = w.blob_id
                  WINDOW in_order AS (ORDER BY w.arrived_at, w.id)) f WHERE n = 1 OR total <= :bytes)
UPDATE incoming i SET attempts = attempts + 1, claimed_until = clock_timestamp() + make_interval(secs => :seconds)
WHERE id IN (SELECT id FROM fitting)
RETURNING id, organisation_id, coalesce(mailbox_id, line_id) AS mailbox_id, team_id, arrived_at, attempts, asked,
  (SELECT string_agg(data, '' ORDER BY position) FROM blob_chunks c WHERE c.blob_id = i.blob_id) AS raw"""
_SETTLE = """
UPDATE incoming SET fate = :fate, reason = :reason, case_id = :case_id, follow_up_id = :follow_up_id,
  sender = left(:sender, 320), subject = left(:subject, 500), claimed_until = NULL
WHERE id = :id AND fate IS NULL"""


class PostgresLedger:
    """What came in on one channel, kept once and settled once."""

    def __init__(self, database: Database, channel: str = "email") -> None:
        self._database, self._channel = database, channel

    async def place(self, mailbox_id: UUID) -> tuple[int, int, str]:
        row = await self._database.one("SELECT validity, last_uid, cursor FROM mailboxes WHERE id = :id", id=mailbox_id)
        return row["validity"], row["last_uid"], row["cursor"]

    async def keep(self, mailbox_id: UUID, validity: int, arrivals: Sequence[Arrival], cursor: str = "") -> int:
        async with self._database.transaction() as connection:
            large = {a: await self._large(connection, mailbox_id, a) for a in arrivals if len(a.raw) > AT_ONCE}
            kept = await connection.execute(
                statement(_KEEP),
                {
                    "mailbox": mailbox_id,
                    "validity": validity,
                    "last": max((a.place for a in arrivals), default=0),
                    "cursor": cursor,
                    "arrivals": json.dumps([_plain(a, large.get(a)) for a in arrivals]),
                    "bytes": [None if a in large else a.raw for a in arrivals],
                },
            )
            return int(kept.scalar_one())

    @staticmethod
    async def _large(connection: AsyncConnection, mailbox: UUID, arrival: Arrival) -> UUID:
        """Chunk by chunk: a large one in one piece would stand in memory several times."""
        found = await connection.execute(
            statement("SELECT organisation_id FROM mailboxes WHERE id = :id"), {"id": mailbox}
        )
        return await store_blob(connection, found.scalar_one(), arrival.raw)

    async def claim(self, most: int, for_s: float) -> Sequence[Waiting]:
        async with self._database.transaction() as connection:
            values = {"most": most, "seconds": for_s, "bytes": CLAIM_BYTES, "channel": self._channel}
            rows = (await connection.execute(statement(CLAIM), values)).mappings().all()
        ordered = sorted(rows, key=lambda row: (row["arrived_at"], row["id"]))
        return [Waiting(**{**row, "raw": row["raw"] or b""}) for row in ordered]

    async def settle(self, waiting: Waiting, settled: Settled) -> bool:
        return (
            await self._database.write(
                _SETTLE,
                id=waiting.id,
                fate=settled.fate.value,
                reason=settled.reason[:500],
                case_id=settled.case_id,
                follow_up_id=settled.follow_up_id,
                sender=settled.sender,
                subject=settled.subject,
            )
            == 1
        )


async def read_raw(database: Database, blob: UUID) -> bytes:
    """The bytes of a message as they came or as they will leave."""
    rows = await database.rows("SELECT data FROM blob_chunks WHERE blob_id = :blob ORDER BY position", blob=blob)
    return b"".join(row["data"] for row in rows)


def _plain(arrival: Arrival, blob: UUID | None) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "external": arrival.external_id,
        "sha256": arrival.content_sha256,
        "recipients": list(arrival.recipients),
        "blob": str(blob or new_id()),
        "kept": blob is not None,
    }
