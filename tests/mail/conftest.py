"""Mail servers for tests."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from tests.mail.dovecot import Dovecot, running_dovecot
from tests.mail.exchange_worlds import EwsWorld, GraphWorld
from tests.mail.worlds import FakeWorld, RealWorld, World


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


@pytest.fixture(params=["fake", "real", "ews", "graph"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """The servers that the contract holds for."""
    makers: dict[str, Callable[[], World]] = {
        "fake": FakeWorld,
        "real": lambda: RealWorld(request.getfixturevalue("dovecot")),
        "ews": EwsWorld,
        "graph": lambda: GraphWorld(request.getfixturevalue("tmp_path")),
    }
    made = makers[request.param]()
    await made.start()
    yield made
    await made.stop()
