"""A customer's page: how to reach her, her cases and tasks, her fields, and what was changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.desk.commands import CommandRegistry
from app.desk.customer_page import Bounce, CustomerPage, CustomerPageState
from app.domain import phone_numbers
from app.domain.customers import Customer
from app.domain.fields import CustomField, FieldKind, FieldOwner
from ui.objects.history import change_line
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Tabs
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner, EmptyState, Notice
from ui.widgets.pill import Avatar, Chip, Pill
from ui.widgets.row_button import RowButton
from ui.widgets.text import Elided, Text
from ui.widgets.typed_lines import read_day
from ui.widgets.typography import date_words
from ui.widgets.wording import ago, clock, day_and_clock, say, state_words

if TYPE_CHECKING:
    from app.desk.shell import Directory

NARROW = 1080
SHORT_HISTORY = 5
PARTS = ("overview", "history")


class CustomerView(Surface):
    """One customer; what she has is a press away."""

    case_opened = Signal(object)
    task_opened = Signal(object)
    task_asked = Signal()
    called = Signal(str)
    edited = Signal()
    merged = Signal()
    case_asked = Signal()

    def __init__(
        self,
        presenter: CustomerPage,
        commands: CommandRegistry,
        directory: Callable[[], Directory],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__("bg")
        self._presenter, self._directory, self._now = presenter, directory, now
        self._part = PARTS[0]
        self._avatar = Avatar("", 44)
        self._name, self._about = Text("", Type.TITLE), Elided("", Type.SMALL, "text2")
        self._pills = row(gap=6)
        self._error = Banner(Tone.BAD, "triangle-alert")
        case = Button(self.tr("New case"), icon="plus", key=commands.key("case.new"), role=Role.PRIMARY)
        edit = Button(self.tr("Edit"), icon="pencil", key=commands.key("case.edit"))
        merge = IconButton(self.tr("Merge with another record"), "merge")
        case.clicked.connect(self.case_asked)
        edit.clicked.connect(self.edited)
        merge.clicked.connect(self.merged)
        self._tabs = Tabs(
            (("overview", self.tr("Overview")), ("history", self.tr("History"))), self.tr("Parts of the customer")
        )
        self._tabs.picked.connect(self._show_part)
        names = column(row(self._name, self._pills, STRETCH, gap=10), self._about, gap=2)
        top = row(self._avatar, names, merge, edit, case, gap=12)
        top.setStretch(1, 1)
        head = Surface("surface", column(top, self._tabs, gap=8, margins=(24, 14, 20, 0)))
        self._columns = [column(gap=16) for _ in range(3)]
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        for one in self._columns:
            self._grid.addLayout(one, 0, 0)
        self._history = column(gap=14)
        whole = Card(self.tr("History"))
        whole.body.addLayout(self._history)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("user", self.tr("No customer is open"), self.tr("Find one with Ctrl+F.")))
        self._stack.addWidget(Scroll(self._grid, STRETCH))
        self._stack.addWidget(Scroll(whole, STRETCH))
        layout = column(head, hairline("hairline"), self._error, gap=0)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self._head = head
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: CustomerPageState) -> None:
        """Show the customer."""
        self._error.show_text(say(state.error) if state.error else "")
        self._head.setVisible(state.file is not None)
        if state.file is None:
            self._stack.setCurrentIndex(0)
            return
        customer = state.file.customer
        self._show_head(customer)
        for one in self._columns:
            clear(one)
        self._columns[0].addWidget(self._contact(customer, state))
        self._columns[0].addWidget(self._own_fields(customer))
        self._columns[1].addWidget(self._cases(state))
        self._columns[1].addWidget(self._recent(state))
        self._columns[2].addWidget(self._tasks(state))
        if customer.pinned_note:
            note = Card(self.tr("Pinned note"))
            note.body.addWidget(Text(customer.pinned_note, wrap=True))
            self._columns[2].addWidget(note)
        for one in self._columns:
            one.addStretch(1)
        clear(self._history)
        self._add_changes(self._history, state, len(state.history))
        self._fit()
        self._show_part(self._part)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _show_part(self, part: str) -> None:
        self._part = part
        if self._presenter.state.file is not None:
            self._stack.setCurrentIndex(1 + PARTS.index(part))

    def _fit(self) -> None:
        narrow = self.width() < theme().px(NARROW)
        places = ((0, 0), (0, 1), (1, 0)) if narrow else ((0, 0), (0, 1), (0, 2))
        for one, place in zip(self._columns, places, strict=True):
            self._grid.removeItem(one)
            self._grid.addLayout(one, *place)
        for at, share in enumerate((3, 4, 0) if narrow else (4, 7, 4)):
            self._grid.setColumnStretch(at, share)

    def _show_head(self, customer: Customer) -> None:
        self._avatar.show_name(customer.name)
        self._name.setText(customer.name)
        clear(self._pills)
        if customer.do_not_call:
            self._pills.addWidget(Pill(self.tr("Do not call"), Tone.BAD, "phone-off"))
        organisation = customer.organisation if customer.organisation != customer.name else ""
        account = self.tr("Account {0}").replace("{0}", customer.account_number)
        since = ""
        if customer.created_at is not None:
            since = self.tr("customer since {0}").replace("{0}", str(customer.created_at.year))
        self._about.setText(" · ".join(part for part in (organisation, account, since) if part))

    def _bounced(self, bounce: Bounce) -> Notice:
        again = Button(self.tr("Try again"), role=Role.LINK, height=24)
        again.setAccessibleName(self.tr("Try {0} again").replace("{0}", bounce.address))
        again.clicked.connect(lambda: self._presenter.try_again(bounce.address))
        when = day_and_clock(bounce.last_at, self._now())
        said = (
            self.tr("Mail came back ({0}): {1}") if bounce.permanent else self.tr("Mail did not get through ({0}): {1}")
        )
        words = said.replace("{0}", when).replace("{1}", bounce.reason)
        return Notice(escape(words), Tone.BAD if bounce.permanent else Tone.WARN, "triangle-alert", again)

    def _contact(self, customer: Customer, state: CustomerPageState) -> QWidget:
        pencil = IconButton(self.tr("Edit"), "pencil", size=28)
        pencil.clicked.connect(self.edited)
        card = Card(self.tr("Contact"), pencil)
        region = self._directory().organisation.region
        for number in customer.phones:
            call = IconButton(self.tr("Call"), "phone", tint="accent", size=28)
            call.setAccessibleName(self.tr("Call {0}").replace("{0}", number.e164))
            call.setEnabled(not customer.do_not_call)
            call.clicked.connect(lambda _=False, e164=number.e164: self.called.emit(e164))
            self._line(card, "phone", phone_numbers.display(number.e164, region), number.label, call)
        for email in customer.emails:
            self._line(card, "mail", email.address, email.label)
            for bounce in state.bounces:
                if bounce.address == email.address.lower():
                    card.body.addWidget(self._bounced(bounce))
        for address in customer.addresses:
            self._line(card, "map-pin", ", ".join(address.lines.split("\n")), address.label)
        hour = self.tr("{0} at the customer’s").replace("{0}", clock(self._now(), customer.time_zone))
        self._line(card, "clock", hour, "")
        if customer.call_from and customer.call_until:
            hours = self.tr("Call between {0} and {1}.").replace("{0}", customer.call_from)
            card.body.addWidget(Notice(hours.replace("{1}", customer.call_until), Tone.WARN, "clock"))
        return card

    def _line(self, card: Card, icon: str, text: str, label: str, *more: QWidget) -> None:
        parts: list[QWidget] = [Icon(icon, "text2"), Elided(text)]
        if label:
            parts.append(Pill(label))
        line = row(*parts, *more, gap=10)
        line.setStretch(1, 1)
        card.body.addLayout(line)

    def _own_fields(self, customer: Customer) -> QWidget:
        card = Card(self.tr("Fields"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        for one in self._directory().fields:
            value = customer.custom.get(one.key)
            if one.owner is FieldOwner.CUSTOMER and value not in (None, ""):
                at = grid.count() // 2
                grid.addWidget(Text(one.label, Type.SMALL, "text2"), at, 0)
                grid.addWidget(Elided(self._value(one, value)), at, 1)
        if not grid.count():
            card.body.addWidget(Text(self.tr("Nothing is filled in."), Type.SMALL, "text2"))
        return card

    def _value(self, field: CustomField, value: object) -> str:
        if isinstance(value, bool):
            return self.tr("Yes") if value else self.tr("No")
        day = read_day(str(value)) if field.kind is FieldKind.DATE else None
        return date_words(day, "d MMM yyyy") if day is not None else str(value)

    def _cases(self, state: CustomerPageState) -> QWidget:
        assert state.file is not None
        all_of_them = self.tr("All")
        opened, every = Chip(self.tr("Still open")), Chip(f"{all_of_them} {len(state.file.cases)}")
        opened.setChecked(state.open_only)
        every.setChecked(not state.open_only)
        opened.clicked.connect(lambda: self._presenter.list_cases(open_only=True))
        every.clicked.connect(lambda: self._presenter.list_cases(open_only=False))
        card = Card(self.tr("Cases"), opened, every)
        for case in state.cases[:30]:
            words, _ = state_words(case.category, case.state_name, case.state_key, case.state_colour)
            when = ago(case.activity_at, self._now())
            button = RowButton(
                "ticket", case.subject, f"{case.number} · {case.team_name} · {words} · {when}", tint="accent"
            )
            button.clicked.connect(lambda _=False, id_=case.id: self.case_opened.emit(id_))
            card.body.addWidget(button)
        if not state.cases:
            card.body.addWidget(Text(self.tr("No open case."), Type.SMALL, "text2"))
        return card

    def _tasks(self, state: CustomerPageState) -> QWidget:
        add = Button(self.tr("Add"), icon="plus", height=28)
        add.clicked.connect(self.task_asked)
        card = Card(self.tr("Tasks"), add)
        for one in state.tasks[:20]:
            due = one.task.due_at
            late = due is not None and due < self._now()
            when = day_and_clock(due, self._now()) if due else self.tr("no date")
            words = self.tr("late: {0}").replace("{0}", when) if late else when
            button = RowButton(
                "alarm-clock" if one.task.remind_at else "circle", one.task.title, words, tint="bad" if late else "warn"
            )
            button.clicked.connect(lambda _=False, row_=one: self.task_opened.emit(row_))
            card.body.addWidget(button)
        if not state.tasks:
            card.body.addWidget(Text(self.tr("Nothing is planned."), Type.SMALL, "text2"))
        return card

    def _recent(self, state: CustomerPageState) -> QWidget:
        card = Card(self.tr("Last changes"), gap=12)
        self._add_changes(card.body, state, SHORT_HISTORY)
        return card

    def _add_changes(self, into: QVBoxLayout, state: CustomerPageState, most: int) -> None:
        for change in state.history[:most]:
            into.addWidget(change_line(change, self._directory(), {}, self._now()))
