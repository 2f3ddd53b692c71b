"""A provider of SMS for tests, and a real Asterisk."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import asterisk_engine
from app.chat.provider_double import ProviderDouble
from app.settings.service_user import service_user
from app.switch.instance import AsteriskInstance
from debian_sid import EngineError
from tests.chat.counter import SECRET, Texting
from tests.chat.visitor import ChatWorld
from tests.helpers.organisation import Vallon


@pytest.fixture
async def texting(vallon: Vallon) -> AsyncIterator[Texting]:
    provider = ProviderDouble(SECRET, becomes=lambda to: "undelivered" if to.endswith("00") else "delivered")
    await provider.open()
    made = Texting(vallon, provider)
    yield made
    await made.close()
    await provider.close()


@pytest.fixture
async def chatting(vallon: Vallon, unused_tcp_port: int) -> AsyncIterator[ChatWorld]:
    world = ChatWorld(vallon, port=unused_tcp_port)
    await world.shape()
    yield world
    await world.close()


@pytest.fixture(scope="session")
def asterisk() -> Path:
    try:
        return asterisk_engine.ensure(lambda sentence: None)
    except EngineError as error:
        pytest.skip(f"no Asterisk on this machine: {error}")


@pytest.fixture(scope="session")
def instance(asterisk: Path) -> Iterator[AsteriskInstance]:
    """A switch for the whole run, as an ordinary user."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-texts-"))
    folder.chmod(0o755)
    running = AsteriskInstance(folder / "switch", asterisk, user=service_user().name)
    yield running
    asyncio.run(running.stop())
    shutil.rmtree(folder)
