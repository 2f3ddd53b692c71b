"""One process at a time, across users and crashes."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.settings.errors import MendableError


@contextmanager
def file_lock(path: Path, what: str, within_s: float = 60) -> Iterator[None]:
    """Hold the lock on `path`, which its holder's death frees; MendableError after `within_s` seconds."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        deadline = time.monotonic() + within_s
        while not _taken(descriptor):
            if time.monotonic() > deadline:
                raise MendableError(
                    f"Another process has been busy with {what} for {within_s:.0f} s: end it and try again."
                )
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
