"""Microsoft 365 when it is busy, forgets a token, moves or breaks, and what is too large for one request."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from random import Random

import pytest

from app.domain.deliveries import DeliveryState
from app.domain.ids import new_id
from app.mail.microsoft import MicrosoftSignIn
from app.services.mailboxes import MailboxAwayError, MailboxRefusedError
from app.services.outbox import Parcel
from tests.helpers.mails import raw_mail
from tests.mail.exchange_worlds import GraphWorld
from tests.mail.graph_double import dropped, no

OWN = "<1@guichet.example>"


@pytest.fixture
async def microsoft(tmp_path: Path) -> AsyncIterator[GraphWorld]:
    world = GraphWorld(tmp_path)
    await world.start()
    yield world
    await world.stop()


def _parcel(raw: bytes = b"") -> Parcel:
    raw = raw or raw_mail(To="jane@x.example", Message_ID=OWN)
    return Parcel(new_id(), new_id(), OWN, raw, ("jane@x.example",))


@pytest.mark.parametrize("status", [429, 503])
async def test_a_busy_server_is_left_alone_for_as_long_as_it_says(microsoft: GraphWorld, status: int) -> None:
    microsoft.deliver(raw_mail())
    source, transport = microsoft.source(), microsoft.transport()
    microsoft.server.fails["GET delta"] = [no(status, "TooManyRequests", Retry_After="42")]
    with pytest.raises(MailboxAwayError) as away:
        await source.fetch(0, 0)
    assert away.value.after_s == 42
    assert microsoft.server.asked == ["GET delta"]
    microsoft.server.fails["POST send"] = [no(status, "TooManyRequests", Retry_After="42")]
    told = (await transport.send(_parcel()))["jane@x.example"]
    assert (told.state, told.after_s) == (DeliveryState.TEMPORARY, 42)
    assert microsoft.received == []
    assert microsoft.server.folders["drafts"] == []
    await source.close()
    await transport.close()


async def test_a_token_that_is_no_longer_good_is_renewed_and_nothing_is_done_twice(microsoft: GraphWorld) -> None:
    microsoft.deliver(raw_mail())
    source, transport = microsoft.source(), microsoft.transport()
    await source.fetch(0, 0)
    microsoft.server.tokens.clear()
    assert len((await source.fetch(0, 0)).arrivals) == 1
    await transport.send(_parcel())
    microsoft.server.fails["POST send"] = [no(401, "InvalidAuthenticationToken")]
    assert (await transport.send(_parcel()))["jane@x.example"].state is DeliveryState.DELIVERED
    assert [who for who, _ in microsoft.received] == ["jane@x.example"] * 2
    assert microsoft.server.given == ["client_credentials"] * 4
    # Refused again with a new one: it is not the token, and it is not asked for ever.
    microsoft.server.fails["GET delta"] = [no(401, "InvalidAuthenticationToken") for _ in range(3)]
    with pytest.raises(MailboxRefusedError):
        await source.fetch(0, 0)
    assert len(microsoft.server.fails["GET delta"]) == 1
    await source.close()
    await transport.close()


async def test_a_code_is_typed_once_and_what_came_of_it_is_kept(microsoft: GraphWorld) -> None:
    microsoft.mailbox = replace(microsoft.mailbox, sign_in="device", secret="")
    source = microsoft.source()
    with pytest.raises(MailboxRefusedError, match="nobody has signed in"):
        await source.fetch(0, 0)
    sign_in = MicrosoftSignIn(microsoft.mailbox, microsoft.tokens, microsoft.server.trust)
    code = await sign_in.begin()
    assert (code.code, code.address) == ("ABCD-EFGH", "https://microsoft.com/devicelogin")
    with pytest.raises(MailboxRefusedError, match="declined"):
        await sign_in.finish(code)
    microsoft.server.typed = True
    await sign_in.finish(await sign_in.begin())
    microsoft.deliver(raw_mail())
    assert len((await source.fetch(0, 0)).arrivals) == 1
    before = microsoft.tokens.kept
    # An hour later, in another run: the refresh token gives the next one, and is itself renewed.
    microsoft.server.tokens.clear()
    other = microsoft.source()
    assert len((await other.fetch(0, 0)).arrivals) == 1
    assert microsoft.server.given[-1] == "refresh_token"
    assert microsoft.tokens.kept > before
    assert f"refresh {len(microsoft.server.given)}" in microsoft.tokens.text
    # Somebody took the right away: a sentence, not an endless try.
    microsoft.server.tokens.clear()
    microsoft.server.given.append("by somebody else")
    with pytest.raises(MailboxRefusedError, match="invalid_grant"):
        await other.fetch(0, 0)
    await source.close()
    await other.close()


async def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(microsoft: GraphWorld) -> None:
    microsoft.server.trust = None  # type: ignore[assignment]
    source, transport = microsoft.source(), microsoft.transport()
    with pytest.raises(MailboxRefusedError, match="certificate"):
        await source.fetch(0, 0)
    assert (await transport.send(_parcel()))["jane@x.example"].state is DeliveryState.TEMPORARY
    assert microsoft.server.given == []
    await source.close()
    await transport.close()


async def test_no_more_than_four_requests_are_on_their_way(microsoft: GraphWorld) -> None:
    microsoft.deliver(*(raw_mail(Message_ID=f"<{n}@x>") for n in range(40)))
    microsoft.server.takes_s = 0.01
    source, transport = microsoft.source(), microsoft.transport()
    sending = asyncio.gather(*(transport.send(_parcel()) for _ in range(5)))
    batch = await source.fetch(0, 0)
    await sending
    assert len(batch.arrivals) == 40
    assert 2 <= microsoft.server.most_at_once <= 4
    await source.close()
    await transport.close()


@pytest.mark.parametrize(
    "fault", [no(410, "syncStateNotFound"), no(400, "SyncStateNotFound"), no(410, "resyncRequired", Location="/x")]
)
async def test_a_place_that_is_not_known_any_more_is_read_anew(
    microsoft: GraphWorld, fault: Callable[[], None]
) -> None:
    microsoft.deliver(raw_mail())
    source = microsoft.source()
    place = (await source.fetch(0, 0)).cursor
    microsoft.server.fails["GET delta"] = [fault]
    assert len((await source.fetch(0, 0, place)).arrivals) == 1
    # A link that leads elsewhere is not followed with our token in hand.
    assert len((await source.fetch(0, 0, "https://elsewhere.example/delta")).arrivals) == 1
    await source.close()


async def test_a_mailbox_that_moves_is_awaited_and_one_that_is_gone_is_told(microsoft: GraphWorld) -> None:
    source = microsoft.source()
    for status, code in ((503, "ErrorMailboxMoveInProgress"), (404, "MailboxNotEnabledForRESTAPI")):
        microsoft.server.fails["GET delta"] = [no(status, code)]
        with pytest.raises(MailboxAwayError, match=code):
            await source.fetch(0, 0)
    microsoft.server.address = "elsewhere@guichet.example"
    with pytest.raises(MailboxRefusedError, match="ErrorInvalidUser"):
        await source.fetch(0, 0)
    await source.close()


async def test_reading_is_tried_again_and_what_was_deleted_meanwhile_is_passed_over(microsoft: GraphWorld) -> None:
    gone = microsoft.server.put("inbox", raw_mail("gone"))
    microsoft.deliver(raw_mail("here"))
    del microsoft.server.messages[gone]["raw"]
    source = microsoft.source()
    microsoft.server.fails["GET delta"] = [dropped]
    microsoft.server.fails["GET $value"] = [no(404, "ErrorItemNotFound"), dropped]
    assert [b"here" in arrival.raw for arrival in (await source.fetch(0, 0)).arrivals] == [True]
    await source.close()


async def test_a_draft_of_which_nobody_heard_is_not_left_behind(microsoft: GraphWorld) -> None:
    transport = microsoft.transport()
    microsoft.server.loses = {"POST messages"}
    assert (await transport.send(_parcel()))["jane@x.example"].state is DeliveryState.TEMPORARY
    assert len(microsoft.server.folders["drafts"]) == 1
    microsoft.server.loses = set()
    assert (await transport.send(_parcel()))["jane@x.example"].state is DeliveryState.DELIVERED
    assert microsoft.server.folders["drafts"] == []
    assert [who for who, _ in microsoft.received] == ["jane@x.example"]
    await transport.close()


@pytest.mark.parametrize("fault", [dropped, no(503, "x"), no(500, "x"), no(504, "x"), no(408, "x"), no(404, "x")])
async def test_a_sending_without_an_answer_is_asked_once_and_looked_up(
    microsoft: GraphWorld, fault: Callable[[], None]
) -> None:
    transport = microsoft.transport()
    microsoft.server.fails["POST send"] = [fault]
    assert (await transport.send(_parcel()))["jane@x.example"].state is DeliveryState.UNCONFIRMED
    assert microsoft.server.asked.count("POST send") == 1
    assert await transport.was_sent(OWN) is None
    microsoft.server.loses = {"POST send"}
    assert (await transport.send(_parcel()))["jane@x.example"].state is DeliveryState.UNCONFIRMED
    assert await transport.was_sent(OWN) is True
    assert microsoft.server.asked.count("POST send") == 2
    assert [who for who, _ in microsoft.received] == ["jane@x.example"]
    await transport.close()


async def test_the_name_that_a_server_gives_is_mended_or_told(microsoft: GraphWorld) -> None:
    transport = microsoft.transport()
    other = raw_mail(To="jane@x.example", Message_ID="<other@x>")
    assert (await transport.send(_parcel(other)))["jane@x.example"].sent_as == ""
    assert await transport.was_sent(OWN) is True
    microsoft.server.renames = "<renamed@microsoft.example>"
    assert (await transport.send(_parcel()))["jane@x.example"].sent_as == "<renamed@microsoft.example>"
    await transport.close()


def _large() -> tuple[EmailMessage, dict[str, bytes]]:
    random = Random(1)
    files = {name: random.randbytes(size) for name, size in (("video é.mp4", 7_500_000), ("small.pdf", 1_000_000))}
    mail = EmailMessage()
    mail["To"], mail["From"], mail["Message-ID"] = "jane@x.example", "Team <team@guichet.example>", OWN
    mail["In-Reply-To"], mail["Subject"] = "<before@customer.example>", "Zoé’s videos"
    mail.set_content("Please find it below.")
    mail.add_alternative('<p>Please find it below. <img src="cid:logo"></p>', subtype="html")
    picture = random.randbytes(40_000)
    mail.get_payload()[1].add_related(picture, "image", "png", cid="<logo>", filename="logo.png")  # type: ignore[union-attr,index]
    for name, content in files.items():
        mail.add_attachment(content, "application", "octet-stream", filename=name)
    return mail, files | {"logo.png": picture}


async def test_files_that_are_too_large_go_apart_and_arrive_whole(microsoft: GraphWorld) -> None:
    mail, files = _large()
    transport = microsoft.transport()
    told = await transport.send(_parcel(mail.as_bytes()))
    assert told["jane@x.example"].state is DeliveryState.DELIVERED
    ((_, raw),) = microsoft.received
    assert len(raw) < 3000
    for kept in (b"In-Reply-To: <before@customer.example>", b"Please find it below.", b"text/html"):
        assert kept in raw
    (sent,) = microsoft.server.folders["sentitems"]
    assert dict(microsoft.server.messages[sent]["files"]) == files
    assert "PUT" not in " ".join(microsoft.server.asked)
    # A file that cannot be handed over: nothing leaves, and no draft stays.
    microsoft.server.fails["POST attachments"] = [no(413, "ErrorAttachmentSizeLimitExceeded")]
    told = await transport.send(_parcel(mail.as_bytes()))
    assert told["jane@x.example"].state is DeliveryState.PERMANENT
    assert (len(microsoft.received), microsoft.server.folders["drafts"]) == (1, [])
    await transport.close()
