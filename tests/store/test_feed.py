"""The feed: nothing is missed, not by commits out of order and not by an outage."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from app.domain.history import Hint
from app.store.engine import connect
from app.store.feed import PostgresFeed
from tests.helpers.organisation import Vallon


async def _until(holds: Callable[[], bool], within_s: float = 15) -> None:
    async with asyncio.timeout(within_s):
        while not holds():
            await asyncio.sleep(0.02)


async def test_two_desks_see_each_others_changes(vallon: Vallon) -> None:
    feed = PostgresFeed(vallon.access("nadia"), vallon.organisation_id)
    heard: list[Hint] = []
    feed.subscribe(heard.append)
    await feed.start()
    case_id = await vallon.case()
    await _until(lambda: any(hint.record_id == case_id for hint in heard))
    case = await vallon.as_agent("camille").case(case_id)
    heard.clear()
    await vallon.as_agent("camille").update_case(replace(case, subject="Changed"))
    await _until(lambda: any(hint.kind == "case" and hint.record_id == case_id for hint in heard))
    await feed.stop()


async def test_a_desk_that_was_cut_off_catches_up_with_commits_out_of_order(vallon: Vallon) -> None:
    """Two transactions begin one after the other and commit the other way round, across the cut."""
    feed = PostgresFeed(vallon.access("nadia"), vallon.organisation_id)
    heard: list[Hint] = []
    feed.subscribe(heard.append)
    await feed.start()
    first, second = await vallon.customer("Early"), await vallon.customer("Late")
    await _until(lambda: {first.id, second.id} <= {hint.record_id for hint in heard})
    slow, quick = await connect(vallon.access("camille")), await connect(vallon.access("camille"))
    slow_turn = slow.transaction()
    await slow_turn.start()
    await slow.execute("UPDATE customers SET pinned_note = 'slow' WHERE id = $1", first.id)
    await quick.execute("UPDATE customers SET pinned_note = 'quick' WHERE id = $1", second.id)
    admin = await connect(vallon.admin)
    heard.clear()
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'guichet feed' "
        "AND datname = current_database()"
    )
    await _until(lambda: not feed.connected)
    await slow_turn.commit()
    third = await vallon.customer("While away")
    await _until(lambda: feed.connected)
    await _until(lambda: {first.id, second.id, third.id} <= {hint.record_id for hint in heard})
    for connection in (slow, quick, admin):
        await connection.close()
    await feed.stop()


async def test_the_cursor_never_passes_a_transaction_that_still_runs(vallon: Vallon) -> None:
    """A long transaction holds the catch-up below itself, so that its changes are told when it commits."""
    feed = PostgresFeed(vallon.access("nadia"), vallon.organisation_id)
    await feed.start()
    customer = await vallon.customer("Held")
    slow = await connect(vallon.access("camille"))
    turn = slow.transaction()
    await turn.start()
    await slow.execute("UPDATE customers SET pinned_note = 'held' WHERE id = $1", customer.id)
    xid = int(await slow.fetchval("SELECT pg_current_xact_id()::text"))
    for _ in range(3):
        probe = await connect(vallon.access("nadia"))
        await feed._move_cursor(probe)
        await probe.close()
    assert feed._cursor is not None
    assert int(feed._cursor[1]) <= xid
    await turn.commit()
    await slow.close()
    await feed.stop()


async def test_transactions_are_told_in_their_order_and_not_in_that_of_their_digits(vallon: Vallon) -> None:
    from app.store.feed import _SINCE

    admin = await connect(vallon.admin)
    await admin.execute("DELETE FROM changes")
    for xid in ("99", "100", "101"):
        await admin.execute(
            "INSERT INTO changes (epoch, xid, organisation_id, audience_id, kind, operation, record_id) "
            "SELECT 1, CAST($2::text AS xid8), $1, everyone($1), 'team', 'updated', gen_random_uuid()",
            vallon.organisation_id, xid,
        )  # fmt: skip
    nadia = await connect(vallon.access("nadia"))
    told = await nadia.fetch(_SINCE, 1, "0", 0, 2)
    assert [row["xid"] for row in told] == ["99", "100"]
    await nadia.close()
    await admin.close()
