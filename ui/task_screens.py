"""Tasks and reminders joined to the desk: their screen, dialogs and card, and the commands that open them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from app.desk.calls import LiveCalls
from app.desk.commands import CommandRegistry
from app.desk.draft import Draft
from app.desk.live_calls import About, LiveCallsState
from app.desk.reminders import Reminders, RemindersState
from app.desk.shell import Screen, Shell
from app.desk.task_form import Subject, TaskForm, TaskFormState, about_row, clone_of, new_task
from app.desk.tasks import TaskList
from app.domain import planned_time
from app.domain.case_types import CaseType
from app.domain.tasks import Task, TaskKind, TaskRow
from app.services.desk import SignedIn
from ui.runtime.notify import notify
from ui.shell.main_window import MainWindow
from ui.tasks.past_due import PastDueCard, PastDueDialog
from ui.tasks.reminder_card import ReminderCard
from ui.tasks.snooze_dialog import SnoozeDialog
from ui.tasks.task_dialog import TaskDialog
from ui.tasks.tasks_view import TasksView
from ui.widgets.wording import say

LONGEST_TOLD = 80


class TaskDesk:
    """The presenters of the tasks of one signed-in agent; their views are made with each window."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        calls: LiveCalls,
        commands: CommandRegistry,
        now: Callable[[], datetime],
    ) -> None:
        self._services, self._shell, self._calls, self._commands, self._now = services, shell, calls, commands, now
        me = services.directory.me
        self.list = TaskList(services.tasks, services.feed, me.time_zone, now)
        self.reminders = Reminders(services.tasks, services.feed, me.id, me.time_zone, now, self._call)
        self.about: Callable[[], Subject] = Subject
        self.types: Callable[[], tuple[CaseType, ...]] = tuple
        self.open_case: Callable[[UUID], None] = lambda _: None
        self.open_customer: Callable[[UUID], None] = lambda _: None
        self._region = services.directory.organisation.region

    def begin(self) -> None:
        """Arm the reminders."""
        self.reminders.begin()
        self._calls.subscribe(self._hush)

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.list, self.reminders):
            await presenter.work.settle()

    async def close(self) -> None:
        """End both presenters."""
        await self.list.close()
        await self.reminders.close()

    def make_views(self, window: MainWindow) -> None:
        """Make screen and card for a window, and bind the commands."""
        self._window = window
        window.offer_screen(Screen.TASKS, self._screen)
        card = ReminderCard(
            window, self.reminders, self._commands, self._region, self._services.directory.me.time_zone, self._now
        )
        card.opened.connect(self.open_row)
        card.exact_asked.connect(self._snooze_exactly)
        card.rang.connect(self._tell_desktop)
        PastDueCard(window, self.reminders).asked.connect(self.open_past_due)
        window.destroyed.connect(self.reminders.subscribe(self._follow))
        bind, reminders = self._commands.bind, self.reminders
        bind("task.new", self._new, self._may_open)
        bind("task.remind", self._remind, self._may_open)

        def rings() -> bool:
            return reminders.state.front is not None

        def calls() -> bool:
            return reminders.state.front is not None and reminders.state.front.task.kind is TaskKind.CALL

        bind("reminder.dial", self._dial, rings)
        bind("reminder.no_answer", reminders.no_answer, calls)
        bind("reminder.snooze", lambda: reminders.snooze_by(10), rings)

    def edit(self, row: TaskRow | None = None, *, quick: bool = False, clone: bool = False) -> TaskDialog | None:
        """Open the dialog of a task, new for the customer and case at hand, or as a reminder call."""
        directory = self._shell.state.directory
        if directory is None or self._window.dialog_open():
            return None
        if row is None:
            about = self.about()
            title = QCoreApplication.translate("Desk", "Call back") if quick else ""
            state = TaskFormState(directory, new_task(directory, about, self._now(), title), about)
        elif clone:
            state = TaskFormState(directory, clone_of(row.task), about_row(row))
        else:
            state = TaskFormState(directory, row.task, about_row(row), stored=row.task)
        state = replace(state, types=self.types())
        form = TaskForm(self._services.tasks, self._services.customers, state, self._now, self._saved)
        names = ("task", "about", "stored")
        key = f"task/{row.task.id}" if row is not None and not clone else "reminder" if quick else "task"
        draft = Draft(self._services.journal, key, form, names)
        again = (lambda: self.edit(row, clone=True)) if row is not None else None
        dialog = TaskDialog(self._window, form, quick=quick, clone=again)
        dialog.closed.connect(lambda: self._shell.work.start(form.close(), "close form"))
        dialog.closed.connect(draft.forget)
        dialog.open()
        return dialog

    def open_past_due(self) -> None:
        """Show what came due while the agent was away."""
        if self.reminders.state.past_due and not self._window.dialog_open():
            dialog = PastDueDialog(self._window, self.reminders, self._now)
            dialog.opened.connect(self.open_row)
            dialog.open()

    def open_row(self, row: TaskRow) -> None:
        """Show what a task is about: its case, its customer, else itself."""
        if row.task.case_id is not None:
            self.open_case(row.task.case_id)
        elif row.task.customer_id is not None:
            self.open_customer(row.task.customer_id)
        else:
            self.edit(row)

    def _new(self) -> None:
        self.edit()

    def _remind(self) -> None:
        self.edit(quick=True)

    def _screen(self) -> TasksView:
        me = self._services.directory.me
        view = TasksView(self.list, me.id, self._region, self._commands.key("task.new"), self._now)
        view.list.new_asked.connect(self._new)
        view.opened.connect(self._edit_listed)
        view.called.connect(self.reminders.dial)
        self.list.begin()
        return view

    def _edit_listed(self, task_id: UUID) -> None:
        row = self.list.state.row(task_id)
        if row is not None:
            self.edit(row)

    def _may_open(self) -> bool:
        return self._shell.state.directory is not None

    def _saved(self, task: Task) -> None:
        when = f"{task.local_at:%d/%m %H:%M}" if task.local_at is not None else ""
        title = task.title if len(task.title) <= LONGEST_TOLD else f"{task.title[: LONGEST_TOLD - 1].rstrip()}…"
        said = QCoreApplication.translate("Desk", "Saved: {0}").replace("{0}", f"{title} {when}".strip())
        self._window.toast(said)
        self.reminders.begin()

    def _hush(self, state: LiveCallsState) -> None:
        self.reminders.be_silent(state.front is not None or state.front_leg is not None)

    def _dial(self) -> None:
        front = self.reminders.state.front
        if front is not None and front.customer_phone:
            self.reminders.dial(front)
        elif front is not None:
            self.open_row(front)

    def _call(self, row: TaskRow) -> None:
        if row.task.case_id is not None:
            self.open_case(row.task.case_id)
        if self._calls.state.has_phone:
            self._calls.dial(row.customer_phone, About(row.task.case_id, row.task.customer_id, task_id=row.task.id))
        else:
            QDesktopServices.openUrl(QUrl(f"tel:{row.customer_phone}"))

    def _follow(self, state: RemindersState) -> None:
        if state.error is not None:
            self._window.toast(say(state.error))
            self.reminders.show(error=None)
        if state.said is not None:
            undo = QCoreApplication.translate("Desk", "Undo")
            self._window.toast(say(state.said), undo, self.reminders.undo)
            self.reminders.show(said=None)

    def _snooze_exactly(self, row: TaskRow) -> None:
        zone = self._services.directory.me.time_zone
        proposed = planned_time.wall_time(self._now(), zone)

        def take(local: datetime) -> None:
            self.reminders.snooze(local.replace(tzinfo=ZoneInfo(zone), fold=1), row)

        SnoozeDialog(self._window, proposed, take).open()

    def _tell_desktop(self, row: TaskRow) -> None:
        if not self._window.isActiveWindow():
            notify(row.task.title, " · ".join(part for part in (row.customer_name, row.organisation) if part))
