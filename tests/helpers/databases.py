"""A real PostgreSQL for the store's tests: one private server a run, one database a test, copied from a template."""

import asyncio
import contextlib
import itertools
import os
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.settings.paths import profile_paths
from app.store.engine import Access, access_of, connect
from app.store.private_server import PrivateServer
from tests.helpers.folders import service_folder
from tests.helpers.organisation import Vallon, make_vallon

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[PrivateServer]:
    with service_folder() as folder:
        private = PrivateServer(folder / "data", folder / "run", profile_paths().cache)
        private.start()
        yield private
        private.stop()


@pytest.fixture(scope="session")
def template(server: PrivateServer) -> Vallon:
    """The demo-like organisation, made once; its sign-ins serve every copy."""
    return asyncio.run(make_vallon(access_of(server.address().url("guichet_template"))))


@pytest.fixture
async def vallon(template: Vallon) -> AsyncIterator[Vallon]:
    """An organisation of one's own: a copy of the template, dropped after the test."""
    name = f"guichet_test_{next(_numbers)}"
    admin = replace(template.admin, database="postgres")
    # A copy has no rights of its template: the same two lines as in schema/database.sql.
    await _execute(
        admin,
        f"CREATE DATABASE {name} TEMPLATE guichet_template STRATEGY file_copy",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO guichet_agent, guichet_hub",
        f"ALTER DATABASE {name} SET search_path = guichet, pg_catalog",
    )
    copy = replace(template, admin=replace(template.admin, database=name))
    yield copy
    await copy.close()
    await _execute(admin, f"DROP DATABASE {name} WITH (FORCE)")


def kill_server(server: PrivateServer) -> None:
    """All of PostgreSQL's processes at once, with -9."""
    postmaster = int((server.cluster / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in (postmaster, *map(int, children)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


async def _execute(admin: Access, *statements: str) -> None:
    # A connection for each turn: a test may have killed the server meanwhile.
    server = await connect(admin)
    try:
        for statement in statements:
            await server.execute(statement)
    finally:
        await server.close()
