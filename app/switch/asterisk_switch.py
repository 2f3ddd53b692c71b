"""The hub's Switch on Asterisk: legs and bridges over ARI; nothing here decides where a call goes."""

import logging
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from app.domain.phone import CALL_HEADER, RUN_PARAMETER
from app.domain.prompts import Prompt
from app.services.switch import (
    AgentDialled,
    CallerArrived,
    DigitPressed,
    LegAnswered,
    LegFound,
    LegLeft,
    MessageTaken,
    OwnPrompt,
    PhoneCameOrWent,
    PromptSaid,
    SwitchBack,
    SwitchHappening,
    SwitchLost,
)
from app.switch import ari_events as events
from app.switch.ari import Ari
from app.switch.ari_stream import switch_events
from app.switch.speech import Speech

log = logging.getLogger(__name__)

MESSAGE_MOST_S = 180


def endpoint_of(agent_id: UUID) -> str:
    """The name of an agent's phone on the switch."""
    return f"agent-{agent_id.hex}"


def agent_of(endpoint: str) -> UUID | None:
    """The agent of a phone's name, or None when it is no agent's."""
    prefix, _, digits = endpoint.partition("-")
    return UUID(hex=digits) if prefix == "agent" and len(digits) == 32 else None


def caller_bridge(call_id: UUID) -> str:
    return f"caller-{call_id}"


def consultation_bridge(call_id: UUID) -> str:
    return f"consultation-{call_id}"


