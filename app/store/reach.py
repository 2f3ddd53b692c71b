"""What a database server says of itself, for `doctor` and the sign-in."""

import asyncio
from dataclasses import dataclass

import asyncpg

from app.settings.errors import MendableError

OLDEST_MAJOR = 16


@dataclass(frozen=True)
class ServerFacts:
    """A server that let us in."""

    version: str
    major: int
    encrypted: bool


async def reach(url: str, within_s: float = 5) -> ServerFacts:
    """Sign in with a database URL and look around; MendableError says what is in the way."""
    try:
        connection = await asyncpg.connect(url, timeout=within_s)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise MendableError(_why(error)) from error
    try:
        encrypted = await connection.fetchval(
            "SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
        )
        version = await connection.fetchval("SHOW server_version")
        return ServerFacts(version.split()[0], connection.get_server_version().major, encrypted)
    finally:
        await connection.close()


def reach_now(url: str) -> ServerFacts:
    """Do the same from code that has no loop."""
    return asyncio.run(reach(url))


def _why(error: Exception) -> str:
    match error:
        case asyncpg.InvalidPasswordError() | asyncpg.InvalidAuthorizationSpecificationError():
            return "The server does not take this name and password: check both."
        case asyncpg.InvalidCatalogNameError():
            return "The server has no database of that name: make it with `guichetctl database init`."
        case asyncpg.TooManyConnectionsError():
            return "The server has no connection left: close some programs, or raise its max_connections."
        case asyncpg.CannotConnectNowError():
            return "The server is starting or stopping: try again in a moment."
        case TimeoutError():
            return "The server does not answer in time: check its address and the firewall between."
        case OSError():
            return f"The server cannot be reached: check that it runs and its address is right ({error})."
        case _:
            return f"The server refused the connection: {error}"
