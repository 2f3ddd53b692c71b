"""Calls as a desk reads them and asks for moves, under the agent's own role."""

import json
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.calls import Phase, Recording, Target
from app.domain.hand_over import CommandKind
from app.domain.ids import new_id
from app.domain.phone import SipCredentials, SipTransport
from app.domain.quality import Quality
from app.domain.tasks import REMINDER_MINUTES
from app.services.calls import CallBack, CallMessage, CallsOf, CallView, Disposition, TeamPresence
from app.services.customers import CustomerHit
from app.store import rows
from app.store.blobs import read_blob
from app.store.customers import PostgresCustomers
from app.store.session import Database, statement

_CALL = f"""
SELECT c.*, coalesce(n.e164, '') AS dialled_number, t.name AS team_name,
  coalesce({rows.PERSON.format("k")}, '') AS customer_name, coalesce(k.organisation, '') AS organisation,
  x.number AS case_number, coalesce(x.subject, '') AS case_subject,
  coalesce(p.title, '') AS promise, p.due_at AS promise_at,
  coalesce(a.name, '') AS agent_name, coalesce(h.name, '') AS handed_by_name,
  coalesce(mine.note, '') AS my_note, mine.ended_at IS NOT NULL AS my_part_ended, mine.filed_at IS NOT NULL AS my_part_filed,
  mine.ended_at AS my_part_ended_at, coalesce(w.disposition_required, false) AS result_required,
  coalesce(w.wrap_up, 'optional') AS wrap_up, coalesce(w.wrap_up_s, 60) AS wrap_up_s,
  CASE WHEN c.handed_by = (SELECT me()) OR c.agent_id = (SELECT me()) AND c.handed_by IS NULL THEN c.note
       ELSE coalesce(nullif(theirs.note, ''), c.note) END AS hand_over_note,
  coalesce((SELECT jsonb_agg(jsonb_build_object('agent_id', g.agent_id, 'agent_name', w.name, 'body', g.body, 'at', g.at)
                             ORDER BY g.at) FROM call_messages g JOIN agents w ON w.id = g.agent_id
            WHERE g.call_id = c.id), '[]') AS messages
FROM calls c JOIN teams t ON t.id = c.team_id LEFT JOIN numbers n ON n.id = c.number_id
LEFT JOIN customers k ON k.id = c.customer_id LEFT JOIN cases x ON x.id = c.case_id
LEFT JOIN agents a ON a.id = c.agent_id LEFT JOIN agents h ON h.id = c.handed_by
LEFT JOIN LATERAL (SELECT title, due_at FROM tasks WHERE customer_id = c.customer_id AND status = 'planned' AND kind = 'call'
  ORDER BY due_at LIMIT 1) p ON true
LEFT JOIN LATERAL (SELECT note, ended_at, filed_at, team_id FROM call_parts WHERE call_id = c.id AND agent_id = (SELECT me())
  ORDER BY began_at DESC LIMIT 1) mine ON true
LEFT JOIN team_voice w ON w.team_id = mine.team_id
LEFT JOIN LATERAL (SELECT note FROM call_parts WHERE call_id = c.id AND agent_id = coalesce(c.handed_by, c.agent_id)
  ORDER BY began_at DESC LIMIT 1) theirs ON true"""

# Found by their keys: no reading of mine may grow with the calls that are over.
_MINE = "WHERE c.id = ANY ((SELECT my_calls_now())::uuid[]) ORDER BY c.started_at"

_OF = {
    CallsOf.ALL: "",
    CallsOf.MINE: "WHERE c.agents @> ARRAY[(SELECT me())]",
    CallsOf.MISSED: "WHERE c.direction = 'in' AND c.phase = 'ended' AND c.answered_at IS NULL",
}