class AsteriskSwitch:
    """Switch over one Asterisk's ARI; numbers outside are called through the first of `trunks` that answers."""

    def __init__(self, ari: Ari, trunk: str, speech: Speech) -> None:
        self._ari = ari
        self._speech = speech
        self.trunks: tuple[str, ...] = (trunk,)

    async def happenings(self) -> AsyncIterator[SwitchHappening]:
        """What happens, in our words, for ever."""
        async for event in switch_events(self._ari.address, self._ari.application):
            told = self._translate(event)
            if told is not None:
                yield told

    async def up_since(self) -> datetime:
        return await self._ari.up_since()

    async def legs(self) -> dict[str, LegFound]:
        return {leg.id: self._found(leg) for leg in await self._ari.legs()}

    async def phones_online(self, agents: tuple[UUID, ...]) -> tuple[UUID, ...]:
        online = await self._ari.online_endpoints()
        return tuple(agent for agent in agents if endpoint_of(agent) in online)

    async def receive(self, call_id: UUID, leg_id: str) -> None:
        await self._ari.make_bridge(caller_bridge(call_id))
        await self._ari.answer(leg_id)
        await self._ari.join(caller_bridge(call_id), leg_id)

    async def ring_agent(
        self, call_id: UUID, leg_id: str, agent_id: UUID, caller: str, name: str, seconds: int
    ) -> bool:
        """Ring her phone with the call's id in a header, so that ring and card are matched by id, not by number."""
        made = await self._ari.call(
            f"PJSIP/{endpoint_of(agent_id)}",
            leg_id=leg_id,
            caller=f'"{_safe(name)}" <{_safe(caller) or "anonymous"}>',
            arguments=("ours", str(call_id)),
            timeout_s=seconds + 5,
            variables={f"PJSIP_HEADER(add,{CALL_HEADER})": str(call_id)},
        )
        return bool(made.id)

    async def ring_number(self, call_id: UUID, leg_id: str, number: str, shown: str, seconds: int) -> bool:
        made = await self._ari.call(
            f"PJSIP/{number}@{await self._trunk()}",
            leg_id=leg_id,
            caller=f"<{shown}>",
            arguments=("ours", str(call_id)),
            timeout_s=seconds + 5,
        )
        return bool(made.id)

    async def _trunk(self) -> str:
        for name in self.trunks[:-1]:
            if await self._ari.is_online(name):
                return name
        return self.trunks[-1]

    async def leave_emergency(self, leg_id: str, number: str) -> None:
        await self._ari.set_variable(leg_id, "GUICHET_DIALLED", number)
        await self._ari.leave_to_dialplan(leg_id, "guichet-agent", "emergency")

    async def join_caller(self, call_id: UUID, leg_id: str) -> None:
        await self._ari.make_bridge(caller_bridge(call_id))
        await self._ari.answer(leg_id)
        await self._ari.join(caller_bridge(call_id), leg_id)

    async def join_consultation(self, call_id: UUID, leg_ids: tuple[str, ...]) -> None:
        await self._ari.make_bridge(consultation_bridge(call_id))
        await self._ari.join(consultation_bridge(call_id), *leg_ids)

    async def music(self, call_id: UUID, leg_id: str, *, playing: bool) -> None:
        if leg_id:
            await self._ari.play_music(leg_id, playing=playing)
        else:
            await self._ari.play_bridge_music(caller_bridge(call_id), playing=playing)

    async def end_leg(self, leg_id: str, reason: str) -> None:
        await self._ari.hang_up(leg_id, reason)

    async def leave_to_fallback(self, leg_id: str) -> None:
        await self._ari.leave_to_dialplan(leg_id, "guichet-fallback", "queue")

    async def say(
        self, call_id: UUID, name: str, prompts: tuple[tuple[Prompt, OwnPrompt | None], ...], language: str
    ) -> None:
        media = [await self._speech.media(prompt, language, own) for prompt, own in prompts]
        await self._ari.play(
            f"bridges/{caller_bridge(call_id)}", *media, playback_id=f"say.{call_id}.{name}", language=language
        )

    async def hush(self, call_id: UUID, name: str) -> None:
        await self._ari.stop_playing(f"say.{call_id}.{name}")

    async def says(self, call_id: UUID, name: str) -> bool:
        return await self._ari.is_playing(f"say.{call_id}.{name}")

    async def record(self, call_id: UUID) -> None:
        await self._ari.record(f"bridges/{caller_bridge(call_id)}", f"call-{call_id}")

    async def pause_recording(self, call_id: UUID, *, paused: bool) -> None:
        await self._ari.pause_recording(f"call-{call_id}", paused=paused)

    async def stop_recording(self, call_id: UUID) -> None:
        await self._ari.stop_recording(f"call-{call_id}")

    async def take_message(self, call_id: UUID, leg_id: str) -> None:
        await self._ari.part(caller_bridge(call_id), leg_id)
        await self._ari.record(
            f"channels/{leg_id}", f"message-{call_id}", max_s=MESSAGE_MOST_S, silence_s=8, beep=True, until="#"
        )

    async def takes_message(self, call_id: UUID) -> bool:
        return await self._ari.is_recording(f"message-{call_id}")

    async def listen(self, call_id: UUID, leg_id: str, agent_id: UUID, of_leg: str, *, whisper: bool) -> None:
        """A snoop leg and the supervisor's phone meet in a bridge of their own."""
        bridge = f"listen-{leg_id}"
        await self._ari.make_bridge(bridge)
        snoop = await self._ari.snoop(
            of_leg, snoop_id=f"snoop-{leg_id}", spy="both", whisper="out" if whisper else "none"
        )
        if snoop is not None:
            await self._ari.join(bridge, snoop.id)
            await self.ring_agent(call_id, leg_id, agent_id, "", "", 20)

    async def join_listener(self, leg_id: str) -> None:
        await self._ari.join(f"listen-{leg_id}", leg_id)

    async def stop_listening(self, leg_id: str) -> None:
        await self._ari.hang_up(f"snoop-{leg_id}")
        await self._ari.end_bridge(f"listen-{leg_id}")

    async def end_call(self, call_id: UUID) -> None:
        for bridge_id in (caller_bridge(call_id), consultation_bridge(call_id)):
            bridge = await self._ari.bridge(bridge_id)
            if bridge is None:
                continue
            for leg_id in bridge.leg_ids:
                await self._ari.hang_up(leg_id)
            await self._ari.end_bridge(bridge_id)

    async def recordings(self) -> tuple[str, ...]:
        return await self._ari.stored_recordings()

    async def recording(self, name: str) -> bytes | None:
        return await self._ari.fetch_recording(name)

    async def forget_recording(self, name: str) -> None:
        await self._ari.delete_recording(name)

    async def close(self) -> None:
        await self._ari.close()

    def _found(self, leg: events.Leg) -> LegFound:
        application, *arguments = leg.application_data.split(",")
        ours = leg.application == "Stasis" and application == self._ari.application
        return LegFound(leg.id, leg.state == "Up", _arrival(leg, tuple(arguments)) if ours else None)

    def _translate(self, event: events.SwitchEvent) -> SwitchHappening | None:
        match event:
            case events.LegStarted(leg, ("ours", *_)):
                return LegAnswered(leg.id)
            case events.LegStarted(leg, arguments):
                return _arrival(leg, arguments)
            case events.LegDestroyed(leg, cause):
                return LegLeft(leg.id, cause)
            case events.LegDigit(leg, digit):
                return DigitPressed(leg.id, digit)
            case events.EndpointChanged(endpoint, online, _, contact, answers):
                agent_id = agent_of(endpoint)
                run = contact.partition(f";{RUN_PARAMETER}=")[2].partition(";")[0]
                return None if agent_id is None else PhoneCameOrWent(agent_id, online, run, answers)
            case events.PlaybackEnded(name):
                return _said(name)
            case events.RecordingEnded(name, _, _, duration_s, failed):
                return MessageTaken(name, failed, duration_s or 0)
            case events.AriConnected():
                return SwitchBack()
            case events.AriLost(reason):
                return SwitchLost(reason)
            case _:
                return None


def _arrival(leg: events.Leg, arguments: tuple[str, ...]) -> CallerArrived | AgentDialled | None:
    match arguments:
        case ("trunk", dialled, *_):
            return CallerArrived(leg.id, dialled or leg.extension, leg.caller_number, leg.caller_name)
        case ("agent", dialled, *rest):
            agent_id = agent_of(leg.name.removeprefix("PJSIP/").rpartition("-")[0])
            shown = rest[1] if len(rest) > 1 else ""
            planned = _call_id(rest[0]) if rest else None
            return None if agent_id is None else AgentDialled(leg.id, agent_id, dialled, shown, planned)
    return None


def _said(name: str) -> PromptSaid | None:
    match name.split(".", 2):
        case ["say", call, prompt] if (call_id := _call_id(call)) is not None:
            return PromptSaid(call_id, prompt)
    return None


def _safe(text: str) -> str:
    # A caller's name comes from outside: no quotes, no angle brackets, no control characters in a header of ours.
    return "".join(c for c in text[:60] if c.isprintable() and c not in '"<>\\')


def _call_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
