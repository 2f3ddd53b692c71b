"""Agents: made, disabled and reset by permission; each one is a sign-in of her own."""

import asyncio
from dataclasses import replace

import asyncpg
import pytest

from app.domain.agents import Agent, AgentState, Role
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.scram import verifier
from app.store.engine import connect
from tests.helpers.organisation import PASSWORD, Store, Vallon


def _name() -> str:
    return f"t{new_id().hex}"  # roles belong to the cluster, the databases of the tests share it


async def test_an_administrator_makes_an_agent_who_signs_in(vallon: Vallon) -> None:
    name = _name()
    fresh = Agent(new_id(), name, "Inès Fabre", Role.AGENT)
    await vallon.as_agent("ada").create_agent(fresh, verifier(PASSWORD), (vallon.teams["Contact centre"],))
    store = Store(vallon.access(name))
    directory = await store.directory()
    assert directory.me.name == "Inès Fabre"
    assert [team.name for team in directory.my_teams()] == ["Contact centre"]
    await store.close()


async def test_a_lead_makes_no_agents(vallon: Vallon) -> None:
    with pytest.raises(Refused) as refused:
        await vallon.as_agent("camille").create_agent(Agent(new_id(), _name(), "X", Role.AGENT), verifier(PASSWORD), ())
    assert refused.value.reason is Refusal.NOT_PERMITTED


async def test_a_name_that_is_taken_is_refused_without_a_trace_of_the_verifier(vallon: Vallon) -> None:
    ada = await connect(vallon.access("ada"))
    made = verifier(PASSWORD)
    with pytest.raises(asyncpg.PostgresError) as error:
        await ada.execute(
            "SELECT create_agent($1, NULL, 'nadia', $2, 'N', '', 'agent', 'fr', 'Europe/Paris', '{}')", new_id(), made
        )
    told = " ".join(str(part) for part in (error.value, error.value.detail, error.value.context))
    assert made.split("$")[2] not in told
    await ada.close()


async def test_a_plain_password_never_reaches_the_server(vallon: Vallon) -> None:
    ada = vallon.as_agent("ada")
    with pytest.raises(Refused):
        await ada.reset_password(vallon.agents["nadia"], "a plain password")


async def test_a_forgotten_password_is_reset_and_a_disabled_agent_is_out_at_once(vallon: Vallon) -> None:
    name = _name()
    agent = Agent(new_id(), name, "Gone Soon", Role.AGENT)
    ada = vallon.as_agent("ada")
    await ada.create_agent(agent, verifier("the first password"), (vallon.teams["Contact centre"],))
    await ada.reset_password(agent.id, verifier(PASSWORD))
    session = await connect(vallon.access(name))
    assert await session.fetchval("SELECT me()") == agent.id
    await ada.disable_agent(agent.id)
    for _ in range(100):
        if session.is_closed():
            break
        await asyncio.sleep(0.02)
    assert session.is_closed()
    with pytest.raises(asyncpg.PostgresError):
        await connect(vallon.access(name))


async def test_a_role_that_is_no_agent_reads_nothing(vallon: Vallon) -> None:
    """A sign-in of another organisation's database on the same cluster, with the group role but no agent row."""
    name = _name()
    admin = await connect(vallon.admin)
    await admin.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}' IN ROLE guichet_agent")
    stranger = await connect(replace(vallon.access("nadia"), user=name))
    for table in ("customers", "cases", "agents", "organisations", "changes", "customer_keys", "calls"):
        assert await stranger.fetchval(f"SELECT count(*) FROM {table}") == 0, table
    with pytest.raises(asyncpg.PostgresError):
        await stranger.execute(
            "SELECT create_agent($1, NULL, 'x1x', $2, 'N', '', 'agent', 'fr', '', '{}')", new_id(), ""
        )
    await stranger.close()
    await admin.execute(f"DROP ROLE {name}")
    await admin.close()


async def test_everybody_sees_who_is_free_in_every_team(vallon: Vallon) -> None:
    await vallon.as_agent("victor").set_my_state(AgentState.AVAILABLE, "")
    omar = await connect(vallon.access("omar"))
    rows = await omar.fetch("SELECT team_id, free FROM presence_counts()")
    assert {row["team_id"]: row["free"] for row in rows}[vallon.teams["Atelier Beaune"]] == 1
    await omar.close()
    states = {presence.agent_id: presence.state for presence in await vallon.as_agent("omar").presences()}
    assert states[vallon.agents["victor"]] is AgentState.AVAILABLE
