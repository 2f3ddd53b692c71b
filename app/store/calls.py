"""Calls as a desk reads them and asks for moves, under the agent's own role."""

from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.calls import Phase, Target
from app.domain.hand_over import CommandKind
from app.domain.ids import new_id
from app.domain.phone import SipCredentials, SipTransport
from app.services.calls import CallMessage, CallView, Disposition, TeamPresence
from app.services.customers import CustomerHit
from app.store import rows
from app.store.customers import PostgresCustomers
from app.store.session import Database

_CALL = f"""
SELECT c.*, coalesce(n.e164, '') AS dialled_number, t.name AS team_name,
  coalesce({rows.PERSON.format("k")}, '') AS customer_name, coalesce(k.organisation, '') AS organisation,
  x.number AS case_number, coalesce(x.subject, '') AS case_subject,
  coalesce(p.title, '') AS promise, p.due_at AS promise_at,
  coalesce(a.name, '') AS agent_name, coalesce(h.name, '') AS handed_by_name,
  coalesce(mine.note, '') AS my_note, mine.ended_at IS NOT NULL AS my_part_ended, mine.filed_at IS NOT NULL AS my_part_filed,
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
LEFT JOIN LATERAL (SELECT note, ended_at, filed_at FROM call_parts WHERE call_id = c.id AND agent_id = (SELECT me())
  ORDER BY began_at DESC LIMIT 1) mine ON true
LEFT JOIN LATERAL (SELECT note FROM call_parts WHERE call_id = c.id AND agent_id = coalesce(c.handed_by, c.agent_id)
  ORDER BY began_at DESC LIMIT 1) theirs ON true"""

# What concerns me: my calls, those that ring at me, those I handed over, and those I have not wrapped up yet.
_MINE = """
WHERE c.agents @> ARRAY[(SELECT me())] AND (
  c.phase <> 'ended' AND ((SELECT me()) IN (c.agent_id, c.handed_by, c.consulted) OR (SELECT me()) = ANY (c.ringing))
  OR EXISTS (SELECT FROM call_parts q WHERE q.call_id = c.id AND q.agent_id = (SELECT me()) AND q.filed_at IS NULL))
ORDER BY c.started_at"""

_PRESENCE = """
SELECT p.team_id, p.free, p.present,
  (SELECT count(*) FROM calls c WHERE c.team_id = p.team_id AND c.phase IN ('waiting', 'moving')) AS waiting,
  (SELECT avg(extract(epoch FROM c.answered_at - c.started_at)) FROM calls c WHERE c.team_id = p.team_id
   AND c.answered_at > now() - interval '1 hour') AS expected
FROM presence_counts() p"""


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

    async def recent_calls(self, limit: int) -> tuple[CallView, ...]:
        found = await self._database.rows(f"{_CALL} ORDER BY c.started_at DESC LIMIT :limit", limit=limit)
        return tuple(map(_view, found))

    async def command_call(
        self, call_id: UUID, kind: CommandKind, target: Target | None = None, note: str = ""
    ) -> None:
        await self._database.write(
            "SELECT command_call(:id, :call, :kind, :target_kind, :target_id, :number, :note)",
            id=new_id(),
            call=call_id,
            kind=kind.value,
            target_kind=target.kind.value if target else "",
            target_id=target.id if target else None,
            number=target.number if target else "",
            note=note,
        )

    async def type_call_note(self, call_id: UUID, text: str) -> None:
        await self._database.write("SELECT type_call_note(:call, :text)", call=call_id, text=text)

    async def say_on_call(self, call_id: UUID, text: str) -> None:
        await self._database.write("SELECT say_on_call(:id, :call, :text)", id=new_id(), call=call_id, text=text)

    async def attach_call(self, call_id: UUID, case_id: UUID) -> None:
        await self._database.write("SELECT attach_call(:call, :case)", call=call_id, case=case_id)

    async def wrap_up_call(self, call_id: UUID, disposition_id: UUID | None, note: str, case_id: UUID | None) -> None:
        await self._database.write(
            "SELECT wrap_up_call(:call, :disposition, :note, :case)",
            call=call_id,
            disposition=disposition_id,
            note=note,
            case=case_id,
        )

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
            "SELECT id, key, label FROM codes WHERE kind = 'disposition' AND archived_at IS NULL ORDER BY position"
        )
        return tuple(Disposition(**row) for row in found)

    async def my_sip_credentials(self) -> SipCredentials | None:
        row = await self._database.row("SELECT username, password, host, port, transport FROM sip_credentials")
        if row is None:
            return None
        return SipCredentials(
            row["username"], row["password"], row["host"], row["port"], SipTransport(row["transport"])
        )


_PLAIN = (
    "id direction caller_number dialled_number team_id team_name started_at customer_id customer_name organisation "
    "case_id case_number case_subject promise promise_at agent_id agent_name handed_by handed_by_name hand_over_note "
    "consulted consultation step step_agent_id step_team_id step_until_at next_step next_agent_id next_team_id "
    "waiting_since_at answered_at held_since_at ended_at outcome my_note my_part_ended my_part_filed"
).split()


def _view(row: RowMapping) -> CallView:
    return CallView(
        phase=Phase(row["phase"]),
        ringing=tuple(row["ringing"]),
        trace=tuple(row["trace"]),
        messages=tuple(CallMessage(UUID(m["agent_id"]), m["agent_name"], m["body"], m["at"]) for m in row["messages"]),
        **{column: row[column] for column in _PLAIN},
    )
