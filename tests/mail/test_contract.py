"""What a mailbox promises, of the fake and of real servers alike."""

import asyncio

import pytest

from app.domain.deliveries import DeliveryState
from app.domain.ids import new_id
from app.mail.checking_source import SourceInspector
from app.services.mail_requests import Checked
from app.services.mailboxes import Batch, MailboxAwayError, MailboxRefusedError, Source
from app.services.outbox import Parcel
from tests.helpers.mails import raw_mail
from tests.mail.worlds import World


def _mails(*numbers: int) -> list[bytes]:
    return [raw_mail(f"mail {n}", Message_ID=f"<{n}@customer.example>") for n in numbers]


def _ids(batch: Batch) -> list[str]:
    return [arrival.external_id for arrival in batch.arrivals]


async def _everything(source: Source) -> list[str]:
    found: list[str] = []
    place: tuple[int, int, str] = (0, 0, "")
    while True:
        batch = await source.fetch(*place)
        if not batch.arrivals:
            return found
        found += _ids(batch)
        place = _after(batch)


def _after(batch: Batch) -> tuple[int, int, str]:
    """The place as the ledger keeps it."""
    return batch.validity, max((arrival.place for arrival in batch.arrivals), default=0), batch.cursor


async def test_mail_comes_whole_in_order_and_from_the_place_that_was_kept(world: World) -> None:
    source = world.source()
    assert (await source.fetch(0, 0)).arrivals == ()
    mails = _mails(1, 2, 3)
    world.deliver(*mails)
    first = await source.fetch(0, 0)
    assert [arrival.raw for arrival in first.arrivals] == mails
    assert first.arrivals[0].recipients == ("team@guichet.example",)
    world.deliver(*_mails(4))
    assert _ids(await source.fetch(*_after(first))) == ["<4@customer.example>"]
    # Another reader, a new connection, the same place: an outage has no time window.
    other = world.source()
    assert _ids(await other.fetch(*_after(first))) == ["<4@customer.example>"]
    await source.close()
    await other.close()


async def test_many_mails_come_in_pieces_and_all_of_them(world: World) -> None:
    source = world.source()
    world.deliver(*_mails(*range(250)))
    assert len((await source.fetch(0, 0)).arrivals) < 250
    assert await _everything(source) == [f"<{n}@customer.example>" for n in range(250)]
    await source.close()


async def test_a_mailbox_that_counts_anew_is_read_from_its_first_mail(world: World) -> None:
    source = world.source()
    world.deliver(*_mails(1, 2))
    before = await source.fetch(0, 0)
    await source.close()
    world.renew()
    again = world.source()
    after = await again.fetch(*_after(before))
    assert (after.validity, after.cursor) != (before.validity, before.cursor)
    assert _ids(after) == _ids(before)
    assert [a.content_sha256 for a in after.arrivals] == [a.content_sha256 for a in before.arrivals]
    await again.close()


async def test_a_waiter_wakes_when_mail_comes_and_when_it_is_told_to_end(world: World) -> None:
    source = world.source()
    await source.fetch(0, 0)
    await source.wait(0.1)
    waiting = asyncio.create_task(source.wait(60))
    await asyncio.sleep(0)
    world.deliver(*_mails(1))
    async with asyncio.timeout(10):
        await waiting
    assert _ids(await source.fetch(0, 0)) == ["<1@customer.example>"]
    waiting = asyncio.create_task(source.wait(60))
    await asyncio.sleep(0)
    await source.close()
    async with asyncio.timeout(10):
        await waiting


async def test_a_wrong_secret_and_a_missing_folder_are_refused_with_words(world: World) -> None:
    for change in ({"secret": "wrong"}, {"folder": "Nowhere"}):
        source = world.source(**change)
        with pytest.raises(MailboxRefusedError) as refused:
            await source.fetch(0, 0)
        assert str(refused.value)
        await source.close()


async def test_a_server_that_goes_away_is_found_again_where_it_was_left(world: World) -> None:
    source = world.source()
    world.deliver(*_mails(1))
    first = await source.fetch(0, 0)
    world.away()
    try:
        with pytest.raises(MailboxAwayError):
            await source.fetch(*_after(first))
    finally:
        world.back()
    world.deliver(*_mails(2))
    assert _ids(await source.fetch(*_after(first))) == ["<2@customer.example>"]
    await source.close()


