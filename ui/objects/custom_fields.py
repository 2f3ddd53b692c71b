"""The organisation's own fields in a form, each with the editor of its kind."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.wording import Sentence
from app.domain.fields import CustomField, FieldKind
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import clear
from ui.widgets.options import Option
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
                made = Field(one.label, self._editor(one), required=one.required)
                self._shown[one.key] = made
                self._grid.addWidget(made, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(0, 1)
            self._grid.setColumnStretch(1, 1)
        self.setVisible(bool(fields))
        for one in fields:
            field, value = self._shown[one.key], values.get(one.key, "")
            if isinstance(field.editor, Combo):
                field.editor.show_options(self._options(one), str(value).lower() if isinstance(value, bool) else value)
            elif isinstance(field.editor, LineEdit):
                field.editor.show_text(_typed(value))
            name = f"custom.{one.key}"
            field.show_error(say(errors[name]) if name in errors else "")

    def _editor(self, one: CustomField) -> QWidget:
        if one.kind in (FieldKind.PICK_LIST, FieldKind.YES_NO):
            combo = Combo(self.tr("Choose"))
            combo.picked.connect(lambda value, key=one.key: self.filled.emit(key, value))
            return combo
        hints = {FieldKind.DATE: "2026-11-25", FieldKind.URL: "https://"}
        line = LineEdit(hints.get(one.kind, ""), longest=2_100)
        line.textEdited.connect(lambda text, key=one.key: self.filled.emit(key, text))
        return line

    def _options(self, one: CustomField) -> tuple[Option, ...]:
        none = () if one.required else (Option("", self.tr("Nothing")),)
        if one.kind is FieldKind.YES_NO:
            return (*none, Option("true", self.tr("Yes")), Option("false", self.tr("No")))
        return (*none, *(Option(choice, choice) for choice in one.choices))


def _typed(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value if value is not None else "")
