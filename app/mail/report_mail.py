"""Figures as a mail: the first table in the text, all of them in a workbook beside it."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate
from uuid import UUID

from app.domain.mail_threading import new_message_id
from app.domain.reports import Asked
from app.mail.automatic import OWN_MARK
from app.services.report_files import Sheet, as_xlsx

_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_SUBJECT = {"en": "Reports {first} – {last}", "fr": "Rapports {first} – {last}"}
_UNDER = {
    "en": "All tables are in the file beside this. Durations are in seconds.",
    "fr": "Tous les tableaux sont dans le fichier joint. Les durées sont en secondes.",
}


def report_mail(
    schedule: UUID, sender: tuple[str, str], recipient: str, language: str, asked: Asked, sheets: Sequence[Sheet]
) -> tuple[str, bytes]:
    """Its message id and the whole of it."""
    message = EmailMessage(SMTP)
    identity = new_message_id(schedule, sender[1].rpartition("@")[2])
    message["From"] = formataddr((" ".join(sender[0].split()), sender[1]))
    message["To"] = recipient
    message["Subject"] = _SUBJECT[language].format(first=asked.first, last=asked.last)
    message["Date"] = formatdate()
    message["Message-ID"] = identity
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message[OWN_MARK] = str(schedule)
    figures = sheets[0]
    lines = [f"{name}: {_said(now)} ({_said(before)})" for name, now, before in figures.lines]
    heading = f"{figures.heading[1]} ({figures.heading[2]})"
    message.set_content("\n".join([heading, "", *lines, "", _UNDER[language]]))
    name = f"guichet-{asked.first}-{asked.last}.xlsx"
    message.add_attachment(as_xlsx(sheets), maintype=_XLSX[0], subtype=_XLSX[1], filename=name)
    return identity, message.as_bytes()


def _said(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)
