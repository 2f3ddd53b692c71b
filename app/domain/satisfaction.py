"""Whether customers were content: what is asked, what may be answered, and links that only their receiver has."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

COMMENT_MOST = 2_000
_SIGNATURE = 18
_PURPOSE = b"guichet satisfaction 1\0"


class Rating(StrEnum):
    """How it was."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


class Answered(StrEnum):
    """What became of an answer."""

    KEPT = "kept"
    EXPIRED = "expired"
    ANSWERED = "answered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Survey:
    """What an organisation asks, when, and how often; `public_url` is where customers reach the hub."""

    enabled: bool = False
    public_url: str = ""
    after_minutes: int = 60
    days_between: int = 30
    valid_days: int = 14
    question_en: str = ""
    question_fr: str = ""
    version: int = 0


SHIPPED = {
    "en": (
        "Hello,\n\nyour case {number} “{subject}” is solved. Are you content with how it went? One click is enough:\n\n"
        "{links}\n\nThank you!\n\n{name}"
    ),
    "fr": (
        "Bonjour,\n\nvotre dossier {number} « {subject} » est résolu. Êtes-vous satisfait de la façon dont il a été "
        "traité\u202f? Un clic suffit\u202f:\n\n{links}\n\nMerci\u202f!\n\n{name}"
    ),
}
"""What is written where an organisation has no words of its own; without {links} they follow the text."""
RATINGS = {
    "en": {Rating.GOOD: "Content", Rating.FAIR: "So-so", Rating.BAD: "Not content"},
    "fr": {Rating.GOOD: "Satisfait", Rating.FAIR: "Moyennement", Rating.BAD: "Pas satisfait"},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is to be written."""

    id: UUID
    case_id: UUID
    case_number: int
    subject: str
    language: str
    sender_name: str
    sender_address: str
    recipient: str
    text: str
    link: str


def token(key: bytes, ask: UUID) -> str:
    """The name of an ask in a link: its id and a signature, which nobody guesses (144 bits) and fits no other."""
    return base64.urlsafe_b64encode(ask.bytes + _sign(key, ask)).decode()


def ask_of(key: bytes, text: str) -> UUID | None:
    """The ask that a token names; None for one that we did not sign."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 16 + _SIGNATURE:
        return None
    ask = UUID(bytes=raw[:16])
    return ask if hmac.compare_digest(raw[16:], _sign(key, ask)) else None


def words(survey: Survey, language: str, number: int, subject: str, name: str) -> str:
    """The text of a question, with a place for the links."""
    own = survey.question_en if language == "en" else survey.question_fr
    text = own.strip() or SHIPPED[language]
    if "{links}" not in text:
        text += "\n\n{links}"
    return text.replace("{number}", str(number)).replace("{subject}", subject).replace("{name}", name)


def _sign(key: bytes, ask: UUID) -> bytes:
    return hmac.new(key, _PURPOSE + ask.bytes, sha256).digest()[:_SIGNATURE]
