"""EmailHub › Automatic replies: whether a team answers by itself, in whose name and in which words."""

from PySide6.QtWidgets import QWidget

from app.desk.email_hub import EmailHubPage, EmailHubState
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.field import Field
from ui.widgets.inputs import TextArea
from ui.widgets.layout import column, row
from ui.widgets.text import Text

WIDEST = 860


class HubReplies(QWidget):
    """Whether a new case's sender is answered by itself, in whose name and in which words."""

    def __init__(self, presenter: EmailHubPage) -> None:
        super().__init__()
        self.setMaximumWidth(theme().px(WIDEST))
        self._on = Check(self.tr("Automatic replies to this team’s customers"))
        self._named = Check(self.tr("Display name in automatic replies"))
        self._on.clicked.connect(lambda on: presenter.edit(auto_reply=on))
        self._named.clicked.connect(lambda on: presenter.edit(uses_display_name=on))
        shipped = self.tr("Empty: the shipped words.")
        self._english, self._french = (TextArea(shipped, lines=4, most_lines=10) for _ in range(2))
        self._english.textChanged.connect(lambda: presenter.edit(reply_en=self._english.toPlainText()))
        self._french.textChanged.connect(lambda: presenter.edit(reply_fr=self._french.toPlainText()))
        self._name = Text("", Type.SMALL, "text2", wrap=True)
        limits = self.tr(
            "A new case is acknowledged, and automations may reply. Off: nothing is answered by itself, whatever an "
            "automation says. One answer a sender and day, at most 60 an hour; lists, robots and reports are never "
            "answered."
        )
        first = Card(gap=6)
        for tick, told in ((self._on, Text(limits, Type.SMALL, "text2", wrap=True)), (self._named, self._name)):
            first.body.addWidget(tick)
            first.body.addLayout(row(26, told, gap=0))  # under the words of the tick
        words = Card(self.tr("Words"), gap=10)
        hint = self.tr("{number} becomes the number of the case, {name} the name above.")
        words.body.addWidget(Field(self.tr("In English"), self._english))
        words.body.addWidget(Field(self.tr("In French"), self._french, hint=hint))
        self.setLayout(column(first, words, gap=16))

    def show_state(self, state: EmailHubState) -> None:
        """Show the settings of replies."""
        assert state.edited is not None
        edited = state.edited
        self._on.setChecked(edited.auto_reply)
        self._named.setChecked(edited.uses_display_name)
        company = state.directory.organisation.name if state.directory is not None else ""
        off = self.tr("Off: the company’s name, “{name}”, is used.").format(name=company)
        team = state.open_team
        own = edited.display_name.strip() or (team.display_name or team.name if team is not None else "")
        on = self.tr("On: “{name}” is used.").format(name=own)
        self._name.setText(on if edited.uses_display_name else off)
        for area, text in ((self._english, edited.reply_en), (self._french, edited.reply_fr)):
            if area.toPlainText() != text:
                area.blockSignals(True)
                area.show_text(text)
                area.blockSignals(False)
        for part in (self._on, self._named, self._english, self._french):
            part.setEnabled(state.may_edit)
