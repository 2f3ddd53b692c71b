"""What stands between a mail's text and its buttons: is it signed, what to look at first, what was refused."""

from html import escape

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.desk.composer import Composer, ComposerState
from app.domain.composing import Concern, Signing, Worry
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.layout import column
from ui.widgets.notice import Notice
from ui.widgets.wording import say

_WORRIES = {
    Concern.NO_FILE: QT_TRANSLATE_NOOP("MailNotices", "you speak of an attachment, and none is there"),
    Concern.NEW_DOMAIN: QT_TRANSLATE_NOOP("MailNotices", "{0} is new on this case"),
    Concern.LOST_FILES: QT_TRANSLATE_NOOP("MailNotices", "{0} has to be attached again"),
    Concern.MAILING: QT_TRANSLATE_NOOP(
        "MailNotices", "the answered mail went to {0} people: this answer goes to its writer alone"
    ),
    Concern.NO_SIGNATURE: QT_TRANSLATE_NOOP("MailNotices", "the mail leaves without a signature"),
}


class MailNotices(QWidget):
    """Notices that come and go; nothing moves while nothing changes."""

    profile_asked = Signal()

    def __init__(self, presenter: Composer) -> None:
        super().__init__()
        self._take = Button(self.tr("Assign to me and sign"), role=Role.LINK, height=24)
        self._take.clicked.connect(presenter.take_case)
        self._write = Button(self.tr("Write a signature"), role=Role.LINK, height=24)
        self._write.clicked.connect(self.profile_asked)
        self.unsigned = Notice("", Tone.ACCENT, "signature", self._take, self._write)
        self.before = Notice("", Tone.WARN, "shield-alert")
        self.wrong = Notice("", Tone.BAD, "triangle-alert")
        self.setLayout(column(self.unsigned, self.before, self.wrong, gap=6))

    def render_state(self, state: ComposerState) -> None:
        """Show the notices of the answer."""
        said = self._signing(state)
        self.unsigned.setVisible(bool(said))
        self.unsigned.text.setText(said)
        self._take.setVisible(state.signing is Signing.OTHERS and state.may_take)
        self._write.setVisible(state.signing is Signing.EMPTY)
        self.before.setVisible(bool(state.worries))
        if state.worries:
            first, again = self.tr("Before sending:"), self.tr("Press again to send anyway.")
            words = " ; ".join(escape(worry_words(one)) for one in state.worries)
            end = f" {escape(again)}" if state.asked else ""
            self.before.text.setText(f"<b>{escape(first)}</b> {words}.{end}")
        self.wrong.setVisible(state.error is not None)
        self.wrong.text.setText(escape(say(state.error)) if state.error else "")

    def _signing(self, state: ComposerState) -> str:
        if state.signing is Signing.OTHERS:
            said = escape(self.tr("No signature is added: the case is assigned to {0}."))
            return said.replace("{0}", f"<b>{escape(state.assignee)}</b>")
        return escape(
            {
                Signing.NOBODYS: self.tr("No signature is added: nobody has this case, and it is not your team’s."),
                Signing.EMPTY: self.tr("No signature is added: there is none in your profile."),
                Signing.TAKES: self.tr("Nobody has this case: sending assigns it to you, with your signature."),
            }.get(state.signing, "")
        )


def worry_words(worry: Worry) -> str:
    """Say what there is to look at."""
    return QCoreApplication.translate("MailNotices", _WORRIES[worry.concern]).replace("{0}", worry.about)
