"""Manage › Mail ledger: every message with its one fate, the counter, and the raw bytes of what was kept back."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.desk.mail_ledger import LedgerLine, MailboxCount, MailLedger, MailLedgerState
from ui.administration.mail_words import fate_words, reason_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.card import Card, Surface, hairline
from ui.widgets.combo import Combo
from ui.widgets.icon import Icon
from ui.widgets.inputs import SearchLine
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner
from ui.widgets.options import Option
from ui.widgets.pill import Pill
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Elided, Text
from ui.widgets.typography import named
from ui.widgets.wording import ago, day_and_clock, say

SIDE_WIDTH, TEAM_WIDTH = 350, 240
_ALL = "all"
FATES = ("case", "follow_up", "ignored", "quarantined", "auto_reply", "bounce", "own_loop", "unparseable", "waiting")


class MailLedgerPage(Surface):
    """A team's ledger."""

    case_opened = Signal(object)

    def __init__(self, presenter: MailLedger, now: Callable[[], datetime]) -> None:
        super().__init__("bg")
        self._presenter, self._now = presenter, now
        self._team, self._fate = Combo(), Combo()
        self._team.setAccessibleName(self.tr("Team"))
        self._fate.setAccessibleName(self.tr("Fate"))
        self._team.setFixedWidth(theme().px(TEAM_WIDTH))
        self._fate.setFixedWidth(theme().px(TEAM_WIDTH - 40))
        self._team.picked.connect(presenter.choose_team)
        self._fate.picked.connect(lambda fate: presenter.look_for(fate=None if fate == _ALL else fate))
        self._words = SearchLine(self.tr("Sender, subject, Message-ID"))
        self._words.textEdited.connect(lambda text: presenter.look_for(words=text))
        self._counts = column(gap=10)
        counter = Card(self.tr("Mailbox = ledger"), gap=10)
        counter.body.addLayout(self._counts)
        self._figures = Text("", Type.SMALL, "text2", wrap=True)
        counter.body.addWidget(self._figures)
        columns = (
            Column(self.tr("Time"), 1.4), Column(self.tr("Sender"), 1.7), Column(self.tr("Subject"), 1.8),
            Column(self.tr("Fate"), 1.5),
        )  # fmt: skip
        self._table: Table[LedgerLine] = Table(
            self.tr("Every message, one fate"), columns, lambda line: line.id, self._cells,
            self.tr("No message is like that."), presenter.more,
        )  # fmt: skip
        self._table.chosen.connect(presenter.open)
        lines = Card(margins=(0, 8, 0, 0), gap=6)
        lines.body.addLayout(row(self._words, self._fate, margins=(14, 4, 14, 0)))
        lines.body.addWidget(self._table, 1)
        left = column(counter, gap=16, margins=(24, 16, 16, 16))
        left.addWidget(lines, 1)
        self._error = Banner(Tone.BAD, "triangle-alert")
        head = row(Text(self.tr("Mail ledger"), Type.TITLE), STRETCH, self._team, margins=(24, 12, 24, 8))
        self._side = _Message(presenter, self)
        self._side.setFixedWidth(theme().px(SIDE_WIDTH))
        body = row(gap=0)
        body.addLayout(left, 1)
        body.addWidget(hairline("hairline", vertical=True))
        body.addWidget(self._side)
        whole = column(Surface("surface", head), hairline("hairline"), self._error, gap=0)
        whole.addLayout(body, 1)
        self.setLayout(whole)
        self._shown: tuple[object, ...] | None = None
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: MailLedgerState) -> None:
        """Show figures, lines and the open message."""
        if state.directory is None:
            return
        numbered = sorted((t for t in state.directory.teams if not t.is_sub_team), key=lambda t: t.name.casefold())
        self._team.show_options(tuple(Option(team.id, team.name, "", team.icon) for team in numbered), state.team)
        figures = state.by_fate()
        options = [Option(_ALL, self.tr("All"), _figure(sum(figures.values())))]
        options += [Option(fate, fate_words(fate)[0], _figure(figures[fate])) for fate in FATES if figures.get(fate)]
        wanted = state.search.fate if state.search is not None else None
        self._fate.show_options(tuple(options), wanted or _ALL)
        self._figures.setText(
            " · ".join(f"{fate_words(fate)[0]} {_figure(figures[fate])}" for fate in FATES if figures.get(fate))
        )
        self._figures.setVisible(bool(figures))
        self._table.show_rows(state.lines, state.open_id, complete=state.complete)
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._side.show_state(state)
        if self._shown != (state.counts, state.may_act):
            self._shown = (state.counts, state.may_act)
            self._show_counts(state)

    def _show_counts(self, state: MailLedgerState) -> None:
        clear(self._counts)
        for count in state.counts:
            self._counts.addWidget(self._count_line(count, may=state.may_act))
        if not state.counts:
            nothing = (
                self.tr("This team has no mailbox.") if state.may_act else self.tr("The team’s lead sees the counter.")
            )
            self._counts.addWidget(Text(nothing, Type.BODY, "text2", wrap=True))

    def _count_line(self, count: MailboxCount, *, may: bool) -> QWidget:
        said, tone, icon = self._compared(count)
        again = Button(self.tr("Count again"), icon="rotate-cw")
        again.setEnabled(not count.waiting)
        if not may:
            again.hide()
        again.clicked.connect(lambda: self._presenter.count_again(count.mailbox_id))
        figures = Text(_figure(count.total), Type.TITLE, tabular=True)
        if count.counted is not None and not count.counted.said:
            sign = "=" if count.counted.equal else "≠"
            figures.setText(f"{_figure(count.counted.on_server)} {sign} {_figure(count.counted.in_ledger)}")
        figures.setAccessibleName(named(count.address, f"{figures.text()}, {said}"))
        line = QWidget()
        names = column(Elided(count.address, Type.STRONG), Text(said, Type.SMALL, tone, wrap=True), gap=2)
        laid = row(figures, Icon(icon, tone), names, again, gap=12)
        laid.setStretch(2, 1)
        line.setLayout(laid)
        return line

    def _compared(self, count: MailboxCount) -> tuple[str, str, str]:
        """What the last comparison says, its tone and icon."""
        if count.waiting:
            return self.tr("The hub counts…"), "text2", "hourglass"
        if count.counted is None or count.counted_at is None:
            return self.tr("In the ledger; not compared with the server yet."), "text2", "circle-question-mark"
        when = ago(count.counted_at, self._now())
        if count.counted.said:
            return self.tr("Not compared: {said}").format(said=count.counted.said), "bad", "triangle-alert"
        if count.counted.equal:
            return self.tr("All of the mailbox is in the ledger · {when}").format(when=when), "ok", "circle-check"
        missing = count.counted.on_server - count.counted.in_ledger
        told = self.tr("%n message(s) of the mailbox are not in the ledger", "", missing)
        return named(told, f"{', '.join(count.counted.missing[:3])} · {when}"), "bad", "triangle-alert"

    def _cells(self, line: LedgerLine) -> Cells:
        words, tone = fate_words(line.fate.value if line.fate is not None else None)
        if line.case_number is not None:
            words = f"{words} {line.case_number}"
        return (
            Cell(day_and_clock(line.arrived_at, self._now()), "text2"),
            Cell(line.sender or self.tr("(no sender)"), type_=Type.STRONG),
            Cell(line.subject or self.tr("(no subject)")),
            Cell(words, pill=tone),
        )


