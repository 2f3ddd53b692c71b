"""What most agents never open: Manage, the reports and the broadcasts, made when somebody does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.desk.commands import CommandRegistry
from app.desk.shell import Screen, Shell
from app.domain.agents import Role
from app.domain.permissions import Permission
from app.services.desk import SignedIn
from ui.see_also import SeeAlso
from ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.manage_desk import ManageDesk
    from ui.report_screens import ReportScreen

KEPT_BY_KEY = frozenset({Screen.MANAGE, Screen.BROADCASTS})


class LaterScreens:
    """Neither their presenters nor their modules are there before; each window is offered their screens."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        window: Callable[[], MainWindow],
        open_case: Callable[[UUID], None],
        now: Callable[[], datetime],
    ) -> None:
        self._services, self._shell, self._window, self._open_case, self._now = services, shell, window, open_case, now
        self._managing: ManageDesk | None = None
        self._reporting: ReportScreen | None = None

    @property
    def managing(self) -> ManageDesk:
        """Manage, made when it is first asked for."""
        if self._managing is None:
            from ui.manage_desk import ManageDesk

            self._managing = ManageDesk(self._services, self._shell, self._window, self._open_case, self._now)
        return self._managing

    @property
    def reports(self) -> ReportScreen:
        """Reports, likewise."""
        if self._reporting is None:
            from ui.report_screens import ReportScreen

            self._reporting = ReportScreen(self._services, self._shell, self._window, self._open_case, self._now)
        return self._reporting

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for one in (self._managing, self._reporting):
            if one is not None:
                await one.settle()

    async def close(self) -> None:
        """End what was made."""
        for one in (self._managing, self._reporting):
            if one is not None:
                await one.close()

    def make_views(self, window: MainWindow, commands: CommandRegistry) -> None:
        """Offer the screens to a window, and bind what makes and keeps their pages."""
        window.see_also = SeeAlso(self._services, self._shell, self._show_manage_page).fill
        window.offer_screen(Screen.MANAGE, self._make_manage)
        window.offer_screen(Screen.BROADCASTS, self._make_broadcasts)
        if self._services.directory.me.role is not Role.AGENT:
            window.offer_screen(Screen.REPORTS, self._make_reports)
        commands.bind("team.new", self._create_team, self._may_create_teams)
        commands.bind("page.save", self._save_page, lambda: self._shell.state.screen in KEPT_BY_KEY)

    def _make_manage(self) -> QWidget:
        return self.managing.make_view()

    def _make_broadcasts(self) -> QWidget:
        return self.managing.messages.broadcast_screen()

    def _make_reports(self) -> QWidget:
        return self.reports.make()

    def _show_manage_page(self, key: str) -> None:
        self.managing.view.show_page(key)

    def _may_create_teams(self) -> bool:
        directory = self._shell.state.directory or self._services.directory
        return Permission.MANAGE_TEAMS in directory.permissions

    def _create_team(self) -> None:
        self.managing.create_team()

    def _save_page(self) -> None:
        if self._shell.state.screen is Screen.BROADCASTS:
            self.managing.messages.broadcasts.save()
        else:
            self.managing.save()
