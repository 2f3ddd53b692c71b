"""What agents do with cases joined to the desk: forms, links, splits, watching, notices, other houses."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from app.desk.case_book import CaseBook
from app.desk.case_file import CaseFile, OpenCase
from app.desk.case_form import form_values
from app.desk.case_snooze import CaseSnooze, SnoozeState, Until
from app.desk.case_ties import AGAIN_S, CaseTies, CaseTiesState, NoticeKind
from app.desk.shell import Shell
from app.domain.cases import Level
from app.domain.forms import OWN, form_for, own_fields
from app.domain.refusals import Refused
from app.services.desk import SignedIn
from app.services.organisation import Directory
from ui.composer.note import NoteComposer
from ui.objects.away_notices import AwayCard, AwayDialog, notice_words
from ui.objects.case_view import CaseView
from ui.objects.merge_dialog import MergeDialog
from ui.objects.refer_dialog import ReferDialog
from ui.objects.split_dialog import SplitDialog
from ui.shell.main_window import MainWindow
from ui.widgets.form_words import form_field_words
from ui.widgets.options import Option
from ui.widgets.pick_popup import PickPopup
from ui.widgets.wording import level_words, say

Loads = Callable[[Mapping[UUID, int]], None]
_AT_ONCE = frozenset({NoticeKind.MENTIONED, NoticeKind.WATCHED})


class PracticeDesk:
    """The presenters of forms and ties; nothing is joined where the store has none."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        case: OpenCase,
        window: Callable[[], MainWindow],
        open_case: Callable[[UUID], None],
        now: Callable[[], datetime],
    ) -> None:
        self._services, self._shell, self._case = services, shell, case
        self._window, self._open_case, self._now = window, open_case, now
        self.book = CaseBook(services.practice, services.feed, services.types)
        practice, me = services.practice, services.directory.me.id
        self.ties = CaseTies(practice, case, services.feed, me, now) if practice is not None else None
        self.snooze = CaseSnooze(services.cases, services.tasks, case, self._directory, now)
        self.plan: Callable[[], None] = lambda: None
        self._told: frozenset[UUID] = frozenset()

    def begin(self) -> None:
        """Read what forms are filled from, and what I was told while I was away."""
        self.book.begin()
        if self.ties is not None:
            self.ties.begin()

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.book, self.ties, self.snooze):
            if presenter is not None:
                await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in (self.ties, self.book, self.snooze):
            if presenter is not None:
                await presenter.close()

    def join(self, view: CaseView, note: NoteComposer, window: MainWindow) -> None:
        """Let the case show its ties, the note name colleagues, and notices be told."""
        view.snooze_asked.connect(self.choose_snooze)
        view.destroyed.connect(self.snooze.subscribe(self._tell_snooze))
        if self.ties is None:
            return
        view.join_practice(self._with_loads, self.facts)
        view.split_asked.connect(self.split)
        view.link_asked.connect(self.link)
        view.watch_asked.connect(self.ties.watch)
        view.panel.unlink_asked.connect(self.unlink)
        view.refer_asked.connect(self.refer)
        view.destroyed.connect(self.ties.subscribe(view.show_ties))
        view.destroyed.connect(self.ties.subscribe(self._tell))
        AwayCard(window, self.ties).asked.connect(self.show_away)
        note.mention_asked.connect(lambda: self._name_somebody(note))
        clock = QTimer(view, interval=int(1000 * AGAIN_S))
        clock.timeout.connect(self.ties.again)
        clock.start()

    def choose_snooze(self, beside: QWidget) -> PickPopup:
        """Ask how long the open case is put aside."""
        translate = QCoreApplication.translate
        options = (
            Option(Until.REPLY, translate("Desk", "Until the customer answers"), "", "hourglass"),
            Option(Until.TOMORROW, translate("Desk", "Until tomorrow, 9:00"), "", "alarm-clock"),
            Option(Until.THREE_DAYS, translate("Desk", "For three days"), "", "alarm-clock"),
            Option(Until.NEXT_WEEK, translate("Desk", "For a week"), "", "alarm-clock"),
            Option(Until.EXACT, translate("Desk", "Until an exact time…"), "", "clock"),
        )
        popup = PickPopup(beside, translate("Desk", "Put the case aside"), options, icon="hourglass")
        popup.chosen.connect(self._put_aside)
        popup.open()
        return popup

    def _put_aside(self, until: Until) -> None:
        file = self._case.state.file
        if file is None:
            return
        if until is Until.EXACT:
            self.plan()
            return
        words = QCoreApplication.translate("Desk", "Take up again: {0}")
        self.snooze.until(until, words.replace("{0}", file.case.subject))

    def _tell_snooze(self, state: SnoozeState) -> None:
        told = state.said or state.error
        if told is not None:
            self._window().toast(say(told))
            self.snooze.show(said=None, error=None)

    def _directory(self) -> Directory:
        return self._shell.state.directory or self._services.directory

    def split(self) -> SplitDialog | None:
        """Open the dialog that splits the open case."""
        file = self._case.state.file
        if file is None or self.ties is None or self._window().dialog_open():
            return None
        dialog = SplitDialog(self._window(), file, self.ties.split, self._now())
        dialog.open()
        return dialog

    def link(self) -> MergeDialog | None:
        """Find the case that belongs to the open one."""
        file = self._case.state.file
        if file is None or self.ties is None or self._window().dialog_open():
            return None

        async def find(typed: str) -> tuple[Option, ...]:
            rows = await self._services.cases.find(typed, 9)
            return tuple(
                Option(row.id, f"{row.number} {row.subject}", row.customer_name)
                for row in rows
                if row.id != file.case.id
            )

        translate = QCoreApplication.translate
        dialog = MergeDialog(self._window(), f"{file.case.number} {file.case.subject}", find, self.ties.link)
        dialog.say_link(translate("Desk", "Link another case"), translate("Desk", "Link"))
        dialog.open()
        return dialog

    def unlink(self, other_id: UUID) -> None:
        """Take a link away; it can be put back from the toast."""
        if self.ties is not None:
            ties = self.ties
            ties.unlink(other_id)
            translate = QCoreApplication.translate
            self._window().toast(
                translate("Desk", "The link is taken away."), translate("Desk", "Undo"), lambda: ties.link(other_id)
            )

    def refer(self) -> ReferDialog | None:
        """Open the dialog that hands the case to another organisation."""
        if self.ties is None or self._window().dialog_open():
            return None
        dialog = ReferDialog(self._window(), self.ties.state.ways, self.ties.refer)
        dialog.open()
        return dialog

    def facts(self, file: CaseFile) -> tuple[tuple[str, str], ...]:
        """The fields of the case's form that are filled in, in its order, as label and words."""
        directory = self._directory()
        form = form_for(self.book.state.forms, file.case.type_id, file.case.team_id, directory.fields)
        labels = {one.key: one.label for one in own_fields(form, directory.fields)}
        values = form_values(file.case)
        names = {one.id: one.name for one in self.book.state.projects}
        told = []
        for one in form.fields:
            words = _words(one.field, values.get(one.field), names)
            if words and one.field != "description":
                told.append((form_field_words(one.field, labels), words))
        return tuple(told)

    def _with_loads(self, team_id: UUID, then: Loads) -> None:
        self._shell.work.latest("loads", self._read_loads(team_id, then))

    async def _read_loads(self, team_id: UUID, then: Loads) -> None:
        practice = self._services.practice
        try:
            loads = await practice.loads(team_id) if practice is not None else {}
        except Refused:
            loads = {}  # they may be chosen all the same
        then(loads)

    def _name_somebody(self, note: NoteComposer) -> None:
        directory = self._directory()
        people = tuple(
            Option(one.name, one.name, "", "user")
            for one in directory.agents
            if one.active and one.id != directory.me.id
        )
        words = QCoreApplication.translate("Desk", "Name a colleague")
        popup = PickPopup(note.text, words, people, icon="user")
        popup.chosen.connect(note.name_colleague)
        popup.open()

    def _tell(self, ties: CaseTiesState) -> None:
        if ties.said is not None:
            self._window().toast(say(ties.said))
            assert self.ties is not None
            self.ties.show(said=None)
        if ties.made is not None and self.ties is not None:
            made = ties.made
            self.ties.show(made=None)
            self._open_case(made)
        # What an automation says and what customers answer is told by the mail's room, at once.
        waiting = {one.id for one in ties.away}
        fresh = [one for one in ties.notices if one.kind in _AT_ONCE and one.id not in self._told | waiting
                 and one.case_id != ties.case_id]  # fmt: skip
        self._told = frozenset(one.id for one in ties.notices)
        if fresh:
            notice = fresh[0]
            opens = QCoreApplication.translate("Desk", "Open it")
            self._window().toast(notice_words(notice), opens, lambda: self._open_case(notice.case_id))

    def show_away(self) -> AwayDialog | None:
        """Open the list of what happened while I was away."""
        if self.ties is None or not self.ties.state.away or self._window().dialog_open():
            return None
        dialog = AwayDialog(self._window(), self.ties, self._now)
        dialog.opened.connect(self._open_case)
        dialog.open()
        return dialog


def _words(name: str, value: object, projects: Mapping[UUID, str]) -> str:
    if name in {"priority", "severity"} and isinstance(value, str):
        return level_words(Level(value))[0] if value != Level.NORMAL else ""
    if name == "project":
        return projects.get(value, "") if isinstance(value, UUID) else ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return QCoreApplication.translate("CustomFields", "Yes" if value else "No")
    if isinstance(value, float) and value.is_integer() and name.startswith(OWN):
        return str(int(value))
    return "" if value is None else str(value)
