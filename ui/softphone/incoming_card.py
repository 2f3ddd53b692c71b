"""A call that comes, or is handed over: the card over the work, which never takes the keyboard."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls, LiveCallsState
from app.desk.commands import CommandRegistry
from app.services.calls import CallView
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface
from ui.widgets.layout import column, row
from ui.widgets.text import Elided, Text
from ui.widgets.wording import day_and_clock, duration

WIDTH, BELOW_TOP_BAR = 360, 72


class IncomingCard(Surface):
    """Who calls, about which case, what was promised; answer F2, pass it on F8."""

    def __init__(
        self, window: QWidget, presenter: LiveCalls, commands: CommandRegistry, now: Callable[[], datetime]
    ) -> None:
        super().__init__("card", parent=window)
        self._over, self._presenter, self._now = window, presenter, now
        self._kind = Elided("", Type.SMALL, "on_call_bar2")
        self._clock = Text("", Type.STRONG, "on_call_bar", tabular=True)
        self._who = Elided("", Type.HEADING, "on_call_bar")
        self._number = Elided("", Type.SMALL, "on_call_bar2")
        head = Surface("call_bar")
        top = row(self._kind, self._clock)
        head.setLayout(column(top, self._who, self._number, gap=4, margins=(16, 12, 16, 12)))
        self._case = Text("", Type.STRONG, wrap=True)
        self._promise = Text("", Type.BODY, "warn", wrap=True)
        self._note = Text("", Type.BODY, "text2", wrap=True)
        self._answer = Button("", icon="phone", key=commands.key("call.answer"), role=Role.ANSWER, height=40)
        refuse = Button(
            self.tr("Not me"), icon="phone-off", key=commands.key("call.hang_up"), role=Role.REFUSE, height=40
        )
        self._answer.clicked.connect(lambda: commands.run("call.answer"))
        refuse.clicked.connect(presenter.not_me)
        for button in (self._answer, refuse):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        acts = row(self._answer.fill_width(), refuse)
        body = column(self._case, self._promise, self._note, acts, gap=8, margins=(14, 12, 14, 14))
        self.setLayout(column(head, body, gap=0, margins=(1, 1, 1, 1)))
        self.setFixedWidth(theme().px(WIDTH))
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(self._tick)
        self._beat.start()
        window.installEventFilter(self)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: LiveCallsState) -> None:
        """Show the first call that asks for me, or nothing."""
        if not state.incoming:
            self.hide()
            return
        call = state.incoming[0]
        handed = bool(call.handed_by_name)
        by = self.tr("{0} hands a call over").replace("{0}", call.handed_by_name)
        self._kind.setText(by if handed else f"{self.tr('Incoming call')} · {call.team_name}")
        self._who.setText(call.customer_name or call.caller_number)
        self._number.setText(" · ".join(part for part in (call.organisation, call.caller_number) if part))
        self._answer.set_label(self.tr("Take") if handed else self.tr("Answer"))
        self._answer.setVisible(state.has_phone)
        self._say(self._case, f"#{call.case_number} {call.case_subject}" if call.case_number else "")
        self._say(self._promise, self._promised(call))
        self._say(self._note, call.hand_over_note if handed else "")
        self.setAccessibleName(f"{self._kind.text()}, {self._who.text()}")
        self._tick()
        self.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def _promised(self, call: CallView) -> str:
        if not call.promise:
            return ""
        when = f" · {day_and_clock(call.promise_at, self._now())}" if call.promise_at else ""
        return f"{self.tr('Promised: {0}').replace('{0}', call.promise)}{when}"

    def _say(self, label: Text, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _tick(self) -> None:
        if self._presenter.state.incoming:
            call = self._presenter.state.incoming[0]
            since = call.held_since_at or call.waiting_since_at or call.started_at
            self._clock.setText(duration((self._now() - since).total_seconds()))

    def _place(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        self.move(self._over.width() - self.width() - 8, theme().px(BELOW_TOP_BAR))
        self.raise_()
