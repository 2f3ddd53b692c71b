"""Mails of cases in the store, as an agent's own role sees them: heads, deliveries, drafts, and sending."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.deliveries import DeliveryState
from app.domain.file_types import sniff
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.text import fold
from app.services.attachments import NAME_MOST, NewFile
from app.services.compose import Answering, Arrived, Bounce, Composed, Composition, Delivery, MailSender, RawHead
from app.store import rows
from app.store.blobs import hang, read_blob, upload
from app.store.session import Database, statement

HEAD, HEAD_CHUNKS = 16_384, 4
_HIGHEST = "\U0010ffff"

# A head is almost always shorter; of the few that are not (thousands of recipients) the first megabyte is read.
_HEAD_OF = f"""CASE WHEN f.id = ANY (:known) OR m.channel = 'sms' THEN NULL ELSE
  (SELECT CASE WHEN position('\\x0d0a0d0a'::bytea IN h.head) > 0 OR position('\\x0a0a'::bytea IN h.head) > 0
               THEN h.head ELSE (SELECT string_agg(c.data, ''::bytea ORDER BY c.position) FROM blob_chunks c
                                 WHERE c.blob_id = m.blob_id AND c.position < {HEAD_CHUNKS}) END
   FROM blob_chunks b, LATERAL (SELECT substring(b.data FROM 1 FOR {HEAD}) AS head) h
   WHERE b.blob_id = m.blob_id AND b.position = 0) END"""
_INCOMING = f"""
SELECT DISTINCT ON (f.id) f.id AS follow_up_id, {_HEAD_OF} AS raw, CASE WHEN m.fate = 'follow_up' THEN m.reason ELSE '' END AS reason
FROM follow_ups f JOIN incoming m ON m.follow_up_id = f.id
WHERE f.case_id = :case AND f.channel IN ('email', 'sms') AND f.redacted_at IS NULL ORDER BY f.id, m.arrived_at"""
_OUTGOING = f"""
SELECT f.id AS follow_up_id, m.id, m.written_by, {_HEAD_OF} AS raw
FROM follow_ups f JOIN outgoing m ON m.follow_up_id = f.id WHERE f.case_id = :case AND f.redacted_at IS NULL"""
_DELIVERIES = """
SELECT d.id, d.outgoing_id, d.recipient, d.state, d.send_at, d.changed_at, d.attempts, d.reason, d.held
FROM deliveries d WHERE d.outgoing_id = ANY (:ids) ORDER BY d.recipient"""
_RAW = """
SELECT blob_id FROM incoming WHERE follow_up_id = :id UNION ALL SELECT blob_id FROM outgoing WHERE follow_up_id = :id
LIMIT 1"""
_FIND = f"""
SELECT {rows.PERSON.format("c")} AS name, e ->> 'address' AS address
FROM (SELECT DISTINCT customer_id FROM (
        SELECT customer_id FROM customer_keys WHERE organisation_id = (SELECT my_organisation())
          AND key >= :low AND key < :high ORDER BY key LIMIT :most) found) k
JOIN customers c ON c.id = k.customer_id, jsonb_array_elements(c.emails) e
ORDER BY lower(e ->> 'address') ^@ :low DESC, name, address LIMIT :limit"""
_ARRIVED = """
SELECT f.id AS follow_up_id, c.id AS case_id, c.number, c.subject, f.author_name AS author, '' AS said, false AS automatic, f.at
FROM follow_ups f JOIN cases c ON c.id = f.case_id
WHERE f.id = ANY (:ids) AND f.channel IN ('email', 'sms') AND f.direction = 'in' AND c.assignee_id = (SELECT me())
  -- The shipped automation told her; where it is switched off nobody does, where it was changed it sends a notice.
  AND EXISTS (SELECT FROM automation_runs r WHERE r.case_id = c.id AND r.event = f.id::text AND r.acts @> '[{"does": "notify", "prompt": true}]')
