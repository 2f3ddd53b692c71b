"""Which sound devices there are and which of them are meant: names in, pjsua2's numbers out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.phone import AudioDevice, DeviceChoice, DeviceRole, DeviceUse

NONE: Final = -1
_PREFERRED: Final = ("default", "pulse", "pipewire")
# ALSA's converters and virtual plugs: real to ALSA, nothing to a person.
_NOT_DEVICES: Final = frozenset(
    {"null", "lavrate", "samplerate", "speexrate", "speex", "jack", "oss", "upmix", "vdownmix", "usbstream"}
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A device as pjsua2 lists it, under the name shown to people."""

    number: int
    device: AudioDevice


@dataclass(frozen=True, slots=True)
class Assignment:
    """The numbers to open, `NONE` where there is nothing."""

    microphone: int
    speaker: int
    ringer: int
    use: DeviceUse


def is_shown(name: str, inputs: int, outputs: int) -> bool:
    """Whether a listed device is one a person may choose."""
    return (inputs > 0 or outputs > 0) and name not in _NOT_DEVICES


def assign(listed: tuple[Listed, ...], choice: DeviceChoice) -> Assignment:
    """The wished devices where they are there, else the system's own, else the first that fits, else none."""
    microphone = _pick(listed, choice.microphone, DeviceRole.MICROPHONE)
    speaker = _pick(listed, choice.speaker, DeviceRole.SPEAKER)
    ringer = _pick(listed, choice.ringer, DeviceRole.RINGER) if choice.ringer else speaker
    use = DeviceUse(_name(microphone), _name(speaker), _name(ringer))
    return Assignment(_number(microphone), _number(speaker), _number(ringer), use)


def lost_roles(before: DeviceUse, after: DeviceUse, devices: tuple[AudioDevice, ...]) -> tuple[DeviceRole, ...]:
    """The roles whose device is no longer there at all, against those that were merely changed."""
    names = {device.name for device in devices}
    return tuple(
        role
        for role in DeviceRole
        if (name := in_role(before, role)) and name not in names and in_role(after, role) != name
    )


def in_role(use: DeviceUse, role: DeviceRole) -> str:
    """The name of the device used for `role`."""
    return str(getattr(use, role.value))


def _pick(listed: tuple[Listed, ...], wished: str, role: DeviceRole) -> Listed | None:
    able = [item for item in listed if _fits(item.device, role)]
    for name in (wished, *_PREFERRED):
        for item in able:
            if name and item.device.name == name:
                return item
    return able[0] if able else None


def _fits(device: AudioDevice, role: DeviceRole) -> bool:
    return device.can_record if role is DeviceRole.MICROPHONE else device.can_play


def _name(item: Listed | None) -> str:
    return item.device.name if item else ""


def _number(item: Listed | None) -> int:
    return item.number if item else NONE
