"""The three parts of an automation: objects, trigger, actions."""

from PySide6.QtWidgets import QWidget

from app.desk.automations import Automation, Automations, AutomationsState, Does, Trigger
from app.domain.automation_checks import problems_of_action
from app.domain.automation_events import SETTABLE
from ui.administration.action_editor import ActionEditor, Around
from ui.theme.fonts import Type
from ui.widgets.automation_words import name_words, trigger_words
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choices import Choices
from ui.widgets.combo import Combo
from ui.widgets.condition_editor import ConditionEditor
from ui.widgets.condition_words import choice_words, field_words
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.options import Option
from ui.widgets.pill import Pill
from ui.widgets.text import Text
from ui.widgets.wording import say

GLOBAL = "global"
_WATCHED = ("case.category", "case.team", "case.assignee", "case.tags", "case.type", "case.subject", "case.project")


def part_head(number: str, title: str, asks: str) -> QWidget:
    """The heading of a part: its number, its name and the question that it answers."""
    head = QWidget()
    head.setLayout(row(Pill(number), Text(title, Type.HEADING), Text(asks, Type.SMALL, "text2"), STRETCH, gap=8))
    return head


class ObjectsPart(Card):
    """Which cases: the name and owner of the automation, types, conditions."""

    def __init__(self, presenter: Automations) -> None:
        super().__init__(gap=10)
        self._presenter = presenter
        self._name = LineEdit(longest=100)
        self._name.textEdited.connect(lambda text: presenter.edit(name=text))
        self._of_name = Field(self.tr("Name"), self._name, required=True)
        self._owner = Combo()
        self._owner.picked.connect(self._choose_owner)
        self._of_owner = Field(self.tr("Owner"), self._owner)
        self._types = Choices(self.tr("All types"))
        self._types.changed.connect(lambda types: presenter.edit(types=types))
        self._condition = ConditionEditor(self.tr("Conditions"))
        self._condition.changed.connect(presenter.edit_condition)
        pair = row(self._of_name, self._of_owner, gap=12)
        pair.setStretch(0, 3)
        pair.setStretch(1, 2)
        self.body.addWidget(part_head("1", self.tr("Objects"), self.tr("which cases")))
        self.body.addLayout(pair)
        self.body.addWidget(Field(self.tr("Types"), self._types))
        self.body.addWidget(self._condition)

    def show_state(self, state: AutomationsState, one: Automation) -> None:
        """Show it."""
        self._name.show_text(name_words(one.name, one.shipped))
        self._of_name.show_error(say(state.errors["name"]) if "name" in state.errors else "")
        own = (
            [Option(GLOBAL, self.tr("Everybody"), "", "building-2")]
            if state.may_make_global or one.team_id is None
            else []
        )
        teams = state.directory.teams if state.directory is not None else ()
        mine = [team for team in teams if team.id in state.led_teams or team.id == one.team_id]
        own += [
            Option(team.id, team.name, "", team.icon) for team in sorted(mine, key=lambda team: team.name.casefold())
        ]
        self._owner.show_options(tuple(own), one.team_id or GLOBAL)
        self._owner.setEnabled(state.stored is None)
        fields = state.known.fields
        types = fields["case.type"].choices if "case.type" in fields else {}
        codes = (*types, *(kind for kind in one.types if kind not in types))
        self._types.show_options(
            tuple(Option(code, choice_words("case.type", code, fields)) for code in codes), one.types
        )  # fmt: skip
        self._types.set_wrong(any(kind not in types for kind in one.types))
        self._condition.show_condition(one.condition, fields, state.troubles)
        self.setEnabled(state.may_edit)

    def _choose_owner(self, key: object) -> None:
        self._presenter.edit(team_id=None if key == GLOBAL else key)