UNION ALL
SELECT n.id, c.id, c.number, c.subject, a.name, n.said, true, n.at
FROM automation_notices n JOIN cases c ON c.id = n.case_id JOIN automations a ON a.id = n.automation_id
WHERE n.id = ANY (:ids) AND n.follow_up_id IS NULL AND n.agent_id = (SELECT me()) AND n.seen_at IS NULL ORDER BY at"""
_SEEN = """
UPDATE automation_notices SET seen_at = now() WHERE (id = ANY (:ids) OR follow_up_id = ANY (:ids)) AND seen_at IS NULL
  AND agent_id = (SELECT me())"""
_ANSWERING = """
SELECT d.agent_id, a.name, d.at, left(d.said, 500) AS said FROM mail_drafts d JOIN agents a ON a.id = d.agent_id
WHERE d.case_id = :case AND d.agent_id <> (SELECT me()) AND d.at > now() - interval '1 hour' ORDER BY d.at DESC"""


class PostgresMail:
    """MailStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def case_mails(self, case_id: UUID, known: frozenset[UUID]) -> Sequence[RawHead]:
        asked = {"case": case_id, "known": list(known)}
        came = await self._database.rows(_INCOMING, **asked)
        left = await self._database.rows(_OUTGOING, **asked)
        deliveries: dict[UUID, list[Delivery]] = defaultdict(list)
        if left:
            for row in await self._database.rows(_DELIVERIES, ids=[row["id"] for row in left]):
                deliveries[row["outgoing_id"]].append(_delivery(row))
        return [
            *(RawHead(row["follow_up_id"], row["raw"] or b"", reason=row["reason"]) for row in came),
            *(
                RawHead(
                    row["follow_up_id"], row["raw"] or b"", row["id"], row["written_by"], tuple(deliveries[row["id"]])
                )
                for row in left
            ),
        ]

    async def raw_mail(self, follow_up_id: UUID) -> bytes:
        found = await self._database.one(_RAW, id=follow_up_id)
        return await read_blob(self._database, found["blob_id"]) or b""

    async def mail_sender(self, case_id: UUID) -> MailSender | None:
        row = await self._database.row("SELECT * FROM case_mailbox(:case)", case=case_id)
        return MailSender(**row) if row is not None else None

    async def own_addresses(self) -> frozenset[str]:
        found = await self._database.rows(
            "SELECT address FROM mail_addresses UNION SELECT lower(address) FROM mailboxes"
        )
        return frozenset(row["address"].casefold() for row in found)

    async def find_addresses(self, typed: str, limit: int) -> tuple[MailAddress, ...]:
        low = fold(typed)
        if not low:
            return ()
        found = await self._database.rows(_FIND, low=low, high=low + _HIGHEST, most=limit * 4, limit=limit)
        return tuple(MailAddress(row["name"], row["address"]) for row in found)

    async def send_mail(self, mail: Composition, composed: Composed) -> None:
        """The bytes, the mail with its deliveries, the case's state and the files, in one transaction."""
        async with self._database.transaction() as connection:
            sent = await upload(connection, composed.raw)
            await connection.execute(
                statement(
                    "SELECT send_mail(:mail, :follow_up, :case, :mailbox, :message_id, :said, :upload, :recipients, "
                    ":after_s, :ending)"
                ),
                {
                    "mail": mail.id,
                    "follow_up": mail.follow_up_id,
                    "case": mail.case_id,
                    "mailbox": mail.mailbox_id,
                    "message_id": mail.message_id,
                    "said": composed.text,
                    "upload": sent,
                    "recipients": [one.address for one in mail.recipients.everybody],
                    "after_s": mail.after_s,
                    "ending": mail.ending.value,
                },
            )
            for file in mail.files:
                shown = NewFile(new_id(), file.name[-NAME_MOST:], sniff(file.data), file.data)
                await hang(connection, await upload(connection, file.data), mail.follow_up_id, shown)

    async def undo_mail(self, mail_id: UUID) -> bool:
        return bool((await self._database.written("SELECT undo_mail(:id) AS undone", id=mail_id))["undone"])

    async def split_mail(self, follow_up_id: UUID, case_id: UUID) -> None:
        await self._database.write("SELECT split_mail(:id, :case)", id=follow_up_id, case=case_id)

    async def unsplit_mail(self, case_id: UUID) -> None:
        await self._database.write("SELECT unsplit_mail(:case)", case=case_id)

    async def bounces(self, addresses: Sequence[str]) -> tuple[Bounce, ...]:
        found = await self._database.rows(
            "SELECT address, permanent, reason, times, last_at FROM address_bounces WHERE address = ANY (:addresses)",
            addresses=[address.lower() for address in addresses],
        )
        return tuple(Bounce(**row) for row in found)

    async def forget_bounce(self, address: str) -> None:
        await self._database.write("SELECT forget_bounce(:address)", address=address)

    async def decide_delivery(self, delivery_id: UUID, state: DeliveryState) -> None:
        await self._database.write("SELECT decide_delivery(:id, :state)", id=delivery_id, state=state.value)

    async def answering(self, case_id: UUID) -> tuple[Answering, ...]:
        return tuple(Answering(**row) for row in await self._database.rows(_ANSWERING, case=case_id))

    async def share_draft(self, case_id: UUID, said: str) -> None:
        await self._database.write("SELECT share_draft(:case, :said)", case=case_id, said=said)

    async def drop_draft(self, case_id: UUID) -> None:
        await self._database.write("SELECT drop_draft(:case)", case=case_id)

    async def arrived(self, follow_up_ids: tuple[UUID, ...]) -> tuple[Arrived, ...]:
        found = await self._database.rows(_ARRIVED, ids=list(follow_up_ids))
        if found:
            await self._database.write(_SEEN, ids=list(follow_up_ids))
        return tuple(Arrived(**{name: row[name] for name in row if name != "at"}) for row in found)


def _delivery(row: RowMapping) -> Delivery:
    values: dict[str, Any] = {name: row[name] for name in row if name != "outgoing_id"}
    return Delivery(**(values | {"state": DeliveryState(row["state"])}))
