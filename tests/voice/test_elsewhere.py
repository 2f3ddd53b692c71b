"""What `switch.toml` says: phones on other machines speak TLS and SRTP; an Asterisk that exists is used as it is."""

import asyncio
import contextlib
import socket
from pathlib import Path

from app.domain.phone import SipTransport
from app.settings.service_user import service_user
from app.switch.instance import AsteriskInstance
from tests.helpers.folders import service_folder
from tests.voice.conftest import ordinary_user
from tests.voice.machine import Machine
from tests.voice.scenes import scene_of


def say(machine: Machine, text: str) -> None:
    """Write the profile's switch.toml."""
    machine.paths.config.mkdir(parents=True, exist_ok=True)
    service_user().write_private(machine.paths.config / "switch.toml", text)


def free_port() -> int:
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


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
