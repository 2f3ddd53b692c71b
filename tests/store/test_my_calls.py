"""Reading my calls and the teams' presence costs the same however many calls are over."""

import re
from uuid import UUID

import asyncpg
import pytest

from app.domain.ids import new_id
from app.store.calls import _CALL, _MINE, _PRESENCE
from app.store.engine import connect
from tests.helpers.organisation import Vallon

OVER = 20_000


async def _calls(admin: asyncpg.Connection, vallon: Vallon, agent: UUID, team: UUID) -> UUID:
    """Many calls of an agent that are over and filed, and one that she is in; gives its id."""
    organisation = await admin.fetchval("SELECT organisation_id FROM agents WHERE id = $1", agent)
    live = new_id()
    await admin.execute("SET session_replication_role = replica")  # no hints and no log for what is long over
    await admin.execute(
        "INSERT INTO calls (id, organisation_id, direction, phase, caller_number, team_id, communication_team_id, "
        "  started_at, answered_at, ended_at, agents, agent_id) "
        "SELECT gen_random_uuid(), $1, 'in', 'ended', '+33', $2, $2, now() - n * interval '5 minutes', "
        "  now() - n * interval '5 minutes', now() - n * interval '4 minutes', ARRAY[$3::uuid], $3 "
        "FROM generate_series(1, $4::int) n",
        organisation, team, agent, OVER,
    )  # fmt: skip
    await admin.execute(
        "INSERT INTO call_parts (id, organisation_id, call_id, agent_id, team_id, began_at, ended_at, filed_at) "
        "SELECT gen_random_uuid(), organisation_id, id, agent_id, team_id, started_at, ended_at, ended_at FROM calls"
    )
    await admin.execute(
        "INSERT INTO calls (id, organisation_id, direction, phase, caller_number, team_id, communication_team_id, "
        "  started_at, agents, agent_id) VALUES ($1, $2, 'in', 'talking', '+33', $3, $3, now(), ARRAY[$4::uuid], $4)",
        live, organisation, team, agent,
    )  # fmt: skip
    await admin.execute("SET session_replication_role = origin")
    await admin.execute("ANALYZE calls, call_parts")
    return live


@pytest.mark.parametrize("sql", [f"{_CALL} {_MINE}", _PRESENCE], ids=["my calls", "presence"])
async def test_calls_that_are_over_are_not_looked_through(vallon: Vallon, sql: str) -> None:
    admin = await connect(vallon.admin)
    try:
        live = await _calls(admin, vallon, vallon.agents["camille"], vallon.teams["Contact centre"])
    finally:
        await admin.close()
    agent = await connect(vallon.access("camille"))
    try:
        if "my_calls_now" in sql:
            assert [row["id"] for row in await agent.fetch(sql)] == [live]
        plan = [row[0] for row in await agent.fetch(f"EXPLAIN (ANALYZE, TIMING OFF) {sql}")]
    finally:
        await agent.close()
    read = [
        float(rows) * int(loops) for line in plan for rows, loops in re.findall(r"rows=([\d.]+) loops=(\d+)\)", line)
    ]
    left_out = [float(line.rpartition(":")[2]) for line in plan if "Rows Removed" in line]
    assert read
    assert max(read + left_out) < OVER / 20, "\n".join(plan)
