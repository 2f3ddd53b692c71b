"""Hand-overs in hard moments: nobody is left in music or silence, nobody stays busy with nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from app.domain.agents import AgentState
from app.domain.calls import Direction, LiveCall, Phase, Recording, Step, StepKind, Target, TargetKind
from app.domain.effects import (
    Effect,
    EndLeg,
    JoinCaller,
    JoinConsultation,
    MoveCase,
    Music,
    PauseRecording,
    Ring,
    ShareCase,
    StartRecording,
)
from app.domain.floor import AgentOnFloor, Floor, Records, TeamOnFloor
from app.domain.hand_over import CallCommand, CommandKind
from app.domain.refusals import Refusal, Refused
from app.domain.steps import floor_after
from app.domain.switchboard import Happening, LegGone, LegUp, Said, TimePassed, happen

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CENTRE, WORKSHOP = uuid4(), uuid4()
CAMILLE, JULIE, SOFIA = uuid4(), uuid4(), uuid4()
TALKING = LiveCall(
    uuid4(), uuid4(), Direction.IN, "caller", "+33639981234", None, CENTRE, Phase.TALKING, NOW,
    case_id=uuid4(), communication_team_id=CENTRE, agent_id=CAMILLE, agent_leg="camille", answered_at=NOW,
)  # fmt: skip
WAITING = replace(
    TALKING, phase=Phase.WAITING, agent_id=None, agent_leg="",
    steps=(Step(StepKind.QUEUE, 600, "team_queue", team_id=WORKSHOP),),
)  # fmt: skip
TO_JULIE, TO_WORKSHOP = Target(TargetKind.AGENT, JULIE), Target(TargetKind.TEAM, WORKSHOP)
OUTSIDE = Target(TargetKind.NUMBER, number="+33353010777")


class Centre:
    """A small floor that follows what the turns say."""

    def __init__(self, call: LiveCall = TALKING, **states: AgentState) -> None:
        given = {"camille": AgentState.ON_CALL, "julie": AgentState.AVAILABLE, "sofia": AgentState.NOT_READY} | states
        ids = {"camille": CAMILLE, "julie": JULIE, "sofia": SOFIA}
        agents = {ids[name]: AgentOnFloor(ids[name], state, NOW) for name, state in given.items()}
        teams = {CENTRE: TeamOnFloor(CENTRE, (CAMILLE,)), WORKSHOP: TeamOnFloor(WORKSHOP, (JULIE,))}
        self.floor, self.call, self.effects = Floor(agents, teams), call, list[Effect]()

    def tell(self, happening: Happening, at: datetime = NOW) -> None:
        self.call, self.effects = happen(self.call, happening, self.floor, at)
        self.floor = floor_after(self.floor, self.effects, at)

    def ask(self, kind: CommandKind, target: Target | None = None, by: UUID = CAMILLE) -> None:
        self.tell(CallCommand(uuid4(), self.call.id, by, kind, target))

    def records(self, rule: Records) -> None:
        teams = {id_: replace(team, records=rule) for id_, team in self.floor.teams.items()}
        self.floor = replace(self.floor, teams=teams)

    def refuses(self, kind: CommandKind, target: Target | None = None, by: UUID = CAMILLE) -> Refusal:
        with pytest.raises(Refused) as refused:
            self.ask(kind, target, by)
        return refused.value.reason

    def meets(self, target: Target = TO_JULIE) -> str:
        """The agent has asked somebody, who answered; gives her leg."""
        self.ask(CommandKind.CONSULT, target)
        assert self.call.consultation is not None
        leg = self.call.consultation.leg_id
        self.tell(LegUp(leg))
        return leg

    def rung(self) -> list[UUID | None]:
        return [effect.agent_id for effect in self.effects if isinstance(effect, Ring)]


@pytest.mark.parametrize("target", [TO_JULIE, TO_WORKSHOP])
@pytest.mark.parametrize("leaving", [CommandKind.COMPLETE, CommandKind.HAND_OVER, None])
def test_who_is_asked_is_rung_on_when_the_agent_leaves_before_the_answer(
    target: Target, leaving: CommandKind | None
) -> None:
    centre = Centre()
    centre.ask(CommandKind.CONSULT, target)
    if leaving is None:
        centre.tell(LegGone("camille"))
    else:
        centre.ask(leaving, target)
    assert (centre.call.phase, centre.rung()) == (Phase.MOVING, [JULIE])


def test_who_hands_over_to_somebody_busy_has_her_caller_back_at_once() -> None:
    centre = Centre(julie=AgentState.ON_CALL)
    centre.ask(CommandKind.HAND_OVER, TO_JULIE)
    assert centre.rung() == [CAMILLE]


def test_a_call_that_rings_at_somebody_can_be_given_to_her() -> None:
    for kind, by in ((CommandKind.MOVE, SOFIA), (CommandKind.TAKE, JULIE)):
        centre = Centre(WAITING)
        centre.tell(TimePassed())
        assert centre.rung() == [JULIE]
        centre.ask(kind, TO_JULIE, by)
        assert centre.rung() == [JULIE]


def test_who_heard_music_after_a_swap_hears_the_caller_when_she_has_her() -> None:
    for last in (CommandKind.COMPLETE, None):
        centre = Centre()
        leg = centre.meets()
        centre.ask(CommandKind.SWAP)
        assert Music(playing=True, leg_id=leg) in centre.effects
        centre.tell(LegGone("camille")) if last is None else centre.ask(last)
        silent = centre.effects.index(Music(playing=False, leg_id=leg))
        assert silent < centre.effects.index(JoinCaller(leg))


@pytest.mark.parametrize("phase", [Phase.DIALLING, Phase.VOICEMAIL])
def test_a_call_that_nobody_can_join_yet_or_any_more_is_not_moved(phase: Phase) -> None:
    centre = Centre(replace(TALKING, phase=phase))
    assert centre.refuses(CommandKind.MOVE, TO_JULIE, SOFIA) is Refusal.NO_LIVE_CALL


def test_a_call_is_not_moved_to_the_agent_who_has_it() -> None:
    herself = Target(TargetKind.AGENT, CAMILLE)
    assert Centre().refuses(CommandKind.MOVE, herself, SOFIA) is Refusal.ALREADY_TAKEN


def test_who_is_on_another_call_takes_nobody_from_those_who_are_rung() -> None:
    centre = Centre(WAITING, sofia=AgentState.ON_CALL)
    centre.tell(TimePassed())
    assert centre.refuses(CommandKind.TAKE, by=SOFIA) is Refusal.NOBODY_FREE
    assert [offer.agent_id for offer in centre.call.offers] == [JULIE]


def test_who_is_given_a_waiting_call_reads_its_case_before_the_ring() -> None:
    centre = Centre(WAITING)
    centre.ask(CommandKind.MOVE, TO_JULIE, SOFIA)
    assert centre.call.handed_by == SOFIA
    assert ShareCase(WORKSHOP) in centre.effects


def test_who_was_asked_wraps_up_her_part_however_it_ended() -> None:
    for end in (LegGone("caller"), CommandKind.BACK, CommandKind.HAND_OVER):
        centre = Centre()
        leg = centre.meets()
        centre.tell(end) if isinstance(end, LegGone) else centre.ask(end, OUTSIDE)
        assert EndLeg(leg) in centre.effects
        assert centre.floor.agents[JULIE].state is AgentState.WRAP_UP


def test_to_hand_over_to_who_was_asked_and_is_there_joins_them() -> None:
    centre = Centre()
    leg = centre.meets(TO_WORKSHOP)
    centre.ask(CommandKind.HAND_OVER, TO_WORKSHOP)
    assert (centre.call.phase, centre.call.agent_id, centre.call.agent_leg) == (Phase.TALKING, JULIE, leg)


def test_a_move_that_its_agent_was_told_of_does_not_take_the_call_from_the_next_one() -> None:
    for left in (CommandKind.COMPLETE, LegGone("camille"), TimePassed()):
        centre = Centre()
        leg = centre.meets()
        centre.ask(CommandKind.MOVE, TO_JULIE, SOFIA)
        if isinstance(left, CommandKind):
            centre.ask(left)
        elif isinstance(left, LegGone):
            centre.tell(left)
        centre.tell(TimePassed(), NOW + timedelta(seconds=3))
        assert (centre.call.phase, centre.call.agent_id, centre.call.agent_leg) == (Phase.TALKING, JULIE, leg)


def test_nor_from_who_serves_the_caller_of_an_agent_who_was_lost() -> None:
    centre = Centre()
    centre.ask(CommandKind.MOVE, OUTSIDE, SOFIA)
    centre.tell(LegGone("camille", "phone_restarted", lost=True))
    centre.tell(LegUp(centre.call.offers[0].leg_id))
    centre.tell(TimePassed(), NOW + timedelta(seconds=3))
    assert (centre.call.phase, centre.call.agent_id) == (Phase.TALKING, CAMILLE)


def test_a_notice_that_a_hand_over_cut_off_is_told_anew_and_then_it_records() -> None:
    centre = Centre()
    centre.records(Records.ALWAYS)
    centre.ask(CommandKind.RECORD)
    cut = centre.call.saying
    centre.ask(CommandKind.HAND_OVER, TO_JULIE)
    centre.tell(Said(cut))
    centre.tell(LegUp(centre.call.offers[0].leg_id))
    assert centre.call.recording is Recording.ANNOUNCED
    centre.tell(Said(centre.call.saying))
    assert StartRecording() in centre.effects


def test_the_rule_follows_a_call_that_was_handed_over_after_asking() -> None:
    centre = Centre(replace(TALKING, recording=Recording.ON, told_recorded=True))
    centre.meets()
    centre.ask(CommandKind.COMPLETE)
    assert PauseRecording(paused=True) in centre.effects
    centre = Centre()
    centre.records(Records.ALWAYS)
    centre.meets()
    centre.ask(CommandKind.COMPLETE)
    assert centre.call.recording is Recording.ANNOUNCED


@pytest.mark.parametrize(("number", "told"), [("+33639981234", True), ("112", False)])
def test_who_is_dialled_by_a_team_that_records_is_told_first_and_a_call_for_help_is_not_held_up(
    number: str, told: bool
) -> None:
    dialling = replace(TALKING, direction=Direction.OUT, phase=Phase.DIALLING, caller_number=number, answered_at=None)
    centre = Centre(dialling)
    centre.records(Records.ALWAYS)
    centre.tell(LegUp("caller"))
    assert isinstance(centre.effects[0], JoinCaller)
    assert StartRecording() not in centre.effects
    assert (centre.call.recording, bool(centre.call.saying)) == (
        (Recording.ANNOUNCED, True) if told else (Recording.NONE, False)
    )
    if told:
        centre.tell(Said(centre.call.saying))
        assert centre.effects == [StartRecording()]
        assert centre.call.recording is Recording.ON


def test_nothing_is_told_or_recorded_before_who_is_dialled_has_answered() -> None:
    centre = Centre(replace(TALKING, phase=Phase.DIALLING))
    assert centre.refuses(CommandKind.RECORD) is Refusal.NOT_RECORDED_HERE


def test_after_a_merge_a_swap_takes_who_was_asked_away_from_the_caller() -> None:
    centre = Centre()
    leg = centre.meets()
    centre.ask(CommandKind.MERGE)
    centre.ask(CommandKind.SWAP)
    assert JoinConsultation(("camille", leg)) in centre.effects
    centre.ask(CommandKind.SWAP)
    assert Music(playing=True, leg_id=leg) in centre.effects


def test_a_case_goes_to_the_team_of_who_took_the_call_and_stays_where_nobody_of_ours_did() -> None:
    centre = Centre()
    julie = replace(centre.floor.agents[JULIE], team_id=WORKSHOP)
    centre.floor = Floor({**centre.floor.agents, JULIE: julie}, {CENTRE: centre.floor.teams[CENTRE]})
    centre.ask(CommandKind.HAND_OVER, TO_JULIE)
    centre.tell(LegUp(centre.call.offers[0].leg_id))
    assert MoveCase(WORKSHOP, JULIE) in centre.effects, "no schedule rings her team's agents now"
    centre = Centre()
    centre.ask(CommandKind.HAND_OVER, OUTSIDE)
    centre.tell(LegUp(centre.call.offers[0].leg_id))
    assert not [effect for effect in centre.effects if isinstance(effect, MoveCase)]


def test_a_caller_who_was_on_hold_while_somebody_was_asked_is_not_when_she_is_answered() -> None:
    centre = Centre()
    centre.ask(CommandKind.CONSULT, TO_JULIE)
    centre.ask(CommandKind.COMPLETE)
    assert centre.call.held_since_at == NOW
    centre.tell(LegUp(centre.call.offers[0].leg_id))
    assert centre.call.held_since_at is None
