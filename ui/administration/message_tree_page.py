"""Manage › Message trees: the outline of a tree, the chosen line in fields beside it, and a message that is tried."""

from uuid import UUID

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.desk.message_tree_editor import MessageTreeEditor, MessageTreeState
from ui.administration.message_tree_outline import MessageOutline
from ui.administration.message_tree_step import MessageStep
from ui.administration.message_tree_words import end_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Tabs
from ui.widgets.combo import Combo
from ui.widgets.icon import KeyCap
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner, EmptyState
from ui.widgets.options import Option
from ui.widgets.save_bar import SaveBar
from ui.widgets.text import Text
from ui.widgets.wording import say

PANEL = 348


class MessageTreePage(Surface):
    """One tree at a time."""

    def __init__(self, editor: MessageTreeEditor) -> None:
        super().__init__("bg")
        self.editor, records = editor, editor.records
        self._trees = Combo(self.tr("New message tree"))
        self._trees.setAccessibleName(self.tr("Message tree"))
        self._trees.picked.connect(self._open)
        self._trees.setFixedWidth(theme().px(200))
        self.named = LineEdit(self.tr("Name of the tree"), longest=100)
        self.named.setAccessibleName(self.tr("Name of the tree"))
        self.named.textEdited.connect(lambda text: editor.edit(name=text))
        self._new = IconButton(self.tr("New message tree"), "plus")
        self._new.clicked.connect(records.new)
        self._remove = IconButton(self.tr("Remove this tree"), "x")
        self._remove.clicked.connect(records.remove)
        self.add = Button(self.tr("Add an answer"), icon="plus", key="Ins")
        self.add.clicked.connect(editor.add)
        self.outline = MessageOutline(lambda: editor.state)
        self.outline.picked.connect(editor.choose)
        self.outline.added.connect(editor.add)
        self.outline.removed.connect(editor.remove)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._bar = SaveBar()
        self._bar.saved.connect(records.save)
        self._bar.discarded.connect(records.discard)
        self._work = QWidget()
        both = row(gap=0)
        both.addLayout(self._left(), 1)
        both.addWidget(hairline("hairline", vertical=True))
        both.addWidget(self._side())
        self._work.setLayout(both)
        begin = Button(self.tr("New message tree"), icon="plus", role=Role.PRIMARY)
        begin.clicked.connect(records.new)
        self._empty = EmptyState(
            "layers", self.tr("There is no message tree."),
            self.tr("It asks who writes what it is about, and leads the case to a team, an agent or an answer."), begin,
        )  # fmt: skip
        self.setLayout(column(self._work, self._empty, gap=0))
        self.destroyed.connect(editor.subscribe(self.render_state))

    def save(self) -> None:
        """Keep the edits."""
        self.editor.records.save()

    def render_state(self, state: MessageTreeState) -> None:
        """Show the tree, the chosen line, and what was tried."""
        tree = state.tree
        self._work.setVisible(tree is not None)
        self._empty.setVisible(tree is None)
        if tree is None or state.directory is None:
            return
        chosen = None if state.new else tree.id
        self._trees.show_options(tuple(Option(one.id, one.name, "", "layers") for one in state.trees), chosen)
        self.named.show_text(tree.name)
        self._remove.setVisible(not state.new and state.may_edit)
        self.outline.show_lines(state.lines, state.chosen)
        self.step.render_state(state)
        for widget in (self.named, self._new, self.add, self.step):
            widget.setEnabled(state.may_edit)
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._bar.show_changes(int(state.changed), saving=state.saving)
        self._show_tried(state)

    def show_side(self, key: object) -> None:
        """Show the chosen line, or the conversation that is tried."""
        self._tabs.show_choice(str(key))
        self._pages.setCurrentIndex(1 if key == "try" else 0)

    def _open(self, tree_id: UUID) -> None:
        self.editor.records.open(tree_id)
        self.render_state(self.editor.state)  # edits that are not saved keep the page where it is

    def _left(self) -> QBoxLayout:
        head = row(self._trees, self.named, self._remove, self._new, self.add, gap=8, margins=(16, 12, 16, 10))
        head.setStretch(1, 1)
        keys = row(gap=6, margins=(18, 6, 16, 8))
        for caps, words in (
            (("Up", "Down"), self.tr("walk")),
            (("Ins",), self.tr("add")),
            (("Del",), self.tr("take away")),
        ):
            for cap in caps:
                keys.addWidget(KeyCap(cap))
            keys.addWidget(Text(words, Type.SMALL, "text2"))
            keys.addSpacing(8)
        keys.addStretch(1)
        card = Card(margins=(8, 8, 4, 8))
        card.body.addWidget(self.outline, 1)
        place = column(gap=0, margins=(16, 0, 16, 0))
        place.addWidget(card, 1)
        left = column(head, self._error, gap=0)
        left.addLayout(place, 1)
        left.addLayout(keys)
        left.addWidget(self._bar)
        return left

    def _side(self) -> QWidget:
        self.step = MessageStep(self.editor)
        self._tabs = Tabs(
            (("step", self.tr("Chosen line")), ("try", self.tr("Try a message"))), self.tr("Beside the tree")
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(Scroll(self.step, STRETCH, margins=(18, 14, 18, 14)))
        self._pages.addWidget(self._try_page())
        self._tabs.picked.connect(self.show_side)
        head = Surface("surface", column(self._tabs, gap=0, margins=(18, 12, 18, 0)))
        layout = column(head, hairline("hairline"), gap=0)
        layout.addWidget(self._pages, 1)
        side = Surface("surface", layout)
        side.setFixedWidth(theme().px(PANEL))
        return side

    def _try_page(self) -> QWidget:
        self.tried = LineEdit(self.tr("What a customer writes"), longest=300)
        self.tried.setAccessibleName(self.tr("What a customer writes"))
        self.tried.returnPressed.connect(self._try)
        send, anew = Button(self.tr("Send"), icon="send", role=Role.PRIMARY), Button(self.tr("Begin anew"))
        send.clicked.connect(self._try)
        anew.clicked.connect(self.editor.forget_tried)
        self._talk = column(gap=10)
        hint = Text(self.tr("With the tree as it stands here, saved or not."), Type.SMALL, "text2", wrap=True)
        return Scroll(self._talk, self.tried, row(send, anew, STRETCH, gap=8), hint, STRETCH, margins=(18, 14, 18, 14))

    def _try(self) -> None:
        self.editor.try_text(self.tried.text())
        self.tried.show_text("")

    def _show_tried(self, state: MessageTreeState) -> None:
        clear(self._talk)
        for said in state.tried:
            words = said.text or end_words(said, state)
            if said.by_customer:
                self._talk.addLayout(row(STRETCH, Text(words, Type.STRONG)))
                continue
            self._talk.addWidget(Text(words, Type.BODY, wrap=True))
            if said.text and said.target is not None:
                self._talk.addWidget(Text(end_words(said, state), Type.SMALL, "text2", wrap=True))
