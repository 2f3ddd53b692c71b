"""An agent made or changed, and her forgotten password replaced."""

from html import escape
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.desk.agents import AgentForm, AgentFormState
from app.domain.agents import Role
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.text import Text
from ui.widgets.wording import role_words, say

_TOP = Qt.AlignmentFlag.AlignTop
WIDTH = 640


class AgentDialog(Dialog):
    """Name, name for signing in, role, teams, password."""

    def __init__(self, window: QWidget, presenter: AgentForm) -> None:
        super().__init__(window, "", width=WIDTH)
        state = presenter.state
        self._presenter, self._new = presenter, state.stored is None
        self.set_title(self.tr("New agent") if self._new else self.tr("Edit {0}").replace("{0}", state.agent.name))
        self._name, self._role_name, self._email = LineEdit(longest=200), LineEdit(longest=63), LineEdit(longest=254)
        self._password = LineEdit(longest=200)
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._role, self._language, self._zone = Combo(), Combo(), Combo()
        forgotten = self.tr("Only when it was forgotten: it replaces hers.")
        first = self.tr("At least 10 characters; she can change it.")
        self._fields = {
            "name": Field(self.tr("Name"), self._name, required=True),
            "role_name": Field(self.tr("Name for signing in"), self._role_name, required=True),
            "email": Field(self.tr("E-mail"), self._email),
            "role": Field(self.tr("Role"), self._role),
            "language": Field(self.tr("Language"), self._language),
            "zone": Field(self.tr("Time zone"), self._zone),
            "password": Field(
                self.tr("Password") if self._new else self.tr("New password"),
                self._password,
                hint=first if self._new else forgotten,
                required=self._new,
            ),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        for at, field in enumerate(self._fields.values()):
            grid.addWidget(field, at // 2, at % 2, _TOP)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)
        if self._new:
            self.content.addLayout(self._teams(state))
        self._error = Notice("", Tone.BAD, "triangle-alert")
        self.content.addWidget(self._error)
        self._role_name.setEnabled(self._new)
        save = primary(self.tr("Make the agent") if self._new else self.tr("Save"))
        save.clicked.connect(presenter.save)
        self.set_footer("", save)
        self._connect(presenter)
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)

    def render_state(self, state: AgentFormState) -> None:
        """Show what is typed and what is missing."""
        if state.saved:
            self.accept()
            return
        agent = state.agent
        for line, text in ((self._name, agent.name), (self._role_name, agent.role_name), (self._email, agent.email)):
            line.show_text(text)
        self._role.show_options(tuple(Option(role, role_words(role), "", "user") for role in Role), agent.role)
        languages = (Option("fr", "Français", "", "languages"), Option("en", "English", "", "languages"))
        self._language.show_options(languages, agent.language)
        zones = tuple(Option(zone, zone, "", "clock") for zone in sorted(available_timezones()) if "/" in zone)
        self._zone.show_options(zones, agent.time_zone)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")
        self._error.setVisible(state.error is not None)
        self._error.text.setText(escape(say(state.error)) if state.error else "")
        if self.primary is not None:
            self.primary.setEnabled(not state.saving)

    def _teams(self, state: AgentFormState) -> QGridLayout:
        grid = QGridLayout()
        grid.addWidget(Text(self.tr("Teams"), Type.LABEL, "text2"), 0, 0)
        for at, team in enumerate(state.directory.teams):
            tick = Check(team.name)
            tick.clicked.connect(lambda on, id_=team.id: self._presenter.choose_team(id_, member=on))
            grid.addWidget(tick, 1 + at // 2, at % 2)
        return grid

    def _connect(self, presenter: AgentForm) -> None:
        self._name.textEdited.connect(lambda text: presenter.fill(name=text))
        self._role_name.textEdited.connect(lambda text: presenter.fill(role_name=text.lower()))
        self._email.textEdited.connect(lambda text: presenter.fill(email=text))
        self._password.textEdited.connect(presenter.type_password)
        self._role.picked.connect(lambda role: presenter.fill(role=role))
        self._language.picked.connect(lambda language: presenter.fill(language=language))
        self._zone.picked.connect(lambda zone: presenter.fill(time_zone=zone))
