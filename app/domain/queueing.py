"""Waiting in a queue: what a caller is told of her place, and the callback that keeps it."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.calls import LiveCall, Outcome, Phase, Step, StepKind, TraceEntry
from app.domain.effects import Effect, Music
from app.domain.floor import Floor, TeamOnFloor
from app.domain.prompts import CALLBACK_TAKEN, OFFER_CALLBACK, TEAM_CLOSED, VOICEMAIL, place_and_wait
from app.domain.saying import hush, say
from app.domain.steps import FAREWELL, Turn, drop_offers, enter_step
from app.domain.waiting import crew_of, expected_wait_s

ANNOUNCED = "announced"
CALLBACK_KEY = "1"


def announce(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """Tell a waiting caller her place and the expected wait, when it is time and nobody is rung for her."""
    team = _queue(call, floor)
    if team is None or call.announce_at is None or now < call.announce_at or call.saying or call.offers:
        return call, []
    ahead = _ahead(call, team, floor)
    prompts = place_and_wait(ahead + 1, _expected_s(ahead, team, floor))
    if team.offers_callback and call.caller_number:
        prompts = (*prompts, OFFER_CALLBACK)
    told, effects = say(call, ANNOUNCED, prompts)
    again = now + timedelta(seconds=team.announce_s)
    return replace(told, announce_at=again), [Music(playing=False), *effects]


def pressed(call: LiveCall, key: str, floor: Floor, now: datetime) -> Turn:
    """A waiting caller, or one who is asked for a message, wishes to be called back: her turn is kept as a task."""
    team = _queue(call, floor) or (floor.teams.get(call.team_id) if call.phase is Phase.VOICEMAIL else None)
    if key != CALLBACK_KEY or team is None or not team.offers_callback or not call.caller_number:
        return call, []
    if call.phase is Phase.VOICEMAIL and not call.saying:
        return call, []  # she is speaking her message already
    wait = _expected_s(_ahead(call, team, floor), team, floor) or 0
    effects: list[Effect] = []
    call = drop_offers(call, now, effects)
    told, said = say(call, FAREWELL, (CALLBACK_TAKEN,))
    kept = replace(
        told,
        steps=(),
        step_until_at=None,
        announce_at=None,
        outcome=Outcome.CALLBACK,
        call_back_at=now + timedelta(seconds=wait),
        trace=(*told.trace, TraceEntry(now, "callback", team_id=team.id)),
    )
    return kept, [*effects, Music(playing=False), *said]


def is_turned_away(call: LiveCall, floor: Floor) -> bool:
    """Whether the team that a caller waits for was closed by hand while nobody was rung for her."""
    team = _queue(call, floor)
    return team is not None and team.closed_now and not call.offers


def turn_away(call: LiveCall, floor: Floor, now: datetime) -> Turn:
    """Tell a waiting caller that the team closes now, and take her message."""
    team = _queue(call, floor)
    assert team is not None
    words = (team.closed_prompt or TEAM_CLOSED, VOICEMAIL)
    message = Step(StepKind.VOICEMAIL, 0, "team_closed_now", team_id=team.id, prompts=words)
    call, effects = hush(replace(call, steps=(message,)))
    return enter_step(call, floor, now, effects)


def _queue(call: LiveCall, floor: Floor) -> TeamOnFloor | None:
    step = call.step
    if call.phase not in {Phase.WAITING, Phase.MOVING} or step is None or step.kind is not StepKind.QUEUE:
        return None
    return floor.teams.get(step.team_id) if step.team_id is not None else None


def _ahead(call: LiveCall, team: TeamOnFloor, floor: Floor) -> int:
    queue = floor.queues.get(team.id, ())
    return queue.index(call.id) if call.id in queue else len(queue)


def _expected_s(ahead: int, team: TeamOnFloor, floor: Floor) -> int | None:
    return expected_wait_s(ahead, crew_of(floor, team.id), floor.handled_s.get(team.id))
