"""The hub's book of calls: what it decided, committed before the switch is told."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.agents import AgentState
from app.domain.calls import Consultation, LiveCall, Target, TargetKind
from app.domain.hand_over import CallCommand, CommandKind
from app.domain.ids import new_id
from app.domain.phone import SipCredentials
from app.domain.plain import from_plain, to_plain
from app.services.call_book import AgentLine, OutsideLine
from app.store.lookups import PostgresLookups
from app.store.session import Database, statement
from app.store.sounds import PostgresSounds

_WRITE = """
INSERT INTO calls (id, organisation_id, direction, phase, caller_number, number_id, team_id, communication_team_id,
  customer_id, case_id, agent_id, handed_by, ringing, consulted, consultation, agents, step, step_agent_id, step_team_id,
  step_until_at, next_step, next_agent_id, next_team_id, started_at, waiting_since_at, answered_at, held_since_at,
  ended_at, outcome, trace, note, state, hub_epoch, task_id, recording, listeners, place_at)
VALUES (:id, :organisation_id, :direction, :phase, :caller_number, :number_id, :team_id, :communication_team_id,
  :customer_id, :case_id, :agent_id, :handed_by, :ringing, :consulted, :consultation, :agents, :step, :step_agent_id,
  :step_team_id, :step_until_at, :next_step, :next_agent_id, :next_team_id, :started_at, :waiting_since_at, :answered_at,
  :held_since_at, :ended_at, :outcome, CAST(:trace AS jsonb), :note, CAST(:state AS jsonb), :epoch,
  :task_id, :recording, :listeners, :place_at)
ON CONFLICT (id) DO UPDATE SET phase = EXCLUDED.phase, team_id = EXCLUDED.team_id, customer_id = EXCLUDED.customer_id,
  case_id = EXCLUDED.case_id, agent_id = EXCLUDED.agent_id, handed_by = EXCLUDED.handed_by, ringing = EXCLUDED.ringing,
  consulted = EXCLUDED.consulted, consultation = EXCLUDED.consultation,
  agents = (SELECT coalesce(array_agg(DISTINCT a), '{}') FROM unnest(calls.agents || EXCLUDED.agents) a),
  step = EXCLUDED.step, step_agent_id = EXCLUDED.step_agent_id, step_team_id = EXCLUDED.step_team_id,
  step_until_at = EXCLUDED.step_until_at, next_step = EXCLUDED.next_step, next_agent_id = EXCLUDED.next_agent_id,
  next_team_id = EXCLUDED.next_team_id, waiting_since_at = EXCLUDED.waiting_since_at, answered_at = EXCLUDED.answered_at,
  held_since_at = EXCLUDED.held_since_at, ended_at = EXCLUDED.ended_at, outcome = EXCLUDED.outcome,
  trace = EXCLUDED.trace, note = EXCLUDED.note, state = EXCLUDED.state, hub_epoch = EXCLUDED.hub_epoch,
  recording = EXCLUDED.recording, listeners = EXCLUDED.listeners, place_at = EXCLUDED.place_at
WHERE calls.hub_epoch <= EXCLUDED.hub_epoch"""

_TAKE_COMMANDS = """
UPDATE call_commands SET done_at = now() WHERE id IN (
  SELECT id FROM call_commands WHERE done_at IS NULL ORDER BY made_at LIMIT 50 FOR UPDATE SKIP LOCKED)
