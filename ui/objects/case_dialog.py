"""A case edited: subject, state, levels, visibility, the number it communicates with, tags, fields."""

from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.desk.case_form import CaseForm, CaseFormState, form_values
from app.domain import phone_numbers
from app.domain.cases import Visibility
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.objects.customer_dialog import field_words
from ui.objects.form_fields import FormFields
from ui.theme.tokens import Tone
from ui.widgets.clash_notice import ClashNotice
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.discard import asks_before_closing
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.type_words import type_words, words_of_state
from ui.widgets.wording import say, translate

_TOP = Qt.AlignmentFlag.AlignTop
WIDTH = 680
VISIBILITIES = {
    Visibility.PUBLIC: (
        QT_TRANSLATE_NOOP("CaseDialog", "Public"),
        QT_TRANSLATE_NOOP("CaseDialog", "all teams that had it"),
        "eye",
    ),
    Visibility.INTERNAL: (
        QT_TRANSLATE_NOOP("CaseDialog", "Internal"),
        QT_TRANSLATE_NOOP("CaseDialog", "only its team"),
        "users",
    ),
    Visibility.PRIVATE: (
        QT_TRANSLATE_NOOP("CaseDialog", "Private"),
        QT_TRANSLATE_NOOP("CaseDialog", "assignee and leads"),
        "lock",
    ),
}


class CaseDialog(Dialog):
    """Everything of a case but whose it is."""

    def __init__(self, window: QWidget, presenter: CaseForm) -> None:
        super().__init__(window, "", width=WIDTH)
        self.set_title(self.tr("Edit case {0}").replace("{0}", str(presenter.state.case.number)))
        self._presenter = presenter
        self._subject = LineEdit(longest=250)
        self._state, self._type, self._number, self._seen = Combo(), Combo(), Combo(), Combo()
        why = self.tr("Calls and messages of this case leave with this number; any of the organisation’s.")
        self._fields = {
            "subject": Field(self.tr("Subject"), self._subject, required=True),
            "state": Field(self.tr("State"), self._state),
            "type": Field(self.tr("Type"), self._type),
            "visibility": Field(self.tr("Visibility"), self._seen),
            "number": Field(self.tr("Number to communicate with"), self._number, hint=why),
        }
        self._form = FormFields()
        self._form.filled.connect(presenter.fill_field)
        self._clash = ClashNotice()
        self._clash.keep_mine.connect(presenter.keep_mine)
        self._clash.take_theirs.connect(presenter.take_theirs)
        self._error = Notice("", Tone.BAD, "triangle-alert")
        self._lay_out()
        save = primary(self.tr("Save"))
        save.clicked.connect(presenter.save)
        self.set_footer(self.tr("Assigning and handing over have their own keys."), save)
        asks_before_closing(self, lambda: presenter.changed and not presenter.state.saved)
        self._connect(presenter)
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)

    def render_state(self, state: CaseFormState) -> None:
        """Show the case as it is edited."""
        if state.saved:
            self.accept()
            return
        case, region = state.case, state.directory.organisation.region
        self._subject.show_text(case.subject)
        states = tuple(Option(s.id, words_of_state(s)[0], "", "circle-dot") for s in state.states)
        self._state.show_options(states, case.state_id)
        self._type.show_options(
            tuple(Option(t.id, type_words(t), "", t.icon) for t in state.offered_types), case.type_id
        )
        self._fields["type"].setVisible(len(state.offered_types) > 1)
        seen = tuple(
            Option(one, translate("CaseDialog", name), translate("CaseDialog", who), icon)
            for one, (name, who, icon) in VISIBILITIES.items()
        )
        self._seen.show_options(seen, case.visibility)
        numbers = tuple(
            Option(number.id, phone_numbers.display(number.e164, region), team.name, "phone")
            for number, team in state.numbers()
        )
        self._number.show_options(numbers, case.number_id)
        values = form_values(case) | {"tags": state.tags}
        self._form.show_form(state.form, state.fields, values, state.book, state.errors)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")
        self._clash.show_clash(state.clash, field_words)
        self._error.setVisible(state.error is not None)
        self._error.text.setText(escape(say(state.error)) if state.error else "")
        if self.primary is not None:
            self.primary.setEnabled(not state.saving)

    def _lay_out(self) -> None:
        add = self.content.addWidget
        add(self._fields["subject"])
        for left, right in (("state", "visibility"), ("type", "number")):
            pair = row(self._fields[left], self._fields[right], gap=16)
            for at, name in enumerate((left, right)):
                pair.setAlignment(self._fields[name], _TOP)
                pair.setStretch(at, 1)
            self.content.addLayout(pair)
        for part in (self._form, self._clash, self._error):
            add(part)

    def _connect(self, presenter: CaseForm) -> None:
        self._subject.textEdited.connect(lambda text: presenter.fill(subject=text))
        self._state.picked.connect(self._choose_state)
        self._type.picked.connect(presenter.choose_type)
        self._seen.picked.connect(lambda visibility: presenter.fill(visibility=visibility))
        self._number.picked.connect(lambda number_id: presenter.fill(number_id=number_id))

    def _choose_state(self, state_id: Any) -> None:
        self._presenter.fill(state_id=state_id)
