"""Composing a mail: whom it answers, what is different from the mail answered, and what to look at before it leaves."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.address_lists import party_of, pieces_of
from app.domain.customers import Customer, check_email
from app.domain.follow_ups import Channel
from app.domain.mail import MailAddress
from app.domain.refusals import Refusal, Refused
from app.domain.rich_text import Blocks, own_words
from app.domain.text import fold

MOST_RECIPIENTS = 200
"""To, Cc and Bcc together; the database refuses more (write_mail)."""
MOST_BYTES = 25_000_000
"""All files of a mail; what most mail servers take."""
UNDO_S = 10
_NEWEST = 20


@dataclass(frozen=True, slots=True)
class MailHead:
    """The lines over a mail, as a timeline shows them and an answer needs them."""

    message_id: str = ""
    subject: str = ""
    sender: MailAddress | None = None
    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    reply_to: tuple[MailAddress, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a mail goes to; who is in Bcc is seen by nobody else."""

    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    bcc: tuple[MailAddress, ...] = ()

    @property
    def everybody(self) -> tuple[MailAddress, ...]:
        """All of them, in order."""
        return (*self.to, *self.cc, *self.bcc)


class Ending(StrEnum):
    """What becomes of the case when a mail is sent; the database knows the same words (send_mail)."""

    SEND = "send"
    WAIT = "wait"
    SOLVE = "solve"


class Concern(StrEnum):
    """What is worth a second look before a mail leaves."""

    NO_FILE = "no_file"
    NEW_DOMAIN = "new_domain"
    LOST_FILES = "lost_files"
    MAILING = "mailing"
    NO_SIGNATURE = "no_signature"


@dataclass(frozen=True, slots=True)
class Worry:
    """One concern, and what it is about."""

    concern: Concern
    about: str = ""


class Bar(StrEnum):
    """Why a channel cannot be chosen."""

    NO_ADDRESS = "no_address"
    NO_NUMBER = "no_number"
    NO_MAILBOX = "no_mailbox"
    NO_LINE = "no_line"
    STOPPED = "stopped"
    NO_CHAT = "no_chat"
    NOT_MINE = "not_mine"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """A channel of the composer's drop-down, and what bars it."""

    channel: Channel
    bar: Bar | None = None


class Signing(StrEnum):
    """Whether the writer's signature is added, and why not (S2-15)."""

    SIGNED = "signed"
    TAKES = "takes"
    """Nobody has the case: sending assigns it to the writer, so she signs."""
    EMPTY = "empty"
    OTHERS = "others"
    NOBODYS = "nobodys"


def signing_of(signature: str, *, mine: bool, somebodys: bool, takes: bool) -> Signing:
    """A signature is added exactly for who is the case's assigned agent when the mail leaves."""
    if not mine and somebodys:
        return Signing.OTHERS
    if not mine and not takes:
        return Signing.NOBODYS
    if not signature.strip():
        return Signing.EMPTY
    return Signing.SIGNED if mine else Signing.TAKES


OFFERED = (Channel.NOTE, Channel.EMAIL, Channel.CALL)
"""What the composer offers wherever there is mail; others join here."""
WITH_TEXTS = (Channel.NOTE, Channel.EMAIL, Channel.SMS, Channel.CALL)
WITH_CHAT = (Channel.NOTE, Channel.EMAIL, Channel.SMS, Channel.CHAT, Channel.CALL)
_BY_NUMBER = frozenset({Channel.CALL, Channel.SMS})


def channels_of(
    customer: Customer,
    *,
    has_mailbox: bool,
    may_write: bool,
    closed: bool,
    offered: tuple[Channel, ...] = OFFERED,
    text_bar: Bar | None = None,
    chat_bar: Bar | None = Bar.NO_CHAT,
) -> tuple[ChannelChoice, ...]:
    """The channels that a customer can be reached by: without a number only mail, without an address no mail.

    Whoever is in a chat just now is reached in it, whatever is saved of her.
    """
    choices = (
        ChannelChoice(channel, _bar(channel, customer, has_mailbox=has_mailbox, may_write=may_write, closed=closed))
        for channel in offered
    )
    # What the line and the customer's own word say comes after what she has at all.
    said = {Channel.SMS: text_bar, Channel.CHAT: chat_bar}
    return tuple(
        ChannelChoice(one.channel, said[one.channel])
        if one.channel in said and (one.bar is None or (one.channel is Channel.CHAT and chat_bar is not Bar.NO_CHAT))
        else one
        for one in choices
    )