RETURNING id, call_id, by_agent, kind, target_kind, target_id, target_number, note, made_at, place"""

# A part whose agent never wrapped up is filed with the note as it was typed; where a result is owed, when she is gone.
_LEFT = """
SELECT p.id FROM call_parts p LEFT JOIN team_voice v ON v.team_id = p.team_id LEFT JOIN agent_states s ON s.agent_id = p.agent_id
WHERE p.filed_at IS NULL AND p.ended_at < now() - make_interval(secs => coalesce(v.wrap_up_s, 60) + 30)
  AND (NOT coalesce(v.disposition_required OR v.wrap_up = 'mandatory', false)
       OR s.state = 'offline' AND s.since_at < now() - interval '10 minutes') LIMIT 100"""

# The time after a call is over for who owes no result: at once without wrap-up, else after the team's seconds.
_END_WRAP_UPS = """
UPDATE agent_states s SET state = 'available', reason = '', since_at = now() FROM agents a
LEFT JOIN team_voice v ON v.team_id = a.default_team_id
WHERE a.id = s.agent_id AND s.state = 'wrap_up' AND NOT owes_result(a.id)
  AND s.since_at <= now() - make_interval(secs => CASE WHEN v.wrap_up = 'none' THEN 0 ELSE coalesce(v.wrap_up_s, 60) END)"""


class PostgresCallBook(PostgresLookups, PostgresSounds):
    """CallBook on PostgreSQL, as the hub."""

    def __init__(self, database: Database, epoch: int) -> None:
        super().__init__(database)
        self._epoch = epoch

    @asynccontextmanager
    async def together(self) -> AsyncIterator["PostgresCallBook"]:
        """A book whose writes are one transaction."""
        async with self._database.together() as database:
            yield PostgresCallBook(database, self._epoch)

    async def write_call(self, call: LiveCall) -> bool:
        """Write how a call stands; False when a later hub has written it since."""
        return bool(await self._database.write(_WRITE, **_parameters(call), epoch=self._epoch))

    async def live_calls(self) -> tuple[LiveCall, ...]:
        """What an earlier hub was in the middle of."""
        found = await self._database.rows("SELECT state FROM calls WHERE phase <> 'ended'")
        return tuple(from_plain(LiveCall, row["state"]) for row in found if row["state"])

    async def begin_part(self, call: LiveCall, agent_id: UUID, at: datetime) -> None:
        await self._database.write(
            "INSERT INTO call_parts (id, organisation_id, call_id, agent_id, team_id, began_at) "
            "SELECT :id, :organisation, :call, :agent, coalesce((SELECT default_team_id FROM agents WHERE id = :agent), "
            ":team), CAST(:at AS timestamptz) WHERE NOT EXISTS (SELECT FROM call_parts WHERE call_id = :call AND agent_id = :agent "
            "AND (ended_at IS NULL OR began_at = CAST(:at AS timestamptz)))",
            id=new_id(),
            organisation=call.organisation_id,
            call=call.id,
            agent=agent_id,
            team=call.team_id,
            at=at,
        )

    async def end_part(self, call_id: UUID, agent_id: UUID, at: datetime) -> None:
        await self._database.write(
            "UPDATE call_parts SET ended_at = greatest(CAST(:at AS timestamptz), began_at) "
            "WHERE call_id = :call AND agent_id = :agent AND ended_at IS NULL",
            call=call_id,
            agent=agent_id,
            at=at,
        )

    async def set_agent(self, agent_id: UUID, state: AgentState, reason: str) -> None:
        await self._database.write(
            "SELECT hub_sets_agent(:agent, :state, :reason)", agent=agent_id, state=state.value, reason=reason
        )

    async def move_case(self, case_id: UUID, team_id: UUID, agent_id: UUID | None) -> None:
        await self._database.write(
            "SELECT hub_moves_case(:case, :team, :agent)", case=case_id, team=team_id, agent=agent_id
        )

    async def share_case(self, case_id: UUID, team_id: UUID) -> None:
        await self._database.write("SELECT hub_shares_case(:case, :team)", case=case_id, team=team_id)

    async def take_commands(self) -> tuple[CallCommand, ...]:
        async with self._database.transaction() as connection:
            found = (await connection.execute(statement(_TAKE_COMMANDS))).mappings().all()
        return tuple(_command(row) for row in sorted(found, key=lambda row: row["made_at"]))

    async def command_done(self, command_id: UUID, refused: str) -> None:
        await self._database.write(
            "UPDATE call_commands SET refused = :refused WHERE id = :id", id=command_id, refused=refused
        )

    async def attached(self, call_id: UUID) -> tuple[UUID | None, UUID | None]:
        """The customer and the case that an agent gave to a call."""
        row = await self._database.one("SELECT customer_id, case_id FROM calls WHERE id = :id", id=call_id)
        return row["customer_id"], row["case_id"]

    async def file_parts_left(self) -> int:
        left = await self._database.rows(_LEFT)
        for row in left:
            await self._database.write("SELECT file_part(:id)", id=row["id"])
        return len(left)

    async def end_wrap_ups(self) -> int:
        return await self._database.write(_END_WRAP_UPS)

    async def lines(self) -> tuple[AgentLine, ...]:
        """Every active agent's phone, with its password made the first time."""
        found = await self._database.rows(
            "SELECT a.id, a.organisation_id, a.name, a.language, a.default_team_id, s.password FROM agents a "
            "LEFT JOIN sip_credentials s ON s.agent_id = a.id WHERE a.active"
        )
        return tuple(
            AgentLine(
                r["id"], r["organisation_id"], r["name"], r["password"] or "", r["language"], r["default_team_id"]
            )
            for r in found
        )

    async def outside_lines(self) -> tuple[OutsideLine, ...]:
        """The lines to the outside in the order in which they are tried."""
        found = await self._database.rows(
            "SELECT id AS trunk_id, name, host, port, username, password, registers, matches, codecs FROM trunks "
            "WHERE archived_at IS NULL ORDER BY position, name"
        )
        return tuple(
            OutsideLine(**{**row, "matches": tuple(row["matches"]), "codecs": tuple(row["codecs"])}) for row in found
        )

    async def write_line_state(self, trunk_id: UUID, state: str) -> None:
        await self._database.write(
            "UPDATE trunks SET state = :state, looked_at = now() WHERE id = :id", id=trunk_id, state=state
        )

    async def write_line(self, line: AgentLine, credentials: SipCredentials) -> None:
        await self._database.write(
            "INSERT INTO sip_credentials (agent_id, organisation_id, username, password, host, port, transport, authority, stun) "
            "VALUES (:agent, :organisation, :username, :password, :host, :port, :transport, :authority, :stun) "
            "ON CONFLICT (agent_id) DO UPDATE SET (username, password, host, port, transport, authority, stun) = "
            "(EXCLUDED.username, EXCLUDED.password, EXCLUDED.host, EXCLUDED.port, EXCLUDED.transport, EXCLUDED.authority, EXCLUDED.stun)",
            agent=line.agent_id,
            organisation=line.organisation_id,
            username=credentials.user,
            password=credentials.password,
            host=credentials.host,
            port=credentials.port,
            transport=credentials.transport.value,
            authority=credentials.authority,
            stun=list(credentials.stun),
        )


