"""Editing a condition: lines of field, comparison and values, in groups of which all or any must hold.

editor = ConditionEditor(self.tr("Which cases"))
editor.changed.connect(presenter.edit_condition)      # a Group
editor.show_condition(state.condition, state.known, state.troubles)
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from app.domain.condition_checks import Trouble
from app.domain.conditions import COMPARISONS, NO_VALUE, SPANS, Compare, Condition, Group, How, Joined, Kind
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.button import Button, IconButton, Role
from ui.widgets.card import Surface
from ui.widgets.choice import Segmented
from ui.widgets.choices import Choices
from ui.widgets.combo import Combo
from ui.widgets.condition_words import (
    Known,
    as_group,
    choice_words,
    field_words,
    first_comparison,
    how_words,
    trouble_words,
    unit_words,
)
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.options import Option
from ui.widgets.text import Text

DEEPEST = 2
LEAST_WIDTH, TWO_LINES = 84, 400


class ConditionEditor(QWidget):
    """The whole of a condition; `changed` carries the new one."""

    changed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = _GroupEditor(0, self.changed.emit)
        self._wrong = Text("", Type.SMALL, "bad", wrap=True)
        self.setLayout(column(self._group, self._wrong, gap=6))
        self._wrong.setVisible(False)

    def show_condition(self, condition: Condition, known: Known, troubles: tuple[Trouble, ...] = ()) -> None:
        """Show a condition; fields in trouble have their edges in the colour of errors, the sentences stand below."""
        self._group.show_group(as_group(condition), known, frozenset(trouble.field for trouble in troubles))
        self._wrong.setText("\n".join(dict.fromkeys(trouble_words(trouble, known) for trouble in troubles)))
        self._wrong.setVisible(bool(troubles))


class _Values(QStackedWidget):
    """What a comparison is made with, in the editor that fits the field."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._text, self._yes = LineEdit(longest=500), Combo()
        self._many = Choices(self.tr("Choose"))
        self._count, self._unit = LineEdit(longest=5), Combo()
        span = QWidget()
        layout = row(self._count, self._unit, gap=6)
        layout.setStretch(1, 1)
        span.setLayout(layout)
        self._count.setFixedWidth(theme().px(56))
        for editor, words in (
            (self._text, self.tr("Values, between commas")), (self._yes, self.tr("Value")),
            (self._many, self.tr("Values")), (self._count, self.tr("How long")), (self._unit, self.tr("Unit")),
        ):  # fmt: skip
            editor.setAccessibleName(words)
        self._nothing, self._span = QWidget(), span
        for page in (self._text, self._yes, self._many, span, self._nothing):
            self.addWidget(page)
        self.setFixedHeight(theme().px(32))
        self._text.textEdited.connect(lambda text: self.changed.emit(_split(text)))
        self._yes.picked.connect(lambda value: self.changed.emit((value,)))
        self._many.changed.connect(self.changed.emit)
        self._count.textEdited.connect(lambda _: self._say_span())
        self._unit.picked.connect(lambda _: self._say_span())

    def show_values(self, one: Compare, known: Known, *, wrong: bool) -> None:
        """Show them."""
        asked = known.get(one.field)
        kind = asked.kind if asked is not None else Kind.TEXT
        if one.how in NO_VALUE:
            self.setCurrentWidget(self._nothing)
        elif one.how in SPANS:
            value = one.values[0] if one.values else "1d"
            self._count.show_text(value[:-1])
            self._unit.show_options(tuple(Option(unit, unit_words(unit)) for unit in "mhd"), value[-1:])
            self._count.set_wrong(wrong)
            self.setCurrentWidget(self._span)
        elif kind is Kind.YES_NO:
            options = tuple(Option(code, choice_words(one.field, code, known)) for code in ("true", "false"))
            self._yes.show_options(options, one.values[0] if one.values else None)
            self.setCurrentWidget(self._yes)
        elif kind is Kind.CHOICE and asked is not None:
            # What is gone stays visible until it is taken away.
            codes = (*asked.choices, *(value for value in one.values if value not in asked.choices))
            options = tuple(Option(code, choice_words(one.field, code, known)) for code in codes)
            self._many.show_options(options, one.values)
            self._many.set_wrong(wrong)
            self.setCurrentWidget(self._many)
        else:
            self._show_text(one, kind, wrong=wrong)

    def _show_text(self, one: Compare, kind: Kind, *, wrong: bool) -> None:
        # As it is typed, a comma at the end included: what is shown is what it means only once it differs.
        if _split(self._text.text()) != one.values:
            self._text.show_text(", ".join(one.values))
        dated = kind in {Kind.MOMENT, Kind.DAY}
        self._text.setPlaceholderText("2026-11-25" if dated else self.tr("one, or another"))
        self._text.set_wrong(wrong)
        self.setCurrentWidget(self._text)

    def _say_span(self) -> None:
        self.changed.emit((f"{self._count.text().strip()}{self._unit.choice or 'd'}",))


