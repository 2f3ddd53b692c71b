"""What build/run starts: each process in a group of its own, stopped in reverse, found again after a crash."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

STOP_WITHIN_S = 10
POLL_S = 0.1
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


class ProcessEndedError(Exception):
    """A process that had to go well did not; the text has the end of what it said."""


@dataclass(frozen=True)
class _Started:
    title: str
    process: subprocess.Popen[bytes]
    log: Path
    awaited: bool


class Processes:
    """What one run started."""

    def __init__(self, folder: Path) -> None:
        """Take the folder for the outputs and for the note of what runs."""
        self._folder = folder
        self._note = folder / f"{os.getpid()}.json"
        self._started: list[_Started] = []

    def start(self, title: str, command: tuple[str, ...], *, awaited: bool = False) -> None:
        """Start a process; `wait` lasts until the awaited ones have ended."""
        self._folder.mkdir(parents=True, exist_ok=True)
        _adopt_orphans()
        log = self._folder / f"{re.sub(r'[^a-z0-9]+', '-', title.lower())}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
        self._started.append(_Started(title, process, log, awaited))
        pids = [os.getpid(), *(started.process.pid for started in self._started)]
        self._note.write_text(json.dumps({pid: birth(pid) for pid in pids}), encoding="utf-8")
        print(f"{title:<18} process {process.pid}, output in {log}", flush=True)

    def run_through(self, title: str, command: tuple[str, ...]) -> None:
        """Run a process to its end; ProcessEndedError when it fails."""
        self.start(title, command)
        started = self._started[-1]
        if code := started.process.wait():
            raise ProcessEndedError(_told(started, code))
        self._started.remove(started)

    def wait(self) -> bool:
        """Wait for the awaited processes, and say when another one ends before them; tells whether all went well."""
        good = True
        while any(started.awaited for started in self._started):
            time.sleep(POLL_S)
            for started in list(self._started):
                code = started.process.poll()
                if code is None:
                    continue
                self._started.remove(started)
                if code or not started.awaited:
                    good = False
                    print(_told(started, code), file=sys.stderr, flush=True)
        return good

    def stop(self) -> None:
        """Stop all of them, last first, then what they left behind."""
        for started in reversed(self._started):
            _stop_group(started.process.pid, partial(_has_ended, started.process))
        self._started.clear()
        for pid in _children_of(os.getpid()):
            _stop_group(pid, partial(_is_reaped, pid))
        self._note.unlink(missing_ok=True)


def stop_left_over(folder: Path) -> int:
    """Stop the runs that are noted in `folder`, or what a killed one left of itself; gives how many processes."""
    stopped = 0
    for note in sorted(folder.glob("*.json")):
        noted = json.loads(note.read_text(encoding="utf-8"))
        alive = [int(pid) for pid, born in noted.items() if birth(int(pid)) == born]
        for pid in alive:  # the run itself comes first, and stops its own when it is still there
            patience_s = STOP_WITHIN_S * len(noted) if str(pid) == note.stem else STOP_WITHIN_S
            if birth(pid) == noted[str(pid)]:
                _stop_group(pid, partial(_is_gone, pid), patience_s)
        stopped += len(alive)
        note.unlink(missing_ok=True)
    return stopped


def birth(pid: int) -> str:
    """Tell when a process started, so that its number given to another one is noticed; empty when it is gone."""
    try:
        stat = Path("/proc", str(pid), "stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        if Path("/proc/self/stat").exists():
            return ""
        asked = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], check=False, capture_output=True, text=True)
        return asked.stdout.strip()
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]


def _stop_group(pid: int, has_ended: Callable[[], bool], within_s: float = STOP_WITHIN_S) -> None:
    with contextlib.suppress(ProcessLookupError):
        # A run is seldom the leader of its group: the group is then its terminal's, or a script's.
        send = os.killpg if os.getpgid(pid) == pid else os.kill
        send(pid, signal.SIGTERM)
        _wait(has_ended, within_s)
        send(pid, signal.SIGKILL)  # members that outlived their leader too
        _wait(has_ended, within_s)


def _wait(condition: Callable[[], bool], within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while not condition() and time.monotonic() < deadline:
        time.sleep(POLL_S / 4)


def _adopt_orphans() -> None:
    """Become the parent of what our children leave: a desk's phone is meant to outlive its desk, but not us."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _children_of(parent: int) -> list[int]:
    children = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if fields[1] == str(parent):
                children.append(int(stat.parent.name))
    return children


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is not None


def _is_gone(pid: int) -> bool:
    return not birth(pid)


def _is_reaped(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def _told(started: _Started, code: int) -> str:
    lines = started.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-15:]
    how = f"ended by signal {-code}" if code < 0 else f"ended with code {code}" if code else "ended by itself"
    return "\n  ".join([f"{started.title} {how}; its output is in {started.log}:", *lines])
