"""One kill -9 at each step of a mail's way, in and out, over five hundred mails: none is lost and none comes twice."""

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path

from tests.helpers.mail_store import hub_access, url_of, write_mail
from tests.mail.mortal_hub import STEPS
from tests.mail.office import Office, customer_mail, hub

ROOT = Path(__file__).parents[2]
TEAM, EACH, OUT = "contact@guichet.example", 72, 8
# What the dead hub held is free when its claim ends; here that is now.
_FREE = "UPDATE incoming SET claimed_until = now() WHERE fate IS NULL"


async def _dies_after(office: Office, step: str, times: int) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.mail.mortal_hub", url_of(hub_access(office.vallon)), step, str(times)),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert await asyncio.wait_for(process.wait(), 60) == -9, step
    await office.database.write(_FREE)


async def test_a_kill_at_each_step_loses_nothing_and_doubles_nothing(office: Office) -> None:
    mailbox, case = await office.mailbox("Contact centre", TEAM), await office.vallon.case()
    count = 0
    for step in STEPS:
        fresh = [customer_mail(count + n, From=f"c{count + n}@customer.example") for n in range(EACH)]
        office.deliver(TEAM, *fresh)
        for n in range(OUT):
            own = f"<{count + n}@guichet.example>"
            raw = f"Message-ID: {own}\r\nSubject: hello\r\n\r\nhello".encode()
            await write_mail(
                office.vallon, mailbox, case, (f"to{count + n}@x.example",), raw=raw, external_id=own
            )  # fmt: skip
        count += EACH
        # A mailbox is fetched and kept at once; of the others the second shows that what went before stands.
        await _dies_after(office, step, 1 if step in {"fetched", "kept"} else 2)
    assert count >= 500
    async with hub(office):
        await office.settled(count)
        async with asyncio.timeout(30):
            while await office.rows("SELECT 1 FROM deliveries WHERE state IN ('waiting', 'temporary')"):
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
    # Whatever it was killed for, a hub has one message at most on its way, of which nobody knows afterwards.
    assert set(states) <= {"delivered", "sending"}
    assert states["sending"] <= len(STEPS)
    assert states.total() == OUT * len(STEPS)
    assert len(received) >= states["delivered"]
