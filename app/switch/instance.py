"""A private Asterisk: generated configuration, own folders, an ordinary user, loopback only.

It outlives the process that started it: the hub may end and come back, calls go on.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp

from app.settings.ports import is_free
from app.switch.ari_http import login
from app.switch.configuration import (
    AriAddress,
    SwitchFolders,
    SwitchPorts,
    SwitchSettings,
    write_configuration,
)
from app.switch.engine import AsteriskEngine, SwitchError

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

HOST: Final = "127.0.0.1"
ARI_USER: Final = "guichet"
_BOOT_S: Final = 20.0
_STOP_S: Final = 5.0
_RTP_PORTS: Final = 800
_LOG_LIMIT: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class SwitchAddress:
    """Where a running switch is reached: ARI for the hub, SIP for phones and for the demo customer."""

    ari: AriAddress
    sip_host: str
    sip_port: int
    customer_port: int


class AsteriskInstance:
    """One private Asterisk in `root`, run as `user` when we are root (None: as ourselves)."""

    def __init__(
        self, root: Path, prefix: Path, *, user: str | None = None, settings: SwitchSettings | None = None
    ) -> None:
        self._folders = SwitchFolders(root.absolute())
        self._prefix = prefix
        self._user = pwd.getpwnam(user) if user and os.geteuid() == 0 else None
        self._settings = settings or SwitchSettings()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it is alive, started by us or by an earlier process."""
        if self._process is not None:
            if self._process.poll() is None:
                return self._process.pid
            self._process = None
        try:
            pid = int((self._folders.root / "pid").read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return None
        return pid if str(self._folders.etc / "asterisk.conf").encode() in command else None

    @property
    def is_alive(self) -> bool:
        """Whether the process runs (it answers a moment later)."""
        return self.pid is not None

    @property
    def folders(self) -> SwitchFolders:
        """Where its recordings, its log and its database are."""
        return self._folders

    @property
    def address(self) -> SwitchAddress | None:
        """Where it is reached while it runs."""
        return self._remembered() if self.is_alive else None

    async def start(self) -> SwitchAddress:
        """Start it, or find it running, and return once ARI answers (about a second).

        Raises `SwitchError` with the end of its log when it does not come up.
        """
        if self.pid is not None and (address := self._remembered()):
            await self._wait_for_ari(address)
            return address
        address = await asyncio.to_thread(self._launch)
        await self._wait_for_ari(address)
        log.info("the private switch is up", extra={"sip_port": address.sip_port})
        return address

    async def start_again(self) -> None:
        """Start it when it has died, on the ports it had."""
        if not self.is_alive:
            log.error("the private switch died and is started again")
            await self.start()

    async def stop(self) -> None:
        """End it with its calls; kill it when it does not end by itself."""
        pid = self.pid
        if pid is None:
            return
        for wanted, patience_s in ((signal.SIGTERM, _STOP_S), (signal.SIGKILL, _STOP_S)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, wanted)
            if await self._ended(within_s=patience_s):
                return
        raise SwitchError(f"The private switch (process {pid}) does not end.")

    async def _ended(self, within_s: float) -> bool:
        deadline = time.monotonic() + within_s
        for _ in itertools.takewhile(lambda _: time.monotonic() < deadline, itertools.count()):
            if self.pid is None:
                return True
            await asyncio.sleep(0.02)  # it may not be our child, so there is nothing to wait on
        return False

    def _launch(self) -> SwitchAddress:
        engine = AsteriskEngine.at(self._prefix)
        for folder in self._folders.all():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._folders.run / "asterisk.ctl").unlink(missing_ok=True)
        address, ports = self._choose_address()
        write_configuration(self._folders, engine, ports, address.ari, self._settings)
        self._remember(address, ports)
        self._give_to_user()
        command = [*engine.command, "-C", str(self._folders.etc / "asterisk.conf"), "-f", "-n"]
        with self._output().open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,
                user=self._user.pw_uid if self._user else None,
                group=self._user.pw_gid if self._user else None,
                extra_groups=[] if self._user else None,
                env={"PATH": os.defpath, "HOME": str(self._folders.var), "TZ": os.environ.get("TZ", "")},
            )
        (self._folders.root / "pid").write_text(str(self._process.pid))
        return address

    def _output(self) -> Path:
        for name in ("output", "messages"):
            file = self._folders.log / name
            if file.exists() and file.stat().st_size > _LOG_LIMIT:
                file.replace(file.with_suffix(".old"))
        return self._folders.log / "output"

    def _give_to_user(self) -> None:
        if self._user is None:
            return
        for path in (self._folders.root, *self._folders.root.rglob("*")):
            shutil.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _choose_address(self) -> tuple[SwitchAddress, SwitchPorts]:
        """The remembered ports if they are still free, else new ones; phones find it again where it was."""
        try:
            kept = json.loads(self._memory().read_text())
            ports = SwitchPorts(**kept["ports"])
            password = str(kept["ari_password"])
        except (OSError, ValueError, KeyError, TypeError):
            ports = _free_ports()
            password = secrets.token_urlsafe(24)
        if not (is_free(ports.sip, socket.SOCK_DGRAM) and is_free(ports.http, socket.SOCK_STREAM)):
            ports = _free_ports()
        return self._address(ports, password), ports

    def _address(self, ports: SwitchPorts, password: str) -> SwitchAddress:
        ari = AriAddress(f"http://{HOST}:{ports.http}/ari", ARI_USER, password)
        return SwitchAddress(ari, HOST, ports.sip, ports.customer)

    def _remembered(self) -> SwitchAddress | None:
        try:
            kept = json.loads(self._memory().read_text())
            return self._address(SwitchPorts(**kept["ports"]), str(kept["ari_password"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _remember(self, address: SwitchAddress, ports: SwitchPorts) -> None:
        memory = self._memory()
        memory.unlink(missing_ok=True)
        memory.touch(mode=0o600)
        memory.write_text(json.dumps({"ports": asdict(ports), "ari_password": address.ari.password}))

    def _memory(self) -> Path:
        return self._folders.root / "switch.json"

    async def _wait_for_ari(self, address: SwitchAddress) -> None:
        """Ping ARI until it answers; HTTP is spoken by hand since this happens once, before any client."""
        deadline = time.monotonic() + _BOOT_S
        while not await _ari_answers(address.ari):
            if not self.is_alive:
                raise SwitchError(f"The private switch ended at once. It said:\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise SwitchError(f"The private switch does not answer. It said:\n{self._last_words()}")
            await asyncio.sleep(0.02)

    def _last_words(self) -> str:
        said: list[str] = []
        for name in ("output", "messages"):
            with contextlib.suppress(OSError):
                said += (self._folders.log / name).read_text(errors="replace").splitlines()[-8:]
        return "\n".join(said)


async def _ari_answers(ari: AriAddress) -> bool:
    try:
        async with (
            aiohttp.ClientSession(headers=login(ari), timeout=aiohttp.ClientTimeout(total=2)) as http,
            http.get(f"{ari.url}/asterisk/ping") as answer,
        ):
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


def _free_ports() -> SwitchPorts:
    """Ports below the range the kernel hands out, so that they are still free after a restart."""
    sip, http, customer = _free(3)
    first = random.randrange(20_000, 32_000 - _RTP_PORTS, 2)  # noqa: S311 - no secret
    return SwitchPorts(sip, http, customer, rtp_first=first, rtp_last=first + _RTP_PORTS - 1)


def _free(count: int) -> Iterator[int]:
    candidates = random.sample(range(12_000, 20_000), 400)
    free = (p for p in candidates if is_free(p, socket.SOCK_DGRAM) and is_free(p, socket.SOCK_STREAM))
    yield from itertools.islice(free, count)
