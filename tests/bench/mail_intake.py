"""How many mails a second become cases and follow-ups, against reading them alone; how soon one is on the desk."""

import asyncio
import time
from email import message_from_bytes, policy
from pathlib import Path
from statistics import median

from app.desk.case_list import CaseList
from app.desk.shell import Shell
from app.domain.views import View, ViewKind
from app.services.cases import Cases
from app.services.organisation import Administration
from app.store.desk import open_desk_store
from tests.bench.ground_store import p95
from tests.bench.mail_world import ADDRESS, TEAM, ended, fresh_mails, mail_world
from tests.helpers.mail_store import write_mail
from tests.helpers.mails import raw_mail

HEADERS = ("From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
           "Auto-Submitted", "List-Id", "Content-Type")  # fmt: skip
_PATIENCE_S = 900


async def intake(count: int) -> dict[str, float]:
    """Mails in a mailbox, a hub on one core, until each has its fate."""
    mails = fresh_mails(count)
    alone = await asyncio.to_thread(_parsed_per_s, mails[:600])
    async with mail_world() as world:
        world.fill(mails)
        began = await world.count("incoming WHERE fate IS NOT NULL")
        assert began == 0
        async with ended(await world.started_hub({0})) as hub:
            async with asyncio.timeout(_PATIENCE_S):
                while await world.count("incoming WHERE fate IS NOT NULL") < count:
                    await asyncio.sleep(0.2)
            rss_mb = _peak_mb(hub.pid)
        (took,) = await world.office.rows(
            "SELECT extract(epoch FROM max(settled_at) - min(arrived_at)) AS s FROM incoming"
        )
        assert await world.count("follow_ups WHERE channel = 'email' AND direction = 'in'") > count / 4
    rate = count / float(took["s"])
    return {"intake_mails_per_s": rate, "intake_vs_parse_ratio": rate / alone, "intake_rss_mb": rss_mb}


def _parsed_per_s(mails: list[bytes]) -> float:
    began = time.perf_counter()
    for raw in mails:
        mail = message_from_bytes(raw, policy=policy.default)
        for name in HEADERS:
            try:
                str(mail[name])
            except (ValueError, LookupError, AttributeError, TypeError, IndexError):
                continue  # it fails on some of these mails, which is why the product reads them otherwise
        for part in mail.walk():
            part.get_payload(decode=True)
    return len(mails) / (time.perf_counter() - began)


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


async def arrival(count: int) -> dict[str, float]:
    """From the delivery at the mail server to the row in the list of an agent's desk, IDLE in between."""
    async with mail_world() as world, ended(await world.started_hub()):
        office = world.office
        store = await open_desk_store(office.vallon.access("nadia"))
        cases = Cases(store.cases)
        shell = Shell().join(cases, Administration(store.organisation), store.feed, store.floor)
        listed = CaseList(cases, store.feed, lambda _: None)
        listed.choose(View(ViewKind.TEAM, office.vallon.teams[TEAM]))
        await listed.work.settle()
        took = []
        for number in range(-1, count):  # the first one opens the connections
            before = len(listed.state.rows)
            mail = raw_mail("A question.", Message_ID=f"<{number}@a.example>", From=f"c{number}@customer.example")
            began = time.monotonic()
            await asyncio.to_thread(office.deliver, ADDRESS, mail)
            async with asyncio.timeout(30):
                while len(listed.state.rows) == before:
                    await asyncio.sleep(0.002)
            took += [1000 * (time.monotonic() - began)] if number >= 0 else []
        await listed.close()
        await shell.close()
        await store.close()
    print(f"    arrival to desk: median {median(took):.0f} ms", flush=True)
    return {"arrival_to_desk_ms_p95": p95(took)}


async def departure(count: int) -> dict[str, float]:
    """From the end of the time in which a mail can be taken back to the receiving server's own record of it."""
    async with mail_world() as world, ended(await world.started_hub()):
        office = world.office
        case = await office.vallon.case()
        took = []
        for number in range(-1, count):
            await write_mail(office.vallon, world.mailbox, case, (f"to{number}@x.example",), after_s=1)
            due = time.monotonic() + 1
            async with asyncio.timeout(30):
                while len(office.receiver.received) < number + 2:
                    await asyncio.sleep(0.002)
            took += [1000 * (time.monotonic() - due)] if number >= 0 else []
    return {"send_to_smtp_ms_p95": p95(took)}
