"""Manage › Routing rules: callers of a kind go to another team, or ring one agent first; the newest rule wins."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.desk.records import Records, RecordsState
from app.desk.voice_pages import How, MatchOn, RoutingRule
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import say

_TOP = Qt.AlignmentFlag.AlignTop


class RulePage(RecordPage[RoutingRule]):
    """A team's rules, the newest on top."""

    def __init__(self, presenter: Records[RoutingRule]) -> None:
        columns = (Column(self.tr("Rule"), 2), Column(self.tr("For"), 2))
        nothing = (
            self.tr("This team has no rule."),
            self.tr("Its callers go to the call tree, then to the ring schedule."),
        )
        super().__init__(
            presenter, self.tr("Routing rules"), columns, self._cells, nothing,
            new=self.tr("New rule"), remove=self.tr("Remove"), by_team=True,
        )  # fmt: skip
        self._line, self._value = LineEdit(longest=100), LineEdit(longest=200)
        self._match, self._how, self._target = Combo(), Combo(), Combo(self.tr("Choose a team or an agent"))
        self._line.textEdited.connect(lambda text: presenter.edit(name=text))
        self._value.textEdited.connect(lambda text: presenter.edit(value=text))
        self._match.picked.connect(lambda key: presenter.edit(match_on=key))
        self._how.picked.connect(lambda key: presenter.edit(how=key))
        self._target.picked.connect(self._choose_target)
        wins = self.tr("The last-advisor rule comes first, then the newest rule that fits.")
        self._fields = {
            "name": Field(self.tr("Name"), self._line, required=True),
            "value": Field(self.tr("Value"), self._value, required=True),
            "target": Field(self.tr("The call goes to"), self._target, required=True),
        }
        card = Card(gap=12)
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(16)
        pairs.setVerticalSpacing(12)
        pairs.addWidget(self._fields["name"], 0, 0, 1, 2, _TOP)
        pairs.addWidget(Field(self.tr("What of the caller"), self._match), 1, 0, _TOP)
        pairs.addWidget(Field(self.tr("How it is compared"), self._how), 1, 1, _TOP)
        pairs.addWidget(self._fields["value"], 2, 0, 1, 2, _TOP)
        pairs.addWidget(self._fields["target"], 3, 0, 1, 2, _TOP)
        card.body.addLayout(pairs)
        card.body.addWidget(Text(wins, Type.SMALL, "text2", wrap=True))
        self.form.addWidget(card)
        self.follow()

    def title_of(self, item: RoutingRule, state: RecordsState[RoutingRule]) -> str:
        """Name the rule."""
        return item.name or self.tr("New rule")

    def show_item(self, item: RoutingRule, state: RecordsState[RoutingRule]) -> None:
        """Show the rule."""
        rule, directory = item, state.directory
        assert directory is not None
        self._line.show_text(rule.name)
        self._value.show_text(rule.value)
        self._value.setPlaceholderText("+33 6 12 45 78 90" if rule.match_on is MatchOn.NUMBER else "")
        self._match.show_options(tuple(Option(key, words) for key, words in self._matches()), rule.match_on)
        hows = ((How.EQUALS, self.tr("is exactly")), (How.STARTS_WITH, self.tr("begins with")))
        self._how.show_options(tuple(Option(key, words) for key, words in hows), rule.how)
        teams = [Option(("team", team.id), team.name, self.tr("team"), team.icon) for team in directory.teams]
        people = [
            Option(("agent", agent.id), agent.name, self.tr("rings first"), "user")
            for agent in directory.agents
            if agent.active
        ]
        chosen = ("team", rule.to_team_id) if rule.to_team_id is not None else ("agent", rule.to_agent_id)
        self._target.show_options((*teams, *people), chosen)
        hints = {
            How.EQUALS: self.tr("A number as it is dialled here, or with its country: +33…"),
            How.STARTS_WITH: self.tr("The beginning with its country: +3380 for the numbers of Burgundy."),
        }
        self._fields["value"].show_hint(hints[rule.how] if rule.match_on is MatchOn.NUMBER else "")
        errors = dict(state.errors)
        if "phone" in errors:  # a number that is none stands in the value
            errors["value"] = errors["phone"]
        for name, field in self._fields.items():
            field.show_error(say(errors[name]) if name in errors else "")

    def _matches(self) -> tuple[tuple[MatchOn, str], ...]:
        return (
            (MatchOn.NUMBER, self.tr("Telephone number")),
            (MatchOn.SEGMENT, self.tr("Segment")),
            (MatchOn.COMPANY, self.tr("Organisation")),
            (MatchOn.ACCOUNT, self.tr("Account number")),
        )

    def _cells(self, item: RoutingRule) -> Cells:
        words = dict(self._matches())[item.match_on]
        sign = "=" if item.how is How.EQUALS else "^"
        return (Cell(item.name, type_=Type.STRONG), Cell(f"{words} {sign} {item.value}", "text2"))

    def _choose_target(self, key: tuple[str, UUID]) -> None:
        kind, id_ = key
        self._presenter.edit(to_team_id=id_ if kind == "team" else None, to_agent_id=id_ if kind == "agent" else None)
