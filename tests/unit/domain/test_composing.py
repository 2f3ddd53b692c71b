"""Whom an answer goes to, what is different, and what is looked at before it leaves."""

import time

import pytest

from app.domain.composing import (
    MOST_RECIPIENTS,
    Bar,
    Concern,
    MailHead,
    Recipients,
    Signing,
    added,
    answer_subject,
    answer_to,
    chain_of,
    channels_of,
    check_recipients,
    dropped,
    read_parties,
    signing_of,
    speaks_of_a_file,
    was_a_mailing,
    worries,
)
from app.domain.customers import Customer, EmailAddress
from app.domain.follow_ups import Channel
from app.domain.ids import new_id
from app.domain.mail import MailAddress
from app.domain.phone_numbers import PhoneNumber
from app.domain.refusals import Refusal, Refused
from app.domain.rich_text import BlockKind, from_text

JANE, BOB, TEAM = (MailAddress(name, f"{name.lower()}@{name.lower()}.example") for name in ("Jane", "Bob", "Team"))
OWN = {TEAM.address}
CUSTOMER = Customer(new_id(), last_name="Roe", emails=(EmailAddress("roe@home.example"),))
PHONE = (PhoneNumber("+33639981234", "06 39 98 12 34"),)


def test_an_answer_goes_to_the_writer_and_to_everybody_who_read_but_us() -> None:
    head = MailHead("<1@x>", "Hello", JANE, (TEAM, BOB), (MailAddress("", "JANE@jane.example"),))
    assert answer_to(head, OWN, CUSTOMER) == Recipients((JANE,), (BOB,))
    elsewhere = MailHead(sender=JANE, to=(TEAM,), reply_to=(BOB,))
    assert answer_to(elsewhere, OWN, CUSTOMER) == Recipients((BOB,))
    ours = MailHead(sender=TEAM, to=(JANE,), cc=(BOB,))
    assert answer_to(ours, OWN, CUSTOMER, sent=True) == Recipients((JANE,), (BOB,))
    assert answer_to(None, OWN, CUSTOMER).to == (MailAddress("Roe", "roe@home.example"),)


def test_the_difference_to_the_answered_mail_is_who_came_and_who_went() -> None:
    proposed = Recipients((JANE,), (BOB,))
    now = Recipients((JANE,), (), (MailAddress("", "new@new.example"),))
    assert added(proposed, now) == (MailAddress("", "new@new.example"),)
    assert dropped(proposed, now) == (BOB,)
    assert (added(proposed, proposed), dropped(proposed, proposed)) == ((), ())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("jane@jane.example", ["jane@jane.example"]),
        ("Jane Roe <jane@jane.example>; bob@bob.example", ["jane@jane.example", "bob@bob.example"]),
        ('"Roe, Jane" <jane@jane.example>, bob@bob.example\n', ["jane@jane.example", "bob@bob.example"]),
        ("a@a.example\nb@b.example\tc@c.example", ["a@a.example", "b@b.example", "c@c.example"]),
        (" , ;", []),
    ],
)
def test_addresses_are_read_as_people_paste_them(typed: str, expected: list[str]) -> None:
    assert [one.address for one in read_parties(typed)] == expected


