"""A mail's tree of parts: which are the text, which are files.

Raw bytes are cut, never copied whole: a mail of 50 MB costs the hub four times its size, for a moment. Archives are
never opened.
"""

import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.policy import Compat32

from app.domain.mail import MailPart
from app.mail.charsets import text_of
from app.mail.headers import filename_of, value_of
from app.mail.parsing import PIECE, head_of


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a mail; those of the same `choice` say the same thing (multipart/alternative), 0 is none."""

    text: str
    is_html: bool
    choice: int


@dataclass(slots=True)
class Content:
    """What the walk over a mail collected."""

    texts: list[Text] = field(default_factory=list)
    parts: list[MailPart] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    nested: list[Message] = field(default_factory=list)
    reports: list[Message] = field(default_factory=list)
    feedback: list[Message] = field(default_factory=list)


# Types that are shown for what they are, under a word the desk translates.
_NOTICES = {
    "application/ms-tnef": "tnef",
    "application/vnd.ms-tnef": "tnef",
    "application/pkcs7-mime": "smime",
    "application/x-pkcs7-mime": "smime",
    "application/pkcs7-signature": "signed",
    "application/x-pkcs7-signature": "signed",
    "application/pgp-signature": "signed",
    "application/pgp-encrypted": "pgp",
    "text/calendar": "calendar",
}
# The same by the names of files that come without their type.
_ANYTHING = "application/octet-stream"
_NAMED = {"winmail.dat": "tnef", "smime.p7m": "smime", "smime.p7s": "signed"}


class _AsItCame(Compat32):
    """Writes head fields as they were read: folding them anew costs as much as reading them, and changes them."""

    def fold_binary(self, name: str, value: object) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("utf-8", "surrogateescape")


_AS_IT_CAME = _AsItCame()
_TYPE = re.compile(r"[\w!#$&^.+-]{1,80}/[\w!#$&^.+-]{1,80}")


def content_of(message: Message) -> Content:
    """Walk the tree once, in order; every leaf ends as text or as a file."""
    content = Content()
    for part, choice in _leaves(message):
        kind = type_of(part)
        if notice := _NOTICES.get(kind) or (kind == _ANYTHING and _NAMED.get((filename_of(part) or "").lower())):
            content.notices.append(notice)
        if kind == "message/delivery-status":
            content.reports += [block for block in part.get_payload() if isinstance(block, Message)]
            content.parts.append(_file(part, kind, _bytes_of_nested(part)))
        elif kind == "message/feedback-report":
            content.feedback += [block for block in part.get_payload() if isinstance(block, Message)]
            content.parts.append(_file(part, kind, _bytes_of_nested(part)))
        elif kind.startswith("message/"):
            _take_nested(content, part, kind)
        elif _is_text(part, kind):
            _take_text(content, part, kind, choice)
        else:
            content.parts.append(_file(part, kind, bytes_of(part)))
    content.notices = list(dict.fromkeys(content.notices))
    return content


def type_of(part: Message) -> str:
    """What a part says it is, in small letters and without what a forgotten semicolon joined to it."""
    found = _TYPE.match(part.get_content_type())
    return found[0].lower() if found else "text/plain"


def _leaves(message: Message) -> Iterator[tuple[Message, int]]:
    choices = 0
    waiting = [(message, 0)]
    while waiting:
        part, choice = waiting.pop()
        payload = part.get_payload()
        kind = type_of(part)
        if isinstance(payload, list) and kind.startswith("multipart/"):
            if kind == "multipart/alternative" and not choice:
                choice = choices = choices + 1
            waiting += [(child, choice) for child in reversed(payload) if isinstance(child, Message)]
        else:
            yield part, choice


def _is_text(part: Message, kind: str) -> bool:
    if kind.startswith("multipart/"):
        return True  # a multipart with no parts is the text that it holds
    if kind not in {"text/plain", "text/html", "text/enriched", "text/richtext"}:
        return False
    disposition = value_of(part, "Content-Disposition").partition(";")[0].strip().lower()
    return disposition != "attachment" and filename_of(part) is None


def _take_text(content: Content, part: Message, kind: str, choice: int) -> None:
    if kind in {"text/plain", "text/html"} or not choice:
        text = text_of(bytes_of(part), part.get_content_charset())
        content.texts.append(Text(text, kind == "text/html", choice))


def _take_nested(content: Content, part: Message, kind: str) -> None:
    data = _bytes_of_nested(part)
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload and isinstance(payload[0], Message) else None
    if value_of(part, "Content-Transfer-Encoding").lower() == "base64" and inner is not None:
        # Forbidden and sent all the same (RFC 2046, section 5.2.1): the encoding is undone, then read again.
        data = bytes_of(_relabelled(inner, "base64"))
        inner = head_of(data)
    if inner is not None:
        content.nested.append(inner)
    content.parts.append(_file(part, kind, data))


def _relabelled(inner: Message, encoding: str) -> Message:
    copy = Message()
    copy["Content-Transfer-Encoding"] = encoding
    copy.set_payload(inner.get_payload())
    return copy


def _bytes_of_nested(part: Message) -> bytes:
    payload = part.get_payload()
    if not isinstance(payload, list):
        return bytes_of(part)
    try:
        return b"\n".join(child.as_bytes(policy=_AS_IT_CAME) for child in payload if isinstance(child, Message))
    except (ValueError, LookupError, TypeError, KeyError, AttributeError):
        texts = [str(child.get_payload()) for child in payload if isinstance(child, Message)]
        return "\n".join(texts).encode("utf-8", "surrogateescape")


def bytes_of(part: Message) -> bytes:
    """The decoded bytes of a leaf, whatever its transfer encoding claims."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return (part.preamble or "").encode("utf-8", "surrogateescape")
    if (decoded := _from_base64(part, payload)) is not None:
        return decoded
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        data = None
    return data if isinstance(data, bytes) else str(payload or "").encode("utf-8", "surrogateescape")


def _from_base64(part: Message, payload: object) -> bytes | None:
    """A large file at once: the library's own way cuts it into its lines and holds it four times."""
    if not isinstance(payload, str) or len(payload) < PIECE or not payload.isascii():
        return None
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return None
    try:
        return binascii.a2b_base64(payload)
    except ValueError:
        return None


def _file(part: Message, kind: str, data: bytes) -> MailPart:
    disposition = value_of(part, "Content-Disposition").partition(";")[0].strip().lower()
    content_id = value_of(part, "Content-ID").strip("<> ")[:300]
    inline = disposition != "attachment" and (bool(content_id) or disposition == "inline") and kind.startswith("image/")
    return MailPart(filename_of(part), kind, data, hashlib.sha256(data).hexdigest(), inline, content_id)
