"""PostgreSQL on this machine for one profile: made, started, attached to and ended without an administrator.

It asks for a password on every connection (SCRAM), listens on loopback only and runs as an ordinary user.
"""

import os
import random
import secrets
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from app.settings.errors import MendableError
from app.settings.file_lock import file_lock
from app.settings.ports import is_free
from app.settings.service_user import ServiceUser, service_user
from app.store.postgres_binaries import MAJOR, postgres_bin, program
from app.store.postgres_conf import HBA, server_conf

HOST = "127.0.0.1"
SUPERUSER = "postgres"
START_WITHIN_S = 60
STOP_WITHIN_S = 60
NOBODYS_PID = 2**22 + 1  # above the highest that any system gives
# After a kill -9 the first starts meet the dead server's children, which need a moment to go.
START_ATTEMPTS = 20
PORT_ATTEMPTS = 10
"""So often its port of the last time is waited for: whoever has it for a moment lets go, and desks know no other."""
PORTS = range(10_000, 12_000)
"""Below those that the kernel hands out: a client that looks for a dead server there connects to itself now and then,
and holds the port."""


class PrivateServerError(MendableError):
    """The private server cannot be started, stopped or reached; the text says why and what to do."""


@dataclass(frozen=True)
class ServerAddress:
    """Where a running server answers, and its superuser."""

    host: str
    port: int
    superuser: str
    password: str = field(repr=False)

    def url(self, database: str = "postgres") -> str:
        """Give the superuser's database URL."""
        return (
            f"postgresql://{quote(self.superuser, safe='')}:{quote(self.password, safe='')}"
            f"@{self.host}:{self.port}/{quote(database, safe='')}"
        )


@dataclass(frozen=True)
class _Postmaster:
    pid: int
    port: int
    ready: bool


