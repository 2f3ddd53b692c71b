"""The reminder that rings: slides in over the work, takes no focus, and is answered by one key."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.desk.commands import CommandRegistry
from app.desk.reminders import Reminders, RemindersState
from app.domain import phone_numbers
from app.domain.tasks import TaskKind, TaskRow
from ui.tasks.words import kind_words, late_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Notice
from ui.widgets.pill import Avatar
from ui.widgets.text import Elided, Text
from ui.widgets.wording import clock, day_and_clock, duration

WIDTH, BELOW_TOP_BAR = 360, 72
SLIDE_MS = 180


class ReminderCard(Surface):
    """Whom to call, why, what her clock says; F9 calls, Shift+F9 counts an attempt, Alt+Z snoozes ten minutes."""

    opened = Signal(object)
    exact_asked = Signal(object)
    rang = Signal(object)

    def __init__(
        self,
        window: QWidget,
        presenter: Reminders,
        commands: CommandRegistry,
        region: str,
        zone: str,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__("card", parent=window)
        self._over, self._presenter, self._region, self._now = window, presenter, region, now
        self._zone = zone
        self._shown: object = None
        self._make_head()
        self._make_acts(commands)
        open_it = IconButton(self.tr("Open"), "eye", size=28)
        open_it.clicked.connect(self._open)
        head = row(Icon("alarm-clock", "warn"), self._kind, self._due, self._left, open_it, gap=8)
        head.setStretch(1, 1)
        who = column(self._name, self._case, gap=1)
        hour = column(self._hour, self._whose, gap=1)
        middle = row(self._avatar, who, gap=12)
        middle.addLayout(hour)
        middle.setStretch(1, 1)
        self._note = Surface("sunk")
        self._note.setLayout(column(self._note_by, self._note_text, gap=3, margins=(12, 8, 12, 10)))
        top = column(head, middle, self._promise, self._note, self._warning, gap=10)
        top.setContentsMargins(16, 12, 14, 12)
        acts = column(self._call, row(self._no_answer, self._done, gap=8), gap=8, margins=(12, 12, 12, 0))
        foot = row(Icon("clock", "text2"), *self._snoozes, STRETCH, gap=6)
        foot.setContentsMargins(12, 8, 12, 0)
        last = row(self._next, margins=(12, 8, 12, 12))
        self.setLayout(column(top, hairline(), acts, foot, last, gap=0, margins=(1, 1, 1, 1)))
        self.setFixedWidth(theme().px(WIDTH))
        for button in (*self.findChildren(Button), open_it):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(self._tick)
        window.installEventFilter(self)
        self.hide()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: RemindersState) -> None:
        """Show the first reminder that rings, or nothing."""
        front = state.front
        if front is None:
            self._shown = None
            self._beat.stop()
            self.hide()
            return
        self._show_who(front)
        self._show_acts(front, state)
        self._tick()
        fresh = front.task.id != self._shown
        self._shown = front.task.id
        self._beat.start()
        self.show()
        self._place(slide=fresh)
        if fresh:
            QApplication.alert(self._over.window())
            self.rang.emit(front)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self._place()
        return False

    def _make_head(self) -> None:
        self._kind = Elided("", Type.STRONG, "warn")
        self._due, self._left = Text("", Type.SMALL, "text2"), Text("", Type.HEADING, "warn", tabular=True)
        self._avatar = Avatar("", 40)
        self._name, self._case = Elided("", Type.HEADING), Elided("", Type.SMALL, "text2")
        right = Qt.AlignmentFlag.AlignRight
        self._hour, self._whose = Text("", Type.HEADING, tabular=True), Text("", Type.SMALL, "text2")
        self._hour.setAlignment(right)
        self._whose.setAlignment(right)
        self._promise = Notice("", Tone.WARN, "alarm-clock")
        self._note_by, self._note_text = Elided("", Type.SMALL, "text2"), Text("", wrap=True)
        self._warning = Notice("", Tone.BAD, "phone-off")

    def _make_acts(self, commands: CommandRegistry) -> None:
        key = commands.key
        self._call = Button("", icon="phone", key=key("reminder.dial"), role=Role.ANSWER, height=40).fill_width()
        self._no_answer = Button(self.tr("No answer"), icon="phone-missed", key=key("reminder.no_answer")).fill_width()
        self._call.clicked.connect(lambda: commands.run("reminder.dial"))
        self._no_answer.clicked.connect(lambda: commands.run("reminder.no_answer"))
        ten = Button(self.tr("10 min"), key=key("reminder.snooze"), height=28)
        hour = Button(self.tr("1 h"), height=28)
        morning = Button(self.tr("tomorrow"), height=28)
        more = IconButton(self.tr("Another time"), "chevron-down", size=28)
        ten.clicked.connect(lambda: commands.run("reminder.snooze"))
        hour.clicked.connect(lambda: self._presenter.snooze_by(60))
        morning.clicked.connect(self._presenter.snooze_until_morning)
        more.clicked.connect(self._exact)
        snooze, at_nine = self.tr("Snooze"), self.tr("Tomorrow at 9:00")
        for button, name in ((ten, ten.label), (hour, hour.label), (morning, at_nine)):
            button.setToolTip(f"{snooze}: {name}")
            button.setAccessibleName(f"{snooze}: {name}")
        self._snoozes: tuple[QWidget, ...] = (ten, hour, morning, more)
        more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._next = Text("", Type.SMALL, "text2", wrap=True)
        self._done = Button(self.tr("Done"), icon="check")
        self._done.clicked.connect(self._finish)

    def _show_who(self, front: TaskRow) -> None:
        name = front.customer_name or front.task.title
        kind, _ = kind_words(front.task.kind)
        team = "" if front.task.assignee_id is not None else f" · {front.team_name}"
        reminder = self.tr("Reminder")
        self._kind.setText(f"{reminder} · {kind}{team}")
        self._avatar.show_name(name)
        self._name.setText(name)
        about = (front.organisation if front.organisation != name else "", _number(front))
        self._case.setText(" · ".join(part for part in about if part) or front.team_name)
        self._whose.setText(self.tr("customer’s hour"))
        for part in (self._hour, self._whose):
            part.setVisible(front.task.customer_id is not None)
        when = day_and_clock(front.task.due_at, self._now(), self._zone) if front.task.due_at else ""
        self._promise.text.setTextFormat(Qt.TextFormat.PlainText)
        self._promise.text.setText(" · ".join(part for part in (front.task.title, when) if part))
        note = front.task.notes or front.last_note
        self._note.setVisible(bool(note))
        self._note_text.setText(note if len(note) < 220 else f"{note[:219].rstrip()}…")
        at = (
            day_and_clock(front.last_note_at, self._now(), self._zone)
            if front.last_note_at and not front.task.notes
            else ""
        )
        by = front.last_note_by if not front.task.notes else ""
        self._note_by.setText(" · ".join(part for part in (self.tr("Last note"), by, at) if part))
        self.setAccessibleName(f"{self._kind.text()}, {name}, {front.task.title}")

    def _show_acts(self, front: TaskRow, state: RemindersState) -> None:
        callable_ = bool(front.customer_phone) and not front.do_not_call
        number = phone_numbers.display(front.customer_phone, self._region) if front.customer_phone else ""
        anyway = state.outside_hours == front.task.id
        words = self.tr("Call {0} all the same") if anyway else self.tr("Call {0}")
        self._call.setVisible(callable_)
        self._call.set_label(words.replace("{0}", number))
        self._no_answer.setVisible(front.task.kind is TaskKind.CALL)
        fits = self._presenter.may_call(front)
        self._warning.setVisible(front.do_not_call or not fits)
        hours = self.tr("Not now: calls are welcome between {0} and {1}, her time.")
        outside = hours.replace("{0}", front.call_from).replace("{1}", front.call_until)
        refused = self.tr("This customer does not want to be called.")
        self._warning.text.setText(refused if front.do_not_call else outside)
        again = day_and_clock(self._presenter.next_attempt(front), self._now(), self._zone)
        tries = self.tr("%n attempt(s) so far.", "", front.task.attempts) if front.task.attempts else ""
        proposed = self.tr("“No answer” plans {0}.").replace("{0}", again)
        self._next.setText(f"{tries} {proposed}".strip() if front.task.kind is TaskKind.CALL else "")

    def _tick(self) -> None:
        front = self._presenter.state.front
        if front is None:
            return
        self._hour.setText(clock(self._now(), front.customer_zone))
        if front.task.due_at is None:
            self._left.setText("")
            return
        left = (front.task.due_at - self._now()).total_seconds()
        self._due.setText(self.tr("due in") if left > 0 else "")
        self._left.setText(duration(left) if left > 0 else late_words(-left))
        self._left.set_tone("warn" if left > 0 else "bad")

    def _finish(self) -> None:
        self._presenter.done()

    def _open(self) -> None:
        front = self._presenter.state.front
        if front is not None:
            self.opened.emit(front)

    def _exact(self) -> None:
        front = self._presenter.state.front
        if front is not None:
            self.exact_asked.emit(front)

    def _place(self, *, slide: bool = False) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        at = QPoint(self._over.width() - self.width() - 8, theme().px(BELOW_TOP_BAR))
        self._slide.stop()
        if slide and self._over.isVisible():
            self._slide.setStartValue(QPoint(self._over.width(), at.y()))
            self._slide.setEndValue(at)
            self._slide.start()
        self.move(at)
        self.raise_()


def _number(row: TaskRow) -> str:
    return f"{row.case_number} {row.case_subject}" if row.case_number is not None else ""