def _bar(channel: Channel, customer: Customer, *, has_mailbox: bool, may_write: bool, closed: bool) -> Bar | None:
    if channel in {*_BY_NUMBER, Channel.CHAT} and not customer.phones:
        return Bar.NO_NUMBER
    if channel is Channel.SMS:
        return Bar.CLOSED if closed else None if may_write else Bar.NOT_MINE
    if channel is not Channel.EMAIL:
        return None
    refusals = (
        (Bar.NO_ADDRESS, not customer.emails),
        (Bar.NO_MAILBOX, not has_mailbox),
        (Bar.CLOSED, closed),
        (Bar.NOT_MINE, not may_write),
    )
    return next((bar for bar, holds in refusals if holds), None)


def same(one: MailAddress, other: MailAddress) -> bool:
    """Whether two parties are one mailbox, as far as a sender can tell."""
    return one.address.casefold() == other.address.casefold()


def answer_to(head: MailHead | None, own: Iterable[str], customer: Customer, *, sent: bool = False) -> Recipients:
    """Whom an answer goes to: who wrote, and everybody who read it; never ourselves. With no mail, the customer."""
    ours = {address.casefold() for address in own}
    if head is None:
        first = customer.emails[:1]
        return Recipients(tuple(MailAddress(customer.name, one.address) for one in first))
    writer = head.to if sent else (head.reply_to or ((head.sender,) if head.sender else ()))
    to = _distinct(writer, ours)
    rest = head.cc if sent else (*head.to, *head.cc)
    cc = _distinct(rest, ours | {one.address.casefold() for one in to})
    if len(to) + len(cc) > MOST_RECIPIENTS:
        # A mailing is answered to its writer: what was sent to thousands is no conversation of them all.
        return Recipients((to or cc)[:1])
    return Recipients(to or cc[:1], cc if to else cc[1:])


def was_a_mailing(head: MailHead | None) -> int:
    """How many a mail went to, when they are more than an answer may go to; else 0."""
    count = len(head.to) + len(head.cc) if head is not None else 0
    return count if count > MOST_RECIPIENTS else 0


def _distinct(parties: Iterable[MailAddress], without: set[str]) -> tuple[MailAddress, ...]:
    kept: dict[str, MailAddress] = {}
    for party in parties:
        key = party.address.casefold()
        if key not in without and "@" in key:
            kept.setdefault(key, party)
    return tuple(kept.values())


def added(proposed: Recipients, now: Recipients) -> tuple[MailAddress, ...]:
    """Who gets this mail and had no part in the one that is answered."""
    return tuple(one for one in now.everybody if not any(same(one, other) for other in proposed.everybody))


def with_more(recipients: Recipients, where: str, parties: tuple[MailAddress, ...]) -> Recipients:
    """The recipients with more in `to`, `cc` or `bcc`; who has a part already is not named twice."""
    known = {one.address.casefold() for one in recipients.everybody}
    fresh = {one.address.casefold(): one for one in parties if one.address.casefold() not in known}
    return replace(recipients, **{where: (*getattr(recipients, where), *fresh.values())})


def dropped(proposed: Recipients, now: Recipients) -> tuple[MailAddress, ...]:
    """Who had a part in the mail that is answered and does not get this one."""
    return tuple(one for one in proposed.everybody if not any(same(one, other) for other in now.everybody))


def read_parties(typed: str) -> tuple[MailAddress, ...]:
    """The addresses in a line as people type or paste it; refuses what is none, and line breaks inside one."""
    parties = []
    for piece in pieces_of(typed):
        party = party_of(piece)
        one_line(party.name, "recipients")
        check_email(party.address)
        parties.append(party)
    return tuple(parties)


