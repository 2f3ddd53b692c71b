"""The agent's end of a call: its states as a table, what the phone tells the desk, and what it is told.

One `PhoneCall` is one SIP dialogue between this desk and the switch. The hub moves the other end of it
between bridges without the phone noticing, so a whole consultation is still one `PhoneCall`.
"""

# Annotations are evaluated here on purpose: the phone's messages are decoded by them.
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.domain.quality import Quality

CALL_HEADER: Final = "X-Guichet-Call"
"""The SIP header in which the hub names the call, so that ring and card are matched by id."""

ANSWER_HEADER: Final = "X-Guichet-Answer"
"""The SIP header by which the hub asks for an answer without a ring (`auto`), for a call the agent made."""

CALLER_HEADER: Final = "X-Guichet-From"
"""The SIP header of an outgoing call with the number the called person shall see (E.164)."""

RUN_PARAMETER: Final = "x-guichet-run"
"""The parameter of a phone's SIP contact that names one start of its process."""


class CallState(StrEnum):
    """Where the agent's end of a call stands."""

    DIALLING = "dialling"
    ALERTING = "alerting"
    INCOMING = "incoming"
    CONNECTING = "connecting"
    TALKING = "talking"
    HELD = "held"
    ENDED = "ended"


class CallHappening(StrEnum):
    """What can happen to the agent's end of a call."""

    PROGRESSED = "progressed"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    HELD = "held"
    RESUMED = "resumed"
    ENDED = "ended"


TRANSITIONS: Final[dict[tuple[CallState, CallHappening], CallState]] = {
    (CallState.DIALLING, CallHappening.PROGRESSED): CallState.ALERTING,
    (CallState.DIALLING, CallHappening.ANSWERED): CallState.CONNECTING,
    (CallState.DIALLING, CallHappening.CONFIRMED): CallState.TALKING,
    (CallState.DIALLING, CallHappening.ENDED): CallState.ENDED,
    (CallState.ALERTING, CallHappening.PROGRESSED): CallState.ALERTING,
    (CallState.ALERTING, CallHappening.ANSWERED): CallState.CONNECTING,
    (CallState.ALERTING, CallHappening.CONFIRMED): CallState.TALKING,
    (CallState.ALERTING, CallHappening.ENDED): CallState.ENDED,
    (CallState.INCOMING, CallHappening.ANSWERED): CallState.CONNECTING,
    (CallState.INCOMING, CallHappening.CONFIRMED): CallState.TALKING,
    (CallState.INCOMING, CallHappening.ENDED): CallState.ENDED,
    (CallState.CONNECTING, CallHappening.CONFIRMED): CallState.TALKING,
    (CallState.CONNECTING, CallHappening.ENDED): CallState.ENDED,
    (CallState.TALKING, CallHappening.HELD): CallState.HELD,
    (CallState.TALKING, CallHappening.ENDED): CallState.ENDED,
    (CallState.HELD, CallHappening.RESUMED): CallState.TALKING,
    (CallState.HELD, CallHappening.ENDED): CallState.ENDED,
}
"""Every move a call can make; what is not listed cannot happen and leaves the state as it is."""

LIVE_STATES: Final = frozenset(CallState) - {CallState.ENDED}
ANSWERED_STATES: Final = frozenset({CallState.TALKING, CallState.HELD})


def next_state(state: CallState, happening: CallHappening) -> CallState | None:
    """The state after `happening`, or None when it cannot happen in `state`."""
    return TRANSITIONS.get((state, happening))


class Direction(StrEnum):
    """Who made the call, seen from the agent."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class EndedBy(StrEnum):
    """Which side ended a call."""

    US = "us"
    THEM = "them"
    FAILURE = "failure"


class RejectCause(StrEnum):
    """Why an offered call is refused, each with a SIP answer of its own (RFC 3261 §21)."""

    BUSY = "busy"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"


SIP_CODES: Final = {RejectCause.BUSY: 486, RejectCause.DECLINED: 603, RejectCause.UNAVAILABLE: 480}


@dataclass(frozen=True, slots=True)
class Header:
    """One SIP header of an INVITE."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class CallEnd:
    """How a call ended: the SIP status (200 after a normal hang-up) and the words that came with it."""

    by: EndedBy
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """All that is known of one call at this desk; a new value at each change."""

    key: str
    """The phone's own name for the call, never used again while the phone lives."""
    direction: Direction
    state: CallState
    number: str
    """The other party as it came in the SIP address: a number, a user name, or `anonymous`."""
    name: str
    call_id: UUID | None
    """The hub's name for the call, from `X-Guichet-Call`."""
    headers: tuple[Header, ...]
    started_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    muted: bool = False
    codec: str = ""
    audio_both_ways: bool = True
    """False from the moment nothing has been heard from the other side for a second."""
    quality: Quality | None = None
    end: CallEnd | None = None


