"""Her list, in the window that is there already, before the rest of the desk is imported and made."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.desk.case_list import CaseList, CaseListState
from app.desk.shell import Screen
from app.services.desk import Entered
from ui.objects.case_list import CaseListView
from ui.objects.cases_screen import CasesScreen
from ui.runtime.first_paint import FirstPaint
from ui.shell.main_window import MainWindow
from ui.widgets.card import Surface

PATIENCE_S = 3.0
WAITING = ("palette", "case.new", "customer.find", "customer.new", "task.new", "call.dial")
"""What somebody in a hurry asks for first; the rest of the desk has it done as soon as it is there."""


class FirstList:
    """Presenter and view of the list; the desk takes both over, with the case that was opened meanwhile."""

    def __init__(self, window: MainWindow, entered: Entered, now: Callable[[], datetime]) -> None:
        shell = window.shell
        self.presenter = CaseList(entered.cases, entered.feed)
        self._view: CaseListView | None = CaseListView(self.presenter, window.commands, now, lambda: shell.state.known)
        self._painted = asyncio.get_running_loop().create_future()
        self.asked = ""
        for id_ in WAITING:
            window.commands.bind(id_, partial(setattr, self, "asked", id_))
        window.add_screen(Screen.CASES, CasesScreen(self._view, Surface("bg")))
        self._view.list.setFocus()
        self._leave_shell = shell.subscribe(lambda state: self.presenter.choose(state.view))
        self._unsubscribe = self.presenter.subscribe(self._read)

    async def painted(self) -> None:
        """Wait until the rows are on the screen; a server or a screen that gives none keeps nothing waiting."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._painted, PATIENCE_S)

    def take_view(self) -> CaseListView | None:
        """The view, for the window's own screen; None when it was taken before."""
        view, self._view = self._view, None
        self._leave_shell()
        return view

    async def close(self) -> None:
        """Nobody takes it over."""
        self._leave_shell()
        await self.presenter.close()

    def _read(self, state: CaseListState) -> None:
        if not state.loading and self._view is not None:
            self._unsubscribe()
            FirstPaint(self._view.list.viewport(), self._tell_painted)
            self._view.list.viewport().update()

    def _tell_painted(self) -> None:
        if not self._painted.done():
            self._painted.set_result(None)
