"""Automatic answers to mail: whom a machine may answer, how often, and what it says (RFC 3834).

What answers no mail keeps to the mailbox's hourly limit alone.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID

from app.domain.ledger import Fate
from app.domain.mail import Mail, Verdict

WINDOW = timedelta(hours=24)
"""One sender is answered once in this time."""
MOST_AN_HOUR = 60
"""So many automatic answers leave one mailbox in an hour."""
OLD = timedelta(days=2)
"""What lay in a mailbox for so long before it was connected is not answered any more."""

SHIPPED = {
    "en": (
        "Hello,\n\nwe have received your message. Your case has the number {number}; we answer as soon as we can.\n\n"
        "To add something, just reply to this mail.\n\n{name}"
    ),
    "fr": (
        "Bonjour,\n\n"
        "nous avons bien reçu votre message. Votre dossier porte le numéro {number}\u202f; nous vous répondons "
        "dès que possible.\n\nPour ajouter quelque chose, répondez simplement à ce courriel.\n\n{name}"
    ),
}
"""What is said where a team has no words of its own; {number} and {name} are filled in."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What the store knows before a new case's sender is answered."""

    on: bool
    before: int
    """How often this sender was answered within the window."""
    lately: int
    """How many answers left the mailbox within the last hour."""
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One automatic answer, as it is to be written."""

    case_id: UUID
    case_number: int
    sender_name: str
    sender_address: str
    recipient: str
    subject: str
    text: str
    answers: str
    references: tuple[str, ...] = ()


def answers(mail: Mail, fate: Fate, known: Answering) -> bool:
    """Whether the sender of a message that made a case is answered: never lists, robots, bounces, nor twice."""
    if fate is not Fate.CASE or not known.on or mail.sender is None:
        return False
    if not mail.may_answer or mail.verdict is not Verdict.HUMAN or _lay_long(mail, known.now):
        return False
    return known.before == 0 and known.lately < MOST_AN_HOUR


def _lay_long(mail: Mail, now: datetime | None) -> bool:
    """Whether the last server took it long ago, as the topmost Received says (RFC 5321, section 4.4)."""
    last = next((value for name, value in mail.headers if name.lower() == "received"), "")
    try:
        at = parsedate_to_datetime(last.rpartition(";")[2].strip())
    except ValueError:
        return False
    return now is not None and now - (at if at.tzinfo else at.replace(tzinfo=UTC)) > OLD


def answered_to(mail: Mail) -> str:
    """Where an automatic answer goes: the return path if it was kept, else the sender (RFC 3834, section 4)."""
    for name, value in mail.headers:
        bare = value.strip().strip("<>")
        if name.lower() == "return-path" and "@" in bare and not any(char in bare for char in " ,;<>"):
            return bare
    return mail.sender.address if mail.sender else ""


def words(own: str, language: str, number: int, name: str) -> str:
    """The text of an answer: the team's own words or the shipped ones, with number and name filled in."""
    text = own.strip() or SHIPPED["en" if language == "en" else "fr"]
    return text.replace("{number}", str(number)).replace("{name}", name)


def language_of(mail: Mail, customer_language: str, organisation_language: str) -> str:
    """The customer's language if she is known, else what the mail says of itself, else the organisation's."""
    if customer_language:
        return customer_language
    for name, value in mail.headers:
        if name.lower() in {"content-language", "accept-language"} and value[:2].lower() in SHIPPED:
            return value[:2].lower()
    return organisation_language


def of_another_house(mail: Mail) -> Mail:
    """A mail with our own mark that we did not send comes from another Guichet: read it by what else it says."""
    said = {name.lower(): value.strip().lower() for name, value in mail.headers}
    automatic = said.get("auto-submitted", "no").partition(";")[0].strip() != "no" or "auto" in said.get(
        "precedence", ""
    )
    if automatic:
        return replace(mail, verdict=Verdict.AUTO_REPLY, may_answer=False)
    suppressed = {"x-auto-response-suppress", "precedence", "list-id", "list-unsubscribe", "x-loop"} & said.keys()
    return replace(mail, verdict=Verdict.HUMAN, may_answer=not suppressed and said.get("return-path") != "<>")
