"""What came due while the agent was away: told once at sign-in, each with its call."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.reminders import Reminders, RemindersState
from app.domain.planned_time import may_call
from app.domain.tasks import TaskRow
from ui.tasks.words import about_words, late_words
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton
from ui.widgets.dialog import Dialog, primary
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.pill import Avatar, Pill
from ui.widgets.sign_in_card import SignInCard
from ui.widgets.text import Elided, Text
from ui.widgets.wording import clock

WIDTH = 760
MOST = 8


class PastDueDialog(Dialog):
    """Nothing of it rings until something is chosen; closed, the tasks stay overdue in the list."""

    opened = Signal(object)

    def __init__(self, window: QWidget, presenter: Reminders, now: Callable[[], datetime]) -> None:
        super().__init__(window, "", width=WIDTH)
        self._presenter, self._now = presenter, now
        self._lines = column(gap=10)
        self._more = Text("", Type.SMALL, "text2")
        self.content.addLayout(self._lines)
        self.content.addWidget(self._more)
        later = Button(self.tr("Snooze all 1 h"), icon="clock")
        later.clicked.connect(lambda: presenter.snooze_past_due(60))
        fine = primary(self.tr("To my work"))
        fine.clicked.connect(self.accept)
        self.set_answers(self.tr("They stay in your tasks as overdue."), fine, later)
        self.closed.connect(presenter.forget_past_due)
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)

    def render_state(self, state: RemindersState) -> None:
        """Show what is left of it."""
        if not state.past_due:
            self.accept()
            return
        self.set_title(self.tr("%n reminder(s) came due while you were away", "", len(state.past_due)))
        clear(self._lines)
        for one in state.past_due[:MOST]:
            self._lines.addWidget(self._line(one))
        left = len(state.past_due) - MOST
        self._more.setText(self.tr("and %n more in your tasks", "", left) if left > 0 else "")
        self._more.setVisible(left > 0)

    def _line(self, one: TaskRow) -> QWidget:
        now = self._now()
        name = one.customer_name or one.task.title
        about = Elided(f"{one.task.title} · {about_words(one)}", Type.SMALL, "text2")
        who = column(STRETCH, Elided(name, Type.STRONG), about, STRETCH, gap=1)
        assert one.task.due_at is not None
        late = Pill(late_words((now - one.task.due_at).total_seconds()), Tone.BAD, "clock")
        fits = may_call(now, one.customer_zone, one.call_from, one.call_until)
        hour = Text(clock(now, one.customer_zone), Type.MEDIUM, "" if fits else "warn", tabular=True)
        hour.setToolTip(self.tr("The customer’s hour"))
        anyway = self._presenter.state.outside_hours == one.task.id
        call = Button(self.tr("Call all the same") if anyway else self.tr("Call"), icon="phone")
        call.setAccessibleName(self.tr("Call {0}").replace("{0}", name))
        call.clicked.connect(lambda: self._call(one))
        call.setEnabled(bool(one.customer_phone) and not one.do_not_call)
        open_it = IconButton(self.tr("Open"), "eye")
        open_it.clicked.connect(lambda: self._open(one))
        line = QWidget()
        layout = row(Avatar(name), who, late, hour, call, open_it, gap=12)
        layout.setStretch(1, 1)
        line.setLayout(layout)
        return line

    def _call(self, one: TaskRow) -> None:
        self._presenter.dial(one)
        if self._presenter.state.outside_hours != one.task.id:  # else it asks for a second press
            self.accept()

    def _open(self, one: TaskRow) -> None:
        self.opened.emit(one)
        self.accept()


class PastDueCard(SignInCard):
    """Says at sign-in that something came due."""

    def __init__(self, window: QWidget, presenter: Reminders) -> None:
        super().__init__(window, Icon("triangle-alert", "bad"), "alarm-clock")
        self.put_off.connect(presenter.forget_past_due)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: RemindersState) -> None:
        """Stand there until the list was opened or put off."""
        words = self.tr("%n reminder(s) came due while you were away", "", len(state.past_due))
        self.say(words, shown=bool(state.past_due) and state.front is None and not state.silent)
