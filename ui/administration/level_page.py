"""Manage › Service levels: which cases are promised what, by which calendar; the first policy that fits decides."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.desk.level_pages import LevelPages, LevelPolicy, RecordsState
from app.domain.cases import Level
from app.domain.condition_checks import check
from app.domain.service_levels import Metric
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import IconButton
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.condition_editor import ConditionEditor
from ui.widgets.field import Field
from ui.widgets.hours_line import SpanLine
from ui.widgets.inputs import LineEdit
from ui.widgets.layout import STRETCH, row
from ui.widgets.level_words import metric_words
from ui.widgets.notice import INSIDE, Banner
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.typed_lines import NumberLine
from ui.widgets.wording import level_words, say

_TOP = Qt.AlignmentFlag.AlignTop
_NONE = "none"
LEVELS = (Level.URGENT, Level.HIGH, Level.NORMAL, Level.LOW)


class LevelPage(RecordPage[LevelPolicy]):
    """The policies in their order."""

    def __init__(self, pages: LevelPages) -> None:
        columns = (Column(self.tr("Policy"), 2.4), Column("", 1))
        nothing = (
            self.tr("Nothing is promised yet."),
            self.tr("A service level says how soon cases are answered and solved, and warns before it is too late."),
        )
        super().__init__(
            pages.policies, self.tr("Service levels"), columns, self._cells, nothing,
            new=self.tr("New service level"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._pages = pages
        edit = pages.policies.edit
        self._line, self._calendar, self._near = LineEdit(longest=100), Combo(), NumberLine(1, 100, 5)
        self._active = Check(self.tr("In force"))
        self._condition = ConditionEditor(self.tr("Which cases"))
        self._never = Banner(Tone.WARN, "triangle-alert", INSIDE)
        self._line.textEdited.connect(lambda text: edit(name=text))
        self._active.clicked.connect(lambda on: edit(active=on))
        self._calendar.picked.connect(lambda key: edit(calendar_id=None if key == _NONE else key))
        self._near.changed.connect(lambda percent: edit(near_percent=percent))
        self._condition.changed.connect(lambda condition: edit(condition=condition))
        self._targets = {(level, metric): SpanLine() for level in LEVELS for metric in Metric}
        self._named = Field(self.tr("Name"), self._line, required=True)
        for card in (self._who_card(), self._which_card(), self._promise_card()):
            self.form.addWidget(card)
        self.destroyed.connect(
            pages.calendars.subscribe(lambda _: self.render_state(pages.policies.state))  # a calendar may be new
        )
        self.follow()

    def title_of(self, item: LevelPolicy, state: RecordsState[LevelPolicy]) -> str:
        """Name the policy."""
        return item.name or self.tr("New service level")

    def show_item(self, item: LevelPolicy, state: RecordsState[LevelPolicy]) -> None:
        """Show the policy."""
        known = self._pages.known
        self._line.show_text(item.name)
        self._active.setChecked(item.active)
        every = Option(_NONE, self.tr("Every hour, day and night"), "", "clock")
        calendars = tuple(Option(one.id, one.name, one.hours.zone, "calendar-days") for one in known.calendars)
        self._calendar.show_options((every, *calendars), item.calendar_id or _NONE)
        chosen = next((one for one in known.calendars if one.id == item.calendar_id), None)
        self._never.show_text(
            self.tr("The calendar “{name}” has no open hour: no clock runs and nothing can be broken.").format(
                name=chosen.name
            )
            if chosen is not None and chosen.hours.never_open
            else ""
        )
        self._near.show_number(item.near_percent)
        troubles = check(item.condition, known.fields) if known.fields else ()
        self._condition.show_condition(item.condition, known.fields, troubles)
        for (level, metric), line in self._targets.items():
            line.show_span(item.target(level, metric))
        self._named.show_error(say(state.errors["name"]) if "name" in state.errors else "")

    def _who_card(self) -> Card:
        card, grid = Card(gap=12), QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(self._named, 0, 0, _TOP)
        grid.addWidget(Field(self.tr("Counted in"), self._calendar), 0, 1, _TOP)
        card.body.addLayout(grid)
        card.body.addWidget(self._never)
        up, down = IconButton(self.tr("Move up"), "chevron-up"), IconButton(self.tr("Move down"), "chevron-down")
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        card.body.addLayout(row(self._active, STRETCH, up, down))
        return card

    def _which_card(self) -> Card:
        card = Card(self.tr("Which cases"))
        hint = self.tr(
            "Without a condition every case. The first service level in the list that fits a case holds for it."
        )
        card.body.addWidget(Text(hint, Type.SMALL, "text2", wrap=True))
        card.body.addWidget(self._condition)
        return card

    def _promise_card(self) -> Card:
        card, grid = Card(self.tr("What is promised, in hours and minutes"), gap=12), QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, metric in enumerate(Metric, 1):
            grid.addWidget(Text(metric_words(metric), Type.LABEL, "text2"), 0, at)
        for at, level in enumerate(LEVELS, 1):
            name = level_words(level)[0]
            grid.addWidget(Text(name, Type.MEDIUM), at, 0)
            for place, metric in enumerate(Metric, 1):
                line = self._targets[level, metric]
                line.setAccessibleName(f"{name}, {metric_words(metric)}")
                line.changed.connect(
                    lambda span, level=level, metric=metric: self._pages.set_target(level, metric, span)
                )
                grid.addWidget(line, at, place)
        card.body.addLayout(grid)
        hint = self.tr("The clocks stand still while a case waits on the customer. An empty field promises nothing.")
        card.body.addWidget(Text(hint, Type.SMALL, "text2", wrap=True))
        self._near.setFixedWidth(64)
        near = row(
            Text(self.tr("Warn when this much of the time is spent, in per cent"), wrap=True), self._near, gap=12
        )
        near.setStretch(0, 1)
        card.body.addLayout(near)
        return card

    def _move(self, by: int) -> None:
        edited = self._presenter.state.stored
        if edited is not None:
            self._pages.move(edited, by)

    def _cells(self, item: LevelPolicy) -> Cells:
        on = Cell(self.tr("in force"), pill=Tone.OK) if item.active else Cell(self.tr("off"), pill=Tone.NEUTRAL)
        return (Cell(item.name, type_=Type.STRONG), on)
