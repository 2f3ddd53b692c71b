"""Manage › Satisfaction: whether customers are asked after solving, when, how often, and in which words."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.desk.outside_pages import OutsidePages, RecordsState, SurveyRecord
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.typed_lines import NumberLine
from ui.widgets.wording import say

_TOP = Qt.AlignmentFlag.AlignTop


class SatisfactionPage(RecordPage[SurveyRecord]):
    """The one question of the organisation."""

    def __init__(self, pages: OutsidePages) -> None:
        columns = (Column(self.tr("Question"), 2), Column("", 1))
        super().__init__(pages.survey, self.tr("Satisfaction"), columns, self._cells, ("", ""))
        self._on = Check(self.tr("Ask customers by mail after solving"))
        self._url = LineEdit("https://avis.example.com", longest=300)
        self._after, self._between, self._valid = NumberLine(0, 10080, 15), NumberLine(0, 365), NumberLine(1, 90)
        self._en, self._fr = TextArea(lines=4, most_lines=10), TextArea(lines=4, most_lines=10)
        self._on.clicked.connect(lambda on: self._edit(enabled=on))
        self._url.textEdited.connect(lambda text: self._edit(public_url=text))
        self._after.changed.connect(lambda number: self._edit(after_minutes=number))
        self._between.changed.connect(lambda number: self._edit(days_between=number))
        self._valid.changed.connect(lambda number: self._edit(valid_days=number))
        self._en.textChanged.connect(lambda: self._edit(question_en=self._en.toPlainText()))
        self._fr.textChanged.connect(lambda: self._edit(question_fr=self._fr.toPlainText()))
        hint = self.tr(
            "Where customers reach the hub’s page. It listens on this computer only until web.toml says more."
        )
        self._address = Field(self.tr("Address of the page"), self._url, hint=hint)
        card, grid = Card(gap=12), QGridLayout()
        card.body.addWidget(self._on)
        card.body.addWidget(self._address)
        grid.setHorizontalSpacing(16)
        grid.addWidget(Field(self.tr("Minutes after solving"), self._after), 0, 0, _TOP)
        grid.addWidget(Field(self.tr("Days between two questions"), self._between), 0, 1, _TOP)
        grid.addWidget(Field(self.tr("Days that the link holds"), self._valid), 0, 2, _TOP)
        card.body.addLayout(grid)
        words = Card(self.tr("What the mail says"), gap=12)
        places = self.tr("Empty: the shipped words. {number}, {subject}, {name} and {links} are filled in.")
        words.body.addWidget(Text(places, Type.SMALL, "text2", wrap=True))
        words.body.addWidget(Field(self.tr("In English"), self._en))
        words.body.addWidget(Field(self.tr("In French"), self._fr))
        self.form.addWidget(card)
        self.form.addWidget(words)
        self.follow()

    def title_of(self, item: SurveyRecord, state: RecordsState[SurveyRecord]) -> str:
        """Name the page's record."""
        return self.tr("Question after solving")

    def show_item(self, item: SurveyRecord, state: RecordsState[SurveyRecord]) -> None:
        """Show the settings."""
        survey = item.survey
        self._on.setChecked(survey.enabled)
        self._url.show_text(survey.public_url)
        self._after.show_number(survey.after_minutes)
        self._between.show_number(survey.days_between)
        self._valid.show_number(survey.valid_days)
        for area, text in ((self._en, survey.question_en), (self._fr, survey.question_fr)):
            if area.toPlainText() != text:
                area.blockSignals(True)
                area.setPlainText(text)
                area.blockSignals(False)
        self._address.show_error(say(state.errors["public_url"]) if "public_url" in state.errors else "")

    def _edit(self, **changes: Any) -> None:
        edited = self._presenter.state.edited
        if edited is not None:
            self._presenter.edit(survey=replace(edited.survey, **changes))

    def _cells(self, item: SurveyRecord) -> Cells:
        on = self.tr("on") if item.survey.enabled else self.tr("off")
        return (Cell(self.tr("After solving"), type_=Type.STRONG), Cell(on, "text2"))
