"""An automatic answer as bytes, marked so that no other machine answers it (RFC 3834, sections 3 and 5)."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate

from app.domain.mail_answers import Acknowledgement
from app.domain.mail_threading import new_message_id
from app.mail.automatic import OWN_MARK


def acknowledgement(asked: Acknowledgement) -> tuple[str, bytes]:
    """Its message id and the whole of it; a subject or name cannot smuggle in a header."""
    message = EmailMessage(SMTP)
    identity = new_message_id(asked.case_id, asked.sender_address.rpartition("@")[2])
    message["From"] = formataddr((_line(asked.sender_name), asked.sender_address))
    message["To"] = asked.recipient
    message["Subject"] = f"Re: {_line(asked.subject)[:200]} [#{asked.case_number}]"
    message["Date"] = formatdate()
    message["Message-ID"] = identity
    if asked.answers:
        message["In-Reply-To"] = asked.answers
        message["References"] = " ".join([*asked.references[-10:], asked.answers])
    message["Auto-Submitted"] = "auto-replied"
    message["X-Auto-Response-Suppress"] = "All"
    message["Precedence"] = "auto_reply"
    message[OWN_MARK] = str(asked.case_id)
    message.set_content(asked.text)
    return identity, message.as_bytes()


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
