"""Manage's automations, replies and macros joined to the desk."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.automations import Automations
from app.desk.replies import Macros, Replies
from app.services.desk import SignedIn
from ui.administration.automations_page import AutomationsPage
from ui.administration.macros_page import MacrosPage
from ui.administration.replies_page import RepliesPage
from ui.manage_screens import Page


class AutomationScreens:
    """The presenters of automations; their pages are made when Manage is shown."""

    def __init__(self, services: SignedIn, open_case: Callable[[UUID], None], now: Callable[[], datetime]) -> None:
        self._open_case, self._now = open_case, now
        desk, read, feed = services.automations, services.administration.directory, services.feed
        self.automations = Automations(desk, read, feed, now) if desk is not None else None
        self.replies = Replies(desk, read, feed) if desk is not None else None
        self.macros = Macros(desk, read, feed) if desk is not None else None

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.automations, self.replies, self.macros):
            if presenter is not None:
                await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in (self.automations, self.replies, self.macros):
            if presenter is not None:
                await presenter.close()

    def pages(self) -> tuple[Page, ...]:
        """Make the pages and read what they show; none where the store has no automations."""
        if self.automations is None or self.replies is None or self.macros is None:
            return ()
        for presenter in (self.automations, self.replies, self.macros):
            presenter.begin()
        translate = QCoreApplication.translate
        page = AutomationsPage(self.automations, self._now)
        page.case_opened.connect(self._open_case)
        return (
            ("automations", translate("Manage", "Automations"), "workflow", page),
            ("replies", translate("Manage", "Replies"), "text-quote", RepliesPage(self.replies)),
            ("macros", translate("Manage", "Macros"), "zap", MacrosPage(self.macros)),
        )


def saves(page: QWidget | None) -> bool:
    """Whether Ctrl+S is this page's own; what was open there was saved then."""
    if not isinstance(page, AutomationsPage | RepliesPage | MacrosPage):
        return False
    page.save()
    return True
