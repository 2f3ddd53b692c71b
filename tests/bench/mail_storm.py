"""Mails in and out while hub, database and mail server are killed: ledger and receiver's record are counted."""

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from email import message_from_bytes
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import asyncpg
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.settings.service_user import service_user
from app.store.engine import connect
from tests.bench.mail_world import MailWorld, ended, fresh_mails, mail_world
from tests.helpers.mail_store import write_mail
from tests.helpers.steady import steady
from tests.mail.worlds import Receiver

T = TypeVar("T")
_FREE = (
    "UPDATE incoming SET claimed_until = now() WHERE fate IS NULL AND claimed_until > now()",
    "UPDATE deliveries SET claimed_until = now() WHERE state = 'sending' AND claimed_until > now()",
    "UPDATE deliveries SET send_at = now() WHERE state = 'temporary' AND send_at > now()",
)
"""What a dead hub held is free when its claim ends, minutes later; here that is now."""


class FilingReceiver(Receiver):
    """Files what it took under Sent, as many providers do, but for every fifth."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Path | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.sent is not None and len(self.received) % 5:
            name = f"{len(self.received)}.receiver.example"
            assert isinstance(envelope.content, bytes)
            (self.sent / "tmp" / name).write_bytes(envelope.content)
            service_user().own(self.sent / "tmp" / name)
            (self.sent / "tmp" / name).rename(self.sent / "new" / name)
        # A server far away: the answer takes its time, so that a kill may fall before it.
        await asyncio.sleep(random.choice((0, 0, 0.005, 0.05)))
        return answer


async def storm(mails_in: int, mails_out: int, kills: int) -> dict[str, float]:
    """Everything at once; nothing is counted before nothing moves any more."""
    chance = random.Random(7)
    receiver = FilingReceiver()
    async with mail_world(receiver) as world:
        receiver.sent = _sent_folder(world)
        case = await world.office.vallon.case()
        writing = asyncio.create_task(_write(world, case, mails_out))
        filling = asyncio.create_task(_fill(world, fresh_mails(mails_in), kills))
        done = Counter[str]()
        hub = await world.started_hub()
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.2, 1.5))
            what = chance.choices(("hub", "database", "mail server"), (6, 2, 2))[0]
            done[what] += 1
            hub = await _kill(world, what, hub)
        await asyncio.gather(writing, filling)
        async with ended(hub):
            doubtful = await _calm(world, mails_in)
            by_hand = await _decide(world)
            await _calm(world, mails_in)
        found = await _count(world, mails_in, mails_out)
    print(f"    killed: {dict(done)}; nobody knew of {doubtful}, a person decided {by_hand}", flush=True)
    given = {"mails_in": mails_in, "mails_out": mails_out, "kills": done.total()}
    return found | given | {"unconfirmed": doubtful + 0.0, "unconfirmed_by_hand": by_hand + 0.0}


def _sent_folder(world: MailWorld) -> Path:
    world.fill([])
    folder = world.inbox / ".Sent"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in (folder, *folder.rglob("*")):
        service_user().own(path)
    return folder


async def _write(world: MailWorld, case: UUID, count: int) -> None:
    for number in range(count):
        await steady(partial(_write_once, world, case, number))


async def _write_once(world: MailWorld, case: UUID, number: int) -> None:
    own = f"<storm-{number}@guichet.example>"
    raw = f"Message-ID: {own}\r\nSubject: hello\r\n\r\nhello".encode()
    # Written already when the database died after the commit and before the answer.
    with contextlib.suppress(asyncpg.UniqueViolationError):
        await write_mail(world.office.vallon, world.mailbox, case, (f"to{number}@x.example",), raw=raw, external_id=own)


async def _fill(world: MailWorld, mails: list[bytes], portions: int) -> None:
    size = -(-len(mails) // portions)
    for start in range(0, len(mails), size):
        await asyncio.to_thread(world.fill, mails[start : start + size])
        await asyncio.sleep(0.5)


async def _kill(world: MailWorld, what: str, hub: asyncio.subprocess.Process) -> asyncio.subprocess.Process:
    if what == "database":
        await asyncio.to_thread(_kill_database, world)
        await asyncio.to_thread(world.server.start)
    elif what == "mail server":
        await asyncio.to_thread(lambda: world.dovecot.stop(kill=True))
        await asyncio.to_thread(world.dovecot.start)
    else:
        hub.kill()
        await hub.wait()
        for statement in _FREE:
            await steady(partial(world.office.database.write, statement))
        hub = await world.started_hub()
    return hub


def _kill_database(world: MailWorld) -> None:
    postmaster = int((world.server.cluster / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in (postmaster, *map(int, children)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


async def _calm(world: MailWorld, mails_in: int) -> int:
    """Wait until every mail has a fate and nothing is on its way; how many deliveries nobody knows of."""
    async with asyncio.timeout(1_800):
        while True:
            for statement in _FREE[2:]:
                await steady(partial(world.office.database.write, statement))
            settled = await steady(lambda: world.count("incoming WHERE fate IS NOT NULL"))
            moving = await steady(lambda: world.count("deliveries WHERE state IN ('waiting', 'sending', 'temporary')"))
            if settled >= mails_in and not moving:
                break
            if not await steady(lambda: world.count("incoming WHERE fate IS NULL AND claimed_until < now()")):
                await asyncio.sleep(0.5)
    return len(await _doubtful(world))


async def _doubtful(world: MailWorld) -> list[dict[str, object]]:
    """Deliveries that were ever unconfirmed: those that still are, and those that the Sent folder answered."""
    return await steady(
        lambda: world.office.rows(
            "SELECT d.id, d.state, o.external_id FROM deliveries d JOIN outgoing o ON o.id = d.outgoing_id "
            "WHERE d.state = 'unconfirmed' OR d.reason = 'found in the Sent folder'"
        )
    )


async def _decide(world: MailWorld) -> int:
    """What the Sent folder cannot answer is decided by a person who asks the receiving side."""
    async with asyncio.timeout(300):  # the hub looks once a minute
        while True:
            left = [row for row in await _doubtful(world) if row["state"] == "unconfirmed"]
            filed = _ids_in(world.inbox / ".Sent")
            if not [row for row in left if row["external_id"] in filed]:
                break
            await asyncio.sleep(1)
    received = {str(message_from_bytes(raw)["Message-ID"]) for _, raw in world.office.receiver.received}
    agent = await connect(world.office.vallon.access("nadia"))
    for row in left:
        arrived = row["external_id"] in received
        await agent.execute("SELECT decide_delivery($1, $2)", row["id"], "delivered" if arrived else "waiting")
    await agent.close()
    return len(left)


def _ids_in(folder: Path) -> set[str]:
    files = [*(folder / "new").iterdir(), *(folder / "cur").iterdir()]
    return {str(message_from_bytes(file.read_bytes())["Message-ID"]) for file in files}


async def _count(world: MailWorld, mails_in: int, mails_out: int) -> dict[str, float]:
    ledger = await world.count("incoming WHERE fate IS NOT NULL")
    filed = await world.count("follow_ups WHERE channel = 'email' AND direction = 'in'")
    named = await world.count("(SELECT DISTINCT follow_up_id FROM incoming WHERE follow_up_id IS NOT NULL) f")
    got = Counter(who for who, _ in world.office.receiver.received)
    delivered = await world.count("deliveries WHERE state = 'delivered'")
    lost = (mails_in - ledger) + (mails_out - len(got)) + (mails_out - delivered)
    twice = (filed - named) + sum(times - 1 for times in got.values())
    return {"lost": lost, "duplicated": twice}
