"""Where a profile keeps its data, its sockets, its cache and its logs."""

import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from app.settings.errors import MendableError

NAME = "guichet"
# Unix sockets and Asterisk's run directory end at 107 bytes; this leaves room for the file's own name.
LONGEST_RUN = 72


@dataclass(frozen=True)
class Paths:
    """The folders of one profile; none is made before somebody writes into it."""

    profile: str
    config: Path
    data: Path
    run: Path
    cache: Path  # shared by all profiles: only what can be made again
    log: Path


def profile_paths(profile: str = "default", environ: Mapping[str, str] | None = None) -> Paths:
    """Tell the folders of `profile`: XDG's for a person, the system's for root, GUICHET_HOME's for tests.

    Root gets the system's folders because what it starts runs as the system user `guichet`.
    Raises MendableError for a name that cannot be a folder's.
    """
    environ = os.environ if environ is None else environ
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", profile):
        raise MendableError(f"The profile name {profile!r} cannot be used: take letters, digits, dots and dashes.")
    if home := environ.get("GUICHET_HOME"):
        return _below(Path(home).absolute(), profile)
    if is_root():
        return Paths(
            profile,
            config=Path("/etc", NAME),
            data=Path("/var/lib", NAME, profile),
            run=_short(Path("/run", NAME, profile)) if os.access("/run", os.W_OK) else _temporary(profile),
            cache=Path("/var/cache", NAME),
            log=Path("/var/log", NAME, profile),
        )
    user = platformdirs.PlatformDirs(NAME, appauthor=False)
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    usable = bool(runtime) and os.access(runtime, os.W_OK)
    return Paths(
        profile,
        config=user.user_config_path,
        data=user.user_data_path / profile,
        run=_short(Path(runtime, NAME, profile)) if usable else _temporary(profile),
        cache=user.user_cache_path,
        log=user.user_log_path / profile,
    )


def is_root() -> bool:
    """Tell whether services must be handed to the system user instead of running as ourselves."""
    return sys.platform != "win32" and os.geteuid() == 0


def _below(home: Path, profile: str) -> Paths:
    return Paths(
        profile,
        config=home / "config",
        data=home / "data" / profile,
        run=_short(home / "run" / profile),
        cache=home / "cache",
        log=home / "log" / profile,
    )


def _short(run: Path) -> Path:
    if len(os.fsencode(run)) <= LONGEST_RUN:
        return run
    return _temporary(hashlib.sha256(os.fsencode(run)).hexdigest()[:12])


def _temporary(name: str) -> Path:
    owner = os.getuid() if sys.platform != "win32" else "user"
    return Path(tempfile.gettempdir(), f"{NAME}-{owner}", name)
