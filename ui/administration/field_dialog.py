"""One field of the organisation's own: its label, what it holds, and whether it must be filled in."""

from html import escape

from PySide6.QtWidgets import QWidget

from app.desk.field_form import FieldForm, FieldFormState
from app.domain.fields import DEFAULT_MOST, FieldKind
from ui.administration.fields_page import kind_name
from ui.theme.tokens import Tone
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.wording import say


class FieldDialog(Dialog):
    """The kind is fixed once the field is saved."""

    def __init__(self, window: QWidget, presenter: FieldForm) -> None:
        super().__init__(window, "", width=520)
        self._presenter = presenter
        new = presenter.state.stored is None
        self.set_title(self.tr("New field") if new else self.tr("Edit field"))
        self._label, self._default = LineEdit(longest=60), LineEdit(longest=DEFAULT_MOST)
        self._kind, self._choices = Combo(), TextArea(self.tr("One choice a line"), lines=4)
        self._required = Check(self.tr("It must be filled in"))
        fixed = self.tr("What a field holds is fixed once it is saved.")
        self._fields = {
            "label": Field(self.tr("Label"), self._label, required=True),
            "kind": Field(self.tr("What it holds"), self._kind, hint=fixed),
            "choices": Field(self.tr("Choices"), self._choices, required=True),
            "default": Field(self.tr("Default"), self._default),
        }
        self._kind.setEnabled(new)
        self._error = Notice("", Tone.BAD, "triangle-alert")
        for part in (*self._fields.values(), self._required, self._error):
            self.content.addWidget(part)
        save = primary(self.tr("Save"))
        save.clicked.connect(presenter.save)
        self.set_footer("", save)
        self._label.textEdited.connect(lambda text: presenter.fill(label=text))
        self._default.textEdited.connect(lambda text: presenter.fill(default=text))
        self._kind.picked.connect(lambda kind: presenter.fill(kind=kind))
        self._choices.textChanged.connect(lambda: presenter.type_choices(self._choices.toPlainText()))
        self._required.clicked.connect(lambda on: presenter.fill(required=on))
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)

    def render_state(self, state: FieldFormState) -> None:
        """Show the field as it is edited."""
        if state.saved:
            self.accept()
            return
        self._label.show_text(state.edited.label)
        self._default.show_text(state.edited.default)
        self._choices.show_text(state.choices)
        self._kind.show_options(tuple(Option(kind, kind_name(kind)) for kind in FieldKind), state.edited.kind)
        self._required.setChecked(state.edited.required)
        self._fields["choices"].setVisible(state.edited.kind is FieldKind.PICK_LIST)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")
        self._error.setVisible(state.error is not None)
        self._error.text.setText(escape(say(state.error)) if state.error else "")
