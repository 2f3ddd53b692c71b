"""What `switch.toml` says: phones on other machines speak TLS and SRTP; an Asterisk that exists is used as it is."""

import asyncio
import contextlib
import ipaddress
import socket
import struct
import subprocess
from pathlib import Path

import pytest

from app.domain.phone import SipTransport
from app.settings.service_user import service_user
from app.switch.engine import AsteriskEngine
from app.switch.instance import AsteriskInstance
from tests.helpers.folders import service_folder
from tests.voice.conftest import ordinary_user
from tests.voice.machine import Machine
from tests.voice.parties import until
from tests.voice.scenes import scene_of

_BINDING = 0x0001


def say(machine: Machine, text: str) -> None:
    """Write the profile's switch.toml."""
    machine.paths.config.mkdir(parents=True, exist_ok=True)
    service_user().write_private(machine.paths.config / "switch.toml", text)


@pytest.fixture
def here() -> str:
    """This machine's address on its own network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("This machine has no network but itself, which is no candidate (RFC 8445, section 5.1.1.1).")
        return str(probe.getsockname()[0])


def reached_at(host: str, stun: int) -> str:
    """What switch.toml says of phones elsewhere, with a STUN server on the same host."""
    return f'[phones]\nhost = "{host}"\nport = {free_port()}\nlisten = "{host}"\nstun = ["{host}:{stun}"]\n'


def free_port() -> int:
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Console:
    """Asterisk's own."""

    def __init__(self, prefix: Path, switch: AsteriskInstance) -> None:
        self._command = [*AsteriskEngine.at(prefix).command, "-C", str(switch.folders.etc / "asterisk.conf"), "-rx"]

    async def say(self, line: str) -> str:
        """What it answers to a line."""
        process = await asyncio.create_subprocess_exec(*self._command, line, stdout=subprocess.PIPE)
        return (await process.communicate())[0].decode(errors="replace")

    async def offer_and_answer(self) -> list[str]:
        """The last INVITE to a phone over TLS, and what the phone has answered."""
        lines = [line.split() for line in (await self.say("pjsip show history")).splitlines()]
        sent = [line for line in lines if "INVITE" in line and "==>" in line and "transport=TLS" in " ".join(line)][-1]
        heard = [line for line in lines if line[3:7] == ["<==", sent[4], "SIP/2.0", "200"]][-1]
        return [await self.say(f"pjsip show history entry {line[0]}") for line in (sent, heard)]


async def test_phones_elsewhere_register_over_tls_with_an_authority_that_nobody_had_to_make(
    asterisk: Path, folder: Path
) -> None:
    with service_folder() as home:
        machine = Machine(home, asterisk, "elsewhere")
        port = free_port()
        say(machine, f'[phones]\nhost = "127.0.0.1"\nport = {port}\nlisten = "127.0.0.1"\n')
        try:
            await asyncio.to_thread(machine.start)
            async with scene_of(machine, folder, "talking") as scene:
                credentials = await scene.camille.calls.my_sip_credentials()
                assert credentials is not None
                assert (credentials.transport, credentials.port) == (SipTransport.TLS, port)
                assert "BEGIN CERTIFICATE" in credentials.authority
                await scene.talks_with(scene.camille)
        finally:
            await asyncio.to_thread(machine.stop)


class StunServer(asyncio.DatagramProtocol):
    """Tells whoever asks which address he comes from (RFC 8489, Binding)."""

    def __init__(self) -> None:
        self.asked = 0

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        kind, _, cookie = struct.unpack_from("!HHI", data)
        if kind != _BINDING:
            return
        self.asked += 1
        seen = int(ipaddress.ip_address(address[0])) ^ cookie
        mapped = struct.pack("!HHBBHI", 0x0020, 8, 0, 1, address[1] ^ (cookie >> 16), seen)
        self._transport.sendto(struct.pack("!HH", _BINDING | 0x0100, len(mapped)) + data[4:20] + mapped, address)


async def test_a_phone_behind_another_router_asks_for_its_address_and_both_ends_try_the_ways(
    asterisk: Path, folder: Path, here: str
) -> None:
    server, stun = await asyncio.get_running_loop().create_datagram_endpoint(StunServer, (here, 0))
    with service_folder() as home:
        machine = Machine(home, asterisk, "behind")
        say(machine, reached_at(here, stun=server.get_extra_info("sockname")[1]))
        try:
            await asyncio.to_thread(machine.start)
            console = Console(asterisk, machine.switch)
            await until((machine.switch.folders.run / "asterisk.ctl").exists, "the switch's console", 20)
            await console.say("core waitfullybooted")
            await console.say("module load res_pjsip_history.so")
            await console.say("pjsip set history on")
            async with scene_of(machine, folder, "talking") as scene:
                # The ways are tried while the call is answered: a moment later than elsewhere, both hear each other.
                await asyncio.sleep(1)
                await scene.talks_with(scene.camille)
                spoken = await console.offer_and_answer()
        finally:
            server.close()
            await asyncio.to_thread(machine.stop)
    assert stun.asked > 0
    for description in spoken:
        assert "RTP/SAVP" in description
        assert "a=ice-ufrag:" in description
        assert "a=candidate:" in description


async def a_call_is_talked_to(asterisk: Path, folder: Path, settings: str) -> None:
    """On a machine of its own with this switch.toml; sound goes both ways."""
    with service_folder() as home:
        machine = Machine(home, asterisk, "alone")
        say(machine, settings)
        try:
            await asyncio.to_thread(machine.start)
            async with scene_of(machine, folder, "talking") as scene:
                await scene.talks_with(scene.camille)
        finally:
            await asyncio.to_thread(machine.stop)


async def test_a_stun_server_that_says_nothing_keeps_no_call_away(asterisk: Path, folder: Path, here: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind((here, 0))
        await a_call_is_talked_to(asterisk, folder, reached_at(here, stun=silent.getsockname()[1]))


async def test_on_one_machine_a_stun_server_changes_nothing(asterisk: Path, folder: Path) -> None:
    await a_call_is_talked_to(asterisk, folder, reached_at("127.0.0.1", stun=free_port()))


async def test_an_existing_asterisk_serves_and_is_neither_started_nor_stopped(asterisk: Path, folder: Path) -> None:
    with service_folder() as home, service_folder() as theirs:
        existing = AsteriskInstance(theirs / "asterisk", asterisk, user=ordinary_user())
        address = await existing.start()
        machine = Machine(home, asterisk, "existing")
        machine.switch, own = existing, machine.switch
        ari = f'url = "{address.ari.url}"\nuser = "{address.ari.user}"\npassword = "{address.ari.password}"\n'
        say(machine, f'[existing]\n{ari}sip_host = "{address.sip_host}"\nsip_port = {address.sip_port}\n')
        try:
            await asyncio.to_thread(machine.start)
            async with scene_of(machine, folder, "talking") as scene:
                await scene.talks_with(scene.camille)
            assert machine.hub is not None
            machine.hub.terminate()
            await asyncio.to_thread(machine.hub.wait, 20)
            assert existing.is_alive
            assert not own.is_alive
        finally:
            await asyncio.to_thread(machine.stop)
