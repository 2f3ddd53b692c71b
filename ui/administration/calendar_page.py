"""Manage › Calendars: when the organisation works, in which zone, with which holidays and one-off hours."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.level_pages import LevelPages, NamedCalendar, RecordsState
from app.domain.business_hours import Opening
from app.domain.public_holidays import known_countries, public_holidays
from ui.administration.record_page import RecordPage
from ui.administration.schedule_page import FIRST_OF_WEEK
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.hours_line import OpeningsLine, written_openings
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import clear, column, row
from ui.widgets.notice import INSIDE, Banner
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.typed_lines import DayLine
from ui.widgets.wording import say

_TOP = Qt.AlignmentFlag.AlignTop
_NONE = "none"


class CalendarPage(RecordPage[NamedCalendar]):
    """The calendars by name; one that never opens says what that means."""

    def __init__(self, pages: LevelPages, today: date) -> None:
        columns = (Column(self.tr("Calendar"), 2), Column(self.tr("Zone"), 2))
        nothing = (
            self.tr("There is no calendar yet."),
            self.tr("Service levels and reports count every hour without one."),
        )
        super().__init__(
            pages.calendars, self.tr("Calendars"), columns, self._cells, nothing,
            new=self.tr("New calendar"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._today = today
        self._line, self._zone, self._country, self._part = LineEdit(longest=100), Combo(), Combo(), Combo()
        self._line.textEdited.connect(lambda text: self._presenter.edit(name=text))
        self._zone.picked.connect(lambda zone: self._edit(zone=zone))
        self._country.picked.connect(lambda code: self._edit(country="" if code == _NONE else code, subdivision=""))
        self._part.picked.connect(lambda code: self._edit(subdivision="" if code == _NONE else code))
        self._never = Banner(Tone.WARN, "triangle-alert", INSIDE)
        self._days = [OpeningsLine(self.tr("closed")) for _ in range(7)]
        for at, line in enumerate(self._days, 1):
            line.setAccessibleName(QLocale().toString(FIRST_OF_WEEK.addDays(at - 1), "dddd"))
            line.changed.connect(lambda openings, at=at: self._open_day(at, openings))
        self._named = Field(self.tr("Name"), self._line, required=True)
        self._used = Text("", Type.SMALL, "text2", wrap=True)
        self._holidays = Text("", Type.SMALL, "text2", wrap=True)
        self._exceptions = column(gap=8)
        self._new_day = DayLine()
        self._new_day.setAccessibleName(self.tr("Day"))
        self._new_hours = OpeningsLine(self.tr("closed"))
        self._new_hours.setAccessibleName(self.tr("Hours of that day"))
        self._pending: tuple[date | None, tuple[Opening, ...]] = (None, ())
        for card in (self._who_card(), self._week_card(), self._exception_card()):
            self.form.addWidget(card)
        self.follow()

    def title_of(self, item: NamedCalendar, state: RecordsState[NamedCalendar]) -> str:
        """Name the calendar."""
        return item.name or self.tr("New calendar")

    def show_item(self, item: NamedCalendar, state: RecordsState[NamedCalendar]) -> None:
        """Show the calendar."""
        hours = item.hours
        self._line.show_text(item.name)
        zones = tuple(Option(zone, zone, "", "clock") for zone in sorted(available_timezones()) if "/" in zone)
        self._zone.show_options(zones, hours.zone)
        nobody = Option(_NONE, self.tr("No public holidays"))
        self._country.show_options((nobody, *_countries()), hours.country or _NONE)
        parts = known_countries().get(hours.country, ())
        whole = Option(_NONE, self.tr("The whole country"))
        self._part.show_options((whole, *(Option(part, part) for part in parts)), hours.subdivision or _NONE)
        self._part.setEnabled(bool(parts))
        for at, line in enumerate(self._days, 1):
            line.show_openings(hours.week.get(at, ()))
        self._never.show_text(
            self.tr("This calendar has no open hour: whatever is promised by it has no end, and no clock runs.")
            if hours.never_open
            else ""
        )
        self._used.setText(self.tr("Service levels: {names}").format(names=", ".join(item.used_by)))
        self._used.setVisible(bool(item.used_by))
        self._show_holidays(hours.country, hours.subdivision)
        self._show_exceptions(dict.fromkeys(hours.closed, ()) | dict(hours.exceptions))
        self._named.show_error(say(state.errors["name"]) if "name" in state.errors else "")

    def _show_holidays(self, country: str, part: str) -> None:
        language = "fr" if QLocale().language() is QLocale.Language.French else "en"
        found = public_holidays(country, part, self._today.year, language) if country else {}
        # The table of holidays has typewriter's apostrophes.
        days = [
            f"{_day(day)} " + name.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
            for day, name in sorted(found.items())
        ]
        self._holidays.setText(" · ".join(days))
        self._holidays.setVisible(bool(days))

    def _show_exceptions(self, exceptions: dict[date, tuple[Opening, ...]]) -> None:
        clear(self._exceptions)
        for day, openings in sorted(exceptions.items()):
            away = IconButton(self.tr("Remove {day}").format(day=_day(day)), "x", size=28)
            away.clicked.connect(lambda _=False, day=day: self._except(day, None))
            line = QWidget()
            hours = written_openings(openings) or self.tr("closed")
            layout = row(Text(_day(day), Type.MEDIUM, tabular=True), Text(hours, Type.BODY, "text2"), away, gap=12)
            layout.setStretch(1, 1)
            line.setLayout(layout)
            self._exceptions.addWidget(line)
        if not exceptions:
            self._exceptions.addWidget(Text(self.tr("No day has other hours."), Type.BODY, "text2"))

    def _who_card(self) -> Card:
        card, grid = Card(gap=12), QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(self._named, 0, 0, _TOP)
        grid.addWidget(Field(self.tr("Time zone"), self._zone), 0, 1, _TOP)
        grid.addWidget(Field(self.tr("Public holidays of"), self._country), 1, 0, _TOP)
        grid.addWidget(Field(self.tr("Region of the country"), self._part), 1, 1, _TOP)
        card.body.addLayout(grid)
        card.body.addWidget(self._holidays)
        card.body.addWidget(self._used)
        return card

    def _week_card(self) -> Card:
        card = Card(self.tr("Every week"), gap=8)
        card.body.addWidget(self._never)
        hint = self.tr("Several hours are written with a comma: 9:00–12:00, 14:00–18:00. A night: 22:00–06:00.")
        card.body.addWidget(Text(hint, Type.SMALL, "text2", wrap=True))
        for at, line in enumerate(self._days):
            name = Text(QLocale().toString(FIRST_OF_WEEK.addDays(at), "dddd").capitalize(), Type.MEDIUM)
            name.setFixedWidth(theme().px(110))
            layout = row(name, line, gap=12)
            layout.setStretch(1, 1)
            card.body.addLayout(layout)
        return card

    def _exception_card(self) -> Card:
        card = Card(self.tr("Other hours on some days"), gap=10)
        hint = self.tr("They win over the week and over public holidays. Without hours the day is closed.")
        card.body.addWidget(Text(hint, Type.SMALL, "text2", wrap=True))
        card.body.addLayout(self._exceptions)
        self._new_day.setFixedWidth(theme().px(130))
        self._new_day.changed.connect(lambda day: self._keep(day, self._pending[1]))
        self._new_hours.changed.connect(lambda openings: self._keep(self._pending[0], openings))
        add = Button(self.tr("Add the day"), icon="plus")
        add.clicked.connect(self._add)
        layout = row(self._new_day, self._new_hours, add, gap=8)
        layout.setStretch(1, 1)
        card.body.addLayout(layout)
        return card

    def _keep(self, day: date | None, openings: tuple[Opening, ...]) -> None:
        self._pending = (day, openings)

    def _add(self) -> None:
        day, openings = self._pending
        self._new_day.set_wrong(day is None)
        if day is not None:
            self._except(day, openings)
            self._pending = (None, ())
            self._new_day.clear()
            self._new_hours.clear()

    def _except(self, day: date, openings: tuple[Opening, ...] | None) -> None:
        edited = self._presenter.state.edited
        if edited is None:
            return
        found = {one: hours for one, hours in edited.hours.exceptions.items() if one != day}
        if openings is not None:
            found[day] = openings
        self._edit(exceptions=found, closed=edited.hours.closed - {day})

    def _open_day(self, at: int, openings: tuple[Opening, ...]) -> None:
        edited = self._presenter.state.edited
        if edited is not None:
            week = {day: hours for day, hours in edited.hours.week.items() if day != at}
            self._edit(week=week | {at: openings} if openings else week)

    def _edit(self, **changes: Any) -> None:
        edited = self._presenter.state.edited
        if edited is not None:
            self._presenter.edit(hours=replace(edited.hours, **changes))

    def _cells(self, item: NamedCalendar) -> Cells:
        return (Cell(item.name, type_=Type.STRONG), Cell(item.hours.zone.replace("_", " "), "text2"))


def _countries() -> tuple[Option, ...]:
    named = ((code, QLocale.territoryToString(QLocale.codeToTerritory(code))) for code in known_countries())
    return tuple(Option(code, name, code) for code, name in sorted(named, key=lambda one: one[1]))


def _day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
