"""Manage › Automations: the list in its order, one of them open in three numbered parts, the evidence beside them."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.desk.automations import Automation, AutomationOnPage, Automations, AutomationsState
from ui.administration.ask_change import AskChange
from ui.administration.automation_evidence import Evidence
from ui.administration.automation_parts import ActionsPart, ObjectsPart, TriggerPart
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.automation_words import name_words, owner_words, problem_words, when_words
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Segmented
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner, Notice
from ui.widgets.pill import Pill
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Elided, Text
from ui.widgets.typography import named
from ui.widgets.wording import day_and_clock, say

LIST_WIDTH, TWO_COLUMNS = 262, 760


class AutomationsPage(Surface):
    """The list at the left; head, parts and evidence at the right."""

    case_opened = Signal(object)

    def __init__(self, presenter: Automations, now: Callable[[], datetime]) -> None:
        super().__init__("bg")
        self._presenter, self._now = presenter, now
        self._head = _Head(presenter)
        self._objects, self._trigger, self._actions = (
            ObjectsPart(presenter),
            TriggerPart(presenter),
            ActionsPart(presenter),
        )
        self._asks = _Asks(presenter)
        self._evidence = Evidence(presenter, now)
        self._evidence.case_opened.connect(self.case_opened)
        self._lately = Text("", Type.SMALL, "text2", wrap=True)
        self._parts = parts = QWidget()
        parts.setLayout(column(self._asks, self._objects, self._trigger, self._actions, self._lately, STRETCH, gap=12))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(parts, 4)
        self._columns.addWidget(self._evidence, 6)
        self._side = Segmented(
            (("parts", self.tr("Parts"), ""), ("evidence", self.tr("Time machine"), "history")),
            self.tr("What is shown"),
        )
        self._side.picked.connect(self.show_side)
        self._shown = "parts"
        both = QWidget()
        both.setLayout(self._columns)
        self._body = Scroll(both, margins=(16, 12, 16, 16))
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._trouble = Notice("", Tone.BAD, "triangle-alert", title=self.tr("It does not run, or not wholly."))
        self._told = Banner(Tone.OK, "circle-check")
        notices = column(self._trouble, margins=(16, 8, 16, 0))
        right = column(self._head, hairline("hairline"), self._error, self._told, gap=0)
        right.addLayout(notices)
        self._choice = QWidget()
        self._choice.setLayout(row(self._side, STRETCH, margins=(16, 10, 16, 0)))
        right.addWidget(self._choice)
        right.addWidget(self._body, 1)
        whole = row(_List(presenter), hairline("hairline", vertical=True), gap=0)
        whole.addLayout(right, 1)
        self.setLayout(whole)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def save(self) -> None:
        """Keep the open automation as it stands."""
        self._presenter.save()

    def render_state(self, state: AutomationsState) -> None:
        """Show the open one and its evidence."""
        one = state.edited
        if state.directory is None or one is None:
            self._body.setVisible(False)
            return
        self._body.setVisible(True)
        self._head.show_state(state, one)
        self._objects.show_state(state, one)
        self._trigger.show_state(state, one)
        self._actions.show_state(state, one)
        self._asks.show_state(state, self._now())
        self._evidence.show_state(state)
        self._lately.setText(self._lately_words(state))
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._told.show_text(say(state.told) if state.told is not None else "")
        said = tuple(dict.fromkeys(problem_words(problem, state.known) for problem in state.problems))
        self._trouble.setVisible(bool(said) and (one.active or state.stored is not None))
        self._trouble.text.setText(escape(" ".join(said)))

    def _lately_words(self, state: AutomationsState) -> str:
        guard = self.tr("Runs once per event, at most 20 times an hour on one case.")
        if state.row is None:
            return guard
        figures = self.tr("In 30 days: {0} done, {1} failed, {2} stopped by this guard.")
        for at, number in enumerate((state.row.done, state.row.failed, state.row.stopped)):
            figures = figures.replace(f"{{{at}}}", QLocale().toString(number))
        return f"{guard} {figures}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self._presenter.run_replay()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_side(self._shown)

    def show_side(self, side: str) -> None:
        """Both where there is room for both, else one at a time."""
        self._shown = side
        wide = self.width() - theme().px(LIST_WIDTH) >= theme().px(TWO_COLUMNS)
        self._choice.setVisible(not wide)
        self._side.show_choice(side)
        self._parts.setVisible(wide or side == "parts")
        self._evidence.setVisible(wide or side == "evidence")

    def event(self, event: QEvent) -> bool:
        # F5 replays here, whatever of the page has the focus; elsewhere it is the keypad's.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F5
        ):
            event.accept()
            return True
        return super().event(event)


class _List(Surface):
    """All automations in their order."""

    def __init__(self, presenter: Automations) -> None:
        self._presenter = presenter
        self._new = Button(self.tr("New"), icon="plus", role=Role.PRIMARY)
        self._new.clicked.connect(lambda _: presenter.new())
        columns = (Column("", 0.32), Column(self.tr("Automation"), 2.85), Column(self.tr("30 d"), 0.65, figures=True))
        self._table: Table[AutomationOnPage] = Table(
            self.tr("Automations, in their order"), columns, lambda one: one.automation.id, self._cells,
            self.tr("No automation: nothing happens by itself."),
        )  # fmt: skip
        self._table.chosen.connect(self._open)
        up, down = IconButton(self.tr("Move up"), "chevron-up"), IconButton(self.tr("Move down"), "chevron-down")
        up.clicked.connect(lambda: presenter.move(-1))
        down.clicked.connect(lambda: presenter.move(1))
        head = row(Text(self.tr("Automations"), Type.HEADING), STRETCH, self._new, margins=(16, 14, 12, 8))
        told = Text(self.tr("All that match act, in this order."), Type.SMALL, "text2", wrap=True)
        whole = column(head, column(told, margins=(16, 0, 14, 6)), gap=0)
        whole.addWidget(self._table, 1)
        self._foot = QWidget()
        self._foot.setLayout(column(hairline("hairline"), row(up, down, STRETCH, margins=(12, 8, 12, 10)), gap=0))
        whole.addWidget(self._foot)
        super().__init__("surface", whole)
        self.setFixedWidth(theme().px(LIST_WIDTH))
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: AutomationsState) -> None:
        """Show it."""
        self._table.show_rows(state.rows, state.stored.id if state.stored is not None else None)
        self._new.setVisible(state.may_make_global or bool(state.led_teams))
        self._foot.setVisible(state.may_edit and state.stored is not None)

    def _open(self, automation_id: object) -> None:
        self._presenter.open(automation_id)  # type: ignore[arg-type]
        self.render_state(self._presenter.state)

    def _cells(self, row_: AutomationOnPage) -> Cells:
        one = row_.automation
        wrong = self._presenter.state.in_trouble(row_)
        icon = "triangle-alert" if wrong and one.active else "circle-check" if one.active else "circle"
        ink = "bad" if wrong and one.active else "text" if one.active else "text2"
        return (
            Cell("", ink, icon=icon),
            Cell(name_words(one.name, one.shipped), "text" if one.active else "text2", Type.MEDIUM),
            Cell(str(row_.done) if row_.done else "", "text2"),
        )


class _Head(QWidget):
    """The name, how it stands and whose it is; what can be done with the whole."""

    def __init__(self, presenter: Automations) -> None:
        super().__init__()
        self._presenter = presenter
        self._title, self._state, self._owner = Elided("", Type.TITLE), Pill(""), Pill("")
        self._lock = Pill(self.tr("locked"), Tone.NEUTRAL, "lock")
        self._when = Elided("", Type.SMALL, "text2")
        self._copy = IconButton(self.tr("Copy"), "copy")
        self._remove = IconButton(self.tr("Remove"), "x")
        self._ask = Button(self.tr("Ask for a change"), icon="message-circle")
        self._discard, self._save = Button(self.tr("Discard")), Button(self.tr("Save, keep off"))
        self._on = Button(self.tr("Switch on"), icon="zap", role=Role.PRIMARY)
        self._copy.clicked.connect(presenter.copy)
        self._remove.clicked.connect(presenter.remove)
        self._discard.clicked.connect(presenter.discard)
        self._save.clicked.connect(lambda: presenter.save(active=False))
        self._on.clicked.connect(self._switch)
        self._ask.clicked.connect(self._ask_change)
        line = row(self._title, self._state, self._owner, self._lock, gap=8)
        line.setStretch(0, 1)
        buttons = (self._copy, self._remove, self._ask, self._discard, self._save, self._on)
        acts = row(self._when, *buttons, gap=8)
        acts.setStretch(0, 1)
        self.setLayout(column(line, acts, gap=4, margins=(16, 12, 16, 10)))

    def show_state(self, state: AutomationsState, one: Automation) -> None:
        """Show it."""
        self._title.setText(name_words(one.name, one.shipped) or self.tr("New automation"))
        self._when.setText(when_words(one.when, state.known))
        active = state.stored is not None and state.stored.active
        words = self.tr("on") if active else self.tr("off")
        unsaved = self.tr("{0}, not saved").replace("{0}", words)
        tone = Tone.WARN if state.changed else Tone.OK if active else Tone.NEUTRAL
        self._state.show_state(unsaved if state.changed else words, tone)
        self._owner.show_state(owner_words(one, state.directory), Tone.VIOLET if one.team_id else Tone.NEUTRAL)
        may = state.may_edit
        self._lock.setVisible(not may)
        self._ask.setVisible(not may and state.stored is not None)
        # While something is not saved, what would be done with the whole makes room for it.
        self._copy.setVisible(not state.changed and (state.may_make_global or bool(state.led_teams)))
        self._remove.setVisible(may and (not state.changed or state.stored is None))
        self._on.setVisible(may)
        self._discard.setVisible(state.changed)
        self._save.setVisible(may and state.changed)
        self._on.set_label(self._on_words(state, active=active))
        self._on.set_role(Role.PLAIN if active and not state.changed else Role.PRIMARY)

    def _on_words(self, state: AutomationsState, *, active: bool) -> str:
        if state.changed:
            return self.tr("Save and switch on") if not active else self.tr("Save, keep on")
        return self.tr("Switch off") if active else self.tr("Switch on")

    def _switch(self) -> None:
        if self._presenter.state.changed:
            self._presenter.save(active=True)
        else:
            self._presenter.switch()

    def _ask_change(self) -> None:
        AskChange(self.window(), self._presenter.ask_change).open()


class _Asks(Card):
    """Changes that colleagues ask for; the owners mark them as done."""

    def __init__(self, presenter: Automations) -> None:
        super().__init__(self.tr("Asked for"), gap=6)
        self._presenter = presenter
        self._lines: list[tuple[Text, Button]] = []
        self._box = column(gap=6)
        self.body.addLayout(self._box)

    def show_state(self, state: AutomationsState, now: datetime) -> None:
        """Show them."""
        asks = state.row.asks if state.row is not None else ()
        self.setVisible(bool(asks))
        while len(self._lines) < len(asks):
            at = len(self._lines)
            words, done = Text("", Type.BODY, "text", wrap=True), Button(self.tr("Done"), icon="check", height=28)
            done.clicked.connect(lambda _, at=at: self._answer(at))
            line = row(words, done, gap=8)
            line.setStretch(0, 1)
            self._box.addLayout(line)
            self._lines.append((words, done))
        for at, (words, done) in enumerate(self._lines):
            words.setVisible(at < len(asks))
            done.setVisible(at < len(asks) and state.may_edit)
            if at < len(asks):
                words.setText(named(f"{asks[at].by} · {day_and_clock(asks[at].at, now)}", asks[at].said))

    def _answer(self, at: int) -> None:
        row_ = self._presenter.state.row
        if row_ is not None and at < len(row_.asks):
            self._presenter.answer_change(row_.asks[at].id)
