"""States with reasons, codes, loads of teams, and what supervisors change: decided by the database, logged there."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.agents import AgentState
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.services.floor import Code
from app.store.duty import PostgresDuty
from app.store.engine import connect
from tests.helpers.organisation import Vallon


def _duty(vallon: Vallon, name: str) -> PostgresDuty:
    return PostgresDuty(vallon.as_agent(name)._database)


async def _refusal(act: object) -> Refusal:
    with pytest.raises(Refused) as refused:
        await act  # type: ignore[misc]
    return refused.value.reason


async def test_six_reasons_ship_and_a_state_is_logged_with_its_reason(vallon: Vallon) -> None:
    victor, duty = vallon.as_agent("victor"), _duty(vallon, "victor")
    shipped = [code.key for code in await duty.codes("not_ready")]
    assert shipped == ["break", "lunch", "meeting", "training", "paperwork", "technical"]
    await victor.set_my_state(AgentState.AVAILABLE, "")
    await victor.set_my_state(AgentState.NOT_READY, "Lunch")
    await victor.set_my_state(AgentState.AVAILABLE, "")
    now = datetime.now(UTC)
    stays = await duty.stays(vallon.agents["victor"], now - timedelta(hours=1), now + timedelta(hours=1))
    assert [(stay.state, stay.reason, stay.ended_at is None) for stay in stays] == [
        (AgentState.OFFLINE, "", False),
        (AgentState.AVAILABLE, "", False),
        (AgentState.NOT_READY, "lunch", False),
        (AgentState.AVAILABLE, "", True),
    ]
    assert await _duty(vallon, "omar").stays(vallon.agents["victor"], now - timedelta(hours=1), now) == ()
    assert len(await _duty(vallon, "julie").stays(vallon.agents["victor"], now - timedelta(hours=1), now)) == 4


async def test_a_reason_that_is_not_hers_and_a_state_that_calls_give_are_refused(vallon: Vallon) -> None:
    omar, julie = vallon.as_agent("omar"), _duty(vallon, "sofia")
    own = Code(new_id(), "not_ready", "", "Road test", vallon.teams["Atelier Beaune"])
    await julie.save_code(own)
    assert await _refusal(omar.set_my_state(AgentState.NOT_READY, "Road test")) is Refusal.NOT_A_CHOICE
    assert await _refusal(omar.set_my_state(AgentState.ON_CALL, "")) is Refusal.NOT_A_CHOICE
    await vallon.as_agent("victor").set_my_state(AgentState.NOT_READY, "Road test")
    found = {agent.name: agent for agent in await julie.agents_on_duty()}
    assert (found["Victor Lang"].state, found["Victor Lang"].reason) == (AgentState.NOT_READY, "Road test")


async def test_at_most_a_hundred_codes_of_all_and_a_hundred_of_a_team(vallon: Vallon) -> None:
    sofia = _duty(vallon, "sofia")
    for n in range(len(await sofia.codes("not_ready")), 100):
        await sofia.save_code(Code(new_id(), "not_ready", "", f"Reason {n}"))
    assert await _refusal(sofia.save_code(Code(new_id(), "not_ready", "", "One more"))) is Refusal.TOO_MANY
    await sofia.save_code(Code(new_id(), "not_ready", "", "Of the team", vallon.teams["Atelier Beaune"]))
    assert await _refusal(_duty(vallon, "nadia").save_code(Code(new_id(), "not_ready", "", "Mine"))) in {
        Refusal.NOT_PERMITTED,
        Refusal.TOO_MANY,
    }


async def test_a_supervisor_changes_states_and_a_colleague_does_not(vallon: Vallon) -> None:
    victor = vallon.agents["victor"]
    await vallon.as_agent("victor").set_my_state(AgentState.AVAILABLE, "")
    for name in ("nadia", "camille"):
        refusal = await _refusal(_duty(vallon, name).set_agent_state(victor, AgentState.NOT_READY, "meeting"))
        assert refusal is Refusal.NOT_PERMITTED
    for name in ("sofia", "julie"):
        await _duty(vallon, name).set_agent_state(victor, AgentState.NOT_READY, "meeting")
        await _duty(vallon, name).set_agent_state(victor, AgentState.AVAILABLE, "")
    admin = await connect(vallon.admin)
    setters = await admin.fetch(
        "SELECT DISTINCT set_by FROM agent_state_log WHERE agent_id = $1 AND set_by <> $1", victor
    )
    assert {row["set_by"] for row in setters} == {vallon.agents["sofia"], vallon.agents["julie"]}
    await admin.execute("UPDATE agent_states SET state = 'on_call' WHERE agent_id = $1", victor)
    await admin.close()
    refusal = await _refusal(_duty(vallon, "sofia").set_agent_state(victor, AgentState.OFFLINE, ""))
    assert refusal is Refusal.AGENT_IS_ON_A_CALL


async def test_the_load_of_each_team_says_who_is_free_and_how_long_it_takes(vallon: Vallon) -> None:
    await vallon.as_agent("julie").set_my_state(AgentState.AVAILABLE, "")
    await vallon.as_agent("victor").set_my_state(AgentState.NOT_READY, "lunch")
    loads = {load.name: load for load in await _duty(vallon, "omar").loads()}
    atelier, parts = loads["Atelier Beaune"], loads["Pièces détachées"]
    assert (atelier.free, atelier.busy, atelier.away, atelier.expected_wait_s) == (1, 0, 1, 0)
    assert atelier.is_sub_team
    assert (parts.free, parts.expected_wait_s) == (0, None), "nobody of the team is there"


async def test_a_team_is_closed_now_by_its_lead_or_a_supervisor(vallon: Vallon) -> None:
    atelier = vallon.teams["Atelier Beaune"]
    assert await _refusal(_duty(vallon, "victor").close_team(atelier, closed=True)) is Refusal.NOT_PERMITTED
    until = datetime.now(UTC) + timedelta(hours=2)
    await _duty(vallon, "julie").close_team(atelier, closed=True, until_at=until)
    load = next(load for load in await _duty(vallon, "sofia").loads() if load.team_id == atelier)
    assert (load.is_open, load.closed_now, load.opens_at) == (False, True, until)
    await _duty(vallon, "sofia").close_team(atelier, closed=False)
    load = next(load for load in await _duty(vallon, "sofia").loads() if load.team_id == atelier)
    assert load.is_open