class RegistrationState(StrEnum):
    """Whether the switch knows where to ring this phone."""

    OFF = "off"
    REGISTERING = "registering"
    REGISTERED = "registered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Registration:
    """The phone's standing with the switch, with the SIP answer when it failed."""

    state: RegistrationState = RegistrationState.OFF
    address: str = ""
    code: int = 0
    reason: str = ""


class SipTransport(StrEnum):
    """How SIP travels; anything off loopback is TLS, and TLS always brings SRTP."""

    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class SipCredentials:
    """What the hub made for one agent so that her phone can register; never typed by anyone."""

    user: str
    password: str
    host: str
    port: int
    transport: SipTransport = SipTransport.UDP
    authority: str = ""
    """The certificate authority in PEM, needed for TLS."""
    stun: tuple[str, ...] = ()
    """`host:port` of STUN servers; ICE is used when there is one (RFC 8445)."""

    def __repr__(self) -> str:
        """Without the password: this value ends up in logs."""
        return f"SipCredentials({self.user!r} at {self.host}:{self.port} over {self.transport})"


class DeviceRole(StrEnum):
    """What a sound device is used for."""

    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    RINGER = "ringer"


@dataclass(frozen=True, slots=True)
class AudioDevice:
    """A sound device as the system names it; the name is what is remembered, numbers move."""

    name: str
    driver: str
    can_record: bool
    can_play: bool


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """The wished device of each role by name; an empty name means the system's own choice."""

    microphone: str = ""
    speaker: str = ""
    ringer: str = ""


@dataclass(frozen=True, slots=True)
class DeviceUse:
    """The devices really in use; an empty name means none (silence), never an error."""

    microphone: str = ""
    speaker: str = ""
    ringer: str = ""


@dataclass(frozen=True, slots=True)
class PhoneOptions:
    """What the agent set for her phone."""

    auto_answer_s: float | None = None
    """Answer every call by itself after so many seconds; None: never."""
    codecs: tuple[str, ...] = ("opus", "G722", "PCMU", "PCMA")
    """Codecs in the order of preference; others are not offered."""
    echo_cancellation: bool = True
    ring: bool = True


@dataclass(frozen=True, slots=True)
class AudioCheck:
    """The check before *Available*: a loop over the switch, judged like a call."""

    passed: bool
    sent: int
    """RTP packets sent to the switch."""
    returned: int
    """RTP packets that came back."""
    microphone_db: float
    """Loudest level of the microphone during the check, dBFS."""
    returned_after_ms: float | None
    jitter_ms: float
    loss_percent: float
    sentence: str
    """What was wrong, empty when nothing was."""


@dataclass(frozen=True, slots=True)
class PhoneSnapshot:
    """All a desk needs when it attaches to a phone that is already running."""

    registration: Registration
    calls: tuple[PhoneCall, ...]
    devices: tuple[AudioDevice, ...]
    choice: DeviceChoice
    use: DeviceUse
    options: PhoneOptions


class Refusal(StrEnum):
    """Why the phone did not do what it was told."""

    NO_SUCH_CALL = "no_such_call"
    WRONG_STATE = "wrong_state"
    NOT_REGISTERED = "not_registered"
    NO_SUCH_DEVICE = "no_such_device"
    BAD_NUMBER = "bad_number"
    TOO_MANY_CALLS = "too_many_calls"
    NO_PHONE = "no_phone"
    ENGINE = "engine"


class PhoneRefusedError(Exception):
    """The phone did not do what it was told; the sentence names what was wrong, for a log or a report."""

    def __init__(self, refusal: Refusal, sentence: str) -> None:
        super().__init__(sentence)
        self.refusal = refusal
        self.sentence = sentence
