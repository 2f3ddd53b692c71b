"""What a phone tells its desk: events, each in the past tense; they cross the process border as they are."""

from dataclasses import dataclass
from typing import TypeAlias

from app.domain.phone import AudioDevice, DeviceChoice, DeviceRole, DeviceUse, PhoneCall, PhoneSnapshot, Registration
from app.domain.quality import Quality


@dataclass(frozen=True, slots=True)
class RegistrationChanged:
    """The phone was registered, lost its registration or could not get one."""

    registration: Registration


@dataclass(frozen=True, slots=True)
class CallArrived:
    """A call rings at this desk."""

    call: PhoneCall


@dataclass(frozen=True, slots=True)
class CallChanged:
    """A call changed its state, its mute, its codec or whether it is heard both ways."""

    call: PhoneCall


@dataclass(frozen=True, slots=True)
class QualityMeasured:
    """How a call sounded in the last seconds."""

    key: str
    quality: Quality


@dataclass(frozen=True, slots=True)
class AudioOneWay:
    """Nothing is heard from the other side; the phone is renegotiating the sound."""

    key: str
    silent_s: float


@dataclass(frozen=True, slots=True)
class AudioHealed:
    """Sound is back after `AudioOneWay`."""

    key: str
    after_s: float


@dataclass(frozen=True, slots=True)
class DigitReceived:
    """The other side pressed a key (RFC 4733)."""

    key: str
    digit: str


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    """Sound devices came or went, or others are in use now."""

    devices: tuple[AudioDevice, ...]
    choice: DeviceChoice
    use: DeviceUse


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A device in use disappeared; `replaced_by` is empty when only silence was left."""

    role: DeviceRole
    name: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class LevelsMeasured:
    """How loud microphone and speaker are, dBFS (0 loudest, -96 silence); ten a second while watched."""

    microphone_db: float
    speaker_db: float


@dataclass(frozen=True, slots=True)
class PhoneAttached:
    """The desk holds the phone again, with all that went on meanwhile."""

    snapshot: PhoneSnapshot


@dataclass(frozen=True, slots=True)
class PhoneLost:
    """The phone process is gone; its calls ended with it."""

    reason: str


PhoneEvent: TypeAlias = (
    RegistrationChanged
    | CallArrived
    | CallChanged
    | QualityMeasured
    | AudioOneWay
    | AudioHealed
    | DigitReceived
    | DevicesChanged
    | DeviceLost
    | LevelsMeasured
    | PhoneAttached
    | PhoneLost
)
