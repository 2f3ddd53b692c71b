"""A call without a case: its caller's customers and cases to choose from, a new one, and the note that is typed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.caller import Caller, CallerState, CaseRow, CustomerHit
from app.desk.calls import LiveCalls
from app.desk.commands import CommandRegistry
from app.desk.live_calls import LiveCallsState
from ui.theme.fonts import Type
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Scroll, hairline
from ui.widgets.icon import Icon
from ui.widgets.inputs import SearchLine, TextArea
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.row_button import RowButton
from ui.widgets.text import Elided, Text
from ui.widgets.wording import state_words


class CallerPage(QWidget):
    """Beside the work while nobody knows what the call is about; closing it leaves the call without a case."""

    case_wanted = Signal(object)
    customer_wanted = Signal(str)

    def __init__(
        self, presenter: Caller, calls: LiveCalls, commands: CommandRegistry, can_create: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._presenter, self._can_create = presenter, can_create
        self._shown: CallerState | None = None
        self._who = Elided("", Type.SMALL, "text2")
        self._search = SearchLine(self.tr("Another customer: name, number, account"))
        self._found = Scroll(gap=6, margins=(16, 4, 16, 8))
        self._new_case = Button(self.tr("New case"), icon="plus", key=commands.key("case.new"), height=36)
        self._new_customer = Button(self.tr("New customer"), icon="user-plus", height=36)
        self.note = TextArea(self.tr("Write what is said…"), lines=3, most_lines=6)
        self.note.setAccessibleName(self.tr("Note of the call"))
        leave = IconButton(self.tr("No case"), "x")
        title = Text(self.tr("What is the call about?"), Type.HEADING)
        head = row(Icon("ticket", "accent"), title, STRETCH, leave, margins=(16, 10, 10, 0))
        top = column(self._who, self._search, gap=8, margins=(16, 4, 16, 4))
        asked = column(
            Text(self.tr("Note of the call"), Type.LABEL, "text2"), self.note, gap=5, margins=(16, 10, 16, 4)
        )
        acts = row(self._new_case.fill_width(), self._new_customer.fill_width())
        foot = column(acts, gap=8, margins=(16, 8, 16, 14))
        whole = column(head, top, gap=0)
        whole.addWidget(self._found, 1)
        whole.addWidget(hairline())
        whole.addLayout(asked)
        whole.addLayout(foot)
        self.setLayout(whole)
        self._search.textEdited.connect(presenter.search)
        self.note.textChanged.connect(lambda: calls.type_note(self.note.toPlainText()))
        leave.clicked.connect(presenter.no_case)
        self._new_case.clicked.connect(lambda: self.case_wanted.emit(presenter.state.chosen))
        self._new_customer.clicked.connect(self._want_customer)

    def render_state(self, state: CallerState, calls: LiveCallsState) -> None:
        """Show who may be calling and what is open for her."""
        self.note.blockSignals(True)
        self.note.show_text(calls.note)
        self.note.blockSignals(False)
        self._new_customer.setVisible(self._can_create())
        if state == self._shown or state.call is None:
            return
        self._shown = state
        self._who.setText(calls.shown(state.call.caller_number))
        clear(self._found.column)
        self._found.column.addWidget(Text(self._heading(state), Type.LABEL, "text2", wrap=True))
        for hit in state.found:
            self._found.column.addWidget(self._customer(hit, state))
            if hit == state.chosen:
                for case in state.cases:
                    self._found.column.addWidget(self._case(case))
                if not state.cases:
                    self._found.column.addWidget(Text(self.tr("No open case."), Type.SMALL, "text3"))
        self._found.column.addStretch(1)

    def _heading(self, state: CallerState) -> str:
        if state.searched:
            return self.tr("Found") if state.found else self.tr("Nobody of this name or number.")
        if not state.found:
            return self.tr("Nobody has this number yet.")
        if len(state.found) == 1:
            return self.tr("One customer has this number")
        return self.tr("%n customers share this number", "", len(state.found))

    def _customer(self, hit: CustomerHit, state: CallerState) -> QWidget:
        firm = hit.organisation if hit.organisation != hit.name else ""
        second = " · ".join(part for part in (firm, hit.account_number) if part)
        button = RowButton("user", hit.name, second, tint="accent" if hit == state.chosen else "text2")
        button.clicked.connect(lambda: self._presenter.choose(hit))
        return button

    def _case(self, case: CaseRow) -> QWidget:
        words, _ = state_words(case.category, case.state_name, case.state_key, case.state_colour)
        button = RowButton("ticket", case.subject, f"#{case.number} · {words} · {case.team_name}", tint="accent")
        button.clicked.connect(lambda: self._presenter.attach(case.id))
        inset = QWidget()
        inset.setLayout(row(24, button))
        return inset

    def _want_customer(self) -> None:
        call = self._presenter.state.call
        self.customer_wanted.emit(call.caller_number if call is not None else "")
