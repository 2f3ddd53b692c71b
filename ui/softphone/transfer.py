"""Transfer: who is free in each team and how long callers wait there, before the agent chooses."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls, LiveCallsState
from app.domain.calls import Target, TargetKind
from app.services.calls import TeamPresence
from app.services.organisation import Directory
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import TextArea
from ui.widgets.options import Option
from ui.widgets.wording import duration


class TransferDialog(Dialog):
    """Opened by F6 in a call; F6 hands over at once, F7 asks first."""

    def __init__(self, window: QWidget, presenter: LiveCalls, directory: Directory) -> None:
        super().__init__(window, "")
        self.set_title(self.tr("Transfer the call"))
        self._presenter, self._directory = presenter, directory
        self._team = Combo(self.tr("Choose a team"))
        self._note = TextArea(self.tr("What the colleague should know before she answers…"), lines=3)
        self._note.setAccessibleName(self.tr("Note that goes along"))
        hint = self.tr("If nobody answers, the call comes back to you, then goes to the queue. Nobody is dropped.")
        self.content.addWidget(Field(self.tr("Team"), self._team, hint=hint, required=True))
        self.content.addWidget(Field(self.tr("Note that goes along"), self._note))
        self._now = primary(self.tr("Transfer now"), key="F6")
        self._ask = Button(self.tr("Ask first"), key="F7")
        self.set_footer("", self._now, self._ask)
        self._now.clicked.connect(lambda: self._send(presenter.hand_over))
        self._ask.clicked.connect(lambda: self._send(presenter.consult))
        QShortcut(QKeySequence("F6"), self, self._now.click)
        QShortcut(QKeySequence("F7"), self, self._ask.click)
        self._team.picked.connect(lambda _: self.render_state(presenter.state))
        self.destroyed.connect(presenter.subscribe(self.render_state))
        presenter.read_presence()

    def render_state(self, state: LiveCallsState) -> None:
        """Show who is free now; the choice stays."""
        there = {presence.team_id: presence for presence in state.presence}
        options = tuple(
            Option(team.id, team.name, self._words(there.get(team.id)), team.icon) for team in self._directory.teams
        )
        self._team.show_options(options, self._team.choice)
        chosen = self._team.choice is not None
        self._now.setEnabled(chosen)
        self._ask.setEnabled(chosen)
        if state.front is None:
            self.reject()

    def _words(self, presence: TeamPresence | None) -> str:
        if presence is None:
            return ""
        free = self.tr("%n free", "", presence.free)
        if presence.expected_wait_s is None:
            return free
        return self.tr("{free}, wait about {wait}").format(free=free, wait=duration(presence.expected_wait_s))

    def _send(self, act: Callable[[Target, str], None]) -> None:
        team = self._team.choice
        if isinstance(team, UUID):
            act(Target(TargetKind.TEAM, team), self._note.toPlainText())
            self.accept()
