"""The organisation's own fields in a form, each with the editor of its kind."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.wording import Sentence
from app.domain.fields import CustomField, FieldKind
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import clear
from ui.widgets.options import Option
from ui.widgets.typed_lines import read_day, written
from ui.widgets.wording import say


class CustomFields(QWidget):
    """Made anew when the fields change; what is typed in those that stay is kept by the form."""

    filled = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(14)
        self.setLayout(self._grid)
        self._made: tuple[CustomField, ...] = ()
        self._shown: dict[str, Field] = {}

    def show_fields(self, fields: tuple[CustomField, ...], values: dict[str, Any], errors: dict[str, Sentence]) -> None:
        """Show the fields with their values and what is wrong in them."""
        if fields != self._made:
            self._made = fields
            clear(self._grid)
            self._shown = {}
            for number, one in enumerate(fields):
                editor = editor_of(one, lambda value, key=one.key: self.filled.emit(key, value))  # type: ignore[misc]
                made = Field(one.label, editor, required=one.required)
                self._shown[one.key] = made
                self._grid.addWidget(made, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(0, 1)
            self._grid.setColumnStretch(1, 1)
        self.setVisible(bool(fields))
        for one in fields:
            field, value = self._shown[one.key], values.get(one.key, "")
            show_in(field.editor, one, value)
            name = f"custom.{one.key}"
            field.show_error(say(errors[name]) if name in errors else "")


def editor_of(one: CustomField, filled: Callable[[object], None]) -> QWidget:
    """Return the editor of a field's kind; what is typed or chosen goes to `filled`."""
    if one.kind in (FieldKind.PICK_LIST, FieldKind.YES_NO):
        combo = Combo(QCoreApplication.translate("CustomFields", "Choose"))
        combo.picked.connect(filled)
        return combo
    if one.kind is FieldKind.DATE:
        # A day that cannot be read goes on as it was typed, so that the form says what is wrong with it.
        line = LineEdit(written(date(2026, 11, 25)), longest=10)
        line.textEdited.connect(lambda text: filled(day.isoformat() if (day := read_day(text)) else text))
        return line
    line = LineEdit("https://" if one.kind is FieldKind.URL else "", longest=2_100)
    line.textEdited.connect(filled)
    return line


def show_in(editor: QWidget, one: CustomField, value: Any) -> None:
    """Show a field's value in its editor."""
    if isinstance(editor, Combo):
        editor.show_options(_options(one), str(value).lower() if isinstance(value, bool) else value)
    elif isinstance(editor, LineEdit):
        day = read_day(str(value)) if one.kind is FieldKind.DATE else None
        if day is None or read_day(editor.text()) != day:
            editor.show_text(written(day) if day is not None else _typed(value))


def _options(one: CustomField) -> tuple[Option, ...]:
    translate = QCoreApplication.translate
    none = () if one.required else (Option("", translate("CustomFields", "Nothing")),)
    if one.kind is FieldKind.YES_NO:
        yes, no = translate("CustomFields", "Yes"), translate("CustomFields", "No")
        return (*none, Option("true", yes), Option("false", no))
    return (*none, *(Option(choice, choice) for choice in one.choices))


def _typed(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value if value is not None else "")
