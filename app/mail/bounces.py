"""Delivery reports: which recipient a mail did not reach, and whether the address itself is no good.

A machine-readable report (RFC 3464) is believed first; mail servers that write their own prose are recognised by
who sends (RFC 5321's null sender, a mailer daemon) together with what they say, never by words alone.
"""

import re
from dataclasses import replace
from email import message_from_string
from email.message import Message

from app.domain.mail import Report
from app.mail.bounce_formats import complaints, notified
from app.mail.bounce_judging import STATUS, judged
from app.mail.bounce_words import ASIDE, DAEMON, FAILED, SENDERS, SUBJECTS, TRANSCRIPT
from app.mail.headers import message_ids, raw_values, value_of
from app.mail.structure import Content

_MOST = 50_000
_LOOKED_AT = 500
_REACHED = frozenset({"delivered", "relayed", "expanded", "deliverable"})
_WRITTEN = r"([A-Za-z0-9_.!#$%&'*+/=?^{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8})"
_ADDRESS = re.compile(rf"(?<![\w.+-]){_WRITTEN}")
# Servers begin the line about a recipient with its address, at most after its code or what they call it.
_LEADS = re.compile(
    r"(?m)^[ \t]{0,8}(?:\*[ \t]{1,4}|[45]\d\d[ \t]+(?:[45]\.\d\.\d{1,3}[ \t]+)?|"
    rf"(?:recipient|failed|addressed|rcpt)[\w ]{{0,20}}:[ \t]*)?<?{_WRITTEN}"
)
_ORIGINAL = re.compile(
    r"(?im)^.{0,20}(?:(?:original|returned|undelivered|copy of) (?:the |your )?(?:original )?(?:message|mail)\b.{0,60}|"
    r"-{3,} this is a copy .{0,80}|received: (?:from|by) .{0,200}|return-path: ?<.{0,200}|"
    r"-{2,} below this line .{0,60})$"
)
_ORIGINAL_TO = re.compile(r"(?im)^[ \t>]*to:[ \t]*(.{1,300})$")
_ORIGINAL_ID = re.compile(r"(?im)^[ \t>]*message-id:\s*(<[^<>\s]{1,900}>)")


def reports_of(message: Message, content: Content, text: str) -> tuple[Report, ...]:
    """What this mail reports of deliveries; empty when it is no delivery report."""
    original = _original_id(message, content, text)
    if content.reports and (told := _machine_readable(content.reports, text, original)):
        return told
    if told := complaints(content) or notified(message, text):
        return told
    said = text[:_MOST]
    if not _is_from_a_server(message, said):
        return ()
    if told := _machine_readable(_blocks_in(said), said, original):
        return told
    cut = _ORIGINAL.search(said)
    head = said[: cut.start()] if cut and cut.start() > 40 else said
    recipients = _failed_recipients(message) or _named_in(head, message) or _named_in(said, message)
    recipients = recipients or [found for line in _ORIGINAL_TO.findall(said) for found in _ADDRESS.findall(line)][:5]
    if not recipients or not (FAILED.search(head) or raw_values(message, "X-Failed-Recipients")):
        return ()
    return tuple(judged(one, "", _about(head, one, recipients), original, said) for one in recipients)


def _blocks_in(said: str) -> list[Message]:
    """Machine-readable blocks that stand in the text, where the parts around them are broken."""
    if "inal-" not in said:
        return []
    blocks = (block for block in re.split(r"\n\s*\n", said) if re.search(r"(?im)^(?:final|original)-recipient:", block))
    return [message_from_string(block.strip()) for block in blocks]


def _machine_readable(blocks: list[Message], text: str, original: str) -> tuple[Report, ...]:
    told: dict[str, Report] = {}
    for block in blocks:
        recipient = _recipient_of(block)
        if not recipient:
            continue
        action = value_of(block, "Action").lower().split(" ")[0]
        status = STATUS.search(value_of(block, "Status"))
        said = value_of(block, "Diagnostic-Code") or _about(text, recipient)
        found = status[1] if status else {"delayed": "4.0.0", "failed": "5.0.0"}.get(action, "")
        if action in _REACHED:
            told[recipient] = Report(
                recipient, found or "2.0.0", permanent=False, reason=said[:500], message_id=original
            )
        elif found or action:
            report = judged(recipient, found, said, original, f"{said}\n{text[:_MOST]}")
            told[recipient] = replace(report, failed=action != "delayed")
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


def _is_from_a_server(message: Message, said: str) -> bool:
    sender = value_of(message, "From").lower()
    subject = value_of(message, "Subject")
    nobody = any(value.strip() == "<>" for value in raw_values(message, "Return-Path"))
    if raw_values(message, "X-Failed-Recipients"):
        return True
    if (SENDERS.search(sender) or nobody) and SUBJECTS.search(subject):
        return True
    return bool(DAEMON.search(sender) and TRANSCRIPT.search(said[:4000]))


def _failed_recipients(message: Message) -> list[str]:
    joined = " ".join(raw_values(message, "X-Failed-Recipients"))
    return list(dict.fromkeys(_ADDRESS.findall(joined)))


def _named_in(said: str, message: Message) -> list[str]:
    """The addresses that a server's prose speaks of, without its own and without whom it writes to."""
    own = {
        address.lower() for name in ("From", "To", "Reply-To") for address in _ADDRESS.findall(value_of(message, name))
    }
    said = "\n".join(line for line in said.split("\n") if not ASIDE.match(line[:_LOOKED_AT]))
    failed = FAILED.search(said)
    near = said[max(0, failed.start() - 400) :] if failed else said
    found = _LEADS.findall(near) or _ADDRESS.findall(near)
    named = [a for a in dict.fromkeys(address.rstrip(".") for address in found) if not SENDERS.match(a.lower())]
    return ([a for a in named if a.lower() not in own] or named)[:5]


def _about(text: str, recipient: str, all_of_them: list[str] | None = None) -> str:
    """What is said near the first mention of this recipient, up to the next one that is spoken of."""
    low = text[:_MOST].lower()
    at = low.find(recipient.lower())
    if at < 0:
        return text[:2000]
    others = [low.find(other.lower(), at + len(recipient)) for other in all_of_them or [] if other != recipient]
    end = min([at + 1200, *(found for found in others if found > 0)])
    return text[at if others else max(0, at - 300) : end]


def _original_id(message: Message, content: Content, text: str) -> str:
    """The id of the mail that is reported about: in its copy, in the text, or as what the report answers."""
    for nested in content.nested:
        if found := message_ids(nested, "Message-ID"):
            return found[0]
    for part in content.parts:
        if part.content_type == "text/rfc822-headers":
            found_in = _ORIGINAL_ID.search(part.data[:20_000].decode("ascii", "replace"))
            if found_in:
                return found_in[1]
    if in_text := _ORIGINAL_ID.search(text[:_MOST]):
        return in_text[1]
    return next(reversed((*message_ids(message, "References"), *message_ids(message, "In-Reply-To"))), "")