# Whoever was answered in the last hour called within a day: so the index has them.
_PRESENCE = """
WITH waits AS MATERIALIZED (
  SELECT team_id, count(*) AS n FROM calls WHERE phase <> 'ended' AND phase IN ('waiting', 'moving') GROUP BY team_id),
answered AS MATERIALIZED (
  SELECT team_id, avg(extract(epoch FROM answered_at - started_at)) AS expected FROM calls
  WHERE started_at > now() - interval '1 day' AND answered_at > now() - interval '1 hour' GROUP BY team_id)
SELECT p.team_id, p.free, p.present, coalesce(w.n, 0) AS waiting, a.expected
FROM presence_counts() p LEFT JOIN waits w ON w.team_id = p.team_id LEFT JOIN answered a ON a.team_id = p.team_id"""


_CALL_BACK = """
INSERT INTO tasks (id, team_id, assignee_id, customer_id, case_id, kind, title, notes, local_at, zone, reminder_minutes, custom)
SELECT :id, coalesce(a.default_team_id, c.team_id), a.id, c.customer_id, c.case_id, 'call',
  coalesce(nullif(:title, ''), x.subject, nullif(c.caller_number, ''), '☎'), CAST(:notes AS text), :local_at, :zone, :minutes,
  jsonb_build_object('number', c.caller_number, 'call_id', c.id)
FROM calls c JOIN agents a ON a.id = (SELECT me()) LEFT JOIN cases x ON x.id = c.case_id WHERE c.id = :call
ON CONFLICT (id) DO NOTHING"""


