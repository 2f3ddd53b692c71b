"""Sets a clone up, step by step, and hands over to build/run.py, test.py or bench.py in the virtual environment.

Standard library only: it runs with the system's Python. Each step tells whether it has anything to do, so a
second run takes a moment; what was done is remembered by content in out/stamps.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import system_packages
from pip_install import SetupError, pip_install

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
REQUIREMENTS = ROOT / "build" / "requirements.txt"
TRANSLATIONS = ROOT / "resources" / "i18n"
ENGINES = ("asterisk_engine", "pjsua2_engine")  # each in build/; they come with the phone


@dataclass(frozen=True)
class Step:
    """One thing to set up: `act` gives a word on what it did, or nothing when all was there."""

    title: str
    act: Callable[[], str]


def main(purpose: str, words: list[str]) -> NoReturn:
    """Do every step for `purpose` (run, test or bench), then become its program."""
    wants_help = bool({"-h", "--help"} & set(words))
    if not wants_help:
        if purpose == "run" and (sentence := import_module("run").why_not(words)):
            sys.exit(sentence)  # before the minutes that the first set-up takes
        try:
            set_up(purpose)
        except SetupError as error:
            sys.exit(f"\n{error}")
    python = PYTHON if PYTHON.exists() else sys.executable
    command = [str(python), str(ROOT / "build" / f"{purpose}.py"), *words]
    if sys.platform == "win32":  # execv there returns to the shell at once
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    os.execv(python, command)


def set_up(purpose: str) -> None:
    """Do the steps in order; SetupError says what to do about one that failed."""
    steps = [
        Step("System packages", partial(system_packages.install, purpose, _engine_packages())),
        Step("Virtual environment", _make_venv),
        Step("Python packages", _install_requirements),
        Step("Guichet itself", _install_project),
        Step("Translations", _make_translations),
        *(Step(_engine_title(name), partial(_make_engine, name)) for name in _engines()),
    ]
    with _one_at_a_time():
        for number, step in enumerate(steps, 1):
            print(f"[{number}/{len(steps)}] {step.title} … ", end="", flush=True)
            started = time.monotonic()
            done = step.act()
            print(f"{done} ({time.monotonic() - started:.0f} s)" if done else "ready", flush=True)


def _make_venv() -> str:
    if VENV.is_symlink():
        return ""  # shared with another work tree, which keeps it up to date
    with contextlib.suppress(OSError):
        if subprocess.run([PYTHON, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0:
            return ""
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True, text=True
    )
    if made.returncode:
        raise SetupError(f"The virtual environment could not be made: {(made.stdout + made.stderr).strip()}")
    return f"made with Python {sys.version.split()[0]}"


def _install_requirements() -> str:
    def install() -> str:
        arguments = ["--require-hashes", "-r", str(REQUIREMENTS)]
        return pip_install(PYTHON, arguments, OUT / "log" / "pip.log")

    return "" if VENV.is_symlink() else _unless_done("requirements", [_venv_mark(), REQUIREMENTS.read_bytes()], install)


def _install_project() -> str:
    def install() -> str:
        arguments = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
        return pip_install(PYTHON, arguments, OUT / "log" / "pip-project.log")

    marks = [_venv_mark(), os.fsencode(ROOT), (ROOT / "pyproject.toml").read_bytes()]
    return "" if VENV.is_symlink() else _unless_done("project", marks, install)


def _make_translations() -> str:
    sources = sorted(TRANSLATIONS.glob("*.ts"))

    def make() -> str:
        (OUT / "i18n").mkdir(parents=True, exist_ok=True)
        for source in sources:
            made = OUT / "i18n" / f"{source.stem}.qm"
            command = [str(PYTHON.with_name("pyside6-lrelease")), "-silent", str(source), "-qm", str(made)]
            run = subprocess.run(command, check=False, capture_output=True, text=True)
            if run.returncode or not made.exists():
                raise SetupError(f"{source.name} cannot be translated: {(run.stdout + run.stderr).strip()}")
        return f"{len(sources)} made"

    if not sources:
        return ""
    return _unless_done("translations", [source.name.encode() + source.read_bytes() for source in sources], make)


def _engines() -> list[str]:
    return [name for name in ENGINES if (ROOT / "build" / f"{name}.py").exists()]


def _engine_title(name: str) -> str:
    return {"asterisk_engine": "Asterisk", "pjsua2_engine": "The phone's SIP engine"}[name]


def _engine_packages() -> tuple[str, ...]:
    packages: list[str] = []
    for name in _engines():
        packages += getattr(import_module(name), "SYSTEM_PACKAGES", ())
    return tuple(packages)


def _make_engine(name: str) -> str:
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        print(f"\n      {sentence}", end=" ", flush=True)

    from debian_sid import EngineError

    try:
        import_module(name).ensure(say, *([PYTHON] if name == "pjsua2_engine" else []))
    except EngineError as error:
        if system_packages.has_apt():
            raise SetupError(str(error)) from error
        return f"left out, so there is no phone here: {error}"
    return "done" if said else ""


def _unless_done(name: str, marks: list[bytes], act: Callable[[], str]) -> str:
    stamp = OUT / "stamps" / name
    found = hashlib.sha256(b"\0".join(hashlib.sha256(mark).digest() for mark in marks)).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == found:
        return ""
    done = act()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(found, encoding="ascii")
    return done


def _venv_mark() -> bytes:
    # A virtual environment made anew is empty, whatever the stamps of the old one say.
    return str((VENV / "pyvenv.cfg").stat().st_mtime_ns).encode()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    OUT.mkdir(exist_ok=True)
    with (OUT / "setup.lock").open("w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
