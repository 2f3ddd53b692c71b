"""What Asterisk tells through ARI, as frozen values. An Asterisk channel is a *leg* in our words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Json: TypeAlias = "Mapping[str, Any]"


@dataclass(frozen=True, slots=True)
class Leg:
    """One party's connection to the switch (Asterisk: channel)."""

    id: str
    name: str
    state: str
    """`Down`, `Ring`, `Ringing`, `Up`, `Busy`: Asterisk's own words."""
    caller_number: str
    caller_name: str
    connected_number: str
    connected_name: str
    context: str
    extension: str
    application: str
    application_data: str
    protocol_id: str
    """The SIP Call-ID."""
    language: str
    created_at: datetime

    @staticmethod
    def of(json: Json) -> Leg:
        """Read ARI's Channel."""
        dialplan = json.get("dialplan") or {}
        return Leg(
            id=json["id"],
            name=json["name"],
            state=json["state"],
            caller_number=json["caller"]["number"],
            caller_name=json["caller"]["name"],
            connected_number=json["connected"]["number"],
            connected_name=json["connected"]["name"],
            context=dialplan.get("context", ""),
            extension=dialplan.get("exten", ""),
            application=dialplan.get("app_name", ""),
            application_data=dialplan.get("app_data", ""),
            protocol_id=json.get("protocol_id", ""),
            language=json.get("language", ""),
            created_at=_instant(json["creationtime"]),
        )


@dataclass(frozen=True, slots=True)
class Bridge:
    """Legs that hear one another."""

    id: str
    kind: str
    name: str
    leg_ids: tuple[str, ...]

    @staticmethod
    def of(json: Json) -> Bridge:
        """Read ARI's Bridge."""
        return Bridge(json["id"], json["bridge_type"], json["name"], tuple(json["channels"]))


@dataclass(frozen=True, slots=True)
class LegStarted:
    """A leg entered our application (StasisStart): a call from a trunk, from an agent, or one of ours."""

    leg: Leg
    arguments: tuple[str, ...]
    at: datetime
    replaced_leg_id: str | None = None


@dataclass(frozen=True, slots=True)
class LegEnded:
    """A leg left our application for good (StasisEnd)."""

    leg: Leg
    at: datetime


@dataclass(frozen=True, slots=True)
class LegDestroyed:
    """A leg no longer exists, in or out of our application, with the Q.850 cause of its end."""

    leg: Leg
    cause: int
    cause_text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LegStateChanged:
    """A leg began to ring or was answered."""

    leg: Leg
    at: datetime


@dataclass(frozen=True, slots=True)
class LegHangupRequested:
    """The far end of a leg hung up."""

    leg: Leg
    cause: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LegDigit:
    """A party pressed a key."""

    leg: Leg
    digit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LegHeld:
    """A party put the call on hold (`held`) or took it back."""

    leg: Leg
    held: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class LegTalking:
    """A party began (`talking`) or stopped to speak; needs `TALK_DETECT` on the leg."""

    leg: Leg
    talking: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class LegEnteredBridge:
    """A leg was joined to others."""

    bridge: Bridge
    leg: Leg
    at: datetime


@dataclass(frozen=True, slots=True)
class LegLeftBridge:
    """A leg was taken from the others."""

    bridge: Bridge
    leg: Leg
    at: datetime


@dataclass(frozen=True, slots=True)
class BridgeDestroyed:
    """A bridge is gone."""

    bridge: Bridge
    at: datetime


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """A prompt was played to its end, was stopped, or could not be played (`failed`)."""

    id: str
    target: str
    """`channel:…` or `bridge:…`."""
    media: str
    failed: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """A recording was stored under its name, or failed."""

    name: str
    format: str
    target: str
    duration_s: int | None
    failed: bool
    cause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DialProgressed:
    """What became of an INVITE of ours: ``, `RINGING`, `PROGRESS`, `ANSWER`, `BUSY`, `NOANSWER`, …"""

    leg: Leg
    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EndpointChanged:
    """An endpoint went on line or off line, or its contact stopped or began to answer."""

    endpoint: str
    online: bool
    at: datetime
    contact: str = ""
    """The SIP address that this is about, with its parameters; empty when the endpoint is meant."""
    answers: bool = False
    """The contact was asked and answered."""


