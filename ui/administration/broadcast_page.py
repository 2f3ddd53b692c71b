"""Broadcasts: one SMS or mail to many customers; an agent drafts it, a lead of the team sends it."""

from PySide6.QtCore import QCoreApplication

from app.desk.message_pages import NOBODY, MessagePages, OpenState, RecordsState
from app.domain.broadcasts import Broadcast, BroadcastBy, BroadcastState
from app.domain.condition_checks import check
from app.domain.conditions import Condition
from app.domain.refusals import QT_TRANSLATE_NOOP
from app.domain.sms import segments
from ui.administration.record_page import RecordPage
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.card import Card
from ui.widgets.choice import Segmented
from ui.widgets.combo import Combo
from ui.widgets.condition_editor import ConditionEditor
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, row
from ui.widgets.notice import INSIDE, Banner
from ui.widgets.options import Option
from ui.widgets.table import Cell, Cells, Column
from ui.widgets.text import Text

_STATES = {
    BroadcastState.DRAFT: (QT_TRANSLATE_NOOP("Broadcast", "draft"), Tone.NEUTRAL),
    BroadcastState.ASKED: (QT_TRANSLATE_NOOP("Broadcast", "asks for approval"), Tone.WARN),
    BroadcastState.SENDING: (QT_TRANSLATE_NOOP("Broadcast", "being sent"), Tone.ACCENT),
    BroadcastState.STOPPED: (QT_TRANSLATE_NOOP("Broadcast", "stopped"), Tone.BAD),
    BroadcastState.DONE: (QT_TRANSLATE_NOOP("Broadcast", "sent"), Tone.OK),
}
_FIGURES = {
    "waiting": QT_TRANSLATE_NOOP("Broadcast", "waiting: {0}"),
    "sending": QT_TRANSLATE_NOOP("Broadcast", "on the way: {0}"),
    "delivered": QT_TRANSLATE_NOOP("Broadcast", "delivered: {0}"),
    "temporary": QT_TRANSLATE_NOOP("Broadcast", "tried again: {0}"),
    "permanent": QT_TRANSLATE_NOOP("Broadcast", "not delivered: {0}"),
    "unconfirmed": QT_TRANSLATE_NOOP("Broadcast", "not known to have arrived: {0}"),
    "withdrawn": QT_TRANSLATE_NOOP("Broadcast", "taken back: {0}"),
    "stopped": QT_TRANSLATE_NOOP("Broadcast", "left out, want none: {0}"),
    "no_address": QT_TRANSLATE_NOOP("Broadcast", "left out, no e-mail address: {0}"),
    "same_address": QT_TRANSLATE_NOOP("Broadcast", "left out, same address: {0}"),
    "no_number": QT_TRANSLATE_NOOP("Broadcast", "left out, no number: {0}"),
    "same_number": QT_TRANSLATE_NOOP("Broadcast", "left out, same number: {0}"),
}


