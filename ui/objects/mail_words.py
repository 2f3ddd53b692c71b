"""Words of mails on the timeline: who it went to, and where each delivery stands."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.desk.case_mail import CaseMail, Delivery
from app.domain.deliveries import DeliveryState
from app.domain.mail import MailAddress
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.tokens import Tone
from ui.widgets.wording import day_and_clock

MOST_NAMED = 6

_STATE = {
    DeliveryState.WAITING: (QT_TRANSLATE_NOOP("Delivery", "waiting"), Tone.NEUTRAL, "clock"),
    DeliveryState.SENDING: (QT_TRANSLATE_NOOP("Delivery", "being sent"), Tone.ACCENT, "send"),
    DeliveryState.DELIVERED: (QT_TRANSLATE_NOOP("Delivery", "delivered"), Tone.OK, "check"),
    DeliveryState.TEMPORARY: (QT_TRANSLATE_NOOP("Delivery", "tried again at {0}"), Tone.WARN, "rotate-cw"),
    DeliveryState.PERMANENT: (QT_TRANSLATE_NOOP("Delivery", "not delivered"), Tone.BAD, "triangle-alert"),
    DeliveryState.UNCONFIRMED: (QT_TRANSLATE_NOOP("Delivery", "not known to have arrived"), Tone.WARN, "info"),
    DeliveryState.WITHDRAWN: (QT_TRANSLATE_NOOP("Delivery", "taken back"), Tone.NEUTRAL, "undo-2"),
}
_HELD = QT_TRANSLATE_NOOP("Delivery", "leaves {0}: the mailbox has sent as many as it may in a minute")
_HANDED_OVER = QT_TRANSLATE_NOOP("Delivery", "handed over")
"""A provider took it; whether the telephone got it, it tells later."""
NEEDS_HAND = frozenset({DeliveryState.PERMANENT, DeliveryState.UNCONFIRMED, DeliveryState.TEMPORARY})


def delivery_words(delivery: Delivery, now: datetime) -> tuple[str, Tone, str]:
    """Say where a delivery stands, with tone and icon."""
    words, tone, icon = _STATE[delivery.state]
    if delivery.held and delivery.state is DeliveryState.WAITING and delivery.send_at > now:
        words, tone = _HELD, Tone.WARN
    if delivery.state is DeliveryState.DELIVERED and delivery.reason == "accepted":
        words, tone, icon = _HANDED_OVER, Tone.ACCENT, "send"
    said = QCoreApplication.translate("Delivery", words)
    return said.replace("{0}", day_and_clock(delivery.send_at, now)), tone, icon


def parties_line(mail: CaseMail) -> str:
    """Say whom a mail was written to, in copy and unseen."""
    translate = QCoreApplication.translate
    parts = (
        (translate("Mail", "to {0}"), mail.head.to),
        (translate("Mail", "cc {0}"), mail.head.cc),
        (translate("Mail", "bcc {0}"), tuple(MailAddress("", one) for one in mail.hidden)),
    )
    return ", ".join(words.replace("{0}", named(parties)) for words, parties in parts if parties)


def named(parties: tuple[MailAddress, ...]) -> str:
    """Name the parties, the first few of many."""
    shown = ", ".join(one.address for one in parties[:MOST_NAMED])
    more = len(parties) - MOST_NAMED
    return shown if more <= 0 else f"{shown} +{more}"


def forwarded_lines(mail: CaseMail, at: datetime) -> str:
    """The lines over a mail that is passed on, as mail programs write them."""
    translate = QCoreApplication.translate
    head = mail.head
    when = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at.timestamp())), QLocale.FormatType.ShortFormat)
    told = (
        (translate("Mail", "From: {0}"), full_party(head.sender) if head.sender is not None else ""),
        (translate("Mail", "Date: {0}"), when),
        (translate("Mail", "Subject: {0}"), head.subject),
        (translate("Mail", "To: {0}"), ", ".join(map(full_party, head.to[:MOST_NAMED]))),
        (translate("Mail", "Cc: {0}"), ", ".join(map(full_party, head.cc[:MOST_NAMED]))),
    )
    title = translate("Mail", "---------- Forwarded message ----------")
    return "\n".join((title, *(words.replace("{0}", said) for words, said in told if said)))


def full_party(party: MailAddress) -> str:
    """Name one party with both her name and her address."""
    return f"{party.name} <{party.address}>" if party.name else party.address
