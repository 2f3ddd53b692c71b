"""Manage › Calls of teams: in which order a team rings, how callers wait, what follows, recording, closed hours."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.records import Records, RecordsState
from app.desk.voice_pages import CallTree, TeamCalls
from app.domain.floor import Records as Recorded
from app.domain.floor import Strategy
from app.domain.team_voice import WrapUp
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.widgets.card import Card
from ui.widgets.choice import Check
from ui.widgets.combo import Combo
from ui.widgets.field import Field
from ui.widgets.inputs import TextArea
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text
from ui.widgets.typed_lines import NumberLine

_TOP = Qt.AlignmentFlag.AlignTop
_NONE = "none"


class TeamVoicePage(RecordPage[TeamCalls]):
    """The settings of one team at a time."""

    def __init__(self, presenter: Records[TeamCalls], trees: Records[CallTree]) -> None:
        columns = (Column(self.tr("Team"), 2), Column(self.tr("Rings"), 2))
        super().__init__(
            presenter, self.tr("Calls of teams"), columns, self._cells, (self.tr("There is no team yet."), "")
        )
        self._trees = trees
        edit = self._edit
        self._strategy, self._offer = Combo(), NumberLine(5, 120, 5)
        self._days = NumberLine(1, 90)
        self._most, self._length, self._announce = NumberLine(0, 120), NumberLine(0, 1500), NumberLine(0, 600, 15)
        self._callback = Check(self.tr("Offer waiting callers to be called back without losing their place"))
        self._greeting, self._closed_words = TextArea(lines=2, most_lines=5), TextArea(lines=2, most_lines=5)
        self._wrap_up, self._wrap_up_s = Combo(), NumberLine(0, 900, 15)
        self._required = Check(self.tr("A result is required before the next call"))
        self._records, self._kept = Combo(), NumberLine(1, 3650, 30)
        self._tree, self._treatment = Combo(), Combo()
        self._strategy.picked.connect(lambda key: edit(strategy=key))
        self._wrap_up.picked.connect(lambda key: edit(wrap_up=key))
        self._records.picked.connect(lambda key: edit(records=key))
        self._treatment.picked.connect(lambda key: edit(takes_messages=key))
        self._tree.picked.connect(lambda key: edit(call_tree_id=None if key == _NONE else key))
        self._callback.clicked.connect(lambda on: edit(offers_callback=on))
        self._required.clicked.connect(lambda on: edit(disposition_required=on))
        self._greeting.textChanged.connect(lambda: presenter.edit(greeting=self._greeting.toPlainText()))
        self._closed_words.textChanged.connect(lambda: presenter.edit(closed_words=self._closed_words.toPlainText()))
        self._offer.changed.connect(lambda number: edit(offer_s=number))
        self._days.changed.connect(lambda number: edit(last_advisor_days=number))
        self._most.changed.connect(lambda number: edit(queue_most_s=60 * number))
        self._length.changed.connect(lambda number: edit(queue_length=number))
        self._announce.changed.connect(lambda number: edit(announce_s=number))
        self._wrap_up_s.changed.connect(lambda number: edit(wrap_up_s=number))
        self._kept.changed.connect(lambda number: edit(recordings_days=number))
        for card in (self._ringing(), self._queue(), self._after(), self._recording(), self._closed()):
            self.form.addWidget(card)
        self.destroyed.connect(trees.subscribe(lambda _: self.render_state(presenter.state)))
        self.follow()

    def title_of(self, item: TeamCalls, state: RecordsState[TeamCalls]) -> str:
        """Name the team."""
        return self._team_name(item)

    def show_item(self, item: TeamCalls, state: RecordsState[TeamCalls]) -> None:
        """Show the team's settings."""
        voice = item.voice
        self._strategy.show_options(tuple(Option(key, words) for key, words in self._strategies()), voice.strategy)
        wrap_ups = (
            (WrapUp.NONE, self.tr("None: available at once")),
            (WrapUp.OPTIONAL, self.tr("Optional, ends by itself")),
            (WrapUp.TIMED, self.tr("Timed")),
            (WrapUp.MANDATORY, self.tr("Mandatory, until it is filed")),
        )
        self._wrap_up.show_options(tuple(Option(*one) for one in wrap_ups), voice.wrap_up)
        records = (
            (Recorded.NEVER, self.tr("Never")),
            (Recorded.ON_DEMAND, self.tr("When the agent asks for it")),
            (Recorded.ALWAYS, self.tr("Every call")),
        )
        self._records.show_options(tuple(Option(*one) for one in records), voice.records)
        treatments = (
            (True, self.tr("Message, then voicemail")),
            (False, self.tr("Message, then the end")),
        )
        self._treatment.show_options(tuple(Option(*one) for one in treatments), voice.takes_messages)
        trees = (Option(_NONE, self.tr("No call tree")), *(Option(t.id, t.name) for t in self._trees.state.items))
        self._tree.show_options(trees, voice.call_tree_id or _NONE)
        for line, number in (
            (self._offer, voice.offer_s), (self._days, voice.last_advisor_days), (self._most, voice.queue_most_s // 60),
            (self._length, voice.queue_length), (self._announce, voice.announce_s), (self._wrap_up_s, voice.wrap_up_s),
            (self._kept, voice.recordings_days),
        ):  # fmt: skip
            line.show_number(number)
        self._callback.setChecked(voice.offers_callback)
        self._required.setChecked(voice.disposition_required)
        self._wrap_up_s.setEnabled(voice.wrap_up in (WrapUp.OPTIONAL, WrapUp.TIMED))
        self._kept.setEnabled(voice.records is not Recorded.NEVER)
        for area, text in ((self._greeting, item.greeting), (self._closed_words, item.closed_words)):
            area.blockSignals(True)
            area.show_text(text)
            area.blockSignals(False)

    def _edit(self, **changes: object) -> None:
        edited = self._presenter.state.edited
        if edited is not None:
            self._presenter.edit(voice=replace(edited.voice, **changes))  # type: ignore[arg-type]

    def _strategies(self) -> tuple[tuple[Strategy, str], ...]:
        return (
            (Strategy.RING_ALL, self.tr("All at once")),
            (Strategy.ROTATION, self.tr("By turns")),
            (Strategy.LONGEST_IDLE, self.tr("Longest idle first")),
            (Strategy.PRIORITY, self.tr("By tiers")),
        )

    def _cells(self, item: TeamCalls) -> Cells:
        words = dict(self._strategies())[item.voice.strategy]
        return (Cell(self._team_name(item), type_=Type.STRONG), Cell(words, "text2"))

    def _team_name(self, item: TeamCalls) -> str:
        directory = self._presenter.state.directory
        found = (
            (team.name for team in directory.teams if team.id == item.voice.team_id) if directory is not None else ()
        )
        return next(iter(found), "")

    def _ringing(self) -> QWidget:
        days = Field(
            self.tr("Last advisor within (days)"),
            self._days,
            hint=self.tr("Her last advisor rings first, where both teams have it on."),
        )
        return _card(
            self.tr("Ringing"),
            (Field(self.tr("Order"), self._strategy), Field(self.tr("Each is rung for (s)"), self._offer)),
            (days,),
        )

    def _queue(self) -> QWidget:
        card = _card(
            self.tr("Waiting"),
            (Field(self.tr("Longest wait (min)"), self._most), Field(self.tr("Callers at most"), self._length)),
            (
                Field(
                    self.tr("Tell place and wait every (s)"), self._announce, hint=self.tr("0: callers are not told.")
                ),
            ),
        )
        card.body.addWidget(self._callback)
        card.body.addWidget(Field(self.tr("Greeting"), self._greeting, hint=self.tr("Spoken when a caller arrives.")))
        return card

    def _after(self) -> QWidget:
        card = _card(
            self.tr("After the call"),
            (Field(self.tr("Wrap-up"), self._wrap_up), Field(self.tr("Lasts (s)"), self._wrap_up_s)),
        )
        card.body.addWidget(self._required)
        return card

    def _recording(self) -> QWidget:
        card = _card(
            self.tr("Recording"),
            (Field(self.tr("Calls are recorded"), self._records), Field(self.tr("Kept for (days)"), self._kept)),
        )
        told = self.tr("The caller is told before the recording begins.")
        card.body.addWidget(Text(told, Type.SMALL, "text2", wrap=True))
        return card

    def _closed(self) -> QWidget:
        card = _card(
            self.tr("Call tree and closed hours"),
            (Field(self.tr("Call tree"), self._tree), Field(self.tr("When closed"), self._treatment)),
        )
        hint = self.tr("Spoken when the team is closed; empty: the shipped sentence.")
        card.body.addWidget(Field(self.tr("Closed message"), self._closed_words, hint=hint))
        return card


def _card(title: str, *lines: Sequence[QWidget]) -> Card:
    card = Card(title, gap=12)
    pairs = QGridLayout()
    pairs.setHorizontalSpacing(16)
    pairs.setVerticalSpacing(12)
    pairs.setColumnStretch(0, 1)
    pairs.setColumnStretch(1, 1)
    for at, line in enumerate(lines):
        for place, field in enumerate(line):
            pairs.addWidget(field, at, place, _TOP)
    card.body.addLayout(pairs)
    return card
