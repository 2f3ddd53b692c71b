"""Manage › Portal: where the hub's pages are, and whether customers may sign in to their cases."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.desk.web_pages import PortalRecord, RecordsState, WebPages
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, row
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.wording import say


class PortalPage(RecordPage[PortalRecord]):
    """The settings of the organisation's pages."""

    def __init__(self, pages: WebPages) -> None:
        columns = (Column(self.tr("Page"), 2), Column("", 1))
        super().__init__(pages.portal, self.tr("Portal"), columns, self._cells, ("", ""))
        self._url, self._address = LineEdit("https://service.example.com", longest=300), LineEdit()
        self._address.setReadOnly(True)
        self._on = Check(self.tr("Customers sign in to their cases"))
        self._url.textEdited.connect(lambda text: self._edit(public_url=text))
        self._on.clicked.connect(lambda on: self._edit(portal=on))
        self._try = Button(self.tr("Try it"), icon="eye")
        self._try.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._address.text())))
        hint = self.tr(
            "Where customers reach the hub’s pages: forms, portal, satisfaction, API. It listens on this computer only "
            "until web.toml says more."
        )
        self._field = Field(self.tr("Address of the pages"), self._url, hint=hint)
        card, portal = Card(gap=12), Card(self.tr("Portal"), gap=12)
        card.body.addWidget(self._field)
        portal.body.addWidget(self._on)
        words = self.tr(
            "A customer types her e-mail address and gets a link. She sees her own public cases and what was written "
            "to her, answers, attaches files, says that it is solved, and rates it."
        )
        portal.body.addWidget(Text(words, Type.SMALL, "text2", wrap=True))
        portal.body.addWidget(Field(self.tr("Address"), self._address))
        portal.body.addLayout(row(self._try, STRETCH))
        self.form.addWidget(card)
        self.form.addWidget(portal)
        self.follow()

    def title_of(self, item: PortalRecord, state: RecordsState[PortalRecord]) -> str:
        """Name the page's record."""
        return self.tr("Pages for customers")

    def show_item(self, item: PortalRecord, state: RecordsState[PortalRecord]) -> None:
        """Show the settings."""
        settings = item.settings
        self._url.show_text(settings.public_url)
        self._on.setChecked(settings.portal)
        there = settings.address and state.stored is not None and state.stored.settings.portal
        self._address.show_text(f"{settings.address}/portal/{settings.portal_key}" if there else "")
        self._try.setEnabled(bool(there))
        self._field.show_error(say(state.errors["public_url"]) if "public_url" in state.errors else "")

    def _edit(self, **changes: Any) -> None:
        edited = self._presenter.state.edited
        if edited is not None:
            self._presenter.edit(settings=replace(edited.settings, **changes))

    def _cells(self, item: PortalRecord) -> Cells:
        on = item.settings.portal
        pill = Cell(self.tr("open"), pill=Tone.OK) if on else Cell(self.tr("off"), pill=Tone.NEUTRAL)
        return (Cell(self.tr("Portal"), type_=Type.STRONG), pill)
