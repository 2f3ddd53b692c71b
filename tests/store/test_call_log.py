"""Which calls an agent lists: her own, those that nobody answered, those of her teams, never another team's."""

from uuid import UUID

from app.domain.ids import new_id
from app.services.calls import CallsOf
from app.store.calls import PostgresCalls
from app.store.engine import connect
from tests.helpers.organisation import Vallon


def _calls(vallon: Vallon, name: str) -> PostgresCalls:
    store = vallon.as_agent(name)
    return PostgresCalls(store._database, store)


async def _past(vallon: Vallon, team: str, minutes: int, agent: str = "", outcome: str = "answered") -> UUID:
    call_id = new_id()
    admin = await connect(vallon.admin)
    await admin.execute(
        "INSERT INTO guichet.calls (id, organisation_id, direction, phase, caller_number, team_id, agent_id, agents, "
        "started_at, answered_at, ended_at, outcome) VALUES ($1, $2, 'in', 'ended', '+33612345678', $3, $4, "
        "array_remove(ARRAY[$4::uuid], NULL), now() - make_interval(mins => $5), "
        "CASE WHEN $6 = 'answered' THEN now() - make_interval(mins => $5) END, now(), $6)",
        call_id, vallon.organisation_id, vallon.teams[team], vallon.agents.get(agent), minutes, outcome,
    )  # fmt: skip
    await admin.close()
    return call_id


async def test_mine_the_missed_ones_and_those_of_my_teams(vallon: Vallon) -> None:
    mine = await _past(vallon, "Contact centre", 30, "nadia")
    lost = await _past(vallon, "Contact centre", 20, outcome="abandoned")
    camilles = await _past(vallon, "Contact centre", 10, "camille")
    sales = await _past(vallon, "Sales Dijon", 5, "omar")
    nadia = _calls(vallon, "nadia")
    assert [call.id for call in await nadia.recent_calls(10, CallsOf.MINE)] == [mine]
    assert [call.id for call in await nadia.recent_calls(10, CallsOf.MISSED)] == [lost]
    assert [call.id for call in await nadia.recent_calls(10)] == [camilles, lost, mine]
    assert [call.id for call in await nadia.recent_calls(2)] == [camilles, lost]
    assert sales in {call.id for call in await _calls(vallon, "sofia").recent_calls(10)}
