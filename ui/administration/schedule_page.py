"""Manage › Ring schedules: a team's weeks, its exceptions and holidays; of those that apply the newest wins."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QWidget

from app.desk.records import Records, RecordsState
from app.desk.voice_pages import CallTree, RingSchedule, in_force, kind_of, of_kind
from ui.administration.record_page import RecordPage
from ui.administration.ringed_lines import RingedLines
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import row
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.typed_lines import ClockLine, DayLine
from ui.widgets.typography import date_words
from ui.widgets.wording import say

_NONE = "none"
FIRST_OF_WEEK = QDate(2026, 11, 23)


class SchedulePage(RecordPage[RingSchedule]):
    """A team's schedules, the newest on top; the one in force is marked."""

    def __init__(self, presenter: Records[RingSchedule], trees: Records[CallTree], now: Callable[[], datetime]) -> None:
        columns = (Column(self.tr("Schedule"), 1.5), Column(self.tr("When"), 2.5), Column("", 1.1))
        nothing = (
            self.tr("This team has no schedule."),
            self.tr("Without one it rings at any hour. The newest schedule that applies wins."),
        )
        super().__init__(
            presenter, self.tr("Ring schedules"), columns, self._cells, nothing,
            new=self.tr("New schedule"), remove=self.tr("Remove"), by_team=True,
        )  # fmt: skip
        self._trees, self._now = trees, now
        edit = presenter.edit
        self._line, self._kind, self._zone = LineEdit(longest=100), Combo(), Combo()
        self._first, self._last = DayLine(), DayLine()
        self._from, self._until, self._tree = ClockLine(), ClockLine(), Combo()
        self._rings = RingedLines()
        self._line.textEdited.connect(lambda text: edit(name=text))
        self._kind.picked.connect(self._choose_kind)
        self._zone.picked.connect(lambda zone: edit(zone=zone))
        self._first.changed.connect(lambda day: edit(first_day=day))
        self._last.changed.connect(lambda day: edit(last_day=day))
        self._from.changed.connect(lambda clock: edit(rings_from=clock))
        self._until.changed.connect(lambda clock: edit(rings_until=clock))
        self._tree.picked.connect(lambda key: edit(call_tree_id=None if key == _NONE else key))
        self._rings.changed.connect(lambda rings: edit(rings=rings))
        self._days = [Check(QLocale().toString(FIRST_OF_WEEK.addDays(at), "ddd")) for at in range(7)]
        for check in self._days:
            check.clicked.connect(self._choose_days)
        self._fields = {
            "name": Field(self.tr("Name"), self._line, required=True),
            "last_day": Field(self.tr("Until day (included)"), self._last),
        }
        self.form.addWidget(self._when_card())
        self.form.addWidget(self._who_card())
        self.destroyed.connect(trees.subscribe(lambda _: self.render_state(presenter.state)))
        self.follow()

    def title_of(self, item: RingSchedule, state: RecordsState[RingSchedule]) -> str:
        """Name the schedule."""
        return item.name or self.tr("New schedule")

    def show_item(self, item: RingSchedule, state: RecordsState[RingSchedule]) -> None:
        """Show the schedule."""
        assert state.directory is not None
        self._line.show_text(item.name)
        kind = kind_of(item)
        kinds = (
            ("week", self.tr("Every week")),
            ("days", self.tr("Exception: other hours on some days")),
            ("closed", self.tr("Closed on some days")),
        )
        self._kind.show_options(tuple(Option(*one) for one in kinds), kind)
        zones = tuple(Option(zone, zone, "", "clock") for zone in sorted(available_timezones()) if "/" in zone)
        self._zone.show_options(zones, item.zone)
        self._first.show_day(item.first_day)
        self._last.show_day(item.last_day)
        self._from.show_clock(item.rings_from)
        self._until.show_clock(item.rings_until)
        for at, check in enumerate(self._days, 1):
            check.setChecked(at in item.weekdays)
        self._day_fields.setVisible(kind != "week")
        self._hours.setVisible(kind != "closed")
        self._week.setVisible(kind == "week")
        self._who.setVisible(kind != "closed")
        own = Option(_NONE, self.tr("The team’s own, if it has one"))
        trees = (own, *(Option(tree.id, tree.name) for tree in self._trees.state.items))
        self._tree.show_options(trees, item.call_tree_id or _NONE)
        self._rings.show_rings(item.rings, state.directory)
        for name, field in self._fields.items():
            field.show_error(say(state.errors[name]) if name in state.errors else "")

    def _cells(self, item: RingSchedule) -> Cells:
        decides = in_force(self._presenter.state.items, self._now())
        now = self.tr("Now") if item.id in decides else ""
        tone = Tone.BAD if item.closed else Tone.OK
        return (Cell(item.name, type_=Type.STRONG), Cell(self._when(item), "text2"), Cell(now, pill=tone))

    def _when(self, item: RingSchedule) -> str:
        hours = f"{item.rings_from:%H:%M}–{item.rings_until:%H:%M}"
        if item.first_day is None:
            days = sorted(item.weekdays)
            run = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
            names = [QLocale().toString(FIRST_OF_WEEK.addDays(at - 1), "ddd") for at in days]
            return f"{names[0]}–{names[-1]} {hours}" if run else f"{' '.join(names)} {hours}"
        first, last = item.first_day, item.last_day or item.first_day
        span = "–".join(dict.fromkeys(date_words(d, "d MMM") for d in (first, last)))
        return self.tr("{0}, closed").replace("{0}", span) if item.closed else f"{span}, {hours}"

    def _choose_kind(self, kind: object) -> None:
        edited = self._presenter.state.edited
        if edited is not None:
            self._presenter.put(of_kind(edited, str(kind)))

    def _choose_days(self) -> None:
        chosen = frozenset(at for at, check in enumerate(self._days, 1) if check.isChecked())
        self._presenter.edit(weekdays=chosen)

    def _when_card(self) -> QWidget:
        card = Card(self.tr("When"), gap=12)
        top = row(self._fields["name"], Field(self.tr("Kind"), self._kind), gap=16)
        top.setStretch(0, 1)
        top.setStretch(1, 1)
        card.body.addLayout(top)
        self._week = QWidget()
        self._week.setLayout(row(*self._days, gap=10))
        self._day_fields = QWidget()
        days = row(Field(self.tr("From day"), self._first), self._fields["last_day"], gap=16)
        self._day_fields.setLayout(days)
        self._hours = QWidget()
        zone = Field(self.tr("Time zone"), self._zone)
        hours = row(Field(self.tr("From"), self._from), Field(self.tr("Until"), self._until), zone, gap=16)
        hours.setStretch(2, 1)
        self._hours.setLayout(hours)
        for part in (self._week, self._day_fields, self._hours):
            card.body.addWidget(part)
        wins = self.tr("Of several schedules that apply, the newest one wins. 25 a team at most.")
        card.body.addWidget(Text(wins, Type.SMALL, "text2", wrap=True))
        return card

    def _who_card(self) -> QWidget:
        card = Card(self.tr("Who is rung"), gap=12)
        card.body.addWidget(self._rings)
        card.body.addWidget(Field(self.tr("Call tree"), self._tree))
        self._who = card
        return card
