"""An automatic answer as bytes, marked so that no other machine answers it (RFC 3834, sections 3 and 5)."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from app.domain.mail import MailAddress
from app.domain.mail_answers import Acknowledgement
from app.domain.mail_threading import new_message_id
from app.mail.automatic import OWN_MARK
from app.mail.head_lines import ids, party, words


def acknowledgement(asked: Acknowledgement) -> tuple[str, bytes]:
    """Its message id and the whole of it; a subject, name or id cannot smuggle in a header."""
    identity = new_message_id(asked.case_id, asked.sender_address.rpartition("@")[2])
    lines = (
        ("From", _sender(_line(asked.sender_name), asked.sender_address)),
        ("To", "".join(asked.recipient.split())),
        ("Subject", words(f"Re: {_line(asked.subject)[:200]} [#{asked.case_number}]")),
        ("Date", formatdate()),
        ("Message-ID", identity),
        ("In-Reply-To", ids((asked.answers,))),
        ("References", ids((*asked.references[-10:], asked.answers))),
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "All"),
        ("Precedence", "auto_reply"),
        (OWN_MARK, str(asked.case_id)),
    )
    body = EmailMessage(SMTP)
    body.set_content(asked.text)
    head = "".join(f"{name}: {value}\r\n" for name, value in lines if value)
    return identity, head.encode("ascii", "replace") + body.as_bytes()


def _sender(name: str, address: str) -> str:
    return party(MailAddress(name, address))


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
