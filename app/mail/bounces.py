"""Delivery reports: which recipient a mail did not reach, and whether the address itself is no good.

A machine-readable report (RFC 3464) is believed first; mail servers that write their own prose are recognised by
who sends (RFC 5321's null sender, a mailer daemon) together with what they say, never by words alone.
"""

import re
from email.message import Message

from app.domain.mail import Report
from app.mail.bounce_words import DEAD, DELAYED, FAILED, FULL, REFUSED, SENDERS, SUBJECTS
from app.mail.headers import message_ids, raw_values, value_of
from app.mail.structure import Content

_MOST = 50_000
_ADDRESS = re.compile(
    r"(?<![\w.+-])([A-Za-z0-9_.!#$%&'*+/=?^{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8})"
)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[\s-])")
_DEAD_STATUS = re.compile(r"5\.1\.(?:[01236]|10)$|5\.4\.[14]$")
_OWN_PROBLEM = re.compile(r"5\.(?:7|2\.[23]|3|6)\.?|5\.1\.[78]$")
_ORIGINAL = re.compile(
    r"(?im)^.{0,20}(?:(?:original|returned|undelivered|copy of) (?:the |your )?(?:original )?(?:message|mail)\b.{0,60}|"
    r"-{3,} this is a copy .{0,80}|received: (?:from|by) .{0,200}|return-path: ?<.{0,200}|"
    r"-{2,} below this line .{0,60})$"
)


def reports_of(message: Message, content: Content, text: str) -> tuple[Report, ...]:
    """What this mail reports of deliveries; empty when it is no delivery report."""
    original = _original_id(content)
    if content.reports and (told := _machine_readable(content.reports, text, original)):
        return told
    if not _is_from_a_server(message):
        return ()
    said = text[:_MOST]
    cut = _ORIGINAL.search(said)
    head = said[: cut.start()] if cut and cut.start() > 40 else said
    recipients = _failed_recipients(message) or _named_in(head, message)
    if not recipients or not (FAILED.search(head) or raw_values(message, "X-Failed-Recipients")):
        return ()
    return tuple(_judged(recipient, "", _about(head, recipient, recipients), original) for recipient in recipients)


def _machine_readable(blocks: list[Message], text: str, original: str) -> tuple[Report, ...]:
    told: dict[str, Report] = {}
    for block in blocks:
        recipient = _recipient_of(block)
        if not recipient:
            continue
        action = value_of(block, "Action").lower().split(" ")[0]
        status = _STATUS.search(value_of(block, "Status"))
        said = value_of(block, "Diagnostic-Code") or _about(text, recipient)
        found = status[1] if status else {"delayed": "4.0.0", "failed": "5.0.0"}.get(action, "")
        if action in {"delivered", "relayed", "expanded"}:
            told[recipient] = Report(
                recipient, found or "2.0.0", permanent=False, reason=said[:500], message_id=original
            )
        elif found or action:
            told[recipient] = _judged(recipient, found, said, original)
    return tuple(told.values())


def _recipient_of(block: Message) -> str:
    for name in ("Final-Recipient", "Original-Recipient", "X-Actual-Recipient"):
        value = value_of(block, name)
        found = _ADDRESS.search(value.rpartition(";")[2].replace("<", " ").replace(">", " "))
        if found:
            return found[1]
        if value:
            return value.rpartition(";")[2].strip(" <>")[:320]
    return ""


def _judged(recipient: str, status: str, said: str, original: str) -> Report:
    """A refused mail is not a dead address: only what says that nobody is there is permanent."""
    precise = status if status and not status.endswith(".0.0") else ""
    in_text = _STATUS.search(said)
    if not precise and in_text:
        precise = in_text[1]
    code = _CODE.search(said)
    if not precise and not status and code:
        status = f"{code[1][0]}.0.0"
    status = precise or status or ("4.0.0" if DELAYED.search(said) else "5.0.0")
    return Report(recipient, status, _is_dead(status, said), said.strip()[:500], original)


def _is_dead(status: str, said: str) -> bool:
    if status[0] != "5":
        return False
    if FULL.search(said):
        return False
    if status in {"5.1.1", "5.1.10"}:
        return True
    if DEAD.search(said):
        return not _OWN_PROBLEM.match(status) or not REFUSED.search(said)
    return bool(_DEAD_STATUS.match(status)) and not REFUSED.search(said)


def _is_from_a_server(message: Message) -> bool:
    sender = value_of(message, "From").lower()
    subject = value_of(message, "Subject")
    nobody = any(value.strip() == "<>" for value in raw_values(message, "Return-Path"))
    if raw_values(message, "X-Failed-Recipients"):
        return True
    named = bool(SENDERS.search(sender))
    return (named or nobody) and bool(SUBJECTS.search(subject))


def _failed_recipients(message: Message) -> list[str]:
    joined = " ".join(raw_values(message, "X-Failed-Recipients"))
    return list(dict.fromkeys(_ADDRESS.findall(joined)))


def _named_in(head: str, message: Message) -> list[str]:
    """The addresses that a server's prose speaks of, without its own and without whom it writes to."""
    own = {
        address.lower() for name in ("From", "To", "Reply-To") for address in _ADDRESS.findall(value_of(message, name))
    }
    failed = FAILED.search(head)
    near = head[max(0, failed.start() - 400) :] if failed else head
    found = list(dict.fromkeys(address.rstrip(".") for address in _ADDRESS.findall(near)))
    others = [a for a in found if a.lower() not in own and not SENDERS.match(a.lower())]
    return (others or [a for a in found if not SENDERS.match(a.lower())])[:5]


def _about(text: str, recipient: str, all_of_them: list[str] | None = None) -> str:
    """What is said near the first mention of this recipient, up to the next one that is spoken of."""
    low = text[:_MOST].lower()
    at = low.find(recipient.lower())
    if at < 0:
        return text[:2000]
    others = [low.find(other.lower(), at + len(recipient)) for other in all_of_them or [] if other != recipient]
    end = min([at + 1200, *(found for found in others if found > 0)])
    return text[at if others else max(0, at - 300) : end]


def _original_id(content: Content) -> str:
    for nested in content.nested:
        if found := message_ids(nested, "Message-ID"):
            return found[0]
    for part in content.parts:
        if part.content_type == "text/rfc822-headers":
            found_in = re.search(rb"(?im)^message-id:\s*(<[^<>\s]{1,900}>)", part.data[:20_000])
            if found_in:
                return found_in[1].decode("ascii", "replace")
    return ""
