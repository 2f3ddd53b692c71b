"""What became of calls while no hub looked: the calls as they were last known beside the legs that the switch has."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from app.domain.calls import LiveCall, Phase
from app.domain.switchboard import LegGone, LegUp
from app.services.switch import LegFound


def found_again(calls: tuple[LiveCall, ...], legs: Mapping[str, LegFound]) -> Iterator[tuple[UUID, LegUp | LegGone]]:
    """What must have happened: a caller who is gone ends her call; else who answered has it, who is gone has left."""
    for call in calls:
        if call.caller_leg not in legs:
            yield call.id, LegGone(call.caller_leg)
            continue
        for leg_id in _rung(call):
            if leg_id in legs and legs[leg_id].answered:
                yield call.id, LegUp(leg_id)
        for leg_id in sorted(call.legs() - legs.keys()):
            yield call.id, LegGone(leg_id, "lost", lost=True)


def ownerless(calls: tuple[LiveCall, ...], legs: Mapping[str, LegFound]) -> tuple[str, ...]:
    """Legs that a hub rang and that are nobody's part now, also of calls that go on: it died before it ended them."""
    live = {call.id: call for call in calls}
    return tuple(
        leg_id
        for leg_id in legs
        if (call_id := _call_of(leg_id)) is not None and (call_id not in live or not live[call_id].has_leg(leg_id))
    )


def _call_of(leg_id: str) -> UUID | None:
    # Legs that we ring are named by their call; those that come in have Asterisk's own names.
    try:
        return UUID(leg_id.rpartition(".")[0])
    except ValueError:
        return None


def _rung(call: LiveCall) -> Iterator[str]:
    if call.phase is Phase.DIALLING:
        yield call.caller_leg
    yield from (offer.leg_id for offer in call.offers)
    if call.consultation is not None and not call.consultation.answered:
        yield call.consultation.leg_id
    yield from (listener.leg_id for listener in call.listeners.values())
