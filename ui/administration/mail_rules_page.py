"""Manage › Mail rules: a team's rules in order, one of them open, its time machine under it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desk.mail_rules import (
    MailRules,
    MailRulesState,
    RuleOnPage,
)
from ui.administration.mail_rule_evidence import MailRuleEvidence
from ui.administration.mail_rule_fields import MailRuleFields
from ui.administration.mail_words import action_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Scroll, Surface, hairline
from ui.widgets.combo import Combo
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Text
from ui.widgets.wording import say

LIST_WIDTH = 350


class MailRulesPage(Surface):
    """The list at the left, the open rule and its dry run at the right."""

    def __init__(self, presenter: MailRules, now: Callable[[], datetime]) -> None:
        super().__init__("bg")
        self._presenter, self._now = presenter, now
        self._team = Combo()
        self._team.setAccessibleName(self.tr("Team"))
        self._team.picked.connect(self._choose_team)
        self._new = Button(self.tr("New rule"), icon="plus", role=Role.PRIMARY)
        self._new.clicked.connect(presenter.new)
        columns = (
            Column("", 0.25),
            Column(self.tr("Rule"), 1.7),
            Column(self.tr("Action"), 2.1),
            Column(self.tr("30 d"), 0.5, figures=True),
        )
        self._table: Table[RuleOnPage] = Table(
            self.tr("Rules, the first that matches decides"), columns, lambda one: one.rule.id, self._cells,
            self.tr("No rule: a mail enters the open case of its sender, or makes a new one."),
        )  # fmt: skip
        self._table.chosen.connect(self._open)
        self._up, self._down = (
            IconButton(self.tr("Move up"), "chevron-up"),
            IconButton(self.tr("Move down"), "chevron-down"),
        )
        self._up.clicked.connect(lambda: presenter.move(-1))
        self._down.clicked.connect(lambda: presenter.move(1))
        self._switch = Button("")
        self._switch.clicked.connect(self._switch_open)
        head = row(Text(self.tr("Mail rules"), Type.HEADING), STRETCH, self._new, margins=(16, 14, 12, 8))
        foot = row(self._up, self._down, STRETCH, self._switch, margins=(12, 8, 12, 10))
        told = Text(self.tr("The first that matches decides."), Type.SMALL, "text2")
        left = column(head, column(self._team, told, gap=8, margins=(14, 0, 14, 6)), gap=0)
        left.addWidget(self._table, 1)
        self._foot = QWidget()
        self._foot.setLayout(column(hairline("hairline"), foot, gap=0))
        left.addWidget(self._foot)
        side = Surface("surface", left)
        side.setFixedWidth(theme().px(LIST_WIDTH))
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._rule, self._run = MailRuleFields(presenter), MailRuleEvidence(presenter, now)
        self._body = Scroll(self._rule, self._run, STRETCH)
        right = column(self._error, gap=0)
        right.addWidget(self._body, 1)
        whole = row(side, hairline("hairline", vertical=True), gap=0)
        whole.addLayout(right, 1)
        self.setLayout(whole)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self._presenter.try_out()
        else:
            super().keyPressEvent(event)

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

    def save(self) -> None:
        """Keep the open rule as it stands."""
        self._presenter.save()

    def render_state(self, state: MailRulesState) -> None:
        """Show the list, the open rule and its dry run."""
        if state.directory is None:
            return
        numbered = sorted((t for t in state.directory.teams if not t.is_sub_team), key=lambda t: t.name.casefold())
        self._team.show_options(tuple(Option(team.id, team.name, "", team.icon) for team in numbered), state.team)
        self._table.show_rows(state.rules, state.stored.id if state.stored is not None else None)
        self._error.show_text(say(state.error) if state.error is not None else "")
        may, kept = state.may_edit, state.stored is not None
        self._new.setVisible(may)
        self._foot.setVisible(may and kept)
        on = state.stored is not None and state.stored.active
        self._switch.set_label(self.tr("Switch off") if on else self.tr("Switch on"))
        self._body.setVisible(state.edited is not None)
        if state.edited is not None:
            self._rule.show_state(state, state.edited)
            self._run.show_state(state, state.edited)

    def _choose_team(self, team_id: object) -> None:
        self._presenter.choose_team(team_id)  # type: ignore[arg-type]
        self.render_state(self._presenter.state)

    def _open(self, rule_id: object) -> None:
        self._presenter.open(rule_id)  # type: ignore[arg-type]
        self.render_state(self._presenter.state)

    def _switch_open(self) -> None:
        if self._presenter.state.stored is not None:
            self._presenter.switch(self._presenter.state.stored.id)

    def _cells(self, one: RuleOnPage) -> Cells:
        words, tone, _ = action_words(one.rule.action)
        place = [each.rule.id for each in self._presenter.state.rules].index(one.rule.id) + 1
        off = "" if one.rule.active else self.tr(" (off)")
        return (
            Cell(str(place), "text2"),
            Cell(one.rule.name + off, "text" if one.rule.active else "text2", Type.STRONG),
            Cell(words, pill=tone if one.rule.active else Tone.NEUTRAL),
            Cell(str(one.lately), "text2"),
        )
