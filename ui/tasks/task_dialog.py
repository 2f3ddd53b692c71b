"""A task in its dialog; as a reminder call it is two acts: the key that opens it, and Enter."""

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desk.task_form import TaskForm, TaskFormState
from app.domain.cases import Level
from app.domain.tasks import Recurrence, TaskKind
from ui.tasks.words import kind_words, recurrence_words
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button
from ui.widgets.clash_notice import ClashNotice
from ui.widgets.combo import Combo, SearchCombo
from ui.widgets.dialog import Dialog, primary
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit, TextArea
from ui.widgets.layout import STRETCH, row
from ui.widgets.moment import MomentEdit
from ui.widgets.notice import Notice
from ui.widgets.options import Option
from ui.widgets.text import Elided
from ui.widgets.type_words import type_words, words_of_state
from ui.widgets.wording import level_words, say

_TOP = Qt.AlignmentFlag.AlignTop
WIDTH = 640
BEFORE = (0, 5, 10, 15, 30, 60, 1440)
FIELDS = {
    "title": "title", "notes": "notes", "local_at": "when", "zone": "zone", "zone_of": "zone", "kind": "kind",
    "reminder_minutes": "before", "team_id": "team", "assignee_id": "who", "type_id": "type", "state_id": "state",
    "priority": "priority", "recurrence": "again",
}  # fmt: skip