def _command(row: RowMapping) -> CallCommand:
    kind, target = CommandKind(row["kind"]), None
    if row["target_kind"]:
        target = Target(TargetKind(row["target_kind"]), row["target_id"], row["target_number"])
    return CallCommand(row["id"], row["call_id"], row["by_agent"], kind, target, row["note"], row["place"])


def _parameters(call: LiveCall) -> dict[str, object]:
    following = call.steps[1] if len(call.steps) > 1 else None
    consulted = call.consultation.answered_by if call.consultation is not None else None
    involved = {call.agent_id, call.handed_by, consulted, *(offer.agent_id for offer in call.offers)} - {None}
    return {
        "id": call.id,
        "organisation_id": call.organisation_id,
        "direction": call.direction.value,
        "phase": call.phase.value,
        "caller_number": call.caller_number[:80],
        "number_id": call.number_id,
        "team_id": call.team_id,
        "communication_team_id": call.communication_team_id,
        "customer_id": call.customer_id,
        "case_id": call.case_id,
        "agent_id": call.agent_id,
        "handed_by": call.handed_by,
        "ringing": [offer.agent_id for offer in call.offers if offer.agent_id is not None],
        "consulted": consulted,
        "consultation": _consultation(call.consultation),
        "agents": list(involved),
        **_step(call),
        "next_step": following.kind.value if following else "",
        "next_agent_id": following.agent_id if following else None,
        "next_team_id": following.team_id if following else None,
        "started_at": call.started_at,
        "waiting_since_at": call.waiting_since_at,
        "answered_at": call.answered_at,
        "held_since_at": call.held_since_at,
        "ended_at": call.ended_at,
        "outcome": call.outcome.value if call.outcome else "",
        "trace": json.dumps(to_plain(call.trace)),
        "note": call.hand_over_note,
        "task_id": call.task_id,
        "recording": call.recording.value,
        "listeners": list(call.listeners),
        "place_at": call.place_at,
        "state": json.dumps(to_plain(call)),
    }


def _step(call: LiveCall) -> dict[str, object]:
    """What is tried now; of a call that a supervisor is about to move, where it goes and when."""
    step, leaving = call.step, call.leaving
    if leaving is not None:
        to_team, to_agent = leaving.target.kind is TargetKind.TEAM, leaving.target.kind is TargetKind.AGENT
        return {
            "step": "leaving",
            "step_agent_id": leaving.target.id if to_agent else None,
            "step_team_id": leaving.target.id if to_team else None,
            "step_until_at": leaving.at,
        }
    return {
        "step": step.kind.value if step else "",
        "step_agent_id": step.agent_id if step else None,
        "step_team_id": step.team_id if step else None,
        "step_until_at": call.step_until_at,
    }


def _consultation(consultation: Consultation | None) -> str:
    if consultation is None:
        return ""
    if not consultation.answered:
        return "ringing"
    if consultation.merged:
        return "merged"
    return "with_caller" if consultation.with_caller else "away"
