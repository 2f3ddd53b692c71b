"""Folders that tests hand to services."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def service_folder() -> Iterator[Path]:
    """Make a short folder that the service user may pass through (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
