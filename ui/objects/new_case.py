"""The New case dialog: customer, subject, team; for a sub-team the number to communicate with."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.desk.new_case import CustomerHit, NewCaseForm, NewCaseState
from app.domain import phone_numbers
from ui.objects.form_fields import FormFields
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.combo import Combo, SearchCombo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.type_words import type_words
from ui.widgets.wording import say

_TOP = Qt.AlignmentFlag.AlignTop


class NewCaseDialog(Dialog):
    """Shows the form's state; every missing part is told at once, under its field."""

    case_opened = Signal(object)

    def __init__(self, window: QWidget, presenter: NewCaseForm) -> None:
        super().__init__(window, "")
        self.set_title(self.tr("New case"))
        self._presenter = presenter
        self._customer = SearchCombo(self.tr("Name, organisation, number, account…"), icon="building-2")
        self._subject = LineEdit(longest=250)
        self._team = Combo(self.tr("Choose a team"))
        self._type = Combo()
        self._number = Combo(self.tr("Choose a number"), footnote=self.tr("Any number of the organisation."))
        self._fields = {
            "customer": Field(self.tr("Customer"), self._customer, required=True),
            "subject": Field(self.tr("Subject"), self._subject, required=True),
            "team": Field(self.tr("Team"), self._team, required=True),
            "type": Field(self.tr("Type"), self._type),
            "number": Field(self.tr("Number to communicate with"), self._number, required=True),
        }
        self._form = FormFields()
        self._form.filled.connect(presenter.fill)
        open_it = Button(self.tr("Open it"), role=Role.LINK)
        open_it.clicked.connect(self._open_alike)
        self._alike = Notice("", Tone.WARN, "ticket", open_it)
        self._error = Notice("", Tone.BAD, "triangle-alert")
        pair = row(self._fields["team"], self._fields["type"], gap=16)
        pair.setAlignment(self._fields["team"], _TOP)
        pair.setAlignment(self._fields["type"], _TOP)
        self.content.addWidget(self._fields["customer"])
        self.content.addWidget(self._fields["subject"])
        self.content.addLayout(pair)
        for widget in (self._fields["number"], self._form, self._alike, self._error):
            self.content.addWidget(widget)
        create = primary(self.tr("Create case"))
        create.clicked.connect(presenter.create)
        self.set_footer(self.tr("* asked; nothing else is needed"), create)
        self._customer.searched.connect(presenter.search)
        self._customer.textEdited.connect(self._typed_customer)
        self._customer.picked.connect(self._pick_customer)
        self._subject.textEdited.connect(presenter.type_subject)
        self._team.picked.connect(presenter.choose_team)
        self._type.picked.connect(presenter.choose_type)
        self._number.picked.connect(presenter.choose_number)
        self._hits: tuple[CustomerHit, ...] = ()
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)
        presenter.begin()

    def render_state(self, state: NewCaseState) -> None:
        """Show what was chosen, what is offered and what is missing."""
        if state.created is not None:
            self.accept()
            return
        if state.customer is not None and not self._customer.isModified():
            self._customer.show_text(_customer_words(state.customer))
        if state.hits != self._hits:
            self._hits = state.hits
            self._customer.offer(tuple(_hit_option(hit) for hit in state.hits))
        self._show_choices(state)
        self._form.show_form(state.form, state.fields, state.values, state.book, state.errors)
        self._show_errors(state)
        self._show_alike(state)
        if self.primary is not None:
            self.primary.setEnabled(not state.creating)

    def _show_choices(self, state: NewCaseState) -> None:
        teams = tuple(Option(team.id, team.name, "", team.icon) for team in state.directory.teams)
        self._team.show_options(teams, state.team.id if state.team else None)
        types = tuple(Option(kind.id, type_words(kind), "", kind.icon) for kind in state.types)
        self._type.show_options(types, state.type_id)
        self._fields["type"].setVisible(len(types) > 1)
        region = state.directory.organisation.region
        numbers = tuple(
            Option(number.id, phone_numbers.display(number.e164, region), team.name, "phone")
            for number, team in state.numbers()
        )
        self._number.show_options(numbers, state.number.id if state.number else None)
        self._fields["number"].setVisible(state.asks_number)
        if state.team is not None:
            why = self.tr("{0} is a sub-team: calls and SMS of this case leave with this number, which can be changed.")
            self._fields["number"].show_hint(why.format(state.team.name))

    def _show_errors(self, state: NewCaseState) -> None:
        for name, field in self._fields.items():
            if name in state.errors:
                field.show_error(say(state.errors[name]))
            elif name != "number":
                field.show_error("")
        self._error.setVisible(state.error is not None)
        if state.error is not None:
            self._error.text.setText(escape(say(state.error)))

    def _show_alike(self, state: NewCaseState) -> None:
        self._alike.setVisible(bool(state.open_cases))
        if state.open_cases:
            latest = state.open_cases[0]
            said = self.tr("This customer has %n open case(s). The latest: {0}.", "", len(state.open_cases))
            self._alike.text.setText(said.format(f"<b>{latest.number} {escape(latest.subject)}</b>"))

    def _open_alike(self) -> None:
        latest = self._presenter.state.open_cases[0]
        self.reject()
        self.case_opened.emit(latest.id)

    def _typed_customer(self) -> None:
        if self._presenter.state.customer is not None:
            self._presenter.choose_customer(None)

    def _pick_customer(self, customer_id: object) -> None:
        hit = next(hit for hit in self._hits if hit.id == customer_id)
        self._customer.setText(_customer_words(hit))
        self._customer.setModified(False)
        self._presenter.choose_customer(hit)
        self._subject.setFocus()


def _customer_words(hit: CustomerHit) -> str:
    parts = (hit.organisation, hit.name if hit.name != hit.organisation else "", hit.account_number)
    return " · ".join(part for part in parts if part)


def _hit_option(hit: CustomerHit) -> Option:
    return Option(hit.id, hit.name, " · ".join(part for part in (hit.organisation, hit.account_number) if part), "user")
