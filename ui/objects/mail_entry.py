"""A mail on the timeline: what its reader sees first, whom it went to, and what became of each delivery."""

from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desk.case_mail import CaseMail, Delivery
from app.domain.deliveries import DeliveryState
from app.domain.follow_ups import Channel, FollowUp
from app.domain.phone_numbers import display
from ui.objects.mail_words import NEEDS_HAND, delivery_words, full_party, parties_line
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Notice
from ui.widgets.pill import Pill
from ui.widgets.text import Elided, Text
from ui.widgets.typography import named

MOST_TOLD = 30


class MailLines(QWidget):
    """Stands under a mail's text and follows its deliveries without being made anew."""

    whole_asked = Signal()
    answer_asked = Signal()
    pass_on_asked = Signal()
    sent_again = Signal(object)
    arrived = Signal(object)
    given_up = Signal(object)
    edit_asked = Signal(object)
    split_asked = Signal()

    def __init__(self, follow_up: FollowUp, where: Elided, region: str) -> None:
        super().__init__()
        self._region = region
        self._where, self._said = where, where.text()
        self._shown: tuple[CaseMail | None, bool] = (None, False)
        whole = Button(self.tr("The whole mail"), role=Role.LINK, height=24)
        answer = Button(self.tr("Answer"), role=Role.LINK, height=24)
        pass_on = Button(self.tr("Forward"), role=Role.LINK, height=24)
        whole.setAccessibleDescription(follow_up.author_name)
        whole.clicked.connect(self.whole_asked)
        answer.clicked.connect(self.answer_asked)
        pass_on.clicked.connect(self.pass_on_asked)
        self._lines = column(gap=4)
        # An SMS has nothing but its words, and is answered from the composer.
        self._text = follow_up.channel is Channel.SMS
        for button in (whole, answer, pass_on):
            if self._text:  # what is shown before it has a parent is a window of its own
                button.hide()
        self._all = Text("", Type.SMALL, "text2")
        self._all.hide()
        links = row(whole, answer, pass_on, self._all, STRETCH, gap=16)
        self.setLayout(column(self._lines, links, gap=6))

    def show_mail(self, mail: CaseMail | None, now: datetime, *, may_act: bool) -> None:
        """Show where the mail is now."""
        if mail is None or (mail, may_act) == self._shown:
            return
        self._shown = (mail, may_act)
        parties = parties_line(mail) if not self._text else ""
        self._where.setText(f"{self._said} · {parties}" if parties else self._said)
        if mail.head.sender is not None:
            self._where.setToolTip(
                "\n".join(map(full_party, (mail.head.sender, *mail.head.to, *mail.head.cc)[:MOST_TOLD]))
            )
        clear(self._lines)
        delivered = [one for one in mail.deliveries if one.state is DeliveryState.DELIVERED]
        quiet = len(delivered) == len(mail.deliveries) > 1
        self._all.setVisible(quiet)
        self._all.setText(self.tr("delivered to all %n", "", len(delivered)) if quiet else "")
        if not quiet:
            for delivery in sorted(mail.deliveries, key=lambda one: one.state not in NEEDS_HAND)[:12]:
                self._lines.addWidget(self._line(delivery, now, may_act=may_act))
        if mail.doubt and may_act:
            self._lines.addWidget(self._doubt(mail))
        failed = tuple(one.recipient for one in mail.deliveries if one.state is DeliveryState.PERMANENT)
        if failed and may_act and not self._text:
            edit = Button(self.tr("Edit and send again"), icon="pencil", height=28)
            edit.clicked.connect(lambda: self.edit_asked.emit(failed))
            self._lines.addLayout(row(edit, STRETCH))

    def _doubt(self, mail: CaseMail) -> Notice:
        """Say quietly why this mail may be another case, with the remedy."""
        split = Button(self.tr("Make it a case of its own"), icon="ticket", height=28)
        split.clicked.connect(self.split_asked)
        sender = mail.head.sender
        who = escape(full_party(sender)) if sender is not None else ""
        said = {
            "changed_subject": self.tr("The subject is another one: “{0}”. It may be about something else.").replace(
                "{0}", escape(mail.head.subject)
            ),
            "stranger_in_thread": self.tr("{0} had no part in this case until now.").replace("{0}", who),
        }[mail.doubt]
        return Notice(said, Tone.NEUTRAL, "info", split)

    def _line(self, delivery: Delivery, now: datetime, *, may_act: bool) -> QWidget:
        words, tone, icon = delivery_words(delivery, now)
        line = QWidget()
        reason = Elided(delivery.reason if delivery.state in NEEDS_HAND else "", Type.SMALL, "text2")
        reached = display(delivery.recipient, self._region) if self._text else delivery.recipient
        who = Text(reached, Type.SMALL)
        who.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = row(Pill(words, tone, icon), who, reason, gap=8)
        layout.setStretch(2, 1)
        for button in self._remedies(delivery) if may_act else ():
            layout.addWidget(button)
        line.setLayout(layout)
        line.setAccessibleName(named(reached, f"{words} {delivery.reason}".strip()))
        return line

    def _remedies(self, delivery: Delivery) -> tuple[Button, ...]:
        again = Button(self.tr("Send again"), role=Role.LINK, height=24)
        again.clicked.connect(lambda: self.sent_again.emit(delivery.id))
        if delivery.state is DeliveryState.UNCONFIRMED:
            there = Button(self.tr("It arrived"), role=Role.LINK, height=24)
            there.clicked.connect(lambda: self.arrived.emit(delivery.id))
            return there, again
        if delivery.state is DeliveryState.TEMPORARY:
            now = Button(self.tr("Try now"), role=Role.LINK, height=24)
            now.clicked.connect(lambda: self.sent_again.emit(delivery.id))
            stop = Button(self.tr("Give up"), role=Role.LINK, height=24)
            stop.clicked.connect(lambda: self.given_up.emit(delivery.id))
            return now, stop
        return (again,) if delivery.state is DeliveryState.PERMANENT else ()


def is_taken_back(mail: CaseMail | None) -> bool:
    """Whether a mail was undone before any of it left: an event, and no letter."""
    return bool(mail and mail.deliveries) and all(
        one.state is DeliveryState.WITHDRAWN for one in (mail.deliveries if mail else ())
    )
