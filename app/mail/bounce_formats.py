"""Reports of other formats than RFC 3464: complaints (RFC 5965, Microsoft's JMRP) and what Amazon SES notifies."""

import json
import re
from email.message import Message
from typing import Any

from app.domain.mail import Report
from app.mail.bounce_judging import STATUS, judged
from app.mail.headers import addresses, message_id, raw_values, value_of
from app.mail.structure import Content

_SES = re.compile(r"@(?:[a-z0-9-]+\.)?sns\.amazonaws\.com\b", re.IGNORECASE)
_RECIPIENT = re.compile(r"[^\s<>;,]{1,64}@[^\s<>;,]{1,255}")


def complaints(content: Content) -> tuple[Report, ...]:
    """What somebody's mail house tells of her complaint: the mail arrived, and is not wanted."""
    copy = next(iter(content.nested), None)
    found = [_complaint(one, copy) for one in content.feedback]
    if copy is not None and (asked := value_of(copy, "X-HmXmrOriginalRecipient")):
        found.append(Report(asked, "", permanent=False, reason="abuse", message_id=message_id(copy) or ""))
    return tuple(one for one in found if one is not None)


def _complaint(told: Message, copy: Message | None) -> Report | None:
    named = " ".join(value for name in ("Original-Rcpt-To", "Removal-Recipient") for value in raw_values(told, name))
    recipient = _RECIPIENT.search(named)
    shown = recipient[0] if recipient else next((one.address for one in addresses(copy, "To")), "") if copy else ""
    original = (message_id(copy) or "") if copy else ""
    kind = value_of(told, "Feedback-Type")[:100] or "abuse"
    return Report(shown, "", permanent=False, reason=kind, message_id=original) if kind else None


def notified(message: Message, text: str) -> tuple[Report, ...]:
    """What a notification of Amazon SES says, JSON in the text of a mail."""
    if not text.lstrip().startswith("{") or not _SES.search(value_of(message, "From")):
        return ()
    try:
        told, _ = json.JSONDecoder().raw_decode(text.lstrip())
        return tuple(_told_by_ses(told))
    except (ValueError, RecursionError, TypeError, AttributeError, KeyError):
        return ()


def _told_by_ses(told: dict[str, Any]) -> list[Report]:
    kind = told.get("notificationType") or told.get("eventType")
    original = str(told["mail"].get("commonHeaders", {}).get("messageId", ""))
    if kind == "Bounce":
        bounce = told["bounce"]
        gone = {"Permanent": "5.0.0", "Transient": "4.0.0"}.get(bounce.get("bounceType"), "")
        return [
            judged(one["emailAddress"], one.get("status") or gone, one.get("diagnosticCode") or "", original)
            for one in bounce["bouncedRecipients"]
        ]
    if kind == "Complaint":
        who = [one["emailAddress"] for one in told["complaint"]["complainedRecipients"]]
        return [Report(one, "", permanent=False, reason="abuse", message_id=original) for one in who]
    if kind == "Delivery":
        said = str(told["delivery"].get("smtpResponse", ""))
        status = STATUS.search(said)
        shown = status[1] if status else "2.0.0"
        return [Report(one, shown, permanent=False, reason=said[:500]) for one in told["delivery"]["recipients"]]
    return []
