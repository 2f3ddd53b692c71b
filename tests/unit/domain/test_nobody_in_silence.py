"""Whatever happens in whatever order, who talks is heard, who waits hears music or words, and no leg is left over."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calls import LiveCall, Phase, Recording
from app.domain.effects import (
    Effect,
    EndCall,
    EndLeg,
    Hush,
    JoinCaller,
    JoinConsultation,
    Listen,
    Music,
    PauseRecording,
    Ring,
    Say,
    StartRecording,
    StopListening,
    TakeMessage,
)
from app.domain.floor import Records, Strategy
from app.domain.switchboard import Happening, LegGone, LegUp, MessageTaken, Said
from tests.unit.domain.test_never_falls import EVENTS, Story, _happening

RECORDED = {Recording.ON: "on", Recording.PAUSED: "paused", Recording.DONE: "done"}


class Switch:
    """What a switch would have made of the effects: legs and where they are, music, words, recordings."""

    def __init__(self) -> None:
        self.bridges: dict[str, str] = {"caller": "caller"}
        self.music = False
        self.hears_music: set[str] = set()
        self.says = self.recorded = ""
        self.snoops: set[str] = set()

    def carry_out(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Ring(leg_id):
                    self.bridges[leg_id] = ""
                case Listen(leg_id):
                    self.bridges[leg_id] = ""
                    self.snoops.add(leg_id)
                case StopListening(leg_id):
                    self.snoops.discard(leg_id)
                case JoinCaller(leg_id):
                    self.bridges[leg_id] = "caller"
                case JoinConsultation(leg_ids):
                    self.bridges |= dict.fromkeys(leg_ids, "consultation")
                case Music(playing, leg_id):
                    self._music(playing, leg_id)
                case _:
                    self._words(effect)
        for effect in effects:
            if isinstance(effect, EndLeg):
                self.leave(effect.leg_id)

    def _music(self, playing: bool, leg_id: str) -> None:
        if leg_id:
            (self.hears_music.add if playing else self.hears_music.discard)(leg_id)
        else:
            self.music = playing

    def _words(self, effect: Effect) -> None:
        match effect:
            case Say(name):
                assert not self.says, "one thing at a time"
                self.says = name
            case Hush(name):
                self.says = self.says.removeprefix(name)
            case TakeMessage():
                self.bridges["caller"] = "message"
            case StartRecording():
                self.recorded = "on"
            case PauseRecording(paused):
                self.recorded = "paused" if paused else "on"
            case EndCall():
                for leg_id in [leg for leg, bridge in self.bridges.items() if bridge]:
                    self.leave(leg_id)

    def leave(self, leg_id: str) -> None:
        self.bridges.pop(leg_id, None)
        self.hears_music.discard(leg_id)


class Heard(Story):
    """The same stories, with a switch that carries them out."""

    def take(self, effects: list[Effect]) -> None:
        super().take(effects)
        self.__dict__.setdefault("switch", Switch()).carry_out(effects)

    switch: Switch

    def can_be(self, happening: Happening) -> bool:
        """A leg that rings is answered, one that is there goes, a message ends that was begun."""
        match happening:
            case LegUp(leg_id):
                return self.switch.bridges.get(leg_id) == ""
            case LegGone(leg_id):
                return leg_id in self.switch.bridges
            case MessageTaken():
                return self.switch.bridges.get("caller") == "message"
        return True

    def goes(self, happening: Happening) -> None:
        if isinstance(happening, LegGone):
            self.switch.leave(happening.leg_id)
        if isinstance(happening, Said):
            self.switch.says = ""
        self.tell(happening)
        if "caller" not in self.switch.bridges and self.call.phase is not Phase.ENDED:
            self.tell(LegGone("caller"))
        for leg_id in sorted(self.call.legs() - self.switch.bridges.keys()):
            self.tell(LegGone(leg_id))  # "not me" ends a ring, and the call goes on when it is gone


@settings(max_examples=400, deadline=None)
@given(
    strategy=st.sampled_from(Strategy),
    records=st.sampled_from(Records),
    kinds=st.lists(st.sampled_from(EVENTS), min_size=4, max_size=40),
    data=st.data(),
)
def test_everybody_is_where_she_hears_what_she_should(
    strategy: Strategy, records: Records, kinds: list[str], data: st.DataObject
) -> None:
    story = Heard(strategy, records)
    for kind in kinds:
        story.now += timedelta(seconds=data.draw(st.sampled_from((0, 1, 16, 31))))
        happening = _happening(story, kind, data)
        if not story.can_be(happening):
            continue
        story.goes(happening)
        if story.call.phase is Phase.ENDED:
            assert not story.switch.bridges
            assert not story.switch.snoops
            return
        _check(story.call, story.switch)


def _check(call: LiveCall, switch: Switch) -> None:
    asked = call.consultation
    assert switch.bridges.keys() == call.legs(), "no leg is left over, none is missing"
    assert switch.snoops == {one.leg_id for one in call.listeners.values() if not one.barge}
    assert switch.recorded == RECORDED.get(call.recording, "")
    if call.phase is Phase.TALKING:
        assert (switch.bridges["caller"], switch.bridges[call.agent_leg]) == ("caller", "caller")
        assert not switch.music
        assert not switch.hears_music
    elif asked is not None:
        assert switch.bridges[call.agent_leg] == ("caller" if asked.with_caller else "consultation")
        assert switch.music is not asked.with_caller
        if asked.answered:
            assert switch.bridges[asked.leg_id] == ("caller" if asked.merged else "consultation")
            assert bool(switch.hears_music) is (asked.with_caller and not asked.merged)
    elif call.phase is Phase.VOICEMAIL:
        assert switch.says or switch.bridges["caller"] == "message"
    else:
        assert switch.music or switch.says