class TriggerPart(Card):
    """When: the event, and of a change its field and values."""

    def __init__(self, presenter: Automations) -> None:
        super().__init__(gap=10)
        self._presenter = presenter
        self._trigger, self._field = Combo(), Combo(self.tr("Any field"))
        self._was, self._becomes = Choices(self.tr("Anything")), Choices(self.tr("Anything"))
        self._trigger.setAccessibleName(self.tr("Trigger"))
        self._trigger.picked.connect(lambda trigger: presenter.edit_when(trigger=trigger))
        self._field.picked.connect(lambda field: presenter.edit_when(field=field, was=(), becomes=()))
        self._was.changed.connect(lambda values: presenter.edit_when(was=values))
        self._becomes.changed.connect(lambda values: presenter.edit_when(becomes=values))
        self._change = QWidget()
        self._pair = QWidget()
        pair = row(Field(self.tr("From"), self._was), Field(self.tr("To"), self._becomes), gap=12)
        self._pair.setLayout(pair)
        self._change.setLayout(column(Field(self.tr("Field"), self._field), self._pair, gap=10))
        self.body.addWidget(part_head("2", self.tr("Trigger"), self.tr("when")))
        self.body.addWidget(self._trigger)
        self.body.addWidget(self._change)
        self._told = Text("", Type.SMALL, "text2", wrap=True)
        self.body.addWidget(self._told)

    def show_state(self, state: AutomationsState, one: Automation) -> None:
        """Show it."""
        triggers = tuple(Option(trigger, *_named(trigger)) for trigger in Trigger)
        self._trigger.show_options(triggers, one.when.trigger)
        updated = one.when.trigger is Trigger.UPDATED
        self._change.setVisible(updated)
        fields = state.known.fields
        if updated:
            own = tuple(name for name in fields if name.startswith("case.custom."))
            names = tuple(dict.fromkeys(name for name in (*SETTABLE, *_WATCHED, *own) if name in fields))
            self._field.show_options(
                tuple(Option(name, field_words(name, fields)) for name in names), one.when.field or None
            )
            asked = fields.get(one.when.field)
            choices = asked.choices if asked is not None else {}
            self._pair.setVisible(bool(choices))
            options = tuple(Option(code, choice_words(one.when.field, code, fields)) for code in choices)
            self._was.show_options(options, one.when.was)
            self._becomes.show_options(options, one.when.becomes)
        self._told.setText(self._words(one.when.trigger))
        self._told.setVisible(bool(self._told.text()))
        self.setEnabled(state.may_edit)

    def _words(self, trigger: Trigger) -> str:
        if trigger in {Trigger.HOURLY, Trigger.BUSINESS_HOURS}:
            return self.tr("Each case once, as it stands; again when it has changed since.")
        if trigger is Trigger.MESSAGE_IN:
            return self.tr("What a machine answers is no message.")
        return ""


def _named(trigger: Trigger) -> tuple[str, str, str]:
    words, icon = trigger_words(trigger)
    return words, "", icon


class ActionsPart(Card):
    """What is done, in this order."""

    def __init__(self, presenter: Automations) -> None:
        super().__init__(gap=10)
        self._editor = ActionEditor()
        self._editor.changed.connect(presenter.edit_action)
        self._editor.removed.connect(presenter.remove_action)
        self._editor.moved.connect(presenter.move_action)
        self._editor.added.connect(presenter.add_action)
        self._key = Button(self.tr("Show the signing key"), icon="lock", height=28)
        self._key.clicked.connect(presenter.show_secret)
        self._secret = LineEdit(longest=200)
        self._secret.setReadOnly(True)
        self._of_secret = Field(self.tr("Signing key of web hooks"), self._secret)
        self.body.addWidget(part_head("3", self.tr("Actions"), self.tr("in this order")))
        self.body.addWidget(self._editor)
        self.body.addLayout(row(self._key, STRETCH))
        self.body.addWidget(self._of_secret)

    def show_state(self, state: AutomationsState, one: Automation) -> None:
        """Show them; one in trouble has the edge of an error."""
        wrong = frozenset(at for at, action in enumerate(one.actions) if problems_of_action(action, state.known))
        self._editor.show_actions(one.actions, Around(state.known, state.directory, state.templates), wrong)
        calls = any(action.does is Does.WEB_HOOK for action in one.actions) and state.may_make_global
        self._key.setVisible(calls and not state.secret)
        self._of_secret.setVisible(calls and bool(state.secret))
        self._secret.show_text(state.secret)
        self.setEnabled(state.may_edit)
