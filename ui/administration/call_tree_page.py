"""Manage › Call trees: the outline of a tree, the chosen line in fields beside it, and a call that is only tried."""

from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.desk.call_tree_editor import CallTreeEditor, TreeState
from app.domain.phone_numbers import display
from ui.administration.call_tree_outline import Outline
from ui.administration.call_tree_step import StepFields
from ui.administration.call_tree_words import told
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Tabs
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.icon import KeyCap
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Banner, EmptyState
from ui.widgets.options import Option
from ui.widgets.pill import Pill
from ui.widgets.save_bar import SaveBar
from ui.widgets.text import Text
from ui.widgets.wording import say

PANEL = 348


class CallTreePage(Surface):
    """One tree at a time."""

    def __init__(self, editor: CallTreeEditor) -> None:
        super().__init__("bg")
        self._editor, records = editor, editor.records
        self._trees = Combo(self.tr("New call tree"))
        self._trees.setAccessibleName(self.tr("Call tree"))
        self._trees.picked.connect(self._open)
        self._trees.setFixedWidth(theme().px(200))
        self._name = LineEdit(self.tr("Name of the tree"), longest=100)
        self._name.setAccessibleName(self.tr("Name of the tree"))
        self._name.textEdited.connect(editor.name)
        self._new = IconButton(self.tr("New call tree"), "plus")
        self._new.clicked.connect(records.new)
        self._add = Button(self.tr("Add a key"), icon="plus", key="Ins")
        self._add.clicked.connect(editor.add)
        self.outline = Outline(lambda: editor.state)
        self.outline.picked.connect(editor.choose)
        self.outline.pressed_key.connect(editor.press)
        self.outline.added.connect(editor.add)
        self.outline.removed.connect(editor.remove)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._bar = SaveBar()
        self._bar.saved.connect(records.save)
        self._bar.discarded.connect(records.discard)
        head = row(self._trees, self._name, self._new, self._add, gap=8, margins=(16, 12, 16, 10))
        head.setStretch(1, 1)
        keys = row(gap=6, margins=(18, 6, 16, 8))
        walk, press, away = self.tr("walk"), self.tr("set the key"), self.tr("take away")
        for caps, words in ((("Up", "Down"), walk), (("1", "*"), press), (("Del",), away)):
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
        self._work = QWidget()
        both = row(gap=0)
        both.addLayout(left, 1)
        both.addWidget(hairline("hairline", vertical=True))
        both.addWidget(self._side())
        self._work.setLayout(both)
        begin = Button(self.tr("New call tree"), icon="plus", role=Role.PRIMARY)
        begin.clicked.connect(records.new)
        self._empty = EmptyState(
            "layers", self.tr("There is no call tree yet."),
            self.tr("Without one, callers go straight to the ring schedule of the team."), begin,
        )  # fmt: skip
        self.setLayout(column(self._work, self._empty, gap=0))
        self.destroyed.connect(editor.subscribe(self.render_state))

    def save(self) -> None:
        """Keep the edits."""
        self._editor.records.save()

    def _open(self, tree_id: UUID) -> None:
        self._editor.records.open(tree_id)
        self.render_state(self._editor.state)  # edits that are not saved keep the page where it is

    def render_state(self, state: TreeState) -> None:
        """Show the tree, the chosen line, and what was tried."""
        tree = state.tree
        self._work.setVisible(tree is not None)
        self._empty.setVisible(tree is None)
        if tree is None or state.directory is None:
            return
        chosen = None if state.new else tree.id
        self._trees.show_options(tuple(Option(one.id, one.name, "", "layers") for one in state.trees), chosen)
        self._name.show_text(tree.name)
        self.outline.show_lines(state.lines, state.chosen)
        self._step.render_state(state)
        for widget in (self._name, self._new, self._add, self._step):
            widget.setEnabled(state.may_edit)
        self._error.show_text(say(state.error) if state.error is not None else "")
        self._bar.show_changes(int(state.changed), saving=state.saving)
        region = state.directory.organisation.region
        numbers = [number for team in state.directory.teams for number in team.numbers]
        options = tuple(Option(number.e164, display(number.e164, region), "", "phone") for number in numbers)
        self._to.show_options(options, self._to.choice or (numbers[0].e164 if numbers else None))
        self._show_tried(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.outline.viewport().update()

    def _side(self) -> QWidget:
        self._step = StepFields(self._editor)
        self._tabs = Tabs(
            (("step", self.tr("Chosen line")), ("try", self.tr("Try a call"))), self.tr("Beside the tree")
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(Scroll(self._step, STRETCH, margins=(18, 14, 18, 14)))
        self._pages.addWidget(self._try_page())
        self._tabs.picked.connect(self.show_side)
        head = Surface("surface", column(self._tabs, gap=0, margins=(18, 12, 18, 0)))
        layout = column(head, hairline("hairline"), gap=0)
        layout.addWidget(self._pages, 1)
        side = Surface("surface", layout)
        side.setFixedWidth(theme().px(PANEL))
        return side

    def show_side(self, key: object) -> None:
        """Show the chosen line, or the call that is tried."""
        self._tabs.show_choice(str(key))
        self._pages.setCurrentIndex(1 if key == "try" else 0)

    def _try_page(self) -> QWidget:
        self._to, self._from = Combo(), LineEdit("06 12 45 78 90", icon="user")
        self._keys = LineEdit("1", icon="grip", longest=20)
        run = Button(self.tr("Try"), icon="phone", key="Return", role=Role.PRIMARY)
        run.clicked.connect(self.try_call)
        self._keys.returnPressed.connect(self.try_call)
        self._from.returnPressed.connect(self.try_call)
        self._refused = Text("", Type.SMALL, "bad", wrap=True)
        self._trace = column(gap=10)
        fields = column(
            Field(self.tr("Number dialled"), self._to), Field(self.tr("Caller"), self._from),
            Field(self.tr("Keys pressed"), self._keys, hint=self.tr("With the tree as it stands here, saved or not.")),
            run.fill_width(), self._refused, gap=12,
        )  # fmt: skip
        return Scroll(fields, hairline(), Text(self.tr("Why here?"), Type.STRONG), self._trace, STRETCH,
                      margins=(18, 14, 18, 14))  # fmt: skip

    def try_call(self) -> None:
        """Try the call of the fields."""
        self._editor.try_call(str(self._to.choice or ""), self._from.text(), self._keys.text())

    def _show_tried(self, state: TreeState) -> None:
        self._refused.setVisible(state.try_error is not None)
        self._refused.setText(say(state.try_error) if state.try_error is not None else "")
        clear(self._trace)
        if state.tried is None:
            self._trace.addWidget(Text(self.tr("Press a few keys and see where the caller arrives."), wrap=True))
            return
        for number, words in enumerate(told(state.tried.plan, state), 1):
            line = row(Pill(str(number), Tone.ACCENT), gap=10)
            line.addWidget(Text(words, Type.BODY, wrap=True), 1)
            self._trace.addLayout(line)