async def test_each_recipient_gets_an_answer_of_her_own(world: World) -> None:
    world.refuses |= {"gone@x.example": "550 5.1.1 no such user", "later@x.example": "450 4.2.0 try later"}
    if not world.tells_apart:
        pytest.skip("this server takes a message for all of its recipients or for none: the next test")
    transport = world.transport()
    raw = raw_mail("hello", To="jane@x.example, gone@x.example, later@x.example")
    told = await transport.send(_parcel(raw, "jane@x.example", "gone@x.example", "later@x.example"))
    assert {who: outcome.state for who, outcome in told.items()} == {
        "jane@x.example": DeliveryState.DELIVERED,
        "gone@x.example": DeliveryState.PERMANENT,
        "later@x.example": DeliveryState.TEMPORARY,
    }
    assert "no such user" in told["gone@x.example"].reason
    assert [who for who, _ in world.received] == ["jane@x.example"]
    assert world.received[0][1].rstrip() == raw.rstrip()
    assert (await transport.send(_parcel(raw, "john@x.example")))["john@x.example"].state is DeliveryState.DELIVERED
    await transport.close()


async def test_a_server_without_an_envelope_sends_to_all_or_to_none_and_to_nobody_twice(world: World) -> None:
    if world.tells_apart:
        pytest.skip("this server answers for each recipient: the test before")
    transport = world.transport()
    raw = raw_mail("hello", To="jane@x.example, gone@x.example", Cc="Zoé <zoe@x.example>")
    world.refuses["gone@x.example"] = "550 5.1.1 no such user"
    told = await transport.send(_parcel(raw, "jane@x.example", "gone@x.example", "zoe@x.example", "hidden@x.example"))
    assert {outcome.state for outcome in told.values()} == {DeliveryState.PERMANENT}
    assert set(told) == {"jane@x.example", "gone@x.example", "zoe@x.example", "hidden@x.example"}
    assert "ErrorInvalidRecipients" in told["jane@x.example"].reason
    world.refuses["gone@x.example"] = "450 4.2.0 try later"
    told = await transport.send(_parcel(raw, "jane@x.example", "gone@x.example"))
    assert {outcome.state for outcome in told.values()} == {DeliveryState.TEMPORARY}
    assert {outcome.after_s for outcome in told.values()} == {120}
    assert world.received == []
    # Sent again to some of them: the others are not named, and whom no field named stays unnamed.
    told = await transport.send(_parcel(raw, "jane@x.example", "hidden@x.example"))
    assert {outcome.state for outcome in told.values()} == {DeliveryState.DELIVERED}
    assert [who for who, _ in world.received] == ["jane@x.example", "hidden@x.example"]
    head, _, body = world.received[0][1].partition(b"\r\n\r\n")
    assert (b"jane@x.example" in head, b"gone" in head, b"zoe" in head, b"hidden" in head) == (
        True,
        False,
        False,
        False,
    )
    assert body.rstrip() == b"hello"
    # All of them again: not a byte is changed.
    world.refuses.clear()
    await transport.send(_parcel(raw, "jane@x.example", "gone@x.example", "zoe@x.example"))
    assert world.received[-1] == ("zoe@x.example", raw)
    await transport.close()


async def test_an_answer_that_never_came_is_neither_yes_nor_no(world: World) -> None:
    transport = world.transport()
    world.breaks_after_data = True
    told = await transport.send(_parcel(raw_mail(Message_ID="<1@guichet.example>"), "jane@x.example"))
    assert told["jane@x.example"].state is DeliveryState.UNCONFIRMED
    assert [who for who, _ in world.received] == ["jane@x.example"]
    world.breaks_after_data = False
    assert (await transport.send(_parcel(raw_mail(), "jane@x.example")))["jane@x.example"].state.value == "delivered"
    await transport.close()


async def test_what_left_is_found_by_its_whole_id_in_the_sent_folder(world: World) -> None:
    transport = world.transport()
    assert await transport.was_sent("<1@guichet.example>") is None
    world.file_as_sent(raw_mail(Message_ID="<11@guichet.example>"))
    assert await transport.was_sent("<1@guichet.example>") is None
    assert await transport.was_sent("1@guichet.example") is None
    assert await transport.was_sent("<11@guichet.example>") is True
    await transport.close()


def _parcel(raw: bytes, *recipients: str) -> Parcel:
    return Parcel(new_id(), new_id(), "<1@guichet.example>", raw, recipients)


async def test_an_inspector_names_what_is_wrong_and_lists_all_that_is_held(world: World) -> None:
    world.deliver(*_mails(*range(7)))
    steps = await SourceInspector(world.source()).test()
    assert [step.ok for step in steps] == [True, True, True]
    held = [one async for some in SourceInspector(world.source()).held() for one in some]
    assert sorted(held) == [f"<{n}@customer.example>" for n in range(7)]
    refused = (await SourceInspector(world.source(secret="wrong")).test())[-1]
    assert (refused.step, refused.ok, bool(refused.said)) == (Checked.SIGN_IN, False, True)
    world.away()
    away = (await SourceInspector(world.source()).test())[-1]
    assert (away.step, away.ok) == (Checked.SERVER, False)
    world.back()
