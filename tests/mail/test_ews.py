"""Exchange when it is busy, moves, breaks or answers what nobody asked; every request is held against its schema."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.domain.deliveries import DeliveryState
from app.domain.ids import new_id
from app.services.mailboxes import MailboxAwayError, MailboxRefusedError
from app.services.outbox import Parcel
from tests.helpers.mails import corpus, raw_mail
from tests.mail.dovecot import SECRET
from tests.mail.ews_double import busy, dropped, half, refused, status
from tests.mail.ews_schema import faults_of
from tests.mail.exchange_worlds import EwsWorld

OWN = "<1@guichet.example>"


@pytest.fixture
async def exchange() -> AsyncIterator[EwsWorld]:
    world = EwsWorld()
    await world.start()
    yield world
    await world.stop()


def _parcel(**fields: str) -> Parcel:
    return Parcel(new_id(), new_id(), OWN, raw_mail(Message_ID=OWN, **fields), ("jane@x.example",))


@pytest.mark.parametrize(
    ("fault", "after_s"),
    [(busy(90_000), 90), (status(503, Retry_After="30"), 30), (status(429, Retry_After="7"), 7)],
    ids=["ErrorServerBusy", "503", "429"],
)
async def test_a_busy_server_is_left_alone_for_as_long_as_it_says(
    exchange: EwsWorld, fault: Callable[[], web.Response], after_s: float
) -> None:
    exchange.deliver(raw_mail())
    source, transport = exchange.source(), exchange.transport()
    exchange.server.fails["SyncFolderItems"] = [fault]
    with pytest.raises(MailboxAwayError) as away:
        await source.fetch(0, 0)
    assert away.value.after_s == after_s
    assert exchange.server.asked == ["SyncFolderItems"]
    assert len((await source.fetch(0, 0)).arrivals) == 1
    exchange.server.fails["SendItem"] = [fault]
    told = (await transport.send(_parcel()))["jane@x.example"]
    assert (told.state, told.after_s) == (DeliveryState.TEMPORARY, after_s)
    assert exchange.received == []
    assert exchange.server.folders["drafts"] == []
    await source.close()
    await transport.close()


async def test_reading_is_tried_again_when_the_connection_broke_and_half_an_answer_is_none(exchange: EwsWorld) -> None:
    exchange.deliver(raw_mail())
    source = exchange.source()
    exchange.server.fails["SyncFolderItems"] = [dropped]
    exchange.server.fails["GetItem"] = [half]
    batch = await source.fetch(0, 0)
    assert [arrival.raw for arrival in batch.arrivals] == [raw_mail()]
    assert exchange.server.asked == ["SyncFolderItems", "SyncFolderItems", "GetItem", "GetItem"]
    exchange.server.fails["SyncFolderItems"] = [half, half]
    with pytest.raises(MailboxAwayError):
        await source.fetch(0, 0, batch.cursor)
    await source.close()


async def test_what_exchange_cannot_give_out_is_kept_as_a_message_that_says_so(exchange: EwsWorld) -> None:
    exchange.deliver(raw_mail("before"))
    exchange.server.broken.add(exchange.server.put("inbox", raw_mail("broken")))
    gone = exchange.server.put("inbox", raw_mail("gone"))
    exchange.deliver(raw_mail("after"))

    def removed() -> None:
        exchange.server.items.pop(gone)

    exchange.server.fails["GetItem"] = [removed]
    source = exchange.source()
    batch = await source.fetch(0, 0)
    assert [b"before" in a.raw or b"after" in a.raw for a in batch.arrivals] == [True, False, True]
    assert b"X-Guichet-Unreadable: ErrorMimeContentConversionFailed" in batch.arrivals[1].raw
    await source.close()


async def test_a_large_page_is_given_out_in_pieces_and_begun_again_after_a_crash(
    exchange: EwsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mail.ews.BATCH_BYTES", 3 * len(raw_mail("x" * 1000)))
    mails = [raw_mail("x" * 1000, Message_ID=f"<{n}@x>") for n in range(8)]
    exchange.deliver(*mails)
    source = exchange.source()
    first = await source.fetch(0, 0)
    assert len(first.arrivals) == 3
    second = await source.fetch(0, 0, first.cursor)
    third = await source.fetch(0, 0, second.cursor)
    assert [a.raw for batch in (first, second, third) for a in batch.arrivals] == mails
    assert (await source.fetch(0, 0, third.cursor)).arrivals == ()
    # Another reader does not know the page: it begins again, and nothing is left out.
    again = exchange.source()
    assert len((await again.fetch(0, 0, second.cursor)).arrivals) == 3
    await source.close()
    await again.close()


async def test_a_mailbox_that_moves_is_awaited_and_found_again_where_it_is(exchange: EwsWorld) -> None:
    source = exchange.source()
    place = (await source.fetch(0, 0)).cursor
    await source.wait(1)
    waiting = asyncio.create_task(source.wait(60))
    while "GetStreamingEvents" not in exchange.server.asked:
        await asyncio.sleep(0.01)
    # The other server knows neither the subscription nor the state of reading, and takes a while to come.
    exchange.server.subscriptions.clear()
    exchange.server.era += 1
    exchange.server.changed.set()
    async with asyncio.timeout(10):
        await waiting
    exchange.server.fails["SyncFolderItems"] = [refused("SyncFolderItems", "ErrorMailboxMoveInProgress")]
    with pytest.raises(MailboxAwayError, match="ErrorMailboxMoveInProgress"):
        await source.fetch(0, 0, place)
    exchange.deliver(raw_mail())
    assert len((await source.fetch(0, 0, place)).arrivals) == 1
    for _ in range(2):  # the lost subscription is noticed, then made anew
        await source.wait(5)
    assert exchange.server.asked.count("Subscribe") == 2
    await source.close()
    exchange.server.address = "elsewhere@guichet.example"
    gone = exchange.source()
    with pytest.raises(MailboxRefusedError, match="ErrorNonExistentMailbox"):
        await gone.fetch(0, 0)
    await gone.close()


async def test_a_stream_that_is_cut_off_says_that_the_server_is_away(exchange: EwsWorld) -> None:
    source = exchange.source()
    await source.wait(1)
    waiting = asyncio.create_task(source.wait(60))
    while "GetStreamingEvents" not in exchange.server.asked:
        await asyncio.sleep(0.01)
    exchange.away()
    async with asyncio.timeout(10):
        with pytest.raises(MailboxAwayError):
            await waiting
    exchange.back()
    await source.close()


async def test_a_draft_of_which_nobody_heard_is_not_left_behind(exchange: EwsWorld) -> None:
    transport = exchange.transport()
    exchange.server.loses = {"CreateItem"}
    told = await transport.send(_parcel(To="jane@x.example"))
    assert told["jane@x.example"].state is DeliveryState.TEMPORARY
    assert len(exchange.server.folders["drafts"]) == 1
    exchange.server.loses = set()
    told = await transport.send(_parcel(To="jane@x.example"))
    assert told["jane@x.example"].state is DeliveryState.DELIVERED
    assert exchange.server.folders["drafts"] == []
    assert [who for who, _ in exchange.received] == ["jane@x.example"]
    await transport.close()


@pytest.mark.parametrize("fault", [dropped, status(503), status(500), status(502, Connection="close")])
async def test_a_sending_without_an_answer_is_asked_once_and_looked_up(exchange: EwsWorld, fault: Any) -> None:
    transport = exchange.transport()
    exchange.server.fails["SendItem"] = [fault]
    told = await transport.send(_parcel(To="jane@x.example"))
    assert told["jane@x.example"].state is DeliveryState.UNCONFIRMED
    assert exchange.server.asked.count("SendItem") == 1
    assert await transport.was_sent(OWN) is None
    exchange.server.loses = {"SendItem"}
    assert (await transport.send(_parcel(To="jane@x.example")))["jane@x.example"].state is DeliveryState.UNCONFIRMED
    assert await transport.was_sent(OWN) is True
    assert exchange.server.asked.count("SendItem") == 2
    assert [who for who, _ in exchange.received] == ["jane@x.example"]
    await transport.close()


async def test_the_name_that_a_server_gives_is_told(exchange: EwsWorld) -> None:
    transport = exchange.transport()
    exchange.server.renames = "<renamed@exchange.example>"
    told = await transport.send(_parcel(To="jane@x.example"))
    assert told["jane@x.example"].sent_as == "<renamed@exchange.example>"
    assert await transport.was_sent("<renamed@exchange.example>") is True
    await transport.close()


async def test_windows_sign_in_is_spoken_with_each_connection(
    exchange: EwsWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = tmp_path / "users"
    users.write_text(f"EXAMPLE:guichet:{SECRET}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(users))
    exchange.server.ntlm = True
    exchange.deliver(raw_mail())
    source, transport = exchange.source(), exchange.transport()
    assert len((await source.fetch(0, 0)).arrivals) == 1
    await source.wait(1)
    waiting = asyncio.create_task(source.wait(60))
    exchange.deliver(raw_mail(Message_ID="<2@x>"))
    async with asyncio.timeout(10):
        await waiting
    assert (await transport.send(_parcel(To="jane@x.example")))["jane@x.example"].state is DeliveryState.DELIVERED
    await source.close()
    await transport.close()


async def test_every_request_is_as_the_schema_has_it(exchange: EwsWorld) -> None:
    exchange.server.folders["Team – réclamations"] = []
    source, transport = exchange.source(folder="Team – réclamations"), exchange.transport()
    exchange.server.put("Team – réclamations", raw_mail())
    place = (await source.fetch(0, 0)).cursor
    await source.fetch(0, 0, place)
    await source.wait(1)
    await source.wait(0.1)
    exchange.server.fails["SendItem"] = [busy(1)]
    await transport.send(
        Parcel(new_id(), new_id(), OWN, raw_mail(To="jane@x.example"), ("jane@x.example", "bcc@x.example"))
    )
    await transport.was_sent(OWN)
    await source.close()
    await transport.close()
    asked = "CreateItem DeleteItem FindFolder FindItem GetItem GetStreamingEvents SendItem Subscribe SyncFolderItems"
    assert set(exchange.server.asked) == {*asked.split(), "Unsubscribe"}
    for request in exchange.server.requests:
        assert faults_of(request) == []
    assert faults_of(exchange.server.requests[-1].replace(b"SubscriptionId", b"Subscription")) != []


async def test_every_documented_answer_to_whatever_is_asked_is_understood_or_told_apart(exchange: EwsWorld) -> None:
    """The answers of Microsoft's own pages, right and wrong ones for what was asked."""
    documents = sorted(corpus("ews-msdocs-soap").glob("*Response.xml"))
    assert len(documents) > 200
    cursors = {}
    source, transport = exchange.source(), exchange.transport()
    for document in documents:

        def answer(text: str = document.read_text("utf-8", "replace")) -> web.Response:
            return web.Response(text=text, content_type="text/xml")

        exchange.server.fails = {"SyncFolderItems": [answer, answer], "CreateItem": [answer], "SendItem": [answer]}
        try:
            cursors[document.name] = (await source.fetch(0, 0)).cursor
        except (MailboxAwayError, MailboxRefusedError):
            cursors[document.name] = ""
        told = (await transport.send(_parcel(To="jane@x.example")))["jane@x.example"]
        if told.state is DeliveryState.DELIVERED:
            assert "SendItemResponse" in document.name, document.name
    assert cursors["syncfolderitems-operation__01__SyncFolderItemsResponse.xml"] == "H4sIAAAAA="
    await source.close()
    await transport.close()


def test_who_has_no_exchange_mailbox_does_not_load_exchangelib() -> None:
    script = "import sys, app.bootstrap.mail; print([m for m in ('exchangelib', 'msal', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
