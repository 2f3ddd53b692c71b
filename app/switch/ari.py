"""The requests of Asterisk's REST interface that we use, typed; outcomes that are normal are values."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.switch.ari_events import Bridge, Leg
from app.switch.ari_http import AriConnection, AriError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.switch.configuration import AriAddress

_GONE: Final = 404
_ALREADY_THERE: Final = 409

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RtpStatistics:
    """What Asterisk measured on one leg's sound (ARI RTPstat); jitter and round trip in milliseconds."""

    sent: int
    received: int
    lost_sent: int
    lost_received: int
    jitter_ms: float
    round_trip_ms: float


class Ari(AriConnection):
    """One Asterisk, for one Stasis application."""

    def __init__(self, address: AriAddress, application: str = "guichet") -> None:
        super().__init__(address)
        self.application = application

    async def up_since(self) -> datetime:
        """When this Asterisk started."""
        told = await self.get("asterisk/info")
        return datetime.fromisoformat(told["status"]["startup_time"])

    # Legs

    async def legs(self) -> tuple[Leg, ...]:
        """Every leg of the switch, ours or not."""
        return tuple(Leg.of(leg) for leg in await self.get("channels"))

    async def leg(self, leg_id: str) -> Leg | None:
        """One leg, None when it is gone."""
        found = await self.find("GET", f"channels/{leg_id}")
        return None if found is None else Leg.of(found)

    async def call(
        self,
        endpoint: str,
        *,
        leg_id: str,
        caller: str = "",
        arguments: Iterable[str] = (),
        timeout_s: int = 30,
        variables: Mapping[str, str] | None = None,
        originator: str | None = None,
    ) -> Leg:
        """Send an INVITE to `endpoint` (`PJSIP/name`, `PJSIP/+33…@trunk`), ours as soon as it is answered.

        `caller` is `"Name" <number>`. A header goes in as the variable `PJSIP_HEADER(add,X-…)`.
        """
        # In the body, not in the address: a caller's name may be longer than Asterisk's request line.
        wanted: dict[str, object] = {
            "endpoint": endpoint, "app": self.application, "appArgs": ",".join(arguments),
            "channelId": leg_id, "callerId": caller, "timeout": timeout_s, "variables": dict(variables or {}),
        }  # fmt: skip
        if originator:
            wanted["originator"] = originator
        return Leg.of(await self.must("POST", "channels", body=wanted))

    async def prepare(
        self,
        endpoint: str,
        *,
        leg_id: str,
        arguments: Iterable[str] = (),
        variables: Mapping[str, str] | None = None,
        originator: str | None = None,
    ) -> Leg:
        """Make a leg without ringing it yet, so that it can be bridged first; `dial` rings it."""
        wanted: dict[str, object] = {
            "endpoint": endpoint, "app": self.application, "appArgs": ",".join(arguments),
            "channelId": leg_id, "variables": dict(variables or {}),
        }  # fmt: skip
        if originator:
            wanted["originator"] = originator
        return Leg.of(await self.must("POST", "channels/create", body=wanted))

    async def dial(self, leg_id: str, *, caller_leg_id: str = "", timeout_s: int = 30) -> bool:
        """Ring a prepared leg; False when it is gone."""
        query = {"timeout": str(timeout_s)} | ({"caller": caller_leg_id} if caller_leg_id else {})
        return await self.was_there("POST", f"channels/{leg_id}/dial", query)

    async def answer(self, leg_id: str) -> bool:
        """Answer a leg; False when it is gone."""
        return await self.was_there("POST", f"channels/{leg_id}/answer")

    async def ring(self, leg_id: str, *, ringing: bool = True) -> bool:
        """Let a caller hear that it rings (or stop that); False when the leg is gone."""
        return await self.was_there("POST" if ringing else "DELETE", f"channels/{leg_id}/ring")

    async def hang_up(self, leg_id: str, reason: str = "normal") -> bool:
        """End a leg with one of ARI's reasons (`normal`, `busy`, `no_answer`, …); False when it was gone."""
        return await self.was_there("DELETE", f"channels/{leg_id}", {"reason": reason})

    async def leave_to_dialplan(self, leg_id: str, context: str, extension: str) -> bool:
        """Hand a leg over to the dialplan (queue, voicemail); False when it is gone."""
        query = {"context": context, "extension": extension, "priority": "1"}
        return await self.was_there("POST", f"channels/{leg_id}/continue", query)

    async def redirect(self, leg_id: str, endpoint: str) -> bool:
        """Send a leg's caller elsewhere (SIP 302); False when it is gone."""
        return await self.was_there("POST", f"channels/{leg_id}/redirect", {"endpoint": endpoint})

    async def send_digits(self, leg_id: str, digits: str) -> bool:
        """Play keys to a leg; False when it is gone."""
        return await self.was_there("POST", f"channels/{leg_id}/dtmf", {"dtmf": digits})

    async def mute(self, leg_id: str, *, muted: bool, direction: str = "in") -> bool:
        """Silence what comes from a leg (`in`), goes to it (`out`) or `both`."""
        method = "POST" if muted else "DELETE"
        return await self.was_there(method, f"channels/{leg_id}/mute", {"direction": direction})

    async def play_music(self, leg_id: str, *, playing: bool = True, music: str = "default") -> bool:
        """Start or stop hold music on one leg; False when it is gone."""
        query = {"mohClass": music} if playing else {}
        return await self.was_there("POST" if playing else "DELETE", f"channels/{leg_id}/moh", query)

    async def play_silence(self, leg_id: str, *, playing: bool = True) -> bool:
        """Send silence to a leg that is in no bridge, so that its phone does not take it for a broken line."""
        return await self.was_there("POST" if playing else "DELETE", f"channels/{leg_id}/silence")

    async def variable(self, leg_id: str, name: str) -> str | None:
        """A leg's variable or function, None when the leg is gone or has none."""
        found = await self.find("GET", f"channels/{leg_id}/variable", {"variable": name})
        return None if found is None else str(found["value"])

    async def set_variable(self, leg_id: str, name: str, value: str) -> bool:
        """Set a leg's variable or write a function (`CALLERID(name)`, `TALK_DETECT(set)`)."""
        query = {"variable": name, "value": value}
        return await self.was_there("POST", f"channels/{leg_id}/variable", query)

    async def snoop(self, leg_id: str, *, snoop_id: str, spy: str = "both", whisper: str = "none") -> Leg | None:
        """A new leg that hears (`spy`) and speaks into (`whisper`) another: in, out, both, none."""
        query = {"app": self.application, "spy": spy, "whisper": whisper, "appArgs": "snoop"}
        made = await self.find("POST", f"channels/{leg_id}/snoop/{snoop_id}", query)
        return None if made is None else Leg.of(made)

    async def rtp_statistics(self, leg_id: str) -> RtpStatistics | None:
        """What the sound of a leg suffered, None when it is gone or has no sound yet."""
        found = await self.find("GET", f"channels/{leg_id}/rtp_statistics")
        if found is None:
            return None
        return RtpStatistics(
            sent=found["txcount"],
            received=found["rxcount"],
            lost_sent=found["txploss"],
            lost_received=found["rxploss"],
            jitter_ms=1000 * found.get("rxjitter", 0.0),
            round_trip_ms=1000 * found.get("rtt", 0.0),
        )

    # Bridges

    async def bridges(self) -> tuple[Bridge, ...]:
        """Every bridge of the switch."""
        return tuple(Bridge.of(bridge) for bridge in await self.get("bridges"))

    async def bridge(self, bridge_id: str) -> Bridge | None:
        """One bridge, None when it is gone."""
        found = await self.find("GET", f"bridges/{bridge_id}")
        return None if found is None else Bridge.of(found)

    async def make_bridge(self, bridge_id: str, *, kind: str = "mixing", name: str = "") -> Bridge:
        """A new bridge, or the one that has this id already."""
        query = {"type": kind, "name": name}
        try:
            return Bridge.of(await self.must("POST", f"bridges/{bridge_id}", query))
        except AriError as error:
            there = await self.bridge(bridge_id) if error.status == _ALREADY_THERE else None
            if there is None:
                raise
            return there

    async def join(self, bridge_id: str, *leg_ids: str, mute: bool = False) -> bool:
        """Put legs into a bridge, out of any other; False when the bridge or a leg is gone."""
        query = {"channel": ",".join(leg_ids)} | ({"mute": "true"} if mute else {})
        return await self.was_there("POST", f"bridges/{bridge_id}/addChannel", query, gone={400, 404, 422})

    async def part(self, bridge_id: str, *leg_ids: str) -> bool:
        """Take legs out of a bridge; False when they were not in it."""
        query = {"channel": ",".join(leg_ids)}
        return await self.was_there("POST", f"bridges/{bridge_id}/removeChannel", query, gone={400, 404, 422})

    async def end_bridge(self, bridge_id: str) -> bool:
        """Take a bridge down; its legs stay in the application."""
        return await self.was_there("DELETE", f"bridges/{bridge_id}")

    async def play_bridge_music(self, bridge_id: str, *, playing: bool = True, music: str = "default") -> bool:
        """Start or stop hold music for a whole bridge; False when it was so already, or the bridge is gone."""
        query = {"mohClass": music} if playing else {}
        method = "POST" if playing else "DELETE"
        return await self.was_there(method, f"bridges/{bridge_id}/moh", query, gone={_GONE, _ALREADY_THERE})

    # Prompts and recordings; `target` is `channels/ID` or `bridges/ID`

    async def play(self, target: str, *media: str, playback_id: str, language: str = "") -> bool:
        """Play prompts in turn (`sound:…`, `number:…`, `digits:…`, `tone:ring`, `recording:…`)."""
        query = {"media": ",".join(media)} | ({"lang": language} if language else {})
        return await self.was_there("POST", f"{target}/play/{playback_id}", query)

    async def stop_playing(self, playback_id: str) -> bool:
        """Stop a prompt; False when it was over."""
        return await self.was_there("DELETE", f"playbacks/{playback_id}")

    async def is_playing(self, playback_id: str) -> bool:
        """Whether a prompt is not over yet."""
        return await self.find("GET", f"playbacks/{playback_id}") is not None

    async def record(
        self,
        target: str,
        name: str,
        *,
        max_s: int = 0,
        silence_s: int = 0,
        beep: bool = False,
        until: str = "none",
    ) -> bool:
        """Record a leg or a bridge as Ogg Opus under `name`; `until` is a key that ends it, or `none`."""
        query = {
            "name": name, "format": "opus", "maxDurationSeconds": str(max_s), "ifExists": "overwrite",
            "maxSilenceSeconds": str(silence_s), "beep": str(beep).lower(), "terminateOn": until,
        }  # fmt: skip
        return await self.was_there("POST", f"{target}/record", query)

    async def is_recording(self, name: str) -> bool:
        """Whether a recording is not over yet."""
        return await self.find("GET", f"recordings/live/{name}") is not None

    async def stop_recording(self, name: str) -> bool:
        """End a recording and keep it."""
        return await self.was_there("POST", f"recordings/live/{name}/stop")

    async def pause_recording(self, name: str, *, paused: bool) -> bool:
        """Leave out what is said from now on (card numbers), or go on."""
        return await self.was_there("POST" if paused else "DELETE", f"recordings/live/{name}/pause")

    async def stored_recordings(self) -> tuple[str, ...]:
        """The names of all stored recordings."""
        return tuple(str(recording["name"]) for recording in await self.get("recordings/stored"))

    async def fetch_recording(self, name: str) -> bytes | None:
        """The file of a stored recording, None when there is none."""
        return await self.find_bytes(f"recordings/stored/{name}/file")

    async def delete_recording(self, name: str) -> bool:
        """Remove a stored recording."""
        return await self.was_there("DELETE", f"recordings/stored/{name}")

    # The switch itself

    async def set_global(self, name: str, value: str) -> None:
        """Set a global variable or write a global function (`DB(family/key)`, kept over a restart)."""
        await self.must("POST", "asterisk/variable", {"variable": name, "value": value})

    async def get_global(self, name: str) -> str:
        """A global variable, empty when it is not set (functions can be written but not read)."""
        found = await self.find("GET", "asterisk/variable", {"variable": name})
        return "" if found is None else str(found["value"])

    async def is_online(self, endpoint: str) -> bool:
        """Whether a PJSIP endpoint has a contact that answers."""
        found = await self.find("GET", f"endpoints/PJSIP/{endpoint}")
        return found is not None and found.get("state") == "online"

    async def contact_of(self, endpoint: str) -> str | None:
        """Host and port of the other end of a line, None while it does not answer."""
        if not await self.is_online(endpoint):
            return None
        found = await self.get_object("res_pjsip", "aor", endpoint)
        contact = (found or {}).get("contact", "")
        return contact.partition(":")[2].rpartition("@")[2] or None

    async def send_text(self, to: str, sender: str, text: str, headers: Mapping[str, str]) -> None:
        """Send a text message (SIP MESSAGE) from one address to another; it is on its way when this returns."""
        wanted = {"to": to, "from": sender, "body": text, "variables": dict(headers)}
        await self.must("PUT", "endpoints/sendMessage", body=wanted)

    async def online_endpoints(self) -> frozenset[str]:
        """All PJSIP endpoints that have a contact that answers, or was not asked yet."""
        found = await self.get("endpoints/PJSIP")
        return frozenset(endpoint["resource"] for endpoint in found if endpoint.get("state") == "online")

    async def get_object(self, module: str, kind: str, name: str) -> dict[str, str] | None:
        """A pushed configuration object, None when there is none."""
        found = await self.find("GET", f"asterisk/config/dynamic/{module}/{kind}/{name}")
        return None if found is None else {pair["attribute"]: pair["value"] for pair in found}

    async def put_object(self, module: str, kind: str, name: str, fields: Iterable[tuple[str, str]]) -> None:
        """Push a configuration object, replacing the one of that name; the order of fields counts."""
        body = {"fields": [{"attribute": attribute, "value": value} for attribute, value in fields]}
        await self.must("PUT", f"asterisk/config/dynamic/{module}/{kind}/{name}", {}, body)

    async def delete_object(self, module: str, kind: str, name: str) -> bool:
        """Remove a pushed configuration object; False when there was none."""
        return await self.was_there("DELETE", f"asterisk/config/dynamic/{module}/{kind}/{name}")

    async def is_up(self) -> bool:
        """Whether Asterisk answers."""
        try:
            await self.get("asterisk/ping")
        except AriError as error:
            log.debug("Asterisk does not answer: %s", error)
            return False
        return True
