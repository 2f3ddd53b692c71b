"""Puts the desk together: the window, its screens over their presenters, and the dialogs that they open."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.desk.arrival import Arrival
from app.desk.board import Board
from app.desk.caller import Caller
from app.desk.calls import LiveCalls
from app.desk.case_file import OpenCase
from app.desk.case_list import CaseList
from app.desk.commands import CommandRegistry
from app.desk.live_calls import About
from app.desk.new_case import NewCaseForm
from app.desk.palette import Palette, Scope
from app.desk.presenter import Presenter
from app.desk.shell import Screen, Shell, ShellState
from app.desk.task_form import Subject
from app.desk.teams import CreateTeam, Teams
from app.desk.transfer import Transfer
from app.desk.voice_pages import voice_pages
from app.desk.wrap_up import WrapUp
from app.domain.agents import AgentState
from app.services.customers import CustomerHit
from app.services.desk import SignedIn
from app.services.organisation import Directory
from ui.administration.create_team import CreateTeamDialog
from ui.administration.manage_view import ManageView
from ui.administration.record_page import RecordPage
from ui.administration.teams_view import TeamsView
from ui.board_screen import BoardScreen
from ui.call_screens import CallScreens, LiveNote
from ui.composer.note import NoteComposer
from ui.manage_screens import make_voice_pages
from ui.objects.case_list import CaseListView
from ui.objects.case_view import CaseView
from ui.objects.new_case import NewCaseDialog
from ui.shell.main_window import MainWindow
from ui.shell.palette import PaletteView
from ui.task_screens import TaskDesk
from ui.theme.theme import theme
from ui.widgets.card import Surface, hairline
from ui.widgets.layout import row
from ui.widgets.wording import now_utc

PAPERWORK = "paperwork"  # a shipped reason
LIST_WIDTH, LIST_NEEDS = 340, 880


class Desk:
    """The presenters of one signed-in agent and the window over them; a new language makes the window anew."""

    def __init__(
        self, services: SignedIn, commands: CommandRegistry | None = None, now: Callable[[], datetime] = now_utc
    ) -> None:
        self._services = services
        self._now = now
        self.commands = commands or CommandRegistry()
        self.shell = Shell(services.cases, services.administration, services.feed, services.floor)
        self.case = OpenCase(services.cases, services.feed, lambda: self.shell.state.directory, now)
        self.list = CaseList(services.cases, services.feed, self.case.open)
        self.teams = Teams(services.administration, services.feed)
        me, region = services.directory.me.id, services.directory.organisation.region
        self.calls = LiveCalls(services.calls, services.phone, services.feed, me, region)
        self.transfer = Transfer(self.calls, services.floor, services.feed, lambda: self.shell.state.directory)
        self.board = Board(services.calls, services.floor, services.feed, self._directory, me, region)
        self.wrap_up = WrapUp(self.calls, services.directory.me.time_zone, now)
        self.caller = Caller(self.calls, services.calls, services.customers)
        self.voice = voice_pages(services.routing, services.numbers, services.administration.directory, services.feed)
        self.palette = Palette(services.cases, services.customers, self.open_case)
        self.arrival = Arrival(self.calls, self.shell)
        self.tasks = TaskDesk(services, self.shell, self.calls, self.commands, now)
        self.tasks.about, self.tasks.open_case = self._at_hand, self.open_case
        self.window = self.make_window()

    def begin(self) -> None:
        """Read the first things; the window is there already."""
        self.shell.begin()
        self.teams.begin()
        self.calls.begin()
        self.tasks.begin()
        self.shell.subscribe(self._follow)
        self.focus_first()

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        presenters: tuple[Presenter[Any], ...] = (
            self.shell,
            self.list,
            self.case,
            self.teams,
            self.calls,
            self.transfer,
            self.caller,
            self.board,
            *self.voice.all(),
            self.palette,
        )
        for presenter in presenters:
            await presenter.work.settle()
        await self.tasks.settle()

    async def close(self) -> None:
        """End all presenters; the window may go."""
        await self.tasks.close()
        presenters: tuple[Presenter[Any], ...] = (
            self.list,
            self.case,
            self.teams,
            self.transfer,
            self.board,
            *self.voice.all(),
            self.wrap_up,
            self.caller,
            self.calls,
            self.palette,
            self.shell,
        )
        for presenter in presenters:
            await presenter.close()

    def make_window(self) -> MainWindow:
        """Make the window in the language in force."""
        window = MainWindow(self.shell, self.commands, self._now)
        window.add_screen(Screen.CASES, self._cases_screen())
        window.offer_screen(Screen.MANAGE, self._manage_screen)
        self.commands.bind("case.new", self._new_case, lambda: self.shell.state.directory is not None)
        self.commands.bind("palette", lambda: self._open_palette(Scope.ALL))
        self.commands.bind("team.new", self._create_team, lambda: self.teams.state.may_edit)
        self.commands.bind("page.save", self._save_page, lambda: self.shell.state.screen is Screen.MANAGE)
        BoardScreen(window, self.board, self.shell, self.commands, self._now)
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
        return window

    def new_case(self, customer: CustomerHit | None = None) -> NewCaseDialog | None:
        """Open the dialog of a new case."""
        directory = self.shell.state.directory
        if directory is None:
            return None
        services = self._services
        form = NewCaseForm(services.cases, services.customers, directory, self._created_case, customer)
        dialog = NewCaseDialog(self.window, form)
        dialog.case_opened.connect(self.open_case)
        dialog.closed.connect(lambda: self.shell.work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def create_team(self) -> CreateTeamDialog | None:
        """Open the dialog of a new team."""
        directory = self.teams.state.directory
        if directory is None:
            return None
        form = CreateTeam(self._services.administration, directory, self._created_team)
        dialog = CreateTeamDialog(self.window, form)
        dialog.closed.connect(lambda: self.shell.work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def open_case(self, case_id: UUID) -> None:
        """Show a case, wherever the agent is."""
        self.shell.go(Screen.CASES)
        self.list.open(case_id)

    def _call_customer(self, number: str) -> None:
        file = self.case.state.file
        self.call_screens.call(number, About(file.case.id, file.case.customer_id) if file is not None else None)

    def _directory(self) -> Directory:
        return self.shell.state.directory or self._services.directory

    def _at_hand(self) -> Subject:
        """The customer and the case that a new task is about."""
        file = self.case.state.file if self.shell.state.screen is Screen.CASES else None
        if file is None:
            return Subject()
        customer, case = file.customer, file.case
        return Subject(
            customer.id, customer.name, case.id, f"{case.number} {case.subject}", customer.time_zone,
            customer.call_from, customer.call_until, customer.do_not_call,
        )  # fmt: skip

    def _new_case(self) -> None:
        self.new_case(self.caller.state.chosen if self.caller.state.asks else None)

    def _create_team(self) -> None:
        self.create_team()

    def _follow(self, state: ShellState) -> None:
        self.board.open(shown=state.screen is Screen.BOARD)
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

    def _created_team(self, team_id: UUID) -> None:
        self.window.toast(QCoreApplication.translate("Desk", "The team was created."))
        self.teams.open_new(team_id)

    def _manage_screen(self) -> QWidget:
        teams = TeamsView(self.teams)
        teams.list.create_asked.connect(self._create_team)
        first = ("teams", QCoreApplication.translate("Desk", "Teams"), "users", teams)
        self.manage = ManageView((first, *make_voice_pages(self.voice, self._now)))
        return self.manage

    def _save_page(self) -> None:
        page = self.manage.page
        page.save() if isinstance(page, RecordPage) else self.teams.save()

    def _cases_screen(self) -> QWidget:
        listed = CaseListView(self.list, self.commands, self._now)
        listed.setFixedWidth(theme().px(LIST_WIDTH))
        listed.destroyed.connect(self.shell.subscribe(lambda state: _name_list(listed, state)))
        self.focus_first = listed.list.setFocus
        view = CaseView(self.case, self.commands, lambda: self.shell.state.directory, self._now)
        view.panel.case_opened.connect(self.open_case)
        view.panel.dialled.connect(self._call_customer)
        composer = NoteComposer()
        view.put_composer(composer)
        note = LiveNote(composer, self.case, self.calls, self.open_case)
        self.commands.bind("case.note", note.focus, lambda: self.case.state.file is not None or note.elsewhere)
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
