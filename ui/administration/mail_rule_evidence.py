"""The time machine of a mail rule: figures, mails, the reply that would have gone out, its switch, what is undone."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from app.desk.mail_rules import DAYS, DryRunLine, MailRule, MailRules, MailRulesState
from ui.administration.mail_words import fate_words, would_words
from ui.administration.replay_parts import Figure, Figures, ReplyCard, UndoneText, short_moment
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.automation_words import name_words
from ui.widgets.button import Button, Role
from ui.widgets.card import Card
from ui.widgets.choice import Segmented
from ui.widgets.combo import Combo
from ui.widgets.layout import STRETCH, row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Text

RUN_HEIGHT = 190


class MailRuleEvidence(Card):
    """The mails of past days that the rule concerns, case by case, and the buttons that keep it."""

    def __init__(self, presenter: MailRules, now: Callable[[], datetime]) -> None:
        self._days = Combo()
        self._days.setAccessibleName(self.tr("How far back"))
        self._days.setFixedWidth(theme().px(170))
        self._days.picked.connect(presenter.choose_days)
        self._try = Button(self.tr("Replay"), icon="rotate-cw", key="F5")
        super().__init__(self.tr("Time machine"), self._days, self._try, gap=8)
        self._presenter, self._now, self._only = presenter, now, "all"
        self._shown: DryRunLine | None = None
        self._lines: tuple[DryRunLine, ...] = ()
        self._try.clicked.connect(presenter.try_out)
        self._told = Text("", Type.SMALL, "text2", wrap=True)
        self._figures = {
            "looked_at": Figure(self.tr("mails replayed"), "text"),
            "changed": Figure(self.tr("mails different"), "accent"),
            "replies": Figure(self.tr("replies would go out"), "warn"),
            "loops": Figure(self.tr("loops would begin"), "bad"),
        }
        self._numbers = Figures(*self._figures.values())
        self._loop = Notice(
            self.tr(
                "One sender would have had case after case within an hour, as machines do, or automations would have "
                "set one another off. Narrow the conditions."
            ),
            Tone.BAD, "triangle-alert", title=self.tr("A loop would begin."),
        )  # fmt: skip
        self._parts = Segmented(
            (("all", self.tr("All"), ""), ("replies", self.tr("Replies"), ""), ("loops", self.tr("Loops"), "")),
            self.tr("Which mails"),
        )
        self._parts.picked.connect(self._filter)
        columns = (
            Column(self.tr("Date"), 1.1), Column(self.tr("Sender"), 1.5), Column(self.tr("Subject"), 2),
            Column(self.tr("Really"), 1.2), Column(self.tr("With this rule"), 1.5),
        )  # fmt: skip
        nothing = self.tr("No mail of these days is concerned.")
        self._table: Table[DryRunLine] = Table(
            self.tr("Mail by mail"), columns, lambda line: line.incoming_id, self._cells, nothing
        )  # fmt: skip
        self._table.setFixedHeight(theme().px(RUN_HEIGHT))
        self._table.chosen.connect(self._choose)
        self._reply = ReplyCard()
        self._switch, self._after = _Switch(presenter), _Afterwards(presenter)
        self._filters = row(self._parts, STRETCH)
        for first in (self._told, self._numbers, self._loop):
            self.body.addWidget(first)
        self.body.addLayout(self._filters)
        for then in (self._table, self._reply, self._switch, self._after):
            self.body.addWidget(then)

    def show_state(self, state: MailRulesState, rule: MailRule) -> None:
        """Show what came of it, and what can be kept."""
        words = self.tr("last {0} days")
        options = tuple(Option(days, words.replace("{0}", str(days))) for days in DAYS)
        self._days.show_options(options, state.days)
        run = state.run
        self._try.setEnabled(state.may_edit and not state.running)
        for name, figure in self._figures.items():
            figure.show_number(getattr(run, name) if run is not None else None)
        self._told.setText(self._words(state))
        self._loop.setVisible(run is not None and run.loops > 0)
        self._lines = run.lines if run is not None else ()
        self._show_lines()
        for part in (self._table, self._parts):
            part.setVisible(run is not None)
        self._switch.show_state(state, rule)
        self._after.show_state(state)

    def _show_lines(self) -> None:
        only = self._only
        kept = tuple(
            line for line in self._lines if only == "all" or (line.replies if only == "replies" else line.loops)
        )
        if self._shown not in kept:
            self._shown = next((line for line in kept if line.replies), next(iter(kept), None))
        self._parts.show_choice(self._only)
        self._table.show_rows(kept, self._shown.incoming_id if self._shown is not None else None)
        self._show_reply()

    def _show_reply(self) -> None:
        line, now = self._shown, self._now()
        replies = line.replies if line is not None else ()
        shown = tuple((name_words(one.automation, one.shipped), one.to, one.text) for one in replies)
        self._reply.show_replies(shown, line.arrived_at if line is not None else now, now)

    def _words(self, state: MailRulesState) -> str:
        if state.running:
            return self.tr("The hub replays what really came…")
        if state.run is None:
            return self.tr("Replay it before you switch it on: no mail is sent and nothing is changed.")
        took = QLocale().toString(state.run.took_s, "f", 1)
        told = self.tr("replayed in {0} s · nothing was sent").replace("{0}", took)
        met = self.tr("%n mail(s) concerned", "", state.run.matched)
        older = self.tr("older mails were left out")
        return " · ".join((met, told, older) if state.run.cut else (met, told))

    def _choose(self, incoming_id: object) -> None:
        self._shown = next((line for line in self._lines if line.incoming_id == incoming_id), self._shown)
        self._show_reply()

    def _filter(self, only: str) -> None:
        self._only = only
        self._show_lines()

    def _cells(self, line: DryRunLine) -> Cells:
        rule, directory = self._presenter.state.edited, self._presenter.state.directory
        target = ""
        if rule is not None and directory is not None:
            names = {team.id: team.name for team in directory.teams} | {
                agent.id: agent.name for agent in directory.agents
            }
            target = names.get(rule.to_team_id or rule.to_agent_id or rule.team_id, "")
        was = fate_words(line.fate)[0] + (f" {line.case_number}" if line.case_number is not None else "")
        words, ink = would_words(line.would, target)
        if line.loops:
            words, ink = self.tr("{0}, a loop").replace("{0}", words), "bad"
        return (
            Cell(short_moment(line.arrived_at), "text2"),
            Cell(line.sender),
            Cell(line.subject),
            Cell(was, "text2"),
            Cell(words, ink, Type.BODY if ink == "text2" else Type.STRONG),
        )


class _Switch(QWidget):
    """The buttons that keep the rule, on or off."""

    def __init__(self, presenter: MailRules) -> None:
        super().__init__()
        self._discard, self._off = Button(self.tr("Discard")), Button(self.tr("Save, keep off"))
        self._on = Button(self.tr("Save and switch on"), role=Role.PRIMARY)
        self._discard.clicked.connect(presenter.discard)
        self._off.clicked.connect(lambda: presenter.save(active=False))
        self._on.clicked.connect(lambda: presenter.save(active=True))
        self.setLayout(row(STRETCH, self._discard, self._off, self._on))

    def show_state(self, state: MailRulesState, rule: MailRule) -> None:
        """Show what can be done with it."""
        self._discard.setVisible(state.changed)
        self._off.setVisible(state.may_edit and (state.changed or rule.active))
        self._on.setVisible(state.may_edit and (state.changed or not rule.active))
        for button in (self._off, self._on):
            button.setEnabled(not state.saving)


class _Afterwards(Card):
    """What a kept rule did over the chosen days goes back; what left by itself is listed."""

    def __init__(self, presenter: MailRules) -> None:
        super().__init__(gap=8)
        self._undo = Button(self.tr("Undo over these days"), icon="undo-2")
        self._undo.clicked.connect(presenter.undo)
        told = self.tr(
            "Cases that it sent on go back to the team that was written to, where nobody has touched them since. "
            "What was sent is listed; what it ignored stands in the ledger."
        )
        self._result = UndoneText()
        self.body.addWidget(Text(told, Type.SMALL, "text2", wrap=True))
        self.body.addLayout(row(self._undo, STRETCH))
        self.body.addWidget(self._result)

    def show_state(self, state: MailRulesState) -> None:
        """Show it for one that is kept."""
        self.setVisible(state.stored is not None and state.may_edit)
        self._result.setVisible(state.undone is not None)
        if state.undone is not None:
            self._result.show_undone(state.undone, state.sent)