class TaskDialog(Dialog):
    """New, edited, cloned, or a reminder call (`quick`: Enter saves)."""

    def __init__(
        self, window: QWidget, presenter: TaskForm, *, quick: bool = False, clone: Callable[[], object] | None = None
    ) -> None:
        super().__init__(window, "", width=WIDTH)
        self._presenter, self._quick = presenter, quick
        state = presenter.state
        self.set_title(self._heading(state))
        self._make_fields()
        self._about = Elided("", Type.MEDIUM, "text2")
        self._unfit = Notice("", Tone.WARN, "clock")
        self._clash = ClashNotice()
        self._error = Notice("", Tone.BAD, "triangle-alert")
        self._lay_out()
        save = primary(self.tr("Save"), key="Return" if quick else "Ctrl+Return")
        save.clicked.connect(presenter.save)
        others: list[Button] = []
        if state.stored is not None:
            cancel = Button(self.tr("Cancel the task"), icon="ban")
            cancel.clicked.connect(presenter.cancel_task)
            copy = Button(self.tr("Clone"), icon="layers")
            copy.clicked.connect(lambda: self._again_as(clone))
            others = [copy, cancel]
        self.set_footer("" if others else self.tr("Enter saves") if quick else self.tr("* asked"), save, *others)
        self._connect(presenter)
        unsubscribe = presenter.subscribe(self.render_state)
        self.closed.connect(unsubscribe)
        self.destroyed.connect(unsubscribe)
        if quick:
            self._when.setFocus()
        else:
            self._title_line.setFocus()

    def _again_as(self, clone: Callable[[], object] | None) -> None:
        self.reject()
        if clone is not None:
            clone()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._quick and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._presenter.save()
        else:
            super().keyPressEvent(event)

    def render_state(self, state: TaskFormState) -> None:
        """Show the task as it is edited, and what is wrong with it."""
        if state.saved:
            self.accept()
            return
        task, about = state.task, state.about
        self._title_line.show_text(task.title)
        self._when.show_moment(task.local_at)
        if not self._customer.isModified():
            self._customer.show_text(about.customer)
        self._customer.offer(tuple(Option(hit.id, hit.name, hit.organisation, "user") for hit in state.hits))
        self._about.setText(about.case)
        self._about.setVisible(bool(about.case))
        self._notes.show_text(task.notes)
        self._show_choices(state)
        for name, field in (("title", self._fields["title"]), ("local_at", self._fields["when"])):
            field.show_error(say(state.errors[name]) if name in state.errors else "")
        self._unfit.setVisible(about.do_not_call or not self._presenter.permitted())
        hours = self.tr("The customer may be called between {0} and {1}, her time.")
        words = hours.replace("{0}", about.call_from).replace("{1}", about.call_until)
        self._unfit.text.setText(self.tr("This customer does not want to be called.") if about.do_not_call else words)
        self._clash.show_clash(state.clash, self._field_words)
        self._error.setVisible(state.error is not None)
        self._error.text.setText(escape(say(state.error)) if state.error else "")
        if self.primary is not None:
            self.primary.setEnabled(not state.saving)

    def _heading(self, state: TaskFormState) -> str:
        if state.stored is not None:
            return self.tr("Edit task")
        return self.tr("Schedule a reminder call") if self._quick else self.tr("New task")

    def _make_fields(self) -> None:
        self._title_line, self._when, self._notes = LineEdit(longest=250), MomentEdit(), TextArea(lines=2)
        self._kind, self._zone, self._ahead = Combo(), Combo(), Combo(self.tr("No reminder"))
        self._team, self._who = Combo(), Combo(self.tr("The whole team"))
        self._priority, self._again = Combo(), Combo()
        self._type, self._state = Combo(), Combo()
        self._customer = SearchCombo(self.tr("Name, organisation, number, account…"), icon="user")
        self._fields = {
            "title": Field(self.tr("Title"), self._title_line, required=True),
            "when": Field(self.tr("When"), self._when),
            "zone": Field(self.tr("Whose hours"), self._zone),
            "kind": Field(self.tr("Kind"), self._kind),
            "before": Field(self.tr("Reminder"), self._ahead),
            "customer": Field(self.tr("Customer"), self._customer),
            "team": Field(self.tr("Team"), self._team),
            "who": Field(self.tr("For"), self._who),
            "type": Field(self.tr("Type"), self._type),
            "state": Field(self.tr("State"), self._state),
            "priority": Field(self.tr("Priority"), self._priority),
            "again": Field(self.tr("Repeats"), self._again),
            "notes": Field(self.tr("Note"), self._notes),
        }

    def _lay_out(self) -> None:
        soon = Button(self.tr("In 1 h"), height=28)
        later = Button(self.tr("In 3 h"), height=28)
        morning = Button(self.tr("Tomorrow 9:00"), height=28)
        week = Button(self.tr("In a week"), height=28)
        soon.clicked.connect(lambda: self._presenter.plan_in(1))
        later.clicked.connect(lambda: self._presenter.plan_in(3))
        morning.clicked.connect(self._presenter.plan_tomorrow)
        week.clicked.connect(self._presenter.plan_in_a_week)
        self.content.addWidget(self._fields["title"])
        self._pair("when", "zone")
        self.content.addLayout(row(soon, later, morning, week, STRETCH, gap=6))
        self._pair("customer", "before")
        self.content.addWidget(self._about)
        self._pair("team", "who")
        self._pair("type", "state")
        self._pair("kind", "again")
        self._pair("priority", "notes")
        for widget in (self._unfit, self._clash, self._error):
            self.content.addWidget(widget)

    def _pair(self, left: str, right: str) -> None:
        pair = row(self._fields[left], self._fields[right], gap=16)
        for at, name in enumerate((left, right)):
            pair.setAlignment(self._fields[name], _TOP)
            pair.setStretch(at, 1)
        self.content.addLayout(pair)

    def _connect(self, presenter: TaskForm) -> None:
        self._title_line.textEdited.connect(lambda text: presenter.fill(title=text))
        self._when.picked.connect(lambda at: presenter.fill(local_at=at))
        self._notes.textChanged.connect(lambda: presenter.fill(notes=self._notes.toPlainText()))
        self._kind.picked.connect(lambda kind: presenter.fill(kind=kind))
        self._type.picked.connect(lambda type_id: presenter.choose_type(type_id or None))
        self._state.picked.connect(lambda state_id: presenter.fill(state_id=state_id))
        self._zone.picked.connect(self._pick_zone)
        self._ahead.picked.connect(lambda minutes: presenter.fill(reminder_minutes=None if minutes < 0 else minutes))
        self._team.picked.connect(presenter.give_to_team)
        self._who.picked.connect(lambda who: presenter.fill(assignee_id=who or None))
        self._priority.picked.connect(lambda level: presenter.fill(priority=level))
        self._again.picked.connect(lambda again: presenter.fill(recurrence=again))
        self._customer.searched.connect(presenter.search)
        self._customer.picked.connect(self._pick_customer)
        self._clash.keep_mine.connect(presenter.keep_mine)
        self._clash.take_theirs.connect(presenter.take_theirs)

    def _pick_customer(self, customer_id: object) -> None:
        hit = next((hit for hit in self._presenter.state.hits if hit.id == customer_id), None)
        self._customer.setModified(False)
        self._presenter.choose_customer(hit)

    def _pick_zone(self, zone_of: str) -> None:
        if zone_of:
            self._presenter.choose_zone(zone_of)

    def _show_choices(self, state: TaskFormState) -> None:
        task, directory = state.task, state.directory
        self._kind.show_options(tuple(Option(kind, *_named(kind)) for kind in TaskKind), task.kind)
        kinds = tuple(Option(one.id, type_words(one), "", one.icon) for one in state.types)
        self._type.show_options((Option("", self.tr("No type"), "", "circle"), *kinds), task.type_id or "")
        self._fields["type"].setVisible(bool(kinds))
        states = tuple(Option(one.id, words_of_state(one)[0], "", "circle-dot") for one in state.states)
        self._state.show_options(states, task.state_id)
        self._fields["state"].setVisible(bool(states))
        zones = [Option("agent", self.tr("Mine"), directory.me.time_zone, "clock")]
        if task.customer_id is not None:
            zones.append(Option("customer", self.tr("The customer’s"), state.about.zone, "clock"))
        known = any((one.key, one.detail) == (task.zone_of, task.zone) for one in zones)
        if not known:  # a colleague's, elsewhere
            zones.append(Option("", task.zone, "", "clock"))
        self._zone.show_options(tuple(zones), task.zone_of if known else "")
        minutes = tuple(Option(one, self._before_words(one), "", "alarm-clock") for one in BEFORE)
        none = Option(-1, self.tr("No reminder"), "", "ban")
        chosen = -1 if task.reminder_minutes is None else task.reminder_minutes
        self._ahead.show_options((*minutes, none), chosen)
        self._team.show_options(tuple(Option(t.id, t.name, "", t.icon) for t in directory.teams), task.team_id)
        members = directory.members(task.team_id)
        people = tuple(
            Option(agent.id, self.tr("Me") if agent.id == directory.me.id else agent.name, "", "user")
            for agent in directory.agents
            if agent.id == task.assignee_id or (agent.active and agent in members)
        )
        self._who.show_options((Option("", self.tr("The whole team"), "", "users"), *people), task.assignee_id or "")
        self._priority.show_options(tuple(Option(one, level_words(one)[0], "", "flag") for one in Level), task.priority)
        again = tuple(Option(one, recurrence_words(one), "", "rotate-cw") for one in Recurrence)
        self._again.show_options(again, task.recurrence)

    def _field_words(self, name: str, value: Any) -> tuple[str, str]:
        """A field and its value as the form has them: a choice by its option's label."""
        if name not in FIELDS:
            return name, str(value)
        field = self._fields[FIELDS[name]]
        words = f"{value:%d/%m %H:%M}" if isinstance(value, datetime) else str(value)
        return field.label.text(), field.editor.words_of(value) if isinstance(field.editor, Combo) else words

    def _before_words(self, minutes: int) -> str:
        if minutes == 0:
            return self.tr("At the time")
        if minutes >= 1440:
            return self.tr("A day before")
        return self.tr("%n min before", "", minutes) if minutes < 60 else self.tr("1 h before")


def _named(kind: TaskKind) -> tuple[str, str, str]:
    name, icon = kind_words(kind)
    return name, "", icon
