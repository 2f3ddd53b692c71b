"""The whole of one mail: its head, its page with nothing fetched, pictures from elsewhere when they are asked for."""

import re
from datetime import datetime
from html import escape, unescape

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.desk.case_mail import CaseMails, CaseMailState
from app.domain.mail import Mail, MailAddress
from ui.objects.mail_words import full_party
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.layout import clear, column, row
from ui.widgets.mail_page import REMOTE, MailPage
from ui.widgets.notice import Notice
from ui.widgets.text import Text
from ui.widgets.wording import day_and_clock

MOST_SHOWN = 40
_REMOTE = re.compile(rf'src="{REMOTE}([^"]{{1,2000}})"')


class MailDialog(Dialog):
    """One mail with quotes, signature and pictures."""

    def __init__(self, window: QWidget, presenter: CaseMails, now: datetime) -> None:
        super().__init__(window, "", width=860)
        self._presenter, self._now = presenter, now
        self._shown: Mail | None = None
        self._head = column(gap=2)
        self._notices = column(gap=6)
        self.page = MailPage()
        self.page.setAccessibleName(self.tr("Text of the mail"))
        self.page.setMinimumHeight(theme().px(320))
        self._load = Button(self.tr("Load the pictures"), icon="image", height=28)
        self._load.clicked.connect(lambda: presenter.fetch_pictures(self._addresses()))
        self.left_out = Notice("", Tone.WARN, "shield-alert")
        self.left_out.hide()
        self.page.left_out.connect(self._say_left_out)
        self.content.addLayout(self._head)
        self.content.addLayout(self._notices)
        self.content.addWidget(self.left_out)
        self.content.addWidget(self.page)
        self.set_title(self.tr("The whole mail"))
        self._unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(self._end)

    def render_state(self, state: CaseMailState) -> None:
        """Show the mail once it is read, and its pictures as they come."""
        if state.whole is None:
            return
        if state.whole is not self._shown:
            self._show_head(state.whole)
        self._shown = state.whole
        inside = {part.content_id: part.data for part in state.whole.parts if part.content_id}
        self.page.show_page(state.whole.html, state.whole.full_text, inside, state.pictures)
        self._load.setEnabled(not state.fetching and not state.pictures)

    def _end(self) -> None:
        self._unsubscribe()
        self._presenter.close_whole()

    def _say_left_out(self, count: int) -> None:
        said = self.tr(
            "%n picture(s) not unpacked: so large that they would fill this computer’s memory. They stand among "
            "the files.",
            "",
            count,
        )
        self.left_out.text.setText(escape(said))
        self.left_out.show()

    def _addresses(self) -> tuple[str, ...]:
        html = self._shown.html if self._shown else ""
        return tuple(dict.fromkeys(unescape(one) for one in _REMOTE.findall(html or "")))

    def _show_head(self, mail: Mail) -> None:
        self._shown = mail
        clear(self._head)
        clear(self._notices)
        self.left_out.hide()
        self.set_title(mail.subject or self.tr("The whole mail"))
        lines = (
            (self.tr("From"), (mail.sender,) if mail.sender else ()),
            (self.tr("To"), mail.to),
            (self.tr("Cc"), mail.cc),
        )
        for label, parties in lines:
            if parties:
                self._head.addLayout(_line(label, _named(parties)))
        if mail.date is not None:
            self._head.addLayout(_line(self.tr("Date"), day_and_clock(mail.date, self._now)))
        if mail.trackers:
            said = self.tr("Tracking pictures were taken out: {0}").replace("{0}", escape(", ".join(mail.trackers[:5])))
            self._notices.addWidget(Notice(said, Tone.ACCENT, "shield-alert"))
        if "remote_images" in mail.notices:
            said = self.tr("Pictures from elsewhere are not loaded: their sender would see that you read this.")
            self._notices.addWidget(Notice(said, Tone.NEUTRAL, "image", self._load))
        if "html_too_large" in mail.notices:
            said = self.tr("The page of this mail is too large to be shown: here are its words, the page is a file.")
            self._notices.addWidget(Notice(said, Tone.WARN, "info"))


def _named(parties: tuple[MailAddress, ...]) -> str:
    shown = ", ".join(map(full_party, parties[:MOST_SHOWN]))
    more = len(parties) - MOST_SHOWN
    return shown if more <= 0 else f"{shown} +{more}"


def _line(label: str, words: str) -> QHBoxLayout:
    text = Text(words, Type.SMALL, wrap=True)
    name = Text(label, Type.SMALL, "text2")
    name.setFixedWidth(theme().px(28))
    layout = row(name, text, gap=8)
    layout.setStretch(1, 1)
    return layout
