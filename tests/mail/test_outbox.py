"""The outbox on a real PostgreSQL: sent by one, never twice, each recipient with an outcome of her own."""

import asyncio
import itertools

import asyncpg
import pytest

from app.domain.deliveries import MOVES, DeliveryState, may_go, pause_after
from app.services.outbox import Outcome
from app.store.engine import connect
from app.store.outbox import PostgresOutbox
from app.store.session import Database
from tests.helpers.mail_store import hub_access, hub_database, make_mailbox, write_mail
from tests.helpers.organisation import Vallon

JANE, JOHN = "jane@customer.example", "john@customer.example"


async def _states(database: Database) -> dict[str, str]:
    return {row["recipient"]: row["state"] for row in await database.rows("SELECT recipient, state FROM deliveries")}


async def test_a_written_mail_is_on_the_timeline_and_waits_once_for_each_recipient(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon), await vallon.case()
    mail = await write_mail(vallon, mailbox, case, (JANE, JOHN, JANE), external_id="<fixed@guichet.example>")
    nadia = await connect(vallon.access("nadia"))
    assert await nadia.fetchval("SELECT external_id FROM outgoing WHERE id = $1", mail) == "<fixed@guichet.example>"
    assert await nadia.fetchval("SELECT count(*) FROM deliveries") == 2
    entry = await nadia.fetchrow("SELECT channel, direction, author_name FROM follow_ups WHERE channel = 'email'")
    assert tuple(entry) == ("email", "out", "Nadia Benali")
    assert await nadia.fetchval("SELECT assignee_id FROM cases WHERE id = $1", case) == vallon.agents["nadia"]
    await nadia.close()
    victor = await connect(vallon.access("victor"))
    assert await victor.fetchval("SELECT count(*) FROM deliveries") == 0
    await victor.close()


