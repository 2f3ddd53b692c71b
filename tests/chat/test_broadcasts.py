"""Broadcasts: drafted by an agent, sent by a lead, each number once, stopped, and never by a sub-team."""

import asyncio
import contextlib
import os
import signal
import sys
from dataclasses import replace

import asyncpg
import pytest

from app.domain.broadcasts import Broadcast, BroadcastState
from app.domain.conditions import Compare, How
from app.domain.customers import Customer
from app.domain.ids import new_id
from app.domain.phone_numbers import PhoneNumber
from app.domain.refusals import Refusal, Refused
from app.services.messages import Messages
from app.store.database import HUB_ROLE
from app.store.engine import connect
from app.store.messages import PostgresMessages
from tests.chat.counter import Texting, hub
from tests.helpers.mail_store import hub_access, url_of
from tests.mail.office import ROOT

_PROGRAM = """
import asyncio, sys
from app.bootstrap.sms import SmsParts
from app.hub.supervisor import supervise
from app.store.engine import access_of, open_engine
from app.store.session import Database
async def main():
    print("up", flush=True)
    access = access_of(sys.argv[1])
    await supervise(SmsParts(Database(open_engine(access, connections=10)), access).workers())
asyncio.run(main())
"""


def messages(texting: Texting, name: str) -> Messages:
    return Messages(PostgresMessages(texting.as_agent(name)))


async def people(texting: Texting, count: int, organisation: str = "Domaine") -> None:
    for n in range(count):
        number = f"+3363998{n:04}"
        person = Customer(new_id(), last_name=f"P{n}", organisation=organisation, phones=(PhoneNumber(number, number),))
        await texting.vallon.as_agent("camille").insert_customer(person)


def draft(texting: Texting, team: str = "Contact centre") -> Broadcast:
    condition = Compare("customer.organisation", How.IS, ("Domaine",))
    return Broadcast(new_id(), texting.vallon.teams[team], "Salon", condition, "Venez au salon.", per_minute=60_000)


async def approved(texting: Texting, one: Broadcast) -> None:
    await messages(texting, "nadia").save_broadcast(one, asks=True)
    (found,) = await messages(texting, "camille").broadcasts()
    await messages(texting, "camille").approve(found)


@pytest.mark.row("S1-35")
async def test_an_agent_drafts_a_lead_sends_and_answers_become_cases(texting: Texting) -> None:
    await texting.add_line()
    await people(texting, 5)
    await texting.vallon.customer("Elsewhere")
    await texting.database.write("SELECT sms_stop(:o, '+33639980001', true)", o=texting.vallon.organisation_id)
    one = draft(texting)
    nadia, camille = messages(texting, "nadia"), messages(texting, "camille")
    audience = await nadia.audience(one.condition)
    assert (audience.found, audience.reached, len(audience.sample)) == (5, 4, 5)
    await nadia.save_broadcast(one, asks=True)
    (seen,) = await nadia.broadcasts()
    assert (seen.state, seen.may_send, seen.drafted_by) == (BroadcastState.ASKED, False, "Nadia Benali")
    with pytest.raises(Refused) as refused:
        await nadia.approve(seen)
    assert refused.value.reason is Refusal.NOT_PERMITTED
    await camille.save_broadcast(replace(one, text_fr="Venez tous."))
    with pytest.raises(Refused) as refused:
        await camille.approve(seen)  # it was changed since
    assert refused.value.reason is Refusal.CHANGED_MEANWHILE
    (seen,) = await camille.broadcasts()
    async with hub(texting):
        await camille.approve(seen)
        await texting.until("SELECT 1 FROM broadcasts WHERE state = 'done'")
        # 0000 is a number that the provider cannot reach.
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'delivered'", 3)
        await texting.until("SELECT 1 FROM deliveries WHERE state = 'permanent'")
        await texting.texts("Oui, je viens !", "+33639980002")
        (entry,) = await texting.settled(1)
    assert entry["fate"] == "case"
    assert sorted(sent.to[-4:] for sent in texting.provider.sent) == ["0000", "0002", "0003", "0004"]
    (ended,) = await camille.broadcasts()
    assert ended.figures == {"delivered": 3, "permanent": 1, "stopped": 1}
    with pytest.raises(Refused):
        await camille.approve(ended)


