"""A provider of SMS for tests."""

from collections.abc import AsyncIterator

import pytest

from app.chat.provider_double import ProviderDouble
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
