"""The ledger in PostgreSQL: raw bytes and the place of reading in one transaction, one row for each message."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.ids import new_id
from app.services.ledger import Arrival, Settled, Waiting
from app.store.blobs import store_blob
from app.store.session import Database, statement

MOST_ATTEMPTS = 5

_KNOWN = """
SELECT id, external_id, content_sha256 FROM incoming
WHERE mailbox_id = :mailbox AND external_id IN (:id, :told_apart)"""
_KEEP = """
INSERT INTO incoming (id, organisation_id, mailbox_id, team_id, external_id, content_sha256, blob_id)
VALUES (:id, :organisation, :mailbox, :team, :external, :sha256, :blob)"""
_ROUTE = """
INSERT INTO incoming_routes (incoming_id, address, organisation_id, team_id)
SELECT :incoming, r, :organisation, (SELECT team_id FROM mail_addresses a WHERE a.address = lower(r)
                                     AND a.organisation_id = :organisation)
FROM unnest(CAST(:recipients AS text[])) r ON CONFLICT DO NOTHING"""
_CLAIM = """
UPDATE incoming i SET attempts = attempts + 1, claimed_until = clock_timestamp() + make_interval(secs => :seconds)
WHERE id IN (SELECT id FROM incoming WHERE fate IS NULL AND coalesce(claimed_until, '-infinity') < clock_timestamp()
             ORDER BY arrived_at, id LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING id, organisation_id, mailbox_id, team_id, arrived_at, attempts, asked, blob_id"""
_SETTLE = """
UPDATE incoming SET fate = :fate, reason = :reason, case_id = :case_id, follow_up_id = :follow_up_id,
  sender = left(:sender, 320), subject = left(:subject, 500), claimed_until = NULL
WHERE id = :id AND fate IS NULL"""


class PostgresLedger:
    """What came in, kept once and settled once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def place(self, mailbox_id: UUID) -> tuple[int, int]:
        row = await self._database.one("SELECT validity, last_uid FROM mailboxes WHERE id = :id", id=mailbox_id)
        return row["validity"], row["last_uid"]

    async def keep(self, mailbox_id: UUID, validity: int, arrivals: Sequence[Arrival]) -> int:
        async with self._database.transaction() as connection:
            # The lock makes the readers of one mailbox wait for each other, so a message is looked up once.
            mailbox = (
                (
                    await connection.execute(
                        statement("SELECT organisation_id, team_id FROM mailboxes WHERE id = :id FOR UPDATE"),
                        {"id": mailbox_id},
                    )
                )
                .mappings()
                .one()
            )
            new = 0
            for arrival in arrivals:
                new += await self._keep_one(
                    connection, mailbox_id, mailbox["organisation_id"], mailbox["team_id"], arrival
                )
            await connection.execute(
                statement(
                    "UPDATE mailboxes SET last_uid = CASE WHEN validity = :validity THEN greatest(last_uid, :last) "
                    "ELSE :last END, validity = :validity WHERE id = :id"
                ),
                {"id": mailbox_id, "validity": validity, "last": max((a.place for a in arrivals), default=0)},
            )
        return new

    async def _keep_one(
        self, connection: AsyncConnection, mailbox: UUID, organisation: UUID, team: UUID, arrival: Arrival
    ) -> int:
        external = arrival.external_id[:900]
        told_apart = f"{external}#{arrival.content_sha256}"
        found = await connection.execute(
            statement(_KNOWN), {"mailbox": mailbox, "id": external, "told_apart": told_apart}
        )
        known = found.mappings().all()
        same = next((row for row in known if row["content_sha256"] == arrival.content_sha256), None)
        incoming = same["id"] if same else new_id()
        if same is None:
            await connection.execute(
                statement(_KEEP),
                {
                    "id": incoming,
                    "organisation": organisation,
                    "mailbox": mailbox,
                    "team": team,
                    "external": told_apart if known else external,
                    "sha256": arrival.content_sha256,
                    "blob": await store_blob(connection, organisation, arrival.raw),
                },
            )
        if arrival.recipients:
            await connection.execute(
                statement(_ROUTE),
                {"incoming": incoming, "organisation": organisation, "recipients": list(arrival.recipients)},
            )
        return int(same is None)

    async def claim(self, most: int, for_s: float) -> Sequence[Waiting]:
        async with self._database.transaction() as connection:
            rows = (await connection.execute(statement(_CLAIM), {"most": most, "seconds": for_s})).mappings().all()
        claimed = []
        for row in sorted(rows, key=lambda row: row["arrived_at"]):
            values: dict[str, Any] = {name: row[name] for name in row if name != "blob_id"}
            claimed.append(Waiting(**values, raw=await read_raw(self._database, row["blob_id"])))
        return claimed

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
