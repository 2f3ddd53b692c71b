"""The ledger on a real PostgreSQL: nothing kept twice, nothing settled twice, nothing seen by the wrong team."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.desk.mail_ledger import MailLedger
from app.domain.ledger import Fate
from app.services.email_hub import TeamMail
from app.services.ledger import Settled
from app.store.email_hub import PostgresEmailHub
from app.store.engine import connect, open_engine
from app.store.ledger import CLAIM, PostgresLedger
from app.store.session import Database, statement
from tests.helpers.mail_store import arrival, hub_access, hub_database, make_mailbox, url_of
from tests.helpers.organisation import Vallon

ROOT = Path(__file__).parents[2]


async def test_a_message_is_kept_once_with_all_its_routes_and_the_place_moves_with_it(vallon: Vallon) -> None:
    mailbox, database = await make_mailbox(vallon), hub_database(vallon)
    ledger = PostgresLedger(database)
    assert await ledger.keep(mailbox, 7, [arrival(b"one", "<a@x>", 1, "contact@guichet.example")]) == 1
    assert await ledger.keep(mailbox, 7, [arrival(b"one", "<a@x>", 2, "sales@guichet.example")]) == 0
    # The id of another message: told apart by what it holds, whichever came again.
    assert await ledger.keep(mailbox, 7, [arrival(b"two", "<a@x>", 3), arrival(b"two", "<a@x>", 4)]) == 1
    assert await ledger.keep(mailbox, 7, [arrival(b"one", "<a@x>", 5)]) == 0
    assert await ledger.place(mailbox) == (7, 5, "")
    rows = await database.rows("SELECT * FROM incoming ORDER BY arrived_at")
    assert [row["external_id"].partition("#")[0] for row in rows] == ["<a@x>", "<a@x>"]
    routes = await database.rows("SELECT * FROM incoming_routes ORDER BY address")
    assert [(r["address"], r["team_id"]) for r in routes] == [
        ("contact@guichet.example", vallon.teams["Contact centre"]),
        ("sales@guichet.example", None),
    ]
    assert await ledger.keep(mailbox, 8, [arrival(b"new era", "<b@x>", 1)]) == 1
    assert await ledger.place(mailbox) == (8, 1, "")
    await database.close()


async def test_a_mail_is_looked_up_by_its_own_id_from_the_first_one_on(vallon: Vallon) -> None:
    """Planned while the table is empty, as a new hub does: with the mailbox's other mails it would be ever slower."""
    database = hub_database(vallon)
    async with database.transaction() as connection:
        for sql in (
            "SET LOCAL plan_cache_mode = force_generic_plan",
            "PREPARE known AS SELECT id FROM incoming WHERE mailbox_id = $1 AND external_id IN ($2::text, $3::text)",
        ):
            await connection.exec_driver_sql(sql)
        plan = await connection.exec_driver_sql("EXPLAIN EXECUTE known (gen_random_uuid(), '<a@x>', '<a@x>#1')")
        said = "\n".join(row[0] for row in plan)
    assert "external_id = ANY" in said.partition("Index Cond:")[2].partition("\n")[0], said
    await database.close()


async def test_a_claim_is_of_one_worker_and_a_fate_is_given_once(vallon: Vallon) -> None:
    mailbox, database = await make_mailbox(vallon), hub_database(vallon, 4)
    ledger = PostgresLedger(database)
    await ledger.keep(mailbox, 1, [arrival(f"m{n}".encode(), f"<{n}@x>", n) for n in range(1, 21)])
    claims = await asyncio.gather(*(ledger.claim(5, 60) for _ in range(4)))
    ids = [waiting.id for claim in claims for waiting in claim]
    assert len(ids) == len(set(ids)) == 20
    first = claims[0][0]
    assert first.raw.startswith(b"m")
    assert await ledger.settle(first, Settled(Fate.IGNORED))
    assert not await ledger.settle(first, Settled(Fate.BOUNCE))
    await database.close()


async def test_a_claim_costs_the_same_whatever_waits_behind_it(vallon: Vallon) -> None:
    mailbox, database = await make_mailbox(vallon), hub_database(vallon)
    await PostgresLedger(database).keep(mailbox, 1, [arrival(f"m{n}".encode(), f"<{n}@x>", n) for n in range(1, 1501)])
    values = {"most": 5, "seconds": 60, "bytes": 1_000_000, "channel": "email"}
    async with database.transaction() as connection:
        found = await connection.execute(statement(f"EXPLAIN (ANALYZE, FORMAT JSON) {CLAIM}"), values)
        plan = found.scalar_one()[0]["Plan"]
    looked_at = {
        node["Relation Name"]: node["Actual Rows"] * node["Actual Loops"]
        for node in _nodes(plan)
        if "Scan" in node["Node Type"] and "Relation Name" in node
    }
    assert looked_at["blobs"] == 5, plan
    assert max(looked_at.values()) < 50, plan
    await database.close()


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


async def test_what_was_claimed_by_a_dead_worker_is_free_again(vallon: Vallon) -> None:
    mailbox, database = await make_mailbox(vallon), hub_database(vallon)
    ledger = PostgresLedger(database)
    await ledger.keep(mailbox, 1, [arrival(b"m")])
    assert len(await ledger.claim(5, 0)) == 1
    again = await ledger.claim(5, 60)
    assert [waiting.attempts for waiting in again] == [2]
    assert not await ledger.claim(5, 60)
    await database.close()


