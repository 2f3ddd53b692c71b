"""pip with progress in one line and its full output in a file."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class SetupError(Exception):
    """A step of the set-up failed; the text says why and what to do."""


def pip_install(python: Path, arguments: list[str], log: Path) -> str:
    """Run `pip install` with `arguments`; tells how many packages came. SetupError has the end of its output."""
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar=off",
    ]
    lines: list[str] = []
    packages = 0
    with (
        log.open("w", encoding="utf-8") as kept,
        subprocess.Popen(
            [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as pip,
    ):
        assert pip.stdout is not None
        for line in pip.stdout:
            kept.write(line)
            lines.append(line)
            if line.startswith(("Collecting ", "Obtaining ", "Processing ")):
                packages += 1
                _show(line.split()[1].partition("=")[0], packages)
    _show("", packages)
    if pip.returncode:
        end = "".join(lines[-12:]).strip()
        raise SetupError(f"pip failed, all it said is in {log}:\n{end}")
    return f"{packages} installed"


def _show(name: str, number: int) -> None:
    if sys.stdout.isatty():  # one line, written over; a file gets the count at the end only
        text = f"{number} {name}" if name else ""
        print(f"\x1b7\x1b[K{text}\x1b8", end="", flush=True)
