"""Which conversation a mail belongs to: the token in our own message ids first, then what else it names."""

import re
import secrets
from collections.abc import Iterable
from uuid import UUID

from app.domain.text import fold

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_OWN = re.compile(r"<?gu\.([0-9a-hjkmnp-tv-z]{26})\.[0-9a-hjkmnp-tv-z]{8}@[^<>\s@]+>?")
_PLUS = re.compile(r"\+gu\.([0-9a-hjkmnp-tv-z]{26})@")
_NUMBER = re.compile(r"\[#(\d{1,12})\]")
# What mail programs put before a subject when it is answered or passed on, in the languages that write to us.
_AGAIN = re.compile(r"(?:(?:re|aw|sv|vs|ref|rif|r|fwd?|tr|wg|i|enc|rv|doorst|antw)(?:\[\d+\])?\s*:\s*)+")


def new_message_id(case_id: UUID, host: str) -> str:
    """A message id that names its case to us and nothing to anybody else; fixed when the mail is written."""
    salt = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"<gu.{token_of(case_id)}.{salt}@{host}>"


def token_of(case_id: UUID) -> str:
    """The case's id as 26 letters and digits (Crockford's base 32)."""
    number = case_id.int
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(25, -1, -1))


def case_of(token: str) -> UUID | None:
    """The case that a token names; None for one that we never made."""
    number = 0
    for letter in token:
        number = number * 32 + _ALPHABET.index(letter)
    return UUID(int=number) if number < 1 << 128 else None


def own_token(message_ids: tuple[str, ...], recipients: tuple[str, ...] = ()) -> str:
    """The token of our newest message in a chain, or of the address that was written to; empty without one."""
    for message_id in reversed(message_ids):
        if found := _OWN.fullmatch(message_id):
            return found[1]
    for address in recipients:
        if found := _PLUS.search(address.lower()):
            return found[1]
    return ""


def case_number_in(subject: str) -> int | None:
    """The number of a case that the subject carries, as we write it: [#1042]."""
    found = _NUMBER.search(subject)
    return int(found[1]) if found else None


def is_another_subject(subject: str, known: Iterable[str], case_number: int) -> bool:
    """Whether a mail of a conversation is headed otherwise than all of it was; our own mark counts as the same."""
    if not (bare := bare_subject(subject)) or case_number_in(subject) == case_number:
        return False
    # One that a gateway put a word before or behind is the same.
    others = [other for one in known if (other := bare_subject(one))]
    return bool(others) and not any(other in bare or bare in other for other in others)


def bare_subject(subject: str) -> str:
    """A subject without what answering and passing on put around it, folded for comparing."""
    return _AGAIN.sub("", fold(_NUMBER.sub(" ", subject)), count=1).strip()
