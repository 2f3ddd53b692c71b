"""What `guichetctl doctor` says of a private server's database, from none to one that a hub serves."""

import asyncio
from dataclasses import replace

from app.cli.doctor_checks import Installation, Verdict, check_database
from app.settings.paths import profile_paths
from app.store import database
from app.store.engine import Access, access_of, connect
from app.store.private_server import PrivateServer
from tests.helpers.folders import service_folder
from tests.helpers.organisation import PASSWORD, make_vallon


def test_the_database_is_told_from_none_to_served() -> None:
    with service_folder() as folder:
        paths = replace(profile_paths("demo"), data=folder / "data", run=folder / "run")
        installation = Installation("demo", paths)
        assert "does not run" in check_database(installation).found
        server = PrivateServer(paths.data, paths.run, paths.cache)
        admin = access_of(server.start().url("guichet"))
        try:
            found = check_database(installation)
            assert (found.verdict, found.found) == (Verdict.NOTE, "not made yet")
            assert "database init --profile demo" in found.mend
            asyncio.run(database.initialise(admin, PASSWORD))
            assert "no organisation" in check_database(installation).found
            asyncio.run(make_vallon(admin))
            assert "no hub" in check_database(installation).found
            _do(admin, "INSERT INTO guichet.hub_leases VALUES ('telephony', gen_random_uuid(), 1, now() + '5 s')")
            served = check_database(installation)
            assert (served.verdict, served.found) == (Verdict.GOOD, "at this version, a hub serves it")
            _do(admin, "UPDATE guichet.alembic_version SET version_num = '0003'")
            older = check_database(installation)
            assert older.verdict is Verdict.WRONG
            assert "database upgrade" in older.mend
        finally:
            server.stop()


def _do(admin: Access, statement: str) -> None:
    async def run() -> None:
        connection = await connect(admin)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run())
