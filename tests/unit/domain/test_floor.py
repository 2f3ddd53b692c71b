"""Whom a team rings next: all, by turn, the longest idle, tier by tier; whatever the strategy, only who is free."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agents import AgentState
from app.domain.floor import AgentOnFloor, Floor, Strategy, TeamOnFloor, next_to_ring

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TEAM = uuid4()
ANNE, BEA, CLEO = uuid4(), uuid4(), uuid4()


def _ago(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


# Anne has been free for long and was offered a call a minute ago; Bea was never offered one; Cleo is on a call.
AGENTS = {
    ANNE: AgentOnFloor(ANNE, AgentState.AVAILABLE, _ago(30), offered_at=_ago(1)),
    BEA: AgentOnFloor(BEA, AgentState.AVAILABLE, _ago(5)),
    CLEO: AgentOnFloor(CLEO, AgentState.ON_CALL, _ago(60)),
}


@pytest.mark.row("S1-05", "S1-30")
@pytest.mark.parametrize(
    ("strategy", "rung"),
    [
        (Strategy.RING_ALL, (ANNE, BEA)),
        (Strategy.ROTATION, (BEA,)),
        (Strategy.LONGEST_IDLE, (ANNE,)),
        (Strategy.PRIORITY, (BEA,)),
    ],
)
def test_each_strategy_has_its_order(strategy: Strategy, rung: tuple[UUID, ...]) -> None:
    team = TeamOnFloor(TEAM, (ANNE, BEA, CLEO), strategy, tiers={ANNE: 2, BEA: 1, CLEO: 1})
    floor = Floor(AGENTS, {TEAM: team})
    assert next_to_ring(team, floor, frozenset()) == rung
    after = tuple(agent for agent in (ANNE, BEA) if agent not in rung)
    assert next_to_ring(team, floor, frozenset(rung)) == after, "then the next, until nobody is left"
    assert next_to_ring(team, floor, frozenset({ANNE, BEA})) == ()


def test_who_is_rung_through_a_sub_team_takes_calls_for_it_and_who_is_on_no_schedule_for_her_own_team() -> None:
    workshop, alone = uuid4(), uuid4()
    rung = TeamOnFloor(TEAM, (ANNE, BEA), through={BEA: workshop})
    agents = {**AGENTS, CLEO: AgentOnFloor(CLEO, AgentState.AVAILABLE, NOW, team_id=alone)}
    floor = Floor(agents, {TEAM: rung})
    assert [floor.home_of(agent) for agent in (ANNE, BEA, CLEO)] == [TEAM, workshop, alone]
    assert floor.home_of(BEA, TEAM) == workshop
    assert floor.team_of(CLEO) is None


@given(
    st.sampled_from(Strategy),
    st.lists(st.tuples(st.sampled_from(AgentState), st.booleans(), st.integers(0, 3), st.booleans()), max_size=6),
)
def test_nobody_is_rung_who_is_not_free_or_was_tried_and_somebody_is_while_there_is_one(
    strategy: Strategy, crew: list[tuple[AgentState, bool, int, bool]]
) -> None:
    ids = [uuid4() for _ in crew]
    agents = {
        agent: AgentOnFloor(agent, state, NOW, reachable=reachable)
        for agent, (state, reachable, _, _) in zip(ids, crew, strict=True)
    }
    team = TeamOnFloor(
        TEAM, tuple(ids), strategy, tiers={a: tier for a, (_, _, tier, _) in zip(ids, crew, strict=True)}
    )
    tried = frozenset(a for a, (_, _, _, was) in zip(ids, crew, strict=True) if was)
    free = {a for a in ids if agents[a].free} - tried
    rung = next_to_ring(team, Floor(agents, {TEAM: team}), tried)
    assert set(rung) <= free
    assert bool(rung) == bool(free)
    if strategy is Strategy.RING_ALL:
        assert set(rung) == free
