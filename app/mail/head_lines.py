"""Values as they stand in the head of a mail that leaves; none of them can end its line (RFC 5322, 2047).

The library's own headers read what they are given, encoded words too, and write the line breaks that these hide.
"""

import base64
import re
from collections.abc import Iterable

from app.domain.composing import one_line
from app.domain.customers import check_email
from app.domain.mail import MailAddress

_FOLD = 72
_WORD_BYTES = 42  # of UTF-8 in one encoded word: 75 characters at most (RFC 2047, section 2)


def parties(several: Iterable[MailAddress]) -> str:
    """Who a mail goes to, one a line."""
    return ",\r\n ".join(map(party, several))


def party(one: MailAddress) -> str:
    """One of them; refuses a name or an address that would end the line."""
    check_email(one.address)
    name = " ".join(one_line(one.name, "recipients").split())
    if not name:
        return one.address
    if name.isascii() and "=?" not in name:
        return '"{}"\r\n <{}>'.format(re.sub(r'(["\\])', r"\\\1", name), one.address)
    return f"{encoded(name)}\r\n <{one.address}>"


def ids(several: tuple[str, ...]) -> str:
    """Message ids; one that is none, whoever wrote it, is left out."""
    return "\r\n ".join(one for one in several if re.fullmatch(r"<[!-;=?-~]{3,900}>", one))


def words(text: str) -> str:
    """A text as a header's value: folded where it is plain, in encoded words where it is not."""
    parts = text.split()
    if not text.isascii() or "=?" in text or any(len(part) > _FOLD for part in parts):
        return encoded(" ".join(parts))
    lines, line = [], ""
    for word in parts:
        if line and len(line) + len(word) >= _FOLD:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\r\n ".join([*lines, line])


def encoded(text: str) -> str:
    """A text as encoded words, each of whole letters."""
    pieces, piece = [], b""
    for letter in text:
        data = letter.encode("utf-8", "replace")
        if len(piece) + len(data) > _WORD_BYTES:
            pieces.append(piece)
            piece = b""
        piece += data
    return "\r\n ".join(f"=?utf-8?B?{base64.b64encode(one).decode()}?=" for one in [*pieces, piece])
