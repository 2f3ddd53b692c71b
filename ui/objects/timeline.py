"""The timeline of a case: every communication and note, oldest first; notes are tinted."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.desk.case_mail import CaseMail
from app.domain.follow_ups import Attachment, Channel, Direction, FollowUp
from ui.objects.mail_entry import MailLines, is_taken_back
from ui.theme.fonts import Type
from ui.widgets.button import Button
from ui.widgets.card import Scroll, Surface
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.pill import Avatar
from ui.widgets.text import Elided, Text
from ui.widgets.typography import named, quoted
from ui.widgets.wording import channel_words, day_and_clock, duration

COMMENT = 120
_TOLD = ("organisation", "team", "number")


class Timeline(Scroll):
    """Shows the follow-ups of one case and stays at the end, where the newest is."""

    attachment_asked = Signal(object)
    whole_asked = Signal(object)
    answer_asked = Signal(object)
    pass_on_asked = Signal(object)
    edit_asked = Signal(object, object)
    sent_again = Signal(object)
    arrived = Signal(object)
    given_up = Signal(object)
    split_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=12, margins=(24, 16, 24, 16))
        self.setAccessibleName(self.tr("Timeline"))
        self._shown: tuple[FollowUp, ...] = ()
        self._region = ""
        self._letters: dict[UUID, tuple[QWidget, MailLines]] = {}
        self._heads: dict[UUID, tuple[Elided, str]] = {}
        self.verticalScrollBar().rangeChanged.connect(lambda _, most: self.verticalScrollBar().setValue(most))

    def show_follow_ups(self, follow_ups: tuple[FollowUp, ...], now: datetime, region: str) -> None:
        """Show the entries; those that stand already are left alone when only newer ones came."""
        self._region = region
        if follow_ups == self._shown:
            return
        if follow_ups[: len(self._shown)] != self._shown or not self._shown:
            clear(self.column)
            self._letters.clear()
            self._heads.clear()
            fresh = follow_ups
        else:
            self.column.takeAt(self.column.count() - 1)
            fresh = follow_ups[len(self._shown) :]
        self._shown = follow_ups
        for follow_up in fresh:
            self.column.addWidget(self._entry(follow_up, now))
        self.column.addStretch(1)

    def show_mails(self, mails: Mapping[UUID, CaseMail], now: datetime, *, may_act: bool) -> None:
        """Show whom the mails went to and where they are; one that was taken back becomes an event."""
        for follow_up in self._shown:
            if follow_up.id not in self._letters:
                continue
            card, lines = self._letters[follow_up.id]
            mail = mails.get(follow_up.id)
            if is_taken_back(mail):
                at = self.column.indexOf(card)
                self.column.removeWidget(card)
                self.column.insertWidget(at, self._event(follow_up, now))
                card.hide()
                card.deleteLater()
                del self._letters[follow_up.id]
            else:
                lines.show_mail(mail, now, may_act=may_act)

    def show_marks(self, marks: Mapping[UUID, str]) -> None:
        """Say behind what was said in a chat whether it arrived and was read."""
        for id_, (said, words) in self._heads.items():
            told = f"{words} · {marks[id_]}" if marks.get(id_) else words
            if said.text() != told:
                said.setText(told)

    def _entry(self, follow_up: FollowUp, now: datetime) -> QWidget:
        if follow_up.channel is Channel.SYSTEM or (follow_up.channel is Channel.CALL and not follow_up.body):
            return self._event(follow_up, now)
        name, icon = channel_words(follow_up.channel)
        kind = "card" if follow_up.public else "note"
        where = name if follow_up.public or follow_up.channel is Channel.CALL else self.tr("Internal note")
        if follow_up.channel is Channel.CALL and isinstance(talked := follow_up.custom.get("talked_s"), int | float):
            where = f"{where} · {duration(talked)}"
        said = Elided(f"{where} · {day_and_clock(follow_up.at, now)}", Type.SMALL, "text2")
        head = column(Text(follow_up.author_name or self.tr("Guichet"), Type.STRONG), said, gap=1)
        body = follow_up.body or (self.tr("This text was removed.") if follow_up.redacted_at else "")
        text = Text(body, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card = Surface(kind)
        top = row(Avatar(follow_up.author_name or "Guichet"), head, Icon(icon, "text2"), gap=12)
        top.setStretch(1, 1)
        inner = column(text, gap=8, margins=(44, 0, 0, 0))
        if follow_up.attachments:
            inner.addLayout(row(*(self._attachment(one) for one in follow_up.attachments), STRETCH))
        if follow_up.channel is Channel.CHAT:
            self._heads[follow_up.id] = (said, said.text())
        if follow_up.channel in {Channel.EMAIL, Channel.SMS} and not follow_up.redacted_at:
            inner.addWidget(self._mail_lines(follow_up, said, card))
        card.setLayout(column(top, inner, gap=6, margins=(16, 12, 16, 14)))
        return card

    def _mail_lines(self, follow_up: FollowUp, said: Elided, card: QWidget) -> MailLines:
        lines = MailLines(follow_up, said, self._region)
        lines.whole_asked.connect(lambda: self.whole_asked.emit(follow_up.id))
        lines.answer_asked.connect(lambda: self.answer_asked.emit(follow_up.id))
        lines.pass_on_asked.connect(lambda: self.pass_on_asked.emit(follow_up.id))
        lines.edit_asked.connect(lambda failed: self.edit_asked.emit(follow_up.id, failed))
        lines.split_asked.connect(lambda: self.split_asked.emit(follow_up.id))
        lines.sent_again.connect(self.sent_again)
        lines.arrived.connect(self.arrived)
        lines.given_up.connect(self.given_up)
        self._letters[follow_up.id] = (card, lines)
        return lines

    def _attachment(self, attachment: Attachment) -> Button:
        size = QLocale().formattedDataSize(attachment.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        button = Button(f"{attachment.name} · {size}", icon="paperclip", height=28)
        button.setToolTip(self.tr("Save the file"))
        button.clicked.connect(lambda: self.attachment_asked.emit(attachment))
        return button

    def _event(self, follow_up: FollowUp, now: datetime) -> QWidget:
        if follow_up.channel is Channel.EMAIL:
            words = self.tr("Mail taken back before it left")
        elif follow_up.channel is Channel.SMS:
            words = self.tr("SMS taken back before it left")
        elif follow_up.channel is Channel.CALL:
            words = self.tr("Incoming call") if follow_up.direction is Direction.IN else self.tr("Outgoing call")
        else:
            words = event_words(follow_up.body)
            told = [] if "{0}" in words else [str(follow_up.custom[key]) for key in _TOLD if follow_up.custom.get(key)]
            words = " · ".join([words.replace("{0}", str(follow_up.custom.get("number", ""))), *told])
            if comment := str(follow_up.custom.get("comment", "")):  # what a customer said to her answer
                words = named(words, quoted(comment if len(comment) < COMMENT else comment[:COMMENT] + "…"))
        _, icon = channel_words(follow_up.channel)
        who = f" · {follow_up.author_name}" if follow_up.author_name else ""
        line = QFrame()
        said = Text(f"{words}{who} · {day_and_clock(follow_up.at, now)}", Type.SMALL, "text2")
        said.setToolTip(str(follow_up.custom.get("comment", "")))
        line.setLayout(row(STRETCH, Icon(icon, "text3", 14), said, STRETCH, margins=(0, 2, 0, 2)))
        return line


def event_words(body: str) -> str:
    """Return the words of the desk's own entry; an unknown one is shown as it was written."""
    from PySide6.QtCore import QCoreApplication

    known = {
        "created": QCoreApplication.translate("Event", "Case created"),
        "handed_over": QCoreApplication.translate("Event", "Handed over"),
        "assigned": QCoreApplication.translate("Event", "Assigned"),
        "solved": QCoreApplication.translate("Event", "Solved"),
        "merged": QCoreApplication.translate("Event", "Merged"),
        "merged_into": QCoreApplication.translate("Event", "Merged into another case"),
        "continues": QCoreApplication.translate("Event", "Goes on with an earlier case"),
        "continues_by": QCoreApplication.translate("Event", "Went on in another case"),
        "split": QCoreApplication.translate("Event", "Split off from another case"),
        "split_by": QCoreApplication.translate("Event", "A part was split off"),
        "related": QCoreApplication.translate("Event", "Linked with another case"),
        "related_by": QCoreApplication.translate("Event", "Linked with another case"),
        "unlinked": QCoreApplication.translate("Event", "Link taken back"),
        "referred": QCoreApplication.translate("Event", "Handed over to another organisation"),
        "referred_from": QCoreApplication.translate("Event", "Came from another organisation"),
        "satisfaction_asked": QCoreApplication.translate("Event", "Customer asked how it went"),
        "satisfaction_good": QCoreApplication.translate("Event", "Customer is content"),
        "satisfaction_fair": QCoreApplication.translate("Event", "Customer is fairly content"),
        "satisfaction_bad": QCoreApplication.translate("Event", "Customer is not content"),
        "split_from": QCoreApplication.translate("Event", "A mail of case {0} became this case"),
        "split_to": QCoreApplication.translate("Event", "A mail became case {0}"),
        "chat_ended_visitor": QCoreApplication.translate("Event", "The visitor ended the chat"),
        "chat_ended_agent": QCoreApplication.translate("Event", "Chat ended"),
        "chat_ended_silence": QCoreApplication.translate("Event", "Chat ended, since nobody wrote"),
        "chat_ended_left": QCoreApplication.translate("Event", "The visitor left before anybody answered"),
        "opened_by_api": QCoreApplication.translate("Event", "Opened by another program"),
        "solved_by_customer": QCoreApplication.translate("Event", "Called solved by the customer in the portal"),
    }
    return known.get(body, body)
