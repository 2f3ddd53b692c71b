"""What a mail server's words about one recipient mean: its status, and whether the address itself is no good."""

import re

from app.domain.mail import Report
from app.mail.bounce_words import (
    ACCEPTED_FIRST,
    BY_SENDER,
    DEAD,
    DELAYED,
    FULL,
    NOBODY_THERE,
    PROGRAM,
    REFUSED,
)

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[\s-])")
# The status that a server gave with its reply code (RFC 2034).
_REPLIED = re.compile(r"(?<![\d.])([45])\d\d[-\s'\"#]{1,4}(\1\.\d{1,3}\.\d{1,3})(?![\d.])")
_DEAD_STATUS = re.compile(r"5\.1\.(?:[01236]|10)$|5\.4\.[14]$")
_OWN_PROBLEM = re.compile(r"5\.(?:7|2\.[23]|3|6)\.?|5\.1\.[78]$")


def judged(recipient: str, status: str, said: str, original: str, around: str = "") -> Report:
    """A refused mail is not a dead address: only what says that nobody is there is permanent.

    `said` is about this recipient; `around` may tell at which step of the transfer it was said.
    """
    replied = _REPLIED.search(said)
    precise = replied[2] if replied else status if not status.endswith(".0.0") else ""
    in_text = STATUS.search(said)
    if not precise and in_text:
        precise = in_text[1]
    code = _CODE.search(said)
    if not precise and not status and code:
        status = f"{code[1][0]}.0.0"
    status = precise or status or ("4.0.0" if DELAYED.search(said) else "5.0.0")
    failed = status[0] == "5" or not DELAYED.search(said)
    return Report(recipient, status, _is_dead(status, said, around), said.strip()[:500], original, failed)


def _is_dead(status: str, said: str, around: str) -> bool:
    if FULL.search(said) or PROGRAM.search(said):
        return False
    if NOBODY_THERE.search(said):
        return True
    if status[0] != "5" or ACCEPTED_FIRST.search(around or said) or BY_SENDER.search(said):
        return False
    if status in {"5.1.1", "5.1.10"}:
        return True
    if DEAD.search(said):
        return not _OWN_PROBLEM.match(status) or not REFUSED.search(said)
    return bool(_DEAD_STATUS.match(status)) and not REFUSED.search(said)
