"""The world that mail is measured in: PostgreSQL, Dovecot and a receiving server, all real, and mails by thousands."""

import asyncio
import contextlib
import os
import re
from collections.abc import AsyncIterator, Iterator
from itertools import cycle
from pathlib import Path
from uuid import UUID

from app.domain.ids import new_id
from app.settings.paths import profile_paths
from app.settings.service_user import service_user
from app.store.engine import access_of
from app.store.private_server import PrivateServer
from tests.helpers.folders import service_folder
from tests.helpers.mails import corpus_mails
from tests.helpers.organisation import make_vallon
from tests.mail.dovecot import Dovecot, running_dovecot
from tests.mail.office import Office, hub_process
from tests.mail.worlds import Receiver

TEAM, ADDRESS = "Contact centre", "contact@guichet.example"
_OWN_ID = re.compile(rb"^message-id:[^\n]*\n(?:[ \t][^\n]*\n)*", re.IGNORECASE | re.MULTILINE)


class MailWorld:
    """An office that works, its database's server, and its mailbox's folder on the mail server."""

    def __init__(self, office: Office, server: PrivateServer, mailbox: UUID) -> None:
        self.office, self.server, self.mailbox = office, server, mailbox

    @property
    def dovecot(self) -> Dovecot:
        return self.office.dovecot

    @property
    def inbox(self) -> Path:
        """Where the mail server keeps what has arrived."""
        return self.dovecot.folder / "mail" / self.office.worlds[ADDRESS].mailbox.username

    def fill(self, mails: list[bytes]) -> None:
        """Put mails straight into the Maildir, as a delivery agent does: many a second."""
        folder, user = self.inbox, service_user()
        for place in (folder, *(folder / name for name in ("cur", "new", "tmp"))):
            place.mkdir(parents=True, exist_ok=True)
            user.own(place)
        for raw in mails:
            # Delivered under tmp, then moved: nobody reads half a mail, or one that is not hers.
            arriving = folder / "tmp" / f"{new_id().hex}.guichet.example"
            arriving.write_bytes(raw)
            user.own(arriving)
            arriving.rename(folder / "new" / arriving.name)

    async def count(self, table_and_condition: str) -> int:
        (row,) = await self.office.rows(f"SELECT count(*) AS n FROM {table_and_condition}")
        return int(row["n"])

    async def started_hub(self, cores: set[int] | None = None) -> asyncio.subprocess.Process:
        """The hub's mail workers as a process, kept to some cores."""
        process = await hub_process(self.office)
        if cores:
            os.sched_setaffinity(process.pid, cores)
        return process


@contextlib.asynccontextmanager
async def mail_world(receiver: Receiver | None = None) -> AsyncIterator[MailWorld]:
    """Everything running, nothing in the mailbox."""
    with service_folder() as folder, running_dovecot() as dovecot:
        server = PrivateServer(folder / "data", folder / "run", profile_paths().cache)
        address = await asyncio.to_thread(server.start)
        receiver = receiver or Receiver()
        try:
            vallon = await make_vallon(access_of(address.url("guichet")))
            await receiver.start()
            office = Office(vallon, dovecot, receiver)
            mailbox = await office.mailbox(TEAM, ADDRESS)
            yield MailWorld(office, server, mailbox)
            await office.database.close()
            await vallon.close()
        finally:
            await receiver.stop()
            await asyncio.to_thread(server.stop)


@contextlib.asynccontextmanager
async def ended(process: asyncio.subprocess.Process) -> AsyncIterator[asyncio.subprocess.Process]:
    """End a hub with the block, however the block ends."""
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


def fresh_mails(count: int) -> list[bytes]:
    """The hard mails of the corpora again and again, each time under a Message-ID of its own."""
    return [fresh(raw) for raw, _ in zip(_endless(), range(count), strict=False)]


def fresh(raw: bytes) -> bytes:
    """The same mail under another Message-ID."""
    head, gap, body = raw.partition(b"\n\n") if b"\r\n\r\n" not in raw else raw.partition(b"\r\n\r\n")
    return (
        b"Message-ID: <%s@corpus.example>\n" % new_id().hex.encode() + _OWN_ID.sub(b"", head + b"\n")[:-1] + gap + body
    )


def _endless() -> Iterator[bytes]:
    return cycle([raw for _, raw in corpus_mails()])
