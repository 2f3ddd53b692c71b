"""The checks of `guichetctl doctor`: each looks at one thing and says what it found and what to do."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.settings.errors import MendableError
from app.settings.paths import Paths, profile_paths
from app.settings.profiles import ServerProfiles
from app.settings.secrets import keyring_name
from app.settings.service_user import service_user

SET_UP = "run build/run, which installs what is missing"
LEAST_FREE_GIB = 1.0
GIB = 1024**3


class Verdict(StrEnum):
    """What a finding means: all well, worth knowing, or to mend."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    what: str
    verdict: Verdict
    found: str
    mend: str = ""


@dataclass(frozen=True)
class Installation:
    """What is looked at."""

    profile: str
    paths: Paths


def check_python(_: Installation) -> Finding:
    """Look at the interpreter."""
    return Finding("Python", Verdict.GOOD, f"{sys.version.split()[0]} in {sys.prefix}")


def check_packages(_: Installation) -> Finding:
    """Look for the libraries that the project names."""
    what = "Python packages"
    names = [re.split(r"[\s\[<>=!~;]", line)[0] for line in importlib.metadata.requires("guichet") or []]
    missing = [name for name in names if not _version(name)]
    if missing:
        return Finding(what, Verdict.WRONG, f"missing: {', '.join(missing)}", SET_UP)
    qt = _version("pyside6-essentials")
    if qt.startswith("6.12.0") and sys.version_info < (3, 12):
        return Finding(
            what, Verdict.WRONG, f"PySide6 {qt} aborts on Python 3.11", "pip install PySide6-Essentials==6.11.3"
        )
    return Finding(what, Verdict.GOOD, f"{len(names)} and what they need, PySide6 {qt}")


def check_qt(_: Installation) -> Finding:
    """Start Qt without a screen in a process of its own, since a missing library can abort it."""
    problem = _try_qt("offscreen")
    if problem:
        return Finding("Qt", Verdict.WRONG, problem, f"{SET_UP} (it may need root)")
    return Finding("Qt", Verdict.GOOD, "starts")


def check_display(_: Installation) -> Finding:
    """Look for a screen, and whether Qt can use it."""
    if sys.platform != "linux":
        return Finding("Display", Verdict.GOOD, "the system's own")
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if not screen:
        return Finding(
            "Display",
            Verdict.NOTE,
            "none",
            "sign in on a desktop to see a window; build/run --tour DIR needs none",
        )
    problem = _try_qt("")
    if problem:
        return Finding("Display", Verdict.WRONG, f"{screen}: {problem}", f"{SET_UP} (it may need root)")
    return Finding("Display", Verdict.GOOD, screen)


def check_keyring(_: Installation) -> Finding:
    """Look for a place for passwords."""
    if name := keyring_name():
        return Finding("Keyring", Verdict.GOOD, name)
    return Finding(
        "Keyring",
        Verdict.NOTE,
        "none: passwords are kept until sign-out",
        "unlock or install one (on Debian: gnome-keyring or kwalletmanager) to be asked only once",
    )


def check_folders(installation: Installation) -> Finding:
    """Look whether the data has a place and room."""
    folder = installation.paths.data
    present = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not os.access(present, os.W_OK):
        return Finding(
            "Data", Verdict.WRONG, f"{present} may not be written", "take its ownership, or set GUICHET_HOME"
        )
    free = shutil.disk_usage(present).free / GIB
    if free < LEAST_FREE_GIB:
        return Finding(
            "Data", Verdict.WRONG, f"{free:.1f} GiB free in {folder}", "make room: PostgreSQL stops when full"
        )
    return Finding("Data", Verdict.GOOD, f"{folder}, {free:.0f} GiB free")


def check_programs(installation: Installation) -> Finding:
    """Look for PostgreSQL's own programs."""
    from app.store.postgres_binaries import postgres_bin, program

    try:
        folder = postgres_bin(installation.paths.cache, service_user())
        asked = [str(folder / program("postgres")), "--version"]
        version = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    except MendableError as error:
        return Finding("PostgreSQL", Verdict.WRONG, str(error), SET_UP)
    return Finding("PostgreSQL", Verdict.GOOD, f"{version.rpartition(' ')[2]} in {folder}")


def check_server(installation: Installation) -> Finding:
    """Look whether the profile's database server runs, lets us in and is new enough."""
    from app.store.reach import OLDEST_MAJOR, reach_now

    what = "Database server"
    try:
        url, place, mend = _server_of(installation)
        if not url:
            return Finding(what, Verdict.NOTE, place, mend)
        facts = reach_now(url)
    except MendableError as error:
        return Finding(what, Verdict.WRONG, str(error), "mend that and run this again")
    found = f"{place}, PostgreSQL {facts.version}{', encrypted' if facts.encrypted else ''}"
    if facts.major < OLDEST_MAJOR:
        return Finding(what, Verdict.WRONG, found, f"upgrade the server to PostgreSQL {OLDEST_MAJOR} or newer")
    return Finding(what, Verdict.GOOD, found)


