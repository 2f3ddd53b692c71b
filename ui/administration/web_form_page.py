"""Manage › Web forms: a form a type, where it stands, and what puts it into a page of one's own."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.desk.web_pages import RecordsState, WebForm, WebPages, form_snippet
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, row
from ui.widgets.notice import INSIDE, Banner
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.type_words import type_words
from ui.widgets.wording import say


class WebFormPage(RecordPage[WebForm]):
    """The forms by title."""

    def __init__(self, pages: WebPages) -> None:
        columns = (Column(self.tr("Form"), 2), Column("", 1))
        nothing = (
            self.tr("There is no form yet."),
            self.tr("A form on a page makes a customer and a case of its type, and asks what the type’s form asks."),
        )
        super().__init__(
            pages.forms, self.tr("Web forms"), columns, self._cells, nothing,
            new=self.tr("New form"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._pages = pages
        edit = pages.forms.edit
        self._lines = {"title_en": LineEdit(longest=120), "title_fr": LineEdit(longest=120)}
        self._areas = {"intro_en": TextArea(lines=3), "intro_fr": TextArea(lines=3)}
        self._type, self._whose, self._sites = Combo(), Combo(), TextArea(lines=2)
        self._on = Check(self.tr("Customers can send it"))
        self._url, self._snippet = LineEdit(), TextArea(lines=3)
        self._url.setReadOnly(True)
        self._snippet.setReadOnly(True)
        for name, line in self._lines.items():
            line.textEdited.connect(lambda text, name=name: edit(**{name: text}))
        for name, area in self._areas.items():
            area.textChanged.connect(lambda name=name, area=area: edit(**{name: area.toPlainText()}))
        self._type.picked.connect(lambda kind: edit(type_id=kind))
        self._whose.picked.connect(lambda team: edit(team_id=team))
        self._sites.textChanged.connect(lambda: edit(sites=tuple(self._sites.toPlainText().splitlines())))
        self._on.clicked.connect(lambda on: edit(active=on))
        self._copy, self._try = Button(self.tr("Copy"), icon="copy"), Button(self.tr("Try it"), icon="eye")
        self._copy.clicked.connect(self._copy_snippet)
        self._try.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._url.text())))
        self._nowhere = Banner(Tone.WARN, "triangle-alert", INSIDE)
        site_hint = self.tr("Pages that may show it in a frame, one a line: https://www.example.com")
        self._fields = {
            "title": Field(self.tr("Title in English"), self._lines["title_en"]),
            "type": Field(self.tr("Makes a case of the type"), self._type),
            "team": Field(self.tr("With the team"), self._whose),
            "sites": Field(self.tr("Your pages"), self._sites, hint=site_hint),
        }
        card = Card(gap=12)
        card.body.addWidget(self._on)
        card.body.addWidget(self._fields["title"])
        card.body.addWidget(Field(self.tr("Title in French"), self._lines["title_fr"]))
        card.body.addWidget(self._fields["type"])
        card.body.addWidget(self._fields["team"])
        card.body.addWidget(Field(self.tr("What stands above it, in English"), self._areas["intro_en"]))
        card.body.addWidget(Field(self.tr("What stands above it, in French"), self._areas["intro_fr"]))
        where = Card(self.tr("Where it stands"), gap=12)
        where.body.addWidget(self._nowhere)
        where.body.addWidget(Field(self.tr("Address"), self._url))
        where.body.addWidget(Field(self.tr("For a page of yours"), self._snippet))
        where.body.addLayout(row(self._copy, self._try, STRETCH))
        where.body.addWidget(self._fields["sites"])
        self.form.addWidget(card)
        self.form.addWidget(where)
        self.follow()

    def title_of(self, item: WebForm, state: RecordsState[WebForm]) -> str:
        """Name the form."""
        return self._called(item) or self.tr("New form")

    def show_item(self, item: WebForm, state: RecordsState[WebForm]) -> None:
        """Show the form and where it stands."""
        self._on.setChecked(item.active)
        for name, line in self._lines.items():
            line.show_text(getattr(item, name))
        for name, area in self._areas.items():
            _put(area, getattr(item, name))
        _put(self._sites, "\n".join(item.sites))
        types = tuple(Option(one.id, type_words(one), "", one.icon) for one in self._pages.types)
        self._type.show_options(types, item.type_id)
        teams = sorted(state.directory.teams, key=lambda team: team.name.casefold()) if state.directory else ()
        self._whose.show_options(tuple(Option(team.id, team.name, "", team.icon) for team in teams), item.team_id)
        url = self._pages.address_of(item)
        self._url.show_text(url)
        _put(self._snippet, form_snippet(url, self._called(item)))
        for button in (self._copy, self._try):
            button.setEnabled(bool(url))
        words = self.tr("Save it; it stands nowhere before the hub’s pages have an address (Portal).")
        self._nowhere.show_text("" if url else words)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")

    def _copy_snippet(self) -> None:
        QGuiApplication.clipboard().setText(self._snippet.toPlainText())
        announce(self, self.tr("Copied"))

    def _called(self, item: WebForm) -> str:
        first, second = (item.title_fr, item.title_en) if self.locale().language().name == "French" else (
            item.title_en, item.title_fr)  # fmt: skip
        return first or second

    def _cells(self, item: WebForm) -> Cells:
        on = Cell(self.tr("open"), pill=Tone.OK) if item.active else Cell(self.tr("off"), pill=Tone.NEUTRAL)
        return (Cell(self._called(item), type_=Type.STRONG), on)


def _put(area: TextArea, text: str) -> None:
    if area.toPlainText() != text:
        area.blockSignals(True)
        area.setPlainText(text)
        area.blockSignals(False)
