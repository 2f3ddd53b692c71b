"""Manage › Mail rules: a team's rules in order, one of them open, and what it would have done last month."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.mail_rules import (
    COMPARISONS,
    Action,
    Condition,
    DryRunLine,
    How,
    MailRule,
    MailRules,
    MailRulesState,
    On,
    RuleOnPage,
)
from ui.administration.mail_words import action_words, fate_words, how_words, on_words, would_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import RadioCard, Segmented
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner
from ui.widgets.options import Option
from ui.widgets.pill import Pill
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Text
from ui.widgets.wording import day_and_clock, say

LIST_WIDTH, RUN_HEIGHT = 350, 190
CHOICE_LEAST, CARD_LEAST = 110, 170


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
        left.addWidget(hairline("hairline"))
        left.addLayout(foot)
        side = Surface("surface", left)
        side.setFixedWidth(theme().px(LIST_WIDTH))
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._rule, self._run = _OpenRule(presenter), _DryRun(presenter, now)
        self._body = Scroll(self._rule, self._run, STRETCH)
        right = column(self._error, gap=0)
        right.addWidget(self._body, 1)
        whole = row(side, hairline("hairline", vertical=True), gap=0)
        whole.addLayout(right, 1)
        self.setLayout(whole)
        self.destroyed.connect(presenter.subscribe(self.render_state))

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
        for part in (self._up, self._down, self._switch):
            part.setVisible(may and kept)
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


class _ConditionLine(QWidget):
    """One condition: what, how, which value; its cross takes it away."""

    def __init__(self, presenter: MailRules, at: int) -> None:
        super().__init__()
        self._on, self._how, self._value = Combo(), Combo(), LineEdit(longest=500)
        self._on.setAccessibleName(self.tr("What is compared"))
        self._how.setAccessibleName(self.tr("How it is compared"))
        self._value.setAccessibleName(self.tr("Values, between commas"))
        self._on.picked.connect(lambda on: presenter.edit_condition(at, on=on))
        self._how.picked.connect(lambda how: presenter.edit_condition(at, how=how))
        self._value.textEdited.connect(lambda text: presenter.edit_condition(at, value=text))
        self._gone = IconButton(self.tr("Remove the condition"), "x")
        self._gone.clicked.connect(lambda: presenter.remove_condition(at))
        for choice in (self._on, self._how, self._value):
            choice.setMinimumWidth(theme().px(CHOICE_LEAST))
        line = row(self._on, self._how, self._value, self._gone)
        for place, share in enumerate((3, 3, 5)):
            line.setStretch(place, share)
        self.setLayout(line)

    def show_condition(self, condition: Condition, *, wrong: bool) -> None:
        """Show it."""
        self._on.show_options(tuple(Option(on, on_words(on)[0]) for on in On), condition.on)
        offered = COMPARISONS.get(condition.on, tuple(How))
        self._how.show_options(tuple(Option(how, how_words(condition.on, how)) for how in offered), condition.how)
        self._value.setPlaceholderText(on_words(condition.on)[1])
        self._value.show_text(condition.value)
        self._value.set_wrong(wrong)
        policy = self._value.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._value.setSizePolicy(policy)
        self._value.setVisible(condition.on is not On.OPEN_CASE)


class _OpenRule(Card):
    """The fields of the open rule."""

    def __init__(self, presenter: MailRules) -> None:
        self._remove = Button(self.tr("Remove"), icon="x", role=Role.REFUSE)
        super().__init__(gap=12)
        self._presenter = presenter
        self._state = Pill("")
        self._remove.clicked.connect(presenter.remove)
        self._name = LineEdit(longest=100)
        self._name.textEdited.connect(lambda text: presenter.edit(name=text))
        self._of_name = Field(self.tr("Name"), self._name, required=True)
        self._all = Segmented(((True, self.tr("all"), ""), (False, self.tr("any"), "")), self.tr("How many must hold"))
        self._all.picked.connect(lambda every: presenter.edit(matches_all=every))
        more = Button(self.tr("Condition"), icon="plus", role=Role.LINK)
        more.clicked.connect(presenter.add_condition)
        self._lines: list[_ConditionLine] = []
        self._conditions = column(gap=8)
        self._wrong = Text("", Type.SMALL, "bad", wrap=True)
        self._cards = {action: RadioCard(action_words(action)[0], action_words(action)[2]) for action in Action}
        grid = QGridLayout()
        grid.setSpacing(10)
        for at, (action, card) in enumerate(self._cards.items()):
            card.clicked.connect(lambda _, action=action: presenter.choose_action(action))
            card.setMinimumWidth(theme().px(CARD_LEAST))
            grid.addWidget(card, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self._target = Combo()
        self._target.picked.connect(self._choose_target)
        self._of_target = Field(self.tr("Goes to"), self._target)
        self.body.addLayout(row(Text(self.tr("Rule"), Type.HEADING), self._state, STRETCH, self._remove))
        self.body.addWidget(self._of_name)
        self.body.addLayout(row(Text(self.tr("Conditions"), Type.LABEL, "text2"), more, STRETCH, self._all))
        self.body.addLayout(self._conditions)
        self.body.addWidget(self._wrong)
        self.body.addWidget(Text(self.tr("Then"), Type.LABEL, "text2"))
        self.body.addLayout(grid)
        self.body.addWidget(self._of_target)

    def show_state(self, state: MailRulesState, rule: MailRule) -> None:
        """Show the rule in the fields."""
        words = self.tr("on") if rule.active else self.tr("off")
        self._state.show_state(
            self.tr("{state}, not saved").format(state=words) if state.changed else words,
            Tone.WARN if state.changed else Tone.OK if rule.active else Tone.NEUTRAL,
        )
        self._remove.setVisible(state.may_edit)
        self._name.show_text(rule.name)
        self._of_name.show_error(say(state.errors["name"]) if "name" in state.errors else "")
        self._all.show_choice(rule.matches_all)
        self._show_conditions(state, rule)
        for action, card in self._cards.items():
            card.setChecked(rule.action is action)
        self._show_target(state, rule)
        self.setEnabled(state.may_edit)

    def _show_conditions(self, state: MailRulesState, rule: MailRule) -> None:
        while len(self._lines) < len(rule.conditions):
            self._lines.append(_ConditionLine(self._presenter, len(self._lines)))
            self._conditions.addWidget(self._lines[-1])
        said = state.errors.get("compared") or state.errors.get("conditions")
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(rule.conditions))
            if at < len(rule.conditions):
                line.show_condition(rule.conditions[at], wrong="compared" in state.errors)
        self._wrong.setText(say(said) if said is not None else "")
        self._wrong.setVisible(said is not None)

    def _show_target(self, state: MailRulesState, rule: MailRule) -> None:
        assert state.directory is not None
        to_team = rule.action is Action.ROUTE_TO_TEAM
        self._of_target.setVisible(rule.action in {Action.ROUTE_TO_TEAM, Action.ROUTE_TO_AGENT})
        if to_team:
            teams = sorted(state.directory.teams, key=lambda team: team.name.casefold())
            self._target.show_options(
                tuple(Option(team.id, team.name, "", team.icon) for team in teams), rule.to_team_id
            )
        else:
            agents = sorted((a for a in state.directory.agents if a.active), key=lambda agent: agent.name.casefold())
            self._target.show_options(
                tuple(Option(agent.id, agent.name, "", "user") for agent in agents), rule.to_agent_id
            )
        self._of_target.show_error(say(state.errors["goes_to"]) if "goes_to" in state.errors else "")

    def _choose_target(self, id_: object) -> None:
        edited = self._presenter.state.edited
        if edited is not None:
            name = "to_team_id" if edited.action is Action.ROUTE_TO_TEAM else "to_agent_id"
            self._presenter.edit(**{name: id_})


class _DryRun(Card):
    """Last month's mails that the rule matches, and the buttons that keep it."""

    def __init__(self, presenter: MailRules, now: Callable[[], datetime]) -> None:
        self._try = Button(self.tr("Run"), icon="rotate-cw")
        super().__init__(self.tr("Dry run over the last 30 days"), self._try, gap=8)
        self._presenter, self._now = presenter, now
        self._try.clicked.connect(presenter.try_out)
        self._figures = Text("", Type.SMALL, "text2", wrap=True)
        columns = (
            Column(self.tr("Date"), 1.1), Column(self.tr("Sender"), 1.5), Column(self.tr("Subject"), 2),
            Column(self.tr("Was"), 1.2), Column(self.tr("Would be"), 1.5),
        )  # fmt: skip
        nothing = self.tr("No mail of the last 30 days matches.")
        self._table: Table[DryRunLine] = Table(
            self.tr("Dry run"), columns, lambda line: line.incoming_id, self._cells, nothing
        )  # fmt: skip
        self._table.setFixedHeight(theme().px(RUN_HEIGHT))
        self._discard, self._off = Button(self.tr("Discard")), Button(self.tr("Save, keep off"))
        self._on = Button(self.tr("Save and switch on"), role=Role.PRIMARY)
        self._discard.clicked.connect(presenter.discard)
        self._off.clicked.connect(lambda: presenter.save(active=False))
        self._on.clicked.connect(lambda: presenter.save(active=True))
        self.body.addWidget(self._figures)
        self.body.addWidget(self._table)
        told = Text(self.tr("No mail is changed by a dry run."), Type.SMALL, "text2")
        self.body.addWidget(told)
        self.body.addLayout(row(STRETCH, self._discard, self._off, self._on))

    def show_state(self, state: MailRulesState, rule: MailRule) -> None:
        """Show what came of it, and what can be kept."""
        run = state.run
        self._try.setEnabled(state.may_edit and not state.running)
        self._table.setVisible(run is not None)
        if run is not None:
            looked = self.tr("%n mail(s) looked at", "", run.looked_at)
            met = self.tr("%n match(es)", "", run.matched)
            changed = self.tr("%n would change", "", run.changed)
            self._figures.setText(f"{looked} · {met} · {changed}")
            self._table.show_rows(run.lines)
        else:
            waits, asks = self.tr("The hub reads last month’s mail…"), self.tr("Run it before you switch the rule on.")
            self._figures.setText(waits if state.running else asks)
        self._discard.setVisible(state.changed)
        self._off.setVisible(state.may_edit and (state.changed or rule.active))
        self._on.setVisible(state.may_edit and (state.changed or not rule.active))
        for button in (self._off, self._on):
            button.setEnabled(not state.saving)

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
        return (
            Cell(day_and_clock(line.arrived_at, self._now()), "text2"),
            Cell(line.sender),
            Cell(line.subject),
            Cell(was, "text2"),
            Cell(words, ink, Type.BODY if ink == "text2" else Type.STRONG),
        )