def check_database(installation: Installation) -> Finding:
    """Look what stands in the private server's database, and whether a hub serves it."""
    import asyncio

    from app.bootstrap.profile import DATABASE
    from app.store.database import hub_was_there, state
    from app.store.engine import access_of
    from app.store.private_server import PrivateServer

    what, paths = "Database", installation.paths
    server = PrivateServer(paths.data, paths.run, paths.cache)
    if not server.is_running():
        return Finding(what, Verdict.NOTE, "not looked at: the private server does not run")
    admin = access_of(server.address().url(DATABASE))
    found = asyncio.run(state(admin))
    if found in _DATABASE_STATES:
        verdict, said, mend = _DATABASE_STATES[found]
        return Finding(what, verdict, said, f"{mend} --profile {installation.profile}")
    seconds = asyncio.run(hub_was_there(admin))
    if seconds is not None and seconds <= 0:
        return Finding(what, Verdict.GOOD, "at this version, a hub serves it")
    run_hub = f"run `guichetctl hub --profile {installation.profile}` for calls and late reminders"
    return Finding(what, Verdict.NOTE, "at this version, no hub serves it", run_hub)


_DATABASE_STATES = {
    "none": (Verdict.NOTE, "not made yet", "guichetctl database init"),
    "empty": (Verdict.NOTE, "there, but not prepared", "guichetctl database init"),
    "unused": (Verdict.NOTE, "prepared, with no organisation yet", "guichetctl demo"),
    "older": (Verdict.WRONG, "older than this Guichet", "guichetctl database upgrade"),
}


def check_switch(installation: Installation) -> Finding:
    """Look for an Asterisk that a private switch can run, installed or in the cache."""
    from app.settings.switch import read_switch_choice
    from app.switch.engine import AsteriskEngine, SwitchError

    try:
        existing = read_switch_choice(installation.paths.config).existing
    except MendableError as error:
        return Finding("Asterisk", Verdict.WRONG, "switch.toml cannot be used", str(error))
    if existing is not None:
        return Finding("Asterisk", Verdict.NOTE, f"somebody else's, by ARI at {existing.url}")

    # build/run fetches it into the user's cache, wherever GUICHET_HOME points.
    for prefix in (installation.paths.cache / "asterisk", profile_paths("default", {}).cache / "asterisk", Path("/")):
        try:
            command = AsteriskEngine.at(prefix).command
        except SwitchError:
            continue
        asked = subprocess.run([*command, "-V"], check=False, capture_output=True, text=True)
        if asked.returncode == 0:
            return Finding("Asterisk", Verdict.GOOD, f"{asked.stdout.removeprefix('Asterisk ').strip()} in {prefix}")
        return Finding("Asterisk", Verdict.WRONG, f"the one in {prefix} does not run", f"remove it and {SET_UP}")
    return Finding("Asterisk", Verdict.NOTE, "none here", f"for a switch on this machine, {SET_UP}")


def check_phone(_: Installation) -> Finding:
    """Look for the phone's SIP engine, in a process of its own: it may abort the one that loads it."""
    code = "import pjsua2; e = pjsua2.Endpoint(); e.libCreate(); print(e.libVersion().full); e.libDestroy()"
    asked = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    if asked.returncode:
        return Finding("Phone", Verdict.WRONG, "its SIP engine (pjsua2) cannot be loaded", SET_UP)
    version = re.search(r"^\d+\.\d+\S*$", asked.stdout, re.MULTILINE)  # among what the library logs
    return Finding("Phone", Verdict.GOOD, f"pjsua2 {version[0] if version else ''}")


def check_voice(_: Installation) -> Finding:
    """Look for the voice that speaks menus and announcements to callers."""
    found = shutil.which("espeak-ng")
    if found is None:
        return Finding(
            "Voice", Verdict.NOTE, "none here: callers hear a tone instead of menus", "install espeak-ng beside the hub"
        )
    return Finding("Voice", Verdict.GOOD, found)


# In the order of the report. A check of a room that comes later gets its row here.
CHECKS: tuple[Callable[[Installation], Finding], ...] = (
    check_python,
    check_packages,
    check_qt,
    check_display,
    check_keyring,
    check_folders,
    check_programs,
    check_server,
    check_database,
    check_switch,
    check_phone,
    check_voice,
)


def _server_of(installation: Installation) -> tuple[str, str, str]:
    """Give the URL to try (or none), where the server is, and what to do when there is no URL."""
    from app.store.private_server import PrivateServer

    paths = installation.paths
    profile = ServerProfiles(paths.config, service_user()).named(installation.profile)
    if profile.database_url:
        return profile.database_url, f"the server of profile {profile.name}", ""
    server = PrivateServer(paths.data, paths.run, paths.cache)
    start = f"start it with `guichetctl server start --profile {profile.name}`"
    if not server.is_running():
        state = "stopped" if server.cluster.exists() else "not made yet"
        return "", f"the private server is {state}", start
    address = server.address()
    return address.url(), f"private, on {address.host}:{address.port}", ""


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _try_qt(platform: str) -> str:
    """Start a Qt application in a child; gives what went wrong, or nothing."""
    environment = os.environ | ({"QT_QPA_PLATFORM": platform} if platform else {})
    code = "from PySide6.QtWidgets import QApplication; QApplication([])"
    try:
        asked = subprocess.run(
            [sys.executable, "-c", code], check=False, capture_output=True, text=True, env=environment, timeout=30
        )
    except subprocess.TimeoutExpired:
        return "does not answer"
    if asked.returncode == 0:
        return ""
    if library := re.search(r"(\S+\.so\S*): cannot open", asked.stderr):
        return f"the library {library[1]} is missing"
    lines = [line for line in asked.stderr.splitlines() if line.strip()]
    return lines[-1] if lines else f"ended with code {asked.returncode}"
