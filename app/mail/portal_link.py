"""The mail with the link that signs a customer in to the portal; no machine answers it."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate

from app.domain.mail_threading import new_message_id
from app.mail.automatic import OWN_MARK
from app.services.web_front import LinkMail

_SUBJECTS = {"en": "Your link to {name}", "fr": "Votre lien vers {name}"}
_TEXTS = {
    "en": (
        "Hello,\n\nwith this link you see your cases with {name}. Open it in the browser in which you asked for it; it "
        "works once, within 15 minutes:\n\n{link}\n\nYou did not ask for it? Then nothing has happened, and you need "
        "not do anything.\n"
    ),
    "fr": (
        "Bonjour,\n\nce lien vous donne accès à vos dossiers chez {name}. Ouvrez-le dans le navigateur où vous l’avez "
        "demandé\u202f; il sert une seule fois, pendant 15 minutes\u202f:\n\n{link}\n\nVous n’avez rien demandé\u202f? "
        "Alors il ne s’est rien passé et vous n’avez rien à faire.\n"
    ),
}


def portal_link(asked: LinkMail) -> tuple[str, bytes]:
    """Its message id and the whole of it."""
    message = EmailMessage(SMTP)
    identity = new_message_id(asked.id, asked.sender_address.rpartition("@")[2])
    message["From"] = formataddr((" ".join(asked.sender.split()), asked.sender_address))
    message["To"] = asked.recipient
    message["Subject"] = _SUBJECTS[asked.language].format(name=" ".join(asked.organisation.split()))
    message["Date"] = formatdate()
    message["Message-ID"] = identity
    message["Content-Language"] = asked.language
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message[OWN_MARK] = str(asked.id)
    message.set_content(_TEXTS[asked.language].format(name=asked.organisation, link=asked.link))
    return identity, message.as_bytes()
