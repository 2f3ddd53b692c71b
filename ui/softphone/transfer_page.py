"""Transfer: who is free and the wait, the note that goes along, and what happens if nobody answers."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls
from app.desk.commands import CommandRegistry
from app.desk.live_calls import LiveCallsState
from app.desk.transfer import Transfer, TransferState, chain
from app.domain.calls import TargetKind
from app.services.organisation import Directory
from ui.softphone.chain import Chain
from ui.softphone.target_list import TargetList
from ui.theme.fonts import Type
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.icon import Icon
from ui.widgets.inputs import TextArea
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.step_line import StepLine
from ui.widgets.text import Text


class TransferPage(QWidget):
    """Opened by F6 in a call; F6 or Enter hands over at once, F7 asks first, Esc leaves the call where it is."""

    def __init__(
        self,
        presenter: Transfer,
        calls: LiveCalls,
        commands: CommandRegistry,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._presenter, self._calls, self._directory = presenter, calls, directory
        self.search = StepLine(self.tr("Team, sub-team, agent or number"), icon="search", height=36)
        self.search.setAccessibleName(self.tr("To whom?"))
        self._list = TargetList(now)
        self._note = TextArea(self.tr("What the colleague should know before she answers…"), lines=2, most_lines=4)
        self._note.setAccessibleName(self.tr("Note that goes with the call"))
        self._chain = Chain()
        self._now = Button(
            self.tr("Hand over"),
            icon="phone-forwarded",
            key=commands.key("call.transfer"),
            role=Role.PRIMARY,
            height=40,
        )
        self._ask = Button(self.tr("Consult first"), icon="users", key=commands.key("call.consult"), height=36)
        self._means = Text("", Type.SMALL, "text2", wrap=True)
        leave = IconButton(self.tr("Close"), "x", key="Escape")
        head = row(
            Icon("phone-forwarded", "accent"),
            Text(self.tr("Transfer the call"), Type.HEADING),
            STRETCH,
            leave,
            margins=(16, 10, 10, 0),
        )
        after = self.tr("Then voicemail or callback, with the case. The caller is never dropped.")
        sunk = Surface("sunk")
        sunk.setLayout(column(
            Text(self.tr("If nobody answers"), Type.LABEL, "text2"), self._chain,
            Text(after, Type.SMALL, "text2", wrap=True),
            gap=8, margins=(12, 10, 12, 10),
        ))  # fmt: skip
        note = column(Text(self.tr("Note that goes with the call"), Type.LABEL, "text2"), self._note, gap=5)
        top = column(self.search, gap=10, margins=(16, 8, 16, 0))
        listed = column(gap=0, margins=(8, 4, 8, 0))
        listed.addWidget(self._list, 1)
        low = column(note, sunk, gap=10, margins=(16, 6, 16, 12))
        foot = column(self._now.fill_width(), self._ask.fill_width(), self._means, gap=8, margins=(16, 12, 16, 14))
        whole = column(head, top, gap=0)
        whole.addLayout(listed, 1)
        for part in (low, hairline()):
            whole.addLayout(part) if not isinstance(part, QWidget) else whole.addWidget(part)
        whole.addLayout(foot)
        self.setLayout(whole)
        self.setTabOrder(self.search, self._note)
        self.search.textEdited.connect(presenter.type)
        self.search.stepped.connect(presenter.step)
        self.search.entered.connect(presenter.hand_over)
        self.search.left.connect(presenter.shut)
        self._list.picked.connect(presenter.choose)
        leave.clicked.connect(presenter.shut)
        self._now.clicked.connect(presenter.hand_over)
        self._ask.clicked.connect(presenter.consult)
        self._note.textChanged.connect(lambda: calls.type_note(self._note.toPlainText()))

    def render_state(self, state: TransferState, calls: LiveCallsState) -> None:
        """Show the lines, the note of the call, and the chain of the chosen one."""
        if self.search.text() != state.typed:
            self.search.setText(state.typed)
        self._list.show_targets(state.offered, state.chosen)
        self._note.blockSignals(True)
        self._note.show_text(calls.note)
        self._note.blockSignals(False)
        choice, directory = state.choice, self._directory()
        for button in (self._now, self._ask):
            button.setEnabled(choice is not None)
        if choice is None or directory is None:
            self._means.setText(self.tr("Nobody of this name. A number can be typed too.") if state.typed else "")
            return
        team = ""
        if choice.target.kind is TargetKind.AGENT:
            teams = {m.team_id for m in directory.memberships if m.agent_id == choice.target.id}
            team = next((one.name for one in directory.teams if one.id in teams), "")
        steps = chain(choice.target, choice.name, team, self.tr("Queue"))
        self._chain.show_steps(tuple((name or self.tr("You"), seconds) for name, seconds in steps))
        self._means.setText(
            self.tr("{0} is rung now; you are free at once. Consulting, you speak first and the caller hears music.")
            .replace("{0}", choice.name)
        )  # fmt: skip
