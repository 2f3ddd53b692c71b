"""The outbox in PostgreSQL: who sends is decided by a row lock, and `sending` is committed before anything leaves."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.deliveries import GIVE_UP_AFTER, DeliveryState, pause_after
from app.domain.ids import new_id
from app.services.outbox import Outcome, Parcel
from app.store.ledger import read_raw
from app.store.session import Database, statement

# Whole messages: one that goes to several people leaves once, with all of them that are due.
_CLAIM = """
WITH due AS MATERIALIZED (
  SELECT o.id FROM deliveries d JOIN outgoing o ON o.id = d.outgoing_id
  WHERE d.state IN ('waiting', 'temporary') AND d.send_at <= clock_timestamp() AND o.channel = :channel
  ORDER BY d.send_at, d.id LIMIT :most FOR NO KEY UPDATE OF o SKIP LOCKED),
left_now AS (UPDATE outgoing SET left_at = clock_timestamp() WHERE id IN (SELECT id FROM due))
UPDATE deliveries d SET state = 'sending', attempts = attempts + 1, claim_id = :claim, held = false,
  claimed_until = clock_timestamp() + make_interval(secs => :seconds)
WHERE outgoing_id IN (SELECT id FROM due) AND state IN ('waiting', 'temporary') AND send_at <= clock_timestamp()
RETURNING outgoing_id, recipient"""
_MESSAGE = """
SELECT id, coalesce(mailbox_id, line_id) AS mailbox_id, external_id, sent_as, blob_id, automatic FROM outgoing
WHERE id = ANY (:ids)"""
# A hub that was taken for dead may still know better: what it says of its own claim counts.
_FINISH = """
UPDATE deliveries SET state = :state, reason = left(:reason, 500), claimed_until = NULL,
  send_at = clock_timestamp() + make_interval(secs => :pause)
WHERE claim_id = :claim AND recipient = :recipient
  AND (state = 'sending' OR state = 'unconfirmed' AND :state IN ('delivered', 'permanent'))"""
_ATTEMPTS = "SELECT recipient, attempts FROM deliveries WHERE claim_id = :claim"
_SENT_AS = (
    "UPDATE outgoing SET sent_as = :sent_as WHERE external_id = :external AND coalesce(mailbox_id, line_id) = :mailbox"
)


class PostgresOutbox:
    """What goes out on one channel, sent by one hub at a time and never twice without somebody's word."""

    def __init__(self, database: Database, channel: str = "email") -> None:
        self._database, self._channel = database, channel

    async def claim(self, most: int, for_s: float) -> Sequence[Parcel]:
        claim = new_id()
        async with self._database.transaction() as connection:
            if self._channel == "email":
                await connection.execute(statement("SELECT hold_back()"))
            values = {"claim": claim, "most": most, "seconds": for_s, "channel": self._channel}
            found = await connection.execute(statement(_CLAIM), values)
            rows = found.mappings().all()
        return await self._parcels(rows, {}, claim, with_bytes=True)

    async def finish(self, parcel: Parcel, outcomes: Mapping[str, Outcome]) -> None:
        async with self._database.transaction() as connection:
            found = await connection.execute(statement(_ATTEMPTS), {"claim": parcel.claim_id})
            attempts = {row["recipient"]: row["attempts"] for row in found.mappings()}
            for recipient in parcel.recipients:
                outcome = outcomes.get(recipient, Outcome(DeliveryState.UNCONFIRMED))
                tried = attempts.get(recipient, 1)
                gives_up = outcome.state is DeliveryState.TEMPORARY and tried >= GIVE_UP_AFTER
                await connection.execute(
                    statement(_FINISH),
                    {
                        "claim": parcel.claim_id,
                        "recipient": recipient,
                        "state": (DeliveryState.PERMANENT if gives_up else outcome.state).value,
                        "reason": outcome.reason,
                        "pause": max(pause_after(tried).total_seconds(), outcome.after_s),
                    },
                )
            sent_as = next((outcome.sent_as for outcome in outcomes.values() if outcome.sent_as), "")
            if sent_as:
                values = {"sent_as": sent_as, "external": parcel.external_id, "mailbox": parcel.mailbox_id}
                await connection.execute(statement(_SENT_AS), values)

    async def abandon_overdue(self) -> int:
        return await self._database.write(
            "UPDATE deliveries SET state = 'unconfirmed', claimed_until = NULL "
            "WHERE state = 'sending' AND claimed_until < clock_timestamp()"
        )

    async def unconfirmed(self, most: int) -> Sequence[Parcel]:
        rows = await self._database.rows(
            "SELECT outgoing_id, recipient, claim_id FROM deliveries d WHERE state = 'unconfirmed' "
            "AND claim_id IS NOT NULL AND changed_at > now() - interval '7 days' "
            "AND (SELECT channel FROM outgoing o WHERE o.id = d.outgoing_id) = :channel ORDER BY random() LIMIT :most",
            most=most,
            channel=self._channel,
        )
        claims = {row["outgoing_id"]: row["claim_id"] for row in rows}
        return await self._parcels(rows, claims, new_id(), with_bytes=False)

    async def _parcels(
        self, rows: Sequence[RowMapping], claims: Mapping[UUID, UUID], claim: UUID, *, with_bytes: bool
    ) -> list[Parcel]:
        recipients: dict[UUID, list[str]] = defaultdict(list)
        for row in rows:
            recipients[row["outgoing_id"]].append(row["recipient"])
        messages = await self._database.rows(_MESSAGE, ids=list(recipients)) if recipients else []
        return [
            Parcel(
                claims.get(message["id"], claim),
                message["mailbox_id"],
                # What is looked for in a Sent folder has the name that the server gave it.
                message["external_id"] if with_bytes else message["sent_as"] or message["external_id"],
                await read_raw(self._database, message["blob_id"]) if with_bytes else b"",
                tuple(recipients[message["id"]]),
                message["automatic"],
            )
            for message in messages
        ]
