"""SMS in the store: lines and hooks as the hub needs them, sending as an agent's own role may."""

import hashlib
import time
from collections.abc import Sequence
from uuid import UUID

from app.services.sms import SmsLine, SmsSender, SmsToSend
from app.store.session import Database

LINE_FOR_S, MOST_LINES = 1, 10_000
_LINES = """
SELECT l.id, n.e164 AS number, l.kind, l.url, l.account, l.secret, l.hooks_at, l.trunk_id
FROM sms_lines l JOIN numbers n ON n.id = l.number_id WHERE l.archived_at IS NULL"""
_OVER = """
SELECT l.id, n.e164, o.region FROM sms_lines l JOIN numbers n ON n.id = l.number_id
JOIN organisations o ON o.id = l.organisation_id WHERE l.trunk_id = coalesce(CAST(:trunk AS uuid), l.trunk_id) AND l.archived_at IS NULL"""
_SENDER = """
SELECT l.line_id, l.e164 AS number, l.team_name, EXISTS (
  SELECT FROM sms_stops s WHERE s.e164 = :recipient AND s.lifted_at IS NULL) AS stopped
FROM case_line(:case) l"""


class PostgresSmsLines:
    """The lines of every organisation, as the hub."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._called: dict[UUID, tuple[float, SmsLine | None]] = {}

    async def lines(self) -> Sequence[SmsLine]:
        """Every line in use, with its secret."""
        return [SmsLine(**row) for row in await self._database.rows(f"{_LINES} ORDER BY l.id")]

    async def line(self, line_id: UUID) -> SmsLine | None:
        """One line in use, as it was a second ago: a provider calls twice for each message."""
        known = self._called.get(line_id)
        if known is not None and time.monotonic() - known[0] < LINE_FOR_S:
            return known[1]
        if len(self._called) > MOST_LINES:  # of ids that somebody guesses
            self._called.clear()
        row = await self._database.row(f"{_LINES} AND l.id = :id", id=line_id)
        found = SmsLine(**row) if row is not None else None
        self._called[line_id] = (time.monotonic(), found)
        return found

    async def over(self, trunk_id: UUID | None) -> Sequence[tuple[UUID, str, str]]:
        """The lines of a trunk, or of any: id, number, and the region in which their organisation writes numbers."""
        rows = await self._database.rows(_OVER, trunk=trunk_id)
        return [(row["id"], row["e164"], row["region"]) for row in rows]

    async def keep(self, line_id: UUID, external_id: str, raw: bytes) -> bool:
        """Commit what came; whether it was not known before."""
        kept = await self._database.written(
            "SELECT keep_sms(:line, :external, :hash, :raw) AS fresh",
            line=line_id, external=external_id, hash=hashlib.sha256(raw).hexdigest(), raw=raw,
        )  # fmt: skip
        return bool(kept["fresh"])

    async def told(self, line_id: UUID, message_id: UUID, state: str, reason: str) -> bool:
        """Write what the provider says of a message; whether the line sent it."""
        found = await self._database.written(
            "SELECT sms_told(:line, :message, :state, :reason) AS known",
            line=line_id, message=message_id, state=state, reason=reason,
        )  # fmt: skip
        return bool(found["known"])

    async def mark(self, line_id: UUID, state: str, said: str) -> None:
        """Write what the hub found, and when."""
        await self._database.write(
            "UPDATE sms_lines SET state = :state, said = left(:said, 500), looked_at = clock_timestamp() WHERE id = :id",
            id=line_id, state=state, said=said,
        )  # fmt: skip


class PostgresSms:
    """SmsStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sms_sender(self, case_id: UUID, recipient: str) -> SmsSender | None:
        row = await self._database.row(_SENDER, case=case_id, recipient=recipient)
        return SmsSender(**row) if row is not None else None

    async def send_sms(self, sms: SmsToSend) -> None:
        await self._database.write(
            "SELECT send_sms(:id, :follow_up, :case, :line, :said, :recipient, :after, :ending)",
            id=sms.id, follow_up=sms.follow_up_id, case=sms.case_id, line=sms.line_id, said=sms.text,
            recipient=sms.recipient, after=sms.after_s, ending=sms.ending.value,
        )  # fmt: skip
