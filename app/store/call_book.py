"""The hub's book of calls: what it decided, committed before the switch is told."""

import json
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.calls import Consultation, LiveCall, Target, TargetKind
from app.domain.hand_over import CallCommand, CommandKind
from app.domain.ids import new_id
from app.domain.phone import SipCredentials
from app.domain.plain import from_plain, to_plain
from app.domain.turns import CallTurn
from app.services.call_book import AgentLine, OutsideLine
from app.store.lookups import PostgresLookups
from app.store.session import Database
from app.store.sounds import PostgresSounds

_TAKE_COMMANDS = """
UPDATE call_commands SET done_at = now() WHERE id IN (
  SELECT id FROM call_commands WHERE done_at IS NULL ORDER BY made_at LIMIT 50 FOR UPDATE SKIP LOCKED)
RETURNING id, call_id, by_agent, kind, target_kind, target_id, target_number, note, made_at, place"""

# A part whose agent never wrapped up is filed with the note as it was typed; where a result is owed, when she is gone, or
# had the same caller back: her later part has the result, and the earlier one is nowhere to be filed by hand.
_LEFT = """
SELECT p.id FROM call_parts p LEFT JOIN team_voice v ON v.team_id = p.team_id LEFT JOIN agent_states s ON s.agent_id = p.agent_id
WHERE p.filed_at IS NULL AND p.ended_at < now() - make_interval(secs => coalesce(v.wrap_up_s, 60) + 30)
  AND (NOT coalesce(v.disposition_required OR v.wrap_up = 'mandatory', false)
       OR s.state = 'offline' AND s.since_at < now() - interval '10 minutes'
       OR EXISTS (SELECT FROM call_parts l WHERE l.call_id = p.call_id AND l.agent_id = p.agent_id AND l.began_at > p.began_at))
LIMIT 100"""

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

    async def write_turn(self, turn: CallTurn) -> bool:
        """Write a turn, whole or not at all; it may be repeated. False when a later hub has gone on with the call."""
        told = {
            "at": turn.at,
            "call": _columns(turn.call),
            "begun": [{"part": new_id(), "agent": agent_id} for agent_id in turn.begun],
            "ended": turn.ended,
            "agents": turn.agents,
            "cases": turn.cases,
        }
        row = await self._database.written(
            "SELECT write_turn(CAST(:turn AS jsonb), :epoch) AS written",
            turn=json.dumps(to_plain(told)),
            epoch=self._epoch,
        )
        return bool(row["written"])

    async def live_calls(self) -> tuple[LiveCall, ...]:
        """What an earlier hub was in the middle of."""
        found = await self._database.rows("SELECT state FROM calls WHERE phase <> 'ended'")
        return tuple(from_plain(LiveCall, row["state"]) for row in found if row["state"])

    async def take_commands(self) -> tuple[CallCommand, ...]:
        found = await self._database.changed(_TAKE_COMMANDS)
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


def _columns(call: LiveCall) -> dict[str, object]:
    following = call.steps[1] if len(call.steps) > 1 else None
    consulted = call.consultation.answered_by if call.consultation is not None else None
    involved = {call.agent_id, call.handed_by, consulted, *(offer.agent_id for offer in call.offers)} - {None}
    return {
        "id": call.id,
        "organisation_id": call.organisation_id,
        "direction": call.direction,
        "phase": call.phase,
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
        "agents": involved,
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
        "trace": call.trace,
        "note": call.hand_over_note,
        "task_id": call.task_id,
        "recording": call.recording,
        "listeners": tuple(call.listeners),
        "place_at": call.place_at,
        "state": call,
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