async def test_a_fate_that_made_a_case_stands_and_kept_bytes_never_change(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon), await vallon.case()
    database = hub_database(vallon)
    ledger = PostgresLedger(database)
    await ledger.keep(mailbox, 1, [arrival(b"m")])
    (waiting,) = await ledger.claim(1, 60)
    await ledger.settle(waiting, Settled(Fate.QUARANTINED))
    await database.write("UPDATE incoming SET fate = 'case', case_id = :case", case=case)
    hub = await connect(hub_access(vallon))
    for change in ("fate = 'ignored'", "fate = NULL", "external_id = '<other@x>'", "content_sha256 = repeat('a', 64)"):
        with pytest.raises(asyncpg.PostgresError) as refused:
            await hub.execute(f"UPDATE incoming SET {change}")
        assert refused.value.sqlstate == "GU001"
    await hub.close()
    await database.close()


async def test_what_is_kept_back_is_seen_by_its_team_alone_and_the_secret_by_no_agent(vallon: Vallon) -> None:
    mailbox, database = await make_mailbox(vallon, secret="a secret"), hub_database(vallon)
    await PostgresLedger(database).keep(mailbox, 1, [arrival(b"private words")])
    for name, sees in (("nadia", 1), ("victor", 0)):
        agent = await connect(vallon.access(name))
        assert await agent.fetchval("SELECT count(*) FROM incoming") == sees
        assert await agent.fetchval("SELECT count(*) FROM blob_chunks WHERE data = 'private words'::bytea") == sees
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await agent.execute("SELECT secret FROM mailboxes")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await agent.execute("UPDATE incoming SET fate = 'ignored'")
        counts = dict(await agent.fetch("SELECT * FROM ledger_counts($1)", vallon.teams["Contact centre"]))
        assert counts == ({"waiting": 1} if sees else {})
        await agent.close()
    await database.close()


_KEEPER = """
import asyncio, hashlib, sys
from uuid import UUID
from app.services.ledger import Arrival
from app.store.engine import access_of, open_engine
from app.store.ledger import PostgresLedger
from app.store.session import Database

async def main():
    ledger = PostgresLedger(Database(open_engine(access_of(sys.argv[1]))))
    mailbox = UUID(sys.argv[2])
    _, place, _ = await ledger.place(mailbox)
    while place < 300:
        some = range(place + 1, min(place + 11, 301))
        await ledger.keep(mailbox, 1, [
            Arrival(f"<{n}@x>", hashlib.sha256(b"%d" % n).hexdigest(), b"%d" % n, (), n) for n in some])
        place = some[-1]
        print(place, flush=True)
asyncio.run(main())
"""


async def test_a_reader_killed_at_any_moment_loses_and_doubles_nothing(vallon: Vallon) -> None:
    mailbox, database = await make_mailbox(vallon), hub_database(vallon)
    url = url_of(hub_access(vallon))
    kills = 0
    while (await PostgresLedger(database).place(mailbox))[1] < 300:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _KEEPER, url, str(mailbox), stdout=-1, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )  # fmt: skip
        assert process.stdout is not None
        for _ in range(kills + 3):
            await asyncio.wait_for(process.stdout.readline(), 30)
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        await process.wait()
        assert kills < 30
    rows = await database.rows("SELECT external_id FROM incoming")
    assert sorted(int(row["external_id"][1:-3]) for row in rows) == list(range(1, 301))
    assert kills >= 2
    await database.close()


async def test_the_list_goes_on_under_its_last_line(vallon: Vallon) -> None:
    mailbox, database = await make_mailbox(vallon), hub_database(vallon)
    ledger = PostgresLedger(database)
    for start in range(0, 450, 150):
        await ledger.keep(
            mailbox, 1, [arrival(b"m%d" % n, f"<{n}@x>", n + 1) for n in range(start, start + 150)]
        )  # fmt: skip
    desk = Database(open_engine(vallon.access("ada")))
    store = vallon.as_agent("ada")

    class Deaf:
        connected = True

        def subscribe(self, _: object) -> Callable[[], None]:
            return lambda: None

    page = MailLedger(TeamMail(PostgresEmailHub(desk)), store.directory, Deaf())
    page.choose_team(vallon.teams["Contact centre"])
    await page.work.settle()
    assert (len(page.state.lines), page.state.complete) == (200, False)
    seen = [len(page.state.lines)]
    while not page.state.complete:
        page.more()
        await page.work.settle()
        seen.append(len(page.state.lines))
    assert seen == [200, 400, 450]
    assert len({line.id for line in page.state.lines}) == 450
    assert [line.arrived_at for line in page.state.lines] == sorted(
        (line.arrived_at for line in page.state.lines), reverse=True
    )
    page.begin()
    await page.work.settle()
    assert len(page.state.lines) == 450
    page.look_for(words="<7@x>")
    await page.work.settle()
    assert [line.external_id for line in page.state.lines] == ["<7@x>"]
    await page.close()
    for one in (database, desk):
        await one.close()
