"""The world that the web front is measured in: a server with the test organisation, a hub as a process of its own."""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

from app.bootstrap.web import web_workers
from app.hub.supervisor import supervise
from app.settings.paths import profile_paths
from app.settings.web import WebChoice
from app.store.engine import access_of, open_engine
from app.store.private_server import PrivateServer
from app.store.session import Database
from tests.bench.ground_world import ROOT
from tests.helpers.folders import service_folder
from tests.helpers.mail_store import hub_access, hub_database, url_of
from tests.helpers.organisation import Vallon, make_vallon


@dataclass(frozen=True)
class WebWorld:
    """The organisation, the store as its hub has it, and where the hub's pages are."""

    vallon: Vallon
    database: Database
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def count(self, table_and_condition: str) -> int:
        row = await self.database.one(f"SELECT count(*) AS n FROM {table_and_condition}")
        return int(row["n"])

    async def started_hub(self) -> asyncio.subprocess.Process:
        """What the hub does for the web, as a process of its own whose pages answer."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bench.web_world", url_of(hub_access(self.vallon)), str(self.port)),
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        async with asyncio.timeout(60):
            while True:
                try:
                    (await asyncio.open_connection("127.0.0.1", self.port))[1].close()
                    break
                except OSError:
                    await asyncio.sleep(0.01)
        return process


@contextlib.asynccontextmanager
async def web_world() -> AsyncIterator[WebWorld]:
    """A private server with nothing but the organisation."""
    with service_folder() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
        free.close()
        server = PrivateServer(folder / "data", folder / "run", profile_paths().cache)
        address = await asyncio.to_thread(server.start)
        try:
            vallon = await make_vallon(access_of(address.url("guichet_web")))
            database = hub_database(vallon, 4)
            yield WebWorld(vallon, database, port)
            await database.close()
            await vallon.close()
        finally:
            await asyncio.to_thread(server.stop)


async def _main(url: str, port: int) -> None:
    # As many connections as the hub's own; visitors come through a proxy, so that each has an address of her own.
    access = access_of(url)
    database = Database(open_engine(access, connections=9, application="guichet hub"))
    await supervise(web_workers(database, access, WebChoice(port=port, proxies=("127.0.0.1",))))


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], int(sys.argv[2])))
