"""Sounds of calls: messages and recordings into the book, for as long as they are kept, and prompts out of it."""

import json
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio.engine import AsyncConnection

from app.domain.calls import LiveCall
from app.domain.ids import new_id
from app.domain.plain import from_plain
from app.services.switch import OwnPrompt
from app.store.blobs import read_blob, store_blob
from app.store.session import Database, statement

_CUSTOMER = """
INSERT INTO customers (id, organisation_id, account_number, last_name, phones)
VALUES (:id, :organisation, '', :number, CAST(:phones AS jsonb))"""
_CASE = """
INSERT INTO cases (id, organisation_id, customer_id, subject, team_id, number_id)
VALUES (:id, :organisation, :customer, :subject, :team, :number)"""
_FOLLOW_UP = """
INSERT INTO follow_ups (id, case_id, channel, direction, body, call_id, custom)
VALUES (:id, :case, 'voicemail', 'in', '', :call, CAST(:facts AS jsonb))"""
_ATTACH = """
INSERT INTO attachments (id, organisation_id, audience_id, follow_up_id, blob_id, name, content_type, keep_until)
SELECT :id, f.organisation_id, f.audience_id, f.id, :blob, :name, :type,
  now() + make_interval(days => coalesce((SELECT recordings_days FROM team_voice WHERE team_id = :team), 90))
FROM follow_ups f WHERE f.id = :follow_up"""
_KEEP = """
UPDATE calls SET recording_id = :blob, recording = 'done', keep_recording_until =
  now() + make_interval(days => coalesce((SELECT recordings_days FROM team_voice v WHERE v.team_id = calls.team_id), 90))
WHERE id = :call"""
_OLD = (
    "DELETE FROM attachments WHERE keep_until < now()",
    "UPDATE calls SET recording_id = NULL WHERE recording_id IS NOT NULL AND keep_recording_until < now()",
    (
        "DELETE FROM blobs b WHERE b.made_by IS NULL AND b.sha256 IS NOT NULL AND b.made_at < now() - interval '1 hour' "
        "AND NOT EXISTS (SELECT FROM attachments a WHERE a.blob_id = b.id) "
        "AND NOT EXISTS (SELECT FROM calls c WHERE c.recording_id = b.id) "
        "AND NOT EXISTS (SELECT FROM prompts p WHERE p.sound_id = b.id)"
    ),
)


class PostgresSounds:
    """The sound part of CallBook, as the hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ended_call(self, call_id: UUID) -> LiveCall | None:
        row = await self._database.row(
            "SELECT state, case_id, customer_id FROM calls WHERE id = :id AND phase = 'ended'", id=call_id
        )
        if row is None or not row["state"]:
            return None
        call: LiveCall = from_plain(LiveCall, row["state"])
        return replace(call, case_id=row["case_id"], customer_id=row["customer_id"])

    async def write_voicemail(self, call: LiveCall, sound: bytes) -> UUID | None:
        """A message becomes a new unassigned case with its sound; after a hand-over it goes to the case of the call."""
        async with self._database.transaction() as connection:
            done = await connection.execute(
                statement("SELECT case_id FROM follow_ups WHERE call_id = :call AND channel = 'voicemail'"),
                {"call": call.id},
            )
            if (known := done.scalar()) is not None:
                return UUID(str(known))
            message = _Message(
                call.id, call.organisation_id, call.team_id, call.number_id, call.caller_number, call.customer_id
            )
            case_id = call.case_id if call.handed_by is not None else None
            if case_id is None:
                case_id = await _case_of(connection, message)
            await _file(connection, message, case_id, sound)
        return case_id

    async def write_fallback_message(self, number: str, dialled: str, sound: bytes) -> bool:
        """A message that the dialplan took becomes a case as if we had; False when nobody has the dialled number."""
        found = await self._database.row(
            "SELECT n.id, n.organisation_id, n.team_id, (SELECT min(k.customer_id::text) FROM customer_keys k WHERE "
            "k.organisation_id = n.organisation_id AND k.key = :number HAVING count(*) = 1) AS customer FROM numbers n "
            "WHERE n.e164 IN (:dialled, '+' || ltrim(:dialled, '+0'))",
            number=number,
            dialled=dialled,
        )
        if found is None:
            return False
        async with self._database.transaction() as connection:
            message = _Message(
                None,
                found["organisation_id"],
                found["team_id"],
                found["id"],
                number,
                found["customer"] and UUID(found["customer"]),
            )
            case_id = await _case_of(connection, message)
            await _file(connection, message, case_id, sound)
        return True

    async def write_recording(self, call: LiveCall, sound: bytes) -> None:
        """A recorded conversation is kept with its call, and hangs on its case under the case's permission."""
        async with self._database.transaction() as connection:
            blob = await store_blob(connection, call.organisation_id, sound)
            await connection.execute(statement(_KEEP), {"blob": blob, "call": call.id})
            await connection.execute(statement("SELECT hang_recording(:call)"), {"call": call.id})

    async def remove_old_sounds(self) -> int:
        """What was kept long enough is gone: from the cases, from the calls, and its bytes."""
        return sum([await self._database.write(old) for old in _OLD])

    async def prompt(self, prompt_id: UUID) -> OwnPrompt | None:
        row = await self._database.row("SELECT words, language, sound_id FROM prompts WHERE id = :id", id=prompt_id)
        if row is None:
            return None
        sound = await read_blob(self._database, row["sound_id"]) if row["sound_id"] is not None else None
        return OwnPrompt(row["words"], row["language"], sound)


@dataclass(frozen=True, slots=True)
class _Message:
    call_id: UUID | None
    organisation_id: UUID
    team_id: UUID
    number_id: UUID | None
    number: str
    customer_id: UUID | None


async def _case_of(connection: AsyncConnection, message: _Message) -> UUID:
    """A new unassigned case of the caller, who becomes a customer by her number when she is none."""
    customer_id = message.customer_id
    if customer_id is None:
        customer_id = new_id()
        phones = [{"e164": message.number, "typed": "", "label": ""}] if message.number else []
        await connection.execute(
            statement(_CUSTOMER),
            {
                "id": customer_id,
                "organisation": message.organisation_id,
                "number": message.number[:200] or "☎",
                "phones": json.dumps(phones),
            },
        )
    case_id = new_id()
    await connection.execute(
        statement(_CASE),
        {
            "id": case_id,
            "organisation": message.organisation_id,
            "customer": customer_id,
            "subject": f"☎ {message.number}".strip(),
            "team": message.team_id,
            "number": message.number_id,
        },
    )
    return case_id


async def _file(connection: AsyncConnection, message: _Message, case_id: UUID, sound: bytes) -> None:
    follow_up = new_id()
    facts = json.dumps({"number": message.number, "recording": True})
    await connection.execute(
        statement(_FOLLOW_UP), {"id": follow_up, "case": case_id, "call": message.call_id, "facts": facts}
    )
    blob = await store_blob(connection, message.organisation_id, sound)
    is_ogg = sound.startswith(b"OggS")
    await connection.execute(
        statement(_ATTACH),
        {
            "id": new_id(),
            "blob": blob,
            "name": "message.ogg" if is_ogg else "message.wav",
            "type": "audio/ogg" if is_ogg else "audio/wav",
            "team": message.team_id,
            "follow_up": follow_up,
        },
    )