@dataclass(frozen=True, slots=True)
class TextCame:
    """A text message (SIP MESSAGE) came from an endpoint, with the headers of its request."""

    endpoint: str
    sender: str
    to: str
    text: str
    variables: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class ApplicationReplaced:
    """Another process holds our application now: stop acting."""

    application: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OtherEvent:
    """Anything we have no use for, kept for the log."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AriConnected:
    """The event stream is open, for the first time or again: what happened meanwhile must be asked for."""

    again: bool


@dataclass(frozen=True, slots=True)
class AriLost:
    """The event stream broke; the client goes on trying."""

    reason: str


SwitchEvent: TypeAlias = (
    LegStarted
    | LegEnded
    | LegDestroyed
    | LegStateChanged
    | LegHangupRequested
    | LegDigit
    | LegHeld
    | LegTalking
    | LegEnteredBridge
    | LegLeftBridge
    | BridgeDestroyed
    | PlaybackEnded
    | RecordingEnded
    | DialProgressed
    | EndpointChanged
    | TextCame
    | ApplicationReplaced
    | OtherEvent
    | AriConnected
    | AriLost
)


def read_event(json: Json) -> SwitchEvent:
    """Read one message of the event stream; an unknown kind becomes `OtherEvent`."""
    at = _instant(json["timestamp"])
    reader = _READERS.get(json["type"])
    if reader is None:
        return OtherEvent(json["type"], at)
    return reader(json, at)


def _leg_started(json: Json, at: datetime) -> SwitchEvent:
    replaced = json.get("replace_channel")
    return LegStarted(Leg.of(json["channel"]), tuple(json["args"]), at, replaced["id"] if replaced else None)


def _leg_destroyed(json: Json, at: datetime) -> SwitchEvent:
    return LegDestroyed(Leg.of(json["channel"]), json["cause"], json["cause_txt"], at)


def _entered_bridge(json: Json, at: datetime) -> SwitchEvent:
    return LegEnteredBridge(Bridge.of(json["bridge"]), Leg.of(json["channel"]), at)


def _left_bridge(json: Json, at: datetime) -> SwitchEvent:
    return LegLeftBridge(Bridge.of(json["bridge"]), Leg.of(json["channel"]), at)


def _playback_ended(json: Json, at: datetime) -> SwitchEvent:
    playback = json["playback"]
    failed = playback.get("state") == "failed"
    return PlaybackEnded(playback["id"], playback["target_uri"], playback["media_uri"], failed, at)


def _recording_ended(json: Json, at: datetime) -> SwitchEvent:
    recording = json["recording"]
    return RecordingEnded(
        name=recording["name"],
        format=recording["format"],
        target=recording["target_uri"],
        duration_s=recording.get("duration"),
        failed=json["type"] == "RecordingFailed",
        cause=recording.get("cause", ""),
        at=at,
    )


def _endpoint_changed(json: Json, at: datetime) -> SwitchEvent:
    endpoint = json["endpoint"]
    return EndpointChanged(endpoint["resource"], endpoint.get("state") == "online", at)


def _contact_changed(json: Json, at: datetime) -> SwitchEvent:
    contact = json["contact_info"]
    status = contact["contact_status"]
    online = status in {"Reachable", "NonQualified"}
    return EndpointChanged(json["endpoint"]["resource"], online, at, contact["uri"], status == "Reachable")


def _text_came(json: Json, at: datetime) -> SwitchEvent:
    message, told = json["message"], json["message"].get("variables") or {}
    pairs = told.items() if isinstance(told, dict) else ((one["variable_name"], one["value"]) for one in told)
    variables = {str(name): str(value) for name, value in pairs}
    return TextCame(json["endpoint"]["resource"], message["from"], message["to"], message["body"], variables, at)


_READERS: Final[dict[str, Callable[[Json, datetime], SwitchEvent]]] = {
    "StasisStart": _leg_started,
    "StasisEnd": lambda json, at: LegEnded(Leg.of(json["channel"]), at),
    "ChannelDestroyed": _leg_destroyed,
    "ChannelStateChange": lambda json, at: LegStateChanged(Leg.of(json["channel"]), at),
    "ChannelHangupRequest": lambda json, at: LegHangupRequested(Leg.of(json["channel"]), json.get("cause", 0), at),
    "ChannelDtmfReceived": lambda json, at: LegDigit(Leg.of(json["channel"]), json["digit"], at),
    "ChannelHold": lambda json, at: LegHeld(Leg.of(json["channel"]), True, at),
    "ChannelUnhold": lambda json, at: LegHeld(Leg.of(json["channel"]), False, at),
    "ChannelTalkingStarted": lambda json, at: LegTalking(Leg.of(json["channel"]), True, at),
    "ChannelTalkingFinished": lambda json, at: LegTalking(Leg.of(json["channel"]), False, at),
    "ChannelEnteredBridge": _entered_bridge,
    "ChannelLeftBridge": _left_bridge,
    "BridgeDestroyed": lambda json, at: BridgeDestroyed(Bridge.of(json["bridge"]), at),
    "PlaybackFinished": _playback_ended,
    "RecordingFinished": _recording_ended,
    "RecordingFailed": _recording_ended,
    "Dial": lambda json, at: DialProgressed(Leg.of(json["peer"]), json["dialstatus"], at),
    "EndpointStateChange": _endpoint_changed,
    "ContactStatusChange": _contact_changed,
    "TextMessageReceived": _text_came,
    "ApplicationReplaced": lambda json, at: ApplicationReplaced(json["application"], at),
}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
