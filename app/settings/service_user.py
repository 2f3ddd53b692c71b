"""Who the services run as: ourselves, or the system user `guichet` when we are root.

PostgreSQL refuses to run as root and Asterisk should not, so root hands both to an ordinary user.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from app.settings.errors import MendableError
from app.settings.paths import NAME, is_root


class ProcessIdentity(TypedDict, total=False):
    """Keyword arguments for `subprocess` that hand a child to the service user; empty for ourselves."""

    user: int
    group: int
    extra_groups: list[int]
    umask: int
    cwd: str


@dataclass(frozen=True)
class ServiceUser:
    """An ordinary user that may own a service's files and processes."""

    name: str
    uid: int
    gid: int
    is_other: bool  # somebody else than the user of this process

    def identity(self) -> ProcessIdentity:
        """Give the arguments for `subprocess.run` and `Popen`; cwd is / since ours may be closed to her."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "umask": 0o077, "cwd": "/"}

    def own(self, path: Path) -> None:
        """Hand one file or folder to the user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def make_folder(self, folder: Path) -> Path:
        """Make a folder that only the user (and root) may enter; MendableError when she cannot get there."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if not self.is_other:
            if sys.platform != "win32" and found.st_uid != self.uid:
                raise MendableError(f"{folder} belongs to another user: remove it or choose another GUICHET_HOME.")
            return folder
        if found.st_uid != self.uid:
            self.own(folder)
        if subprocess.run(["test", "-w", str(folder)], check=False, **self.identity()).returncode:
            raise MendableError(
                f"The user {self.name}, who runs the services, cannot get to {folder}: "
                "choose a place that others may pass through (chmod o+x on its parents)."
            )
        return folder

    def write_private(self, path: Path, text: str) -> None:
        """Replace a file whole, readable by the user (and root) alone."""
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        self.own(new)
        new.replace(path)


def service_user() -> ServiceUser:
    """Tell who runs the services; root gets the system user `guichet`, made when it is missing."""
    if sys.platform == "win32":
        return ServiceUser(os.environ.get("USERNAME", NAME), -1, -1, is_other=False)
    import pwd

    if not is_root():
        uid = os.getuid()
        return ServiceUser(_name_of(uid), uid, os.getgid(), is_other=False)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _make_system_user()
        entry = pwd.getpwnam(NAME)
    return ServiceUser(NAME, entry.pw_uid, entry.pw_gid, is_other=True)


def _name_of(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)  # a container's user without an entry


def _make_system_user() -> None:
    # Root's PATH lacks /usr/sbin under `su` without a dash.
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if useradd is None:
        raise MendableError(f"Make a system user named {NAME} (useradd is missing here), then try again.")
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    made = subprocess.run([*command, "--shell", "/usr/sbin/nologin", NAME], check=False, capture_output=True, text=True)
    if made.returncode not in (0, 9):  # 9: somebody else made it meanwhile
        raise MendableError(f"The system user {NAME} could not be made: {made.stderr.strip()}")
