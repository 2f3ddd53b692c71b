"""Makes every check of the project in order, each with its time, and ends with pytest's own closing lines.

With arguments it only runs pytest with them: `build/test tests/store -k kill`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ROWS = ROOT / "out" / "rows.json"

# Title and command; all are made even when one fails, so that one run shows everything.
CHECKS: tuple[tuple[str, tuple[str | Path, ...]], ...] = (
    ("Format", (BIN / "ruff", "format", "--check", ".")),
    ("Lint", (BIN / "ruff", "check", ".")),
    ("Types", (sys.executable, "-m", "mypy", "app", "ui", "build", "tests")),
    ("Imports", (BIN / "lint-imports",)),
    ("Translations", (sys.executable, "build/translations.py")),
)

# Calls are made in real time, so nothing else runs beside them; the others share the processors, file by file.
LIVE = ("tests/voice", "tests/e2e")
PARTS: tuple[tuple[str, ...], ...] = (
    ("--numprocesses=2", "--dist=loadfile", "tests", *(f"--ignore={folder}" for folder in LIVE)),
    LIVE,
)


def main(words: list[str]) -> int:
    """Make the checks; 0 when all passed."""
    if words:
        return _run_pytest(words)
    failed = [title for title, command in CHECKS if not _passes(title, command)]
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}", flush=True)
    ROWS.unlink(missing_ok=True)
    print("Tests", flush=True)
    results = [
        _run_pytest([*part, f"--rows={ROWS}", *(["--rows-before"] if n else [])]) for n, part in enumerate(PARTS)
    ]
    return next((result for result in results if result), int(bool(failed)))


def _passes(title: str, command: tuple[str | Path, ...]) -> bool:
    print(f"{title:<13}", end="", flush=True)
    started = time.monotonic()
    done = subprocess.run(command, check=False, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    print(f"{'FAILED' if done.returncode else 'passed'} in {time.monotonic() - started:.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def _run_pytest(words: list[str]) -> int:
    # Stories that need a real screen start one of their own (tests/helpers/display.py).
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([sys.executable, "-m", "pytest", *words], check=False, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
