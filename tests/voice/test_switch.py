"""The private switch: started, killed, provisioned, and left alone without a hub."""

import asyncio
import os
import signal
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.phone import CallState
from app.switch.ari import Ari
from app.switch.ari_events import AriConnected, AriLost, EndpointChanged
from app.switch.ari_http import AriError
from app.switch.configuration import AriAddress, SwitchSettings
from app.switch.fallback import FallbackMessage
from app.switch.instance import AsteriskInstance
from app.switch.provisioning import AgentEndpoint, Provisioning, Trunk, new_password
from tests.voice.conftest import MakeCustomer, MakeDesk, ordinary_user
from tests.voice.foreign import torture_messages
from tests.voice.hearing import read_wav, strength
from tests.voice.parties import Hub, desk_of, until


@pytest.fixture
async def other(asterisk: Path, folder: Path) -> AsyncIterator[AsteriskInstance]:
    """A second switch: a provider, or one to be killed."""
    await asyncio.to_thread(folder.chmod, 0o755)
    made = AsteriskInstance(folder / "other", asterisk, user=ordinary_user())
    yield made
    await made.stop()


def owner_of(process_id: int) -> int:
    return Path(f"/proc/{process_id}").stat().st_uid


async def hub_away(hub: Hub) -> None:
    """The hub dies: its event stream closes."""
    assert hub._task is not None
    hub._task.cancel()
    await asyncio.wait([hub._task])
    # Asterisk notices the closed socket a moment later.
    await asyncio.sleep(0.2)


async def test_it_runs_as_an_ordinary_user_with_its_secrets_to_itself(instance: AsteriskInstance, hub: Hub) -> None:
    process_id = instance.pid
    assert process_id is not None
    assert owner_of(process_id) != 0
    for file in (instance.folders.root / "switch.json", *instance.folders.etc.iterdir()):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert hub.address.ari.password not in repr(hub.address)
    log = (instance.folders.log / "messages").read_text()
    assert "ERROR" not in log, log


async def test_a_killed_switch_is_back_with_its_agents_and_the_stream_says_so(other: AsteriskInstance) -> None:
    address = await other.start()
    hub = Hub(address)
    await hub.open()
    provisioning = Provisioning(hub.ari)
    agent = AgentEndpoint("camille", new_password())
    await provisioning.push_agent(agent)
    await provisioning.push_agent(agent)
    assert await provisioning.has_agent("camille")
    await asyncio.sleep(1.3)  # Asterisk's database commits every second

    first = other.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: not other.is_alive, "the switch to be gone")
    await until(lambda: any(isinstance(e, AriLost) for e in hub.events), "the broken stream")
    with pytest.raises(AriError) as refused:
        await hub.ari.legs()
    assert refused.value.status == 0
    assert not await hub.ari.is_up()

    again = await other.start()
    assert again == address, "phones find it where it was"
    assert other.pid != first
    assert await provisioning.has_agent("camille")
    await until(lambda: AriConnected(again=True) in hub.events, "the stream to be back")
    assert await provisioning.remove_agent("camille")
    assert not await provisioning.remove_agent("camille")
    await hub.close()


async def test_a_second_start_finds_the_running_one(instance: AsteriskInstance, hub: Hub, asterisk: Path) -> None:
    beside = AsteriskInstance(instance.folders.root, asterisk, user=ordinary_user())
    assert beside.pid == instance.pid
    assert await beside.start() == hub.address


async def test_requests_about_what_is_gone_are_answered_not_raised(hub: Hub) -> None:
    assert await hub.ari.leg("gone") is None
    assert not await hub.ari.hang_up("gone")
    assert not await hub.ari.answer("gone")
    assert not await hub.ari.join("gone", "gone")
    assert await hub.ari.bridge("gone") is None
    assert await hub.ari.fetch_recording("gone") is None
    assert not await hub.ari.is_playing("gone")
    assert not await hub.ari.is_recording("gone")
    assert (await hub.ari.make_bridge("twice")).id == (await hub.ari.make_bridge("twice")).id
    wrong = Ari(AriAddress(hub.address.ari.url, "guichet", "wrong"))
    with pytest.raises(AriError) as refused:
        await wrong.legs()
    assert refused.value.status == 401
    await wrong.close()


async def test_what_is_said_just_now_can_be_asked_for(hub: Hub) -> None:
    await hub.ari.make_bridge("quiet")
    assert await hub.ari.play("bridges/quiet", "tone:ring", playback_id="said")
    assert await hub.ari.is_playing("said")
    assert await hub.ari.stop_playing("said")
    await hub.ari.end_bridge("quiet")


async def test_without_a_hub_a_caller_leaves_a_message(hub: Hub, customer: MakeCustomer) -> None:
    await Provisioning(hub.ari).set_fallback([])
    await hub_away(hub)
    sophie = await customer("+33380221417", tone=440)
    sophie.do("call +33380123450")
    await sophie.says(state="talking")
    recording: list[str] = []
    for _ in range(200):
        recording = [name for name in await hub.ari.stored_recordings() if FallbackMessage.of(name)]
        if recording:
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(1.5)
    sophie.do("hang-up")
    await sophie.says(state="ended")
    await asyncio.sleep(0.3)
    message = FallbackMessage.of(recording[0])
    assert message is not None
    assert (message.number, message.dialled) == ("+33380221417", "+33380123450")
    sound = await hub.ari.fetch_recording(recording[0])
    assert sound is not None
    file = Path(os.environ["GUICHET_HOME"]) / "message.wav"
    file.write_bytes(sound)
    assert strength(*read_wav(file), 440) > 0.3
    assert await hub.ari.delete_recording(recording[0])
    assert await hub.ari.stored_recordings() == ()


