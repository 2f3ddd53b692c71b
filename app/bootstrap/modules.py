"""Modules read beside a window that goes on: in a thread, and in one thread at a time.

Threads that come into one package from several ends (`sqlalchemy.dialects.postgresql` and its `asyncpg`) may wait for
each other; Python then lets one of them go on with a module of which half is there, and a sign-in failed by it.
"""

import asyncio
import importlib
import threading
from types import ModuleType

_ONE_AT_A_TIME = threading.Lock()


def read_module(name: str) -> ModuleType:
    """Import in this thread, when no other does."""
    with _ONE_AT_A_TIME:
        return importlib.import_module(name)


async def module(name: str) -> ModuleType:
    """Import in a thread; what it gives is there as a whole."""
    return await asyncio.to_thread(read_module, name)
