"""A real Asterisk for the whole run, as an ordinary user; a hub, desks and customers for each test."""

import asyncio
import contextlib
import os
import pwd
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

import asterisk_engine
from app.switch.instance import AsteriskInstance, SwitchAddress
from debian_sid import EngineError
from tests.voice.parties import Customer, Desk, Hub, customer_of, desk_of
from tests.voice.sound_server import SoundServer

HERE = Path(__file__).parent
MakeDesk = Callable[..., Awaitable[Desk]]
MakeCustomer = Callable[..., Awaitable[Customer]]


def ordinary_user() -> str | None:
    """Who runs Asterisk when we are root."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("guichet").pw_name
    return "nobody"


@pytest.fixture(scope="session")
def asterisk() -> Path:
    try:
        return asterisk_engine.ensure(lambda sentence: None)
    except EngineError as error:
        pytest.skip(f"no Asterisk on this machine: {error}")


@pytest.fixture(scope="session", autouse=True)
def _phones() -> None:
    """Voice needs the phone engine; a stranger without it is told what to do."""
    pytest.importorskip("pjsua2", reason="pjsua2 is not installed: build/pjsua2_engine.py builds it")


@pytest.fixture(scope="session")
def instance(asterisk: Path) -> Iterator[AsteriskInstance]:
    folder = Path(tempfile.mkdtemp(prefix="guichet-voice-"))
    folder.chmod(0o755)
    running = AsteriskInstance(folder / "switch", asterisk, user=ordinary_user())
    yield running
    asyncio.run(running.stop())
    shutil.rmtree(folder)


@pytest.fixture
async def switch(instance: AsteriskInstance) -> SwitchAddress:
    return await instance.start()


@pytest.fixture
async def hub(switch: SwitchAddress) -> AsyncIterator[Hub]:
    made = Hub(switch)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder: socket names are limited."""
    made = Path(tempfile.mkdtemp(prefix="guichet-desk-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
async def desk(hub: Hub, folder: Path) -> AsyncIterator[MakeDesk]:
    async with contextlib.AsyncExitStack() as stack:

        async def make(name: str, **wishes: Any) -> Desk:
            return await stack.enter_async_context(desk_of(hub, folder, name, **wishes))

        yield make


@pytest.fixture
async def customer(switch: SwitchAddress) -> AsyncIterator[MakeCustomer]:
    async with contextlib.AsyncExitStack() as stack:

        async def make(number: str = "+33380221417", **wishes: Any) -> Customer:
            return await stack.enter_async_context(customer_of(switch, number, **wishes))

        yield make


@pytest.fixture
def sound_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    if not shutil.which("pulseaudio") or not shutil.which("parec"):
        pytest.skip("real sound needs pulseaudio, pulseaudio-utils and libasound2-plugins")
    server = SoundServer()
    server.start()
    monkeypatch.setenv("PULSE_SERVER", server.address)
    yield server
    server.close()


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Sound in real time on a machine that others load may come late: a test that failed is run once more, and said.

    One that fails twice has failed; tests without sound are not asked twice (pytest calls this for every test).
    """
    if HERE not in item.path.parents:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if any(report.failed for report in reports):
        told = next(report.longreprtext for report in reports if report.failed).splitlines()
        why = " ".join(line[1:].strip() for line in told if line.startswith("E "))[:2000]
        print(f"\n{item.nodeid} failed ({why}) and is run once more")
        item._initrequest()  # type: ignore[attr-defined]
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
