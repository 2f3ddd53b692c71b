"""Header fields read as they come: 8-bit, folded, half encoded, repeated or broken (RFC 5322, 2047, 2231)."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache

from app.domain.mail import MailAddress
from app.mail.charsets import printable, text_of

LONGEST = 100_000
"""Of one header field no more is read."""
LONGEST_LIST = 1_000_000
"""Of one that lists addresses: ten thousand recipients with their names fit, an attack does not."""
MOST_ADDRESSES = 10_000
_SHORT = 300

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
# Whatever ends a line somewhere (RFC 5322, section 2.2; Unicode, section 5.8) is a space on one line.
_SPACE = re.compile(r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")
_BARE = re.compile(r"[^\s<>,;:\"()@\\]{1,64}@[^\s<>,;:\"()@\\]{1,255}")
_ID = re.compile(r"<([^<>\s]{1,900})>")


def raw_values(message: Message, name: str, longest: int = LONGEST) -> list[str]:
    """Every value of a field, undecoded; bytes beyond ASCII stand as surrogates."""
    wanted = name.lower()
    return [str(value)[:longest] for key, value in message.raw_items() if key.lower() == wanted]


def names_of(message: Message) -> frozenset[str]:
    """The names of the fields there are, in small letters."""
    return frozenset(name.lower() for name, _ in message.raw_items())


def value_of(message: Message, name: str) -> str:
    """The first value of a field as people read it, on one line; empty when there is none."""
    values = raw_values(message, name)
    return decoded(values[0], _charset_of(message, values[0])) if values else ""


def _charset_of(message: Message, raw: str) -> str | None:
    """In what bare bytes of a field are likely written: as the mail's own text is."""
    return None if raw.isascii() else message.get_content_charset()


def all_values(message: Message, most: int = 200, longest: int = 1000) -> tuple[tuple[str, str], ...]:
    """The first fields with their values as people read them, each cut short."""
    found = list(message.raw_items())[:most]
    return tuple((str(name)[:100], decoded(str(value)[:longest])) for name, value in found)


def decoded(raw: str, charset: str | None = None) -> str:
    """A value with its encoded words and bare bytes turned into text, on one line."""
    unfolded = _SPACE.sub(" ", _unescaped(raw, charset)).strip()
    if "=?" not in unfolded:
        return printable(unfolded)
    pieces: list[str] = []
    pending: list[tuple[str, bytes]] = []
    end = 0
    for word in _WORD.finditer(unfolded):
        between = unfolded[end : word.start()]
        # White space between two encoded words does not count; a character may be split over them.
        if between.strip() or not pending:
            pieces += [_joined(pending), between]
            pending = []
        pending.append((word[1].partition("*")[0].lower(), _bytes_of(word[2], word[3])))
        end = word.end()
    return printable(_SPACE.sub(" ", "".join([*pieces, _joined(pending), unfolded[end:]])).strip())


def _joined(words: list[tuple[str, bytes]]) -> str:
    text = ""
    while words:
        charset = words[0][0]
        same = next((n for n, word in enumerate(words) if word[0] != charset), len(words))
        text += text_of(b"".join(data for _, data in words[:same]), charset)
        words = words[same:]
    return text


def _bytes_of(encoding: str, coded: str) -> bytes:
    data = coded.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except (binascii.Error, ValueError):
        return data


def _unescaped(raw: str, charset: str | None = None) -> str:
    if raw.isascii():
        return raw
    return text_of(raw.encode("utf-8", "surrogateescape"), charset)


def addresses(message: Message, *names: str) -> tuple[MailAddress, ...]:
    """The parties that these fields name, in order, each address once."""
    found: dict[str, MailAddress] = {}
    for name in names:
        for raw in raw_values(message, name, LONGEST_LIST):
            charset = _charset_of(message, raw)
            for party in _short(raw, charset) if len(raw) < _SHORT else _parties(raw, charset):
                found.setdefault(party.address.lower(), party)
                if len(found) >= MOST_ADDRESSES:
                    return tuple(found.values())
    return tuple(found.values())


@lru_cache(maxsize=1024)
def _short(raw: str, charset: str | None) -> tuple[MailAddress, ...]:
    """The same addresses stand in mail after mail, and in one mail several times."""
    return tuple(_parties(raw, charset))


def _parties(raw: str, charset: str | None) -> Iterable[MailAddress]:
    # Encoded words are decoded after the split: a decoded comma separates nothing.
    try:
        pairs = getaddresses([_SPACE.sub(" ", _unescaped(raw, charset))])
    except (ValueError, IndexError, RecursionError):
        pairs = []
    pairs = [pair for pair in pairs if "@" in pair[1][1:]]
    for name, address in pairs or [("", address) for address in _BARE.findall(raw[:LONGEST])]:
        bare = _BARE.search(address) if " " in address and '"' not in address else None
        if bare:
            # "Jane Roe jane@x.example": brackets were forgotten.
            name, address = name or address[: bare.start()], bare[0]
        yield MailAddress(decoded(name)[:300], printable(address.strip().strip("<>'\""))[:320])


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """The message ids of a field, with their angle brackets, in order, each once."""
    joined = " ".join(_unescaped(raw) for raw in raw_values(message, name))
    found = [f"<{one}>" for one in _ID.findall(joined)]
    return tuple(dict.fromkeys(found))[:200]


def message_id(message: Message) -> str | None:
    """The mail's own id; one without brackets is taken as it stands."""
    found = message_ids(message, "Message-ID")
    if found:
        return found[0]
    bare = _SPACE.sub("", value_of(message, "Message-ID")).strip("<>")
    return f"<{bare}>"[:900] if bare else None


def date_of(message: Message) -> datetime | None:
    """When the mail says it was written, in UTC; None when it says nothing that is a time."""
    for raw in raw_values(message, "Date"):
        try:
            said = parsedate_to_datetime(_SPACE.sub(" ", raw.strip())[:200])
            return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def filename_of(part: Message) -> str | None:
    """The name a file came under, without folders and controls; None when it came without one."""
    try:
        raw = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        raw = None
    name = re.split(r"[/\\]", decoded(str(raw)))[-1].strip() if raw else ""
    return name.lstrip(".")[:200] or None
