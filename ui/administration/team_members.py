"""Who is in a team and who leads it: ticks over all agents of the organisation."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.desk.teams import Teams, TeamsState
from app.domain.agents import Agent
from ui.theme.fonts import Type
from ui.widgets.card import Card, Scroll, hairline
from ui.widgets.choice import Check
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.pill import Avatar
from ui.widgets.text import Elided, Text
from ui.widgets.wording import role_words

if TYPE_CHECKING:
    from uuid import UUID


class TeamMembers(Scroll):
    """One line an agent: member, lead."""

    def __init__(self, presenter: Teams) -> None:
        super().__init__()
        self._presenter = presenter
        self._card = Card(self.tr("Members"), gap=0)
        self._lines = column(gap=0)
        self._card.body.addLayout(self._lines)
        self._ticks: dict[UUID, tuple[Check, Check]] = {}
        self._shown: tuple[Agent, ...] = ()
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def render_state(self, state: TeamsState) -> None:
        """Show the ticks; the lines are made again when the people change."""
        agents = tuple(agent for agent in state.directory.agents if agent.active) if state.directory else ()
        agents = tuple(sorted(agents, key=lambda agent: agent.name.casefold()))
        if agents != self._shown:
            self._shown = agents
            clear(self._lines)
            self._ticks = {}
            for agent in agents:
                self._lines.addWidget(self._line(agent))
                self._lines.addWidget(hairline())
        for agent_id, (member, lead) in self._ticks.items():
            member.setChecked(agent_id in state.members)
            lead.setChecked(agent_id in state.leads)
            member.setEnabled(state.may_edit)
            lead.setEnabled(state.may_edit and agent_id in state.members)

    def _line(self, agent: Agent) -> QWidget:
        member, lead = Check(self.tr("Member")), Check(self.tr("Lead"))
        member.setAccessibleName(self.tr("{0} is a member").format(agent.name))
        lead.setAccessibleName(self.tr("{0} leads").format(agent.name))
        member.clicked.connect(self._tell)
        lead.clicked.connect(self._tell)
        self._ticks[agent.id] = (member, lead)
        line = QWidget()
        who = column(Elided(agent.name, Type.STRONG), Text(role_words(agent.role), Type.SMALL, "text2"), gap=0)
        layout = row(Avatar(agent.name, 28), who, STRETCH, member, lead, gap=12, margins=(0, 7, 0, 7))
        layout.setStretch(1, 1)
        line.setLayout(layout)
        return line

    def _tell(self) -> None:
        members = frozenset(id_ for id_, (member, _) in self._ticks.items() if member.isChecked())
        leads = frozenset(id_ for id_, (_, lead) in self._ticks.items() if lead.isChecked())
        self._presenter.edit_members(members, leads)
