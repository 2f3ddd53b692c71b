"""The panel at the right of the board: teams and agents, what can be changed of them, and where a call can be moved."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.desk.board import AgentOnDuty, Board, BoardState, reasons_for
from app.desk.commands import CommandRegistry
from app.domain.agents import AgentState
from ui.board.floor_list import FloorList
from ui.board.words import caller, code_words
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Surface
from ui.widgets.icon import KeyCap
from ui.widgets.layout import column, row
from ui.widgets.notice import Notice
from ui.widgets.step_line import StepLine
from ui.widgets.text import Elided
from ui.widgets.wording import agent_state_words


class FloorPanel(Surface):
    """Shows the floor; while a call is moved it is the list of where to."""

    def __init__(self, presenter: Board, commands: CommandRegistry, now: Callable[[], datetime]) -> None:
        super().__init__("card")
        self._presenter, self._now = presenter, now
        self._title = Elided("", Type.HEADING)
        self._key = KeyCap(commands.key("call.move"))
        self._leave = IconButton(self.tr("Leave the call where it is"), "x", key="Escape", size=28)
        self._leave.clicked.connect(presenter.shut_move)
        self.search = StepLine(self.tr("Team, sub-team or agent"), icon="search", height=34)
        self.search.setAccessibleName(self.tr("Move to whom?"))
        self.list = FloorList(now)
        self._told = Notice("", Tone.NEUTRAL, "info")
        self._leaving = Notice("", Tone.WARN, "phone-forwarded")
        self._back = Button(self.tr("Take back"), icon="undo-2", key="Esc")
        self._leaving.remedies.addWidget(self._back)
        self._back.clicked.connect(presenter.take_back)
        self._move = Button(
            self.tr("Move the call"), icon="phone-forwarded", key="Return", role=Role.PRIMARY, height=36
        )
        self._close = Button(self.tr("Close now"), icon="lock")
        self._state = Button(self.tr("Change state"), icon="chevron-down")
        self._move.clicked.connect(presenter.move)
        self._close.clicked.connect(self._close_or_open)
        self._state.clicked.connect(self.drop_states)
        head = row(self._title, self._key, self._leave, gap=8, margins=(14, 8, 8, 0))
        head.setStretch(0, 1)
        low = column(
            self._told, self._leaving, self._move.fill_width(), self._close.fill_width(), self._state.fill_width(),
            gap=8, margins=(12, 8, 12, 12),
        )  # fmt: skip
        layout = column(head, column(self.search, margins=(12, 2, 12, 0)), gap=6)
        middle = column(gap=0, margins=(6, 0, 6, 0))
        middle.addWidget(self.list, 1)
        layout.addLayout(middle, 1)
        layout.addLayout(low)
        self.setLayout(layout)
        self.search.textEdited.connect(presenter.type)
        self.search.stepped.connect(presenter.step)
        self.search.entered.connect(presenter.move)
        self.search.left.connect(presenter.shut_move)
        self.list.picked.connect(presenter.choose_line)
        self.list.opened.connect(self._act)

    def render_state(self, state: BoardState) -> None:
        """Show the floor, or where the chosen call can go."""
        call = state.call
        moving = state.moving and call is not None
        came = moving and self.search.isHidden()
        who = caller(call, state.region) if call is not None else ""
        title = self.tr("Move {0} to").replace("{0}", who) if moving else self.tr("Teams and agents")
        self._title.setText(title)
        for widget in (self.search, self._leave, self._move):
            widget.setVisible(moving)
        self._key.setVisible(not moving and call is not None)
        self.search.show_text(state.typed)
        self.list.show_lines(state.lines, state.line)
        line = state.chosen_line
        self._move.setEnabled(line is not None)
        first = moving and call is not None and call.agent_id is not None
        self._told.setVisible(first)
        if first and call is not None and line is not None:
            told = self.tr("{0} is told first: “Your call goes to {1} in 3 s”. Esc takes it back.")
            self._told.text.setText(escape(told.replace("{0}", call.agent_name).replace("{1}", line.name)))
        self._show_line(state, moving=moving)
        self.tick()
        if came:
            self.search.setFocus()

    def tick(self) -> None:
        """Count the seconds of a move, and repaint the clocks."""
        leaving = self._presenter.state.leaving
        self._leaving.setVisible(leaving is not None)
        if leaving is not None:
            left = max(0, round((leaving.at - self._now()).total_seconds()))
            text = self.tr("{0}’s call goes to {1} in {2} s.")
            text = (
                text.replace("{0}", leaving.agent)
                .replace("{1}", leaving.name or self.tr("a number outside"))
                .replace("{2}", str(left))
            )
            self._leaving.text.setText(escape(text))
        self.list.viewport().update()

    def drop_states(self) -> None:
        """Open the menu of states for the chosen agent."""
        line = self._presenter.state.chosen_line
        if line is None or line.agent is None:
            return
        menu = self._states(line.agent)
        menu.popup(self._state.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _states(self, agent: AgentOnDuty) -> QMenu:
        menu = QMenu(self)
        put = self._presenter.set_state
        for state in (AgentState.AVAILABLE, AgentState.NOT_READY, AgentState.OFFLINE):
            words, _ = agent_state_words(state)
            if state is AgentState.NOT_READY:
                inner = menu.addMenu(words)
                for code in reasons_for(self._presenter.state, agent):
                    reason = code.key or code.label
                    action = inner.addAction(code_words(code))
                    action.triggered.connect(
                        lambda _=False, reason=reason: put(agent.agent_id, AgentState.NOT_READY, reason)
                    )
            else:
                action = menu.addAction(words)
                action.triggered.connect(lambda _=False, state=state: put(agent.agent_id, state))
        return menu

    def _show_line(self, state: BoardState, *, moving: bool) -> None:
        line = state.chosen_line
        team = line.load if line is not None and not moving else None
        self._close.setVisible(team is not None and team.team_id in state.teams)
        if team is not None:
            self._close.set_label(self.tr("Open again") if team.closed_now else self.tr("Close now"))
        agent = line.agent if line is not None and not moving else None
        self._state.setVisible(agent is not None and bool(state.teams & set(agent.team_ids)))

    def _close_or_open(self) -> None:
        line = self._presenter.state.chosen_line
        if line is not None and line.load is not None:
            self._presenter.close_team(line.load.team_id, closed=not line.load.closed_now)

    def _act(self) -> None:
        if self._presenter.state.moving:
            self._presenter.move()
        else:
            self.drop_states()
