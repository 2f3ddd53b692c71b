"""My calls as one screen: a table of the latest, the chosen call beside it, and one key that calls back."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from app.desk.call_log import CallLog, CallLogState, CallsOf, CallView
from ui.call_log.words import facts, other_side, outcome_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.card import Card, Surface, hairline
from ui.widgets.choice import Segmented
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner
from ui.widgets.pill import Avatar, Pill
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Elided, Text
from ui.widgets.wording import day_and_clock, duration, say

PANEL = 336


class CallLogView(Surface):
    """Renders the list; Enter or the button calls the other side back."""

    call_wanted = Signal(object)
    case_opened = Signal(object)
    customer_opened = Signal(object)

    def __init__(self, presenter: CallLog, now: Callable[[], datetime]) -> None:
        super().__init__("bg")
        self._presenter, self._now = presenter, now
        self._kinds = Segmented(
            (
                (CallsOf.MINE, self.tr("Mine"), "user"),
                (CallsOf.MISSED, self.tr("Missed"), "phone-missed"),
                (CallsOf.ALL, self.tr("All of my teams"), "users"),
            ),
            self.tr("Which calls"),
        )
        self._kinds.picked.connect(presenter.choose_kind)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self.table: Table[CallView] = Table(
            self.tr("My calls"),
            (
                Column(self.tr("When"), 1.5), Column(self.tr("Who"), 2.2), Column(self.tr("Team"), 1.6),
                Column(self.tr("Result"), 1.5), Column(self.tr("Talked"), 0.8, figures=True),
            ),
            lambda call: call.id, self._cells, self.tr("No call here yet."),
        )  # fmt: skip
        self.table.chosen.connect(presenter.choose)
        self.table.opened.connect(lambda _: self._call_back())
        self._more = Button(self.tr("Older calls"), icon="chevron-down", role=Role.GHOST)
        self._more.clicked.connect(presenter.more)
        head = row(Text(self.tr("My calls"), Type.TITLE), STRETCH, self._kinds, margins=(20, 12, 20, 10))
        card = Card(margins=(0, 6, 0, 6))
        card.body.addWidget(self.table, 1)
        card.body.addLayout(row(STRETCH, self._more, STRETCH))
        body = row(gap=14, margins=(20, 0, 20, 16))
        body.addWidget(card, 1)
        body.addWidget(self._side())
        whole = column(head, self._error, gap=0)
        whole.addLayout(body, 1)
        self.setLayout(whole)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: CallLogState) -> None:
        """Show the list and the chosen call."""
        self._kinds.show_choice(state.of)
        self.table.show_rows(state.calls, state.chosen)
        self._more.setVisible(not state.complete)
        self._error.show_text(say(state.error) if state.error is not None else "")
        call = state.call
        self._detail.setVisible(call is not None)
        self._hint.setVisible(call is None)
        if call is None:
            return
        name, number = other_side(call, state.region)
        self._face.show_name(name)
        self._name.setText(name)
        self._number.setText(number if number != name else "")
        words, tone, icon = outcome_words(call)
        self._outcome.show_state(words, tone, icon)
        clear(self._facts)
        for label, value in facts(call, self._now()):
            self._facts.addLayout(
                row(Text(label, Type.SMALL, "text2"), STRETCH, Text(value, Type.MEDIUM, tabular=True))
            )
        self._case.setVisible(call.case_id is not None)
        self._case.set_label(self.tr("Open case {0}").replace("{0}", str(call.case_number or "")))
        self._customer.setVisible(call.customer_id is not None)
        self._back.setEnabled(bool(call.caller_number))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.list.setFocus()

    def _side(self) -> Surface:
        self._face, self._name = Avatar("?", 40), Elided("", Type.HEADING)
        self._number = Elided("", Type.SMALL, "text2")
        self._outcome = Pill("")
        self._facts = column(gap=8)
        self._back = Button(self.tr("Call back"), icon="phone", key="Return", role=Role.PRIMARY, height=36)
        self._back.clicked.connect(self._call_back)
        self._case = Button("", icon="ticket", height=34)
        self._case.clicked.connect(self._open_case)
        self._customer = Button(self.tr("Open the customer"), icon="user", height=34)
        self._customer.clicked.connect(self._open_customer)
        who = row(self._face, gap=12)
        who.addLayout(column(self._name, self._number, gap=0), 1)
        self._detail = Surface("card")
        self._detail.setLayout(column(
            who, row(self._outcome, STRETCH), hairline(), self._facts, STRETCH, self._back.fill_width(),
            self._case.fill_width(), self._customer.fill_width(), gap=12, margins=(16, 14, 16, 14),
        ))  # fmt: skip
        self._hint = Surface("card")
        hint = Text(self.tr("Choose a call to see it here. Enter calls back."), Type.BODY, "text2", wrap=True)
        self._hint.setLayout(column(hint, STRETCH, margins=(16, 14, 16, 14)))
        side = Surface("bg", column(self._detail, self._hint, gap=0))
        side.setFixedWidth(theme().px(PANEL))
        return side

    def _cells(self, call: CallView) -> Cells:
        words, tone, icon = outcome_words(call)
        ink = "text2" if tone is Tone.NEUTRAL else tone.value
        talked = (call.ended_at - call.answered_at).total_seconds() if call.ended_at and call.answered_at else None
        name, _ = other_side(call, self._presenter.state.region)
        way = "phone-forwarded" if call.direction == "out" else "phone"
        return (
            Cell(day_and_clock(call.started_at, self._now()), "text2", icon=way),
            Cell(name, type_=Type.STRONG),
            Cell(call.team_name),
            Cell(words, ink, Type.LABEL, icon),
            Cell(duration(talked) if talked is not None else "", type_=Type.MEDIUM),
        )

    def _call_back(self) -> None:
        call = self._presenter.state.call
        if call is not None and call.caller_number:
            self.call_wanted.emit(call)

    def _open_case(self) -> None:
        call = self._presenter.state.call
        if call is not None and call.case_id is not None:
            self.case_opened.emit(call.case_id)

    def _open_customer(self) -> None:
        call = self._presenter.state.call
        if call is not None and call.customer_id is not None:
            self.customer_opened.emit(call.customer_id)
