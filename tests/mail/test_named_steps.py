"""One kill -9 at each step of a mail's way, in and out, over hundreds of mails: none is lost and none comes twice.

The hub dies over five hundred, the database and the mail server at the same steps over a third of them.
"""

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest

from app.store.private_server import PrivateServer
from tests.helpers.databases import kill_server
from tests.helpers.mail_store import hub_access, url_of, write_mail
from tests.helpers.steady import steady
from tests.mail.mortal_hub import STEPS
from tests.mail.office import Office, customer_mail, hub

ROOT = Path(__file__).parents[2]
TEAM, OUT = "contact@guichet.example", 8
# What the dead hub held is free when its claim ends, and what failed is tried after a pause; here that is now.
_FREE = (
    "UPDATE incoming SET claimed_until = now() WHERE fate IS NULL",
    "UPDATE deliveries SET send_at = now() WHERE state = 'temporary'",
)


async def _begun(office: Office, step: str, times: int, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.mail.mortal_hub", url_of(hub_access(office.vallon)), step, str(times), *words),
        env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=-1, stdout=-1,
    )  # fmt: skip


async def _free(office: Office) -> None:
    for statement in _FREE:
        await steady(lambda statement=statement: office.database.write(statement))  # type: ignore[misc]


async def _portion(office: Office, mailbox: UUID, case: UUID, first: int, count: int) -> None:
    """So many mails more in the mailbox, and some that leave."""
    office.deliver(TEAM, *(customer_mail(first + n, From=f"c{first + n}@customer.example") for n in range(count)))
    for n in range(OUT):
        own = f"<{first + n}@guichet.example>"
        raw = f"Message-ID: {own}\r\nSubject: hello\r\n\r\nhello".encode()
        await write_mail(office.vallon, mailbox, case, (f"to{first + n}@x.example",), raw=raw, external_id=own)


async def _all_is_there_once(office: Office, count: int) -> None:
    async with hub(office):
        await office.settled(count, 60)
        async with asyncio.timeout(60):
            while await office.rows("SELECT 1 FROM deliveries WHERE state IN ('waiting', 'temporary')"):
                await _free(office)
                await asyncio.sleep(0.05)
    made = await office.rows(
        "SELECT count(*) AS n, count(DISTINCT follow_up_id) AS d FROM incoming WHERE fate = 'case'"
    )
    assert (made[0]["n"], made[0]["d"]) == (count, count)
    filed = await office.rows("SELECT count(*) AS n FROM follow_ups WHERE channel = 'email' AND direction = 'in'")
    assert filed[0]["n"] == count
    received = Counter(who for who, _ in office.receiver.received)
    assert max(received.values()) == 1
    states = Counter(row["state"] for row in await office.rows("SELECT state FROM deliveries"))
    # Whatever died, a hub has one message at most on its way, of which nobody knows afterwards.
    assert set(states) <= {"delivered", "sending", "unconfirmed"}
    assert states["sending"] + states["unconfirmed"] <= len(STEPS)
    assert states.total() == OUT * len(STEPS)
    assert len(received) >= states["delivered"]


async def test_a_hub_killed_at_each_step_loses_nothing_and_doubles_nothing(office: Office) -> None:
    mailbox, case = await office.mailbox("Contact centre", TEAM), await office.vallon.case()
    count, each = 0, 72
    for step in STEPS:
        await _portion(office, mailbox, case, count, each)
        count += each
        # A mailbox is fetched and kept at once; of the others the second shows that what went before stands.
        process = await _begun(office, step, 1 if step in {"fetched", "kept"} else 2)
        assert await asyncio.wait_for(process.wait(), 60) == -9, step
        await _free(office)
    assert count >= 500
    await _all_is_there_once(office, count)


@pytest.mark.parametrize("victim", ["database", "mail server"])
async def test_servers_killed_at_each_step_lose_nothing_and_double_nothing(
    office: Office, server: PrivateServer, victim: str
) -> None:
    mailbox, case = await office.mailbox("Contact centre", TEAM), await office.vallon.case()
    count, each = 0, 24
    for step in STEPS:
        await _portion(office, mailbox, case, count, each)
        count += each
        process = await _begun(office, step, 1, "waits")
        assert process.stdout is not None
        assert process.stdin is not None
        assert await asyncio.wait_for(process.stdout.readline(), 60) == b"there\n", step
        await asyncio.to_thread(_kill, office, server, victim)
        process.stdin.write(b"go on\n")
        await asyncio.sleep(0.5)  # it meets what is not there
        await asyncio.to_thread(server.start if victim == "database" else office.dovecot.start)
        # The same hub goes on, until all that came so far has its fate.
        async with asyncio.timeout(60):
            while len(await steady(office.fates)) < count:
                await _free(office)
                await asyncio.sleep(0.1)
        assert process.returncode is None, step
        process.kill()
        await process.wait()
        await _free(office)
    await _all_is_there_once(office, count)


def _kill(office: Office, server: PrivateServer, victim: str) -> None:
    if victim == "mail server":
        office.dovecot.stop(kill=True)
        return
    kill_server(server)