def check_recipients(recipients: Recipients) -> None:
    """Refuse a mail to nobody, to too many, and addresses that would write lines of their own."""
    everybody = recipients.everybody
    if not everybody:
        raise Refused(Refusal.REQUIRED, "recipients")
    if len(everybody) > MOST_RECIPIENTS:
        raise Refused(Refusal.TOO_MANY_RECIPIENTS, "recipients", count=len(everybody), most=MOST_RECIPIENTS)
    for party in everybody:
        one_line(party.name, "recipients")
        check_email(party.address)
        if not party.address.isascii():
            raise Refused(Refusal.NOT_AN_EMAIL, "recipients", value=party.address)


def one_line(text: str, field: str) -> str:
    """A text that becomes a line of a mail's head; refuses whatever could end the line (RFC 5322, section 2.2)."""
    if any(ord(letter) < 32 or letter in "\x7f\x85\u2028\u2029" for letter in text):
        raise Refused(Refusal.ONE_LINE_ONLY, field)
    return text


def answer_subject(head: MailHead | None, subject: str, number: int) -> str:
    """The subject of an answer: one "Re:", and the number of the case as its reader may quote it."""
    bare = re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", head.subject if head else subject).strip()
    while found := re.match(r"(?i)(?:re|aw|tr|sv)\s*:\s*", bare):
        bare = bare[found.end() :]
    mark = f"[#{number}]"
    whole = bare if mark in bare else f"{bare} {mark}"
    return f"Re: {whole}" if head else whole


def passed_on_subject(head: MailHead, number: int) -> str:
    """The subject of a mail that is passed on: one "Fwd:", and the number of the case."""
    bare = answer_subject(head, head.subject, number).removeprefix("Re: ")
    while found := re.match(r"(?i)(?:fwd?|tr|wg|i)\s*:\s*", bare):
        bare = bare[found.end() :]
    return f"Fwd: {bare}"


def chain_of(head: MailHead | None) -> tuple[str, ...]:
    """The References of an answer: the first and the newest ids of the conversation (RFC 5322, section 3.6.4)."""
    if head is None or not head.message_id:
        return ()
    ids = tuple(dict.fromkeys((*head.references, head.message_id)))
    return ids if len(ids) <= _NEWEST else (ids[0], *ids[-_NEWEST + 1 :])


_FILE_WORDS = re.compile(
    r"\b(?:attach(?:ed|ment|ments|ing)?|enclosed|enclosure|see the file|"
    r"ci-joint(?:e|es|s)?|en piece(?:s)? jointe(?:s)?|piece(?:s)? jointe(?:s)?|"
    r"je (?:vous )?joins|nous (?:vous )?joignons|est jointe?|sont jointe?s|en annexe)\b"
)


def speaks_of_a_file(blocks: Blocks) -> bool:
    """Whether the writer's own words promise an attachment."""
    return bool(_FILE_WORDS.search(fold(own_words(blocks))))


def domain_of(address: str) -> str:
    """What stands behind the @, folded."""
    return address.rpartition("@")[2].casefold()


def worries(
    blocks: Blocks,
    recipients: Recipients,
    known: frozenset[str],
    *,
    files: int,
    lost: tuple[str, ...] = (),
    mailing: int = 0,
    unsigned: bool = False,
) -> tuple[Worry, ...]:
    """What to look at before sending; `known` are the domains that the case has spoken with."""
    found = []
    if not files and speaks_of_a_file(blocks):
        found.append(Worry(Concern.NO_FILE))
    if lost:
        found.append(Worry(Concern.LOST_FILES, ", ".join(lost)))
    new = dict.fromkeys(
        one.address for one in recipients.everybody if known and domain_of(one.address) not in known
    )  # fmt: skip
    if new:
        found.append(Worry(Concern.NEW_DOMAIN, ", ".join(list(new)[:3])))
    if mailing:
        found.append(Worry(Concern.MAILING, str(mailing)))
    if unsigned:
        found.append(Worry(Concern.NO_SIGNATURE))
    return tuple(found)
