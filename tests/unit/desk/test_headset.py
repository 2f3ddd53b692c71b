"""The headset's presenter on the fake phone: devices by name, levels, and the sentence that comes back."""

from app.desk.headset import Headset
from app.domain.phone import AudioCheck, DeviceChoice, DeviceRole, PhoneOptions, SipCredentials
from app.domain.phone_events import LevelsMeasured
from app.phone.fake import FakePhone


async def seated() -> tuple[FakePhone, Headset, list[DeviceChoice]]:
    phone, kept = FakePhone(), list[DeviceChoice]()
    await phone.register(SipCredentials("camille", "secret", "127.0.0.1", 5060))
    return phone, Headset(phone, lambda choice, _: kept.append(choice)), kept


async def test_a_device_is_used_and_remembered_by_name() -> None:
    phone, headset, kept = await seated()
    name = headset.state.offered(DeviceRole.SPEAKER)[0].name
    headset.choose(DeviceRole.SPEAKER, name)
    await headset.work.settle()
    assert (phone.snapshot.choice.speaker, headset.state.use.speaker, kept) == (
        name,
        name,
        [DeviceChoice(speaker=name)],
    )
    assert all(device.can_record for device in headset.state.offered(DeviceRole.MICROPHONE))
    await headset.close()


async def test_the_sentence_that_comes_back_is_judged_and_can_be_said_again() -> None:
    phone, headset, _ = await seated()
    headset.begin()
    await headset.work.settle()
    assert headset.state.result == phone.next_check
    phone.next_check = AudioCheck(False, 250, 0, -96.0, None, 0.0, 0.0, "Nothing came back from the switch.")
    headset.check()
    await headset.work.settle()
    assert headset.state.result is phone.next_check
    await headset.close()


async def test_a_check_in_a_call_is_refused_in_words() -> None:
    phone, headset, _ = await seated()
    phone.ring("+33612457890")
    headset.check()
    await headset.work.settle()
    assert (headset.state.checking, headset.state.result) == (False, None)
    assert headset.state.error is not None
    await headset.close()


async def test_a_voice_is_heard_once_it_was_loud_enough() -> None:
    phone, headset, _ = await seated()
    found = [headset.state.heard]
    for db in (-70.0, -20.0, -80.0):
        phone.tell(LevelsMeasured(db, -96.0))
        found.append(headset.state.heard)
    assert found == [False, False, True, True]
    assert headset.state.microphone_db == -80.0
    await headset.close()


async def test_what_the_phone_does_by_itself_is_set_and_remembered() -> None:
    phone, kept = FakePhone(), list[PhoneOptions]()
    headset = Headset(phone, lambda _, options: kept.append(options))
    headset.set_up(auto_answer=True, echo_cancellation=False)
    await headset.work.settle()
    options = phone.snapshot.options
    assert (options.auto_answer_s, options.echo_cancellation, kept) == (2.0, False, [options])
    await headset.close()
