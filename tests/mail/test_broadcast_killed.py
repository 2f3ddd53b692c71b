"""A broadcast by mail while hub and database die by -9: everybody gets it once, or nobody knows and that is said."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable

from app.domain.broadcasts import BroadcastState
from app.domain.customers import Customer, EmailAddress
from app.domain.ids import new_id
from app.store.engine import connect
from app.store.private_server import PrivateServer
from tests.helpers.databases import kill_server
from tests.helpers.mail_store import hub_access, url_of
from tests.helpers.steady import steady
from tests.mail.office import ROOT, Office
from tests.mail.test_broadcast_mails import TEAM, draft, messages, sent

PEOPLE = 300
ADDRESS = "contact@guichet.example"
_HUB = """
import asyncio, sys
from app.bootstrap.mail import mail_workers
from app.bootstrap.sms import SmsParts
from app.hub.supervisor import supervise
from app.store.engine import access_of, open_engine
from app.store.session import Database
async def main():
    access = access_of(sys.argv[1])
    database = Database(open_engine(access, connections=10))
    await supervise((*mail_workers(database), *SmsParts(database, access).workers()))
asyncio.run(main())
"""


async def _hub(office: Office, *program: str) -> asyncio.subprocess.Process:
    """A hub; what the one before it had on its way when it died is free when its claim ends, and here that is now."""
    free = "UPDATE deliveries SET claimed_until = now() WHERE state = 'sending'"
    await steady(lambda: office.database.write(free))
    url = url_of(hub_access(office.vallon))
    words = ("-m", "tests.mail.mortal_hub", url, *program) if program else ("-c", _HUB, url)
    return await asyncio.create_subprocess_exec(
        sys.executable, *words, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=asyncio.subprocess.DEVNULL
    )


async def _end(process: asyncio.subprocess.Process) -> None:
    process.kill()
    assert await process.wait() == -9


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(90):
        while not await steady(holds):
            await asyncio.sleep(0.005)


async def _states(office: Office) -> dict[str, str]:
    return {row["recipient"]: row["state"] for row in await office.rows("SELECT recipient, state FROM deliveries")}


async def _prepared(office: Office) -> None:
    """A mailbox that may send as fast as it can, somewhere for links to lead, and an audience."""
    mailbox = await office.mailbox(TEAM, ADDRESS)
    owner = await connect(office.vallon.admin)
    await owner.execute("UPDATE guichet.mailboxes SET per_minute = 6000 WHERE id = $1", mailbox)
    await owner.execute("UPDATE guichet.web_settings SET public_url = 'http://127.0.0.1:9'")
    await owner.close()
    camille = office.vallon.as_agent("camille")
    for n in range(PEOPLE):
        mails = (EmailAddress(f"p{n}@customer.example"),)
        await camille.insert_customer(Customer(new_id(), last_name=f"P{n}", organisation="Domaine", emails=mails))


async def test_hub_and_database_killed_in_the_middle_lose_nobody_and_mail_nobody_twice(
    office: Office, server: PrivateServer
) -> None:
    await _prepared(office)
    await sent(office, draft(office))
    received = office.receiver.received

    async def received_more(count: int) -> None:
        goal = len(received) + count

        async def enough() -> bool:
            return len(received) >= goal

        await _until(enough)

    # While it writes what is to leave, and while all of it leaves.
    for count in (1, 40, 40):
        process = await _hub(office)
        await received_more(count)
        await _end(process)
    # After a mail was taken and before that was written down, and before one was handed over that was marked to be.
    for step in ("handed over", "sending"):
        assert await asyncio.wait_for((await _hub(office, step, "5")).wait(), 60) == -9
    process = await _hub(office)
    await received_more(30)
    await asyncio.to_thread(kill_server, server)
    await asyncio.sleep(0.3)  # it meets what is not there
    await asyncio.to_thread(server.start)
    await received_more(30)
    assert process.returncode is None
    await _end(process)

    async def over() -> bool:
        waits = "SELECT 1 FROM deliveries WHERE state NOT IN ('delivered', 'unconfirmed')"
        left = "SELECT 1 FROM broadcasts WHERE state <> 'done'"
        return not await office.rows(f"{waits} UNION ALL {left}")

    process = await _hub(office)
    await _until(over)
    await _end(process)

    states = await _states(office)
    times = Counter(who for who, _ in received)
    assert set(states) == {f"p{n}@customer.example" for n in range(PEOPLE)}
    assert max(times.values()) == 1
    assert {who for who, state in states.items() if state == "delivered"} <= set(times)
    unknown = {who for who, state in states.items() if state == "unconfirmed"}
    assert unknown | set(times) == set(states)
    # One on its way for each death at most; of two it is certain what became of them.
    assert 2 <= len(unknown) <= 8
    assert unknown & set(times)
    assert unknown - set(times)
    (one,) = await messages(office, "camille").broadcasts()
    assert one.state is BroadcastState.DONE
    assert one.figures == Counter(states.values())

    # The server files what it took as sent: what did leave is known then, the rest stays a person's to decide.
    for who, raw in received:
        if who in unknown:
            office.worlds[ADDRESS].file_as_sent(raw)
    process = await _hub(office)

    async def known() -> bool:
        return {who for who, state in (await _states(office)).items() if state == "delivered"} == set(times)

    await _until(known)
    await _end(process)
    states = await _states(office)
    assert {who for who, state in states.items() if state == "unconfirmed"} == unknown - set(times)
    assert Counter(who for who, _ in received) == times
