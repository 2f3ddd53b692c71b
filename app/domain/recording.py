"""Recording a call: told to the caller first, paused for what nobody should keep, by the rule of who talks.

The rule follows the call: who never records pauses it, who always does goes on with it.
"""

from dataclasses import replace

from app.domain.calls import LiveCall, Phase, Recording
from app.domain.effects import Effect, PauseRecording, StartRecording, StopRecording
from app.domain.floor import Records, TeamOnFloor
from app.domain.prompts import RECORDED
from app.domain.refusals import Refusal, Refused
from app.domain.saying import say

NOTICE = "recorded"
MESSAGE_LEAST_S = 1
"""A shorter message is none: she hung up at the tone."""
TALKED = frozenset({Phase.TALKING, Phase.CONSULTING})
Turn = tuple[LiveCall, list[Effect]]


def by_rule(call: LiveCall, team: TeamOnFloor | None) -> Turn:
    """Somebody of a team begins to talk: its rule decides whether the call is recorded from here on."""
    rule = team.records if team is not None else Records.NEVER
    if call.recording is Recording.ANNOUNCED and not call.saying:  # a hand-over cut the notice off
        call = replace(call, recording=Recording.NONE)
    if rule is Records.ALWAYS:
        if call.recording is Recording.NONE:
            return begin(call)
        if call.recording is Recording.PAUSED:
            return resume(call)
    if rule is Records.NEVER and call.recording is Recording.ON:
        return pause(call)
    return call, []


def begin(call: LiveCall) -> Turn:
    """Record; the caller hears of it before the first word is kept."""
    if call.recording is not Recording.NONE or call.phase not in TALKED:  # who is dialled hears no notice yet
        raise Refused(Refusal.NOT_RECORDED_HERE, "recording")
    if call.told_recorded:
        return replace(call, recording=Recording.ON), [StartRecording()]
    told, effects = say(call, NOTICE, (RECORDED,))
    return replace(told, recording=Recording.ANNOUNCED), effects


def noticed(call: LiveCall) -> Turn:
    """The caller has heard that she is recorded."""
    told = replace(call, saying="", told_recorded=True)
    if call.recording is not Recording.ANNOUNCED:
        return told, []
    if call.phase in TALKED:
        return replace(told, recording=Recording.ON), [StartRecording()]
    return replace(told, recording=Recording.NONE), []  # she was handed on meanwhile: the next team's rule decides


def pause(call: LiveCall) -> Turn:
    if call.recording is not Recording.ON:
        raise Refused(Refusal.NOT_RECORDED_HERE, "recording")
    return replace(call, recording=Recording.PAUSED), [PauseRecording(paused=True)]


def resume(call: LiveCall) -> Turn:
    if call.recording is not Recording.PAUSED:
        raise Refused(Refusal.NOT_RECORDED_HERE, "recording")
    return replace(call, recording=Recording.ON), [PauseRecording(paused=False)]


def stop(call: LiveCall) -> Turn:
    if call.recording not in {Recording.ON, Recording.PAUSED}:
        raise Refused(Refusal.NOT_RECORDED_HERE, "recording")
    return replace(call, recording=Recording.DONE), [StopRecording()]
