"""A call on its way: who is rung, how long the caller has held, what comes next, and the way to take her back."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls
from app.desk.commands import CommandRegistry
from app.desk.live_calls import LiveCallsState
from app.services.calls import CallView
from app.services.organisation import Directory
from ui.softphone.chain import Chain
from ui.softphone.party import Party
from ui.softphone.talk import Talk
from ui.theme.fonts import Type
from ui.widgets.button import Button
from ui.widgets.card import Surface, hairline
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.text import Text
from ui.widgets.wording import duration


class MovingPage(QWidget):
    """Shown to the agent who handed a call over until somebody has it."""

    def __init__(
        self,
        presenter: LiveCalls,
        commands: CommandRegistry,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._directory, self._now = directory, now
        self._target, self._caller, self._chain = Party(), Party(), Chain()
        self._number = Text("", Type.SMALL, "text2", tabular=True)
        self._next = Text("", Type.LABEL, "text2", wrap=True)
        self._call: CallView | None = None
        self._back = Button(self.tr("Take the caller back"), icon="undo-2", key=commands.key("call.hold"), height=40)
        self._back.clicked.connect(presenter.take_back)
        head = row(
            Icon("phone-forwarded", "accent"),
            Text(self.tr("Your call is on its way"), Type.HEADING),
            STRETCH,
            self._number,
        )
        sunk = Surface("sunk")
        sunk.setLayout(column(self._next, self._chain, gap=8, margins=(12, 10, 12, 10)))
        self._talk = Talk(presenter)
        body = column(head, self._target, self._caller, sunk, self._talk, gap=12, margins=(16, 14, 16, 14))
        self.setLayout(
            column(body, hairline(), column(self._back.fill_width(), margins=(16, 12, 16, 14)), STRETCH, gap=0)
        )

    def render_state(self, state: LiveCallsState) -> None:
        """Show the call that I handed on."""
        self._call = call = state.handed_on
        if call is None:
            return
        name = self._name(call.step_agent_id, call.step_team_id, call.step)
        self._number.setText(f"#{call.case_number}" if call.case_number else "")
        sees = self.tr("sees the case and your note") if call.case_id else self.tr("sees the caller and your note")
        self._target.show_party(name, sees, self.tr("Rings"), "phone", "accent", lit=True)
        self._caller.show_party(
            state.name(call), call.organisation, self.tr("On hold, hears music"), "pause", "warn", lit=False
        )
        following = self._name(call.next_agent_id, call.next_team_id, call.next_step)
        self._next.setText(self.tr("If nobody answers: {0}").replace("{0}", following) if call.next_step else "")
        self._talk.show_call(call if call.messages else None, asks=False)
        self.tick()

    def tick(self) -> None:
        """Count the seconds."""
        call = self._call
        if call is None:
            return
        now = self._now()
        since = call.held_since_at or call.waiting_since_at or call.started_at
        self._caller.show_clock(duration((now - since).total_seconds()))
        left = (call.step_until_at - now).total_seconds() if call.step_until_at else 0
        self._target.show_clock(duration(left) if call.step_until_at else "")
        steps: tuple[tuple[str, int], ...] = (
            (self._name(call.step_agent_id, call.step_team_id, call.step), max(1, round(left))),
        )
        if call.next_step:
            steps += ((self._name(call.next_agent_id, call.next_team_id, call.next_step), 15),)
        self._chain.show_steps(steps, max(0.0, left))

    def _name(self, agent_id: UUID | None, team_id: UUID | None, step: str) -> str:
        directory = self._directory()
        if directory is None:
            return ""
        if agent_id == directory.me.id:
            return self.tr("You")
        if step == "voicemail":
            return self.tr("Voicemail")
        names = {agent.id: agent.name for agent in directory.agents} | {team.id: team.name for team in directory.teams}
        of = agent_id or team_id
        name = names.get(of, "") if of is not None else ""
        return self.tr("Queue of {0}").replace("{0}", name) if step == "queue" else name
