"""The outbox in PostgreSQL: who sends is decided by a row lock, and `sending` is committed before anything leaves."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
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
RETURNING outgoing_id, recipient, attempts"""
_MESSAGE = """
SELECT id, coalesce(mailbox_id, line_id) AS mailbox_id, external_id, sent_as, blob_id, automatic FROM outgoing
WHERE id = ANY (:ids)"""
# An SMS is short: it is marked and read with its bytes at once.
_CLAIM_SHORT = f"""
{_CLAIM.strip().replace("UPDATE deliveries d", ", marked AS (UPDATE deliveries d")})
SELECT m.outgoing_id, m.recipient, m.attempts, o.line_id, o.external_id, o.automatic,
  (SELECT string_agg(c.data, '' ORDER BY c.position) FROM blob_chunks c WHERE c.blob_id = o.blob_id) AS raw
FROM marked m JOIN outgoing o ON o.id = m.outgoing_id ORDER BY m.outgoing_id"""
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
# The message before its deliveries, as a claim takes them: counting makes the first write come first. The other way round
# a claim that still saw them waiting and the end of the claim before it would each hold what the other waits for.
_FINISH_NAMED = f"WITH named AS ({_SENT_AS} RETURNING 1) {_FINISH.strip()} AND (SELECT count(*) FROM named) >= 0"


class PostgresOutbox:
    """What goes out on one channel, sent by one hub at a time and never twice without somebody's word."""

    def __init__(self, database: Database, channel: str = "email") -> None:
        self._database, self._channel = database, channel
        self._tried: dict[UUID, dict[str, int]] = {}

    async def claim(self, most: int, for_s: float) -> Sequence[Parcel]:
        claim = new_id()
        values: dict[str, Any] = {"claim": claim, "most": most, "seconds": for_s, "channel": self._channel}
        if self._channel == "email":
            async with self._database.transaction() as connection:
                await connection.execute(statement("SELECT hold_back()"))
                rows: Sequence[RowMapping] = (await connection.execute(statement(_CLAIM), values)).mappings().all()
            return await self._parcels(rows, {}, claim, with_bytes=True)
        return self._short(claim, await self._database.changed(_CLAIM_SHORT, **values))

    async def finish(self, parcel: Parcel, outcomes: Mapping[str, Outcome]) -> None:
        tried = self._tried.pop(parcel.claim_id, None)
        if tried is not None and len(parcel.recipients) == 1:
            # What goes to one alone is written in one statement.
            (recipient,) = parcel.recipients
            outcome = outcomes.get(recipient, Outcome(DeliveryState.UNCONFIRMED))
            values = _finished(parcel, recipient, outcome, tried.get(recipient, 1))
            named = {"sent_as": outcome.sent_as, "external": parcel.external_id, "mailbox": parcel.mailbox_id}
            if outcome.sent_as:
                await self._database.write(_FINISH_NAMED, **values, **named)
            else:
                await self._database.write(_FINISH, **values)
            return
        async with self._database.transaction() as connection:
            sent_as = next((outcome.sent_as for outcome in outcomes.values() if outcome.sent_as), "")
            if sent_as:
                values = {"sent_as": sent_as, "external": parcel.external_id, "mailbox": parcel.mailbox_id}
                await connection.execute(statement(_SENT_AS), values)
            found = await connection.execute(statement(_ATTEMPTS), {"claim": parcel.claim_id})
            attempts = {row["recipient"]: row["attempts"] for row in found.mappings()}
            for recipient in parcel.recipients:
                outcome = outcomes.get(recipient, Outcome(DeliveryState.UNCONFIRMED))
                values = _finished(parcel, recipient, outcome, attempts.get(recipient, 1))
                await connection.execute(statement(_FINISH), values)

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

    def _short(self, claim: UUID, rows: Sequence[RowMapping]) -> list[Parcel]:
        if not rows:
            return []
        self._tried[claim] = {row["recipient"]: row["attempts"] for row in rows}
        recipients: dict[UUID, list[str]] = defaultdict(list)
        for row in rows:
            recipients[row["outgoing_id"]].append(row["recipient"])
        messages = {row["outgoing_id"]: row for row in rows}
        return [
            Parcel(
                claim, one["line_id"], one["external_id"], bytes(one["raw"]), tuple(recipients[id_]), one["automatic"]
            )
            for id_, one in messages.items()
        ]


def _finished(parcel: Parcel, recipient: str, outcome: Outcome, tried: int) -> dict[str, Any]:
    """What is written of one recipient; who was tried too often is not tried again."""
    gives_up = outcome.state is DeliveryState.TEMPORARY and tried >= GIVE_UP_AFTER
    return {
        "claim": parcel.claim_id,
        "recipient": recipient,
        "state": (DeliveryState.PERMANENT if gives_up else outcome.state).value,
        "reason": outcome.reason,
        "pause": max(pause_after(tried).total_seconds(), outcome.after_s),
    }
