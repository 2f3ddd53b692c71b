"""What the time machine says: figures, cases, the reply that would have gone out; what was undone, how it was."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from app.desk.automations import Automations, AutomationsState, ReplayedCase
from ui.administration.replay_parts import Figure, Figures, ReplyCard, UndoneText, short_day
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.automation_words import (
    act_problem_words,
    action_words,
    really_words,
    short_words,
)
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Segmented
from ui.widgets.combo import Combo
from ui.widgets.icon import Icon
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Text
from ui.widgets.wording import day_and_clock

CASES_HEIGHT = 330


class Evidence(QWidget):
    """The time machine beside the parts."""

    case_opened = Signal(object)

    def __init__(self, presenter: Automations, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._presenter, self._now = presenter, now
        self._shown: ReplayedCase | None = None
        self._only = "all"
        self._days = Combo()
        self._days.setAccessibleName(self.tr("How far back"))
        self._days.setFixedWidth(theme().px(170))
        self._days.picked.connect(presenter.choose_days)
        self._told = Text("", Type.SMALL, "text2")
        self._run = Button(self.tr("Replay"), icon="rotate-cw", key="F5")
        self._run.clicked.connect(presenter.run_replay)
        head = row(
            Icon("history", "accent"), Text(self.tr("Time machine"), Type.HEADING), self._days, STRETCH, self._run
        )
        self._figures = {
            "events": Figure(self.tr("events replayed"), "text"),
            "different": Figure(self.tr("cases different"), "accent"),
            "replies": Figure(self.tr("replies would go out"), "warn"),
            "loops": Figure(self.tr("loops would begin"), "bad"),
        }
        figures = Figures(*self._figures.values())
        self._loop = Notice(
            self.tr("The guard stops it after a few times. Narrow the objects or the trigger, then replay again."),
            Tone.BAD, "triangle-alert", title=self.tr("It would set itself off again."),
        )  # fmt: skip
        self._cases = _Cases(self._choose, self._filter, now, presenter)
        self._mail = ReplyCard()
        self._after = _Afterwards(presenter, now)
        self.setLayout(
            column(head, self._told, figures, self._loop, self._cases, self._mail, self._after, STRETCH, gap=12)
        )
        self._cases.table.opened.connect(self.case_opened)

    def show_state(self, state: AutomationsState) -> None:
        """Show what came of it."""
        words = self.tr("last {0} days")
        self._days.show_options(
            tuple(Option(days, words.replace("{0}", str(days))) for days in (7, 30, 90)), state.days
        )
        self._run.setEnabled(state.may_edit and not state.running)
        replay = state.replay
        for name, figure in self._figures.items():
            figure.show_number(getattr(replay, name) if replay is not None else None)
        self._told.setText(self._words(state))
        self._loop.setVisible(replay is not None and replay.loops > 0)
        lines = replay.lines if replay is not None else ()
        kept = tuple(
            line for line in lines if self._only == "all" or (line.to if self._only == "replies" else line.loops)
        )
        if self._shown not in lines:
            self._shown = next((line for line in kept if line.text), next(iter(kept), None))
        self._cases.setVisible(replay is not None)
        self._cases.show_lines(kept, self._shown, state, self._only)
        self._show_reply(self._shown if replay is not None else None)
        self._after.show_state(state)

    def _words(self, state: AutomationsState) -> str:
        if state.running:
            return self.tr("The hub replays what really happened…")
        if state.replay is None:
            return self.tr("Replay it before you switch it on: nothing is sent and nothing is changed.")
        return self.tr("replayed in {0} s · nothing was sent").replace(
            "{0}", QLocale().toString(state.replay.took_s, "f", 1)
        )

    def _choose(self, line: ReplayedCase) -> None:
        self._shown = line
        self._show_reply(line)

    def _show_reply(self, line: ReplayedCase | None) -> None:
        replies = (("", line.to, line.text),) if line is not None and line.text else ()
        self._mail.show_replies(replies, line.at if line is not None else self._now(), self._now())

    def _filter(self, only: str) -> None:
        self._only = only
        self.show_state(self._presenter.state)


class _Cases(Card):
    """Case by case: what really happened, what would have been done, how many messages."""

    def __init__(
        self, chosen: Callable[[ReplayedCase], None], filtered: Callable[[str], None], now: Callable[[], datetime],
        presenter: Automations,
    ) -> None:  # fmt: skip
        self._parts = Segmented(
            (("all", self.tr("All"), ""), ("replies", self.tr("Replies"), ""), ("loops", self.tr("Loops"), "")),
            self.tr("Which cases"),
        )
        super().__init__(self.tr("Case by case"), self._parts, gap=4, margins=(6, 12, 6, 8))
        self.heading.setContentsMargins(10, 0, 0, 0)
        self._now, self._presenter, self._tell = now, presenter, chosen
        self._parts.picked.connect(filtered)
        columns = (
            Column(self.tr("Case"), 0.9), Column(self.tr("Customer"), 1.5), Column(self.tr("When"), 0.9),
            Column(self.tr("Really"), 1.2), Column(self.tr("With this"), 2),
            Column(self.tr("Sent"), 0.6, figures=True),
        )  # fmt: skip
        self.table: Table[ReplayedCase] = Table(
            self.tr("Case by case"), columns, lambda line: line.case_id, self._cells,
            self.tr("Nothing would have been different."),
        )  # fmt: skip
        self.table.setFixedHeight(theme().px(CASES_HEIGHT))
        self._lines: tuple[ReplayedCase, ...] = ()
        self.table.chosen.connect(self._choose)
        self.body.addWidget(self.table)

    def show_lines(
        self, lines: tuple[ReplayedCase, ...], shown: ReplayedCase | None, state: AutomationsState, only: str
    ) -> None:
        """Show them."""
        self._lines = lines
        self._parts.show_choice(only)
        self.table.show_rows(lines, shown.case_id if shown is not None else None)

    def _choose(self, case_id: object) -> None:
        line = next((one for one in self._lines if one.case_id == case_id), None)
        if line is not None:
            self._tell(line)

    def _cells(self, line: ReplayedCase) -> Cells:
        state = self._presenter.state
        words = " + ".join(dict.fromkeys(short_words(action.does) for action in line.would))
        if len(line.would) == 1:
            words = action_words(line.would[0], state.known, state.directory, state.templates)
        if line.loops:
            words = self.tr("loop, stopped")
        elif not line.would and line.problem:
            words = act_problem_words(line.problem)
        return (
            Cell(str(line.number)),
            Cell(line.customer, type_=Type.MEDIUM),
            Cell(short_day(line.at), "text2"),
            Cell(really_words(line.really, state.known), "text2"),
            Cell(words, "bad" if line.loops else "accent", Type.STRONG),
            Cell(str(line.messages), "text2" if not line.messages else "text"),
        )


class _Afterwards(Card):
    """What it set goes back over the chosen days; what it sent is listed, and how it was before."""

    def __init__(self, presenter: Automations, now: Callable[[], datetime]) -> None:
        super().__init__(gap=8)
        self._now = now
        self._undo = Button(self.tr("Undo over these days"), icon="undo-2")
        self._undo.clicked.connect(presenter.undo)
        self._versions = Button(self.tr("Earlier versions"), icon="history")
        self._versions.clicked.connect(presenter.show_versions)
        told = self.tr(
            "What it set in fields can be undone where nobody has touched it since. What was sent is listed."
        )
        self._told = Text(told, Type.SMALL, "text2", wrap=True)
        self._result = UndoneText()
        self._choice = Combo(self.tr("Put an earlier version into the fields"))
        self._choice.setAccessibleName(self.tr("Earlier versions"))
        self._choice.picked.connect(presenter.go_back_to)
        self.body.addWidget(self._told)
        self.body.addLayout(row(self._undo, self._versions, STRETCH))
        self.body.addWidget(self._choice)
        self.body.addWidget(self._result)

    def show_state(self, state: AutomationsState) -> None:
        """Show it for one that is kept."""
        self.setVisible(state.stored is not None and state.may_edit)
        self._choice.setVisible(bool(state.versions))
        options = tuple(
            Option(
                one.version,
                self.tr("version {0}").replace("{0}", str(one.version)),
                f"{day_and_clock(one.at, self._now())} · {one.by}" if one.by else day_and_clock(one.at, self._now()),
            )
            for one in state.versions or ()
        )
        self._choice.show_options(options)
        self._result.setVisible(state.undone is not None or state.versions == ())
        if state.undone is not None:
            self._result.show_undone(state.undone, state.sent)
        elif state.versions == ():
            self._result.setText(self.tr("It was never changed."))
