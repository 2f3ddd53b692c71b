"""The question after solving as a mail: text and HTML, with a link for each answer; no machine answers it."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate
from html import escape

from app.domain.mail_threading import new_message_id
from app.domain.satisfaction import RATINGS, Asked, Rating
from app.mail.automatic import OWN_MARK

_SUBJECTS = {"en": "How did it go? [#{number}]", "fr": "Votre avis sur le dossier [#{number}]"}
_COLOURS = {Rating.GOOD: "#0A6B42", Rating.FAIR: "#5D6676", Rating.BAD: "#B3221A"}


def question(asked: Asked) -> tuple[str, bytes]:
    """Its message id and the whole of it."""
    message = EmailMessage(SMTP)
    identity = new_message_id(asked.case_id, asked.sender_address.rpartition("@")[2])
    message["From"] = formataddr((" ".join(asked.sender_name.split()), asked.sender_address))
    message["To"] = asked.recipient
    message["Subject"] = _SUBJECTS[asked.language].format(number=asked.case_number)
    message["Date"] = formatdate()
    message["Message-ID"] = identity
    message["Content-Language"] = asked.language
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message[OWN_MARK] = str(asked.case_id)
    links = {rating: f"{asked.link}?r={rating.value}" for rating in Rating}
    named = RATINGS[asked.language]
    lines = "\n".join(f"{named[rating]}: {link}" for rating, link in links.items())
    message.set_content(asked.text.replace("{links}", lines))
    message.add_alternative(
        _html(asked, {named[rating]: (link, _COLOURS[rating]) for rating, link in links.items()}), "html"
    )
    return identity, message.as_bytes()


def _html(asked: Asked, links: dict[str, tuple[str, str]]) -> str:
    buttons = " ".join(
        f'<a href="{escape(link)}" style="display:inline-block;padding:10px 18px;margin:4px 6px 4px 0;'
        f'background:{colour};color:#ffffff;text-decoration:none;border-radius:6px">{escape(name)}</a>'
        for name, (link, colour) in links.items()
    )
    paragraphs = (
        buttons if part.strip() == "{links}" else escape(part).replace("{links}", buttons).replace("\n", "<br>")
        for part in asked.text.split("\n\n")
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<!DOCTYPE html><html lang="{asked.language}"><body>{body}</body></html>'
