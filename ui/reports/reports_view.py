"""The reports: what is asked for at the top, one of three pages below, and at the right what is behind a figure."""

from PySide6.QtCore import QLocale, Signal

from app.desk.reports import Page, Point, ReportDesk, ReportState, Span
from ui.reports.behind_panel import BehindPanel
from ui.reports.calls_page import CallsPage
from ui.reports.cases_page import CasesPage
from ui.reports.page import ReportPage
from ui.reports.service_page import ServicePage
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.card import Scroll, Surface, hairline
from ui.widgets.choice import Check, Segmented
from ui.widgets.choices import Choices
from ui.widgets.combo import Combo
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner, EmptyState
from ui.widgets.options import Option
from ui.widgets.text import Text
from ui.widgets.typed_lines import DayLine
from ui.widgets.wording import say

_EVERY = "every"


class ReportsView(Surface):
    """The whole screen."""

    case_opened = Signal(object)
    kept = Signal(str)
    mailed = Signal()

    def __init__(self, presenter: ReportDesk) -> None:
        super().__init__("bg")
        self._presenter = presenter
        self._span, self._calendar = Combo(), Combo()
        self._span.setAccessibleName(self.tr("Span"))
        self._calendar.setAccessibleName(self.tr("Counted in"))
        self._teams = Choices(self.tr("All teams"))
        self._teams.setAccessibleName(self.tr("Teams"))
        self._first, self._last = DayLine(), DayLine()
        self._first.setAccessibleName(self.tr("From day"))
        self._last.setAccessibleName(self.tr("Until day (included)"))
        self._compare = Check(self.tr("compare with the span before"))
        names = (
            (Page.SERVICE, self.tr("Service"), ""),
            (Page.CALLS, self.tr("Calls"), ""),
            (Page.CASES, self.tr("Cases"), ""),
        )
        self._pages = Segmented(names, self.tr("Parts of the reports"))
        self._span.picked.connect(presenter.choose_span)
        self._calendar.picked.connect(lambda key: presenter.choose_calendar(None if key == _EVERY else key))
        self._teams.changed.connect(self._choose_teams)
        self._first.changed.connect(lambda day: presenter.choose_days(first=day))
        self._last.changed.connect(lambda day: presenter.choose_days(last=day))
        self._compare.clicked.connect(lambda on: presenter.compare(on=on))
        self._pages.picked.connect(presenter.choose_page)
        self._files = []
        for kind in ("CSV", "XLSX", "PDF"):
            button = Button(kind, icon="download")
            button.setToolTip(self.tr("Keep these figures as a file"))
            button.clicked.connect(lambda _=False, kind=kind: self.kept.emit(kind.lower()))
            self._files.append(button)
        self._mail = Button(self.tr("Send every Monday"), icon="mail")
        self._mail.clicked.connect(self.mailed)
        self._error = Banner(Tone.BAD, "triangle-alert")
        self._shown: dict[Page, ReportPage] = {
            Page.SERVICE: ServicePage(), Page.CALLS: CallsPage(), Page.CASES: CasesPage()
        }  # fmt: skip
        reading = EmptyState("chart-column", self.tr("Reading the figures…"), "")
        self._reading = reading
        self.behind = BehindPanel()
        self.behind.closed.connect(presenter.close_point)
        self.behind.case_opened.connect(self.case_opened)
        pages = list(self._shown.values())
        for page in pages:
            page.point.connect(self._open)
        self._body = Scroll(*pages, STRETCH)
        self._lay_out()
        self.destroyed.connect(presenter.subscribe(self.render_state))

    @property
    def page(self) -> ReportPage:
        """The page that is shown, for paper."""
        return self._shown[self._presenter.state.page]

    def render_state(self, state: ReportState) -> None:
        """Show what is asked for, and its figures."""
        spans = tuple(Option(span, words, "", "calendar-days") for span, words in self._spans())
        self._span.show_options(spans, state.span)
        own = state.span is Span.OWN
        self._first.setVisible(own)
        self._last.setVisible(own)
        self._first.show_day(state.asked.first)
        self._last.show_day(state.asked.last)
        every = Option(_EVERY, self.tr("Every hour"), "", "clock")
        calendars = tuple(Option(one.id, one.name, "", "clock") for one in state.calendars)
        self._calendar.show_options((every, *calendars), state.asked.calendar_id or _EVERY)
        teams = tuple(Option(str(team.id), team.name, "", team.icon) for team in state.directory.teams)
        self._teams.show_options(teams, tuple(map(str, state.asked.team_ids)))
        self._compare.setChecked(state.compare)
        self._pages.show_choice(state.page)
        for button in self._files:
            button.setVisible(state.may_export)
            button.setEnabled(state.report is not None)
        self._mail.setVisible(state.may_export)
        self._mail.setText(self.tr("No longer by mail") if state.page in state.mailed else self.tr("Send every Monday"))
        self._error.show_text(say(state.error) if state.error else "")
        for page, shown in self._shown.items():
            shown.setVisible(page is state.page and state.report is not None)
        self._reading.setVisible(state.report is None and state.error is None)
        if state.report is not None:
            self._shown[state.page].show_report(state)
        self.behind.show_point(state)

    def _lay_out(self) -> None:
        top = row(Text(self.tr("Reports"), Type.TITLE), STRETCH, *self._files, self._mail, gap=8)
        for line in (self._first, self._last):
            line.setFixedWidth(theme().px(112))
        for field, width in ((self._span, 200), (self._teams, 176), (self._calendar, 196)):
            field.setFixedWidth(theme().px(width))
        asked = row(
            self._span,
            self._first,
            self._last,
            self._teams,
            self._calendar,
            self._compare,
            STRETCH,
            self._pages,
            gap=10,
        )
        head = Surface("surface", column(top, asked, gap=10, margins=(24, 12, 24, 12)))
        middle = column(self._error, gap=0)
        middle.addWidget(self._reading, 1)
        middle.addWidget(self._body, 1)
        lower = row(gap=0)
        lower.addLayout(middle, 1)
        lower.addWidget(hairline("hairline", vertical=True))
        lower.addWidget(self.behind)
        layout = column(head, hairline("hairline"), gap=0)
        layout.addLayout(lower, 1)
        self.setLayout(layout)

    def _spans(self) -> tuple[tuple[Span, str], ...]:
        return (
            (Span.FOUR_WEEKS, self.tr("Last 4 weeks")),
            (Span.LAST_WEEK, self.tr("Last week")),
            (Span.THIS_MONTH, self.tr("This month")),
            (Span.LAST_MONTH, self.tr("Last month")),
            (Span.QUARTER, self.tr("Last 3 months")),
            (Span.YEAR, self.tr("Last 12 months")),
            (Span.OWN, self.tr("Other days")),
        )

    def _choose_teams(self, keys: tuple[str, ...]) -> None:
        wanted = set(keys)
        teams = self._presenter.state.directory.teams
        self._presenter.choose_teams(tuple(team.id for team in teams if str(team.id) in wanted))

    def _open(self, point: Point) -> None:
        self._presenter.open_point(point)
        self.behind.table.list.setFocus()


def language() -> str:
    """The language of the tables that are taken along."""
    return "fr" if QLocale().language() is QLocale.Language.French else "en"