def _figure(count: int) -> str:
    return QLocale().toString(count)


class _Message(Surface):
    """The open message: why it has its fate, its bytes, and what can still become of it."""

    def __init__(self, presenter: MailLedger, page: MailLedgerPage) -> None:
        super().__init__("surface")
        self._page = page
        self._subject, self._fate = Elided("", Type.HEADING), Pill("")
        self._facts = tuple(Elided("", Type.SMALL, "text2") for _ in range(3))  # addresses have no place to wrap
        self._why = Text("", Type.BODY, wrap=True)
        self._raw = QPlainTextEdit()
        self._raw.setReadOnly(True)
        self._raw.setAccessibleName(self.tr("The message as it came"))
        self._raw.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._case = Button(self.tr("Open the case"), icon="ticket")
        self._make = Button(self.tr("Make a case"), icon="plus")
        self._replay = Button(self.tr("Read again"), icon="rotate-cw", role=Role.PRIMARY)
        self._make.clicked.connect(presenter.make_case)
        self._replay.clicked.connect(presenter.replay)
        self._case.clicked.connect(self._open_case)
        self._case_id: UUID | None = None
        self._told = Text(
            self.tr("Today’s parser reads the kept bytes; it never makes the same case twice."),
            Type.SMALL,
            "text2",
            wrap=True,
        )
        top = row(self._subject, self._fate, gap=8)
        top.setStretch(0, 1)
        layout = column(top, self._why, column(*self._facts, gap=0), gap=10, margins=(16, 16, 16, 16))
        layout.addWidget(self._raw, 1)
        layout.addWidget(self._told)
        layout.addLayout(row(self._case, STRETCH, self._make, self._replay))
        self.setLayout(layout)

    def show_state(self, state: MailLedgerState) -> None:
        """Show the open message, or nothing."""
        line = state.line
        self.setVisible(line is not None)
        if line is None:
            return
        self._subject.setText(line.subject or self.tr("(no subject)"))
        self._fate.show_state(*fate_words(line.fate.value if line.fate is not None else None))
        self._why.setText(reason_words(line.reason))
        self._why.setVisible(bool(line.reason))
        size = self.tr("%n byte(s)", "", line.size)
        sender = line.sender or self.tr("(no sender)")
        for shown, fact in zip(self._facts, (sender, line.external_id, f"{line.mailbox} · {size}"), strict=True):
            shown.setText(fact)
        text = state.raw.decode("utf-8", "replace").replace("\r\n", "\n")
        if text != self._raw.toPlainText():
            self._raw.setPlainText(text)
        self._case_id = line.case_id if line.case_number is not None else None
        self._case.setVisible(self._case_id is not None)
        for part in (self._make, self._replay, self._told):
            part.setVisible(state.may_settle)

    def _open_case(self) -> None:
        if self._case_id is not None:
            self._page.case_opened.emit(self._case_id)
