"""Puts the desk together: the window, its screens over their presenters, and how they know one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.desk.case_list import CaseListState
from app.desk.commands import CommandRegistry
from app.desk.live_calls import About
from app.desk.palette import Palette, Scope
from app.desk.shell import Screen, Shell, ShellState
from app.desk.task_form import Subject
from app.services.desk import SignedIn
from ui.beginnings import Beginnings
from ui.call_desk import CallDesk
from ui.case_desk import CaseDesk
from ui.chat_screens import ChatScreens
from ui.customer_screens import CustomerDesk
from ui.later_screens import LaterScreens
from ui.mail_screens import MailDesk
from ui.objects.customer_view import CustomerView
from ui.practice_screens import PracticeDesk
from ui.shell.main_window import MainWindow
from ui.shell.palette import PaletteView
from ui.task_screens import TaskDesk
from ui.view_screens import ViewDesk
from ui.widgets.wording import now_utc

if TYPE_CHECKING:
    from ui.first_list import FirstList
    from ui.manage_desk import ManageDesk
    from ui.report_screens import ReportScreen


class Desk:
    """The presenters of one signed-in agent and the window over them; a new language makes the window anew."""

    def __init__(
        self,
        services: SignedIn,
        commands: CommandRegistry | None = None,
        now: Callable[[], datetime] = now_utc,
        frame: MainWindow | None = None,
        begun: FirstList | None = None,
    ) -> None:
        self._services, self._now = services, now
        self.commands = commands or CommandRegistry()
        self.shell = frame.shell if frame is not None else Shell()
        self.shell.join(
            services.cases, services.administration, services.feed, services.floor, services.views, services.directory
        )
        self.views = ViewDesk(services, self.shell, self.commands, self._shown)
        self.cases = CaseDesk(services, self.shell, self.commands, self._shown, now, begun)
        self.case, self.list = self.cases.file, self.cases.list
        self.calls = CallDesk(services, self.shell, self.case, self.commands, now)
        self.palette = Palette(services.cases, services.customers, self.open_case, self.open_customer)
        self.tasks = TaskDesk(services, self.shell, self.calls.live, self.commands, now)
        self.customers = CustomerDesk(services, self.shell, self.case, self.commands, now)
        self.mail = MailDesk(services, self.shell, self.case, self.commands, now, self.open_case)
        self.chats = ChatScreens(
            services, self.shell, self.case, self.mail.composer, self.calls.live, self.commands, self.open_case, now
        )
        self.practice = PracticeDesk(services, self.shell, self.case, self._shown, self.open_case, now)
        self.beginnings = Beginnings(
            services,
            self.shell,
            self._shown,
            self.open_case,
            self.customers.page,
            self.calls.caller,
            self.practice.book,
        )
        self.later = LaterScreens(services, self.shell, self._shown, self.open_case, now)
        self._join()
        self._listed = False
        self.window = self.make_window(frame)

    def _join(self) -> None:
        """Let those that are made apart know one another."""
        self.calls.about, self.calls.new_case = self._call_about, self.beginnings.new_case
        self.calls.open_case, self.calls.open_customer = self.open_case, self.open_customer
        self.mail.call = self.calls.call_customer
        self.customers.book = self.practice.book
        self.practice.plan = self._plan
        self.tasks.types = lambda: self.practice.book.state.task_types
        self.tasks.about, self.tasks.open_case = self._at_hand, self.open_case
        self.tasks.open_customer = self.open_customer

    @property
    def managing(self) -> ManageDesk:
        """Manage; made when somebody opens it."""
        return self.later.managing

    @property
    def reports(self) -> ReportScreen:
        """Reports, likewise."""
        return self.later.reports

    def begin(self) -> None:
        """Read the first things, the list before all others; the window is there already."""
        self.shell.subscribe(self._follow)
        self.shell.begin()
        self.calls.live.begin()
        self.tasks.begin()
        self.cases.focus_list()
        self.beginnings.tell_unfinished(self.case, self.mail.composer)
        self.list.subscribe(self._after_first_list)

    def _after_first_list(self, state: CaseListState) -> None:
        """What no first sight needs is read once the first list stands."""
        if not state.loading and not self._listed:
            self._listed = True
            self.practice.begin()
            self.chats.begin()

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        await self.shell.work.settle()
        for part in (self.cases, self.calls):
            await part.settle()
        await self.palette.work.settle()
        for other in (self.tasks, self.customers, self.views, self.practice, self.mail, self.chats, self.later):
            await other.settle()

    async def close(self) -> None:
        """End all presenters; the window may go."""
        await self.later.close()
        for part in (self.tasks, self.customers, self.views, self.practice, self.chats, self.mail):
            await part.close()
        await self.cases.close()
        await self.calls.close()
        for presenter in (self.palette, self.shell):
            await presenter.close()

    def make_window(self, frame: MainWindow | None = None) -> MainWindow:
        """Make the window in the language in force, or furnish the one that is shown already."""
        window = frame or MainWindow(self.shell, self.commands, self._now)
        with window.furnishing():
            window.add_screen(
                Screen.CASES,
                self.cases.make_screen(
                    window, self.calls, self.customers, self.mail, self.practice, self.chats, self.open_case
                ),
            )
            window.offer_screen(Screen.CALLS, self.calls.make_log)
            self.later.make_views(window, self.commands)
            self.calls.make_views(window, self.chats.floor)
            self.tasks.make_views(window)
            self.customers.make_views(window, self._join_customer)
        bind = self.commands.bind
        bind("call.log", lambda: self.shell.go(Screen.CALLS))
        bind("case.new", self.beginnings.new_at_hand, lambda: self.shell.state.directory is not None)
        bind("palette", lambda: self._open_palette(Scope.ALL))
        bind("customer.find", lambda: self._open_palette(Scope.CUSTOMERS))
        return window

    def open_case(self, case_id: UUID) -> None:
        """Show a case, wherever the agent is."""
        self.shell.go(Screen.CASES)
        self.list.open(case_id)

    def open_customer(self, customer_id: UUID) -> None:
        """Show a customer's page, wherever the agent is."""
        self.customers.open(customer_id)

    def _join_customer(self, view: CustomerView) -> None:
        view.case_opened.connect(self.open_case)
        view.task_opened.connect(self.tasks.edit)
        view.task_asked.connect(lambda: self.commands.run("task.new"))
        view.called.connect(self.calls.call_customer)
        view.case_asked.connect(self.beginnings.new_at_hand)

    def _call_about(self) -> About | None:
        """What a call to a number that is shown is about."""
        if self.shell.state.screen is Screen.CUSTOMER:
            return About(customer_id=self.customers.page.state.customer_id)
        file = self.case.state.file
        return About(file.case.id, file.case.customer_id) if file is not None else None

    def _plan(self) -> None:
        self.commands.run("task.remind")

    def _at_hand(self) -> Subject:
        """The customer and the case that a new task is about."""
        if self.shell.state.screen is Screen.CUSTOMER:
            return self.customers.subject()
        file = self.case.state.file if self.shell.state.screen is Screen.CASES else None
        if file is None:
            return Subject()
        customer, case = file.customer, file.case
        return Subject(
            customer.id, customer.name, case.id, f"{case.number} {case.subject}", customer.time_zone,
            customer.call_from, customer.call_until, customer.do_not_call,
        )  # fmt: skip

    def _follow(self, state: ShellState) -> None:
        self.calls.follow(state)
        if state.screen is Screen.CASES and state.directory is not None:
            self.list.choose(state.view)

    def _open_palette(self, scope: Scope) -> None:
        if not self.window.dialog_open():
            directory = self.shell.state.directory
            region = directory.organisation.region if directory is not None else "FR"
            PaletteView(self.window, self.palette, self.commands, region).open(scope)

    def _shown(self) -> MainWindow:
        return self.window
