"""Telephone links of the whole computer (`tel:`, `callto:`, `sip:`) come to this desk, by a desktop entry.

Desktop Entry Specification 1.5; the association is xdg-mime's. Elsewhere than on Linux the installer does this.
"""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

SCHEMES = ("tel", "callto", "sip")
NAME = "guichet.desktop"


def can_register() -> bool:
    """Whether this computer has desktop entries."""
    return sys.platform.startswith("linux")


def register(profile: str, agent: str, folder: Path | None = None) -> Path:
    """Write the entry for one agent's desk and make it the one for telephone links; gives the file."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    file = (folder or data / "applications") / NAME
    file.parent.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "ui", "--profile", profile, "--agent", agent]
    types = "".join(f"x-scheme-handler/{scheme};" for scheme in SCHEMES)
    file.write_text(
        "[Desktop Entry]\nType=Application\nName=Guichet\n"
        f"Exec={shlex.join(words)} %u\nTerminal=false\nNoDisplay=true\nMimeType={types}\n",
        "utf-8",
    )
    if shutil.which("xdg-mime"):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            handlers = [f"x-scheme-handler/{scheme}" for scheme in SCHEMES]
            subprocess.run(["xdg-mime", "default", NAME, *handlers], check=False, timeout=10, capture_output=True)
    return file
