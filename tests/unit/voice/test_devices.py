import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phone import AudioDevice, DeviceChoice, DeviceRole, DeviceUse
from app.phone.devices import NONE, Listed, assign, is_shown, lost_roles

HEADSET_IN = AudioDevice("Jabra", "PulseAudio", can_record=True, can_play=False)
HEADSET_OUT = AudioDevice("Jabra", "PulseAudio", can_record=False, can_play=True)
BUILT_IN = AudioDevice("Built-in", "PulseAudio", can_record=True, can_play=True)
SPEAKERS = AudioDevice("Speakers", "PulseAudio", can_record=False, can_play=True)


def listed(*devices: AudioDevice) -> tuple[Listed, ...]:
    return tuple(Listed(number, device) for number, device in enumerate(devices))


def test_a_wished_device_is_used_in_each_role_by_name() -> None:
    found = assign(listed(BUILT_IN, HEADSET_IN, HEADSET_OUT, SPEAKERS), DeviceChoice("Jabra", "Jabra", "Speakers"))
    assert found.use == DeviceUse("Jabra", "Jabra", "Speakers")
    assert (found.microphone, found.speaker, found.ringer) == (1, 2, 3)


def test_a_missing_one_is_replaced_by_the_first_that_fits() -> None:
    found = assign(listed(SPEAKERS, BUILT_IN), DeviceChoice("Jabra", "Jabra", "Jabra"))
    assert found.use == DeviceUse("Built-in", "Speakers", "Speakers")


def test_without_a_ringer_of_its_own_it_rings_on_the_speaker() -> None:
    assert assign(listed(BUILT_IN, SPEAKERS), DeviceChoice("", "Speakers", "")).use.ringer == "Speakers"


def test_with_no_device_there_is_silence_and_no_error() -> None:
    found = assign((), DeviceChoice("Jabra", "Jabra", "Jabra"))
    assert found.use == DeviceUse()
    assert {found.microphone, found.speaker, found.ringer} == {NONE}


DEVICES = st.lists(st.builds(AudioDevice, st.sampled_from("abc"), st.just("x"), st.booleans(), st.booleans()))
NAMES = st.sampled_from(["", "a", "b", "z"])


@given(DEVICES, st.builds(DeviceChoice, NAMES, NAMES, NAMES))
def test_a_device_is_only_used_for_what_it_can_do(devices: list[AudioDevice], choice: DeviceChoice) -> None:
    found = assign(listed(*devices), choice)
    for number, able in ((found.microphone, "can_record"), (found.speaker, "can_play"), (found.ringer, "can_play")):
        if number != NONE:
            assert getattr(devices[number], able)
        else:
            assert not any(getattr(device, able) for device in devices)


def test_lost_is_what_is_no_longer_there_not_what_was_changed() -> None:
    before, after = DeviceUse("Jabra", "Jabra", "Speakers"), DeviceUse("Built-in", "Built-in", "Speakers")
    assert lost_roles(before, after, (BUILT_IN, SPEAKERS)) == (DeviceRole.MICROPHONE, DeviceRole.SPEAKER)
    assert lost_roles(before, after, (BUILT_IN, SPEAKERS, HEADSET_IN, HEADSET_OUT)) == ()
    assert lost_roles(DeviceUse(), after, ()) == ()


@pytest.mark.parametrize(
    ("name", "inputs", "outputs", "shown"),
    [("default", 1, 1, True), ("Jabra", 0, 1, True), ("Jabra", 0, 0, False), ("speexrate", 1, 1, False)],
)
def test_converters_and_dead_entries_are_hidden(name: str, inputs: int, outputs: int, shown: bool) -> None:
    assert is_shown(name, inputs, outputs) is shown
