"""SMS: how many segments a text takes, and the words by which a customer ends and begins them (3GPP TS 23.038)."""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import fold

MOST_SEGMENTS = 10
MOST_CHARACTERS = 1530
"""Ten segments of the smallest kind of letters; the database refuses more (send_sms)."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Each of these is sent as two."""

STOP_WORDS = frozenset(
    {"stop", "stopall", "arret", "arreter", "unsubscribe", "desabonner", "desinscrire", "quit", "cancel"}
)
START_WORDS = frozenset({"start", "unstop", "reprendre", "reprise"})


class Alphabet(StrEnum):
    """How letters are sent: seven bits where all of them are in that table, else sixteen."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text takes: units of its alphabet, segments, and the units that are free in the last one."""

    alphabet: Alphabet
    units: int
    count: int
    left: int
    odd: str = ""
    """The first letter that needs sixteen bits for all of them."""


def segments(text: str) -> Segments:
    """Count a text as a telephone sends it; a letter of two units is never parted between two segments."""
    odd = next((letter for letter in text if letter not in _BASIC and letter not in _EXTENDED), "")
    if odd:
        # A letter beyond the basic plane is a pair of units.
        sizes, whole, part = [len(letter.encode("utf-16-be")) // 2 for letter in text], 70, 67
    else:
        sizes, whole, part = [2 if letter in _EXTENDED else 1 for letter in text], 160, 153
    alphabet, units = Alphabet.UCS2 if odd else Alphabet.GSM7, sum(sizes)
    if units <= whole:
        return Segments(alphabet, units, 1 if units else 0, whole - units, odd)
    count, room = 1, part
    for size in sizes:
        if size > room:
            count, room = count + 1, part
        room -= size
    return Segments(alphabet, units, count, room, odd)


def parts(text: str, most_bytes: int) -> tuple[str, ...]:
    """A text in parts of so many bytes of UTF-8 at most, parted between words where there are any."""
    found, rest = [], text
    while len(rest.encode()) > most_bytes:
        head = rest.encode()[:most_bytes].decode("utf-8", "ignore")
        space = max(head.rfind(" "), head.rfind("\n"))
        cut = space + 1 if space > 0 else len(head)
        found.append(rest[:cut])
        rest = rest[cut:]
    return (*found, rest) if rest else tuple(found)


def stop_word(text: str) -> bool | None:
    """Whether a customer ends (True) or takes up again (False) what we send her; None when she says something else."""
    word = fold(text).strip(" .!«»\"'")
    if word in STOP_WORDS:
        return True
    return False if word in START_WORDS else None


def hook_signature(secret: str, url: str, form: Mapping[str, str]) -> str:
    """What a provider writes over its call: HMAC-SHA1 over the address and the sorted fields, in Base64."""
    signed = url + "".join(f"{name}{form[name]}" for name in sorted(form))
    return base64.b64encode(hmac.new(secret.encode(), signed.encode(), "sha1").digest()).decode()


def is_signed(secret: str, url: str, form: Mapping[str, str], signature: str) -> bool:
    """Whether a call is the provider's; nothing is where there is no secret."""
    return bool(secret) and hmac.compare_digest(hook_signature(secret, url, form).encode(), signature.encode())
