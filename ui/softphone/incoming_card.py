"""A call that comes, or is handed over: the card over the work, which never takes the keyboard."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls
from app.desk.commands import CommandRegistry
from app.desk.live_calls import LiveCallsState
from app.services.calls import CallView
from app.services.organisation import Directory
from ui.softphone.countdown import Countdown
from ui.softphone.talk import Talk
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.announce import announce
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface
from ui.widgets.layout import column, row
from ui.widgets.text import Elided, Text
from ui.widgets.wording import day_and_clock, duration

WIDTH, BELOW_TOP_BAR = 360, 72
COMPACT_BELOW = 1400


class IncomingCard(Surface):
    """Who calls, about which case, what was promised; answer F2, pass it on F8, ask the sender of a hand-over F7."""

    def __init__(
        self,
        window: QWidget,
        presenter: LiveCalls,
        commands: CommandRegistry,
        directory: Callable[[], Directory | None],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__("card", parent=window)
        self._over, self._presenter, self._directory, self._now = window, presenter, directory, now
        self._announced: UUID | None = None
        self._kind = Elided("", Type.SMALL, "on_call_bar2")
        self._clock = Text("", Type.STRONG, "on_call_bar", tabular=True)
        self._who = Elided("", Type.HEADING, "on_call_bar")
        self._number = Elided("", Type.SMALL, "on_call_bar2")
        self._left = Countdown()
        head = Surface("call_bar_round")
        top = row(self._kind, self._clock)
        head.setLayout(column(top, self._who, self._number, self._left, gap=4, margins=(16, 12, 16, 12)))
        self._case = Text("", Type.STRONG, wrap=True)
        self._promise = Text("", Type.BODY, "warn", wrap=True)
        self._note = Note()
        self._talk = Talk(presenter, commands.key("call.consult"))
        self._answer = Button("", icon="phone", key=commands.key("call.answer"), role=Role.ANSWER, height=40)
        key = commands.key("call.hang_up")
        self._refuse = Button(self.tr("Not me"), icon="phone-off", key=key, role=Role.REFUSE, height=40)
        self._answer.clicked.connect(lambda: commands.run("call.answer"))
        self._refuse.clicked.connect(presenter.not_me)
        for button in (self._answer, self._refuse):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._next = Text("", Type.SMALL, "text2", wrap=True)
        acts = row(self._answer.fill_width(), self._refuse)
        told = (self._case, self._promise, self._note, self._talk)
        self.setLayout(
            column(head, column(*told, acts, self._next, gap=8, margins=(14, 12, 14, 12)), gap=0, margins=(1, 1, 1, 1))
        )
        self.setFixedWidth(theme().px(WIDTH))
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(self._tick)
        self._beat.start()
        window.installEventFilter(self)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: LiveCallsState) -> None:
        """Show the first call that asks for me, or nothing."""
        if not state.incoming:
            self._announced = None
            self.hide()
            return
        call = state.incoming[0]
        handed = bool(call.handed_by_name) and call.handed_by != state.me
        returned = call.handed_by == state.me
        self._kind.setText(self._what(call, handed=handed, returned=returned))
        self._who.setText(state.name(call))
        number = state.shown(call.caller_number) if call.customer_name else ""
        self._number.setText(" · ".join(part for part in (call.organisation, number) if part))
        self._number.setVisible(bool(self._number.text()))
        self._answer.set_label(self.tr("Take") if handed else self.tr("Answer"))
        self._answer.setVisible(state.has_phone)
        compact = self._over.width() < theme().px(COMPACT_BELOW)
        _say(self._case, f"#{call.case_number} {call.case_subject}" if call.case_number else "")
        _say(self._promise, self._promised(call))
        self._note.show_note(call.handed_by_name, call.hand_over_note if handed else "", lines=3 if compact else 6)
        self._talk.show_call(call if handed else None, asks=True)
        _say(self._next, self._then(call))
        self.setAccessibleName(f"{self._kind.text()}, {self._who.text()}")
        if call.id != self._announced:
            self._announced = call.id
            announce(self, f"{self.accessibleName()}, {self._case.text()}", urgent=True)
        self._tick()
        self.show()
        self._place()

    def ask(self) -> None:
        """Write a question to the sender of the hand-over."""
        self._talk.take_focus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._presenter.state.incoming:
            self._presenter.card_painted(self._presenter.state.incoming[0].id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def _what(self, call: CallView, *, handed: bool, returned: bool) -> str:
        if returned:
            return self.tr("Nobody took it: your caller comes back")
        if handed:
            return self.tr("{0} hands a call over").replace("{0}", call.handed_by_name)
        coming = self.tr("Incoming call")
        return f"{coming} · {call.team_name}"

    def _promised(self, call: CallView) -> str:
        if not call.promise:
            return ""
        when = f" · {day_and_clock(call.promise_at, self._now())}" if call.promise_at else ""
        promised = self.tr("Promised: {0}").replace("{0}", call.promise)
        return f"{promised}{when}"

    def _then(self, call: CallView) -> str:
        """Say what happens when I do not take it, so that refusing is no riddle."""
        directory = self._directory()
        if directory is None or not call.next_step:
            return ""
        names = {agent.id: agent.name for agent in directory.agents} | {team.id: team.name for team in directory.teams}
        of = call.next_agent_id or call.next_team_id
        if call.next_step == "voicemail" or of is None:
            return self.tr("If nobody answers, the caller leaves a message.")
        queue, then = self.tr("If nobody answers: the queue of {0}."), self.tr("If nobody answers: {0}.")
        return (queue if call.next_step == "queue" else then).replace("{0}", names.get(of, ""))

    def _tick(self) -> None:
        if self._presenter.state.incoming:
            call, now = self._presenter.state.incoming[0], self._now()
            since = call.held_since_at or call.waiting_since_at or call.started_at
            self._clock.setText(duration((now - since).total_seconds()))
            self._left.show_left((call.step_until_at - now).total_seconds() if call.step_until_at else -1)

    def _place(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        self.move(self._over.width() - self.width() - 8, theme().px(BELOW_TOP_BAR))
        self.raise_()


class Note(Surface):
    """What the sender writes, as she types it."""

    def __init__(self) -> None:
        super().__init__("note")
        self._by = Elided("", Type.LABEL, "warn")
        self._text = Text("", Type.BODY, wrap=True)
        self.setLayout(column(self._by, self._text, gap=3, margins=(12, 8, 12, 8)))

    def show_note(self, by: str, text: str, *, lines: int) -> None:
        """Show the last words when there are too many: she is typing at the end."""
        self.setVisible(bool(text.strip()))
        self._by.setText(self.tr("Note of {0}").replace("{0}", by))
        longest = lines * 46
        end = text[-longest:]
        self._text.setText(text if len(text) <= longest else f"… {end.partition(' ')[2] or end}")


def _say(label: Text, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
