"""Reports › Cases: what was opened, by type, team, state and tag."""

from app.desk.reports import Behind, CaseReport, Point, ReportState
from app.domain.reports import Share
from ui.reports.bar_plot import Bar, ShareBars
from ui.reports.line_plot import LinePlot
from ui.reports.page import ReportPage, card, change
from ui.reports.tile import FigureTile
from ui.reports.words import count_words, share_name

SHOWN = 12
"""So many bars of a division; files have all of them."""


class CasesPage(ReportPage):
    """One line over days, and four divisions of it."""

    def __init__(self) -> None:
        super().__init__()
        self._report = CaseReport()
        self._created = FigureTile(self.tr("Cases opened"))
        self.tiles((self._created, lambda: Point(Behind.CREATED)))
        self._days = LinePlot(self.tr("Cases opened by day"), count_words)
        self._days.opened.connect(lambda at: self.open(Point(Behind.CREATED, day=self._report.by_day[at].day)))
        self.cards((card(self.tr("Cases opened by day"), self._days, self.tr("dashed: the span before")), 1))
        titles = {
            "type": self.tr("By type"),
            "team": self.tr("By team"),
            "state": self.tr("By state, as it is now"),
            "tag": self.tr("By tag"),
        }
        self._parts = {part: ShareBars(title) for part, title in titles.items()}
        for part, bars in self._parts.items():
            bars.opened.connect(lambda at, part=part: self.open(self._point(part, at)))
        legend = self.tr("grey: the span before")
        pairs = list(self._parts.items())
        for two in (pairs[:2], pairs[2:]):
            self.cards(*((card(titles[part], bars, legend), 1) for part, bars in two))

    def show_report(self, state: ReportState) -> None:
        """Show the figures."""
        if not isinstance(state.report, CaseReport):
            return
        self._report = state.report
        created = state.report.created
        moved = change(created, count_words, less_is_better=True, compare=state.compare)
        self._created.show_figure(count_words(created.now or 0), "", *moved)
        self._days.show_points(state.report.by_day, compare=state.compare)
        for part, bars in self._parts.items():
            shown = tuple(Bar(share_name(one, part), one.now, one.before) for one in self._shares(part))
            bars.show_bars(shown, compare=state.compare)

    def _shares(self, part: str) -> tuple[Share, ...]:
        report = self._report
        return {"type": report.types, "team": report.teams, "state": report.states, "tag": report.tags}[part][:SHOWN]

    def _point(self, part: str, at: int) -> Point:
        return Point(Behind.CREATED, part=part, key=self._shares(part)[at].key)