@pytest.mark.parametrize("typed", ["nobody", "a@b", "<a@a.example", "a@a.example b@b.example", "x <a@a.example> y"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_parties(typed)
    assert refused.value.reason is Refusal.NOT_AN_EMAIL


def test_ten_thousand_recipients_get_a_sentence() -> None:
    many = Recipients(tuple(MailAddress("", f"a{n}@a.example") for n in range(10_000)))
    with pytest.raises(Refused) as refused:
        check_recipients(many)
    assert refused.value.reason is Refusal.TOO_MANY_RECIPIENTS
    assert refused.value.details == {"count": 10_000, "most": MOST_RECIPIENTS}
    with pytest.raises(Refused, match="needed"):
        check_recipients(Recipients())
    with pytest.raises(Refused) as injected:
        check_recipients(Recipients((MailAddress("Jane\r\nBcc: eve@eve.example", "a@a.example"),)))
    assert injected.value.reason is Refusal.ONE_LINE_ONLY


def test_ten_thousand_addresses_are_read_at_once_and_a_mailing_is_answered_to_its_writer() -> None:
    typed = ", ".join(f'"Number {n}, Esq." <number{n}@some-company.example>' for n in range(10_000))
    started = time.thread_time()
    found = read_parties(typed)
    assert time.thread_time() - started < 2
    assert (len(found), found[1].address) == (10_000, "number1@some-company.example")
    assert len(read_parties('5" pipes <pipes@a.example>, bob@b.example')) == 2
    with pytest.raises(Refused):
        read_parties("x" + " " * 500_000 + "y")
    head = MailHead("<1@x>", "Hello", JANE, found, (BOB,))
    assert answer_to(head, OWN, CUSTOMER) == Recipients((JANE,))
    assert was_a_mailing(head) == 10_001
    assert was_a_mailing(MailHead("<1@x>", "Hello", JANE, (BOB,))) == 0


def test_the_subject_has_one_re_and_the_number_once() -> None:
    assert answer_subject(MailHead(subject="RE: Re: Aw: Leak"), "x", 12) == "Re: Leak [#12]"
    assert answer_subject(MailHead(subject="Re: Leak [#12]"), "x", 12) == "Re: Leak [#12]"
    assert answer_subject(None, "Leak\r\nBcc: x", 12) == "Leak Bcc: x [#12]"


def test_the_chain_keeps_its_beginning_and_its_newest() -> None:
    ids = tuple(f"<{n}@x>" for n in range(50))
    chain = chain_of(MailHead("<50@x>", references=ids))
    assert (chain[0], chain[-1], len(chain)) == ("<0@x>", "<50@x>", 20)
    assert chain_of(None) == ()


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Please find the estimate attached.", True),
        ("Vous trouverez le devis ci-joint.", True),
        ("La pièce jointe contient la facture", True),
        ("We join the machine on Tuesday", False),
        ("Bonjour, le joint torique est là.", False),
    ],
)
def test_a_promised_file_is_noticed(text: str, speaks: bool) -> None:
    assert speaks_of_a_file(from_text(text)) is speaks
    assert not speaks_of_a_file(from_text(text, BlockKind.QUOTE))


def test_what_is_worth_a_second_look() -> None:
    text, to = from_text("see the attached file"), Recipients((JANE, MailAddress("", "eve@stranger.example")))
    found = worries(text, to, frozenset({"jane.example"}), files=0, lost=("a.pdf",))
    assert [one.concern for one in found] == [Concern.NO_FILE, Concern.LOST_FILES, Concern.NEW_DOMAIN]
    assert found[-1].about == "eve@stranger.example"
    assert worries(text, Recipients((JANE,)), frozenset({"jane.example"}), files=1) == ()


@pytest.mark.row("S2-03")
def test_without_an_address_there_is_no_mail_and_the_reason_is_said() -> None:
    nobody = Customer(new_id(), last_name="Roe", phones=PHONE)
    found = {one.channel: one.bar for one in channels_of(nobody, has_mailbox=True, may_write=True, closed=False)}
    assert found == {Channel.NOTE: None, Channel.EMAIL: Bar.NO_ADDRESS, Channel.CALL: None}
    reasons = [
        channels_of(CUSTOMER, has_mailbox=box, may_write=write, closed=closed)[1].bar
        for box, write, closed in ((True, True, False), (False, True, False), (True, False, False), (True, True, True))
    ]
    assert reasons == [None, Bar.NO_MAILBOX, Bar.NOT_MINE, Bar.CLOSED]


@pytest.mark.row("S2-06")
def test_without_a_number_only_mail_reaches_a_customer() -> None:
    every = (Channel.NOTE, Channel.EMAIL, Channel.CALL, Channel.SMS, Channel.CHAT)
    found = {
        one.channel: one.bar
        for one in channels_of(CUSTOMER, has_mailbox=True, may_write=True, closed=False, offered=every)
    }
    assert found.pop(Channel.NOTE) is None
    assert found == {
        Channel.EMAIL: None,
        Channel.CALL: Bar.NO_NUMBER,
        Channel.SMS: Bar.NO_NUMBER,
        Channel.CHAT: Bar.NO_NUMBER,
    }


def test_a_signature_is_for_the_assigned_agent_alone() -> None:
    assert signing_of("Jane", mine=True, somebodys=True, takes=True) is Signing.SIGNED
    assert signing_of("Jane", mine=False, somebodys=True, takes=True) is Signing.OTHERS
    assert signing_of("Jane", mine=False, somebodys=False, takes=True) is Signing.TAKES
    assert signing_of("Jane", mine=False, somebodys=False, takes=False) is Signing.NOBODYS
    assert signing_of("  ", mine=True, somebodys=True, takes=True) is Signing.EMPTY
