"""The fields of a form of cases, in its order: priority, tags, project and an organisation's own."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.case_book import CaseBookState, Form
from app.desk.wording import Sentence
from app.domain.cases import Level
from app.domain.fields import CustomField
from app.domain.forms import OWN
from ui.objects.custom_fields import editor_of, show_in
from ui.objects.tag_line import TagLine
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.form_words import form_field_words
from ui.widgets.inputs import TextArea
from ui.widgets.layout import clear
from ui.widgets.options import Option
from ui.widgets.wording import level_words, say

_LEVELS = ("priority", "severity")


class FormFields(QWidget):
    """Made anew when the form changes; `filled` carries a field's name and what was typed or chosen."""

    filled = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(14)
        self.setLayout(self._grid)
        self._made: object = None
        self._shown: dict[str, Field] = {}

    def show_form(
        self,
        form: Form,
        fields: tuple[CustomField, ...],
        values: Mapping[str, Any],
        book: CaseBookState,
        errors: Mapping[str, Sentence],
    ) -> None:
        """Show the form with its values and what is wrong in them."""
        own = {f"{OWN}{one.key}": one for one in fields}
        if (form.fields, fields) != self._made:
            self._made = (form.fields, fields)
            self._make(form, own)
        self.setVisible(bool(form.fields))
        for name, made in self._shown.items():
            self._show_value(name, made, own, values.get(name), book)
            made.show_error(say(errors[name]) if name in errors else "")

    def _make(self, form: Form, own: Mapping[str, CustomField]) -> None:
        clear(self._grid)
        self._shown = {}
        row = column = 0
        labels = {one.key: one.label for one in own.values()}
        for one in form.fields:
            wide = one.field == "description"
            if wide and column:
                row, column = row + 1, 0
            made = Field(form_field_words(one.field, labels), self._editor(one.field, own), required=one.required)
            self._shown[one.field] = made
            self._grid.addWidget(made, row, column, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            row, column = (row + 1, 0) if wide or column else (row, 1)
        for at in (0, 1):
            self._grid.setColumnStretch(at, 1)

    def _editor(self, name: str, own: Mapping[str, CustomField]) -> QWidget:
        if name in own:
            return editor_of(own[name], lambda value: self.filled.emit(name, value))
        if name == "description":
            area = TextArea(lines=3)
            area.textChanged.connect(lambda: self.filled.emit(name, area.toPlainText()))
            return area
        if name == "tags":
            line = TagLine()
            line.textEdited.connect(lambda text: self.filled.emit(name, text))
            return line
        combo = Combo(self.tr("Choose"))
        combo.picked.connect(lambda value: self.filled.emit(name, value or None))
        return combo

    def _show_value(
        self, name: str, made: Field, own: Mapping[str, CustomField], value: Any, book: CaseBookState
    ) -> None:
        editor = made.editor
        if name in own:
            show_in(editor, own[name], value if value is not None else "")
        elif isinstance(editor, TextArea):
            editor.show_text(str(value or ""))
        elif isinstance(editor, TagLine):
            editor.show_tags(book.offered_tags())
            editor.show_text(str(value or ""))
        elif isinstance(editor, Combo) and name in _LEVELS:
            editor.show_options(tuple(Option(one, level_words(one)[0], "", "flag") for one in Level), value)
        elif isinstance(editor, Combo):
            projects = tuple(Option(one.id, one.name, "", "briefcase") for one in book.offered_projects(value))
            editor.show_options((Option("", self.tr("Nothing")), *projects), value or "")
