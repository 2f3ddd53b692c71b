"""Puts the desk together: the window, its screens over their presenters, and the dialogs that they open."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.calls import LiveCalls
from app.desk.case_file import OpenCase
from app.desk.case_list import CaseList
from app.desk.commands import CommandRegistry
from app.desk.new_case import NewCaseForm
from app.desk.palette import Palette, Scope
from app.desk.shell import Screen, Shell, ShellState
from app.desk.teams import CreateTeam, Teams
from app.services.customers import CustomerHit
from app.services.desk import SignedIn
from ui.administration.create_team import CreateTeamDialog
from ui.administration.manage_view import ManageView
from ui.administration.teams_view import TeamsView
from ui.composer.note import NoteComposer
from ui.objects.case_list import CaseListView
from ui.objects.case_view import CaseView
from ui.objects.new_case import NewCaseDialog
from ui.shell.main_window import MainWindow
from ui.shell.palette import PaletteView
from ui.softphone.call_bar import CallBar
from ui.softphone.incoming_card import IncomingCard
from ui.softphone.transfer import TransferDialog
from ui.softphone.wrap_up_card import WrapUpCard
from ui.theme.theme import theme
from ui.widgets.card import Surface, hairline
from ui.widgets.layout import row
from ui.widgets.wording import now_utc, say

LIST_WIDTH = 340


class Desk:
    """The presenters of one signed-in agent and the window over them; a new language makes the window anew."""

    def __init__(
        self, services: SignedIn, commands: CommandRegistry | None = None, now: Callable[[], datetime] = now_utc
    ) -> None:
        self._services = services
        self._now = now
        self.commands = commands or CommandRegistry()
        self.shell = Shell(services.cases, services.administration, services.feed)
        self.case = OpenCase(services.cases, services.feed, lambda: self.shell.state.directory, now)
        self.list = CaseList(services.cases, services.feed, self.case.open)
        self.teams = Teams(services.administration, services.feed)
        self.calls = LiveCalls(services.calls, services.phone, services.feed, services.directory.me.id)
        self.palette = Palette(services.cases, services.customers, self.open_case)
        self.window = self.make_window()

    def begin(self) -> None:
        """Read the first things; the window is there already."""
        self.shell.begin()
        self.teams.begin()
        self.calls.begin()
        self.shell.subscribe(self._follow)
        self.focus_first()

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.shell, self.list, self.case, self.teams, self.calls, self.palette):
            await presenter.work.settle()

    async def close(self) -> None:
        """End all presenters; the window may go."""
        for presenter in (self.list, self.case, self.teams, self.calls, self.palette, self.shell):
            await presenter.close()

    def make_window(self) -> MainWindow:
        """Make the window in the language in force."""
        window = MainWindow(self.shell, self.commands, self._now)
        window.add_screen(Screen.CASES, self._cases_screen())
        teams = TeamsView(self.teams)
        teams.list.create_asked.connect(self._create_team)
        pages = (("teams", QCoreApplication.translate("Desk", "Teams"), "users", teams),)
        window.add_screen(Screen.MANAGE, ManageView(pages))
        self.commands.bind("case.new", self._new_case, lambda: self.shell.state.directory is not None)
        self.commands.bind("palette", lambda: self._open_palette(Scope.ALL))
        self.commands.bind("team.new", self._create_team, lambda: self.teams.state.may_edit)
        self.commands.bind("page.save", self.teams.save, lambda: self.shell.state.screen is Screen.MANAGE)
        window.top_bar.put_call_bar(CallBar(self.calls, self.commands, self._now))
        WrapUpCard(window, self.calls, self.commands)
        IncomingCard(window, self.calls, self.commands, self._now)
        if self._services.phone is not None:
            self._bind_phone()
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

    def _bind_phone(self) -> None:
        calls, commands = self.calls, self.commands
        commands.bind("call.answer", calls.answer, lambda: bool(calls.state.incoming))
        # While she consults, F3 goes back to the caller, F6 completes, F7 swaps and Shift+F7 merges.
        commands.bind(
            "call.hold",
            lambda: calls.back() if calls.state.consulting else calls.hold(),
            lambda: calls.state.front_leg is not None,
        )
        commands.bind("call.transfer", self._transfer, lambda: calls.state.front is not None)
        commands.bind("call.consult", calls.swap, lambda: calls.state.consulting)
        commands.bind("call.merge", calls.merge, lambda: calls.state.consulting)
        commands.bind("call.mute", calls.mute, lambda: calls.state.front_leg is not None)
        commands.bind(
            "call.hang_up", calls.hang_up, lambda: bool(calls.state.incoming) or calls.state.front_leg is not None
        )

    def _transfer(self) -> None:
        directory = self.shell.state.directory
        if self.calls.state.consulting:
            self.calls.complete()
        elif directory is not None and not self.window.dialog_open():
            TransferDialog(self.window, self.calls, directory).open()

    def _new_case(self) -> None:
        self.new_case()

    def _create_team(self) -> None:
        self.create_team()

    def _follow(self, state: ShellState) -> None:
        if state.screen is Screen.CASES and state.directory is not None:
            self.list.choose(state.view)

    def _open_palette(self, scope: Scope) -> None:
        if not self.window.dialog_open():
            PaletteView(self.window, self.palette, self.commands).open(scope)

    def _created_case(self, case_id: UUID) -> None:
        self.window.toast(QCoreApplication.translate("Desk", "The case was created."))
        self.open_case(case_id)

    def _created_team(self, team_id: UUID) -> None:
        self.window.toast(QCoreApplication.translate("Desk", "The team was created."))
        self.teams.open_new(team_id)

    def _cases_screen(self) -> QWidget:
        listed = CaseListView(self.list, self.commands, self._now)
        listed.setFixedWidth(theme().px(LIST_WIDTH))
        listed.destroyed.connect(self.shell.subscribe(lambda state: _name_list(listed, state)))
        self.focus_first = listed.list.setFocus
        view = CaseView(self.case, self.commands, lambda: self.shell.state.directory, self._now)
        view.panel.case_opened.connect(self.open_case)
        composer = NoteComposer()
        composer.typed.connect(self.case.type_note)
        composer.filed.connect(self.case.file_note)
        view.put_composer(composer)
        composer.destroyed.connect(
            self.case.subscribe(
                lambda state: composer.show_note(
                    state.note, filing=state.filing, error=say(state.error) if state.error else ""
                )
            )
        )
        self.commands.bind("case.note", composer.text.setFocus, lambda: self.case.state.file is not None)
        screen = Surface("bg")
        layout = row(gap=0)
        layout.addWidget(listed)
        layout.addWidget(hairline("hairline", vertical=True))
        layout.addWidget(view, 1)
        screen.setLayout(layout)
        return screen


def _name_list(listed: CaseListView, state: ShellState) -> None:
    if state.directory is not None and state.view.team_id is not None:
        listed.show_team_name(state.directory.team(state.view.team_id).name)
