"""The floor for desks: loads of teams, agents on duty, the day's figures, codes, and what supervisors change."""

from datetime import UTC, datetime
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.schedules import Hours, hours_now, opens_at
from app.domain.waiting import crew_of, expected_wait_s
from app.services.floor import AgentOnDuty, Code, Stay, TeamDay, TeamLoad
from app.store.floor import read_floor, read_schedules
from app.store.session import Database

SERVICE_LEVEL_S = 20

_LOADS = """
SELECT t.id, t.name, t.icon, t.communication_team_id IS NOT NULL AS is_sub_team, q.waiting, q.longest_since_at, q.handled_s,
  coalesce(v.closed_now AND coalesce(v.closed_until > now(), true), false) AS closed_now, v.closed_until
FROM teams t JOIN team_queues() q ON q.team_id = t.id LEFT JOIN team_voice v ON v.team_id = t.id
WHERE t.archived_at IS NULL ORDER BY is_sub_team DESC, t.name"""

_ON_DUTY = """
SELECT a.id AS agent_id, a.name, s.state, s.reason, s.since_at,
  (SELECT coalesce(array_agg(m.team_id), '{}') FROM memberships m WHERE m.agent_id = a.id) AS team_ids,
  (SELECT c.id FROM calls c WHERE c.phase <> 'ended' AND (a.id IN (c.agent_id, c.consulted) OR a.id = ANY (c.ringing))
   ORDER BY c.started_at LIMIT 1) AS call_id
FROM agents a JOIN agent_states s ON s.agent_id = a.id WHERE a.active ORDER BY a.name"""

_TODAY = """
SELECT team_id, count(*)::int AS offered, count(answered_at)::int AS answered,
  (count(*) FILTER (WHERE answered_at - started_at <= make_interval(secs => :target)))::int AS in_time,
  (count(*) FILTER (WHERE outcome = 'abandoned'))::int AS abandoned,
  (count(*) FILTER (WHERE phase = 'ended' AND answered_at IS NULL AND outcome <> 'abandoned'))::int AS missed,
  round(avg(extract(epoch FROM answered_at - started_at)))::int AS mean_wait_s
FROM calls WHERE direction = 'in' AND started_at >= :since GROUP BY team_id"""


class PostgresDuty:
    """FloorStore on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def loads(self) -> tuple[TeamLoad, ...]:
        now = datetime.now(UTC)
        floor = await read_floor(self._database)
        schedules = await read_schedules(self._database)
        found = []
        for row in await self._database.rows(_LOADS):
            crew = crew_of(floor, row["id"])
            its = schedules.get(row["id"], [])
            hours = hours_now(its, now) if its else Hours(is_open=True)
            team = floor.teams.get(row["id"])
            found.append(
                TeamLoad(
                    team_id=row["id"],
                    name=row["name"],
                    icon=row["icon"],
                    is_sub_team=row["is_sub_team"],
                    free=crew.free,
                    busy=crew.busy,
                    away=crew.away,
                    waiting=row["waiting"],
                    expected_wait_s=expected_wait_s(row["waiting"], crew, row["handled_s"]),
                    longest_since_at=row["longest_since_at"],
                    is_open=hours.is_open and not row["closed_now"],
                    opens_at=row["closed_until"] if row["closed_now"] else opens_at(its, now),
                    closed_now=row["closed_now"],
                    members=team.members if team is not None else (),
                )
            )
        return tuple(found)

    async def agents_on_duty(self) -> tuple[AgentOnDuty, ...]:
        found = await self._database.rows(_ON_DUTY)
        return tuple(
            AgentOnDuty(**{**row, "state": AgentState(row["state"]), "team_ids": tuple(row["team_ids"])})
            for row in found
        )

    async def today(self) -> tuple[TeamDay, ...]:
        """The day of the organisation's own zone, for the teams that I see."""
        since = await self._database.one(
            "SELECT date_trunc('day', now() AT TIME ZONE time_zone) AT TIME ZONE time_zone AS at FROM organisations"
        )
        found = await self._database.rows(_TODAY, since=since["at"], target=SERVICE_LEVEL_S)
        return tuple(TeamDay(**row, target_s=SERVICE_LEVEL_S) for row in found)

    async def codes(self, kind: str) -> tuple[Code, ...]:
        found = await self._database.rows(
            "SELECT id, kind, key, label, team_id, position FROM codes WHERE kind = :kind AND archived_at IS NULL "
            "AND (team_id IS NULL OR team_id = ANY ((SELECT my_teams())::uuid[])) ORDER BY position, label",
            kind=kind,
        )
        return tuple(Code(**row) for row in found)

    async def save_code(self, code: Code) -> None:
        await self._database.write(
            "INSERT INTO codes (id, organisation_id, team_id, kind, key, label, position) "
            "VALUES (:id, (SELECT my_organisation()), :team, :kind, :key, :label, :position) "
            "ON CONFLICT (id) DO UPDATE SET label = EXCLUDED.label, position = EXCLUDED.position",
            id=code.id,
            team=code.team_id,
            kind=code.kind,
            key=code.key,
            label=code.label.strip(),
            position=code.position,
        )

    async def remove_code(self, code_id: UUID) -> None:
        await self._database.write("UPDATE codes SET archived_at = now() WHERE id = :id", id=code_id)

    async def set_agent_state(self, agent_id: UUID, state: AgentState, reason: str) -> None:
        await self._database.write(
            "SELECT set_agent_state(:agent, :state, :reason)", agent=agent_id, state=state.value, reason=reason
        )

    async def close_team(self, team_id: UUID, *, closed: bool, until_at: datetime | None = None) -> None:
        await self._database.write(
            "SELECT close_team(:team, :closed, :until)", team=team_id, closed=closed, until=until_at
        )

    async def stays(self, agent_id: UUID, from_at: datetime, until_at: datetime) -> tuple[Stay, ...]:
        found = await self._database.rows(
            "SELECT agent_id, state, reason, began_at, ended_at FROM agent_state_log WHERE agent_id = :agent "
            "AND began_at < :until AND coalesce(ended_at, now()) > :from ORDER BY began_at, id",
            agent=agent_id,
            until=until_at,
            **{"from": from_at},
        )
        return tuple(Stay(**{**row, "state": AgentState(row["state"])}) for row in found)
