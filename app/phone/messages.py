"""What desk and phone say to each other: one JSON object a line, both ways, over one loopback connection.

The desk says `Hello` first and is answered with `Welcome`, or with `Refused` when it may not come in. Then it
sends `Request`s and gets a `Reply` to each, in any order, and `Notice`s whenever something happened.
"""

# Annotations are evaluated here on purpose: the codec reads messages by them.
import json
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from app.domain.phone import (
    AudioCheck,
    DeviceChoice,
    DeviceUse,
    Header,
    PhoneOptions,
    PhoneSnapshot,
    Refusal,
    RejectCause,
    SipCredentials,
)
from app.domain.phone_events import PhoneEvent
from app.phone.codec import UnreadableError, from_json, to_json

VERSION: Final = 1
"""Raised when a message changes in a way an older side would misread; the two sides must agree."""

LINE_LIMIT: Final = 4 * 1024 * 1024

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Register:
    """See `Phone.register`."""

    credentials: SipCredentials


@dataclass(frozen=True, slots=True)
class Unregister:
    """See `Phone.unregister`."""


@dataclass(frozen=True, slots=True)
class Dial:
    """See `Phone.dial`."""

    target: str
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """See `Phone.answer`."""

    key: str


@dataclass(frozen=True, slots=True)
class Reject:
    """See `Phone.reject`."""

    key: str
    cause: RejectCause
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HangUp:
    """See `Phone.hang_up`."""

    key: str


@dataclass(frozen=True, slots=True)
class Hold:
    """See `Phone.hold`."""

    key: str


@dataclass(frozen=True, slots=True)
class Resume:
    """See `Phone.resume`."""

    key: str


@dataclass(frozen=True, slots=True)
class Mute:
    """See `Phone.mute`."""

    key: str
    muted: bool


@dataclass(frozen=True, slots=True)
class SendDigits:
    """See `Phone.send_digits`."""

    key: str
    digits: str


@dataclass(frozen=True, slots=True)
class ChooseDevices:
    """See `Phone.choose_devices`."""

    choice: DeviceChoice


@dataclass(frozen=True, slots=True)
class SetOptions:
    """See `Phone.set_options`."""

    options: PhoneOptions


@dataclass(frozen=True, slots=True)
class WatchLevels:
    """See `Phone.watch_levels`."""

    watching: bool


@dataclass(frozen=True, slots=True)
class PlaySample:
    """See `Phone.play_sample`."""

    on_ringer: bool


@dataclass(frozen=True, slots=True)
class CheckAudio:
    """See `Phone.check_audio`."""

    target: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ShutDown:
    """End every call and the phone process."""


Command: TypeAlias = (
    Register
    | Unregister
    | Dial
    | Answer
    | Reject
    | HangUp
    | Hold
    | Resume
    | Mute
    | SendDigits
    | ChooseDevices
    | SetOptions
    | WatchLevels
    | PlaySample
    | CheckAudio
    | ShutDown
)

Result: TypeAlias = AudioCheck | DeviceUse | str | None


@dataclass(frozen=True, slots=True)
class Hello:
    """The desk's first words; `after` is the last notice it has seen (0: none) to be told the later ones."""

    version: int
    token: str
    after: int = 0


@dataclass(frozen=True, slots=True)
class Welcome:
    """The phone's answer: all it is doing, and which notice that state includes."""

    version: int
    pid: int
    sequence: int
    snapshot: PhoneSnapshot


@dataclass(frozen=True, slots=True)
class Refused:
    """The phone does not talk to this desk."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Request:
    """A command with a number of the desk's own."""

    id: int
    command: Command


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of the request of that number."""

    id: int
    result: Result = None
    refusal: Refusal | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something happened; notices are numbered from 1 without gaps."""

    sequence: int
    event: PhoneEvent


FromDesk: TypeAlias = Hello | Request
FromPhone: TypeAlias = Welcome | Refused | Reply | Notice


def write_line(message: FromDesk | FromPhone) -> bytes:
    """The message as one line."""
    return json.dumps(to_json(message), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_from_desk(line: bytes) -> FromDesk:
    """What a desk said; `UnreadableError` when it makes no sense."""
    message: FromDesk = from_json(FromDesk, _parse(line))
    return message


def read_from_phone(line: bytes) -> FromPhone:
    """What a phone said; `UnreadableError` when it makes no sense."""
    message: FromPhone = from_json(FromPhone, _parse(line))
    return message


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise UnreadableError(f"not JSON: {error}") from error
