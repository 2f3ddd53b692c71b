"""Manage › Macros: several acts by one key, on the case that is open."""

from app.desk.automations import Does
from app.desk.records import RecordsState
from app.desk.replies import Macro, Macros, by_hand, first_by_hand
from ui.administration.action_editor import ActionEditor, Around
from ui.administration.owned import owner_options, owner_words
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import row
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import say


class MacrosPage(RecordPage[Macro]):
    """All that I may use; those that are mine to change can be changed."""

    def __init__(self, presenter: Macros) -> None:
        columns = (Column(self.tr("Macro"), 2), Column(self.tr("Whose"), 1.2))
        nothing = (self.tr("There is no macro yet."), self.tr("Several acts on a case, done by one key."))
        super().__init__(
            presenter, self.tr("Macros"), columns, self._cells, nothing,
            new=self.tr("New macro"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._macros = presenter
        self._line, self._owner = LineEdit(longest=100), Combo()
        self._line.textEdited.connect(lambda text: presenter.edit(name=text))
        self._owner.picked.connect(lambda pair: presenter.edit(team_id=pair[0], agent_id=pair[1]))
        self._of_name = Field(self.tr("Name"), self._line, required=True)
        self._editor = ActionEditor(tuple(does for does in Does if by_hand(does)))
        self._editor.changed.connect(
            lambda at, one: presenter.change_actions(lambda these: (*these[:at], one, *these[at + 1 :]))
        )
        self._editor.removed.connect(lambda at: presenter.change_actions(lambda these: (*these[:at], *these[at + 1 :])))
        self._editor.added.connect(lambda does: presenter.change_actions(lambda these: (*these, first_by_hand(does))))
        self._editor.moved.connect(self._move)
        pair = row(self._of_name, Field(self.tr("Whose"), self._owner), gap=16)
        pair.setStretch(0, 3)
        pair.setStretch(1, 2)
        card = Card(gap=12)
        card.body.addLayout(pair)
        acts = Card(self.tr("Acts, in this order"), gap=10)
        acts.body.addWidget(self._editor)
        self._wrong = Text("", Type.SMALL, "bad", wrap=True)
        acts.body.addWidget(self._wrong)
        told = self.tr("A macro is run on the open case by Alt+M. A reply stands in the composer first.")
        acts.body.addWidget(Text(told, Type.SMALL, "text2", wrap=True))
        self.form.addWidget(card)
        self.form.addWidget(acts)
        self.follow()

    def title_of(self, item: Macro, state: RecordsState[Macro]) -> str:
        return item.name or self.tr("New macro")

    def show_item(self, item: Macro, state: RecordsState[Macro]) -> None:
        self._line.show_text(item.name)
        self._of_name.show_error(say(state.errors["name"]) if "name" in state.errors else "")
        self._owner.show_options(
            owner_options(item.team_id, item.agent_id, state.directory), (item.team_id, item.agent_id)
        )  # fmt: skip
        self._owner.setEnabled(state.stored is None)
        around = Around(self._macros.known, state.directory, self._macros.templates, spreads=False)
        self._editor.show_actions(item.actions, around)
        self._wrong.setText(say(state.errors["actions"]) if "actions" in state.errors else "")
        self._wrong.setVisible("actions" in state.errors)

    def _move(self, at: int, by: int) -> None:
        def moved(these: tuple[object, ...]) -> tuple[object, ...]:
            order = list(these)
            order.insert(min(max(at + by, 0), len(order) - 1), order.pop(at))
            return tuple(order)

        self._macros.change_actions(moved)  # type: ignore[arg-type]

    def _cells(self, one: Macro) -> Cells:
        whose = owner_words(one.team_id, one.agent_id, self._presenter.state.directory)
        return (Cell(one.name, type_=Type.MEDIUM), Cell(whose, "text2"))
