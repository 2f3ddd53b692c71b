"""The board under the database's own rules: who may announce a move, and who reads of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.calls import Target, TargetKind
from app.domain.hand_over import CommandKind
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.store.calls import PostgresCalls
from app.store.engine import connect
from tests.helpers.organisation import Vallon


def _calls(vallon: Vallon, name: str) -> PostgresCalls:
    store = vallon.as_agent(name)
    return PostgresCalls(store._database, store)


async def _live_call(vallon: Vallon, team: str = "Contact centre", agent: str = "nadia") -> UUID:
    call_id = new_id()
    admin = await connect(vallon.admin)
    await admin.execute(
        "INSERT INTO guichet.calls (id, organisation_id, direction, phase, caller_number, team_id, agent_id, agents, "
        "started_at, answered_at) "
        "VALUES ($1, $2, 'in', 'talking', '+33612345678', $3, $4, ARRAY[$4::uuid], now(), now())",
        call_id, vallon.organisation_id, vallon.teams[team], vallon.agents[agent],
    )  # fmt: skip
    await admin.close()
    return call_id


async def test_the_agent_reads_where_her_call_goes_until_it_is_taken_back(vallon: Vallon) -> None:
    call_id = await _live_call(vallon)
    nadia, sofia = _calls(vallon, "nadia"), _calls(vallon, "sofia")
    await sofia.announce_move(call_id, Target(TargetKind.TEAM, vallon.teams["Atelier Beaune"]))
    told = await nadia.call(call_id)
    assert (told.leaves_to, told.leaves_by) == ("Atelier Beaune", "Sofia Supervisor")
    assert told.leaves_at is not None
    assert timedelta(0) < told.leaves_at - datetime.now(UTC) <= timedelta(seconds=3)
    await sofia.withdraw_move(call_id)
    assert (await nadia.call(call_id)).leaves_to == ""
    await sofia.announce_move(call_id, Target(TargetKind.AGENT, vallon.agents["victor"]))
    assert (await nadia.my_live_calls())[0].leaves_to == "Victor Lang"
    await sofia.command_call(call_id, CommandKind.MOVE, Target(TargetKind.AGENT, vallon.agents["victor"]))
    assert (await nadia.call(call_id)).leaves_to == ""


async def test_a_lead_announces_for_her_team_and_nobody_else_does(vallon: Vallon) -> None:
    call_id = await _live_call(vallon)
    target = Target(TargetKind.TEAM, vallon.teams["Atelier Beaune"])
    await _calls(vallon, "camille").announce_move(call_id, target)
    for name, reason in (("nadia", Refusal.NOT_PERMITTED), ("omar", Refusal.NOT_FOUND)):
        with pytest.raises(Refused) as refused:
            await _calls(vallon, name).announce_move(call_id, target)
        assert refused.value.reason is reason


async def test_what_was_announced_stands_in_the_log_and_leaves_the_hub_nothing_to_do(vallon: Vallon) -> None:
    call_id = await _live_call(vallon)
    await _calls(vallon, "sofia").announce_move(call_id, Target(TargetKind.TEAM, vallon.teams["Location"]))
    admin = await connect(vallon.admin)
    row = await admin.fetchrow("SELECT kind, by_agent, done_at FROM guichet.call_commands WHERE call_id = $1", call_id)
    await admin.close()
    assert row is not None
    assert (row["kind"], row["by_agent"]) == ("announce", vallon.agents["sofia"])
    assert row["done_at"] is not None
