"""A machine of the product whose parts may be killed: PostgreSQL, hub and Asterisk as real processes of one profile."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

from app.settings.file_lock import file_lock
from app.settings.paths import profile_paths
from app.settings.secrets import ServiceSecrets
from app.settings.service_user import service_user
from app.store.engine import access_of, connect
from app.store.private_server import PrivateServer
from app.switch.instance import AsteriskInstance
from tests.helpers.folders import service_folder
from tests.helpers.organisation import PASSWORD, Vallon, make_vallon
from tests.voice.parties import until
from tests.voice.world import World

PROFILE = "mortal"
HUB_SERVES = "calls were live"


class Machine:
    """Everything of one profile; what is killed stays dead until it is started, but for what the product heals."""

    def __init__(self, home: Path, asterisk: Path, profile: str = PROFILE, vallon: Vallon | None = None) -> None:
        self.profile, self._vallon = profile, vallon
        self.environment = os.environ | {"GUICHET_HOME": str(home), "PYTHONPATH": str(Path.cwd())}
        self.paths = profile_paths(profile, self.environment)
        self.database = PrivateServer(self.paths.data, self.paths.run, self.paths.cache)
        user = service_user().name
        self.switch = AsteriskInstance(self.paths.data / "asterisk", asterisk, user=user)
        self.hub: subprocess.Popen[bytes] | None = None
        self._holding = contextlib.ExitStack()

    def start(self) -> None:
        """Make the organisation the first time; start whatever does not run."""
        url = self.database.start().url("guichet")
        if self._vallon is None:
            self._vallon = asyncio.run(make_vallon(access_of(url)))
            secrets = ServiceSecrets(self.paths.data, service_user())
            secrets.put("hub", PASSWORD)
            for name in self._vallon.agents:
                secrets.put(f"agent.{name}", PASSWORD)
        if self.hub is None or self.hub.poll() is not None:
            self.start_hub()

    def start_hub(self) -> None:
        self.hub = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "hub", "--profile", self.profile],
            env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self) -> None:
        self.stop_serving()
        self.database.stop()

    def stop_serving(self) -> None:
        """End the hub and the switch."""
        self._holding.close()
        if self.hub is not None:
            self.hub.terminate()
            self.hub.wait(20)
        asyncio.run(self.switch.stop())

    @property
    def postmaster(self) -> int:
        return int((self.database.cluster / "postmaster.pid").read_text().splitlines()[0])

    def kill(self, part: str) -> None:
        """kill -9 of `hub`, `switch` or `database`; a database stays dead until `start_database`."""
        if part == "database":  # the hub would start it again within a second
            self._holding.enter_context(file_lock(self.paths.data / "postgresql.lock", "the test"))
        if part == "hub":
            assert self.hub is not None
            self.hub.kill()
            self.hub.wait()
        else:
            pid = self.switch.pid if part == "switch" else self.postmaster
            assert pid is not None
            # A database's backends outlive their parent for a moment, long enough to commit.
            for process in (pid, *_children(pid)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    def start_database(self) -> None:
        """Let it come back."""
        self._holding.close()
        self.database.start()

    def served(self) -> int:
        """How often a hub has taken the switch over so far."""
        log = self.paths.log / "hub.log"
        return log.read_text(errors="replace").count(HUB_SERVES) if log.exists() else 0

    def last_words(self) -> str:
        """The end of the hub's log, for a failure."""
        log = self.paths.log / "hub.log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-12:]) if log.exists() else "no log"

    @contextlib.asynccontextmanager
    async def world(self, folder: Path) -> AsyncIterator[World]:
        """The running machine with nobody there; everybody is signed out again at the end."""
        assert self._vallon is not None
        address = self.database.address()
        vallon = replace(self._vallon, admin=access_of(address.url("guichet")), stores={})
        await until(lambda: self.switch.is_alive and self.served(), "a hub that serves", 30)
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._sign_everybody_out, vallon)
            yield World(vallon, await self.switch.start(), folder, stack)

    async def _sign_everybody_out(self, vallon: Vallon) -> None:
        await vallon.close()
        await self.fetch("UPDATE guichet.agent_states SET state = 'offline', reason = ''")

    async def fetch(self, sql: str, *parameters: object) -> object:
        """One value as the database's owner."""
        connection = await connect(access_of(self.database.address().url("guichet")))
        try:
            return await connection.fetchval(sql, *parameters)
        finally:
            await connection.close()


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in found]


@contextlib.contextmanager
def machine_with(asterisk: Path) -> Iterator[Machine]:
    """A fresh machine in a folder of its own; everything ends with the block."""
    with service_folder() as home:
        made = Machine(home, asterisk)
        try:
            made.start()
            yield made
        finally:
            made.stop()
