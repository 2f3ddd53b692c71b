"""Create team: the question about a phone number decides between a team and a sub-team."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.desk.teams import CreateTeam, CreateTeamState
from app.domain import phone_numbers
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.choice import RadioCard
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.text import Text
from ui.widgets.wording import say

WIDTH = 640
_TOP = Qt.AlignmentFlag.AlignTop


class CreateTeamDialog(Dialog):
    """Asks for a name, then whether the team needs its own number, then what follows from the answer."""

    def __init__(self, window: QWidget, presenter: CreateTeam) -> None:
        super().__init__(window, "", width=WIDTH)
        self.set_title(self.tr("Create team"))
        self._presenter = presenter
        self._name, self._number = LineEdit(longest=80), LineEdit("03 80 12 34 70", icon="phone")
        self._lead = Combo(self.tr("Nobody yet"))
        self._through = Combo(self.tr("Choose a team"), footnote=self.tr("Only teams with a number are offered."))
        self._yes = RadioCard(self.tr("Yes"), self.tr("Customers dial it directly. Its number comes next."))
        self._no = RadioCard(
            self.tr("No, make a sub-team"), self.tr("Calls and messages come through a team with a number.")
        )
        self._answers = QButtonGroup(self)
        for answer in (self._yes, self._no):
            self._answers.addButton(answer)
        self._unanswered = Text("", Type.SMALL, "bad")
        mandatory = self.tr(
            "Mandatory for a sub-team: every case needs a number for outgoing communication. "
            "Any team with a number may be chosen."
        )
        self._fields = {
            "name": Field(self.tr("Team name"), self._name, required=True),
            "number": Field(
                self.tr("Phone number"),
                self._number,
                hint=self.tr("The number that customers dial."),
                required=True,
            ),
            "communication_team": Field(
                self.tr("Default communication team"), self._through, hint=mandatory, required=True
            ),
        }
        self._note = Notice(
            self.tr(
                "A sub-team cannot receive direct calls, and cannot send broadcasts. It can be given a number later."
            ),
            Tone.ACCENT,
            "info",
        )
        self._error = Notice("", Tone.BAD, "triangle-alert")
        pair = row(self._fields["name"], Field(self.tr("Lead"), self._lead), gap=16)
        for at in range(2):
            item = pair.itemAt(at)
            if item is not None:
                item.setAlignment(_TOP)
        self.content.addLayout(pair)
        self.content.addWidget(Text(self.tr("Does this team need its own phone number?"), Type.STRONG))
        self.content.addLayout(row(self._yes, self._no, gap=12))
        parts = (
            self._unanswered,
            self._fields["number"],
            self._fields["communication_team"],
            self._note,
            self._error,
        )
        for widget in parts:
            self.content.addWidget(widget)
        create = primary(self.tr("Create team"))
        create.clicked.connect(presenter.create)
        self.set_footer(self.tr("Tab to move, Space to choose"), create)
        self._name.textEdited.connect(lambda text: presenter.fill(name=text))
        self._number.textEdited.connect(lambda text: presenter.fill(number=text))
        self._lead.picked.connect(lambda agent_id: presenter.fill(lead_id=agent_id))
        self._through.picked.connect(lambda team_id: presenter.fill(communication_team_id=team_id))
        self._yes.clicked.connect(lambda: presenter.answer(own_number=True))
        self._no.clicked.connect(lambda: presenter.answer(own_number=False))
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)

    def render_state(self, state: CreateTeamState) -> None:
        """Show what the answer asks for next."""
        if state.created is not None:
            self.accept()
            return
        sub, own = state.own_number is False, state.own_number is True
        self._yes.setChecked(own)
        self._no.setChecked(sub)
        people = tuple(Option(agent.id, agent.name, "", "user") for agent in state.directory.agents if agent.active)
        self._lead.show_options(people, state.lead_id)
        region = state.directory.organisation.region
        offered = tuple(
            Option(team.id, team.name, phone_numbers.display(team.numbers[0].e164, region), "phone")
            for team in state.offered()
        )
        self._through.show_options(offered, state.communication_team_id)
        self._fields["number"].setVisible(own)
        self._fields["communication_team"].setVisible(sub)
        self._note.setVisible(sub)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")
        unanswered = "own_number" in state.errors
        self._unanswered.setVisible(unanswered)
        self._unanswered.setText(self.tr("Answer this question first.") if unanswered else "")
        self._error.setVisible(state.error is not None)
        if state.error is not None:
            self._error.text.setText(say(state.error))
        if self.primary is not None:
            self.primary.set_label(self.tr("Create sub-team") if sub else self.tr("Create team"))
            self.primary.setEnabled(not state.saving)
