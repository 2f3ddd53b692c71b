"""How long a caller waits, and her place: pure, on an invented floor."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.domain.agents import AgentState
from app.domain.calls import Direction, LiveCall, Phase
from app.domain.floor import AgentOnFloor, Floor, TeamOnFloor
from app.domain.waiting import Crew, crew_of, expected_wait_s, placed, queue_of

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TEAM = uuid4()


def _waiting(minutes: int) -> LiveCall:
    return LiveCall(
        id=uuid4(),
        organisation_id=uuid4(),
        direction=Direction.IN,
        caller_leg="leg",
        caller_number="+33639981234",
        number_id=None,
        team_id=TEAM,
        phase=Phase.WAITING,
        started_at=NOW - timedelta(minutes=minutes),
        waiting_since_at=NOW - timedelta(minutes=minutes),
    )


def test_who_is_on_a_call_serves_and_who_is_at_lunch_does_not() -> None:
    states = [AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP, AgentState.NOT_READY, AgentState.OFFLINE]
    agents = {agent: AgentOnFloor(agent, state, NOW) for agent, state in ((uuid4(), state) for state in states)}
    floor = Floor(agents, {TEAM: TeamOnFloor(TEAM, tuple(agents))})
    assert crew_of(floor, TEAM) == Crew(free=1, busy=2, away=2)
    assert crew_of(floor, uuid4()) == Crew(0, 0, 0)


def test_nobody_there_means_no_expectation_and_somebody_free_means_none() -> None:
    assert expected_wait_s(0, Crew(0, 0, 3), 120) is None
    assert expected_wait_s(0, Crew(1, 2, 0), 120) == 0
    assert expected_wait_s(0, Crew(0, 2, 0), 120) == 60
    assert expected_wait_s(2, Crew(1, 1, 0), 120) == 120


@given(ahead=st.integers(0, 50), free=st.integers(0, 10), busy=st.integers(0, 10), handled=st.floats(1, 3600))
def test_one_more_ahead_never_shortens_the_wait(ahead: int, free: int, busy: int, handled: float) -> None:
    crew = Crew(free, busy, 0)
    now, later = expected_wait_s(ahead, crew, handled), expected_wait_s(ahead + 1, crew, handled)
    assert (now is None) == (later is None) == (free + busy == 0)
    if now is not None and later is not None:
        assert 0 <= now <= later


@given(minutes=st.lists(st.integers(1, 600), min_size=1, max_size=12, unique=True), data=st.data())
def test_a_place_is_where_a_supervisor_puts_it(minutes: list[int], data: st.DataObject) -> None:
    from dataclasses import replace

    calls = [_waiting(m) for m in minutes]
    moved = data.draw(st.sampled_from(calls))
    place = data.draw(st.integers(1, len(calls)))
    at = placed(moved, queue_of(calls, TEAM), place)
    after = queue_of([replace(c, place_at=at) if c is moved else c for c in calls], TEAM)
    assert [c.id for c in after].index(moved.id) == place - 1
    others: list[UUID] = [c.id for c in queue_of(calls, TEAM) if c is not moved]
    assert [c.id for c in after if c.id != moved.id] == others, "the others keep their order"
