"""Manage › Agents: everybody who signs in, and what can be done for her."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.agents import Agents, AgentsState
from app.domain.agents import Agent
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.inputs import SearchLine
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner
from ui.widgets.pill import Avatar, Pill
from ui.widgets.text import Elided, Text
from ui.widgets.wording import role_words, say


class AgentsPage(Surface):
    """A line for each agent; editing has its dialog."""

    create_asked = Signal()
    edited = Signal(object)

    def __init__(self, presenter: Agents) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._create = Button(self.tr("New agent"), icon="user-plus", role=Role.PRIMARY)
        self._create.clicked.connect(self.create_asked)
        self._filter = SearchLine(self.tr("Filter agents"))
        self._filter.textEdited.connect(presenter.filter)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._card = Card()
        head = row(Text(self.tr("Agents"), Type.TITLE), STRETCH, self._filter, self._create, gap=12)
        head.setContentsMargins(24, 14, 24, 12)
        top = Surface("surface", head)
        layout = column(top, hairline("hairline"), self._error, gap=0)
        layout.addWidget(Scroll(self._card, STRETCH), 1)
        self.setLayout(layout)
        self._shown: tuple[object, ...] = ()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: AgentsState) -> None:
        """Show who was found."""
        self._create.setVisible(state.may_edit)
        self._error.show_text(say(state.error) if state.error else "")
        shown = (state.listed(), state.directory)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._card.body)
        for agent in state.listed():
            self._card.body.addWidget(self._line(agent, state))
        if not state.listed():
            self._card.body.addWidget(Text(self.tr("Nobody is called so."), Type.BODY, "text2"))

    def _line(self, agent: Agent, state: AgentsState) -> QWidget:
        about = " · ".join(part for part in (agent.role_name, state.teams_of(agent.id)) if part)
        names = column(Elided(agent.name, Type.STRONG), Elided(about, Type.SMALL, "text2"), gap=1)
        kind = Pill(role_words(agent.role))
        parts: list[QWidget] = [kind]
        if not agent.active:
            parts.append(Pill(self.tr("Disabled"), Tone.BAD, "ban"))
        if state.may_edit:
            edit = IconButton(self.tr("Edit"), "pencil")
            edit.setAccessibleName(self.tr("Edit {0}").replace("{0}", agent.name))
            edit.clicked.connect(lambda: self.edited.emit(agent))
            parts.append(edit)
            words = (self.tr("Enable"), self.tr("Disable"))
            switch = Button(words[agent.active], icon="ban" if agent.active else "check", height=28)
            switch.setFixedWidth(max(Button(one, icon="ban").sizeHint().width() for one in words))
            switch.clicked.connect(lambda: self._presenter.set_active(agent.id, active=not agent.active))
            parts.append(switch)
            if state.directory is not None and agent.id == state.directory.me.id:  # its place stays, for the columns
                kept = switch.sizePolicy()
                kept.setRetainSizeWhenHidden(True)
                switch.setSizePolicy(kept)
                switch.hide()
        line = QWidget()
        layout = row(Avatar(agent.name), names, *parts, gap=12, margins=(0, 4, 0, 4))
        layout.setStretch(1, 1)
        line.setLayout(layout)
        return line
