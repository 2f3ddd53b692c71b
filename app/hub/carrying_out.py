"""Carrying out: what a turn of a call asks for, told to the switch and written into the book."""

import asyncio
import logging
from uuid import UUID

from app.domain import effects
from app.domain.calls import LiveCall, Outcome, Recording
from app.domain.floor import Floor
from app.services.call_book import CallBook
from app.services.switch import Switch

log = logging.getLogger(__name__)

FETCH_TRIES = 5


class CarryingOut:
    """One switch, one book."""

    def __init__(self, switch: Switch, book: CallBook) -> None:
        self._switch = switch
        self._book = book
        self._filing: set[asyncio.Task[None]] = set()

    async def sound(self, call: LiveCall, wanted: list[effects.Effect]) -> None:
        """Everything that is heard, in order and at once: it waits for no database."""
        for effect in wanted:
            try:
                await self._sound(call, effect)
            except Exception:  # one party's leg may not take the others with it
                log.exception("the switch did not %s", type(effect).__name__)

    async def _sound(self, call: LiveCall, effect: effects.Effect) -> None:  # noqa: C901 - a flat table of effects
        match effect:
            case effects.Music(playing, leg_id):
                await self._switch.music(call.id, leg_id, playing=playing)
            case effects.JoinCaller(leg_id):
                if leg_id:
                    await self._switch.join_caller(call.id, leg_id)
            case effects.JoinConsultation(leg_ids):
                await self._switch.join_consultation(call.id, leg_ids)
            case effects.EndLeg(leg_id, reason):
                if leg_id:
                    await self._switch.end_leg(leg_id, _q850(reason))
            case effects.StartRecording():
                await self._switch.record(call.id)
            case effects.TakeMessage():
                await self._switch.take_message(call.id, call.caller_leg)
            case effects.Listen(leg_id, agent_id, of_leg, whisper):
                await self._switch.listen(call.id, leg_id, agent_id, of_leg, whisper=whisper)
            case effects.JoinListener(leg_id):
                await self._switch.join_listener(leg_id)
            case effects.EndCall(outcome):
                await self._switch.end_call(call.id)
                self._file_later(call, outcome)
            case _:
                return

    async def ring(self, call: LiveCall, ring: effects.Ring, name: str) -> bool:
        """Ring a phone; False when it could not be rung at all."""
        try:
            if ring.agent_id is not None:
                return await self._switch.ring_agent(
                    call.id, ring.leg_id, ring.agent_id, call.caller_number, name, ring.seconds
                )
            shown = call.shown or call.caller_number
            return await self._switch.ring_number(call.id, ring.leg_id, ring.number, shown, ring.seconds)
        except Exception:
            log.warning("a phone could not be rung", exc_info=True)
            return False

    async def phones_online(self, floor: Floor) -> tuple[UUID, ...]:
        """The agents whose phones are registered."""
        return await self._switch.phones_online(tuple(floor.agents))

    def _file_later(self, call: LiveCall, outcome: Outcome) -> None:
        # A recording is whole a moment after its leg has gone; nobody waits for it.
        task = asyncio.ensure_future(self._file_sounds(call, outcome))
        self._filing.add(task)
        task.add_done_callback(self._filing.discard)

    async def _file_sounds(self, call: LiveCall, outcome: Outcome) -> None:
        if outcome is Outcome.VOICEMAIL and (sound := await self._fetch(f"message-{call.id}")):
            await self._book.write_voicemail(call, sound)
            await self._switch.forget_recording(f"message-{call.id}")
        if call.recording is not Recording.NONE and (sound := await self._fetch(f"call-{call.id}")):
            await self._book.write_recording(call, sound)
            await self._switch.forget_recording(f"call-{call.id}")

    async def _fetch(self, name: str) -> bytes | None:
        for attempt in range(FETCH_TRIES):
            await asyncio.sleep(0.2 * (attempt + 1))
            if sound := await self._switch.recording(name):
                return sound
        log.info("no recording %s", name)
        return None


def _q850(reason: str) -> str:
    # ARI's own words (channels.json, hangup: reason).
    return reason if reason in {"normal", "busy", "no_answer", "answered_elsewhere", "unallocated"} else "normal"
