"""A call cannot fall: whatever happens in whatever order, its caller is served until she leaves or is let go."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.agents import AgentState
from app.domain.calls import Direction, LiveCall, Outcome, Phase, Step, StepKind, Target, TargetKind
from app.domain.effects import Effect, EndLeg, SetAgent
from app.domain.floor import AgentOnFloor, Floor, Records, Strategy, TeamOnFloor
from app.domain.hand_over import CallCommand, CommandKind
from app.domain.refusals import Refused
from app.domain.switchboard import Happening, LegGone, LegUp, MessageTaken, Pressed, Said, TimePassed, begin, happen

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CENTRE, WORKSHOP = uuid4(), uuid4()
CAMILLE, NADIA, JULIE, SOFIA = (uuid4() for _ in range(4))
# What goes on well comes more often, so that the stories reach deep.
EVENTS = (
    *("up", "command") * 4,
    *("said", "supervise") * 2,
    *("gone", "lost", "caller", "time", "digit", "message"),
)
ASKING = (CommandKind.COMPLETE, CommandKind.SWAP, CommandKind.MERGE, CommandKind.BACK, CommandKind.HAND_OVER)
ALONE = (
    CommandKind.CONSULT,
    CommandKind.CONSULT,
    CommandKind.HAND_OVER,
    CommandKind.RECORD,
    CommandKind.PAUSE_RECORDING,
    CommandKind.NOT_ME,
)
SUPERVISORS = (
    CommandKind.MOVE,
    CommandKind.TAKE,
    CommandKind.LISTEN,
    CommandKind.WHISPER,
    CommandKind.BARGE,
    CommandKind.LEAVE,
)
TARGETS = (
    Target(TargetKind.TEAM, WORKSHOP),
    Target(TargetKind.TEAM, CENTRE),
    Target(TargetKind.AGENT, JULIE),
    Target(TargetKind.AGENT, NADIA),
    Target(TargetKind.NUMBER, number="+33353010777"),
)


class Story:
    """One call on a small floor, whose agents' states follow what the turns say."""

    def __init__(self, strategy: Strategy, records: Records) -> None:
        agents = {a: AgentOnFloor(a, AgentState.AVAILABLE, NOW) for a in (CAMILLE, NADIA, JULIE)}
        agents[NADIA] = AgentOnFloor(NADIA, AgentState.AVAILABLE, NOW, wraps_up=False)
        agents[SOFIA] = AgentOnFloor(SOFIA, AgentState.NOT_READY, NOW, reason="meeting")
        teams = {
            CENTRE: TeamOnFloor(CENTRE, (CAMILLE, NADIA), strategy, records=records),
            WORKSHOP: TeamOnFloor(WORKSHOP, (JULIE,), strategy),
        }
        self.floor, self.now = Floor(agents, teams), NOW
        steps = (
            Step(StepKind.QUEUE, 600, "team_queue", team_id=CENTRE),
            Step(StepKind.VOICEMAIL, 0, "voicemail", team_id=CENTRE),
        )
        call = LiveCall(
            uuid4(), uuid4(), Direction.IN, "caller", "+33639981234", None, CENTRE, Phase.WAITING, NOW,
            case_id=uuid4(), communication_team_id=CENTRE, steps=steps,
        )  # fmt: skip
        self.call, effects = begin(call, self.floor, NOW)
        self.take(effects)

    def take(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, SetAgent):
                self.floor = self.floor.with_state(effect.agent_id, effect.state, self.now)

    def tell(self, happening: Happening) -> list[Effect]:
        try:
            self.call, effects = happen(self.call, happening, self.floor, self.now)
        except Refused:
            return []
        self.take(effects)
        return effects

    def those(self, state: AgentState) -> set[object]:
        return {agent.id for agent in self.floor.agents.values() if agent.state is state}


def _happening(story: Story, kind: str, data: st.DataObject) -> Happening:
    call = story.call
    legs = sorted(call.legs() - {"caller"})
    leg = data.draw(st.sampled_from(legs)) if legs else "nobody"
    if kind in {"command", "supervise"}:
        by = SOFIA if kind == "supervise" else call.agent_id or CAMILLE
        own = ASKING if call.consultation is not None else ALONE
        wanted = data.draw(st.sampled_from(SUPERVISORS if kind == "supervise" else own))
        return CallCommand(uuid4(), call.id, by, wanted, data.draw(st.sampled_from(TARGETS)))
    asked = [call.consultation.leg_id] if call.consultation is not None and not call.consultation.answered else []
    ringing = (
        asked or [offer.leg_id for offer in call.offers] or [listener.leg_id for listener in call.listeners.values()]
    )
    others: dict[str, Happening] = {
        "up": LegUp(data.draw(st.sampled_from(ringing)) if ringing else leg),
        "gone": LegGone(leg),
        "lost": LegGone(leg, "lost", lost=True),
        "caller": LegGone("caller"),
        "time": TimePassed(),
        "said": Said(call.saying),
        "digit": Pressed("caller", data.draw(st.sampled_from("15#"))),
        "message": MessageTaken(data.draw(st.sampled_from((0, 5)))),
    }
    return others[kind]


@settings(max_examples=600, deadline=None)
@given(
    strategy=st.sampled_from(Strategy),
    records=st.sampled_from(Records),
    kinds=st.lists(st.sampled_from(EVENTS), min_size=4, max_size=40),
    data=st.data(),
)
def test_a_call_ends_only_when_somebody_ends_it_and_then_everybody_is_free(
    strategy: Strategy, records: Records, kinds: list[str], data: st.DataObject
) -> None:
    story = Story(strategy, records)
    for kind in kinds:
        before = story.call
        story.now += timedelta(seconds=data.draw(st.sampled_from((0, 1, 16, 31))))
        happening = _happening(story, kind, data)
        effects = story.tell(happening)
        call = story.call
        _check_ends(before, call, happening, effects)
        if call.phase is Phase.ENDED:
            assert not story.those(AgentState.RINGING)
            assert not story.those(AgentState.ON_CALL)
            return
        if call.phase in {Phase.WAITING, Phase.MOVING}:
            assert call.step is not None or call.outcome is Outcome.CALLBACK
        _check_agents(story)


def _check_ends(before: LiveCall, call: LiveCall, happening: Happening, effects: list[Effect]) -> None:
    let_go = EndLeg("caller") in effects
    if call.phase is Phase.ENDED:
        by_caller = isinstance(happening, LegGone) and happening.leg_id == "caller"
        by_agent = isinstance(happening, LegGone) and happening.leg_id == before.agent_leg
        assert by_caller or by_agent, happening
    elif let_go:
        assert before.phase is Phase.VOICEMAIL or before.outcome is Outcome.CALLBACK, happening


def _check_agents(story: Story) -> None:
    call, asked = story.call, story.call.consultation
    rung = {offer.agent_id for offer in call.offers if offer.agent_id is not None}
    talking = {call.agent_id, *call.listeners} - {None}
    if asked is not None and asked.answered_by is not None:
        (talking if asked.answered else rung).add(asked.answered_by)
    assert story.those(AgentState.RINGING) == rung
    assert story.those(AgentState.ON_CALL) == talking
    others = [leg for leg in (call.agent_leg, *(offer.leg_id for offer in call.offers)) if leg]
    assert len(others) == len(set(others)), "no leg in two roles"


def test_the_promise_is_kept_by_what_is_tried_last() -> None:
    story = Story(Strategy.RING_ALL, Records.NEVER)
    story.floor = replace(story.floor, agents={})
    story.now += timedelta(seconds=601)
    story.tell(TimePassed())
    assert story.call.phase is Phase.VOICEMAIL
