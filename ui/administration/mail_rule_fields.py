"""The fields of an open mail rule: its name, its conditions, what becomes of a mail that meets them."""

from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.mail_rules import (
    COMPARISONS,
    Action,
    Condition,
    How,
    MailRule,
    MailRules,
    MailRulesState,
    On,
)
from ui.administration.mail_words import action_words, how_words, on_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card
from ui.widgets.choice import RadioCard, Segmented
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.options import Option
from ui.widgets.pill import Pill
from ui.widgets.text import Text
from ui.widgets.wording import say

CHOICE_LEAST, CARD_LEAST = 110, 170


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


class MailRuleFields(Card):
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
            card.be_as_high()
            grid.addWidget(card, at // 2, at % 2)
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