async def test_nobody_writes_on_a_case_that_is_not_hers_to_see_or_past_the_outbox(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon), await vallon.case("Sales Dijon", by="omar")
    with pytest.raises(asyncpg.PostgresError) as refused:
        await write_mail(vallon, mailbox, case, (JANE,), by="victor")
    assert refused.value.sqlstate == "GU001"
    mine = await vallon.case()
    for bad in ("a@x.example\r\nBcc: b@x.example", "two@x.example, three@x.example", "nobody"):
        with pytest.raises(asyncpg.PostgresError):
            await write_mail(vallon, mailbox, mine, (bad,))
    nadia = await connect(vallon.access("nadia"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await nadia.execute("UPDATE deliveries SET state = 'delivered'")
    await nadia.close()


async def test_sending_is_committed_before_the_mail_is_handed_out_and_to_one_hub(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon), await vallon.case()
    for _ in range(10):
        await write_mail(vallon, mailbox, case, (JANE,))
    database = hub_database(vallon, 4)
    outbox = PostgresOutbox(database)
    claims = list(await asyncio.gather(*(outbox.claim(3, 60) for _ in range(4))))
    # One that reaches a mail just when another's claim of it ends takes one mail less: the next round has it.
    claims.append(await outbox.claim(10, 60))
    ids = [parcel.external_id for claim in claims for parcel in claim]
    assert len(ids) == len(set(ids)) == 10
    states = await database.rows("SELECT state FROM deliveries")
    assert {row["state"] for row in states} == {"sending"}
    assert next(filter(None, claims))[0].raw.startswith(b"Subject: hello")
    await database.close()


async def test_each_recipient_has_an_outcome_of_her_own(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon), await vallon.case()
    await write_mail(vallon, mailbox, case, (JANE, JOHN, "forgotten@x.example"))
    database = hub_database(vallon)
    outbox = PostgresOutbox(database)
    (parcel,) = await outbox.claim(10, 60)
    outcomes = {
        JANE: Outcome(DeliveryState.DELIVERED),
        JOHN: Outcome(DeliveryState.TEMPORARY, "450 try later"),
    }
    await outbox.finish(parcel, outcomes)
    assert await _states(database) == {JANE: "delivered", JOHN: "temporary", "forgotten@x.example": "unconfirmed"}
    assert not await outbox.claim(10, 60)
    await database.write("UPDATE deliveries SET send_at = now() WHERE state = 'temporary'")
    (again,) = await outbox.claim(10, 60)
    assert again.recipients == (JOHN,)
    await database.close()


async def test_after_a_crash_nobody_knows_and_nothing_is_sent_again_by_itself(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon), await vallon.case()
    await write_mail(vallon, mailbox, case, (JANE, JOHN))
    database = hub_database(vallon)
    outbox = PostgresOutbox(database)
    (parcel,) = await outbox.claim(10, 0)  # and the hub dies here
    assert await outbox.abandon_overdue() == 2
    assert await _states(database) == {JANE: "unconfirmed", JOHN: "unconfirmed"}
    assert not await outbox.claim(10, 60)
    (asked,) = await outbox.unconfirmed(10)
    assert (asked.external_id, set(asked.recipients)) == (parcel.external_id, {JANE, JOHN})
    # The hub was only slow: what it says of its own claim counts, a later try does not.
    await outbox.finish(parcel, {JANE: Outcome(DeliveryState.DELIVERED), JOHN: Outcome(DeliveryState.TEMPORARY)})
    assert await _states(database) == {JANE: "delivered", JOHN: "unconfirmed"}
    nadia = await connect(vallon.access("nadia"))
    await nadia.execute("SELECT decide_delivery(id, 'waiting') FROM deliveries WHERE recipient = $1", JOHN)
    await nadia.close()
    assert [parcel.recipients for parcel in await outbox.claim(10, 60)] == [(JOHN,)]
    await database.close()


async def test_undo_takes_back_a_mail_that_has_not_left(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon), await vallon.case()
    mail = await write_mail(vallon, mailbox, case, (JANE,), after_s=10)
    database = hub_database(vallon)
    assert not await PostgresOutbox(database).claim(10, 60)
    nadia = await connect(vallon.access("nadia"))
    assert await nadia.fetchval("SELECT withdraw_mail($1)", mail)
    assert await _states(database) == {JANE: "withdrawn"}
    sent = await write_mail(vallon, mailbox, case, (JOHN,))
    await PostgresOutbox(database).claim(10, 60)
    assert not await nadia.fetchval("SELECT withdraw_mail($1)", sent)
    await nadia.close()
    await database.close()


async def test_the_database_knows_the_same_moves_as_the_rule(vallon: Vallon) -> None:
    hub = await connect(hub_access(vallon))
    for before, after in itertools.product(DeliveryState, DeliveryState):
        assert await hub.fetchval("SELECT may_go($1, $2)", before.value, after.value) == may_go(before, after)
    await hub.close()
    assert set(MOVES) == set(DeliveryState)
    assert [pause_after(n) for n in (0, 1, 99)] == sorted(pause_after(n) for n in (0, 1, 99))


async def test_what_leaves_a_mailbox_in_a_minute_is_limited_and_what_is_too_much_waits(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon, per_minute=3), await vallon.case()
    other = await make_mailbox(vallon, "Sales Dijon", "sales@guichet.example")
    others = await vallon.case("Sales Dijon", by="omar")
    for n in range(5):
        await write_mail(vallon, mailbox, case, (f"to{n}@x.example", f"copy{n}@x.example"))
    await write_mail(vallon, other, others, ("free@x.example",), by="omar")
    database = hub_database(vallon)
    outbox = PostgresOutbox(database)
    left: list[str] = []
    while parcels := await outbox.claim(1, 60):
        for parcel in parcels:
            left += parcel.recipients
            await outbox.finish(parcel, dict.fromkeys(parcel.recipients, Outcome(DeliveryState.DELIVERED)))
    assert len(left) == 7
    assert {"to0@x.example", "copy2@x.example", "free@x.example"} <= set(left)
    held = await database.rows(
        "SELECT recipient, state, held, extract(epoch FROM send_at - now()) AS wait FROM deliveries WHERE held"
    )
    assert {row["recipient"] for row in held} == {f"{who}{n}@x.example" for who in ("to", "copy") for n in (3, 4)}
    assert all(row["state"] == "waiting" and 0 < row["wait"] <= 60 for row in held)
    # The minute is over: in their order, and nothing says any more that it is held back.
    await database.write("UPDATE outgoing SET left_at = left_at - interval '61 seconds'")
    await database.write("UPDATE deliveries SET send_at = send_at - interval '61 seconds' WHERE held")
    for n in (3, 4):
        (parcel,) = await outbox.claim(1, 60)
        assert set(parcel.recipients) == {f"to{n}@x.example", f"copy{n}@x.example"}
    assert not await database.rows("SELECT 1 FROM deliveries WHERE held")
    await database.close()


async def test_a_mail_that_is_held_back_can_still_be_taken_back(vallon: Vallon) -> None:
    mailbox, case = await make_mailbox(vallon, per_minute=1), await vallon.case()
    await write_mail(vallon, mailbox, case, (JANE,))
    second = await write_mail(vallon, mailbox, case, (JOHN,))
    database = hub_database(vallon)
    (parcel,) = await PostgresOutbox(database).claim(5, 60)
    assert parcel.recipients == (JANE,)
    nadia = await connect(vallon.access("nadia"))
    assert await nadia.fetchval("SELECT withdraw_mail($1)", second)
    await nadia.close()
    assert await _states(database) == {JANE: "sending", JOHN: "withdrawn"}
    await database.close()
