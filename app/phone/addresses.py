"""SIP addresses as they come off the wire and as people type numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from uuid import UUID

from app.domain.phone import Header, PhoneRefusedError, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

ANONYMOUS: Final = "anonymous"
_LONGEST: Final = 200
_NAME_ADDRESS = re.compile(r'^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*))\s*<([^>]*)>', re.DOTALL)
_SCHEME = re.compile(r"^(sips?|tel|callto):/{0,2}", re.IGNORECASE)
_DIALLED = re.compile(r"^\+?[0-9*#]+$")
_USER = re.compile(r"^[\w.!~*'()&=+$,;?/%-]+$")
_LAYOUT = re.compile(r"[\s().\-/\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Party:
    """Who is at the other end, as far as SIP tells."""

    number: str
    name: str


def read_party(address: str) -> Party:
    """The user part and the display name of a From or To header (RFC 3261 §20.10); never fails."""
    found = _NAME_ADDRESS.match(address)
    name, uri = "", address.strip()
    if found:
        name = re.sub(r"\\(.)", r"\1", found[1]) if found[1] is not None else (found[2] or "").strip()
        uri = found[3]
    bare = _SCHEME.sub("", uri)
    user = bare.partition("@")[0] if "@" in bare else bare.partition(";")[0]
    number = unquote(user.partition(";")[0].partition(":")[0], errors="replace")
    number = "".join(c for c in number if c.isprintable())[:_LONGEST] or ANONYMOUS
    return Party(number, "".join(c for c in name if c.isprintable())[:_LONGEST])


def read_caller(message: str) -> Party:
    """Who a SIP request is from; read here since pjsua2 gives up on addresses longer than its buffer."""
    for name, value in _all_headers(message):
        if name.lower() in {"from", "f"}:
            return read_party(value)
    return Party(ANONYMOUS, "")


def read_headers(message: str) -> tuple[Header, ...]:
    """Our own `X-…` headers of a SIP message."""
    return tuple(
        Header(name, value[:_LONGEST]) for name, value in _all_headers(message) if name.lower().startswith("x-")
    )


def _all_headers(message: str) -> Iterator[tuple[str, str]]:
    """Every header of a SIP message, unfolded (RFC 3261 §7.3.1)."""
    head = re.split(r"\r?\n\r?\n", message, maxsplit=1)[0]
    for line in re.sub(r"\r?\n[ \t]+", " ", head).splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def header_value(headers: tuple[Header, ...], name: str) -> str:
    """The first header of that name, empty when there is none; names ignore case."""
    return next((header.value for header in headers if header.name.lower() == name.lower()), "")


def read_call_id(value: str) -> UUID | None:
    """The hub's call id, None when the header is absent or no UUID."""
    try:
        return UUID(value)
    except ValueError:
        return None


def dialled_user(target: str) -> str:
    """What to ask the switch for: a typed number, a `tel:`, `callto:` or `sip:` link, or an internal name.

    Raises `PhoneRefusedError` for what cannot be dialled.
    """
    text = target.strip()
    was_link = _SCHEME.match(text)
    bare = _SCHEME.sub("", text).partition("@")[0].partition(";")[0].partition("?")[0]
    bare = unquote(bare) if was_link else bare
    number = _LAYOUT.sub("", bare)
    if _DIALLED.match(number):
        return number
    if bare and len(bare) <= _LONGEST and _USER.match(bare):
        return bare
    raise PhoneRefusedError(Refusal.BAD_NUMBER, f"“{target[:60]}” cannot be dialled.")


def is_header(header: Header) -> bool:
    """Whether a header may go into an INVITE as it is: no line break, a token as its name."""
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", header.name)) and header.value.isprintable()
