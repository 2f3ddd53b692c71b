"""A database made ready and kept at this version: roles, schema, migrations, the hub's sign-in."""

from dataclasses import replace
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.domain.scram import verifier
from app.store.engine import Access, connect, open_engine
from app.store.versions import OLDEST_DESK, VERSION

HERE = Path(__file__).parent
HUB_ROLE = "guichet_hub_service"


async def initialise(admin: Access, hub_password: str) -> None:
    """Prepare `admin.database` (made when missing) as a superuser; harmless the second time."""
    await prepare_server(admin, hub_password)
    server = await connect(replace(admin, database="postgres"))
    try:
        if not await server.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", admin.database):
            await server.execute(f"CREATE DATABASE {_quoted(admin.database)} TEMPLATE template0")
    finally:
        await server.close()
    await prepare_database(admin)
    await upgrade(admin)


async def prepare_server(admin: Access, hub_password: str) -> None:
    """The roles that every database of ours needs, and the hub's sign-in."""
    server = await connect(replace(admin, database="postgres"))
    try:
        await server.execute((HERE / "schema/roles.sql").read_text("utf-8"))
        for closed in ("postgres", "template1"):
            await server.execute(f"REVOKE CONNECT ON DATABASE {closed} FROM PUBLIC")
        await _make_hub_role(server, hub_password)
    finally:
        await server.close()


async def prepare_database(admin: Access) -> None:
    """Who may connect to one database, and what nobody may do there."""
    database = await connect(admin)
    try:
        script = (HERE / "schema/database.sql").read_text("utf-8")
        await database.execute(script.replace(":database", _quoted(admin.database)))
    finally:
        await database.close()


async def upgrade(admin: Access) -> None:
    """Bring the schema to this version, as its owner; each migration is one transaction."""
    engine = open_engine(admin, connections=1, application="guichet upgrade")
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SET LOCAL ROLE guichet_owner"))
            await connection.run_sync(_run_migrations)
            await connection.execute(
                text("UPDATE guichet.schema_info SET version = :version, oldest_desk = :oldest"),
                {"version": VERSION, "oldest": OLDEST_DESK},
            )
    finally:
        await engine.dispose()


async def is_current(admin: Access) -> bool:
    """Whether the schema stands at the newest migration that this program knows."""
    engine = open_engine(admin, connections=1)
    try:
        async with engine.connect() as connection:
            at = await connection.run_sync(
                lambda sync: MigrationContext.configure(
                    sync, opts={"version_table_schema": "guichet"}
                ).get_current_revision()
            )
        return at == ScriptDirectory.from_config(_alembic()).get_current_head()
    finally:
        await engine.dispose()


async def state(admin: Access) -> str:
    """What stands in a database: "none", "empty", "older", "current" or, with nobody in it, "unused"."""
    try:
        connection = await connect(admin)
    except asyncpg.InvalidCatalogNameError:
        return "none"
    try:
        if await connection.fetchval("SELECT to_regclass('guichet.organisations')") is None:
            return "empty"
        used = await connection.fetchval("SELECT EXISTS (SELECT FROM guichet.organisations)")
    finally:
        await connection.close()
    if not await is_current(admin):
        return "older"
    return "current" if used else "unused"


async def hub_was_there(admin: Access) -> float | None:
    """Seconds since a hub held the telephony's lease last; None when none ever did."""
    connection = await connect(admin)
    try:
        asked = "SELECT extract(epoch FROM now() - max(until_at))::float FROM guichet.hub_leases"
        seconds: float | None = await connection.fetchval(asked)
        return seconds
    finally:
        await connection.close()


def _alembic(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["connection"] = connection
    return config


def _run_migrations(connection: Connection) -> None:
    command.upgrade(_alembic(connection), "head")


async def _make_hub_role(server: asyncpg.Connection, password: str) -> None:
    # CREATE and ALTER ROLE take no parameters; a verifier has no character that needs quoting.
    quoted = verifier(password)
    verb = "ALTER" if await server.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", HUB_ROLE) else "CREATE"
    await server.execute(f"{verb} ROLE {HUB_ROLE} LOGIN PASSWORD '{quoted}'")
    await server.execute(f"GRANT guichet_hub TO {HUB_ROLE}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
