"""Carrying out: what a turn of a call asks for, told to the switch and written into the book."""

import logging
from collections.abc import Sequence
from uuid import UUID

from app.domain import effects
from app.domain.calls import LiveCall
from app.domain.floor import Floor
from app.domain.prompts import Prompt
from app.domain.refusals import Refused
from app.domain.switchboard import Happening, LegGone, MessageTaken, Said
from app.services.call_book import CallBook
from app.services.switch import OwnPrompt, Switch

log = logging.getLogger(__name__)


class CarryingOut:
    """One switch, one book."""

    def __init__(self, switch: Switch, book: CallBook) -> None:
        self._switch = switch
        self._book = book
        self._own_prompts: dict[UUID, OwnPrompt] = {}

    async def sound(self, call: LiveCall, wanted: Sequence[effects.Effect]) -> list[Happening]:
        """Everything that is heard, in order and at once: it waits for no database.

        What the switch did not do and nobody would hear the end of is given back as if it were over.
        """
        over: list[Happening] = []
        for effect in wanted:
            try:
                done = await self._sound(call, effect)
            except Exception:  # one party's leg may not take the others with it
                log.exception("the switch did not %s", type(effect).__name__)
                done = False
            if not done and (happened := _over(effect)) is not None:
                over.append(happened)
        return over

    async def _sound(self, call: LiveCall, effect: effects.Effect) -> bool:  # noqa: C901 - a flat table of effects
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
            case effects.StopListening(leg_id):
                await self._switch.stop_listening(leg_id)
            case effects.Say(name, prompts):
                return await self._say(call, name, prompts)
            case effects.Hush(name):
                await self._switch.hush(call.id, name)
            case effects.PauseRecording(paused):
                await self._switch.pause_recording(call.id, paused=paused)
            case effects.StopRecording():
                await self._switch.stop_recording(call.id)
            case effects.EndCall():
                await self._switch.end_call(call.id)
        return True

    async def _say(self, call: LiveCall, name: str, prompts: tuple[Prompt, ...]) -> bool:
        spoken = []
        for prompt in prompts:
            own = await self._own_prompt(prompt.own) if prompt.own is not None else None
            if prompt.own is None or own is not None:
                spoken.append((prompt, own))
        if spoken:
            await self._switch.say(call.id, name, tuple(spoken), call.language)
        return bool(spoken)

    async def _own_prompt(self, prompt_id: UUID) -> OwnPrompt | None:
        if prompt_id not in self._own_prompts:
            try:
                found = await self._book.prompt(prompt_id)
            except Refused:
                return None
            if found is None:
                return None
            self._own_prompts[prompt_id] = found
        return self._own_prompts[prompt_id]

    def forget_prompts(self) -> None:
        """They may have been changed."""
        self._own_prompts.clear()

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
        """The agents whose phones are registered; nobody when the switch does not answer."""
        try:
            return await self._switch.phones_online(tuple(floor.agents))
        except Exception:
            log.warning("the switch did not tell which phones are there", exc_info=True)
            return ()


def _over(effect: effects.Effect) -> Happening | None:
    match effect:
        case effects.Say(name):
            return Said(name)
        case effects.TakeMessage():
            return MessageTaken(0)
        case effects.Listen(leg_id):
            return LegGone(leg_id, "unreachable")
    return None


def _q850(reason: str) -> str:
    # ARI's own words (channels.json, hangup: reason).
    return reason if reason in {"normal", "busy", "no_answer", "answered_elsewhere", "unallocated"} else "normal"
