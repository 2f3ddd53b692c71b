"""A mail of a broadcast: to one customer, with the ways to want no more of them (RFC 2369, RFC 8058)."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from app.domain.mail import MailAddress
from app.domain.mail_threading import new_message_id
from app.mail.automatic import OWN_MARK
from app.mail.head_lines import party, words
from app.services.messages import BroadcastMail

_ENDS = {
    "en": "You get this mail as a customer of {name}. To get no more mails to many customers: {link}",
    "fr": "Vous recevez ce message en tant que client de {name}. Pour ne plus en recevoir de ce type\u202f: {link}",
}


def broadcast_mail(mail: BroadcastMail) -> tuple[str, bytes]:
    """Its message id and the whole of it; a subject or a name cannot smuggle in a header."""
    identity = new_message_id(mail.message_id, mail.sender.rpartition("@")[2])
    lines = (
        ("From", party(MailAddress(_line(mail.sender_name), mail.sender))),
        ("To", "".join(mail.address.split())),
        ("Subject", words(_line(mail.subject)[:250])),
        ("Date", formatdate()),
        ("Message-ID", identity),
        ("Content-Language", mail.language),
        ("List-Unsubscribe", f"<{mail.link}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Precedence", "bulk"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        (OWN_MARK, str(mail.message_id)),
    )
    body = EmailMessage(SMTP)
    ends = _ENDS[mail.language].format(name=_line(mail.organisation), link=mail.link)
    body.set_content(f"{mail.body.strip()}\n\n-- \n{ends}\n")
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return identity, head.encode("ascii", "replace") + body.as_bytes()


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