class BroadcastPage(RecordPage[Broadcast]):
    """The broadcasts of my teams, the newest first."""

    def __init__(self, pages: MessagePages) -> None:
        columns = (Column(self.tr("Broadcast"), 2), Column("", 1.2))
        nothing = (self.tr("There is no broadcast."), self.tr("An agent drafts one, a lead of the team sends it."))
        super().__init__(
            pages.broadcasts, self.tr("Broadcasts"), columns, self._cells, nothing,
            new=self.tr("New broadcast"), remove=self.tr("Remove"),
        )  # fmt: skip
        self._pages = pages
        edit = pages.broadcasts.edit
        self._named, self._of, self._pace = LineEdit(longest=100), Combo(), LineEdit(longest=5)
        ways = ((BroadcastBy.SMS, self.tr("SMS"), "smartphone"), (BroadcastBy.EMAIL, self.tr("E-mail"), "mail"))
        self.by = Segmented(ways, self.tr("Goes by"))
        self.by.picked.connect(lambda by: edit(channel=by))
        self._named.textEdited.connect(lambda text: edit(name=text))
        self._of.picked.connect(lambda team: edit(team_id=team))
        self._pace.textEdited.connect(self._set_pace)
        self.refused = Banner(Tone.BAD, "triangle-alert", INSIDE)
        self._condition = ConditionEditor(self.tr("Which customers"))
        self._condition.changed.connect(self._choose)
        count = Button(self.tr("Count"), icon="users")
        count.clicked.connect(pages.count)
        self.counted = Text("", Type.BODY, "text2", wrap=True)
        counts = row(count, self.counted, gap=12)
        counts.setStretch(1, 1)
        self._subjects = (LineEdit(longest=250), LineEdit(longest=250))
        self._subjects[0].textEdited.connect(lambda text: edit(subject_fr=text))
        self._subjects[1].textEdited.connect(lambda text: edit(subject_en=text))
        self._fr, self._en = TextArea(lines=3, most_lines=14), TextArea(lines=3, most_lines=14)
        self._fr.textChanged.connect(lambda: edit(text_fr=self._fr.toPlainText()))
        self._en.textChanged.connect(lambda: edit(text_en=self._en.toPlainText()))
        self._takes = Text("", Type.SMALL, "text2")
        self.ask = Button(self.tr("Ask for approval"), icon="send")
        self.send = Button(self.tr("Approve and send"), icon="send", role=Role.PRIMARY)
        self.halt = Button(self.tr("Stop"), icon="x", role=Role.REFUSE)
        for button, act in ((self.ask, pages.ask), (self.send, pages.send), (self.halt, pages.stop)):
            button.clicked.connect(act)
        self._goes = Text("", Type.BODY, "text2", wrap=True)
        about = Card(gap=12)
        about.body.addWidget(self.refused)
        about.body.addWidget(Field(self.tr("Name"), self._named, required=True))
        about.body.addWidget(Field(self.tr("Team"), self._of))
        about.body.addWidget(Field(self.tr("Goes by"), self.by))
        about.body.addWidget(Field(self.tr("Messages a minute"), self._pace))
        whom = Card(self.tr("Which customers"), gap=12)
        whom.body.addWidget(self._condition)
        whom.body.addLayout(counts)
        said = Card(gap=12)
        both = self.tr("Each customer gets it in her language, where both are written.")
        self._subject_fields = (
            Field(self.tr("Subject in French"), self._subjects[0]),
            Field(self.tr("Subject in English"), self._subjects[1]),
        )
        said.body.addWidget(self._subject_fields[0])
        said.body.addWidget(Field(self.tr("In French"), self._fr, hint=both))
        said.body.addWidget(self._subject_fields[1])
        said.body.addWidget(Field(self.tr("In English"), self._en))
        said.body.addWidget(self._takes)
        acts = Card(gap=12)
        acts.body.addWidget(self._goes)
        acts.body.addLayout(row(self.ask, self.send, self.halt, STRETCH, gap=10))
        for card in (about, whom, said, acts):
            self.form.addWidget(card)
        self._parts, self._acts = (about, whom, said), acts
        self.follow()

    def title_of(self, item: Broadcast, state: RecordsState[Broadcast]) -> str:
        """Name the broadcast."""
        return item.name or self.tr("New broadcast")

    def show_item(self, item: Broadcast, state: RecordsState[Broadcast]) -> None:
        """Show the draft, or how it goes."""
        directory = state.directory
        # All of them, so that who looks for a sub-team reads why it is none.
        teams = directory.teams if directory is not None else ()
        self._named.show_text(item.name)
        self._of.show_options(tuple(Option(team.id, team.name, "", team.icon) for team in teams), item.team_id)
        sub_team = any(team.id == item.team_id and team.is_sub_team for team in teams)
        why = self.tr("A sub-team has no number, so it sends no broadcasts. Ask its communication team.")
        self.refused.show_text(why if sub_team else "")
        self._pace.show_text(str(item.per_minute))
        known = self._pages.fields
        self._condition.show_condition(item.condition, known, check(item.condition, known) if known else ())
        for area, text in ((self._fr, item.text_fr), (self._en, item.text_en)):
            area.blockSignals(True)
            area.show_text(text)
            area.blockSignals(False)
        self.by.show_choice(item.channel)
        mails = item.channel is BroadcastBy.EMAIL
        for field, line, text in zip(
            self._subject_fields, self._subjects, (item.subject_fr, item.subject_en), strict=True
        ):
            line.show_text(text)
            field.setVisible(mails)
        self._takes.setVisible(not mails)
        takes = max(segments(item.text_fr).count, segments(item.text_en).count)
        self._takes.setText(self.tr("%n segment(s) for each customer", "", takes))
        found = state.audience if isinstance(state, OpenState) else NOBODY
        said = self.tr("{0} customer(s) found, {1} of them get it: {2}", "", found.found)
        said = said.replace("{0}", str(found.found))
        names = ", ".join(found.sample) + ("…" if found.found > len(found.sample) else "")
        self.counted.setText(said.replace("{1}", str(found.reached)).replace("{2}", names) if found.found else "")
        self._show_acts(item, state, sub_team=sub_team)

    def _show_acts(self, item: Broadcast, state: RecordsState[Broadcast], *, sub_team: bool) -> None:
        for part in self._parts:
            part.setEnabled(item.is_open)
        # How it goes, and its stop, stand first; what sends a draft stands at its end.
        place = len(self._parts) if item.is_open else 0
        if self.form.indexOf(self._acts) != place:
            self.form.removeWidget(self._acts)
            self.form.insertWidget(place, self._acts)
        kept = state.stored is not None and not state.changed
        self.ask.setVisible(item.state is BroadcastState.DRAFT)
        self.ask.setEnabled(not sub_team)
        self.send.setVisible(item.is_open and item.may_send)
        self.send.setEnabled(kept and not sub_team)
        self.halt.setVisible(item.state is BroadcastState.SENDING and item.may_send)
        translate = QCoreApplication.translate
        goes = [
            translate("Broadcast", words).replace("{0}", str(item.figures[key]))
            for key, words in _FIGURES.items()
            if item.figures.get(key)
        ]
        if item.is_open:
            goes = [
                self.tr("Each mail has a link that ends them. Answers become cases of the team.")
                if item.channel is BroadcastBy.EMAIL
                else self.tr("Who wrote STOP gets nothing. Answers become cases of the team.")
            ]
        self._goes.setText(" · ".join(goes))

    def _choose(self, condition: Condition) -> None:
        self._pages.broadcasts.edit(condition=condition)

    def _set_pace(self, typed: str) -> None:
        if typed.isdigit() and 1 <= int(typed) <= 60_000:
            self._pages.broadcasts.edit(per_minute=int(typed))

    def _cells(self, item: Broadcast) -> Cells:
        words, tone = _STATES[item.state]
        return (Cell(item.name, type_=Type.STRONG), Cell(QCoreApplication.translate("Broadcast", words), pill=tone))