class _Line(QWidget):
    """One comparison; its cross takes it away."""

    def __init__(self, changed: Callable[[Condition], None], gone: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self._one = Compare("")
        self._of: Known = {}
        self._field, self._how, self._values = Combo(), Combo(), _Values()
        self._field.setAccessibleName(self.tr("What is compared"))
        self._how.setAccessibleName(self.tr("How it is compared"))
        cross = IconButton(self.tr("Remove the condition"), "x")
        cross.clicked.connect(gone)
        self._field.picked.connect(self._choose_field)
        self._how.picked.connect(self._choose_how)
        self._values.changed.connect(lambda values: changed(replace(self._one, values=values)))
        for part in (self._field, self._how, self._values):
            part.setMinimumWidth(theme().px(LEAST_WIDTH))
        self._cross = cross
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._narrow: bool | None = None
        self.setLayout(self._grid)
        self._arrange(narrow=False)

    def show_one(self, one: Compare, known: Known, wrong: frozenset[str]) -> None:
        """Show it."""
        self._one, self._of = one, known
        fields = known if one.field in known else (one.field, *known)
        options = tuple(Option(field, field_words(field, known)) for field in fields)
        self._field.show_options(options, one.field)
        self._field.set_wrong(one.field in wrong and one.field not in known)
        kind = known[one.field].kind if one.field in known else Kind.TEXT
        offered = COMPARISONS[kind] if one.how in COMPARISONS[kind] else (one.how, *COMPARISONS[kind])
        self._how.show_options(tuple(Option(how, how_words(how)) for how in offered), one.how)
        self._values.show_values(one, known, wrong=one.field in wrong)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < theme().px(TWO_LINES))

    def _arrange(self, *, narrow: bool) -> None:
        """Three in a line; where there is no room, the values below."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        grid = self._grid
        grid.addWidget(self._field, 0, 0)
        grid.addWidget(self._how, 0, 1)
        grid.addWidget(self._values, 1 if narrow else 0, 0 if narrow else 2, 1, 2 if narrow else 1)
        grid.addWidget(self._cross, 0, 3)
        for place, share in enumerate((4, 3, 0 if narrow else 4)):
            grid.setColumnStretch(place, share)

    def _choose_field(self, field: str) -> None:
        if field != self._one.field:
            self._changed(first_comparison(field, self._of))

    def _choose_how(self, how: How) -> None:
        alike = (how in SPANS) == (self._one.how in SPANS)
        values = self._one.values if alike else ("1d",) if how in SPANS else ()
        self._changed(Compare(self._one.field, how, () if how in NO_VALUE else values))


class _GroupEditor(Surface):
    """A group: how it is joined, its parts, and what can be added; an inner one stands in a sunk box."""

    def __init__(
        self, level: int, changed: Callable[[Condition], None], gone: Callable[[], None] | None = None
    ) -> None:
        super().__init__("sunk" if level else "plain")
        self._level, self._changed = level, changed
        self._group = Group()
        self._of: Known = {}
        self._parts: list[_Line | _GroupEditor] = []
        self._joined = Segmented(
            ((Joined.ALL, self.tr("all"), ""), (Joined.ANY, self.tr("any"), "")), self.tr("How many must hold")
        )
        self._joined.picked.connect(lambda joined: changed(replace(self._group, joined=joined)))
        more = Button(self.tr("Condition"), icon="plus", role=Role.LINK, height=28)
        more.clicked.connect(self._add_condition)
        inner = Button(self.tr("Group"), icon="plus", role=Role.LINK, height=28)
        inner.clicked.connect(self._add_group)
        cross = IconButton(self.tr("Remove the group"), "x")
        if gone is not None:
            cross.clicked.connect(gone)
        self._box = column(gap=6)
        foot = row(more, inner, STRETCH, self._joined, cross, gap=14)
        self.setLayout(column(self._box, foot, gap=6, margins=(8, 8, 8, 6) if level else (0, 0, 0, 0)))
        inner.setVisible(level + 1 < DEEPEST)
        cross.setVisible(gone is not None)

    def show_group(self, group: Group, known: Known, wrong: frozenset[str]) -> None:
        """Show it; an editor that is there already keeps its cursor."""
        self._group, self._of = group, known
        for at, part in enumerate(group.parts):
            self._editor(at, part).setVisible(True)
            editor = self._parts[at]
            if isinstance(editor, _Line) and isinstance(part, Compare):
                editor.show_one(part, known, wrong)
            elif isinstance(editor, _GroupEditor) and isinstance(part, Group):
                editor.show_group(part, known, wrong)
        for spare in self._parts[len(group.parts) :]:
            spare.setVisible(False)
        self._joined.show_choice(group.joined)
        self._joined.setVisible(len(group.parts) > 1)

    def _editor(self, at: int, part: Condition) -> "_Line | _GroupEditor":
        wanted = _Line if isinstance(part, Compare) else _GroupEditor
        if at < len(self._parts) and isinstance(self._parts[at], wanted):
            return self._parts[at]

        def changed(new: Condition, at: int = at) -> None:
            parts = self._group.parts
            self._changed(replace(self._group, parts=(*parts[:at], new, *parts[at + 1 :])))

        def gone(at: int = at) -> None:
            parts = self._group.parts
            self._changed(replace(self._group, parts=(*parts[:at], *parts[at + 1 :])))

        made = _Line(changed, gone) if isinstance(part, Compare) else _GroupEditor(self._level + 1, changed, gone)
        if at < len(self._parts):
            old = self._parts[at]
            self._box.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
            self._parts[at] = made
        else:
            self._parts.append(made)
        self._box.insertWidget(at, made)
        return made

    def _add_condition(self) -> None:
        first = next(iter(self._of), "case.category")
        self._changed(replace(self._group, parts=(*self._group.parts, first_comparison(first, self._of))))

    def _add_group(self) -> None:
        first = next(iter(self._of), "case.category")
        inner = Group(Joined.ANY, (first_comparison(first, self._of),))
        self._changed(replace(self._group, parts=(*self._group.parts, inner)))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
