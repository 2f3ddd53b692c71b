"""Acts that are tried again when two transactions waited for each other: one of them was given up whole."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
DEADLOCK = "40P01"
TRIES, PAUSE_S = 5, 0.02


async def again(act: Callable[[], Awaitable[T]]) -> T:
    """What the act gives; it must do the same however often it is begun."""
    for attempt in range(1, TRIES + 1):
        try:
            return await act()
        except DBAPIError as error:
            cause = error.orig.__cause__ if error.orig is not None else None
            if getattr(cause, "sqlstate", "") != DEADLOCK or attempt == TRIES:
                raise
        await asyncio.sleep(PAUSE_S * 2**attempt * random.random())  # noqa: S311 - spreads, hides nothing
    raise AssertionError
