"""The call in front, in the top bar: who, through which team, how long, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent

from app.desk.calls import LiveCalls
from app.desk.commands import CommandRegistry
from app.desk.live_calls import LiveCallsState
from app.domain.calls import Recording
from app.domain.phone import CallState
from app.domain.quality import QualityCause
from ui.softphone.bar_button import BarButton
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.card import Surface
from ui.widgets.layout import column, row
from ui.widgets.pill import Avatar
from ui.widgets.text import Elided, Text
from ui.widgets.wording import duration

HEIGHT = 56


class _Where(Elided):
    """How the call stands, its number and team: as many as there is room for, since half a number misleads."""

    _parts: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All of it."""
        return " · ".join(self._parts)

    def show_parts(self, parts: tuple[str, ...]) -> None:
        """Show what fits of these, the first in any case."""
        self._parts = parts
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        for count in range(len(self._parts), -1, -1):
            words = " · ".join(self._parts[:count])
            if count <= 1 or metrics.horizontalAdvance(words) <= self.width():
                if words != self.text():
                    self.setText(words)
                self.setToolTip(self.whole if words != self.whole else "")
                return


class CallBar(Surface):
    """Shown as long as there is a call; its buttons run the same commands as the keys."""

    def __init__(self, presenter: LiveCalls, commands: CommandRegistry, now: Callable[[], datetime]) -> None:
        super().__init__("call_bar_round")
        self.setFixedHeight(theme().px(HEIGHT))
        self._presenter, self._now = presenter, now
        self._stood = ""
        self._face = Avatar("?", 34)
        self._who = Elided("", Type.STRONG, "on_call_bar")
        self._where = _Where("", Type.SMALL, "on_call_bar2")
        self._clock = Text("", Type.STRONG, "on_call_bar", tabular=True)
        names = column(self._who, self._where, gap=1)
        layout = row(self._face, gap=8, margins=(12, 3, 6, 3))
        layout.addLayout(names, 1)
        layout.addWidget(self._clock)
        self.hold = self._button(commands, "call.hold", self.tr("Hold"))
        self.mute = self._button(commands, "call.mute", self.tr("Mute"))
        self.keypad = self._button(commands, "call.keypad", self.tr("Keypad"))
        self.transfer = self._button(commands, "call.transfer", self.tr("Transfer"), "lit")
        self.hang_up = self._button(commands, "call.hang_up", self.tr("Hang up"), "red")
        for button in self._buttons():
            layout.addWidget(button)
        self.setLayout(layout)
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(self._tick)
        self._beat.start()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: LiveCallsState) -> None:
        """Show the call in front, or nothing."""
        call, leg = state.front, state.front_leg
        self.setVisible(call is not None or leg is not None)
        self._show_acts(state)
        number = state.shown(call.caller_number if call else leg.number if leg else "")
        name = call.customer_name if call else ""
        self._face.show_name(name or number)
        self._who.setText(name or number)
        parts = (self._standing(state), number if name else "", call.team_name if call else "")
        self._where.show_parts(tuple(part for part in parts if part))
        measured = leg.quality if leg is not None else None
        words = self.tr("MOS {0}, jitter {1} ms, {2} % lost, {3}")
        for place, value in enumerate(
            (f"{measured.mos:.1f}", f"{measured.jitter_ms:.0f}", f"{measured.loss_percent:.1f}", measured.codec)
            if measured is not None
            else ()
        ):
            words = words.replace(f"{{{place}}}", value)
        self._clock.setToolTip(words if measured is not None else "")
        if self._standing(state) != self._stood:  # held, muted, resumed: said without moving the focus
            self._stood = self._standing(state)
            announce(self, self._stood or self.tr("talking"))
        spoken = self.tr("Call: {0}").replace("{0}", self._who.text())
        self.setAccessibleName(f"{spoken}, {self._where.whole}")
        self._tick()

    def _standing(self, state: LiveCallsState) -> str:
        leg = state.front_leg
        if leg is not None and not leg.audio_both_ways:
            return self.tr("nothing is heard: repairing")
        if leg is not None and leg.quality is not None and leg.quality.cause is not QualityCause.NONE:
            return self._trouble(leg.quality.cause)
        if state.consulting:
            return self.tr("consultation")
        if leg is None:
            return ""
        words = {
            CallState.HELD: self.tr("on hold"),
            CallState.DIALLING: self.tr("dialling"),
            CallState.ALERTING: self.tr("rings"),
        }
        standing = words.get(leg.state, self.tr("muted") if leg.muted else "")
        recording = state.front.recording if state.front is not None else Recording.NONE
        recorded = {Recording.ON: self.tr("recording"), Recording.PAUSED: self.tr("recording paused")}
        return " · ".join(part for part in (recorded.get(recording, ""), standing) if part)

    def _trouble(self, cause: QualityCause) -> str:
        words = {
            QualityCause.OUR_NETWORK: self.tr("poor sound: our network"),
            QualityCause.THEIR_SIDE: self.tr("poor sound: at the caller’s"),
            QualityCause.DELAY: self.tr("poor sound: delay"),
            QualityCause.MICROPHONE: self.tr("your microphone is silent"),
        }
        return words.get(cause, self.tr("nothing is heard: repairing"))

    def _show_acts(self, state: LiveCallsState) -> None:
        leg = state.front_leg
        for button in self._buttons():
            button.setVisible(state.has_phone)
        held = leg is not None and leg.state is CallState.HELD
        back = state.consulting
        self.hold.show_act(
            self.tr("Back") if back else self.tr("Resume") if held else self.tr("Hold"),
            "undo-2" if back else "rotate-cw" if held else "pause",
        )
        muted = leg is not None and leg.muted
        self.mute.show_act(self.tr("Unmute") if muted else self.tr("Mute"), "mic" if muted else "mic-off")
        self.transfer.show_act(self.tr("Complete") if back else self.tr("Transfer"), "phone-forwarded")
        self.transfer.setVisible(state.has_phone and state.front is not None)

    def _buttons(self) -> tuple[BarButton, ...]:
        return self.hold, self.mute, self.keypad, self.transfer, self.hang_up

    def _button(self, commands: CommandRegistry, id_: str, label: str, kind: str = "") -> BarButton:
        button = BarButton(label, commands.command(id_).icon, commands.key(id_), kind=kind)
        button.clicked.connect(lambda: commands.run(id_))
        return button

    def _tick(self) -> None:
        call, leg = self._presenter.state.front, self._presenter.state.front_leg
        since = (call.answered_at or call.started_at) if call else leg.started_at if leg else None
        self._clock.setText(duration((self._now() - since).total_seconds()) if since else "")
