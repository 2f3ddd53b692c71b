"""Two records become one on a real PostgreSQL: what goes on is on the kept one, and two desks make no knot."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.domain.cases import Category, Visibility
from app.domain.follow_ups import Channel, Direction, FollowUp
from app.domain.ids import new_id
from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Task
from app.services.attachments import Attachments
from app.services.practice import Practice
from app.store.blobs import PostgresBlobs
from app.store.calls import PostgresCalls
from app.store.engine import connect
from app.store.mail import PostgresMail
from app.store.practice import PostgresPractice
from tests.helpers.mail_store import make_mailbox, write_mail
from tests.helpers.organisation import Vallon
from tests.store.test_call_results import Hub

JANE = "jane@customer.example"


def practice(vallon: Vallon, name: str) -> Practice:
    return Practice(PostgresPractice(vallon.as_agent(name)._database))


async def says(vallon: Vallon, case: UUID, body: str, by: str = "nadia", **more: object) -> UUID:
    entry = FollowUp(new_id(), case, Channel.NOTE, body, datetime.now(UTC))
    await vallon.as_agent(by).insert_follow_up(replace(entry, **more))  # type: ignore[arg-type]
    return entry.id


async def bodies(vallon: Vallon, case: UUID, by: str = "camille") -> list[str]:
    return [one.body for one in (await vallon.as_agent(by).case_file(case)).timeline]


async def to(vallon: Vallon, case: UUID, category: Category) -> None:
    camille = vallon.as_agent("camille")
    states = (await camille.case_types())[0].states
    await camille.assign_case(case, vallon.agents["camille"])
    state = next(one.id for one in states if one.category is category)
    await camille.update_case(replace(await camille.case(case), state_id=state))


async def test_everything_that_goes_on_is_on_the_kept_case(vallon: Vallon) -> None:
    camille, nadia = vallon.as_agent("camille"), vallon.as_agent("nadia")
    kept, merged, other, linked = [await vallon.case() for _ in range(4)]
    for case, tags in ((kept, ("Press", "urgent")), (merged, ("press", "hall 3"))):
        await nadia.update_case(replace(await nadia.case(case), tags=tags))
    task = Task(new_id(), vallon.teams["Contact centre"], "Call back", case_id=merged)
    await nadia.insert_task(task)
    await practice(vallon, "nadia").watch(merged, watched=True)
    await practice(vallon, "nadia").link(merged, linked)
    await practice(vallon, "nadia").link(other, merged)
    await practice(vallon, "nadia").link(other, kept)
    owner = await connect(vallon.admin)
    await owner.execute(
        "INSERT INTO api_alarms (organisation_id, source, key, case_id) VALUES ($1, 'press', '7', $2)",
        vallon.organisation_id, merged,
    )  # fmt: skip
    await says(vallon, merged, "The press leaks")
    await camille.merge_cases(kept, merged)

    file = await nadia.case_file(kept)
    assert file.case.tags == ("Press", "urgent", "hall 3")
    assert file.row.preview == "The press leaks"
    assert [(one.task.id, one.task.customer_id) for one in file.tasks] == [(task.id, file.case.customer_id)]
    assert file.tasks[0].task.case_id == kept
    assert await practice(vallon, "nadia").watches(kept)
    links = await practice(vallon, "nadia").links(kept)
    assert sorted(one.other_id for one in links) == sorted((linked, other))
    assert await owner.fetchval("SELECT case_id FROM api_alarms") == kept
    await owner.close()
    # What is filed on the merged one afterwards, by a desk that did not know, stands on the kept one.
    await says(vallon, merged, "Typed while I was cut off")
    assert (await bodies(vallon, kept))[-1] == "Typed while I was cut off"
    assert await bodies(vallon, merged) == ["related", "related_by", "merged_into"]


async def test_who_took_part_in_the_merged_case_reads_the_kept_one_with_its_files_and_mails(vallon: Vallon) -> None:
    mailbox = await make_mailbox(vallon)
    kept, merged = await vallon.case(), await vallon.case(by="julie")
    julie = vallon.as_agent("julie")
    with pytest.raises(Refused):
        await julie.case(kept)
    entry = await says(vallon, merged, "A photo")
    await Attachments(PostgresBlobs(vallon.as_agent("nadia")._database)).add(entry, "leak.txt", b"it leaks")
    mail = await write_mail(vallon, mailbox, merged, (JANE,))
    await vallon.as_agent("camille").merge_cases(kept, merged)

    shown = next(one for one in (await julie.case_file(kept)).timeline if one.id == entry)
    assert [one.name for one in shown.attachments] == ["leak.txt"]
    (head,) = await PostgresMail(julie._database).case_mails(kept, frozenset())
    assert (head.id, [one.recipient for one in head.deliveries]) == (mail, [JANE])
    # What is for few is for few, mails and files as well, although the merged case is still there to be read.
    await vallon.as_agent("camille").assign_case(kept, vallon.agents["camille"])
    await vallon.as_agent("camille").set_case_visibility(kept, Visibility.PRIVATE)
    assert (await julie.case(merged)).merged_into_id == kept
    for sql in ("SELECT 1 FROM attachments", "SELECT 1 FROM outgoing", "SELECT 1 FROM deliveries"):
        assert not await julie._database.rows(sql), sql
        assert await vallon.as_agent("camille")._database.rows(sql), sql


@pytest.mark.parametrize("stood", [Category.WAITING_CUSTOMER, Category.SOLVED])
async def test_who_waited_for_an_answer_waits_on_and_since_then(vallon: Vallon, stood: Category) -> None:
    kept, merged = await vallon.case(), await vallon.case()
    await says(vallon, kept, "Answered", "camille", channel=Channel.EMAIL, direction=Direction.OUT, public=True)
    await to(vallon, kept, stood)
    camille = vallon.as_agent("camille")
    await camille.merge_cases(kept, merged)
    assert (await camille.case(kept)).category is Category.WAITING_AGENT
    measure = "SELECT waiting_since_at, paused_since_at, solved_at FROM case_measures WHERE case_id = :id"
    measured = await camille._database.one(measure, id=kept)
    assert dict(measured) == {
        "waiting_since_at": (await camille.case(merged)).created_at, "paused_since_at": None, "solved_at": None
    }  # fmt: skip
    owner = await connect(vallon.admin)
    events = "SELECT kind FROM metric_events WHERE case_id = $1 AND metric = $2 ORDER BY id"
    assert [row["kind"] for row in await owner.fetch(events, kept, "next_reply")] == ["activate"]
    # The merged one's promises end unkept and unbroken.
    assert [row["kind"] for row in await owner.fetch(events, merged, "resolution")] == ["activate", "stop"]
    await owner.close()


async def test_a_case_that_waits_on_nobody_wakes_none(vallon: Vallon) -> None:
    kept, merged = await vallon.case(), await vallon.case()
    for case in (kept, merged):
        await says(vallon, case, "Answered", "camille", channel=Channel.EMAIL, direction=Direction.OUT, public=True)
        await to(vallon, case, Category.WAITING_CUSTOMER)
    camille = vallon.as_agent("camille")
    await camille.merge_cases(kept, merged)
    assert (await camille.case(kept)).category is Category.WAITING_CUSTOMER


async def test_what_cannot_be_merged_says_why(vallon: Vallon) -> None:
    camille = vallon.as_agent("camille")
    kept, merged, third = [await vallon.case() for _ in range(3)]
    numbers = {case: (await camille.case(case)).number for case in (kept, merged)}
    with pytest.raises(Refused, match="This is the same record"):
        await camille.merge_cases(kept, kept)
    await camille.merge_cases(kept, merged)
    for pair in ((third, merged), (merged, third)):
        with pytest.raises(Refused, match=f"^{numbers[merged]} was merged into {numbers[kept]} already"):
            await camille.merge_cases(*pair)
    # A chain is one history, and none is lost.
    await camille.merge_cases(third, kept)
    recorded = {change.record_id for change in await camille.history(third, 100)}
    assert {kept, merged, third} <= recorded
    person = await vallon.customer()
    with pytest.raises(Refused, match="This is the same record"):
        await camille.merge_customers(person.id, person.id)


async def test_two_desks_merge_the_same_two_at_once_and_one_of_them_is_told(vallon: Vallon) -> None:
    one, two = vallon.as_agent("camille"), vallon.as_agent("sofia")
    for _ in range(10):
        kept, merged = await vallon.case(), await vallon.case()
        people = [(await one.case(case)).customer_id for case in (kept, merged)]
        acts = [
            asyncio.gather(one.merge_cases(kept, merged), two.merge_cases(merged, kept), return_exceptions=True),
            asyncio.gather(one.merge_customers(*people), two.merge_customers(*people[::-1]), return_exceptions=True),
        ]
        for act in acts:
            refused = [told for told in await act if told is not None]
            assert len(refused) == 1
            assert isinstance(refused[0], Refused), refused
            assert refused[0].reason is Refusal.MERGED_ALREADY
        into = [(await one.case(case)).merged_into_id for case in (kept, merged)]
        assert into.count(None) == 1
        assert [(await one.customer(who)).merged_into_id for who in people].count(None) == 1


async def test_a_call_about_the_merged_case_goes_on_with_the_kept_one(vallon: Vallon) -> None:
    hub, camille = Hub(vallon), vallon.as_agent("camille")
    kept, merged = await vallon.case(), await vallon.case()
    call = await hub.call(case_id=merged)
    await camille.merge_cases(kept, merged)
    await hub.ends(call)
    await PostgresCalls(camille._database, camille).wrap_up_call(call.id, None, "She is fine with Monday", None)
    timeline = (await camille.case_file(kept)).timeline
    assert [one.body for one in timeline if one.call_id == call.id] == ["She is fine with Monday"]
    (kept_call,) = await camille._database.rows("SELECT case_id FROM calls")
    assert kept_call["case_id"] == kept
    await hub.database.close()


async def test_merged_customers_keep_what_each_of_them_wished(vallon: Vallon) -> None:
    camille = vallon.as_agent("camille")
    first, second, third = [await vallon.customer(name) for name in ("Perrin", "Perin", "Pérrin")]
    await camille.update_customer(replace(first, pinned_note="Gate at the back"))
    await camille.update_customer(
        replace(second, do_not_call=True, pinned_note="Ring twice", call_from="09:00", call_until="11:30")
    )
    closed = await vallon.case()
    await camille.update_case(replace(await camille.case(closed), customer_id=third.id))
    await to(vallon, closed, Category.CLOSED)
    await camille.merge_customers(second.id, third.id)
    await camille.merge_customers(first.id, second.id)
    file = await camille.customer_file(first.id)
    assert (file.customer.do_not_call, file.customer.pinned_note) == (True, "Gate at the back\nRing twice")
    assert (file.customer.call_from, file.customer.call_until) == ("09:00", "11:30")
    # Through two merges, and closed: it is hers all the same.
    assert [row.id for row in file.cases] == [closed]
    assert {first.id, second.id, third.id} <= {change.record_id for change in await camille.history(first.id, 100)}
