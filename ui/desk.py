"""Puts the desk together: the window, its screens over their presenters, and the dialogs that they open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.desk.arrival import Arrival
from app.desk.board import Board
from app.desk.bulk import Bulk, BulkState
from app.desk.call_log import CallLog
from app.desk.caller import Caller
from app.desk.calls import LiveCalls
from app.desk.case_file import OpenCase
from app.desk.case_list import CaseList, CaseListState
from app.desk.commands import CommandRegistry
from app.desk.draft import Draft
from app.desk.live_calls import About
from app.desk.new_case import NewCaseForm
from app.desk.palette import Palette, Scope
from app.desk.presenter import Presenter
from app.desk.shell import Screen, Shell, ShellState
from app.desk.task_form import Subject
from app.desk.transfer import Transfer
from app.desk.wrap_up import WrapUp
from app.domain.agents import AgentState, Role
from app.domain.permissions import Permission
from app.services.calls import CallView
from app.services.customers import CustomerHit
from app.services.desk import SignedIn
from app.services.organisation import Directory
from ui.board_screen import BoardScreen
from ui.call_log.call_log_view import CallLogView
from ui.call_screens import CallScreens, LiveNote
from ui.case_files import CaseFiles
from ui.chat_screens import ChatScreens
from ui.composer.note import NoteComposer
from ui.customer_screens import CustomerDesk
from ui.level_menu import LevelMenu
from ui.mail_screens import MailDesk
from ui.objects.bulk_bar import BulkBar
from ui.objects.case_list import CaseListView
from ui.objects.case_view import CaseView
from ui.objects.customer_view import CustomerView
from ui.objects.new_case import NewCaseDialog
from ui.outside_menu import OutsideMenu
from ui.practice_screens import PracticeDesk
from ui.see_also import SeeAlso
from ui.shell.main_window import MainWindow
from ui.shell.palette import PaletteView
from ui.task_screens import TaskDesk
from ui.theme.theme import theme
from ui.view_screens import ViewDesk
from ui.widgets.card import Surface, hairline
from ui.widgets.layout import row
from ui.widgets.wording import now_utc, say

if TYPE_CHECKING:
    from ui.manage_desk import ManageDesk
    from ui.report_screens import ReportScreen

PAPERWORK = "paperwork"  # a shipped reason
KEPT_BY_KEY = frozenset({Screen.MANAGE, Screen.BROADCASTS})
LIST_WIDTH, LIST_NEEDS = 340, 880


class Desk:
    """The presenters of one signed-in agent and the window over them; a new language makes the window anew."""

    def __init__(
        self,
        services: SignedIn,
        commands: CommandRegistry | None = None,
        now: Callable[[], datetime] = now_utc,
        frame: MainWindow | None = None,
    ) -> None:
        self._services = services
        self._now = now
        self.commands = commands or CommandRegistry()
        self.shell = frame.shell if frame is not None else Shell()
        self.shell.join(services.cases, services.administration, services.feed, services.floor, services.views)
        self.views = ViewDesk(services, self.shell, self.commands, lambda: self.window)
        self.case = OpenCase(
            services.cases,
            services.feed,
            lambda: self.shell.state.directory,
            now,
            services.journal,
            services.attachments,
        )
        self.list = CaseList(services.cases, services.feed, self.case.open)
        me, region = services.directory.me.id, services.directory.organisation.region
        self.calls = LiveCalls(services.calls, services.phone, services.feed, me, region)
        self.transfer = Transfer(self.calls, services.floor, services.feed, lambda: self.shell.state.directory)
        self.board = Board(
            services.calls, services.floor, services.feed, self._directory, me, self.calls.expect, region
        )
        self.wrap_up = WrapUp(self.calls, services.directory.me.time_zone, now)
        self.caller = Caller(self.calls, services.calls, services.customers)
        self.call_log = CallLog(services.calls, services.feed, region)
        self.palette = Palette(services.cases, services.customers, self.open_case, self.open_customer)
        self.arrival = Arrival(self.calls, self.shell)
        self.tasks = TaskDesk(services, self.shell, self.calls, self.commands, now)
        self.customers = CustomerDesk(services, self.shell, self.case, self.commands, now)
        self.mail = MailDesk(services, self.shell, self.case, self.commands, now, self.open_case)
        self.mail.call = self._call_customer
        self.chats = ChatScreens(
            services, self.shell, self.case, self.mail.composer, self.calls, self.commands, self.open_case, now
        )
        self.bulk = Bulk(services.cases)
        self._listed = False
        self.practice = PracticeDesk(services, self.shell, self.case, lambda: self.window, self.open_case, now)
        self.customers.book = self.practice.book
        self.practice.plan = self._plan
        self.tasks.types = lambda: self.practice.book.state.task_types
        self.tasks.about, self.tasks.open_case = self._at_hand, self.open_case
        self.tasks.open_customer = self.open_customer
        self._managing: ManageDesk | None = None
        self._reporting: ReportScreen | None = None
        self.promised = LevelMenu(services, self.shell, self.case, self._shown, now)
        self.outside = OutsideMenu(services, self.shell, self.case, self.commands, self._shown)
        self.window = self.make_window(frame)

    @property
    def managing(self) -> ManageDesk:
        """Manage; most agents never open it, so it is made when somebody does."""
        if self._managing is None:
            from ui.manage_desk import ManageDesk

            self._managing = ManageDesk(self._services, self.shell, self._shown, self.open_case, self._now)
        return self._managing

    @property
    def reports(self) -> ReportScreen:
        """Reports, likewise."""
        if self._reporting is None:
            from ui.report_screens import ReportScreen

            self._reporting = ReportScreen(self._services, self.shell, self._shown, self.open_case, self._now)
        return self._reporting

    def begin(self) -> None:
        """Read the first things; the window is there already."""
        self.shell.begin()
        self.calls.begin()
        self.tasks.begin()
        self.shell.subscribe(self._follow)
        self.focus_first()
        self._tell_unfinished()
        self.list.subscribe(self._after_first_list)

    def _after_first_list(self, state: CaseListState) -> None:
        """What no first sight needs is read once the first list stands."""
        if not state.loading and not self._listed:
            self._listed = True
            self.practice.begin()
            self.chats.begin()

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        presenters: tuple[Presenter[Any], ...] = (
            self.shell,
            self.list,
            self.case,
            self.calls,
            self.transfer,
            self.caller,
            self.board,
            self.call_log,
            self.palette,
        )
        for presenter in presenters:
            await presenter.work.settle()
        await self.tasks.settle()
        await self.customers.settle()
        await self.views.settle()
        await self.practice.settle()
        await self.mail.settle()
        await self.chats.settle()
        await self.bulk.work.settle()
        if self._managing is not None:
            await self._managing.settle()
        if self._reporting is not None:
            await self._reporting.settle()

    async def close(self) -> None:
        """End all presenters; the window may go."""
        if self._managing is not None:
            await self._managing.close()
        if self._reporting is not None:
            await self._reporting.close()
        self.outside.end()
        await self.tasks.close()
        await self.customers.close()
        await self.views.close()
        await self.practice.close()
        await self.chats.close()
        await self.mail.close()
        await self.bulk.close()
        presenters: tuple[Presenter[Any], ...] = (
            self.list,
            self.case,
            self.transfer,
            self.board,
            self.call_log,
            self.wrap_up,
            self.caller,
            self.calls,
            self.palette,
            self.shell,
        )
        for presenter in presenters:
            await presenter.close()

    def make_window(self, frame: MainWindow | None = None) -> MainWindow:
        """Make the window in the language in force, or furnish the one that is shown already."""
        window = frame or MainWindow(self.shell, self.commands, self._now)
        window.add_screen(Screen.CASES, self._cases_screen(window))
        window.see_also = SeeAlso(self._services, self.shell, self._show_manage_page).fill
        window.offer_screen(Screen.MANAGE, self._manage_screen)
        window.offer_screen(Screen.CALLS, self._calls_screen)
        window.offer_screen(Screen.BROADCASTS, self._broadcasts_screen)
        if self._services.directory.me.role is not Role.AGENT:
            window.offer_screen(Screen.REPORTS, self._reports_screen)
        self.commands.bind("call.log", lambda: self.shell.go(Screen.CALLS))
        self.commands.bind("case.new", self._new_case, lambda: self.shell.state.directory is not None)
        self.commands.bind("palette", lambda: self._open_palette(Scope.ALL))
        self.commands.bind(
            "team.new",
            self._create_team,
            lambda: Permission.MANAGE_TEAMS in self._directory().permissions,
        )
        self.commands.bind("page.save", self._save_page, lambda: self.shell.state.screen in KEPT_BY_KEY)
        BoardScreen(window, self.board, self.shell, self.commands, self._now, self.chats.floor, self.open_case)
        self.call_screens = CallScreens(
            window,
            self.calls,
            self.transfer,
            self.wrap_up,
            self.caller,
            self.case,
            self.commands,
            lambda: self.shell.state.directory,
            self._now,
        )
        self.call_screens.panel.caller_page.case_wanted.connect(self.new_case)
        self.call_screens.panel.wrap_up_page.not_ready.connect(
            lambda: self.shell.set_state(AgentState.NOT_READY, PAPERWORK)
        )
        self.tasks.make_views(window)
        self.customers.make_views(window, self._join_customer)
        self.commands.bind("case.solve", self.mail.solve, lambda: self.case.state.file is not None)
        self.commands.bind("customer.find", lambda: self._open_palette(Scope.CUSTOMERS))
        return window

    def _tell_unfinished(self) -> None:
        """What an earlier desk could not finish: filed if it was to be filed, else back where it was typed."""
        self.case.file_what_waits()
        notes = self.case.unfinished()
        if self._services.journal.kept("form/case"):
            said = QCoreApplication.translate("Desk", "The case you began is still here.")
            self.window.toast(said, QCoreApplication.translate("Desk", "Go on with it"), self._new_case)
        elif mails := self.mail.composer.unfinished():
            said = QCoreApplication.translate("Desk", "A mail you began is still here.")
            self.window.toast(
                said, QCoreApplication.translate("Desk", "Go on with it"), lambda: self.open_case(mails[-1])
            )
        elif notes:
            said = QCoreApplication.translate("Desk", "A note you began is still here.")
            self.window.toast(
                said, QCoreApplication.translate("Desk", "Go on with it"), lambda: self.open_case(notes[-1])
            )

    def new_case(self, customer: CustomerHit | None = None) -> NewCaseDialog | None:
        """Open the dialog of a new case."""
        directory = self.shell.state.directory
        if directory is None:
            return None
        services = self._services
        book = self.practice.book.state
        form = NewCaseForm(services.cases, services.customers, directory, self._created_case, customer, book)
        key = f"case/{customer.id}" if customer is not None else "case"
        draft = Draft(services.journal, key, form, ("customer", "subject", "team", "type_id", "number", "values"))
        dialog = NewCaseDialog(self.window, form)
        dialog.closed.connect(draft.forget)
        dialog.case_opened.connect(self.open_case)
        dialog.closed.connect(lambda: self.shell.work.start(form.close(), "close form"))
        dialog.open()
        return dialog

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
        view.called.connect(self._call_customer)
        view.case_asked.connect(self._new_case)

    def _tell_bulk(self, state: BulkState) -> None:
        if state.said is not None:
            self.window.toast(say(state.said), QCoreApplication.translate("Desk", "Undo"), self.bulk.undo)
            self.bulk.show(said=None)

    def _call_customer(self, number: str) -> None:
        if self.shell.state.screen is Screen.CUSTOMER:
            self.call_screens.call(number, About(customer_id=self.customers.page.state.customer_id))
            return
        file = self.case.state.file
        self.call_screens.call(number, About(file.case.id, file.case.customer_id) if file is not None else None)

    def _directory(self) -> Directory:
        return self.shell.state.directory or self._services.directory

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

    def _new_case(self) -> None:
        shown = self.customers.page.state.hit if self.shell.state.screen is Screen.CUSTOMER else None
        self.new_case(self.caller.state.chosen if self.caller.state.asks else shown)

    def _follow(self, state: ShellState) -> None:
        self.board.open(shown=state.screen is Screen.BOARD)
        self.call_log.open(shown=state.screen is Screen.CALLS)
        if state.screen is Screen.CASES and state.directory is not None:
            self.list.choose(state.view)

    def _open_palette(self, scope: Scope) -> None:
        if not self.window.dialog_open():
            PaletteView(self.window, self.palette, self.commands).open(scope)

    def _created_case(self, case_id: UUID) -> None:
        self.window.toast(QCoreApplication.translate("Desk", "The case was created."))
        if self.caller.state.asks:  # a case made in a call that has none is what the call is about
            self.caller.attach(case_id)
        self.open_case(case_id)

    def _plan(self) -> None:
        self.commands.run("task.remind")

    def _shown(self) -> MainWindow:
        return self.window

    def _manage_screen(self) -> QWidget:
        return self.managing.make_view()

    def _save_page(self) -> None:
        if self.shell.state.screen is Screen.BROADCASTS:
            self.managing.messages.broadcasts.save()
        else:
            self.managing.save()

    def _show_manage_page(self, key: str) -> None:
        self.managing.view.show_page(key)

    def _create_team(self) -> None:
        self.managing.create_team()

    def _broadcasts_screen(self) -> QWidget:
        return self.managing.messages.broadcast_screen()

    def _reports_screen(self) -> QWidget:
        return self.reports.make()

    def _calls_screen(self) -> QWidget:
        view = CallLogView(self.call_log, self._now)
        view.call_wanted.connect(self._call_again)
        view.case_opened.connect(self.open_case)
        view.customer_opened.connect(self.open_customer)
        return view

    def _call_again(self, call: CallView) -> None:
        self.call_screens.call(call.caller_number, About(call.case_id, call.customer_id))

    def _cases_screen(self, window: MainWindow) -> QWidget:
        listed = CaseListView(self.list, self.commands, self._now, lambda: self.shell.state.known)
        listed.chosen.connect(self.bulk.choose)
        bar = BulkBar(self.bulk, lambda: self.shell.state.directory)
        bar.offer(lambda: self.practice.book.state)
        listed.put_foot(bar)
        listed.destroyed.connect(self.bulk.subscribe(self._tell_bulk))
        listed.setFixedWidth(theme().px(LIST_WIDTH))
        listed.destroyed.connect(self.shell.subscribe(lambda state: _name_list(listed, state)))
        self.focus_first = listed.list.setFocus
        view = CaseView(self.case, self.commands, lambda: self.shell.state.directory, self._now)
        view.panel.case_opened.connect(self.open_case)
        view.panel.dialled.connect(self._call_customer)
        view.history_asked.connect(self.customers.case_history)
        view.menu_made.connect(self.promised.add_to)
        view.menu_made.connect(self.outside.add_to)
        view.merge_asked.connect(self.customers.merge_case)
        view.customer_asked.connect(lambda: self.commands.run("customer.open"))
        composer = NoteComposer()
        view.put_composer(composer)
        files = CaseFiles(self.case, self._services.attachments, lambda: self.window, self.shell.work)
        files.join(composer, view.timeline)
        note = LiveNote(composer, self.case, self.calls, self.open_case)
        self.mail.make_views(window, view, composer, self.focus_first)
        note.began = self.mail.yield_to_call
        self.mail.composer.noting = lambda: note.live or bool(self.case.state.note.strip())
        self.practice.join(view, composer, window)
        self.chats.make_views(window, view, listed, self.mail)

        def write_note() -> None:
            self.mail.note()
            note.focus()

        self.commands.bind("case.note", write_note, lambda: self.case.state.file is not None or note.elsewhere)
        return CasesScreen(listed, view)


class CasesScreen(Surface):
    """The list beside the case; a panel that takes the room of both leaves the case alone."""

    def __init__(self, listed: QWidget, case: QWidget) -> None:
        super().__init__("bg")
        self._listed, self._edge = listed, hairline("hairline", vertical=True)
        layout = row(gap=0)
        layout.addWidget(listed)
        layout.addWidget(self._edge)
        layout.addWidget(case, 1)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme().px(LIST_NEEDS)
        self._listed.setVisible(wide)
        self._edge.setVisible(wide)


def _name_list(listed: CaseListView, state: ShellState) -> None:
    if state.directory is not None and state.view.team_id is not None:
        listed.show_team_name(state.directory.team(state.view.team_id).name)
