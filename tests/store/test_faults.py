"""What goes wrong for real: a server killed in the middle of a save, rows that are gone, input that cannot be."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
import pytest

from app.domain.customers import Customer
from app.domain.follow_ups import BODY_MOST, Channel, FollowUp
from app.domain.ids import new_id
from app.domain.phone_numbers import parse
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Task
from app.services.cases import Cases, NewCase
from app.services.customers import Customers
from app.services.tasks import Tasks
from app.store.engine import connect
from app.store.one_customer import erase_customer
from tests.helpers.organisation import Vallon

MILLION = "x" * 1_000_000


async def _eventually(act: Callable[[], Awaitable[object]], within_s: float = 30) -> None:
    """Repeat until the server is back."""
    async with asyncio.timeout(within_s):
        while True:
            with suppress(Refused, OSError, asyncpg.PostgresError):
                await act()
                return
            await asyncio.sleep(0.05)


async def test_a_server_killed_in_the_middle_of_a_save_leaves_the_old_record_whole(vallon: Vallon) -> None:
    """The save waits behind another transaction when the backend that carries it is killed with -9."""
    nadia = vallon.as_agent("nadia")
    case_id = await vallon.case()
    case = await nadia.case(case_id)
    holder = await connect(vallon.admin)
    turn = holder.transaction()
    await turn.start()
    # The first of the save's two statements goes through, the second, the number's, has to wait.
    await holder.execute("LOCK TABLE numbers IN ACCESS EXCLUSIVE MODE")
    other = await holder.fetchval("SELECT 1")
    assert other == 1
    wished = replace(case, subject="Never half saved", description="Nor this")
    saving = asyncio.ensure_future(Cases(nadia).save(wished))
    pid = None
    async with asyncio.timeout(20):
        while pid is None:
            pid = await holder.fetchval(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            await asyncio.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(Refused) as refused:
        await saving
    assert refused.value.reason is Refusal.SERVER_AWAY
    holder.terminate()
    await _eventually(lambda: nadia.case(case_id))
    assert await nadia.case(case_id) == case
    assert (await Cases(nadia).save(wished)).subject == "Never half saved"


async def test_a_save_whose_answer_was_lost_can_be_sent_again(vallon: Vallon) -> None:
    """The commit was made, the connection died before it was told: the same follow-up and task come once."""
    nadia = vallon.as_agent("nadia")
    case_id = await vallon.case()
    note = FollowUp(new_id(), case_id, Channel.NOTE, "Once", datetime.now(UTC))
    task = Task(new_id(), vallon.teams["Contact centre"], "Once", case_id=case_id)
    for _ in range(2):
        await Cases(nadia).follow_up(note)
        await Tasks(nadia).create(task)
    file = await nadia.case_file(case_id)
    assert [entry.body for entry in file.timeline] == ["Once"]
    assert [row.task.title for row in file.tasks] == ["Once"]


async def test_one_desk_edits_what_another_has_deleted(vallon: Vallon) -> None:
    nadia = vallon.as_agent("nadia")
    case_id = await vallon.case()
    case = await nadia.case(case_id)
    customer = await nadia.customer(case.customer_id)
    task = await nadia.insert_task(Task(new_id(), vallon.teams["Contact centre"], "Call", case_id=case_id))
    await erase_customer(vallon.admin, customer.account_number)
    acts: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: Customers(nadia).save(replace(customer, pinned_note="typed meanwhile")),
        lambda: Cases(nadia).save(replace(case, subject="Typed meanwhile")),
        lambda: Cases(nadia).follow_up(FollowUp(new_id(), case_id, Channel.NOTE, "Typed", datetime.now(UTC))),
        lambda: Tasks(nadia).save(replace(task, title="Typed meanwhile")),
        lambda: nadia.assign_case(case_id, vallon.agents["nadia"]),
        lambda: Cases(nadia).create(NewCase(new_id(), customer.id, "New for her", vallon.teams["Contact centre"])),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            await act()
        assert refused.value.reason is Refusal.NOT_FOUND
    # Nobody can hang anything on what is gone.
    admin = await connect(vallon.admin)
    assert await admin.fetchval("SELECT count(*) FROM follow_ups") == 0
    await admin.close()


async def test_two_desks_change_one_case_at_the_same_moment_and_one_is_told(vallon: Vallon) -> None:
    nadia, camille = vallon.as_agent("nadia"), vallon.as_agent("camille")
    case = await nadia.case(await vallon.case())
    done = await asyncio.gather(
        Cases(nadia).save(replace(case, subject="Nadia's")),
        Cases(camille).save(replace(case, subject="Camille's")),
        return_exceptions=True,
    )
    refused = [one for one in done if isinstance(one, Refused)]
    assert [one.reason for one in refused] == [Refusal.CHANGED_MEANWHILE]
    kept = (await nadia.case(case.id)).subject
    assert kept in {"Nadia's", "Camille's"}
    assert refused[0].details["current"] == await nadia.case(case.id)


async def test_a_million_letters_are_refused_in_words_wherever_they_are_typed(vallon: Vallon) -> None:
    nadia = vallon.as_agent("nadia")
    case = await nadia.case(await vallon.case())
    team = vallon.teams["Contact centre"]
    acts: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: Customers(nadia).create(Customer(new_id(), first_name=MILLION, last_name="A")),
        lambda: Customers(nadia).create(Customer(new_id(), organisation=MILLION)),
        lambda: Cases(nadia).create(NewCase(new_id(), case.customer_id, MILLION, team)),
        lambda: Cases(nadia).save(replace(case, subject=MILLION)),
        lambda: Cases(nadia).follow_up(
            FollowUp(new_id(), case.id, Channel.NOTE, "x" * (BODY_MOST + 1), datetime.now(UTC))
        ),
    )
    for act in acts:
        with pytest.raises(Refused, match="too long"):
            await act()
    # Searching for them is no fault: nothing is found.
    assert await nadia.find_customers(MILLION, 5) == ()
    assert await nadia.find_cases(MILLION, 5) == ()


@pytest.mark.parametrize(
    "typed", ["", "abc", "12", "+", "0" * 40, "06 39 98", "+99999999999999", "1-800-FLOWERSX", MILLION]
)
def test_what_is_no_telephone_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(typed, "FR")
    assert refused.value.reason is Refusal.NOT_A_PHONE_NUMBER
    assert "06 12 34 56 78" in str(refused.value)


async def test_an_hour_that_does_not_exist_is_refused_with_the_next_that_does(vallon: Vallon) -> None:
    skipped = datetime(2026, 3, 29, 2, 30)
    task = Task(new_id(), vallon.teams["Contact centre"], "Call", local_at=skipped, zone="Europe/Paris")
    with pytest.raises(Refused, match="03:30") as refused:
        await Tasks(vallon.as_agent("nadia")).create(task)
    assert refused.value.reason is Refusal.NO_SUCH_LOCAL_TIME
    elsewhere = replace(task, zone="America/New_York")
    assert (await Tasks(vallon.as_agent("nadia")).create(elsewhere)).local_at == skipped
