"""By what a mail is known again, however often and by whatever way it comes."""

import hashlib
import re

from app.mail.headers import addresses, message_id, raw_values
from app.mail.parsing import head_of
from app.services.ledger import Arrival

_STABLE = ("From", "To", "Cc", "Subject", "Date", "Message-ID")
_BODY = re.compile(rb"\r?\n\r?\n")


def arrival_of(raw: bytes, place: int) -> Arrival:
    """A raw mail as the ledger keeps it; its content is told by what no relay changes."""
    head = head_of(raw)
    body = _BODY.search(raw)
    digest = hashlib.sha256()
    for name in _STABLE:
        for value in raw_values(head, name):
            digest.update(f"{name}:{' '.join(value.split())}\n".encode("utf-8", "surrogateescape"))
    digest.update(memoryview(raw)[body.end() :] if body else b"")
    content = digest.hexdigest()
    found = addresses(head, "Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
    recipients = tuple(party.address.lower() for party in found[:200])
    return Arrival(message_id(head) or f"sha256:{content}", content, raw, recipients, place)
