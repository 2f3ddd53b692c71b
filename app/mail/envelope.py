"""Servers that take no envelope: they send a message to whomever its fields name, so these must say just that."""

import re
from collections.abc import Collection
from email.utils import formataddr

from app.domain.mail import MailAddress
from app.mail.headers import addresses
from app.mail.parsing import head_of

_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"[^\r\n]+(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)")
_REWRITTEN = (b"to", b"cc", b"bcc")
_EMPTY = "undisclosed-recipients:;"


def addressed(raw: bytes, recipients: Collection[str]) -> tuple[bytes, tuple[str, ...]]:
    """The message naming no one but these recipients, and those whom no field may name.

    A message that goes out again to one of three must not reach the other two a second time.
    """
    wanted = {recipient.lower(): recipient for recipient in recipients}
    head = head_of(raw)
    to, cc, bcc = (addresses(head, name) for name in ("To", "Cc", "Bcc"))
    kept_to, kept_cc = (tuple(one for one in some if one.address.lower() in wanted) for some in (to, cc))
    named = {one.address.lower() for one in (*kept_to, *kept_cc)}
    hidden = tuple(recipient for key, recipient in wanted.items() if key not in named)
    if bcc or kept_to != to or kept_cc != cc:
        raw = _rewritten(raw, kept_to, kept_cc)
    return raw, hidden


def _rewritten(raw: bytes, to: tuple[MailAddress, ...], cc: tuple[MailAddress, ...]) -> bytes:
    end = _END.search(raw)
    head, rest = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"\r\n\r\n")
    fields = [one.rstrip(b"\r\n") for one in _FIELD.findall(head)]
    kept = [one for one in fields if one.partition(b":")[0].strip().lower() not in _REWRITTEN]
    kept.append(b"To: " + (_listed(to) or _EMPTY.encode()))
    if cc:
        kept.append(b"Cc: " + _listed(cc))
    return b"\r\n".join(kept) + rest


def _listed(parties: tuple[MailAddress, ...]) -> bytes:
    return ",\r\n ".join(_shown(party) for party in parties).encode("utf-8", "surrogateescape")


def _shown(party: MailAddress) -> str:
    # A name that was decoded may hold what would begin another field.
    name = " ".join(party.name.split())
    return formataddr((name, party.address)) if party.address.isascii() else f"<{party.address}>"
