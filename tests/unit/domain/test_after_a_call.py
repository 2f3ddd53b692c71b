"""What an agent is when her call is over: as her team says."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.domain.agents import AgentState
from app.domain.calls import Direction, LiveCall, Phase
from app.domain.effects import SetAgent
from app.domain.floor import AgentOnFloor, Floor
from app.domain.switchboard import LegGone, happen

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CAMILLE = uuid4()


@pytest.mark.parametrize("who", ["caller", "camille"])
@pytest.mark.parametrize(("wraps_up", "then"), [(True, AgentState.WRAP_UP), (False, AgentState.AVAILABLE)])
def test_without_wrap_up_the_next_call_may_come_at_once(who: str, wraps_up: bool, then: AgentState) -> None:
    floor = Floor({CAMILLE: AgentOnFloor(CAMILLE, AgentState.ON_CALL, NOW, wraps_up=wraps_up)}, {})
    call = LiveCall(
        uuid4(), uuid4(), Direction.IN, "caller", "+33639981234", None, uuid4(), Phase.TALKING, NOW,
        agent_id=CAMILLE, agent_leg="camille", answered_at=NOW,
    )  # fmt: skip
    after, wanted = happen(call, LegGone(who), floor, NOW)
    assert after.phase is Phase.ENDED
    assert [(one.agent_id, one.state) for one in wanted if isinstance(one, SetAgent)] == [(CAMILLE, then)]
