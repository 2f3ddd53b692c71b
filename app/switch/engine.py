"""Where an Asterisk program is and how to start it, installed or unpacked into a cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

UNPACKED_MARK = "guichet-engine.json"
"""The file that `build/asterisk_engine.py` leaves in a prefix that it unpacked."""


class SwitchError(Exception):
    """The private switch cannot be run; the sentence says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class AsteriskEngine:
    """An Asterisk program with its modules and its prompts."""

    command: tuple[str, ...]
    """What comes before Asterisk's own arguments."""
    modules: Path
    data: Path
    music: Path

    @staticmethod
    def at(prefix: Path) -> AsteriskEngine:
        """The engine under `prefix`: an installed one (`/usr`, `/usr/local`), or one run by its own loader.

        Raises `SwitchError` when there is none.
        """
        program = _first(prefix, "usr/sbin/asterisk", "sbin/asterisk")
        modules = _first(prefix, *(f"{lib}/asterisk/modules" for lib in ("usr/lib/*", "lib/*", "lib", "lib64")))
        data = _first(prefix, "usr/share/asterisk", "share/asterisk", "var/lib/asterisk", "../var/lib/asterisk")
        command = [str(program)]
        if (prefix / UNPACKED_MARK).exists():
            loader = _first(prefix, "usr/lib/*/ld-linux-*.so.*")
            command = [str(loader), "--inhibit-cache", "--library-path", str(loader.parent), *command]
        return AsteriskEngine(tuple(command), modules, data, data / "moh")


def _first(prefix: Path, *patterns: str) -> Path:
    for pattern in patterns:
        for found in sorted(prefix.glob(pattern)):
            return found
    raise SwitchError(f"There is no Asterisk under {prefix}: {patterns[0]} is missing.")