class PostgresCalls:
    """CallStore on PostgreSQL."""

    def __init__(self, database: Database, customers: PostgresCustomers) -> None:
        self._database = database
        self._customers = customers

    async def my_live_calls(self) -> tuple[CallView, ...]:
        return tuple(map(_view, await self._database.rows(f"{_CALL} {_MINE}")))

    async def live_calls(self) -> tuple[CallView, ...]:
        """Every live call that this agent may see: the supervisor's board."""
        return tuple(map(_view, await self._database.rows(f"{_CALL} WHERE c.phase <> 'ended' ORDER BY c.started_at")))

    async def call(self, call_id: UUID) -> CallView:
        return _view(await self._database.one(f"{_CALL} WHERE c.id = :id", id=call_id))

    async def recent_calls(self, limit: int, of: CallsOf = CallsOf.ALL) -> tuple[CallView, ...]:
        found = await self._database.rows(f"{_CALL} {_OF[of]} ORDER BY c.started_at DESC LIMIT :limit", limit=limit)
        return tuple(map(_view, found))

    async def command_call(
        self, call_id: UUID, kind: CommandKind, target: Target | None = None, note: str = "", place: int | None = None
    ) -> None:
        await self._database.write(
            "SELECT command_call(:id, :call, :kind, :target_kind, :target_id, :number, :note, CAST(:place AS integer))",
            id=new_id(),
            call=call_id,
            kind=kind.value,
            target_kind=target.kind.value if target else "",
            target_id=target.id if target else None,
            number=target.number if target else "",
            note=note,
            place=place,
        )

    async def card_shown(self, call_id: UUID) -> None:
        await self._database.write("SELECT card_shown(:call)", call=call_id)

    async def why_refused(self, command_id: UUID) -> str:
        row = await self._database.row("SELECT refused FROM call_commands WHERE id = :id", id=command_id)
        return row["refused"] if row is not None else ""

    async def type_call_note(self, call_id: UUID, text: str) -> None:
        await self._database.write("SELECT type_call_note(:call, :text)", call=call_id, text=text)

    async def say_on_call(self, call_id: UUID, text: str) -> None:
        await self._database.write("SELECT say_on_call(:id, :call, :text)", id=new_id(), call=call_id, text=text)

    async def tell_quality(self, call_id: UUID, quality: Quality) -> None:
        await self._database.write(
            "SELECT tell_call_quality(:call, CAST(:measured AS jsonb))",
            call=call_id,
            measured=json.dumps(asdict(quality)),
        )

    async def attach_call(self, call_id: UUID, case_id: UUID | None) -> None:
        await self._database.write("SELECT attach_call(:call, :case)", call=call_id, case=case_id)

    async def wrap_up_call(
        self,
        call_id: UUID,
        disposition_id: UUID | None,
        note: str,
        case_id: UUID | None,
        call_back: CallBack | None = None,
    ) -> None:
        """The result, the note and the promised call, all or nothing."""
        async with self._database.transaction() as connection:
            await connection.execute(
                statement("SELECT wrap_up_call(:call, :disposition, :note, :case)"),
                {"call": call_id, "disposition": disposition_id, "note": note, "case": case_id},
            )
            if call_back is not None:
                await connection.execute(
                    statement(_CALL_BACK),
                    {
                        "id": call_back.task_id,
                        "call": call_id,
                        "title": call_back.title.strip()[:250],
                        "local_at": call_back.local_at,
                        "zone": call_back.zone,
                        "minutes": REMINDER_MINUTES,
                        "notes": note,
                    },
                )

    async def plan_call(
        self,
        call_id: UUID,
        *,
        case_id: UUID | None = None,
        customer_id: UUID | None = None,
        number_id: UUID | None = None,
        task_id: UUID | None = None,
    ) -> str:
        row = await self._database.written(
            "SELECT plan_call(:call, :case, :customer, :number, :task) AS shown",
            call=call_id,
            case=case_id,
            customer=customer_id,
            number=number_id,
            task=task_id,
        )
        return str(row["shown"])

    async def recording(self, call_id: UUID) -> bytes | None:
        row = await self._database.row("SELECT recording_id FROM calls WHERE id = :id", id=call_id)
        return await self._bytes(row["recording_id"] if row is not None else None)

    async def sound(self, attachment_id: UUID) -> bytes | None:
        row = await self._database.row("SELECT blob_id FROM attachments WHERE id = :id", id=attachment_id)
        return await self._bytes(row["blob_id"] if row is not None else None)

    async def _bytes(self, blob_id: UUID | None) -> bytes | None:
        return None if blob_id is None else await read_blob(self._database, blob_id)

    async def candidates(self, e164: str) -> tuple[CustomerHit, ...]:
        return await self._customers.customers_by_phone(e164) if e164 else ()

    async def team_presence(self) -> tuple[TeamPresence, ...]:
        """Who is free in every team of the organisation, and how long callers waited there in the last hour."""
        found = await self._database.rows(_PRESENCE)
        return tuple(
            TeamPresence(
                r["team_id"],
                r["free"],
                r["present"],
                r["waiting"],
                None if r["expected"] is None else round(r["expected"]),
            )
            for r in found
        )

    async def dispositions(self) -> tuple[Disposition, ...]:
        found = await self._database.rows(
            "SELECT id, key, label FROM codes WHERE kind = 'disposition' AND archived_at IS NULL "
            "AND (team_id IS NULL OR team_id = ANY ((SELECT my_memberships())::uuid[])) ORDER BY position"
        )
        return tuple(Disposition(**row) for row in found)

    async def my_sip_credentials(self) -> SipCredentials | None:
        row = await self._database.row(
            "SELECT username, password, host, port, transport, authority, stun FROM sip_credentials"
        )
        if row is None:
            return None
        return SipCredentials(
            row["username"], row["password"], row["host"], row["port"], SipTransport(row["transport"]),
            row["authority"], tuple(row["stun"]),
        )  # fmt: skip


_PLAIN = (
    "id direction caller_number dialled_number team_id team_name started_at customer_id customer_name organisation "
    "case_id case_number case_subject promise promise_at agent_id agent_name handed_by handed_by_name hand_over_note "
    "consulted consultation step step_agent_id step_team_id step_until_at next_step next_agent_id next_team_id "
    "waiting_since_at answered_at held_since_at ended_at outcome my_note my_part_ended my_part_filed "
    "my_part_ended_at result_required wrap_up wrap_up_s place_at task_id"
).split()


def _view(row: RowMapping) -> CallView:
    return CallView(
        phase=Phase(row["phase"]),
        ringing=tuple(row["ringing"]),
        recording=Recording(row["recording"]),
        listeners=tuple(row["listeners"]),
        trace=tuple(row["trace"]),
        messages=tuple(CallMessage(UUID(m["agent_id"]), m["agent_name"], m["body"], m["at"]) for m in row["messages"]),
        **{column: row[column] for column in _PLAIN},
    )
