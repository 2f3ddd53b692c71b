"""A chat's words by mail, for the visitor who asked for them; an answer to it goes on with the case."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from app.domain.mail import MailAddress
from app.domain.mail_threading import new_message_id
from app.mail.automatic import OWN_MARK
from app.mail.head_lines import party, words
from app.services.web_chat import Transcript

_WORDS = {
    "en": {
        "subject": "Your chat with {name}",
        "intro": "Hello,\n\nthis is your chat with {name}; it has the number {number}. You can answer this mail.\n",
        "you": "You",
        "house": "Automatic answer",
        "file": "[file: {0}]",
    },
    "fr": {
        "subject": "Votre discussion avec {name}",
        "intro": "Bonjour,\n\nvoici votre discussion avec {name}\u202f; elle porte le numéro {number}. Vous pouvez "
        "répondre à ce courriel.\n",
        "you": "Vous",
        "house": "Réponse automatique",
        "file": "[fichier\u202f: {0}]",
    },
}


def transcript(asked: Transcript) -> tuple[str, bytes]:
    """Its message id and the whole of it."""
    said = _WORDS[asked.language]
    identity = new_message_id(asked.case_id, asked.sender_address.rpartition("@")[2])
    name = " ".join(asked.organisation.split())
    lines = (
        ("From", party(MailAddress(" ".join(asked.sender.split()), asked.sender_address))),
        ("To", party(MailAddress("", asked.recipient))),
        ("Subject", words(f"{said['subject'].format(name=name)} [#{asked.number}]")),
        ("Date", formatdate()),
        ("Message-ID", identity),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        (OWN_MARK, str(asked.case_id)),
    )
    parts = [said["intro"].format(name=asked.organisation, number=asked.number)]
    for one in asked.lines:
        who = one.author or said["you" if one.by == "visitor" else "house"]
        files = "".join(f"\n{said['file'].format(file)}" for file in one.files)
        parts.append(f"{one.at:%H:%M} {who}\n{one.body}{files}\n")
    body = EmailMessage(SMTP)
    body.set_content("\n".join(parts))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return identity, head.encode("ascii", "replace") + body.as_bytes()
