"""Calls joined to the desk: what is done with live ones, the board, the list of past ones, and whom to call."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.desk.arrival import Arrival
from app.desk.board import Board
from app.desk.call_log import CallLog
from app.desk.caller import Caller
from app.desk.calls import LiveCalls
from app.desk.case_file import OpenCase
from app.desk.commands import CommandRegistry
from app.desk.floor_chats import FloorChats
from app.desk.live_calls import About
from app.desk.shell import Screen, Shell, ShellState
from app.desk.transfer import Transfer
from app.desk.wrap_up import WrapUp
from app.domain.agents import AgentState
from app.services.calls import CallView
from app.services.customers import CustomerHit
from app.services.desk import SignedIn
from app.services.organisation import Directory
from ui.board_screen import BoardScreen
from ui.call_log.call_log_view import CallLogView
from ui.call_screens import CallScreens
from ui.shell.main_window import MainWindow

PAPERWORK = "paperwork"  # a shipped reason


class CallDesk:
    """The presenters of the calls of one signed-in agent; their views are made with each window."""

    screens: CallScreens

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        case: OpenCase,
        commands: CommandRegistry,
        now: Callable[[], datetime],
    ) -> None:
        self._services, self._shell, self._case, self._commands, self._now = services, shell, case, commands, now
        me, region = services.directory.me, services.directory.organisation.region
        self.live = LiveCalls(services.calls, services.phone, services.feed, me.id, region)
        self.transfer = Transfer(self.live, services.floor, services.feed, lambda: shell.state.directory)
        self.board = Board(
            services.calls, services.floor, services.feed, self._directory, me.id, self.live.expect, region
        )
        self.wrap_up = WrapUp(self.live, me.time_zone, now)
        self.caller = Caller(self.live, services.calls, services.customers)
        self.log = CallLog(services.calls, services.feed, region)
        self.arrival = Arrival(self.live, shell)
        self.about: Callable[[], About | None] = lambda: None
        self.open_case: Callable[[UUID], None] = lambda _: None
        self.open_customer: Callable[[UUID], None] = lambda _: None
        self.new_case: Callable[[CustomerHit | None], object] = lambda _: None

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.live, self.transfer, self.caller, self.board, self.log):
            await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in (self.transfer, self.board, self.log, self.wrap_up, self.caller, self.live):
            await presenter.close()

    def make_views(self, window: MainWindow, chats: FloorChats | None) -> None:
        """Make board, bar, cards and panel for a window, and bind their commands."""
        BoardScreen(window, self.board, self._shell, self._commands, self._now, chats, self.open_case)
        self.screens = CallScreens(
            window,
            self.live,
            self.transfer,
            self.wrap_up,
            self.caller,
            self._case,
            self._commands,
            lambda: self._shell.state.directory,
            self._now,
        )
        self.screens.panel.caller_page.case_wanted.connect(self.new_case)
        self.screens.panel.wrap_up_page.not_ready.connect(
            lambda: self._shell.set_state(AgentState.NOT_READY, PAPERWORK)
        )

    def make_log(self) -> QWidget:
        """Make the list of past calls."""
        view = CallLogView(self.log, self._now)
        view.call_wanted.connect(self._call_again)
        view.case_opened.connect(self.open_case)
        view.customer_opened.connect(self.open_customer)
        return view

    def follow(self, state: ShellState) -> None:
        """Board and list are read while they are shown."""
        self.board.open(shown=state.screen is Screen.BOARD)
        self.log.open(shown=state.screen is Screen.CALLS)

    def call_customer(self, number: str) -> None:
        """Call a number of the customer at hand, about what is at hand."""
        self.screens.call(number, self.about())

    def _call_again(self, call: CallView) -> None:
        self.screens.call(call.caller_number, About(call.case_id, call.customer_id))

    def _directory(self) -> Directory:
        return self._shell.state.directory or self._services.directory
