"""Reports › Calls: offered, answered, abandoned, how soon, how long, and what agents did meanwhile."""

from app.desk.reports import Behind, CallReport, Point, ReportState
from app.domain.reports import AgentLine, Both
from ui.reports.line_plot import LinePlot
from ui.reports.page import ReportPage, card, change
from ui.reports.service_page import AGENT_ROWS
from ui.reports.tile import FigureTile
from ui.reports.words import count_words, hours, percent, points, seconds_words
from ui.theme.fonts import Type
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.table import Cell, Cells, Column, Table

_STATES = ("available", "on_call", "wrap_up", "not_ready")


class CallsPage(ReportPage):
    """Calls from outside; what agents dialled is in their call log."""

    def __init__(self) -> None:
        super().__init__()
        self._report = CallReport()
        self._offered = FigureTile(self.tr("Calls offered"))
        self._answered = FigureTile(self.tr("Answered"))
        self._abandoned = FigureTile(self.tr("Abandoned"))
        self._level = FigureTile(self.tr("Answered within 20 s"))
        self._speed = FigureTile(self.tr("Speed of answer"))
        self._handled = FigureTile(self.tr("Handling time"))
        self._moved = FigureTile(self.tr("Transferred"))
        whole, gone = (lambda: Point(Behind.CALLS)), (lambda: Point(Behind.ABANDONED))
        taken, soon = (lambda: Point(Behind.CALLS, part="answered")), (lambda: Point(Behind.CALLS, part="within"))
        moved = lambda: Point(Behind.CALLS, part="transferred")  # noqa: E731
        self.tiles((self._offered, whole), (self._answered, taken), (self._abandoned, gone), (self._level, soon))
        self.tiles((self._speed, taken), (self._handled, taken), (self._moved, moved))
        self._days = LinePlot(self.tr("Calls offered by day"), count_words)
        self._days.opened.connect(lambda at: self.open(Point(Behind.CALLS, day=self._report.by_day[at].day)))
        self._lost = LinePlot(self.tr("Calls abandoned by day"), count_words)
        self._lost.opened.connect(
            lambda at: self.open(Point(Behind.ABANDONED, day=self._report.abandoned_by_day[at].day))
        )
        legend = self.tr("dashed: the span before")
        self.cards(
            (card(self.tr("Calls offered by day"), self._days, legend), 1),
            (card(self.tr("Calls abandoned by day"), self._lost, legend), 1),
        )
        columns = (
            Column(self.tr("Agent"), 2.2), Column(self.tr("Calls"), 0.9, figures=True),
            Column(self.tr("Handling"), 1, figures=True), Column(self.tr("Occup."), 0.9, figures=True),
            Column(self.tr("Available"), 1.1, figures=True), Column(self.tr("On calls"), 1.1, figures=True),
            Column(self.tr("Wrap-up"), 1.2, figures=True), Column(self.tr("Not ready"), 1.1, figures=True),
        )  # fmt: skip
        nothing = self.tr("No call and nobody at work in this span.")
        self._agents: Table[AgentLine] = Table(
            self.tr("Agents"), columns, lambda line: line.agent_id, self._cells, nothing
        )
        self._agents.opened.connect(lambda id_: self.open(Point(Behind.CALLS, agent_id=id_)))
        self._agents.setFixedHeight(theme().px(40 * AGENT_ROWS + 30))
        agents = Card(self.tr("Agents, with the hours they spent in each state"))
        agents.body.addWidget(self._agents)
        self.cards((agents, 1))

    def show_report(self, state: ReportState) -> None:
        """Show the figures."""
        if not isinstance(state.report, CallReport):
            return
        report, compare = state.report, state.compare
        self._report = report
        self._offered.show_figure(
            count_words(report.offered.now or 0), "",
            *change(report.offered, count_words, less_is_better=False, compare=compare),
        )  # fmt: skip
        for tile, part, less in (
            (self._answered, report.answered, False), (self._abandoned, report.abandoned, True),
            (self._level, report.within, False), (self._moved, report.transferred, True),
        ):  # fmt: skip
            shares = Both(_share(part.now, report.offered.now), _share(part.before, report.offered.before))
            figure = percent(shares.now) if shares.now is not None else "–"
            moved = change(shares, points, less_is_better=less, compare=compare)
            detail = self.tr("{n} call(s)", "", round(part.now or 0)).replace("{n}", count_words(part.now or 0))
            tile.show_figure(figure, detail, *moved)
        for tile, both in ((self._speed, report.speed_s), (self._handled, report.handled_s)):
            figure = seconds_words(both.now) if both.now is not None else "–"
            tile.show_figure(
                figure, self.tr("min, mean"), *change(both, seconds_words, less_is_better=True, compare=compare)
            )
        self._days.show_points(report.by_day, compare=compare)
        self._lost.show_points(report.abandoned_by_day, compare=compare)
        self._agents.show_rows(report.agents)

    def _cells(self, line: AgentLine) -> Cells:
        return (
            Cell(line.name, type_=Type.MEDIUM),
            Cell(count_words(line.calls)),
            Cell(seconds_words(line.handled_s) if line.handled_s is not None else "–"),
            Cell(percent(line.occupancy) if line.occupancy is not None else "–"),
            *(Cell(hours(line.states_s.get(one, 0))) for one in _STATES),
        )


def _share(part: float | None, whole: float | None) -> float | None:
    return (part or 0) / whole if whole else None
