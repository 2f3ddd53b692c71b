"""The phone outlives its desk, keeps strangers out, and ends when nobody needs it."""

import asyncio
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.phone import CallState, PhoneRefusedError, Refusal, SipCredentials
from app.domain.phone_events import PhoneAttached, PhoneLost
from app.phone.client import PhoneProcess
from app.phone.messages import VERSION, Hello, Refused, Request, Unregister, read_from_phone, write_line
from app.switch.provisioning import AgentEndpoint, Provisioning, new_password
from tests.voice.conftest import MakeDesk, ordinary_user
from tests.voice.parties import Desk, Hub, until
from tests.voice.sound_server import wait_until_gone

# A desk in a process of its own, to be killed: it starts the phone, registers, answers and says so.
DESK = """
import asyncio, sys
from pathlib import Path
from app.domain.phone import PhoneOptions, SipCredentials
from app.domain.phone_events import CallArrived
from app.phone.client import PhoneProcess

async def main(folder, user, password, host, port):
    phone = PhoneProcess(Path(folder), idle_s=5)
    await phone.attach()
    await phone.set_options(PhoneOptions(echo_cancellation=False, ring=False, auto_answer_s=0.0))
    await phone.register(SipCredentials(user, password, host, int(port)))
    print(phone.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_call_goes_on_when_its_desk_is_killed_and_a_new_desk_takes_it_back(hub: Hub, folder: Path) -> None:
    password = new_password()
    await Provisioning(hub.ari).push_agent(AgentEndpoint("camille", password))
    arguments = (str(folder), "camille", password, hub.address.sip_host, str(hub.address.sip_port))
    desk = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DESK, *arguments, stdout=asyncio.subprocess.PIPE, cwd=Path.cwd()
    )
    assert desk.stdout is not None
    phone_id = int(await asyncio.wait_for(desk.stdout.readline(), 15))
    for _ in range(400):
        if await hub.ari.is_online("camille"):
            break
        await asyncio.sleep(0.02)
    await hub.ari.call("PJSIP/camille", leg_id="kept", arguments=("ours", "kept"))
    await hub.leg("ours", "kept")
    assert await hub.ari.leave_to_dialplan("kept", "guichet-agent", "echo"), "the other side echoes"
    await asyncio.sleep(0.5)

    desk.send_signal(signal.SIGKILL)
    await desk.wait()
    before = await hub.ari.rtp_statistics("kept")
    await asyncio.sleep(2)
    after = await hub.ari.rtp_statistics("kept")
    assert before is not None
    assert after is not None
    assert after.received - before.received >= 98, "the dead desk's phone goes on sending"
    assert after.sent - before.sent >= 98

    phone = PhoneProcess(folder, idle_s=5)
    started = asyncio.get_running_loop().time()
    snapshot = await phone.attach()
    assert asyncio.get_running_loop().time() - started < 0.1, "attached, not started anew"
    assert phone.pid == phone_id
    (call,) = snapshot.calls
    assert call.state is CallState.TALKING
    await phone.hang_up(call.key)
    await until(lambda: not phone.snapshot.calls, "the end of the call")
    await phone.shut_down()
    assert await asyncio.to_thread(wait_until_gone, phone_id, 5)
    await Provisioning(hub.ari).remove_agent("camille")


async def test_only_who_knows_the_token_comes_in(folder: Path) -> None:
    phone = PhoneProcess(folder, idle_s=5)
    await phone.attach()
    address = folder / "phone.json"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (address, folder)] == [0o600, 0o700]
    known = json.loads(address.read_text())

    async def knock(line: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", known["port"])
        writer.write(line)
        try:
            return await asyncio.wait_for(reader.readline(), 6)
        finally:
            writer.close()
            await writer.wait_closed()

    assert read_from_phone(await knock(write_line(Hello(VERSION, "guessed")))) == Refused("The token is wrong.")
    newer = read_from_phone(await knock(write_line(Hello(VERSION + 1, known["token"]))))
    assert isinstance(newer, Refused)
    assert f"version {VERSION}" in newer.sentence
    assert not await knock(b"GET / HTTP/1.0\r\n")
    assert isinstance(read_from_phone(await knock(write_line(Request(1, Unregister())))), Refused)
    assert phone.pid is not None
    os.kill(phone.pid, 0)
    await phone.shut_down()


async def test_the_phone_ends_when_neither_desk_nor_call_is_left(folder: Path) -> None:
    phone = PhoneProcess(folder, idle_s=0.5)
    await phone.attach()
    process_id = phone.pid
    assert process_id is not None
    await asyncio.sleep(1.5)
    os.kill(process_id, 0)
    await phone.detach()
    assert await asyncio.to_thread(wait_until_gone, process_id, 6)
    assert not (folder / "phone.json").exists()


async def test_a_killed_phone_is_told_and_started_again(hub: Hub, desk: MakeDesk) -> None:
    camille = await desk("camille")
    first = camille.phone.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await camille.hears_of(PhoneLost)
    with pytest.raises(PhoneRefusedError) as refused:
        await camille.phone.dial("112")
    assert refused.value.refusal is Refusal.NO_PHONE
    await camille.phone.attach()
    assert camille.phone.pid != first
    assert len(camille.told(PhoneAttached)) == 2


async def test_two_desks_see_the_same_and_missed_notices_come_again(hub: Hub, desk: MakeDesk, folder: Path) -> None:
    camille = await desk("camille")
    beside = Desk("camille", PhoneProcess(folder / "camille"))
    await beside.phone.attach()
    await hub.ring(camille)
    ringing = await camille.rings()
    assert (await beside.rings()).key == ringing.key

    await beside.phone.detach()
    beside.events.clear()
    await camille.phone.hang_up(ringing.key)
    await camille.reaches(ringing.key, CallState.ENDED)
    await beside.phone.attach()
    ended = await beside.reaches(ringing.key, CallState.ENDED)
    assert ended.end == (await camille.reaches(ringing.key, CallState.ENDED)).end
    assert not beside.phone.snapshot.calls
    await beside.phone.detach()


async def test_the_log_holds_no_password(hub: Hub, desk: MakeDesk, folder: Path) -> None:
    camille = await desk("camille")
    secret = "a-very-secret-word"
    await camille.phone.register(SipCredentials("camille", secret, hub.address.sip_host, hub.address.sip_port))
    await asyncio.sleep(0.3)
    for file in (folder / "camille").iterdir():
        assert secret not in file.read_text(errors="replace"), file.name


def test_a_broken_installation_is_told_in_a_sentence(folder: Path) -> None:
    broken = folder / "python"
    broken.write_text("#!/bin/sh\necho there is no pjsua2 here >&2\nexit 3\n")
    broken.chmod(0o755)

    async def attach() -> None:
        phone = PhoneProcess(folder / "phone", python=str(broken))
        with pytest.raises(PhoneRefusedError, match="there is no pjsua2 here"):
            await phone.attach()

    asyncio.run(attach())


def test_nothing_is_printed_but_to_its_log(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.phone", "--help"], capture_output=True, text=True, check=True, timeout=20
    )
    assert "--folder" in done.stdout


def ordinary_python(user: str) -> list[str]:
    """A Python of our version that an ordinary user may run, with what ours has installed."""
    paths = [str(Path.cwd()), *(path for path in sys.path if path.endswith("site-packages"))]
    for python in (sys.executable, *filter(None, [shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin")])):
        command = ["env", f"PYTHONPATH={os.pathsep.join(paths)}", python]
        try:
            subprocess.run(
                [*command, "-c", "import pjsua2"], user=user, extra_groups=[], cwd="/", check=True, capture_output=True
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return command
    pytest.skip(f"no Python here that the user {user} may run")


async def test_an_ordinary_user_runs_it_like_root_does(hub: Hub, folder: Path) -> None:
    user = ordinary_user()
    if user is None:
        pytest.skip("we are an ordinary user, so every other test shows it")
    python = ordinary_python(user)
    await asyncio.to_thread(shutil.chown, folder, user)
    process = await asyncio.create_subprocess_exec(
        *python, "-m", "app.phone", "--folder", str(folder), "--idle", "1",
        user=user, extra_groups=[], cwd="/", stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    phone = PhoneProcess(folder)
    await until_there(folder / "phone.json")
    await phone.attach()
    assert phone.pid == process.pid
    password = new_password()
    await Provisioning(hub.ari).push_agent(AgentEndpoint("camille", password))
    await phone.register(SipCredentials("camille", password, hub.address.sip_host, hub.address.sip_port))
    check = await phone.check_audio("echo", 1)
    assert check.passed, check.sentence
    await phone.shut_down()
    assert await asyncio.wait_for(process.wait(), 5) == 0
    await Provisioning(hub.ari).remove_agent("camille")


async def until_there(file: Path) -> None:
    for _ in range(500):
        if await asyncio.to_thread(file.exists):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{file} never came")
