"""Editing the actions of an automation or a macro: one card each, in their order."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.desk.automations import Action, Directory, Does, Known, Template
from app.domain.automation_events import SETTABLE
from app.domain.conditions import Kind
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.automation_words import does_words, set_words, variables_hint, whom_words
from ui.widgets.button import IconButton
from ui.widgets.card import Surface
from ui.widgets.combo import Combo
from ui.widgets.condition_words import choice_words, field_words, unit_words
from ui.widgets.icon import Icon
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.options import Option
from ui.widgets.text import Text

_LINES = {Does.ADD_TAG, Does.REMOVE_TAG, Does.WEB_HOOK, Does.MAKE_TASK, Does.NOTIFY}
_ASSIGN, _SPREAD = ("writer", "nobody"), ("load", "rotation")
_NOTIFY = ("assignee", "team", "leads")


@dataclass(frozen=True, slots=True)
class Around:
    """What actions may name; `spreads` where whose turn it is can be found out."""

    known: Known
    directory: Directory | None
    templates: tuple[Template, ...]
    spreads: bool = True


class ActionEditor(QWidget):
    """All actions, and what can be added."""

    changed = Signal(int, object)
    removed = Signal(int)
    moved = Signal(int, int)
    added = Signal(object)

    def __init__(self, offered: tuple[Does, ...] = tuple(Does)) -> None:
        super().__init__()
        self._cards: list[_ActionCard] = []
        self._box = column(gap=8)
        self._more = Combo(self.tr("Add an action"))
        self._more.setAccessibleName(self.tr("Add an action"))
        self._options = tuple(Option(does, *_named(does)) for does in offered)
        self._more.show_options(self._options)
        self._more.picked.connect(self._add)
        self.setLayout(column(self._box, self._more, gap=8))

    def show_actions(self, actions: tuple[Action, ...], around: Around, wrong: frozenset[int] = frozenset()) -> None:
        """Show them."""
        while len(self._cards) < len(actions):
            self._cards.append(_ActionCard(len(self._cards), self))
            self._box.addWidget(self._cards[-1])
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(actions))
            if at < len(actions):
                card.show_action(actions[at], around, last=at == len(actions) - 1, wrong=at in wrong)

    def _add(self, does: Does) -> None:
        self._more.show_options(self._options)
        self.added.emit(does)


def _named(does: Does) -> tuple[str, str, str]:
    words, icon = does_words(does)
    return words, "", icon


class _ActionCard(Surface):
    """One action: what it does, with what, and its place."""

    def __init__(self, at: int, editor: ActionEditor) -> None:
        super().__init__("sunk")
        self._at, self._editor = at, editor
        self._action = Action(Does.ADD_TAG)
        self._icon, self._title = Icon("flag", "text2"), Text("", Type.STRONG)
        self._up = IconButton(self.tr("Move up"), "chevron-up", size=26)
        self._down = IconButton(self.tr("Move down"), "chevron-down", size=26)
        cross = IconButton(self.tr("Remove the action"), "x", size=26)
        self._up.clicked.connect(lambda: editor.moved.emit(at, -1))
        self._down.clicked.connect(lambda: editor.moved.emit(at, 1))
        cross.clicked.connect(lambda: editor.removed.emit(at))
        self._field, self._choice = Combo(), Combo()
        self._field.setAccessibleName(self.tr("Field"))
        self._choice.setAccessibleName(self.tr("Value"))
        self._line, self._text = LineEdit(longest=500), TextArea(lines=2, most_lines=6)
        self._count, self._unit = LineEdit(longest=4), Combo()
        self._count.setFixedWidth(theme().px(52))
        self._count.setAccessibleName(self.tr("Due in"))
        self._unit.setAccessibleName(self.tr("Unit"))
        self._unit.setFixedWidth(theme().px(110))
        self._hint = Text("", Type.SMALL, "text2", wrap=True)
        self._due = QWidget()
        self._due.setLayout(row(Text(self.tr("due in"), Type.SMALL, "text2"), self._count, self._unit, STRETCH, gap=6))
        self._connect()
        pair = row(self._field, self._choice, gap=6)
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
        head = row(self._icon, self._title, STRETCH, self._up, self._down, cross, gap=6)
        self.setLayout(
            column(head, pair, self._line, self._text, self._due, self._hint, gap=6, margins=(10, 6, 8, 8))
        )  # fmt: skip

    def _connect(self) -> None:
        self._field.picked.connect(lambda field: self._say(field=field, value=""))
        self._choice.picked.connect(lambda value: self._say(value=value))
        self._line.textEdited.connect(self._typed)
        self._text.textChanged.connect(self._written)
        self._count.textEdited.connect(lambda _: self._say_span())
        self._unit.picked.connect(lambda _: self._say_span())

    def show_action(self, action: Action, around: Around, *, last: bool, wrong: bool) -> None:
        """Show it."""
        self._action = action
        does = action.does
        words, icon = does_words(does)
        self._icon.show_icon(icon, "text2")
        self._title.setText(words)
        self._up.setEnabled(self._at > 0)
        self._down.setEnabled(not last)
        self._show_choices(action, around)
        self._choice.set_wrong(wrong)
        self._line.set_wrong(wrong)
        typed = does in _LINES or (does is Does.SET_FIELD and not self._choice.isVisibleTo(self))
        self._line.setVisible(typed)
        if typed:
            self._line.show_text(action.text if does in {Does.MAKE_TASK, Does.NOTIFY} else action.value)
            self._line.setPlaceholderText(self._placeholder(does))
            self._line.setAccessibleName(self._placeholder(does))
        self._text.setVisible(does is Does.ADD_NOTE)
        self._text.setAccessibleName(self.tr("Text of the note"))
        if does is Does.ADD_NOTE:
            self._text.show_text(action.text)
        self._due.setVisible(does is Does.MAKE_TASK)
        self._count.show_text(action.after[:-1])
        self._unit.show_options(tuple(Option(unit, unit_words(unit)) for unit in "mhd"), action.after[-1:] or "d")
        speaks = does in {Does.ADD_NOTE, Does.MAKE_TASK, Does.NOTIFY}
        signed = self.tr("Called once for each event, signed (X-Guichet-Signature).") if does is Does.WEB_HOOK else ""
        self._hint.setText(variables_hint() if speaks else signed)
        self._hint.setVisible(bool(self._hint.text()))

    def _placeholder(self, does: Does) -> str:
        return {
            Does.WEB_HOOK: "https://",
            Does.MAKE_TASK: self.tr("What is to be done"),
            Does.NOTIFY: self.tr("What is said; the subject where it is empty"),
            Does.SET_FIELD: self.tr("Value"),
        }.get(does, self.tr("Tag"))

    def _show_choices(self, action: Action, around: Around) -> None:
        self._field.setVisible(action.does is Does.SET_FIELD)
        options = self._set_options(action, around) if action.does is Does.SET_FIELD else _options(action, around)
        self._choice.setVisible(options is not None)
        if options is not None:
            gone = action.value and action.value not in {option.key for option in options}
            shown = (Option(action.value, self.tr("(removed)")), *options) if gone else options
            self._choice.show_options(shown, action.value or None)

    def _set_options(self, action: Action, around: Around) -> tuple[Option, ...] | None:
        fields = around.known.fields
        own = [name for name in fields if name.startswith("case.custom.")]
        names = [name for name in (*SETTABLE, *own) if name in fields]
        self._field.show_options(tuple(Option(name, field_words(name, fields)) for name in names), action.field)
        asked = fields.get(action.field)
        if action.field == "case.state" and "case.category" in fields:
            codes = [f"category:{code}" for code in fields["case.category"].choices if code != "new"]
            by_category = tuple(Option(code, set_words(replace(action, value=code), around.known)) for code in codes)
            return (
                (*by_category, *(Option(k, v) for k, v in asked.choices.items())) if asked is not None else by_category
            )
        if asked is not None and asked.kind is Kind.YES_NO:
            return tuple(Option(code, choice_words(action.field, code, fields)) for code in ("true", "false"))
        if asked is None or not asked.choices:
            return None
        return tuple(Option(code, choice_words(action.field, code, fields)) for code in asked.choices)

    def _say(self, **changes: object) -> None:
        self._editor.changed.emit(self._at, replace(self._action, **changes))  # type: ignore[arg-type]

    def _typed(self, text: str) -> None:
        self._say(**({"text": text} if self._action.does in {Does.MAKE_TASK, Does.NOTIFY} else {"value": text}))

    def _written(self) -> None:
        if self._text.isVisibleTo(self) and self._text.toPlainText() != self._action.text:
            self._say(text=self._text.toPlainText())

    def _say_span(self) -> None:
        self._say(after=f"{self._count.text().strip()}{self._unit.choice or 'd'}")


def _options(action: Action, around: Around) -> tuple[Option, ...] | None:
    """What is chosen from, by what the action does; None where something is typed."""
    directory, fields = around.directory, around.known.fields
    agents = sorted((a for a in directory.agents if a.active), key=lambda a: a.name.casefold()) if directory else []
    people = tuple(Option(f"agent:{agent.id}", agent.name, "", "user") for agent in agents)

    def named(codes: tuple[str, ...], icon: str) -> tuple[Option, ...]:
        return tuple(Option(code, whom_words(code, directory), "", icon) for code in codes)

    def chosen(name: str, icon: str) -> tuple[Option, ...]:
        return (
            tuple(Option(key, words, "", icon) for key, words in fields[name].choices.items()) if name in fields else ()
        )

    offered: dict[Does, Callable[[], tuple[Option, ...]]] = {
        Does.ASSIGN: lambda: (*named((*(_SPREAD if around.spreads else ()), *_ASSIGN), "users"), *people),
        Does.NOTIFY: lambda: (*named(_NOTIFY, "users"), *people),
        Does.MAKE_TASK: lambda: named(("assignee", "team"), "users"),
        Does.HAND_OVER: lambda: chosen("case.team", "users"),
        Does.PROJECT: lambda: chosen("case.project", "briefcase"),
        Does.REPLY: lambda: tuple(
            Option(f"shipped:{one.shipped}" if one.shipped else str(one.id), one.name, "", "mail")
            for one in around.templates
            if one.agent_id is None
        ),
    }
    return offered[action.does]() if action.does in offered else None
