"""The composer's presenter: derived recipients, what is signed, the guard, sending, undo, and what survives."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.desk.case_file import OpenCase
from app.desk.case_mail import CaseMails
from app.desk.composer import Composer
from app.domain.composing import Bar, Concern, Ending, Signing
from app.domain.deliveries import DeliveryState
from app.domain.follow_ups import Channel
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.rich_text import BlockKind, from_text, images_in, to_plain
from app.mail.reading import read
from app.services.attachments import Attachments
from app.services.cases import Cases
from app.services.compose import Answering, Delivery, RawHead
from tests.helpers.mails import raw_mail
from tests.helpers.sample import NOW, SampleStore, key
from tests.helpers.sample_mail import ACCOUNTS, AMELIE, CONTACT, sample_mails

CASE = key("48213")
HELLO = from_text("Hello Amélie,\nVictor comes on Tuesday.")


class Screen:
    """The three presenters of one desk, over a sample store."""

    def __init__(self, store: SampleStore) -> None:
        self.store, self.now = store, NOW
        mails = sample_mails(store.mail)
        self.case = OpenCase(
            Cases(store), store, lambda: store.kept, lambda: self.now, store.journal, Attachments(store.blobs)
        )
        self.letters = CaseMails(mails, self.case, store)
        self.composer = Composer(
            mails, self.case, self.letters, store, store.journal, lambda: store.kept, lambda: self.now
        )

    async def open(self, case_id: UUID = CASE) -> Composer:
        self.case.open(case_id)
        await self.settle()
        return self.composer

    async def settle(self) -> None:
        for presenter in (self.case, self.letters, self.composer, self.case, self.letters, self.composer):
            await presenter.work.settle()


@pytest.fixture
def store() -> SampleStore:
    made = SampleStore()
    case = next(row for row in made.list if row.id == CASE)
    made._replace(CASE, assignee_id=made.kept.me.id, assignee_name=made.kept.me.name)
    assert case.number == 48213
    me = replace(made.kept.me, signature="Camille Roy\nVallon")
    made.kept = replace(made.kept, me=me)
    return made


@pytest.fixture
def screen(store: SampleStore) -> Screen:
    return Screen(store)


@pytest.mark.row("S2-04")
async def test_an_answer_is_derived_from_the_mail_and_shown_as_a_difference(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    draft = composer.state.draft
    assert composer.state.channel is Channel.EMAIL
    assert [one.address for one in draft.recipients.to] == [AMELIE]
    assert [one.address for one in draft.recipients.cc] == [ACCOUNTS]
    assert draft.subject == "Re: Hydraulic leak, 6R 155 [#48213]"
    assert draft.references == ("<leak@tilleuls.example>",)
    composer.remove(MailAddress("", ACCOUNTS))
    assert composer.add("cc", "Atelier <atelier@vallon-agri.example>")
    state = composer.state
    assert ([one.address for one in state.added], [one.address for one in state.dropped]) == (
        ["atelier@vallon-agri.example"],
        [ACCOUNTS],
    )
    composer.put_back(MailAddress("", ACCOUNTS))
    assert composer.state.dropped == ()
    await screen.settle()


@pytest.mark.row("S2-08")
async def test_what_leaves_is_what_was_typed_and_the_answer_is_hidden_from_nobody_it_names(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    composer.type(HELLO)
    composer.add("bcc", "chef@vallon-agri.example")
    composer.send()
    await screen.settle()
    ((mail, composed),) = screen.store.mail.sent
    assert [one.address for one in mail.recipients.everybody] == [AMELIE, ACCOUNTS, "chef@vallon-agri.example"]
    assert b"chef@" not in composed.raw
    assert composed.text == "Hello Amélie,\nVictor comes on Tuesday."
    assert mail.sender == MailAddress("Camille Roy – Vallon Agri", CONTACT.address)
    assert mail.message_id.endswith("@vallon-agri.example>")
    assert composer.state.channel is Channel.NOTE
    assert screen.store.journal.kept("mail/") == {}


@pytest.mark.row("S2-15")
async def test_the_signature_follows_the_assignment_and_its_absence_is_said(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    assert composer.state.signing is Signing.SIGNED
    screen.store._replace(CASE, assignee_id=key("Nadia Benali"), assignee_name="Nadia Benali")
    await screen.settle()
    assert (composer.state.signing, composer.state.assignee, composer.state.may_take) == (
        Signing.OTHERS,
        "Nadia Benali",
        True,
    )
    composer.type(HELLO)
    composer.send()
    await screen.settle()
    assert screen.store.mail.sent[0][0].signature == ""
    composer.take_case()
    await screen.settle()
    assert composer.state.signing is Signing.SIGNED
    composer.answer()
    composer.type(HELLO)
    composer.send()
    await screen.settle()
    assert screen.store.mail.sent[1][0].signature == "Camille Roy\nVallon"
    assert b"-- \r\nCamille Roy" in screen.store.mail.sent[1][1].raw.replace(b"--=20", b"-- ")


async def test_who_has_no_signature_is_asked_before_her_first_mail_and_not_again(store: SampleStore) -> None:
    store.kept = replace(store.kept, me=replace(store.kept.me, signature=""))
    screen = Screen(store)
    composer = await screen.open()
    for number in (1, 2):
        composer.answer()
        composer.type(HELLO)
        composer.send()
        await screen.settle()
        if number == 1:
            assert store.mail.sent == []
            assert [one.concern for one in composer.state.worries] == [Concern.NO_SIGNATURE]
            composer.send()
            await screen.settle()
        assert len(store.mail.sent) == number


async def test_the_guard_asks_once_and_lets_the_second_press_through(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    composer.type(from_text("The estimate is attached."))
    composer.add("to", "eve@stranger.example")
    assert [one.concern for one in composer.state.worries] == [Concern.NO_FILE, Concern.NEW_DOMAIN]
    composer.send(Ending.SOLVE)
    assert (composer.state.asked, screen.store.mail.sent) == (True, [])
    composer.type(from_text("The estimate is attached. Bye."))
    assert not composer.state.asked
    composer.attach("estimate.pdf", b"%PDF-1.7")
    assert [one.concern for one in composer.state.worries] == [Concern.NEW_DOMAIN]
    composer.send(Ending.SOLVE)
    composer.send(Ending.SOLVE)
    await screen.settle()
    assert [(mail.ending, len(mail.files)) for mail, _ in screen.store.mail.sent] == [(Ending.SOLVE, 1)]


async def test_undo_gives_everything_back(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    composer.type(HELLO)
    composer.attach("plan.pdf", b"%PDF-1.7")
    composer.send()
    await screen.settle()
    leaving = composer.state.leaving
    assert leaving is not None
    assert composer.seconds_left() == 10
    screen.now = NOW + timedelta(seconds=4)
    assert composer.seconds_left() == 6
    composer.undo()
    await screen.settle()
    state = composer.state
    assert screen.store.mail.undone == [leaving.mail_id]
    assert (state.leaving, state.channel, state.draft.blocks) == (None, Channel.EMAIL, HELLO)
    assert [one.name for one in state.files] == ["plan.pdf"]
    composer.send()
    await screen.settle()
    first, second = (mail for mail, _ in screen.store.mail.sent)
    assert first.message_id != second.message_id


async def test_of_several_mails_each_is_taken_back_and_nothing_that_was_typed_is_lost(screen: Screen) -> None:
    composer = await screen.open()
    for words in ("First", "Second"):
        composer.answer()
        composer.type(from_text(words))
        composer.send()
        await screen.settle()
    first, second = composer.state.leavings
    composer.answer()
    composer.type(from_text("Third"))
    composer.undo()
    await screen.settle()
    assert screen.store.mail.undone == [second.mail_id]
    assert composer.state.leavings == (first,)
    assert to_plain(composer.state.draft.blocks).split() == ["Second", "Third"]
    composer.undo()
    await screen.settle()
    assert screen.store.mail.undone == [second.mail_id, first.mail_id]
    assert to_plain(composer.state.draft.blocks).split() == ["First", "Second", "Third"]
    assert composer.state.leaving is None


async def test_the_time_of_each_mail_ends_by_itself(screen: Screen) -> None:
    composer = await screen.open()
    for words in ("First", "Second"):
        composer.answer()
        composer.type(from_text(words))
        composer.send()
        await screen.settle()
        screen.now += timedelta(seconds=6)
    first, second = composer.state.leavings
    assert (composer.seconds_left(first), composer.seconds_left(second)) == (0, 4)
    composer.forget_leaving(first.mail_id)
    assert composer.state.leavings == (second,)


async def test_a_mail_that_left_cannot_be_taken_back_and_that_is_said(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    composer.type(HELLO)
    composer.send()
    await screen.settle()
    screen.store.mail.may_undo = False
    composer.undo()
    await screen.settle()
    assert composer.state.error is not None
    assert composer.state.error.text.startswith("It is too late")
    assert composer.state.draft.blocks == ()


async def test_an_unfinished_answer_survives_the_desk_and_the_server(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    composer.type(HELLO)
    composer.attach("plan.pdf", b"%PDF-1.7")
    await screen.settle()
    assert screen.store.mail.drafts == {CASE: "Hello Amélie,\nVictor comes on Tuesday."}
    screen.store.mail.reachable = False
    composer.send()
    await screen.settle()
    assert composer.state.error is not None
    assert composer.state.error.context == "Refusal"
    assert not composer.state.sending
    again = Screen(screen.store)
    assert again.composer.unfinished() == (CASE,)
    await again.open()
    state = again.composer.state
    assert (state.channel, state.draft.blocks, state.lost) == (Channel.EMAIL, HELLO, ("plan.pdf",))
    assert Concern.LOST_FILES in {one.concern for one in state.worries}
    again.composer.discard()
    await again.settle()
    assert (screen.store.journal.kept("mail/"), screen.store.mail.drafts) == ({}, {})


async def test_a_colleague_who_answers_too_is_seen_at_once(screen: Screen) -> None:
    composer = await screen.open()
    nadia = Answering(key("Nadia Benali"), "Nadia Benali", NOW, "Hello")
    screen.store.mail.colleagues = (nadia,)
    screen.store.hint("draft", key("Nadia Benali"), CASE)
    await screen.settle()
    assert composer.state.answering == (nadia,)


async def test_quoting_puts_the_answered_words_under_ones_own(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    composer.type(HELLO)
    composer.quote("Amélie wrote:")
    await screen.settle()
    kinds = [block.kind for block in composer.state.draft.blocks]
    assert kinds.count(BlockKind.QUOTE) == 2
    assert composer.state.draft.blocks[:2] == HELLO
    await screen.settle()


def _with_picture(store: SampleStore, follow_up: UUID) -> bytes:
    """The mail came with a picture in its words and a file beside them."""
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    coded = b64encode(picture).decode()
    raw = raw_mail(
        "--r\nContent-Type: multipart/related; boundary=b\n\n"
        '--b\nContent-Type: text/html\n\n<p>See the leak:</p><p><img src="cid:leak@x" alt="leak.png"></p>'
        "<blockquote>What is it?</blockquote>\n"
        "--b\nContent-Type: image/png\nContent-ID: <leak@x>\nContent-Transfer-Encoding: base64\n"
        f'Content-Disposition: inline; filename="leak.png"\n\n{coded}\n--b--\n'
        "--r\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=bill.pdf\n\n%PDF\n--r--\n",
        "multipart/mixed; boundary=r",
        Subject="Fwd: Hydraulic leak",
    )
    store.mail.raws[follow_up] = raw
    return picture


async def test_quoting_keeps_the_pictures_of_the_answered_mail(screen: Screen) -> None:
    picture = _with_picture(screen.store, key("f1"))
    composer = await screen.open()
    composer.answer()
    composer.quote("Amélie wrote:")
    await screen.settle()
    (file,) = composer.state.files
    assert (file.name, file.data) == ("leak.png", picture)
    quote = [block for block in composer.state.draft.blocks if block.kind is BlockKind.QUOTE]
    assert [block.text for block in quote] == ["See the leak:", ""]
    assert images_in(tuple(quote)) == {file.content_id}
    composer.type((*HELLO, *composer.state.draft.blocks))
    composer.send()
    composer.send()
    await screen.settle()
    sent = read(screen.store.mail.sent[0][1].raw)
    assert [(part.name, part.inline, part.data) for part in sent.parts] == [("leak.png", True, picture)]


async def test_a_mail_is_passed_on_with_all_that_came_with_it(screen: Screen) -> None:
    picture = _with_picture(screen.store, key("f1"))
    composer = await screen.open()
    composer.pass_on(key("f1"), "Forwarded\nFrom: Amélie")
    await screen.settle()
    state = composer.state
    assert (state.draft.recipients.everybody, state.draft.answers) == ((), None)
    assert state.draft.subject == "Fwd: Hydraulic leak [#48213]"
    composer.add("to", "maker@pumps.example")
    composer.send()
    composer.send()
    await screen.settle()
    mail, composed = screen.store.mail.sent[0]
    assert mail.references == ()
    sent = read(composed.raw)
    assert [party.address for party in sent.to] == ["maker@pumps.example"]
    assert {(part.name, part.inline) for part in sent.parts} == {("leak.png", True), ("bill.pdf", False)}
    assert picture in {part.data for part in sent.parts}
    assert "Forwarded\nFrom: Amélie\n\nSee the leak:" in sent.full_text


async def test_what_was_begun_is_not_lost_to_a_mail_that_is_passed_on(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    composer.type(HELLO)
    composer.pass_on(key("f1"), "Forwarded")
    await screen.settle()
    assert composer.state.draft.blocks == HELLO


async def test_what_cannot_be_an_address_stays_and_is_said(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    assert not composer.add("to", "nobody")
    assert composer.state.error is not None
    assert not composer.add("to", ", ".join(f"a{n}@a.example" for n in range(10_000)))
    assert composer.state.error.details["count"] == 10_002
    assert len(composer.state.draft.recipients.everybody) == 2
    composer.attach("huge.bin", b"0" * 26_000_000)
    assert composer.state.error is not None
    assert composer.state.files == ()


@pytest.mark.row("S2-03")
async def test_a_customer_without_an_address_cannot_be_mailed(screen: Screen) -> None:
    row = next(row for row in screen.store.list if row.id == CASE)
    people = screen.store.people
    people[row.customer_id] = replace(people[row.customer_id], emails=())
    composer = await screen.open()
    assert composer.state.bar is Bar.NO_ADDRESS
    composer.answer()
    composer.choose(Channel.EMAIL)
    assert composer.state.channel is Channel.NOTE
    people[row.customer_id] = replace(people[row.customer_id], phones=())
    screen.case.refresh()
    await screen.settle()
    assert {one.channel: one.bar for one in composer.state.channels}[Channel.CALL] is Bar.NO_NUMBER


async def test_a_team_without_a_mailbox_says_so(screen: Screen) -> None:
    screen.store.mail.box = None
    composer = await screen.open()
    assert composer.state.bar is Bar.NO_MAILBOX


async def test_deliveries_are_followed_and_decided_and_a_failed_mail_is_written_anew(screen: Screen) -> None:
    await screen.open()
    composer = screen.composer
    composer.answer()
    composer.type(HELLO)
    composer.send()
    await screen.settle()
    (mail, composed), follow_up = screen.store.mail.sent[0], new_id()
    failed = Delivery(new_id(), AMELIE, DeliveryState.PERMANENT, NOW, NOW, 1, "550 no such user")
    unknown = Delivery(new_id(), ACCOUNTS, DeliveryState.UNCONFIRMED, NOW, NOW, 1)
    screen.store.mail.heads = [RawHead(follow_up, composed.raw, mail.id, mail.id, (failed, unknown))]
    screen.store.mail.raws[follow_up] = composed.raw
    screen.store.hint("delivery", failed.id, CASE)
    await screen.settle()
    shown = screen.letters.state.mails[follow_up]
    assert (shown.sent, [one.state for one in shown.deliveries]) == (
        True,
        [DeliveryState.PERMANENT, DeliveryState.UNCONFIRMED],
    )
    screen.letters.it_arrived(unknown.id)
    screen.letters.send_again(failed.id)
    await screen.settle()
    assert screen.store.mail.decided == [
        (unknown.id, DeliveryState.DELIVERED),
        (failed.id, DeliveryState.WAITING),
    ]
    composer.edit_again(follow_up, (AMELIE,))
    await screen.settle()
    draft = composer.state.draft
    assert ([one.address for one in draft.recipients.to], draft.blocks) == ([AMELIE], HELLO)
    assert draft.subject == mail.subject


async def test_the_whole_mail_is_read_when_it_is_asked_for(screen: Screen) -> None:
    await screen.open()
    screen.letters.open_whole(key("f1"))
    await screen.settle()
    whole = screen.letters.state.whole
    assert whole is not None
    assert whole.trackers == ("t.example",)
    assert "script" not in (whole.html or "")
    screen.letters.fetch_pictures(("https://pictures.example/logo.png",))
    await screen.settle()
    assert dict(screen.letters.state.pictures) == {}
    screen.letters.close_whole()
    assert screen.letters.state.whole is None


async def test_an_answer_that_was_opened_and_left_is_none(screen: Screen) -> None:
    composer = await screen.open()
    composer.answer()
    again = Screen(screen.store)
    assert again.composer.unfinished() == ()
    await again.open()
    assert again.composer.state.channel is Channel.NOTE
