"""Mail servers for tests."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from tests.helpers.organisation import Vallon
from tests.mail.dovecot import Dovecot, running_dovecot
from tests.mail.exchange_worlds import EwsWorld, GraphWorld
from tests.mail.office import Office
from tests.mail.worlds import FakeWorld, RealWorld, Receiver, World


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


@pytest.fixture
async def office(vallon: Vallon, dovecot: Dovecot) -> AsyncIterator[Office]:
    receiver = Receiver()
    await receiver.start()
    made = Office(vallon, dovecot, receiver)
    yield made
    await made.database.close()
    await receiver.stop()
