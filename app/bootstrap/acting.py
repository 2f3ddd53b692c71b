"""An administrator of the server who works in an agent's place, under that agent's permissions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from app.bootstrap.profile import administrator_url
from app.services.exports import Exports
from app.services.imports import Imports
from app.settings.errors import MendableError
from app.store.engine import access_of, connect, open_engine
from app.store.organisation import PostgresOrganisation
from app.store.session import Database
from app.store.tables import PostgresTables


@asynccontextmanager
async def tables_of(profile: str, agent: str) -> AsyncIterator[tuple[Imports, Exports]]:
    """Imports and exports as `agent`, or as the organisation's first administrator when none is named."""
    admin = access_of(administrator_url(profile))
    connection = await connect(admin)
    try:
        name = await connection.fetchval(
            "SELECT role_name FROM agents WHERE active AND (role_name = $1 OR ($1 = '' AND role = 'administrator')) "
            "ORDER BY created_at LIMIT 1",
            agent.strip().lower(),
        )
    finally:
        await connection.close()
    if name is None:
        raise MendableError(f"There is no agent {agent!r} who could do this: name one with --as.")
    database = Database(open_engine(replace(admin, acts_as=name), application="guichet tables"))
    try:
        directory = await PostgresOrganisation(database).directory()
        store = PostgresTables(database)
        yield Imports(store, directory), Exports(store, directory)
    finally:
        await database.close()
