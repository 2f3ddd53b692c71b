"""A customer made or edited: several numbers, e-mails and addresses, and the organisation's own fields."""

from html import escape
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.customer_form import CustomerForm, CustomerFormState, Entry
from app.domain.refusals import QT_TRANSLATE_NOOP
from ui.objects.custom_fields import CustomFields
from ui.objects.history import FIELDS
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.choice import Check
from ui.widgets.clash_notice import ClashNotice
from ui.widgets.combo import Combo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.discard import asks_before_closing
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, clear, column, row
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.text import Text
from ui.widgets.typography import named
from ui.widgets.wording import say

_TOP = Qt.AlignmentFlag.AlignTop
_BOTTOM = Qt.AlignmentFlag.AlignBottom
WIDTH = 680
CHANNELS = {
    "phone": QT_TRANSLATE_NOOP("CustomerDialog", "Telephone"),
    "email": QT_TRANSLATE_NOOP("CustomerDialog", "E-mail"),
    "sms": QT_TRANSLATE_NOOP("CustomerDialog", "SMS"),
    "chat": QT_TRANSLATE_NOOP("CustomerDialog", "Chat"),
}
LANGUAGES = {"fr": "Français", "en": "English"}


class _Entries(QWidget):
    """Some lines of one kind, each with its label and its error, and the button for one more."""

    def __init__(self, title: str, more: str, label: str, kind: str, icon: str, presenter: CustomerForm) -> None:
        super().__init__()
        self._title, self._label_hint, self._kind, self._icon, self._presenter = title, label, kind, icon, presenter
        self._lines: list[tuple[LineEdit, LineEdit, Text]] = []
        self._column = column(gap=6)
        add = Button(more, icon="plus", role=Role.LINK)
        add.clicked.connect(self._add)
        self.setLayout(column(row(Text(title, Type.LABEL, "text2"), STRETCH, add), self._column, gap=5))

    def show_entries(self, state: CustomerFormState) -> None:
        """Show every line and what is wrong in it."""
        entries: tuple[Entry, ...] = getattr(state, self._kind)
        if len(entries) != len(self._lines):
            clear(self._column)
            self._lines = [self._line(at) for at in range(len(entries))]
        for at, (entry, (text, label, wrong)) in enumerate(zip(entries, self._lines, strict=True)):
            text.show_text(entry.text)
            label.show_text(entry.label)
            error = state.errors.get(f"{self._kind}.{at}")
            text.set_wrong(error is not None)
            wrong.setText(say(error) if error is not None else "")
            wrong.setVisible(error is not None)

    def _line(self, at: int) -> tuple[LineEdit, LineEdit, Text]:
        text, label = LineEdit(icon=self._icon), LineEdit(self._label_hint, longest=40)
        text.setAccessibleName(f"{self._title} {at + 1}")
        label.setAccessibleName(f"{self._label_hint} {at + 1}")
        wrong = Text("", Type.SMALL, "bad", wrap=True)

        def tell() -> None:
            self._presenter.fill_entry(self._kind, at, Entry(text.text(), label.text()))

        text.textEdited.connect(lambda _: tell())
        label.textEdited.connect(lambda _: tell())
        line = row(text, label, gap=8)
        line.setStretch(0, 3)
        line.setStretch(1, 1)
        self._column.addLayout(line)
        self._column.addWidget(wrong)
        return text, label, wrong

    def _add(self) -> None:
        self._presenter.add_entry(self._kind)
        self._lines[-1][0].setFocus()


