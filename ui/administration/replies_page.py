"""Manage › Replies: canned replies and the templates of automations, with what a customer would read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.desk.records import RecordsState
from app.desk.replies import Replies, Template, preview
from ui.administration.owned import owner_options, owner_words
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.widgets.automation_words import variables_hint
from ui.widgets.card import Card
from ui.widgets.choice import Segmented
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import say


class RepliesPage(RecordPage[Template]):
    """All that I may use; those that are mine to change can be changed."""

    def __init__(self, presenter: Replies) -> None:
        columns = (Column(self.tr("Reply"), 2), Column(self.tr("Whose"), 1.2))
        nothing = (self.tr("There is no reply yet."), self.tr("What is written again and again stands here once."))
        super().__init__(
            presenter, self.tr("Replies"), columns, self._cells, nothing,
            new=self.tr("New reply"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._replies, self._language = presenter, "fr"
        self._line, self._short, self._owner = LineEdit(longest=100), LineEdit(longest=30), Combo()
        self._texts = {"fr": TextArea(lines=7, most_lines=14), "en": TextArea(lines=7, most_lines=14)}
        self._line.textEdited.connect(lambda text: presenter.edit(name=text))
        self._short.textEdited.connect(lambda text: presenter.edit(shortcut=_plain(text)))
        self._owner.picked.connect(self._choose_owner)
        self._texts["fr"].textChanged.connect(lambda: self._typed("fr"))
        self._texts["en"].textChanged.connect(lambda: self._typed("en"))
        self._fields = {
            "name": Field(self.tr("Name"), self._line, required=True),
            "shortcut": Field(self.tr("Typed in a mail"), self._short, hint=self.tr("/ and these letters, then Tab")),
            "owner": Field(self.tr("Whose"), self._owner),
            "fr": Field(self.tr("In French"), self._texts["fr"]),
            "en": Field(self.tr("In English"), self._texts["en"]),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(self._fields["name"], 0, 0, 1, 2)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._fields["shortcut"], 1, 0, top)
        grid.addWidget(self._fields["owner"], 1, 1, top)
        card = Card(gap=12)
        card.body.addLayout(grid)
        card.body.addWidget(self._fields["fr"])
        card.body.addWidget(self._fields["en"])
        card.body.addWidget(Text(variables_hint(), Type.SMALL, "text2", wrap=True))
        self._shown = Segmented((("fr", "Français", ""), ("en", "English", "")), self.tr("Language of the example"))
        self._shown.picked.connect(self._show_language)
        self._example = Text("", Type.BODY, "text", wrap=True)
        seen = Card(self.tr("What the customer reads"), self._shown, gap=8)
        seen.body.addWidget(self._example)
        used = self.tr("An automation writes it in the customer’s language; in a mail of yours it stands as if typed.")
        seen.body.addWidget(Text(used, Type.SMALL, "text2", wrap=True))
        self.form.addWidget(card)
        self.form.addWidget(seen)
        self.follow()

    def title_of(self, item: Template, state: RecordsState[Template]) -> str:
        return item.name or self.tr("New reply")

    def show_item(self, item: Template, state: RecordsState[Template]) -> None:
        self._line.show_text(item.name)
        self._short.show_text(item.shortcut)
        self._owner.show_options(
            owner_options(item.team_id, item.agent_id, state.directory), (item.team_id, item.agent_id)
        )  # fmt: skip
        self._owner.setEnabled(state.stored is None)
        self._texts["fr"].show_text(item.text_fr)
        self._texts["en"].show_text(item.text_en)
        for name, error in (("name", "name"), ("fr", "text")):
            self._fields[name].show_error(say(state.errors[error]) if error in state.errors else "")
        self._show_example(item, state)

    def _show_example(self, item: Template, state: RecordsState[Template]) -> None:
        directory = state.directory
        agent = directory.me.name if directory is not None else ""
        house = directory.organisation.name if directory is not None else ""
        words, sound = preview(item.text(self._language), agent, house)
        self._shown.show_choice(self._language)
        self._example.setText(words)
        self._example.set_tone("text" if sound else "bad")

    def _show_language(self, language: str) -> None:
        self._language = language
        if self._replies.state.edited is not None:
            self._show_example(self._replies.state.edited, self._replies.state)

    def _choose_owner(self, pair: tuple[object, object]) -> None:
        self._replies.edit(team_id=pair[0], agent_id=pair[1])

    def _typed(self, language: str) -> None:
        edited = self._replies.state.edited
        text = self._texts[language].toPlainText()
        if edited is not None and text != (edited.text_fr if language == "fr" else edited.text_en):
            self._replies.edit(**{f"text_{language}": text})

    def _cells(self, one: Template) -> Cells:
        whose = owner_words(one.team_id, one.agent_id, self._presenter.state.directory)
        return (Cell(one.name, type_=Type.MEDIUM), Cell(whose, "text2"))


def _plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isascii() and (char.isalnum() or char in "_-"))
