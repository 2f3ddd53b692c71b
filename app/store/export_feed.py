"""The export feed in the store: the log from a target's place on, below the oldest running transaction."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain.export_feed import Batch, Line, Place
from app.domain.ids import new_id
from app.services.export_feed import Claimed, ExportTarget
from app.store.session import Database

_CLAIM = """
UPDATE export_targets SET claim_id = :claim, claimed_until = clock_timestamp() + make_interval(secs => :seconds)
WHERE id = (
  SELECT id FROM export_targets t WHERE active AND archived_at IS NULL AND retry_at <= clock_timestamp()
    AND coalesce(claimed_until < clock_timestamp(), true)
    AND EXISTS (SELECT FROM changes h WHERE h.organisation_id = t.organisation_id
                AND (h.epoch, h.xid, h.seq) > (t.epoch, CAST(t.xid AS xid8), t.seq)
                AND (h.epoch < (SELECT epoch FROM schema_info) OR h.xid < pg_snapshot_xmin(pg_current_snapshot())))
  ORDER BY retry_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, organisation_id, kind, url, folder, secret, epoch, xid, seq, failures"""
# Below the oldest running transaction nothing can appear any more, as in the feed of desks.
_BATCH = """
SELECT h.epoch, h.xid::text AS xid, h.seq, h.at, h.kind, h.operation, h.record_id, h.parent_id, h.old_team_id,
  h.new_team_id, h.actor_id, h.difference,
  CASE WHEN h.operation <> 'deleted' THEN export_record(h.kind, h.record_id) END AS record
FROM (
  SELECT * FROM changes WHERE organisation_id = :organisation
    AND (epoch, xid, seq) > (:epoch, CAST(CAST(:xid AS text) AS xid8), :seq)
    AND (epoch < (SELECT epoch FROM schema_info) OR xid < pg_snapshot_xmin(pg_current_snapshot()))
  ORDER BY epoch, xid, seq LIMIT :most) h
ORDER BY h.epoch, h.xid, h.seq"""
_TAKEN = """
UPDATE export_targets SET epoch = :epoch, xid = :xid, seq = :seq, sent = sent + :lines, sent_at = now(), failures = 0,
  said = '', claimed_until = clock_timestamp() + interval '60 s' WHERE id = :id AND claim_id = :claim"""
_AWAY = """
UPDATE export_targets SET failures = failures + 1, said = left(:said, 300), claimed_until = NULL,
  retry_at = clock_timestamp() + CAST(:pause AS interval) WHERE id = :id AND claim_id = :claim"""
_SHOWN = "id, name, kind, url, folder, active, sent, sent_at, failures, said, version"


class PostgresExportLog:
    """ExportLog on PostgreSQL, as the hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, for_s: float) -> Claimed | None:
        claim = new_id()
        async with self._database.together() as now:
            row = await now.row(_CLAIM, claim=claim, seconds=for_s)
        if row is None:
            return None
        place = Place(row["epoch"], int(row["xid"]), row["seq"])
        return Claimed(
            row["id"], row["organisation_id"], claim, row["kind"], row["url"], row["folder"], row["secret"], place,
            row["failures"],
        )  # fmt: skip

    async def batch(self, target: Claimed, most: int) -> Batch | None:
        place = target.place
        found = await self._database.rows(
            _BATCH, organisation=target.organisation_id, epoch=place.epoch, xid=str(place.xid), seq=place.seq, most=most
        )
        lines = [Line(Place(row["epoch"], int(row["xid"]), row["seq"]), _plain(row)) for row in found]
        return Batch(place, lines) if lines else None

    async def taken(self, target: Claimed, batch: Batch) -> bool:
        """Whether the place was still this hub's to move."""
        until = batch.until
        return bool(
            await self._database.write(
                _TAKEN, id=target.id, claim=target.claim_id, epoch=until.epoch, xid=str(until.xid), seq=until.seq,
                lines=len(batch.lines),
            )
        )  # fmt: skip

    async def away(self, target: Claimed, said: str, pause: timedelta) -> None:
        await self._database.write(_AWAY, id=target.id, claim=target.claim_id, said=said, pause=pause)

    async def release(self, target: Claimed) -> None:
        await self._database.write(
            "UPDATE export_targets SET claimed_until = NULL WHERE id = :id AND claim_id = :claim",
            id=target.id,
            claim=target.claim_id,
        )


class PostgresTargets:
    """TargetStore on PostgreSQL, as an administrator."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export_targets(self) -> tuple[ExportTarget, ...]:
        rows = await self._database.rows(
            f"SELECT {_SHOWN} FROM export_targets WHERE archived_at IS NULL ORDER BY fold(name), id"
        )
        return tuple(ExportTarget(**row) for row in rows)

    async def save_export_target(self, target: ExportTarget) -> None:
        await self._database.rows(
            "SELECT save_export(:id, :name, :kind, :url, :folder, :secret, :active, :seen)",
            id=target.id,
            name=target.name,
            kind=target.kind,
            url=target.url,
            folder=target.folder,
            secret=target.secret,
            active=target.active,
            seen=target.version,
        )

    async def archive_export_target(self, target_id: UUID) -> None:
        await self._database.rows("SELECT archive_export(:id)", id=target_id)


def _plain(row: Any) -> dict[str, Any]:
    skipped = {"epoch", "xid", "seq"}
    return {name: _value(value) for name, value in row.items() if name not in skipped}


def _value(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value
