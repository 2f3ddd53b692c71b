"""The reports' screen: what is asked for, its figures, and what stands behind one of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, desk, of_refusal
from app.domain.permissions import Permission
from app.domain.refusals import QT_TRANSLATE_NOOP, Refused
from app.domain.reports import Asked, Behind, BehindLine, CallReport, CaseReport, Page, Point, ServiceReport
from app.services.levels import Levels, NamedCalendar
from app.services.organisation import Directory
from app.services.report_files import Sheet
from app.services.report_sheets import sheets
from app.services.reports import AnyReport, Reports

__all__ = [
    "AnyReport", "Asked", "Behind", "BehindLine", "CallReport", "CaseReport", "Page", "Point", "ReportDesk",
    "ReportState", "ServiceReport", "Span",
]  # fmt: skip

LONGEST_DAYS = 731


class Span(StrEnum):
    """The spans that are offered; `own` is any."""

    LAST_WEEK = "last_week"
    FOUR_WEEKS = "four_weeks"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    QUARTER = "quarter"
    YEAR = "year"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ReportState:
    """What the screen shows; `report` is None until it was read, `lines` until a figure was opened."""

    asked: Asked
    directory: Directory
    page: Page = Page.SERVICE
    span: Span = Span.FOUR_WEEKS
    calendars: tuple[NamedCalendar, ...] = ()
    compare: bool = True
    report: AnyReport | None = None
    loading: bool = False
    point: Point | None = None
    lines: tuple[BehindLine, ...] | None = None
    error: Sentence | None = None
    # Pages whose figures come by mail, and what was just done about it.
    mailed: frozenset[Page] = frozenset()
    said: Sentence | None = None
    read: bool = field(default=False)

    @property
    def may_export(self) -> bool:
        """Whether figures may be taken along."""
        return Permission.EXPORT in self.directory.permissions


class ReportDesk(Presenter[ReportState]):
    """Reads a page when it is shown, and again when something else is asked for."""

    def __init__(
        self,
        reports: Reports,
        levels: Levels | None,
        directory: Callable[[], Awaitable[Directory]],
        known: Directory,
        now: Callable[[], datetime],
    ) -> None:
        self._reports, self._levels, self._directory, self._now = reports, levels, directory, now
        super().__init__(ReportState(self._asked(Span.FOUR_WEEKS, known.organisation.time_zone), known))

    def begin(self) -> None:
        """Read who there is to ask about, and the first page."""
        self.work.latest("figures", self._begin())

    def choose_page(self, page: Page) -> None:
        """Show another part of the reports."""
        self.show(page=page, report=None, point=None, lines=None)
        self.refresh()

    def choose_span(self, span: Span) -> None:
        """Another span of days."""
        if span is Span.OWN:
            self.show(span=span)
            return
        kept = self.state.asked
        self._ask(
            span=span, asked=replace(self._asked(span, kept.zone), team_ids=kept.team_ids, calendar_id=kept.calendar_id)
        )

    def choose_days(self, first: date | None = None, last: date | None = None) -> None:
        """Any span; what is upside down or endless is brought into order."""
        asked = self.state.asked
        first, last = first or asked.first, last or asked.last
        if last < first:
            first, last = (first, first) if last == asked.last else (last, last)
        last = min(last, first + timedelta(days=LONGEST_DAYS - 1))
        self._ask(span=Span.OWN, asked=replace(asked, first=first, last=last))

    def choose_teams(self, team_ids: tuple[UUID, ...]) -> None:
        """Only these teams; none chosen means all."""
        self._ask(asked=replace(self.state.asked, team_ids=team_ids))

    def choose_calendar(self, calendar_id: UUID | None) -> None:
        """Count by a calendar, or every hour."""
        self._ask(asked=replace(self.state.asked, calendar_id=calendar_id))

    def compare(self, *, on: bool) -> None:
        """Show the span before beside it, or not."""
        self.show(compare=on)

    def open_point(self, point: Point) -> None:
        """Show what stands behind a figure."""
        self.show(point=point, lines=None, error=None)
        self.work.latest("behind", self._behind(point))

    def close_point(self) -> None:
        """Show the figures alone again."""
        self.show(point=None, lines=None)

    def refresh(self) -> None:
        """Read the page again."""
        self.show(loading=True, error=None)
        self.work.latest("figures", self._read())

    def mail(self) -> None:
        """Have this page's figures come by mail every Monday, or not any more."""
        self.work.start(self._mail(), "mail figures")

    def tables(self, language: str) -> tuple[Sheet, ...]:
        """What is shown as tables to take along."""
        state = self.state
        return sheets(state.report, state.asked, language) if state.report is not None else ()

    def _ask(self, **changes: object) -> None:
        self.show(point=None, lines=None, **changes)
        self.refresh()

    def _asked(self, span: Span, zone: str) -> Asked:
        today = self._now().astimezone(ZoneInfo(zone)).date()
        monday = today - timedelta(days=today.weekday())
        month = today.replace(day=1)
        first, last = {
            Span.LAST_WEEK: (monday - timedelta(days=7), monday - timedelta(days=1)),
            Span.FOUR_WEEKS: (today - timedelta(days=27), today),
            Span.THIS_MONTH: (month, today),
            Span.LAST_MONTH: ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
            Span.QUARTER: (today - timedelta(days=90), today),
            Span.YEAR: (today - timedelta(days=364), today),
            Span.OWN: (today, today),
        }[span]
        return Asked(first, last, zone)

    async def _begin(self) -> None:
        directory = await self._directory()
        calendars = (await self._levels.setup()).calendars if self._levels is not None else ()
        asked = self.state.asked
        if not self.state.read and calendars:
            asked = replace(asked, calendar_id=calendars[0].id)
        mailed = await self._reports.mailed()
        self.show(directory=directory, calendars=calendars, asked=asked, mailed=mailed, read=True, loading=True)
        await self._read()

    async def _mail(self) -> None:
        page, asked = self.state.page, self.state.asked
        try:
            if page in self.state.mailed:
                await self._reports.stop_mailing(page)
                said = desk(QT_TRANSLATE_NOOP("Desk", "These figures do not come by mail any more."))
            else:
                at = await self._reports.mail(page, asked)
                local = at.astimezone(ZoneInfo(asked.zone))
                said = desk(
                    QT_TRANSLATE_NOOP("Desk", "These figures come to {address} every Monday, first on {day}."),
                    address=self.state.directory.me.email, day=f"{local:%d/%m/%Y}",
                )  # fmt: skip
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(mailed=await self._reports.mailed(), said=said, error=None)

    async def _read(self) -> None:
        try:
            report = await self._reports.read(self.state.page, self.state.asked)
        except Refused as refused:
            self.show(error=of_refusal(refused), loading=False)
            return
        self.show(report=report, loading=False, error=None)

    async def _behind(self, point: Point) -> None:
        try:
            lines = await self._reports.behind(self.state.asked, point)
        except Refused as refused:
            self.show(error=of_refusal(refused))
            return
        self.show(lines=lines)
