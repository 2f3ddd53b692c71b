"""Manage › External CRM: how customers and cases are opened there, and the guide that agents read about it."""

from dataclasses import replace
from typing import Any

from app.desk.outside_pages import PRESETS, GuideRecord, OutsideLink, OutsidePages, RecordsState, Subject
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import say


class OutsidePage(RecordPage[OutsideLink]):
    """The links in their order."""

    def __init__(self, pages: OutsidePages) -> None:
        columns = (Column(self.tr("System"), 1.6), Column(self.tr("Opens"), 1))
        nothing = (
            self.tr("No other system is linked."),
            self.tr(
                "A link opens the customer or the case in Salesforce, NetSuite or any other system with one click."
            ),
        )
        super().__init__(
            pages.links, self.tr("External CRM"), columns, self._cells, nothing,
            new=self.tr("New link"), remove=self.tr("Remove"),
        )  # fmt: skip
        edit = pages.links.edit
        self._line, self._template = LineEdit(longest=60), LineEdit("https://…", longest=1000)
        self._subject, self._preset = Combo(), Combo(self.tr("Begin with…"))
        self._line.textEdited.connect(lambda text: edit(name=text))
        self._template.textEdited.connect(lambda text: edit(template=text))
        self._subject.picked.connect(lambda subject: edit(subject=subject))
        self._preset.picked.connect(lambda name: edit(name=name, template=PRESETS[name]))
        places = self.tr(
            "Places: {account_number}, {name}, {email}, {phone}, {organisation}, {custom.…} for a custom field; "
            "for a case also {number} and {subject}."
        )
        self._fields = {
            "name": Field(self.tr("Name"), self._line, required=True),
            "template": Field(self.tr("Web address"), self._template, hint=places, required=True),
        }
        card = Card(gap=12)
        card.body.addWidget(Field(self.tr("A system that is known"), self._preset))
        card.body.addWidget(self._fields["name"])
        card.body.addWidget(Field(self.tr("What it opens"), self._subject))
        card.body.addWidget(self._fields["template"])
        self.form.addWidget(card)
        self.follow()

    def title_of(self, item: OutsideLink, state: RecordsState[OutsideLink]) -> str:
        """Name the link."""
        return item.name or self.tr("New link")

    def show_item(self, item: OutsideLink, state: RecordsState[OutsideLink]) -> None:
        """Show the link."""
        self._line.show_text(item.name)
        self._template.show_text(item.template)
        self._subject.show_options(tuple(Option(*one) for one in self._subjects()), item.subject)
        chosen = next((name for name, template in PRESETS.items() if template == item.template), None)
        self._preset.show_options(tuple(Option(name, name) for name in PRESETS), chosen)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")

    def _subjects(self) -> tuple[tuple[Subject, str], ...]:
        return ((Subject.CUSTOMER, self.tr("the customer")), (Subject.CASE, self.tr("the case")))

    def _cells(self, item: OutsideLink) -> Cells:
        return (Cell(item.name, type_=Type.STRONG), Cell(dict(self._subjects())[item.subject], "text2"))


class GuidePage(RecordPage[GuideRecord]):
    """What the supervisor writes for agents who work with the other system."""

    def __init__(self, pages: OutsidePages) -> None:
        super().__init__(
            pages.guide, self.tr("CRM guide"), (Column(self.tr("Guide"), 2), Column("", 1)), self._cells, ("", "")
        )
        self._title, self._words = LineEdit(longest=120), TextArea(lines=16, most_lines=30)
        self._title.textEdited.connect(lambda text: self._edit(title=text))
        self._words.textChanged.connect(lambda: self._edit(body=self._words.toPlainText()))
        card = Card(gap=12)
        hint = self.tr(
            "How agents work with customers, cases and follow-ups in the other system. They open it with {key} or in "
            "the menu of a case. Headings begin with #, lists with -."
        )
        card.body.addWidget(Text(hint.replace("{key}", "Ctrl+Shift+I"), Type.SMALL, "text2", wrap=True))
        card.body.addWidget(Field(self.tr("Title"), self._title))
        card.body.addWidget(Field(self.tr("Text"), self._words))
        self.form.addWidget(card)
        self.follow()

    def title_of(self, item: GuideRecord, state: RecordsState[GuideRecord]) -> str:
        """Name the guide."""
        return item.guide.title or self.tr("CRM guide")

    def show_item(self, item: GuideRecord, state: RecordsState[GuideRecord]) -> None:
        """Show the guide."""
        self._title.show_text(item.guide.title)
        if self._words.toPlainText() != item.guide.body:
            self._words.blockSignals(True)
            self._words.setPlainText(item.guide.body)
            self._words.blockSignals(False)

    def _edit(self, **changes: Any) -> None:
        edited = self._presenter.state.edited
        if edited is not None:
            self._presenter.edit(guide=replace(edited.guide, **changes))

    def _cells(self, item: GuideRecord) -> Cells:
        return (Cell(item.guide.title or self.tr("CRM guide"), type_=Type.STRONG), Cell(item.guide.updated_by, "text2"))