class CustomerDialog(Dialog):
    """New or edited; what was typed is never thrown away without a question."""

    def __init__(self, window: QWidget, presenter: CustomerForm) -> None:
        super().__init__(window, "", width=WIDTH)
        self._presenter = presenter
        new = presenter.state.stored is None
        self.set_title(self.tr("New customer") if new else self.tr("Edit customer"))
        self._make(presenter)
        self._clash = ClashNotice()
        self._error = Notice("", Tone.BAD, "triangle-alert")
        self._clash.keep_mine.connect(presenter.keep_mine)
        self._clash.take_theirs.connect(presenter.take_theirs)
        self.content.addLayout(self._grid)
        for part in (self._phones, self._emails, self._addresses, self._custom, self._fields["pinned_note"]):
            self.content.addWidget(part)
        for notice in (self._clash, self._error):
            self.content.addWidget(notice)
        save = primary(self.tr("Create customer") if new else self.tr("Save"))
        save.clicked.connect(presenter.save)
        self.set_footer(self.tr("A last name or an organisation is needed."), save)
        asks_before_closing(self, lambda: presenter.changed and presenter.state.saved is None)
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)
        self._lines["first_name"].setFocus()

    def render_state(self, state: CustomerFormState) -> None:
        """Show what is typed and what is wrong with it."""
        if state.saved is not None:
            self.accept()
            return
        for name, line in self._lines.items():
            line.show_text(str(getattr(state.customer, name)))
        self._note.show_text(state.customer.pinned_note)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")
        for entries in (self._phones, self._emails, self._addresses):
            entries.show_entries(state)
        zones = tuple(Option(zone, zone, "", "clock") for zone in sorted(available_timezones()) if "/" in zone)
        self._zone.show_options(zones, state.customer.time_zone)
        self._language.show_options(
            tuple(Option(key, name, "", "languages") for key, name in LANGUAGES.items()), state.customer.language
        )
        channels = tuple(
            Option(key, QCoreApplication.translate("CustomerDialog", name)) for key, name in CHANNELS.items()
        )
        self._channel.show_options(channels, state.customer.preferred_channel)
        self._do_not_call.setChecked(state.customer.do_not_call)
        self._custom.show_fields(state.fields, state.customer.custom, state.errors)
        self._clash.show_clash(state.clash, field_words)
        self._error.setVisible(state.error is not None)
        self._error.text.setText(escape(say(state.error)) if state.error else "")
        if self.primary is not None:
            self.primary.setEnabled(not state.saving)

    def _make(self, presenter: CustomerForm) -> None:
        self._lines = {
            "first_name": LineEdit(longest=400),
            "last_name": LineEdit(longest=400),
            "organisation": LineEdit(longest=400),
            "account_number": LineEdit(self.tr("given when saved"), longest=40),
            "call_from": LineEdit("09:00", longest=5),
            "call_until": LineEdit("17:00", longest=5),
        }
        self._zone, self._language, self._channel = Combo(), Combo(), Combo()
        self._note = TextArea(lines=2)
        self._do_not_call = Check(self.tr("Do not call this customer"))
        named = {
            "first_name": self.tr("First name"),
            "last_name": self.tr("Last name"),
            "organisation": self.tr("Organisation"),
            "account_number": self.tr("Account number"),
            "call_from": self.tr("May be called from"),
            "call_until": self.tr("until"),
        }
        self._fields = {name: Field(label, self._lines[name]) for name, label in named.items()}
        self._fields["pinned_note"] = Field(self.tr("Pinned note"), self._note)
        zone, language = Field(self.tr("Time zone"), self._zone), Field(self.tr("Language"), self._language)
        channel = Field(self.tr("Preferred channel"), self._channel)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(14)
        placed: tuple[tuple[QWidget, QWidget], ...] = (
            (self._fields["first_name"], self._fields["last_name"]),
            (self._fields["organisation"], self._fields["account_number"]),
            (language, zone),
            (self._fields["call_from"], self._fields["call_until"]),
            (channel, self._do_not_call),
        )
        for at, (left, right) in enumerate(placed):
            self._grid.addWidget(left, at, 0, _TOP)
            self._grid.addWidget(right, at, 1, _TOP if right is not self._do_not_call else _BOTTOM)
        for at in range(2):
            self._grid.setColumnStretch(at, 1)
        label = self.tr("label")
        self._phones = _Entries(self.tr("Telephone"), self.tr("One more"), label, "phones", "phone", presenter)
        self._emails = _Entries(self.tr("E-mail"), self.tr("One more"), label, "emails", "mail", presenter)
        self._addresses = _Entries(self.tr("Address"), self.tr("One more"), label, "addresses", "map-pin", presenter)
        self._custom = CustomFields()
        self._custom.filled.connect(presenter.fill_custom)
        for name, line in self._lines.items():
            line.textEdited.connect(lambda text, name=name: presenter.fill(**{name: text}))
        self._note.textChanged.connect(lambda: presenter.fill(pinned_note=self._note.toPlainText()))
        self._zone.picked.connect(lambda zone: presenter.fill(time_zone=zone))
        self._language.picked.connect(lambda language: presenter.fill(language=language))
        self._channel.picked.connect(lambda channel: presenter.fill(preferred_channel=channel))
        self._do_not_call.clicked.connect(lambda on: presenter.fill(do_not_call=on))


def field_words(name: str, value: Any) -> tuple[str, str]:
    """The name of a record's field and its value in words, for two versions side by side."""
    label = QCoreApplication.translate("History", FIELDS[name]) if name in FIELDS else name
    if isinstance(value, tuple):
        parts = [
            getattr(one, "typed", "") or getattr(one, "address", "") or getattr(one, "lines", one) for one in value
        ]
        return label, ", ".join(str(part) for part in parts)
    if isinstance(value, dict):
        return label, ", ".join(named(key, str(its)) for key, its in value.items())
    return label, str(value)
