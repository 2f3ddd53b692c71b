"""Reports › Service: how fast customers are answered and helped, how content they are, and who did it."""

from app.desk.reports import Behind, Point, ReportState, ServiceReport
from app.domain.reports import AgentLine, Both
from ui.reports.bar_plot import Bar, BarPlot, RatingBars, Weeks
from ui.reports.line_plot import LinePlot
from ui.reports.page import ReportPage, card, change
from ui.reports.tile import FigureTile
from ui.reports.words import bucket_names, count_words, hours, percent, points, short, week_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.table import Cell, Cells, Column, Table

_DAY_BUCKET = 4  # from here on it took more than a working day
AGENT_ROWS = 9


class ServicePage(ReportPage):
    """The page that the reports begin with."""

    def __init__(self) -> None:
        super().__init__()
        self._report = ServiceReport()
        self._response = FigureTile(self.tr("Response time, median"))
        self._resolution = FigureTile(self.tr("Resolution time, median"))
        self._content = FigureTile(self.tr("Satisfaction"))
        self._solved = FigureTile(self.tr("Cases solved"))
        self._levels = FigureTile(self.tr("Service levels kept"))
        self._promises = FigureTile(self.tr("Promises kept"))
        self.tiles(
            (self._response, lambda: Point(Behind.REPLIED)),
            (self._resolution, lambda: Point(Behind.SOLVED)),
            (self._content, lambda: Point(Behind.RATED)),
        )
        self.tiles(
            (self._solved, lambda: Point(Behind.SOLVED)),
            (self._levels, lambda: Point(Behind.LEVEL_BROKEN)),
            (self._promises, lambda: Point(Behind.TASK_LATE)),
        )
        self._days = LinePlot(self.tr("Response time by day"), short, times=True)
        self._days.opened.connect(lambda at: self.open(Point(Behind.REPLIED, day=self._report.by_day[at].day)))
        self._buckets = BarPlot(self.tr("Resolution time, cases"))
        self._buckets.opened.connect(lambda at: self.open(Point(Behind.SOLVED, bucket=at)))
        legend = self.tr("dashed: the span before")
        self.cards(
            (card(self.tr("Response time by day"), self._days, legend), 3),
            (card(self.tr("Resolution time, cases"), self._buckets), 2),
        )
        self._weeks = RatingBars(self.tr("Satisfaction by week"))
        self._weeks.opened.connect(lambda at: self.open(Point(Behind.RATED, week=self._report.by_week[at].week)))
        columns = (
            Column(self.tr("Agent"), 2.4), Column(self.tr("Solved"), 1, figures=True),
            Column(self.tr("Replies"), 1, figures=True),
            Column(self.tr("Response"), 1.1, figures=True), Column(self.tr("Satisf."), 1, figures=True),
            Column(self.tr("Occup."), 1, figures=True),
        )  # fmt: skip
        nothing = self.tr("Nobody solved a case in this span.")
        self._agents: Table[AgentLine] = Table(
            self.tr("Productivity by agent"), columns, lambda line: line.agent_id, self._cells, nothing
        )
        self._agents.opened.connect(lambda id_: self.open(Point(Behind.SOLVED, agent_id=id_)))
        self._agents.setFixedHeight(theme().px(40 * AGENT_ROWS + 30))
        agents = Card(self.tr("Productivity by agent"))
        agents.body.addWidget(self._agents)
        legend = self.tr("content · so-so · not content")
        self.cards((card(self.tr("Satisfaction by week"), self._weeks, legend), 2), (agents, 3))

    def show_report(self, state: ReportState) -> None:
        """Show the figures."""
        if not isinstance(state.report, ServiceReport):
            return
        report, compare = state.report, state.compare
        self._report = report
        of = self.tr("h of business time") if state.asked.calendar_id is not None else self.tr("hours")
        for tile, both in ((self._response, report.response_s), (self._resolution, report.resolution_s)):
            figure = hours(both.now) if both.now is not None else "–"
            tile.show_figure(figure, of, *change(both, hours, less_is_better=True, compare=compare))
        self._show_content(report, compare=compare)
        per = len([line for line in report.agents if line.solved]) or 1
        replies = report.replies.now or 0
        detail = self.tr("{n} per agent · {replies} reply(s)", "", round(replies))
        detail = detail.replace("{n}", count_words((report.solved.now or 0) / per))
        detail = detail.replace("{replies}", count_words(replies))
        moved = change(report.solved, count_words, less_is_better=False, compare=compare)
        self._solved.show_figure(count_words(report.solved.now or 0), detail, *moved)
        self._kept(self._levels, report.levels_kept, report.levels_broken, compare=compare)
        self._kept(self._promises, report.tasks_kept, report.tasks_late, compare=compare)
        self._days.show_points(report.by_day, compare=compare)
        self._buckets.show_bars(
            tuple(
                Bar(name, share.now, share.before, "accent" if at < _DAY_BUCKET else "warn")
                for at, (name, share) in enumerate(zip(bucket_names(), report.resolutions, strict=False))
            )
        )
        self._weeks.show_weeks(
            tuple(Weeks(week_words(one.week), one.good, one.fair, one.bad) for one in report.by_week if one.week)
        )
        self._agents.show_rows(report.agents)

    def _show_content(self, report: ServiceReport, *, compare: bool) -> None:
        rated, before = report.satisfaction, report.satisfaction_before
        given = rated.good + rated.fair + rated.bad
        detail = self.tr("{n} answer(s) of {asked}", "", given).replace("{n}", count_words(given))
        detail = detail.replace("{asked}", count_words(rated.asked))
        figure = percent(rated.content) if rated.content is not None else "–"
        moved = change(Both(rated.content, before.content), points, less_is_better=False, compare=compare)
        self._content.show_figure(figure, detail, *moved)

    def _kept(self, tile: FigureTile, kept: Both, broken: Both, *, compare: bool) -> None:
        shares = Both(_share(kept.now, broken.now), _share(kept.before, broken.before))
        figure = percent(shares.now) if shares.now is not None else "–"
        detail = self.tr("{n} late").replace("{n}", count_words(broken.now or 0))
        tile.show_figure(figure, detail, *change(shares, points, less_is_better=False, compare=compare))

    def _cells(self, line: AgentLine) -> Cells:
        return (
            Cell(line.name, type_=Type.MEDIUM),
            Cell(count_words(line.solved)),
            Cell(count_words(line.replies)),
            Cell(hours(line.response_s) if line.response_s is not None else "–"),
            Cell(percent(line.content) if line.content is not None else "–"),
            Cell(percent(line.occupancy) if line.occupancy is not None else "–"),
        )


def _share(kept: float | None, broken: float | None) -> float | None:
    whole = (kept or 0) + (broken or 0)
    return (kept or 0) / whole if whole else None
