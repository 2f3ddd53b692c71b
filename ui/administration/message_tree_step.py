"""The chosen line of a message tree in fields: what it is chosen by, where it leads, what is asked there."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.message_tree_editor import CLOSED, HEAD, OTHERWISE, Goes, MessageTreeEditor, MessageTreeState
from ui.administration.message_tree_words import GOES
from ui.theme.fonts import Type
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, column
from ui.widgets.options import Option
from ui.widgets.text import Text
from ui.widgets.typed_lines import NumberLine


class MessageStep(QWidget):
    """Follows the chosen line."""

    def __init__(self, editor: MessageTreeEditor) -> None:
        super().__init__()
        self._editor = editor
        self._of, self._active = Combo(), Check(self.tr("Answers messages"))
        self._of.picked.connect(lambda team: editor.edit(team_id=team))
        self._active.clicked.connect(lambda on: editor.edit(active=on))
        self.words = LineEdit("1, atelier", longest=200)
        self.words.textEdited.connect(editor.words)
        self.goes, self.target = Combo(), Combo(self.tr("Choose"))
        self.goes.picked.connect(self._choose_way)
        self.target.picked.connect(self._choose_target)
        self._name, self._repeats = LineEdit(longest=40), NumberLine(0, 5)
        self._name.editingFinished.connect(lambda: editor.rename(self._name.text()))
        self._repeats.changed.connect(editor.repeat)
        self.asks = {language: TextArea(lines=3) for language in ("fr", "en")}
        self.says = {language: TextArea(lines=2) for language in ("fr", "en")}
        for areas, tell in ((self.asks, editor.ask), (self.says, editor.say)):
            for language, area in areas.items():
                area.textChanged.connect(
                    lambda language=language, area=area, tell=tell: tell(language, area.toPlainText())
                )
        self._title = Text("", Type.HEADING)
        self._whole, self._way, self._said, self._menu = QWidget(), QWidget(), QWidget(), QWidget()
        self._whole.setLayout(column(Field(self.tr("Team"), self._of), self._active, gap=12))
        hint = self.tr("Digits and keywords with commas between them; any of them chooses this.")
        self._words_field = Field(self.tr("Chosen by"), self.words, hint=hint)
        self._target_field = Field(self.tr("Which one"), self.target)
        self._way.setLayout(
            column(self._words_field, Field(self.tr("Leads to"), self.goes), self._target_field, gap=12)
        )
        said_fr, said_en = self.tr("Said in French"), self.tr("Said in English")
        self._said.setLayout(column(Field(said_fr, self.says["fr"]), Field(said_en, self.says["en"]), gap=12))
        asked_fr, asked_en = self.tr("Question in French"), self.tr("Question in English")
        menu = Field(self.tr("Menu"), self._name)
        french, english = Field(asked_fr, self.asks["fr"], required=True), Field(asked_en, self.asks["en"])
        again = Field(self.tr("Asked again"), self._repeats)
        self._menu.setLayout(column(menu, french, english, again, gap=12))
        self.setLayout(column(self._title, self._whole, self._way, self._said, self._menu, STRETCH, gap=14))

    def render_state(self, state: MessageTreeState) -> None:
        """Show the chosen line."""
        line, tree, directory = state.line, state.tree, state.directory
        self.setVisible(line is not None)
        if line is None or tree is None or directory is None:
            return
        self._title.setText(self._title_of(line.number))
        head = line.number == HEAD
        self._whole.setVisible(head)
        numbered = tuple(Option(one.id, one.name, "", one.icon) for one in directory.teams if one.numbers)
        self._of.show_options(numbered, tree.team_id)
        self._active.setChecked(tree.active)
        self._way.setVisible(not head)
        self._said.setVisible(not head)
        self._words_field.setVisible(line.number >= 0)
        if not self.words.hasFocus():
            self.words.show_text(", ".join(line.words))
        translate = QCoreApplication.translate
        offered = tuple(Option(goes, translate("MessageTree", words), "", icon) for goes, (words, icon) in GOES.items())
        self.goes.show_options(offered, line.target.goes)
        targets = self._targets(state, line.target.goes)
        self._target_field.setVisible(bool(targets))
        self.target.show_options(targets, line.target.menu if line.target.goes is Goes.MENU else line.target.id)
        _show(self.says, line.target.says)
        self._menu.setVisible(state.menu is not None)
        if state.menu is not None:
            name, menu = state.menu
            if not self._name.hasFocus():
                self._name.show_text(name)
            _show(self.asks, menu.says)
            self._repeats.show_number(menu.repeats)

    def _title_of(self, number: int) -> str:
        special = {
            HEAD: self.tr("The first menu"),
            OTHERWISE: self.tr("Nothing of it is chosen"),
            CLOSED: self.tr("The team is closed"),
        }
        return special.get(number) or self.tr("Choice")

    def _targets(self, state: MessageTreeState, goes: Goes) -> tuple[Option, ...]:
        directory, tree = state.directory, state.tree
        if directory is None or tree is None:
            return ()
        if goes is Goes.TEAM:
            return tuple(Option(team.id, team.name, "", team.icon) for team in directory.teams)
        if goes is Goes.AGENT:
            return tuple(Option(agent.id, agent.name, "", "user") for agent in directory.agents if agent.active)
        if goes is Goes.MENU:
            return tuple(Option(name, name, "", "layers") for name in tree.menus)
        return ()

    def _choose_way(self, goes: Goes) -> None:
        self._editor.lead(goes)

    def _choose_target(self, key: object) -> None:
        line = self._editor.state.line
        if line is None:
            return
        if isinstance(key, UUID):
            self._editor.lead(line.target.goes, key)
        else:
            self._editor.lead(Goes.MENU, menu=str(key))


def _show(areas: dict[str, TextArea], says: dict[str, str]) -> None:
    for language, area in areas.items():
        area.blockSignals(True)
        area.show_text(says.get(language, ""))
        area.blockSignals(False)
