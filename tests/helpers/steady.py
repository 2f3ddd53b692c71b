"""Asking a database that is being killed meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from app.domain.refusals import Refused

GONE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What asyncpg says of a database that is away, or that dies in the middle of an answer."""
T = TypeVar("T")


async def steady(act: Callable[[], Awaitable[T]]) -> T:
    """Do it, again while the database comes back."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await act()
            except (Refused, *GONE):
                await asyncio.sleep(0.1)
