"""After a call: its result, its note and the call that was promised; filing it makes the agent available again."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls
from app.desk.commands import CommandRegistry
from app.desk.live_calls import LiveCallsState
from app.desk.wrap_up import WrapUp, WrapUpState
from ui.softphone.results import Results, result_words
from ui.theme.fonts import Type
from ui.widgets.button import Button, Role
from ui.widgets.card import Surface, hairline
from ui.widgets.icon import Icon, KeyCap
from ui.widgets.inputs import TextArea
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.pill import Chip
from ui.widgets.text import Elided, Text
from ui.widgets.wording import clock, duration, wall_time


class WrapUpPage(QWidget):
    """Shown while the result of a call is still to be told; it never takes the keyboard by itself."""

    not_ready = Signal()

    def __init__(
        self, presenter: WrapUp, calls: LiveCalls, commands: CommandRegistry, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._presenter, self._now = presenter, now
        self._left_words, self._left = Text("", Type.SMALL, "text2"), Text("", Type.HEADING, "warn", tabular=True)
        self._who = Elided("", Type.SMALL, "text2")
        self.results = Results()
        self._note = _Note(self.tr("Write what was said and done…"), lines=3, most_lines=8)
        self._note.setAccessibleName(self.tr("Note"))
        self._where = Text("", Type.LABEL, "text2")
        self._times = row(gap=6)
        self._promise = Text("", Type.SMALL, "text2", wrap=True)
        self._back = Surface("sunk")
        title = row(Icon("alarm-clock", "warn"), Text(self.tr("Call back"), Type.STRONG), STRETCH)
        self._back.setLayout(column(title, self._times, self._promise, gap=8, margins=(12, 10, 12, 10)))
        self._file = Button("", icon="check", key="Ctrl+Return", role=Role.PRIMARY, height=40)
        self._rest = Button(self.tr("Not ready"), icon="pause", height=36)
        head = row(
            Icon("clipboard-check", "warn"),
            Text(self.tr("Wrap-up"), Type.HEADING),
            STRETCH,
            self._left_words,
            self._left,
        )
        asked = row(
            Text(self.tr("Result of the call"), Type.LABEL, "text2"), STRETCH, KeyCap(commands.key("call.wrap_up"))
        )
        body = column(
            head, self._who, asked, self.results, self._where, self._note, self._back, gap=8, margins=(16, 14, 16, 14)
        )
        foot = column(self._file.fill_width(), self._rest.fill_width(), gap=8, margins=(16, 12, 16, 14))
        self.setLayout(column(body, hairline(), foot, STRETCH, gap=0))
        self._note.textChanged.connect(lambda: calls.type_note(self._note.toPlainText()))
        self._note.filed.connect(presenter.file)
        self.results.chosen.connect(presenter.choose)
        self.results.typed.connect(lambda typed: presenter.choose_by(typed, result_words))
        self.results.entered.connect(presenter.file)
        self._file.clicked.connect(presenter.file)
        self._rest.clicked.connect(self.not_ready)
        commands.bind("call.wrap_up", self.results.take_focus, lambda: presenter.state.call is not None)

    def render_state(self, state: WrapUpState, calls: LiveCallsState) -> None:
        """Show the call that is to be filed."""
        call = state.call
        if call is None:
            return
        parts = [calls.name(call), f"#{call.case_number}" if call.case_number else self.tr("no case")]
        self._who.setText(" · ".join(parts))
        self.results.show_results(state.results, state.chosen)
        self._note.blockSignals(True)
        self._note.show_text(calls.note)
        self._note.blockSignals(False)
        on_case = self.tr("Follow-up on the case")
        self._where.setText(on_case if call.case_id else self.tr("Note, kept as a task of the customer"))
        self._back.setVisible(state.calls_back)
        if state.calls_back:
            self._show_times(state)
        self._file.setEnabled(state.may_file)
        self._file.set_label(self.tr("Save and be available") if state.may_file else self.tr("Choose a result first"))
        self.tick()

    def tick(self) -> None:
        """Count down to being available."""
        until = self._presenter.state.until_at
        self._left.setVisible(until is not None)
        self._left_words.setText(self.tr("available in") if until is not None else "")
        if until is not None:
            self._left.setText(duration((until - self._now()).total_seconds()))

    def _show_times(self, state: WrapUpState) -> None:
        clear(self._times)
        for at in state.times:
            chip = Chip(wall_time(at, self._now()))
            chip.setChecked(at == state.back_at)
            chip.clicked.connect(lambda _=False, at=at: self._presenter.call_back(at))
            self._times.addWidget(chip)
        self._times.addStretch(1)
        if state.back_at is not None:
            when = clock(state.back_at.replace(tzinfo=None).astimezone())
            words = self.tr("A reminder rings for you 5 minutes before {0}; if you are away, for your team.")
            self._promise.setText(words.replace("{0}", when))


class _Note(TextArea):
    filed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.filed.emit()
        else:
            super().keyPressEvent(event)
