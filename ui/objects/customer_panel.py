"""Who the case is for: how to reach her, what was promised, what else is open."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.desk.case_file import CaseFile
from app.desk.case_ties import CaseLink, LinkKind
from app.domain import phone_numbers
from app.domain.cases import CaseRow
from app.domain.tasks import TaskRow, TaskStatus
from ui.objects.link_words import link_words
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Scroll, Surface, hairline
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Notice
from ui.widgets.pill import Avatar
from ui.widgets.row_button import RowButton
from ui.widgets.text import Elided, Text
from ui.widgets.wording import clock, day_and_clock, state_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

WIDTH = 300


class CustomerPanel(Surface):
    """The column at the right of a case."""

    case_opened = Signal(object)
    dialled = Signal(str)
    unlink_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("surface")
        self.setFixedWidth(WIDTH)
        self._scroll = Scroll(gap=10, margins=(16, 16, 16, 16))
        self.setLayout(column(self._scroll, gap=0))

    def show_file(
        self,
        file: CaseFile,
        region: str,
        now: datetime,
        facts: tuple[tuple[str, str], ...] = (),
        links: tuple[CaseLink, ...] = (),
    ) -> None:
        """Show the customer of a case, what its form says, and the cases that it hangs together with."""
        clear(self._scroll.column)
        customer = file.customer
        name = column(Elided(customer.name, Type.HEADING), gap=1)
        if customer.organisation and customer.organisation != customer.name:
            name.addWidget(Elided(customer.organisation, Type.BODY, "text2"))
        else:
            name.addWidget(Elided(self.tr("Account {0}").format(customer.account_number), Type.SMALL, "text2"))
        head = row(Avatar(customer.name, 40), name, gap=12)
        head.setStretch(1, 1)
        add = self._scroll.column.addWidget
        self._scroll.column.addLayout(head)
        add(hairline())
        for number in customer.phones:
            self._number(phone_numbers.display(number.e164, region), number.label, number.e164)
        for email in customer.emails:
            self._line("mail", email.address, email.label)
        for address in customer.addresses[:1]:
            self._line("map-pin", ", ".join(address.lines.split("\n")), "")
        self._line("clock", self.tr("{0} at the customer’s").format(clock(now, customer.time_zone)), "")
        if customer.do_not_call:
            add(Notice(self.tr("Do not call this customer."), Tone.BAD, "phone-off"))
        elif customer.call_from:
            hours = self.tr("Call between {0} and {1}.").format(customer.call_from, customer.call_until)
            add(Notice(hours, Tone.WARN, "clock"))
        if customer.pinned_note:
            self._heading(self.tr("Pinned note"))
            add(Text(customer.pinned_note, wrap=True))
        self._tasks(file.tasks, now)
        self._facts(facts)
        self._links(links)
        self._cases(file.other_cases)
        self._scroll.column.addStretch(1)

    def _heading(self, text: str) -> None:
        self._scroll.column.addSpacing(6)
        self._scroll.column.addWidget(Text(text, Type.STRONG))

    def _line(self, icon: str, text: str, label: str) -> None:
        parts: list[QWidget] = [Icon(icon, "text2"), Elided(text)]
        if label:
            parts.append(Text(label, Type.SMALL, "text3"))
        line = row(*parts, gap=10)
        line.setStretch(1, 1)
        self._scroll.column.addLayout(line)

    def _number(self, shown: str, label: str, e164: str) -> None:
        """A number is a button: pressing it calls."""
        button = Button(shown, icon="phone", role=Role.LINK)
        button.setToolTip(self.tr("Call {0}").replace("{0}", shown))
        button.clicked.connect(lambda: self.dialled.emit(e164))
        self._scroll.column.addLayout(row(button, STRETCH, Text(label, Type.SMALL, "text3")))

    def _tasks(self, tasks: tuple[TaskRow, ...], now: datetime) -> None:
        waiting = [one for one in tasks if one.task.status is TaskStatus.PLANNED]
        if not waiting:
            return
        self._heading(self.tr("Tasks and reminders"))
        for one in waiting:
            due = one.task.due_at
            late = due is not None and due < now
            when = day_and_clock(due, now) if due else self.tr("no date")
            icon = "alarm-clock" if one.task.remind_at else "circle"
            tone = "bad" if late else "warn" if one.task.remind_at else "text2"
            words = self.tr("late: {0}").format(when) if late else when
            self._scroll.column.addWidget(RowButton(icon, one.task.title, words, tint=tone, still=True))

    def _facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        if facts:
            self._heading(self.tr("Case"))
        for label, value in facts:
            said = Text(value, wrap=True)
            self._scroll.column.addLayout(column(Text(label, Type.SMALL, "text2"), said, gap=0))

    def _links(self, links: tuple[CaseLink, ...]) -> None:
        if links:
            self._heading(self.tr("Linked cases"))
        for link in links:
            words = link_words(link)
            if link.number is None:
                self._scroll.column.addWidget(RowButton("lock", self.tr("not yours to see"), words, still=True))
                continue
            button = RowButton("link", link.subject, f"{link.number} · {words}", tint="accent")
            button.clicked.connect(lambda _, id_=link.other_id: self.case_opened.emit(id_))
            if link.kind is not LinkKind.RELATED:  # what came of a case belongs to it for good
                self._scroll.column.addWidget(button)
                continue
            unlink = IconButton(self.tr("Take the link with {0} away").replace("{0}", str(link.number)), "x", size=28)
            unlink.clicked.connect(lambda _, id_=link.other_id: self.unlink_asked.emit(id_))
            line = row(button, unlink, gap=4)
            line.setStretch(0, 1)
            self._scroll.column.addLayout(line)

    def _cases(self, cases: tuple[CaseRow, ...]) -> None:
        if not cases:
            return
        self._heading(self.tr("Other cases"))
        for case in cases:
            state, _ = state_words(case.category, case.state_name, case.state_key, case.state_colour)
            button = RowButton("ticket", case.subject, f"{case.number} · {state}", tint="accent")
            button.clicked.connect(lambda _, id_=case.id: self.case_opened.emit(id_))
            self._scroll.column.addWidget(button)
