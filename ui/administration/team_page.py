"""One team of Manage › Teams: information, members and numbers, edited in place and saved by one bar."""

from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from app.desk.teams import Teams, TeamsState
from app.domain import phone_numbers
from app.domain.teams import Team
from ui.administration.team_members import TeamMembers
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Check, Tabs
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.icon import Icon
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner
from ui.widgets.options import Option
from ui.widgets.pill import Pill
from ui.widgets.save_bar import SaveBar
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say

_TOP = Qt.AlignmentFlag.AlignTop
NARROW = 760


class TeamPage(Surface):
    """The open team."""

    def __init__(self, presenter: Teams) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._title = Text("", Type.TITLE)
        self._kind = Pill("")
        self._summary = Elided("", Type.SMALL, "text2")
        self._tabs = Tabs(
            (("information", self.tr("Information")), ("members", self.tr("Members"))),
            self.tr("Parts of the team"),
        )
        self._bar = SaveBar()
        self._bar.saved.connect(presenter.save)
        self._bar.discarded.connect(presenter.discard)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._members = TeamMembers(presenter)
        self._parts = QStackedWidget()
        self._parts.addWidget(self._information())
        self._parts.addWidget(self._members)
        self._tabs.picked.connect(lambda key: self._parts.setCurrentIndex(0 if key == "information" else 1))
        top = row(self._title, self._kind, self._summary, gap=10)
        top.setStretch(2, 1)
        head = Surface("surface", column(top, self._tabs, gap=6, margins=(24, 16, 24, 0)))
        layout = column(head, hairline("hairline"), self._error, gap=0)
        layout.addWidget(self._parts, 1)
        layout.addWidget(self._bar)
        self.setLayout(layout)

    def render_state(self, state: TeamsState) -> None:
        """Show the team as it is edited."""
        team = state.edited
        if team is None or state.stored is None or state.directory is None:
            return
        self._title.setText(state.stored.name)
        sub = team.is_sub_team
        self._kind.show_state(self.tr("Sub-team") if sub else self.tr("Team"), Tone.VIOLET if sub else Tone.ACCENT)
        members = self.tr("%n member(s)", "", len(state.members))
        numberless = self.tr("no number of its own")
        self._summary.setText(f"{members} · {numberless}" if sub else members)
        for line, text in ((self._name, team.name), (self._display, team.display_name)):
            line.show_text(text)
        self._show_lead(state)
        zones = tuple(Option(zone, zone, "", "clock") for zone in sorted(available_timezones()) if "/" in zone)
        self._zone.show_options(zones, team.time_zone)
        self._show_numbers(state, team)
        self._advisor.setChecked(team.last_advisor)
        for field, name in ((self._name_field, "name"), (self._through_field, "communication_team")):
            field.show_error(say(state.errors[name]) if name in state.errors else "")
        self._error.show_text(say(state.error) if state.error else "")
        self._refusals.setVisible(sub)
        self._fit()
        for widget in (self._name, self._display, self._lead, self._zone, self._through, self._advisor):
            widget.setEnabled(state.may_edit)
        self._members.render_state(state)
        self._bar.show_changes(state.changes, saving=state.saving)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < NARROW or self._refusals.isHidden()
        self._grid.removeWidget(self._refusals)
        self._grid.addWidget(self._refusals, 1 if narrow else 0, 0 if narrow else 1, _TOP)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 0 if narrow else 2)

    def _information(self) -> QWidget:
        edit = self._presenter.edit
        self._name, self._display = LineEdit(longest=80), LineEdit(longest=120)
        self._lead, self._zone = Combo(self.tr("Nobody yet")), Combo()
        only = self.tr("Only teams with a number are offered.")
        self._through = Combo(self.tr("Choose a team"), footnote=only)
        self._advisor = Check(self.tr("Ring the customer’s last advisor first"))
        self._name.textEdited.connect(lambda text: edit(name=text))
        self._display.textEdited.connect(lambda text: edit(display_name=text))
        self._zone.picked.connect(lambda zone: edit(time_zone=zone))
        self._through.picked.connect(lambda team_id: edit(communication_team_id=team_id))
        self._lead.picked.connect(self._choose_lead)
        self._advisor.clicked.connect(lambda on: edit(last_advisor=on))
        self._name_field = Field(self.tr("Team name"), self._name, required=True)
        shown = Field(self.tr("Name shown to customers"), self._display)
        why = self.tr(
            "Calls and messages of this sub-team’s cases leave with its number; it can be changed on each case."
        )
        self._through_field = Field(self.tr("Default communication team"), self._through, hint=why, required=True)
        self._numbers = column(gap=6)
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(16)
        pairs.setVerticalSpacing(14)
        pairs.addWidget(self._name_field, 0, 0, _TOP)
        pairs.addWidget(shown, 0, 1, _TOP)
        pairs.addWidget(Field(self.tr("Lead"), self._lead), 1, 0, _TOP)
        pairs.addWidget(Field(self.tr("Time zone"), self._zone), 1, 1, _TOP)
        pairs.addWidget(self._through_field, 2, 0, 1, 2)
        information = Card(margins=(16, 14, 16, 16))
        information.body.addLayout(pairs)
        information.body.addLayout(self._numbers)
        calls = Card(self.tr("Calls"))
        calls.body.addWidget(self._advisor)
        both = self.tr("It works when it is on for the sub-team and for its communication team.")
        calls.body.addLayout(row(26, Text(both, Type.SMALL, "text2", wrap=True), gap=0))  # under the words of the tick
        self._refusals = self._refusal_card()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(16)
        left = QWidget()
        left.setLayout(column(information, calls, gap=16))
        self._grid.addWidget(left, 0, 0, _TOP)
        self._grid.addWidget(self._refusals, 0, 1, _TOP)
        return Scroll(self._grid, STRETCH)

    def _refusal_card(self) -> Card:
        card = Card(self.tr("What a sub-team cannot do, and why"), gap=12)
        for refused, why in (
            (self.tr("Receive direct calls or messages."), self.tr("They arrive through a team with a number.")),
            (self.tr("Send broadcasts."), self.tr("A broadcast needs a number; ask the communication team.")),
            (self.tr("Have its own EmailHub."), self.tr("Mail leaves from the case’s communication team.")),
        ):
            line = row(gap=10)
            line.addWidget(Icon("ban", "text2"), 0, _TOP)
            line.addWidget(Text(f"<b>{refused}</b> {why}", wrap=True, rich=True), 1)
            card.body.addLayout(line)
        return card

    def _show_lead(self, state: TeamsState) -> None:
        assert state.directory is not None
        people = tuple(
            Option(agent.id, agent.name, "", "user") for agent in state.directory.agents if agent.id in state.members
        )
        self._lead.show_options(people, next(iter(sorted(state.leads)), None))

    def _choose_lead(self, agent_id: object) -> None:
        state = self._presenter.state
        self._presenter.edit_members(state.members, frozenset({agent_id}))  # type: ignore[arg-type]

    def _show_numbers(self, state: TeamsState, team: Team) -> None:
        assert state.directory is not None
        region = state.directory.organisation.region
        options = tuple(
            Option(other.id, other.name, phone_numbers.display(other.numbers[0].e164, region), "phone")
            for other in state.offered()
        )
        self._through.show_options(options, team.communication_team_id)
        self._through_field.setVisible(team.is_sub_team)
        clear(self._numbers)
        if not team.is_sub_team:
            self._numbers.addWidget(Text(self.tr("Numbers"), Type.LABEL, "text2"))
            for number in team.numbers:
                shown = Text(phone_numbers.display(number.e164, region), Type.MEDIUM, tabular=True)
                self._numbers.addLayout(
                    row(Icon("phone", "text2"), shown, Text(number.label, Type.SMALL, "text3"), STRETCH)
                )
