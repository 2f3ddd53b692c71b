"""Mail servers for tests."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.helpers.organisation import Vallon
from tests.mail.dovecot import Dovecot, running_dovecot
from tests.mail.office import Office
from tests.mail.worlds import FakeWorld, RealWorld, Receiver, World


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as server:
        yield server


@pytest.fixture(params=["fake", "real"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """The servers that the contract holds for."""
    made: World = FakeWorld() if request.param == "fake" else RealWorld(request.getfixturevalue("dovecot"))
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
