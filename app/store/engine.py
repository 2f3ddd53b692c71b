"""Connections: how a desk, a hub and the command line reach their database."""

from dataclasses import dataclass, field
from ssl import SSLContext, create_default_context
from urllib.parse import unquote, urlsplit

import asyncpg
from sqlalchemy import URL
from sqlalchemy.ext.asyncio.engine import AsyncEngine, create_async_engine

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Access:
    """Where a database is and who signs in; off loopback the server must prove who it is (verify-full TLS).

    `acts_as` names the agent in whose place an administrator works, under that agent's policies.
    """

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    acts_as: str = ""

    @property
    def tls(self) -> SSLContext | bool:
        return False if self.host in LOOPBACK else create_default_context()


def access_of(url: str) -> Access:
    """Read a database URL (postgresql://user:password@host:port/database)."""
    parts = urlsplit(url)
    return Access(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 5432,
        database=unquote(parts.path.lstrip("/")) or "guichet",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def open_engine(access: Access, *, connections: int = 2, application: str = "guichet") -> AsyncEngine:
    """An engine with a few connections (a desk needs two) whose statements see the guichet schema."""
    url = URL.create(
        "postgresql+asyncpg",
        username=access.user,
        password=access.password,
        host=access.host,
        port=access.port,
        database=access.database,
    )
    return create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=False,
        hide_parameters=True,  # errors are logged: what a customer wrote is not
        connect_args={
            "ssl": access.tls,
            "timeout": 10,
            "server_settings": _settings(access, application),
        },
    )


async def connect(access: Access, *, application: str = "guichet") -> asyncpg.Connection:
    """One bare connection: for LISTEN, COPY and the administrator's work."""
    return await asyncpg.connect(
        host=access.host,
        port=access.port,
        database=access.database,
        user=access.user,
        password=access.password,
        ssl=access.tls,
        timeout=10,
        server_settings=_settings(access, application),
    )


def _settings(access: Access, application: str) -> dict[str, str]:
    settings = {"application_name": application, "search_path": "guichet, pg_catalog"}
    return settings | ({"role": access.acts_as} if access.acts_as else {})
