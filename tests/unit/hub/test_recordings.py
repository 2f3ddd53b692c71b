"""Recordings leave the switch only when they are committed, and what cannot be filed now is left for later."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from app.domain.calls import Direction, LiveCall, Phase
from app.domain.refusals import Refusal, Refused
from app.hub.recordings import Recordings

CALL = uuid4()


class Kept:
    """The switch's recordings and the book's, as far as filing looks at them."""

    def __init__(self, *names: str) -> None:
        self.sounds = dict.fromkeys(names, b"OggS")
        self.ended = True
        self.away: Exception | None = None
        self.written: list[str] = []

    async def recordings(self) -> tuple[str, ...]:
        if self.away is not None and not isinstance(self.away, Refused):
            raise self.away
        return tuple(self.sounds)

    async def recording(self, name: str) -> bytes | None:
        return self.sounds.get(name)

    async def forget_recording(self, name: str) -> None:
        assert self.written, "it is deleted only when it was committed"
        del self.sounds[name]

    async def ended_call(self, call_id: UUID) -> LiveCall | None:
        call = LiveCall(call_id, uuid4(), Direction.IN, "leg", "", None, uuid4(), Phase.ENDED, datetime.now(UTC))
        return call if self.ended else None

    async def write_recording(self, call: LiveCall, sound: bytes) -> None:
        if self.away is not None:
            raise self.away
        self.written.append("call")

    async def write_voicemail(self, call: LiveCall, sound: bytes) -> None:
        self.written.append("message")

    async def write_fallback_message(self, number: str, dialled: str, sound: bytes) -> bool:
        self.written.append(f"{number} to {dialled}")
        return dialled != "+33999999999"


def _filing(kept: Kept) -> Recordings:
    return Recordings(kept, kept)  # type: ignore[arg-type]


async def test_calls_and_messages_are_filed_when_their_calls_are_over() -> None:
    kept = Kept(f"call-{CALL}", f"message-{CALL}", "something-else")
    kept.ended = False
    assert await _filing(kept).file_all() == 0
    kept.ended = True
    assert await _filing(kept).file_all() == 2
    assert (kept.written, list(kept.sounds)) == (["call", "message"], ["something-else"])


async def test_a_message_of_the_dialplan_is_filed_and_one_for_nobody_is_kept() -> None:
    kept = Kept("fallback--+336--+33380123450--1--2", "fallback--+336--+33999999999--1--2")
    await _filing(kept).file_all()
    assert list(kept.sounds) == ["fallback--+336--+33999999999--1--2"]


async def test_what_is_away_keeps_the_recordings_and_ends_nothing() -> None:
    kept = Kept(f"call-{CALL}")
    for away in (Refused(Refusal.SERVER_AWAY), ConnectionError("the switch is gone")):
        kept.away = away
        assert await _filing(kept).file_all() == 0
    kept.away = None
    assert await _filing(kept).file_all() == 1


async def test_a_recording_that_is_refused_does_not_hold_back_the_next_one() -> None:
    kept = Kept(f"call-{CALL}", f"message-{CALL}")
    kept.away = Refused(Refusal.CASE_IS_CLOSED)
    assert await _filing(kept).file_all() == 1
    assert (kept.written, list(kept.sounds)) == (["message"], [f"call-{CALL}"])
