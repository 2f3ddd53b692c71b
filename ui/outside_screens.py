"""Manage's pages of satisfaction, the export feed and the customer system outside joined to the desk."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.desk.outside_pages import OutsidePages, may_export_all
from app.services.desk import SignedIn
from ui.administration.export_page import ExportPage
from ui.administration.outside_page import GuidePage, OutsidePage
from ui.administration.satisfaction_page import SatisfactionPage
from ui.manage_screens import Page


class OutsideDesk:
    """Manage's part: satisfaction, export feed, links and guide."""

    def __init__(self, services: SignedIn, now: Callable[[], datetime]) -> None:
        self._now, self._all = now, may_export_all(services.directory)
        surveys, targets, outside = services.setup.surveys, services.setup.export_targets, services.outside
        read = services.administration.directory
        self.pages_of: OutsidePages | None = None
        if surveys is not None and targets is not None and outside is not None:
            self.pages_of = OutsidePages(surveys, targets, outside, read, services.feed)

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in self.pages_of.all() if self.pages_of is not None else ():
            await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in self.pages_of.all() if self.pages_of is not None else ():
            await presenter.close()

    def pages(self) -> tuple[Page, ...]:
        """Make the pages and read what they show."""
        made = self.pages_of
        if made is None:
            return ()
        for presenter in made.all():
            presenter.begin()
        translate = QCoreApplication.translate
        exports: tuple[Page, ...] = (
            (("exports", translate("Manage", "Export feed"), "send", ExportPage(made, self._now)),) if self._all else ()
        )
        return (
            ("satisfaction", translate("Manage", "Satisfaction"), "message-circle", SatisfactionPage(made)),
            *exports,
            ("outside", translate("Manage", "External CRM"), "link", OutsidePage(made)),
            ("guide", translate("Manage", "CRM guide"), "info", GuidePage(made)),
        )
