"""The floor as the hub reads it: agents with their states, teams with whom their schedules ring now."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import RowMapping

from app.domain.agents import AgentState
from app.domain.floor import AgentOnFloor, Floor, Records, Strategy, TeamOnFloor
from app.domain.prompts import Prompt
from app.domain.schedules import Hours, Ringed, RingSchedule, hours_now
from app.store.session import Database

_TEAMS = """
SELECT t.id, coalesce(v.strategy, 'ring_all') AS strategy, coalesce(v.offer_s, 30) AS offer_s,
  coalesce(v.queue_most_s, 600) AS queue_most_s, coalesce(v.queue_length, 50) AS queue_length,
  coalesce(v.records, 'never') AS records, coalesce(v.closed_now AND coalesce(v.closed_until > now(), true), false) AS closed_now,
  coalesce(v.announce_s, 60) AS announce_s, coalesce(v.offers_callback, true) AS offers_callback,
  v.closed_prompt_id
FROM teams t LEFT JOIN team_voice v ON v.team_id = t.id WHERE t.archived_at IS NULL"""


async def read_schedules(database: Database) -> dict[UUID, list[RingSchedule]]:
    """Each team's ring schedules."""
    by_team: dict[UUID, list[RingSchedule]] = defaultdict(list)
    for row in await database.rows("SELECT * FROM ring_schedules WHERE archived_at IS NULL"):
        by_team[row["team_id"]].append(schedule_of(row))
    return by_team


async def read_hours(database: Database, now: datetime) -> dict[UUID, Hours]:
    """Each team's hours just now."""
    schedules = await read_schedules(database)
    return {team: hours_now(its, now) for team, its in schedules.items()}


async def read_floor(database: Database, at: datetime | None = None) -> Floor:
    """Everybody and every team of the database's organisations, with whom the schedules ring now or at a time."""
    now = at or datetime.now(UTC)
    agents = await database.rows(
        "SELECT s.agent_id, s.state, s.since_at, s.reason, a.default_team_id, "
        "v.wrap_up IS DISTINCT FROM 'none' OR v.disposition_required AS wraps_up FROM agent_states s "
        "JOIN agents a ON a.id = s.agent_id LEFT JOIN team_voice v ON v.team_id = a.default_team_id WHERE a.active"
    )
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await database.rows("SELECT team_id, agent_id FROM memberships ORDER BY team_id, agent_id"):
        members[row["team_id"]].append(row["agent_id"])
    hours = await read_hours(database, now)
    teams = await database.rows(_TEAMS)
    return Floor(
        agents={
            a["agent_id"]: AgentOnFloor(
                a["agent_id"],
                AgentState(a["state"]),
                a["since_at"],
                reason=a["reason"],
                wraps_up=a["wraps_up"],
                team_id=a["default_team_id"],
            )
            for a in agents
        },
        teams={team["id"]: _team(team, members, hours.get(team["id"], Hours(is_open=True))) for team in teams},
    )


def _team(row: RowMapping, members: dict[UUID, list[UUID]], hours: Hours) -> TeamOnFloor:
    rung = _rung(hours.rings, members) or dict.fromkeys(members[row["id"]], 0)
    own = frozenset(members[row["id"]])
    through = {
        agent: entry.team_id
        for entry in hours.rings
        if entry.team_id is not None and entry.team_id != row["id"]
        for agent in members[entry.team_id]
        if agent not in own
    }
    return TeamOnFloor(
        id=row["id"],
        members=tuple(rung),
        strategy=Strategy(row["strategy"]),
        tiers=rung,
        offer_s=row["offer_s"],
        queue_most_s=row["queue_most_s"],
        queue_length=row["queue_length"],
        records=Records(row["records"]),
        is_open=hours.is_open and not row["closed_now"],
        closed_now=row["closed_now"],
        closed_prompt=Prompt(own=row["closed_prompt_id"]) if row["closed_prompt_id"] is not None else None,
        announce_s=row["announce_s"],
        offers_callback=row["offers_callback"],
        through=through,
    )


def _rung(rings: Sequence[Ringed], members: dict[UUID, list[UUID]]) -> dict[UUID, int]:
    rung: dict[UUID, int] = {}
    for entry in sorted(rings, key=lambda ringed: ringed.tier):
        for agent in members[entry.team_id] if entry.team_id is not None else [entry.agent_id]:
            if agent is not None:
                rung.setdefault(agent, entry.tier)
    return rung


def schedule_of(row: RowMapping) -> RingSchedule:
    """A ring schedule as it is kept."""
    return RingSchedule(
        id=row["id"],
        team_id=row["team_id"],
        name=row["name"],
        zone=row["zone"],
        weekdays=frozenset(row["weekdays"]),
        rings_from=row["rings_from"],
        rings_until=row["rings_until"],
        created_at=row["created_at"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        closed=row["closed"],
        call_tree_id=row["call_tree_id"],
        rings=tuple(
            Ringed(
                entry.get("tier", 1),
                UUID(entry["agent_id"]) if entry.get("agent_id") else None,
                UUID(entry["team_id"]) if entry.get("team_id") else None,
            )
            for entry in row["rings"]
        ),
    )
