"""What a hub makes of calls and legs that it finds: who is gone, who answered meanwhile, whose call is over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from app.domain.agents import AgentState
from app.domain.calls import Consultation, Direction, Listener, LiveCall, Offer, Phase, StepKind, Target, TargetKind
from app.domain.effects import Ring, SetAgent
from app.domain.floor import AgentOnFloor, Floor, TeamOnFloor
from app.domain.ids import new_id
from app.domain.switchboard import LegGone, LegUp, happen
from app.hub.recovery import found_again, ownerless
from app.services.switch import LegFound

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CAMILLE, JULIE, CENTRE = new_id(), new_id(), new_id()
CALL_ID = new_id()
WAITING = LiveCall(
    CALL_ID, new_id(), Direction.IN, "trunk-1", "+33639981234", None, CENTRE, Phase.WAITING, NOW,
    offers=(Offer(f"{CALL_ID}.1", CAMILLE, NOW),),
)  # fmt: skip
TALKING = replace(WAITING, phase=Phase.TALKING, offers=(), agent_id=CAMILLE, agent_leg=f"{CALL_ID}.1")


def legs(**answered: bool) -> dict[str, LegFound]:
    names = {"caller": "trunk-1", "first": f"{CALL_ID}.1", "second": f"{CALL_ID}.2"}
    return {names[name]: LegFound(names[name], up) for name, up in answered.items()}


def test_a_caller_who_is_gone_ends_her_call() -> None:
    assert list(found_again((TALKING,), legs(first=True))) == [(CALL_ID, LegGone("trunk-1"))]


def test_who_answered_meanwhile_has_the_call() -> None:
    assert list(found_again((WAITING,), legs(caller=True, first=True))) == [(CALL_ID, LegUp(f"{CALL_ID}.1"))]
    assert not list(found_again((WAITING,), legs(caller=True, first=False))), "it rings still"


def test_a_supervisor_who_answered_meanwhile_is_let_in() -> None:
    heard = replace(TALKING, listeners={JULIE: Listener(f"{CALL_ID}.2")})
    found = list(found_again((heard,), legs(caller=True, first=True, second=True)))
    assert found == [(CALL_ID, LegUp(f"{CALL_ID}.2"))]


def test_a_leg_that_is_gone_was_lost_and_nobody_hung_up() -> None:
    asked = Consultation(Target(TargetKind.AGENT, JULIE), f"{CALL_ID}.2", answered_by=JULIE)
    consulting = replace(TALKING, phase=Phase.CONSULTING, consultation=asked)
    found = list(found_again((consulting,), legs(caller=True, second=True)))
    assert found == [(CALL_ID, LegUp(f"{CALL_ID}.2")), (CALL_ID, LegGone(f"{CALL_ID}.1", "lost", lost=True))]


def test_legs_that_we_rang_for_a_call_that_is_over_are_ended_and_others_are_not_touched() -> None:
    there = legs(caller=True, first=True) | {"1795489116.0": LegFound("1795489116.0", True)}
    assert ownerless((), there) == (f"{CALL_ID}.1",)
    assert ownerless((TALKING,), there) == ()


def test_who_handed_the_call_over_does_not_stay_in_it_when_the_hub_died_before_it_ended_her_leg() -> None:
    handed = replace(TALKING, phase=Phase.MOVING, agent_id=None, agent_leg="", handed_by=CAMILLE, offers=(
        Offer(f"{CALL_ID}.2", JULIE, NOW),
    ))  # fmt: skip
    assert ownerless((handed,), legs(caller=True, first=True, second=False)) == (f"{CALL_ID}.1",)


def test_a_phone_that_died_and_came_back_is_rung_first() -> None:
    floor = Floor(
        {
            CAMILLE: AgentOnFloor(CAMILLE, AgentState.ON_CALL, NOW),
            JULIE: AgentOnFloor(JULIE, AgentState.AVAILABLE, NOW),
        },
        {CENTRE: TeamOnFloor(CENTRE, (CAMILLE, JULIE))},
    )
    lost = LegGone(f"{CALL_ID}.1", "phone_restarted", lost=True)
    after, wanted = happen(TALKING, lost, floor, NOW)
    assert after.step is not None
    assert (after.phase, after.step.kind, after.step.agent_id) == (Phase.WAITING, StepKind.RING_AGENT, CAMILLE)
    assert rung(wanted) == [CAMILLE]
    after, wanted = happen(TALKING, replace(lost, cause="lost"), floor, NOW)
    assert rung(wanted) == [JULIE], "one that stays away is not waited for"
    assert SetAgent(CAMILLE, AgentState.OFFLINE) in wanted


def test_the_legs_of_an_agent() -> None:
    assert WAITING.legs_of(CAMILLE) == TALKING.legs_of(CAMILLE) == (f"{CALL_ID}.1",)
    assert TALKING.legs_of(JULIE) == ()


def rung(wanted: Sequence[object]) -> list[UUID | None]:
    return [effect.agent_id for effect in wanted if isinstance(effect, Ring)]
