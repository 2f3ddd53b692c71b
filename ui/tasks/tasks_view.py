"""The tasks' screen: the list, the week beside it, and the call that is overdue on top."""

from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from uuid import UUID

from PySide6.QtCore import QTimer, Signal

from app.desk.tasks import TaskList, TaskListState
from app.domain import phone_numbers
from app.domain.tasks import TaskKind, TaskRow
from ui.tasks.task_list import WIDTH, TaskListView
from ui.tasks.week import Week
from ui.tasks.words import about_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Surface, hairline
from ui.widgets.layout import column, row
from ui.widgets.notice import Banner, Notice
from ui.widgets.text import Elided
from ui.widgets.typography import date_words
from ui.widgets.wording import day_and_clock, say

_MINUTE_MS = 60_000


class TasksView(Surface):
    """Joins list and week over one presenter."""

    opened = Signal(object)
    called = Signal(object)

    def __init__(self, presenter: TaskList, me: UUID, region: str, new_key: str, now: Callable[[], datetime]) -> None:
        super().__init__("bg")
        self._presenter, self._me, self._region, self._now = presenter, me, region, now
        self.list = TaskListView(new_key, now)
        self.list.setFixedWidth(theme().px(WIDTH))
        self.list.scoped.connect(presenter.choose)
        self.list.selected.connect(presenter.select)
        self.list.ticked.connect(presenter.done)
        self.list.opened.connect(self.opened)
        self.week = Week(now)
        self.week.selected.connect(presenter.select)
        self.week.opened.connect(self.opened)
        self._title = Elided("", Type.TITLE)
        back = IconButton(self.tr("Previous week"), "chevron-left")
        on = IconButton(self.tr("Next week"), "chevron-right")
        today = Button(self.tr("Today"))
        back.clicked.connect(lambda: presenter.step(-1))
        on.clicked.connect(lambda: presenter.step(1))
        today.clicked.connect(lambda: presenter.step(0))
        self._take = Button(self.tr("Take it"), icon="check")
        self._take.clicked.connect(self._take_chosen)
        self._call = Button(self.tr("Call now"), icon="phone", role=Role.PRIMARY)
        self._call.clicked.connect(self._call_overdue)
        self._overdue = Notice("", Tone.BAD, "alarm-clock", self._call)
        self._error = Banner(Tone.BAD, "triangle-alert")
        head = row(back, on, today, self._title, self._take, gap=8)
        head.setStretch(3, 1)
        card = Card(margins=(12, 4, 4, 8))
        card.body.addWidget(self.week, 1)
        right = column(head, self._overdue, gap=12, margins=(24, 16, 24, 20))
        right.addWidget(card, 1)
        layout = row(gap=0)
        layout.addWidget(self.list)
        layout.addWidget(hairline("hairline", vertical=True))
        layout.addLayout(column(self._error, right, gap=0), 1)
        self.setLayout(layout)
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.timeout.connect(lambda: self.render_state(presenter.state))
        self._clock.start()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: TaskListState) -> None:
        """Show both, and the oldest call that is overdue."""
        self.list.render_state(state)
        self.week.render_state(state, self._me)
        self._error.show_text(say(state.error) if state.error else "")
        self._title.setText(week_words(state))
        chosen = state.row(state.chosen) if state.chosen is not None else None
        self._take.setVisible(chosen is not None and chosen.task.assignee_id is None)
        late = self._late(state)
        self._overdue.setVisible(late is not None)
        if late is not None and late.task.due_at is not None:
            number = phone_numbers.display(late.customer_phone, self._region) if late.customer_phone else ""
            promised = self.tr("promised for {0}").replace(
                "{0}", day_and_clock(late.task.due_at, self._now(), state.zone)
            )
            said = " · ".join(part for part in (about_words(late), late.task.title, promised, number) if part)
            self._overdue.text.setText(self.tr("<b>Overdue call:</b> {0}").replace("{0}", escape(said)))
            self._call.setVisible(bool(number) and not late.do_not_call)

    def _late(self, state: TaskListState) -> TaskRow | None:
        calls = (one for one in state.mine if one.task.kind is TaskKind.CALL and one.task.due_at is not None)
        first = next(calls, None)
        return first if first is not None and first.task.due_at and first.task.due_at < self._now() else None

    def _take_chosen(self) -> None:
        if self._presenter.state.chosen is not None:
            self._presenter.take(self._presenter.state.chosen)

    def _call_overdue(self) -> None:
        late = self._late(self._presenter.state)
        if late is not None:
            self.called.emit(late)


def week_words(state: TaskListState) -> str:
    """The week as people say it: `23 – 29 November 2026`."""
    last = state.monday + timedelta(days=6)
    begins = date_words(state.monday, "d" if state.monday.month == last.month else "d MMMM")
    return f"{begins} – {date_words(last, 'd MMMM yyyy')}"