class PrivateServer:
    """One PostgreSQL cluster in `data`, its socket in `run`; several processes may start and stop it."""

    def __init__(self, data: Path, run: Path, cache: Path) -> None:
        """Take a profile's folders; nothing is touched before `start`."""
        data = data.absolute()
        self.cluster = data / "postgresql"
        self._data = data
        self._run = run.absolute()
        self._cache = cache
        self._password = data / "postgresql.password"
        self._port = data / "postgresql.port"

    @cached_property
    def user(self) -> ServiceUser:
        """Tell who the server runs as."""
        return service_user()

    @cached_property
    def programs(self) -> Path:
        """Tell the folder of the server's programs (`psql`, `pg_dump`, … stand there too)."""
        return postgres_bin(self._cache, self.user)

    def start(self) -> ServerAddress:
        """Start the server, or attach to the running one; makes the cluster the first time.

        Raises PrivateServerError with a sentence for the user.
        """
        for folder in (self._data, self._run):
            self.user.make_folder(folder)
        with file_lock(self._data / "postgresql.lock", "the private server"):
            if not self.cluster.exists():
                self._make_cluster()
            self._check_major()
            if self._postmaster() is None:
                self._launch()
            return self._ready()

    def start_again(self) -> bool:
        """Start the server when it has died, not when somebody has stopped it; True when it was dead."""
        # Who stops it takes its note away; who kills it leaves it there.
        died = (self.cluster / "postmaster.pid").exists() and self._postmaster() is None
        if died:
            self.start()
        return died

    def stop(self) -> None:
        """End the server cleanly: open transactions are rolled back, everything committed is on disk."""
        if self._postmaster() is None:
            return
        with file_lock(self._data / "postgresql.lock", "the private server"):
            if self._postmaster() is None:
                return
            # A full disk has no room for the last checkpoint: what is committed is in the log, and recovered at the start.
            for mode in ("fast", "immediate"):
                asked = self._call(
                    "pg_ctl", "stop", f"--mode={mode}", "--wait", f"--timeout={STOP_WITHIN_S}", "-D", self.cluster
                )
                if not asked.returncode:
                    break
            if asked.returncode and self._postmaster() is not None:
                raise PrivateServerError(
                    f"The private server did not end in {STOP_WITHIN_S} s; its log is {self.cluster / 'log'}."
                )

    def is_running(self) -> bool:
        """Tell whether the server is there and takes connections."""
        found = self._postmaster()
        return found is not None and found.ready

    def address(self) -> ServerAddress:
        """Tell where the running server answers; PrivateServerError when it is not running."""
        found = self._postmaster()
        if found is None or not found.ready:
            raise PrivateServerError("The private server is not running: start it with `guichetctl server start`.")
        return ServerAddress(HOST, found.port, SUPERUSER, self._password.read_text(encoding="utf-8").strip())

    def _make_cluster(self) -> None:
        new = self.cluster.with_suffix(".new")  # a killed initdb leaves no half-made cluster behind
        if new.exists():
            shutil.rmtree(new)
        self.user.write_private(self._password, secrets.token_urlsafe(32))
        made = self._call(
            "initdb",
            f"--pgdata={new}",
            f"--username={SUPERUSER}",
            f"--pwfile={self._password}",
            "--auth-host=scram-sha-256",
            "--auth-local=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C.UTF-8" if sys.platform.startswith("linux") else "--locale=C",
            "--text-search-config=french",
        )
        if made.returncode:
            raise PrivateServerError(f"The database could not be made in {self._data}: {_last_line(made.stderr)}")
        with (new / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write("\ninclude 'guichet.conf'\n")
        new.rename(self.cluster)

    def _check_major(self) -> None:
        version = self.cluster / "PG_VERSION"
        found = version.read_text(encoding="ascii").strip() if version.exists() else "none"
        if found != str(MAJOR):
            raise PrivateServerError(
                f"The data in {self.cluster} is of PostgreSQL {found} and this Guichet brings {MAJOR}: "
                "make a backup with the Guichet that wrote it, and restore it here into a new profile."
            )

    def _launch(self) -> None:
        self._forget_the_dead()
        log = self._data / "postgresql-start.log"
        reason = ""
        for attempt in range(START_ATTEMPTS):
            if attempt:
                time.sleep(0.2)
            port = _free_port(self._port, insist=attempt < PORT_ATTEMPTS)
            if not port:
                reason = f"its port {self._port.read_text(encoding='ascii')} is in use"
                continue
            self.user.write_private(self.cluster / "guichet.conf", server_conf(HOST, port, self._run))
            self.user.write_private(self.cluster / "pg_hba.conf", HBA)
            self.user.write_private(self._port, str(port))
            self.user.write_private(log, "")
            started = self._call(
                "pg_ctl", "start", "--wait", f"--timeout={START_WITHIN_S}", f"--log={log}", "-D", self.cluster
            )
            if started.returncode == 0:
                return
            reason = self._reason(started, log)
        raise PrivateServerError(f"The private server does not start: {reason} (log: {log}, {self.cluster / 'log'})")

    def _ready(self) -> ServerAddress:
        deadline = time.monotonic() + START_WITHIN_S
        while not self.is_running():
            if time.monotonic() > deadline or self._postmaster() is None:
                raise PrivateServerError(
                    f"The private server went away while it started; its log is {self.cluster / 'log'}."
                )
            time.sleep(0.02)
        return self.address()

    def _postmaster(self) -> _Postmaster | None:
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
            pid = int(lines[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        if not self._is_ours(pid):
            return None
        port = int(lines[3]) if len(lines) > 3 else 0
        return _Postmaster(pid, port, ready=len(lines) > 7 and lines[7].strip() == "ready")

    def _is_ours(self, pid: int) -> bool:
        # The kernel may have given a dead server's number to another process: the number alone is no proof.
        process = Path("/proc", str(pid))
        if not process.parent.joinpath("self", "cmdline").exists():
            return self._call("pg_ctl", "status", "-D", self.cluster).returncode == 0
        try:
            name = process.joinpath("cmdline").read_bytes().split(b"\0")[0]
            return name.endswith(b"/postgres") and process.joinpath("cwd").samefile(self.cluster)
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            return False

    def _forget_the_dead(self) -> None:
        # In a container without an init process a killed server stays a zombie, whose number PostgreSQL takes for
        # a living one. The other lines stay: by them it sees children that still hold the shared memory.
        note = self.cluster / "postmaster.pid"
        if not note.exists():
            return
        _, _, rest = note.read_text(encoding="utf-8").partition("\n")
        if rest:
            self.user.write_private(note, f"{NOBODYS_PID}\n{rest}")
        else:
            note.unlink()  # a power cut can leave it empty
        for left in self._run.glob(f".s.PGSQL.{self._port.read_text(encoding='ascii')}*"):
            left.unlink()

    def _reason(self, started: subprocess.CompletedProcess[str], log: Path) -> str:
        # Before the server keeps its own log it writes where pg_ctl told it to.
        logs = sorted(self.cluster.glob("log/*"), key=lambda path: path.stat().st_mtime)
        for file in (log, *logs[-1:]):
            if fatal := _last_line(file.read_text(encoding="utf-8", errors="replace"), "FATAL"):
                return fatal.partition("FATAL:")[2].strip()
        return _last_line(started.stderr)

    def _call(self, name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [str(self.programs / program(name)), *map(str, arguments)]
        return subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env=_environment(),
            **self.user.identity(),
        )


def _environment() -> dict[str, str]:
    # Nothing of ours may bend the server: no library path, no PG* variable, messages in English for the log.
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    return kept | {"LC_ALL": "C"}


def _free_port(remembered: Path, *, insist: bool) -> int:
    """Give the port of the last time, so that desks find the server again, or any free one; 0 to wait for that one."""
    last = int(remembered.read_text(encoding="ascii")) if remembered.exists() else 0
    if last and is_free(last):
        return last
    if last and insist:
        return 0
    for port in random.sample(PORTS, len(PORTS)):
        if is_free(port):
            return port
    raise PrivateServerError("This machine has no free port left on its loopback address.")


def _last_line(text: str, having: str = "") -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and having in line]
    return lines[-1] if lines else ""
