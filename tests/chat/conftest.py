"""A provider of SMS for tests."""

from collections.abc import AsyncIterator

import pytest

from app.chat.provider_double import ProviderDouble
from tests.chat.counter import SECRET, Texting
from tests.helpers.organisation import Vallon


@pytest.fixture
async def texting(vallon: Vallon) -> AsyncIterator[Texting]:
    provider = ProviderDouble(SECRET, becomes=lambda to: "undelivered" if to.endswith("00") else "delivered")
    await provider.open()
    made = Texting(vallon, provider)
    yield made
    await made.close()
    await provider.close()