async def test_without_a_hub_the_agents_are_rung(hub: Hub, desk: MakeDesk, customer: MakeCustomer) -> None:
    camille = await desk("camille")
    await Provisioning(hub.ari).set_fallback(["camille", "nobody"])
    await hub_away(hub)
    sophie = await customer()
    sophie.do("call +33380123450")
    ringing = await camille.rings()
    assert ringing.number == "+33380221417"
    assert ringing.call_id is None
    await camille.phone.answer(ringing.key)
    await camille.talks()
    assert 650 not in await sophie.hears((650,))
    sophie.do("hang-up")
    await camille.reaches(ringing.key, CallState.ENDED)
    await Provisioning(hub.ari).set_fallback([])


async def test_without_a_hub_too_a_caller_outlives_the_phone_that_she_talks_to(
    hub: Hub, desk: MakeDesk, customer: MakeCustomer
) -> None:
    camille, julie = await desk("camille"), await desk("julie")
    await Provisioning(hub.ari).set_fallback(["camille", "julie"])
    await hub_away(hub)
    sophie = await customer()
    sophie.do("call +33380123450")
    ringing = await camille.rings()
    await camille.phone.answer(ringing.key)
    await camille.talks()
    await until(lambda: not julie.phone.snapshot.calls, "the end of the other ring")
    assert camille.phone.pid is not None
    os.kill(camille.phone.pid, signal.SIGKILL)
    # The switch waits ten seconds for its sound; then the others are rung again.
    await until(lambda: julie.phone.snapshot.calls, "the next ring", 20)
    again = await julie.rings()
    await julie.phone.answer(again.key)
    await julie.reaches(again.key, CallState.TALKING)
    assert not [said for said in sophie.said if said.get("state") == "ended"]
    # An agent who hangs up ends the call, as ever.
    await julie.phone.hang_up(again.key)
    await sophie.says(state="ended")
    await Provisioning(hub.ari).set_fallback([])


async def test_without_a_hub_emergency_numbers_go_out_and_no_others(
    hub: Hub, desk: MakeDesk, customer: MakeCustomer
) -> None:
    camille = await desk("camille")
    await Provisioning(hub.ari).set_emergency_trunk("demo")
    await hub_away(hub)
    outside = await customer(reachable=True)
    key = await camille.phone.dial("112")
    await outside.says(state="incoming")
    outside.do("answer")
    await camille.reaches(key, CallState.TALKING)
    await camille.phone.hang_up(key)
    await camille.reaches(key, CallState.ENDED)
    other = await camille.phone.dial("0380123450")
    refused = await camille.reaches(other, CallState.ENDED)
    assert refused.end is not None
    assert refused.end.code // 100 in {4, 5}


async def test_a_trunk_registers_with_its_provider_and_carries_calls(
    hub: Hub, other: AsteriskInstance, customer: MakeCustomer
) -> None:
    """The provider is another switch: we register there as one of its customers."""
    provider = Hub(await other.start())
    await provider.open()
    password = new_password()
    await Provisioning(provider.ari).push_agent(AgentEndpoint("line-1", password))
    ours = Provisioning(hub.ari)
    trunk = Trunk("acme", "127.0.0.1", provider.address.sip_port, user="line-1", password=password, registers=True)
    await ours.push_trunk(trunk)
    for _ in range(500):
        if await provider.ari.is_online("line-1"):
            break
        await asyncio.sleep(0.01)
    assert await provider.ari.is_online("line-1")
    assert any(isinstance(e, EndpointChanged) and e.endpoint == "line-1" for e in provider.events)

    await hub.ari.call("PJSIP/+33380999999@acme", leg_id="out", caller="<+33380123450>", arguments=("ours", "out"))
    arrived = await provider.leg("agent")
    assert arrived.arguments[1] == "+33380999999"
    await provider.ari.answer(arrived.leg.id)
    await hub.leg("ours", "out")
    await hub.ari.hang_up("out")
    assert await ours.remove_trunk("acme")
    await provider.close()


async def test_the_torture_messages_leave_the_switch_standing(hub: Hub, instance: AsteriskInstance) -> None:
    process_id = instance.pid
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        asyncio.DatagramProtocol, remote_addr=(hub.address.sip_host, hub.address.sip_port)
    )
    for message in torture_messages().values():
        transport.sendto(message)
        await asyncio.sleep(0.01)
    transport.close()
    assert await hub.ari.is_up()
    assert instance.pid == process_id
    for leg in await hub.ari.legs():
        await hub.ari.hang_up(leg.id)
    for _ in range(100):
        if not await hub.ari.legs():
            break
        await asyncio.sleep(0.02)
    assert await hub.ari.legs() == ()


async def test_a_removed_agent_calls_nobody(asterisk: Path, folder: Path) -> None:
    """Without the demo trunk, which lets everybody on this machine in."""
    await asyncio.to_thread(folder.chmod, 0o755)
    settings = SwitchSettings(demo=False)
    strict = AsteriskInstance(folder / "strict", asterisk, user=ordinary_user(), settings=settings)
    hub = Hub(await strict.start())
    await hub.open()
    async with desk_of(hub, folder, "camille") as camille:
        first = await camille.phone.dial("0380123450")
        leg = await hub.leg("agent")
        await hub.ari.hang_up(leg.leg.id)
        await camille.reaches(first, CallState.ENDED)
        await Provisioning(hub.ari).remove_agent("camille")
        key = await camille.phone.dial("0380123450")
        ended = await camille.reaches(key, CallState.ENDED)
        assert ended.end is not None
        assert ended.end.code in {401, 403, 404}
        assert not hub.started
    await hub.close()
    await strict.stop()
