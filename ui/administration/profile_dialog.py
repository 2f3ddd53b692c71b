"""My profile: who customers see, and the signature with the rule by which it is added."""

from html import escape

from PySide6.QtWidgets import QWidget

from app.desk.profile import Profile, ProfileState
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import TextArea
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Notice
from ui.widgets.pill import Avatar
from ui.widgets.text import Text
from ui.widgets.wording import say


class ProfileDialog(Dialog):
    """One page that says what it is for."""

    def __init__(self, window: QWidget, presenter: Profile) -> None:
        super().__init__(window, "")
        self.set_title(self.tr("My profile"))
        self.presenter = presenter
        me = presenter.state.me
        who = column(Text(me.name, Type.STRONG), Text(me.email or me.role_name, Type.SMALL, "text2"), gap=1)
        self.content.addLayout(row(Avatar(me.name, 40), who, STRETCH, gap=12))
        seen = self.tr(
            "Customers see your name before the team’s name in every mail, although the address is the team’s."
        )
        self.content.addWidget(Text(seen, Type.BODY, "text2", wrap=True))
        self.signature = TextArea(self.tr("Your name, your function, a telephone number…"), lines=5, most_lines=10)
        rule = self.tr("Added by itself to each mail that you send as the agent whom the case is assigned to.")
        self.content.addWidget(Field(self.tr("Signature"), self.signature, hint=rule))
        others = self.tr(
            "On a colleague’s case no signature is added, and the composer says so. A case that nobody has becomes "
            "yours when you answer."
        )
        self.content.addWidget(Notice(escape(others), Tone.ACCENT, "signature"))
        self._error = Notice("", Tone.BAD, "triangle-alert")
        self.content.addWidget(self._error)
        save = primary(self.tr("Save"))
        save.clicked.connect(presenter.save)
        self.set_footer("", save)
        self.signature.textChanged.connect(lambda: presenter.sign(self.signature.toPlainText()))
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)

    def render_state(self, state: ProfileState) -> None:
        """Show the signature, and close when it is stored."""
        if state.saved:
            self.accept()
            return
        self.signature.show_text(state.signature)
        self._error.setVisible(state.error is not None)
        self._error.text.setText(escape(say(state.error)) if state.error else "")
        if self.primary is not None:
            self.primary.setEnabled(not state.saving)
