"""The Debian packages that the product, its tests and its engines need, and how they get there."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
import sys

from pip_install import SetupError

# What Qt's wheels load but do not bring: for windows of its own and offscreen, then under X.
QT = (
    *("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0", "libx11-6"),
    "libgssapi-krb5-2",
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-randr0", "libxcb-shape0", "libxcb-sync1"),
    *("libxcb-xfixes0", "libxcb-xkb1", "libxkbcommon-x11-0", "libx11-xcb1", "tzdata"),
)
# Lets ALSA programs play through PulseAudio and PipeWire.
SOUND = ("libasound2-plugins",)
# Speaks the menus and the announcements that callers hear.
VOICE = ("espeak-ng",)
# A screen, a window manager and a typist for the stories; a sound server for the calls; a mail server; dictionaries;
# a browser, without which nothing that a visitor sees is tested.
TESTING = (
    *("xvfb", "openbox", "xdotool", "pulseaudio", "pulseaudio-utils", "dovecot-imapd"),
    *("hunspell", "hunspell-fr", "hunspell-en-us", "chromium"),
)
NEEDED = {
    "run": (*QT, *SOUND, *VOICE),
    "test": (*QT, *SOUND, *VOICE, *TESTING),
    "bench": (*QT, *SOUND, *VOICE, *TESTING),
}


def install(purpose: str, more: tuple[str, ...] = ()) -> str:
    """Install what is missing for `purpose`; tells what it did. SetupError has the one command to run."""
    if not has_apt():
        return _elsewhere(purpose)
    venv = () if importlib.util.find_spec("ensurepip") else ("python3-venv",)  # Debian keeps them apart
    missing = sorted({*NEEDED[purpose], *venv, *more} - _installed())
    if not missing:
        return ""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    by_root = _prefix()
    if by_root is None:
        line = f"apt-get update && {' '.join(command)}"
        by_hand = f"sudo sh -c '{line}'" if shutil.which("sudo") else f"su -c '{line}'"
        raise SetupError(
            "System packages are missing, and only root may install them. Run this once, then this command again:\n\n"
            f"  {by_hand}\n"
        )
    print(f"installing {len(missing)} with apt … ", end="", flush=True)
    _apt([*by_root, "apt-get", "update", "-q"])
    _apt([*by_root, "env", "DEBIAN_FRONTEND=noninteractive", *command, "-q", "-o", "DPkg::Lock::Timeout=300"])
    return f"{len(missing)} installed"


def has_apt() -> bool:
    """Tell whether this is Debian or one of its children."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def _installed() -> set[str]:
    """Give the names that installed packages have or provide (libglib2.0-0t64 provides libglib2.0-0)."""
    shown = "${db:Status-Status}\t${Package}\t${Provides}\n"
    listed = subprocess.run(["dpkg-query", "-W", f"-f={shown}"], check=True, capture_output=True, text=True).stdout
    found: set[str] = set()
    for line in listed.splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            found.add(package)
            found.update(provided.split()[0].partition(":")[0] for provided in provides.split(",") if provided.strip())
    return found


def _prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _apt(command: list[str]) -> None:
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise SetupError(f"`{' '.join(command)}` failed:\n{said}")


def _elsewhere(purpose: str) -> str:
    if sys.platform in ("darwin", "win32"):
        return f"nothing to install on {platform.system()}"
    return (
        "this system has no apt, so nothing is installed: if a program does not start, install what these "
        f"Debian packages hold: {' '.join(NEEDED[purpose])}"
    )