@pytest.mark.row("S1-34")
async def test_a_sub_team_is_refused_with_a_reason_of_its_own(texting: Texting) -> None:
    await texting.add_line()
    with pytest.raises(Refused) as refused:
        await messages(texting, "julie").save_broadcast(draft(texting, "Atelier Beaune"))
    assert refused.value.reason is Refusal.SUB_TEAM_SENDS_NO_BROADCASTS
    one = draft(texting)
    await messages(texting, "nadia").save_broadcast(one)
    with pytest.raises(Refused) as refused:
        await texting.database.write(
            "UPDATE broadcasts SET team_id = :team, state = 'sending'", team=texting.vallon.teams["Atelier Beaune"]
        )
    assert refused.value.reason is Refusal.SUB_TEAM_SENDS_NO_BROADCASTS
    assert (await messages(texting, "nadia").broadcasts())[0].team_id == one.team_id


async def test_it_keeps_its_pace_and_is_stopped(texting: Texting) -> None:
    await texting.add_line()
    await people(texting, 6)
    await approved(texting, replace(draft(texting), per_minute=2))
    async with hub(texting):
        await texting.until("SELECT 1 FROM broadcast_recipients WHERE state = 'written'", 2)
        (seen,) = await messages(texting, "camille").broadcasts()
        with pytest.raises(Refused):
            await messages(texting, "nadia").stop(seen.id)
        await messages(texting, "camille").stop(seen.id)
    assert await texting.rows("SELECT count(*) AS n FROM broadcast_recipients WHERE state = 'waiting'") == [{"n": 4}]
    (ended,) = await messages(texting, "camille").broadcasts()
    assert ended.state is BroadcastState.STOPPED


async def test_a_hub_killed_in_the_middle_sends_nobody_the_same_twice(texting: Texting) -> None:
    await texting.add_line()
    await people(texting, 60)
    await approved(texting, draft(texting))
    kills = 0
    async with asyncio.timeout(60):
        while len(texting.provider.sent) < 40 or kills < 2:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", _PROGRAM, url_of(hub_access(texting.vallon)), stdout=-1,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            goal = min(len(texting.provider.sent) + 20, 60)
            while len(texting.provider.sent) < goal:
                await asyncio.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            await process.wait()
            kills += 1
    async with hub(texting):
        await texting.until("SELECT 1 FROM broadcasts WHERE state = 'done'")
        waits = "SELECT 1 WHERE NOT EXISTS (SELECT FROM deliveries WHERE state IN ('waiting', 'temporary'))"
        await texting.until(waits)
    numbers = [sent.to for sent in texting.provider.sent]
    assert len(numbers) == len(set(numbers))
    # Of what hung between us and the provider nobody knows yet; everybody else got it.
    unknown = await texting.rows("SELECT recipient FROM deliveries WHERE state = 'sending'")
    assert set(numbers) | {row["recipient"] for row in unknown} >= {f"+3363998{n:04}" for n in range(60)}


async def test_a_database_killed_in_the_middle_sends_nobody_the_same_twice(texting: Texting) -> None:
    await texting.add_line()
    await people(texting, 60)
    await approved(texting, draft(texting))
    kills = 0
    async with asyncio.timeout(120), hub(texting):
        while kills < 2:
            # Of those on their way nobody may ever know.
            goal = min(len(texting.provider.sent) + 15, 40)
            while len(texting.provider.sent) < goal:
                await asyncio.sleep(0.005)
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):  # it is coming up again
                async with contextlib.AsyncExitStack() as stack:
                    admin = await connect(texting.vallon.admin)
                    stack.callback(admin.terminate)
                    pid = await admin.fetchval(
                        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = $1 LIMIT 1",
                        HUB_ROLE,
                    )
                    if pid is not None:
                        os.kill(pid, signal.SIGKILL)  # the server takes everybody down and begins anew
                        kills += 1
        while True:
            with contextlib.suppress(Refused):
                waits = await texting.rows(
                    "SELECT 1 FROM broadcasts WHERE state = 'sending' UNION ALL "
                    "SELECT 1 FROM deliveries WHERE state IN ('waiting', 'temporary') LIMIT 1"
                )
                if not waits:
                    break
            await asyncio.sleep(0.05)
    numbers = [sent.to for sent in texting.provider.sent]
    assert len(numbers) == len(set(numbers))
    unknown = await texting.rows(
        "SELECT recipient FROM deliveries WHERE state IN ('sending', 'unconfirmed', 'permanent')"
    )
    assert set(numbers) | {row["recipient"] for row in unknown} >= {f"+3363998{n:04}" for n in range(60)}
