"""The test organisation with mail: its mailboxes on a real server, a receiving server, and the hub's mail workers."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from app.bootstrap.mail import mail_workers
from app.domain.ids import new_id
from app.hub.supervisor import supervise
from app.store.session import Database
from tests.helpers.mail_store import hub_access, hub_database, make_mailbox, url_of
from tests.helpers.mails import raw_mail
from tests.helpers.organisation import Vallon
from tests.mail.dovecot import SECRET, Dovecot
from tests.mail.worlds import RealWorld, Receiver

ROOT = Path(__file__).parents[2]
_PROGRAM = """
import asyncio, sys
from app.bootstrap.mail import mail_workers
from app.hub.supervisor import supervise
from app.store.engine import access_of, open_engine
from app.store.session import Database
async def main():
    print("up", flush=True)
    await supervise(mail_workers(Database(open_engine(access_of(sys.argv[1]), connections=4))))
asyncio.run(main())
"""


class Office:
    """The test organisation with mail: a server of its own, and a hub that runs while it is open."""

    def __init__(self, vallon: Vallon, dovecot: Dovecot, receiver: Receiver) -> None:
        self.vallon, self.dovecot, self.receiver = vallon, dovecot, receiver
        self.database: Database = hub_database(vallon, 6)
        self.worlds: dict[str, RealWorld] = {}

    async def mailbox(self, team: str, address: str, *, answers: bool = False) -> UUID:
        world = RealWorld(self.dovecot)
        self.worlds[address] = world
        ports = {"port": self.dovecot.port, "smtp_port": self.receiver.port, "secret": SECRET}
        # The SMTP server knows no sign-in; the name at Dovecot is the address, one of its own for each test.
        name = f"{new_id().hex[-10:]}.{address}"
        world.mailbox = replace(world.mailbox, username=name)
        return await make_mailbox(self.vallon, team, name, answers=answers, **ports)

    def deliver(self, address: str, *raws: bytes) -> None:
        self.worlds[address].deliver(*raws)

    async def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in await self.database.rows(sql, **parameters)]

    async def settled(self, count: int, most_s: float = 30) -> list[dict[str, Any]]:
        """The ledger once so many of its messages have a fate."""
        async with asyncio.timeout(most_s):
            while len(found := await self.fates()) < count:
                await asyncio.sleep(0.05)
        return found

    async def received(self, count: int, most_s: float = 30) -> list[tuple[str, bytes]]:
        """What left, once it is so much, each with its recipient."""
        async with asyncio.timeout(most_s):
            while len(self.receiver.received) < count:
                await asyncio.sleep(0.05)
        return self.receiver.received

    async def fates(self) -> list[dict[str, Any]]:
        return await self.rows("SELECT * FROM incoming WHERE fate IS NOT NULL ORDER BY arrived_at, id")


@asynccontextmanager
async def hub(office: Office) -> AsyncIterator[None]:
    """The hub's mail while this is open."""
    running = asyncio.create_task(supervise(mail_workers(office.database)))
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def hub_process(office: Office) -> asyncio.subprocess.Process:
    """The same as a process of its own, that has begun."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM, url_of(hub_access(office.vallon)), stdout=-1, env=environment
    )
    assert process.stdout is not None
    await process.stdout.readline()
    return process


def peak_mb(process: asyncio.subprocess.Process) -> int:
    """The most memory that a process had at once (proc(5), VmHWM), in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def customer_mail(number: int, body: str = "My car is broken.", **fields: str) -> bytes:
    """A mail of Jane, or of whom it says."""
    return raw_mail(body, **{"Message_ID": f"<{number}@customer.example>"} | fields)
