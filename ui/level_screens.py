"""Manage's pages of calendars and service levels joined to the desk."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.desk.level_pages import LevelPages
from app.services.desk import SignedIn
from ui.administration.calendar_page import CalendarPage
from ui.administration.level_page import LevelPage
from ui.manage_screens import Page


class LevelDesk:
    """The presenters; their pages are made when Manage is shown."""

    def __init__(self, services: SignedIn, now: Callable[[], datetime]) -> None:
        self._now = now
        levels, read = services.levels, services.administration.directory
        self.setup = LevelPages(levels, read, services.feed) if levels is not None else None

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in self.setup.all() if self.setup is not None else ():
            await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in self.setup.all() if self.setup is not None else ():
            await presenter.close()

    def pages(self) -> tuple[Page, ...]:
        """Make the pages and read what they show; none where the store has no service levels."""
        if self.setup is None:
            return ()
        for presenter in self.setup.all():
            presenter.begin()
        translate = QCoreApplication.translate
        return (
            (
                "calendars",
                translate("Manage", "Calendars"),
                "calendar-days",
                CalendarPage(self.setup, self._now().date()),
            ),
            ("levels", translate("Manage", "Service levels"), "hourglass", LevelPage(self.setup)),
        )
