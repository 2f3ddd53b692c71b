"""The call in front, in the top bar: who, through which team, how long, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer

from app.desk.calls import LiveCalls, LiveCallsState
from app.desk.commands import CommandRegistry
from app.domain.phone import CallState
from ui.theme.fonts import Type
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface
from ui.widgets.layout import column, row
from ui.widgets.text import Elided, Text
from ui.widgets.wording import duration


class CallBar(Surface):
    """Shown as long as there is a call; its buttons run the same commands as the keys."""

    def __init__(self, presenter: LiveCalls, commands: CommandRegistry, now: Callable[[], datetime]) -> None:
        super().__init__("call_bar")
        self._presenter, self._now = presenter, now
        self._who = Elided("", Type.STRONG, "on_call_bar")
        self._where = Elided("", Type.SMALL, "on_call_bar2")
        self._clock = Text("", Type.STRONG, "on_call_bar", tabular=True)
        self.setLayout(row(column(self._who, self._where, gap=0), self._clock, gap=8, margins=(14, 6, 8, 6)))
        layout = self.layout()
        assert layout is not None
        self._buttons: list[Button] = []
        names = {
            "call.hold": self.tr("Hold or resume"),
            "call.mute": self.tr("Mute or unmute"),
            "call.transfer": self.tr("Transfer, or complete a consultation"),
        }
        for id_, name in (*names.items(), ("call.hang_up", self.tr("Hang up"))):
            role = Role.HANG_UP if id_ == "call.hang_up" else Role.BAR
            button = Button("", icon=commands.command(id_).icon, key=commands.key(id_), role=role, height=40)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda _=False, id_=id_: commands.run(id_))
            layout.addWidget(button)
            self._buttons.append(button)
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(self._tick)
        self._beat.start()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: LiveCallsState) -> None:
        """Show the call in front, or nothing."""
        call, leg = state.front, state.front_leg
        self.setVisible(call is not None or leg is not None)
        for button in self._buttons:
            button.setVisible(state.has_phone)
        number = call.caller_number if call else leg.number if leg else ""
        self._who.setText((call.customer_name if call else "") or number)
        standing = ""
        if leg is not None and leg.state is CallState.HELD:
            standing = self.tr("on hold")
        elif leg is not None and leg.muted:
            standing = self.tr("muted")
        self._where.setText(" · ".join(part for part in (standing, number, call.team_name if call else "") if part))
        self._tick()

    def _tick(self) -> None:
        call, leg = self._presenter.state.front, self._presenter.state.front_leg
        since = (call.answered_at or call.started_at) if call else leg.started_at if leg else None
        self._clock.setText(duration((self._now() - since).total_seconds()) if since else "")
