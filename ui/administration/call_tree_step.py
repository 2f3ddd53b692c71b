"""The chosen line of a call tree in fields: where its key leads, and what the menu there says."""

from PySide6.QtWidgets import QWidget

from app.desk.call_tree_editor import CallTreeEditor, Destination, TreeState
from app.domain.call_trees import Leads
from app.domain.phone_numbers import normalise
from app.domain.tree_edits import OTHERWISE, words_of
from ui.administration.call_tree_words import LEADS, translate_lead
from ui.theme.fonts import Type
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.options import Option
from ui.widgets.text import Text
from ui.widgets.typed_lines import NumberLine


class StepFields(QWidget):
    """Follows the chosen line."""

    def __init__(self, editor: CallTreeEditor) -> None:
        super().__init__()
        self._editor = editor
        self._leads, self._target = Combo(), Combo(self.tr("Choose"))
        self._number = LineEdit("06 12 45 78 90", icon="phone")
        self._name, self._words = LineEdit(longest=40), TextArea(lines=4, most_lines=8)
        self._case = Check(self.tr("Asks for the case number"))
        self._repeats, self._timeout = NumberLine(0, 9), NumberLine(1, 60)
        self._leads.picked.connect(self._choose_lead)
        self._target.picked.connect(self._choose_target)
        self._number.textEdited.connect(self._type_number)
        self._name.editingFinished.connect(lambda: editor.rename(self._name.text()))
        self._words.textChanged.connect(lambda: editor.say(self._words.toPlainText()))
        self._case.clicked.connect(lambda on: editor.ask_case(asks=on))
        self._repeats.changed.connect(editor.repeat)
        self._timeout.changed.connect(editor.wait)
        self._title = Text("", Type.HEADING)
        self._way = QWidget()
        self._target_field = Field(self.tr("Which one"), self._target)
        self._number_field = Field(self.tr("Number"), self._number)
        leads = Field(self.tr("Leads to"), self._leads)
        self._way.setLayout(column(leads, self._target_field, self._number_field, gap=12))
        self._menu = QWidget()
        self._words_field = Field(self.tr("What is said"), self._words, hint=self.tr("Spoken by the switch’s voice."))
        numbers = row(Field(self.tr("Said again"), self._repeats), Field(self.tr("Waits (s)"), self._timeout), gap=12)
        self._menu.setLayout(column(Field(self.tr("Menu"), self._name), self._words_field, self._case, numbers, gap=12))
        self.setLayout(column(self._title, self._way, self._menu, STRETCH, gap=14))

    def render_state(self, state: TreeState) -> None:
        """Show the chosen line."""
        line = state.line
        self.setVisible(line is not None)
        if line is None or state.tree is None:
            return
        if line.key is None:
            self._title.setText(self.tr("The first menu"))
        elif line.key == OTHERWISE:
            self._title.setText(self.tr("Nothing is pressed"))
        else:
            self._title.setText(self.tr("Key {0}").replace("{0}", line.key))
        self._way.setVisible(line.key is not None)
        way = line.destination
        offered = [lead for lead in LEADS if not (line.key == OTHERWISE and lead is Leads.REPEAT)]
        self._leads.show_options(tuple(Option(lead, *translate_lead(lead)) for lead in offered), way.leads)
        targets = self._targets(state, way.leads)
        self._target_field.setVisible(bool(targets))
        self._target.show_options(targets, way.menu if way.leads is Leads.MENU else way.id)
        self._number_field.setVisible(way.leads is Leads.NUMBER)
        if not self._number.hasFocus():
            self._number.show_text(way.number)
        self._menu.setVisible(state.menu is not None)
        if state.menu is not None:
            name, menu = state.menu
            if not self._name.hasFocus():
                self._name.show_text(name)
            self._words.blockSignals(True)
            self._words.show_text(words_of(menu))
            self._words.blockSignals(False)
            self._words_field.setVisible(not menu.asks_case)
            self._case.setChecked(menu.asks_case)
            self._repeats.show_number(menu.repeats)
            self._timeout.show_number(menu.timeout_s)

    def _targets(self, state: TreeState, leads: Leads) -> tuple[Option, ...]:
        directory, tree = state.directory, state.tree
        if directory is None or tree is None:
            return ()
        if leads is Leads.TEAM:
            return tuple(Option(team.id, team.name, "", team.icon) for team in directory.teams)
        if leads is Leads.AGENT:
            return tuple(Option(agent.id, agent.name, "", "user") for agent in directory.agents if agent.active)
        if leads is Leads.TREE:
            return tuple(Option(other.id, other.name, "", "merge") for other in state.trees if other.id != tree.id)
        if leads is Leads.MENU:
            return tuple(Option(name, name, "", "layers") for name in tree.menus)
        return ()

    def _choose_lead(self, lead: Leads) -> None:
        self._editor.lead(Destination(lead))

    def _choose_target(self, key: object) -> None:
        line = self._editor.state.line
        if line is None:
            return
        if line.destination.leads is Leads.MENU:
            self._editor.lead(Destination(Leads.MENU, menu=str(key)))
        else:
            self._editor.lead(Destination(line.destination.leads, id=key))  # type: ignore[arg-type]

    def _type_number(self, text: str) -> None:
        directory = self._editor.state.directory
        number = normalise(text, directory.organisation.region) if directory is not None else None
        self._number.set_wrong(number is None)
        if number is not None:
            self._editor.lead(Destination(Leads.NUMBER, number=number))
