"""Manage › Message trees: what is asked of who writes, and where each answer leads."""

from dataclasses import replace
from uuid import UUID

from app.desk.message_pages import START, MessagePages, RecordsState
from app.domain.message_tree_text import read_choices, write_choices
from app.domain.message_trees import Goes, MessageMenu, MessageTree, Target
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.notice import Banner
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column


class MessageTreePage(RecordPage[MessageTree]):
    """The trees by name."""

    def __init__(self, pages: MessagePages) -> None:
        columns = (Column(self.tr("Message tree"), 2), Column("", 1))
        nothing = (
            self.tr("There is no message tree."),
            self.tr("It asks who writes what it is about, and leads the case to a team, an agent or an answer."),
        )
        super().__init__(
            pages.trees, self.tr("Message trees"), columns, self._cells, nothing,
            new=self.tr("New message tree"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._trees = pages.trees
        self._names: tuple[dict[UUID, str], dict[UUID, str]] = ({}, {})
        self._shown: UUID | None = None
        self._named, self._of, self._active = LineEdit(longest=100), Combo(), Check(self.tr("Answers messages"))
        self._named.textEdited.connect(lambda text: pages.trees.edit(name=text))
        self._of.picked.connect(lambda team: pages.trees.edit(team_id=team))
        self._active.clicked.connect(lambda on: pages.trees.edit(active=on))
        self._fr, self._en = TextArea(lines=3), TextArea(lines=3)
        self._closed = TextArea(lines=2)
        self.choices = TextArea("1, atelier > Atelier Beaune", lines=4, most_lines=14)
        self.wrong = Banner(Tone.BAD, "triangle-alert")
        for area in (self._fr, self._en, self._closed, self.choices):
            area.textChanged.connect(self._typed)
        about, asks, leads = Card(gap=12), Card(gap=12), Card(gap=12)
        about.body.addWidget(Field(self.tr("Name"), self._named, required=True))
        about.body.addWidget(Field(self.tr("Team"), self._of))
        about.body.addWidget(self._active)
        asks.body.addWidget(Field(self.tr("Question in French"), self._fr, required=True))
        asks.body.addWidget(Field(self.tr("Question in English"), self._en))
        hint = self.tr("A line each: digits and keywords, “>”, and a team, an agent or an answer between quotes.")
        leads.body.addWidget(Field(self.tr("Answers"), self.choices, hint=hint))
        leads.body.addWidget(self.wrong)
        leads.body.addWidget(Field(self.tr("Said when the team is closed"), self._closed))
        for card in (about, asks, leads):
            self.form.addWidget(card)
        self.follow()

    def title_of(self, item: MessageTree, state: RecordsState[MessageTree]) -> str:
        """Name the tree."""
        return item.name or self.tr("New message tree")

    def show_item(self, item: MessageTree, state: RecordsState[MessageTree]) -> None:
        """Show the tree; what is typed at this moment stays as it is."""
        directory = state.directory
        if directory is not None:
            self._names = (
                {one.id: one.name for one in directory.teams},
                {one.id: one.name for one in directory.agents},
            )
            numbered = tuple(Option(one.id, one.name, "", one.icon) for one in directory.teams if one.numbers)
            self._of.show_options(numbered, item.team_id)
        self._named.show_text(item.name)
        self._active.setChecked(item.active)
        if self._shown == item.id and state.changed:
            return
        self._shown = item.id
        menu = item.menus.get(item.start, MessageMenu({}))
        closed = item.closed.says.get("fr", "") if item.closed is not None else ""
        texts = (menu.says.get("fr", ""), menu.says.get("en", ""), closed, write_choices(menu.choices, *self._names))
        for area, text in zip((self._fr, self._en, self._closed, self.choices), texts, strict=True):
            area.blockSignals(True)
            area.show_text(text)
            area.blockSignals(False)
        self.wrong.show_text("")

    def _typed(self) -> None:
        edited = self._trees.state.edited
        if edited is None:
            return
        choices, wrong = read_choices(self.choices.toPlainText(), *self._names)
        said = self.tr("Nobody is called so: {0}")
        self.wrong.show_text(said.replace("{0}", wrong[0]) if wrong else "")
        menu = edited.menus.get(edited.start, MessageMenu({}))
        says = {"fr": self._fr.toPlainText(), "en": self._en.toPlainText()}
        closed = self._closed.toPlainText().strip()
        target = Target(Goes.ANSWER, says={"fr": closed, "en": closed}) if closed else None
        asked = replace(menu, says=says, choices=choices)
        self._trees.edit(start=START, menus={**edited.menus, START: asked}, closed=target)

    def _cells(self, item: MessageTree) -> Cells:
        on = Cell(self.tr("on"), pill=Tone.OK) if item.active else Cell(self.tr("off"), pill=Tone.NEUTRAL)
        return (Cell(item.name, type_=Type.STRONG), on)
