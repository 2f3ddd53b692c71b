"""The states of a type as lines: name, what each means, its colour, its place; and where each may lead."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.desk.case_types import COLOURS, CaseState, Category, TypePages, TypesState
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.flow import Flow
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.options import Option
from ui.widgets.pill import Chip, Pill
from ui.widgets.text import Elided, Text
from ui.widgets.type_words import words_of_state
from ui.widgets.wording import category_words, say, translate

MEANS, COLOUR, NAME = 178, 124, 124


COLOURS_SAID = {
    "": QT_TRANSLATE_NOOP("Colour", "As it means"),
    "neutral": QT_TRANSLATE_NOOP("Colour", "Grey"),
    "accent": QT_TRANSLATE_NOOP("Colour", "Blue"),
    "ok": QT_TRANSLATE_NOOP("Colour", "Green"),
    "warn": QT_TRANSLATE_NOOP("Colour", "Amber"),
    "bad": QT_TRANSLATE_NOOP("Colour", "Red"),
    "violet": QT_TRANSLATE_NOOP("Colour", "Violet"),
    "cyan": QT_TRANSLATE_NOOP("Colour", "Cyan"),
    "pink": QT_TRANSLATE_NOOP("Colour", "Pink"),
}


def colour_words(colour: str) -> str:
    """Return the name of a colour."""
    return translate("Colour", COLOURS_SAID[colour])


class StatesCard(Card):
    """One line a state, in order; Alt+Up and Alt+Down move the one that has the keyboard."""

    def __init__(self, presenter: TypePages) -> None:
        self._add = Button("", icon="plus", role=Role.LINK)
        super().__init__("", gap=8)
        self._presenter = presenter
        self._add.set_label(self.tr("State"))
        self._add.clicked.connect(presenter.add_state)
        self._lines: list[_StateLine] = []
        self._rows = column(gap=6)
        self._wrong = Text("", Type.SMALL, "bad", wrap=True)
        self._first = Combo()
        self._first.setAccessibleName(self.tr("New ones begin in"))
        self._first.setFixedWidth(theme().px(MEANS))
        self._first.picked.connect(lambda state_id: presenter.edit(default_state_id=state_id))
        self.body.addLayout(row(Text(self.tr("States"), Type.HEADING), self._add, STRETCH))
        self.body.addLayout(self._rows)
        self.body.addWidget(self._wrong)
        self.body.addLayout(row(Text(self.tr("New ones begin in"), Type.LABEL, "text2"), self._first, STRETCH))

    def show_state(self, state: TypesState) -> None:
        """Show the states in their lines; a line stays where it is while what it shows moves."""
        edited = state.edited
        if edited is None:
            return
        while len(self._lines) < len(edited.states):
            line = _StateLine(self._presenter)
            line.moved.connect(self._follow)
            self._lines.append(line)
            self._rows.addWidget(line)
        wrong = state.errors.get("state_name")
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(edited.states))
            if at < len(edited.states):
                one = edited.states[at]
                line.show_line(one, kept=state.is_kept(one.id), wrong=wrong is not None and not one.name.strip())
                line.show_place(first=at == 0, last=at + 1 == len(edited.states))
        said = wrong or state.errors.get("states") or state.errors.get("default_state") or state.errors.get("category")
        self._wrong.setText(say(said) if said is not None else "")
        self._wrong.setVisible(said is not None)
        begins = tuple(one for one in edited.states if one.category not in {Category.SOLVED, Category.CLOSED})
        self._first.show_options(
            tuple(Option(one.id, words_of_state(one)[0], "", "circle-dot") for one in begins), edited.default_state_id
        )

    def _follow(self, state_id: UUID, part: str) -> None:
        """Leave the keyboard with the state that was moved."""
        line = next((line for line in self._lines if line.isVisible() and line.state_id == state_id), None)
        if line is not None:
            line.take_keyboard(part)


class _StateLine(QWidget):
    """One state."""

    moved = Signal(object, str)

    def __init__(self, presenter: TypePages) -> None:
        super().__init__()
        self._presenter = presenter
        self.state_id: UUID | None = None
        self._name = LineEdit(longest=60)
        self._means, self._colour = Combo(), Combo()
        self._up, self._down = (
            IconButton(self.tr("Move up"), "chevron-up", key="Alt+Up", size=28),
            IconButton(self.tr("Move down"), "chevron-down", key="Alt+Down", size=28),
        )
        self._gone = IconButton(self.tr("Remove the state"), "x", size=28)
        self._name.setAccessibleName(self.tr("Name of the state"))
        self._means.setAccessibleName(self.tr("What it means"))
        self._colour.setAccessibleName(self.tr("Colour"))
        self._name.setMinimumWidth(theme().px(NAME))
        self._means.setFixedWidth(theme().px(MEANS))
        self._colour.setFixedWidth(theme().px(COLOUR))
        self._parts = {"name": self._name, "up": self._up, "down": self._down}
        self._name.textEdited.connect(lambda text: self._edit(name=text))
        self._means.picked.connect(lambda category: self._edit(category=category))
        self._colour.picked.connect(lambda colour: self._edit(colour=colour))
        self._up.clicked.connect(lambda: self._move(-1, "up"))
        self._down.clicked.connect(lambda: self._move(1, "down"))
        self._gone.clicked.connect(self._remove)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._move(by, "name"))
        line = row(self._name, self._means, self._colour, self._up, self._down, self._gone, gap=6)
        line.setStretch(0, 1)
        self.setLayout(line)

    def show_line(self, state: CaseState, *, kept: bool, wrong: bool) -> None:
        """Show a state; what a saved one means is fixed."""
        self.state_id = state.id
        self._name.show_text(words_of_state(state)[0] if state.key and not self._name.hasFocus() else state.name)
        self._name.set_wrong(wrong)
        self._means.show_options(tuple(Option(one, category_words(one)[0]) for one in Category), state.category)
        self._means.setEnabled(not kept)
        self._means.setToolTip(self.tr("What a state means is fixed once it is saved.") if kept else "")
        colours = tuple(Option(one, colour_words(one)) for one in ("", *COLOURS))
        self._colour.show_options(colours, state.colour)

    def show_place(self, *, first: bool, last: bool) -> None:
        """At the ends there is nowhere to move to."""
        self._up.setEnabled(not first)
        self._down.setEnabled(not last)

    def take_keyboard(self, part: str) -> None:
        """Give the keyboard to one of the parts."""
        self._parts[part].setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, **changes: object) -> None:
        if self.state_id is not None:
            self._presenter.edit_state(self.state_id, **changes)

    def _move(self, by: int, part: str) -> None:
        if self.state_id is not None:
            state_id = self.state_id
            self._presenter.move_state(state_id, by)
            self.moved.emit(state_id, part)

    def _remove(self) -> None:
        if self.state_id is not None:
            self._presenter.remove_state(self.state_id)


class MovesCard(Card):
    """From each state the others as chips: those that are on may follow it."""

    def __init__(self, presenter: TypePages) -> None:
        super().__init__(self.tr("Allowed moves"), gap=8)
        self._presenter = presenter
        told = self.tr("What agents may choose. Customers’ answers and automations are not held by it.")
        self.body.addWidget(Text(told, Type.SMALL, "text2", wrap=True))
        self._lines = column(gap=6)
        self.body.addLayout(self._lines)
        self._shown: tuple[CaseState, ...] = ()

    def show_state(self, state: TypesState) -> None:
        """Show the moves; the chips are made anew when states change."""
        states = state.edited.states if state.edited is not None else ()
        if states == self._shown:
            return
        self._shown = states
        clear(self._lines)
        for one in states:
            if one.category is not Category.CLOSED:
                self._lines.addWidget(self._line(one, states))

    def _line(self, one: CaseState, states: tuple[CaseState, ...]) -> QWidget:
        words, tone = words_of_state(one)
        chips: list[QWidget] = []
        for other in states:
            if other.id == one.id or other.category is Category.NEW:
                continue
            chip = Chip(words_of_state(other)[0] or self.tr("unnamed"))
            chip.setAccessibleName(self.tr("From {0} to {1}").format(words, words_of_state(other)[0]))
            chip.setChecked(one.leads_to is None or other.id in one.leads_to)
            chip.clicked.connect(
                lambda on, here=one.id, there=other.id: self._presenter.allow(here, there, allowed=bool(on))
            )
            chips.append(chip)
        flow = Flow(QWidget())
        flow.show_widgets(chips)
        line = QWidget()
        name = QWidget()
        name.setLayout(row(Pill(words, tone) if words else Elided("…"), STRETCH, margins=(0, 3, 0, 0)))
        name.setFixedWidth(theme().px(MEANS - 20))
        layout = row(name, flow, gap=8)
        layout.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        line.setLayout(layout)
        return line
