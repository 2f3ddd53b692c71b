"""Manage's pages of the web joined to the desk: getting started, forms, portal, API."""

from collections.abc import Callable, Hashable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.desk.web_pages import WayTrials, WebPages, may_make_tokens
from app.services.desk import SignedIn
from ui.administration.api_page import ApiPage
from ui.administration.portal_page import PortalPage
from ui.administration.start_page import StartPage
from ui.administration.web_form_page import WebFormPage
from ui.manage_screens import Page


class WebDesk:
    """The presenters; their pages are made when Manage is shown."""

    def __init__(self, services: SignedIn, now: Callable[[], datetime]) -> None:
        self._now, self._tokens = now, may_make_tokens(services.directory)
        setup, types = services.setup, services.types
        tokens, front, start = setup.api_tokens, setup.web_front, setup.start
        self.pages_of: WebPages | None = None
        if tokens is not None and front is not None and start is not None and types is not None:
            read = services.administration.directory
            trials = WayTrials(setup.team_mail, setup.routing, setup.messages, start.pages, now)
            trials.opens = show_page
            self.pages_of = WebPages(tokens, front, start, types, trials, read, services.feed)

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in self.pages_of.all() if self.pages_of is not None else ():
            await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in self.pages_of.all() if self.pages_of is not None else ():
            await presenter.close()

    def start(self, go: Callable[[Hashable], None]) -> tuple[Page, ...]:
        """Make the page to begin with."""
        if self.pages_of is None:
            return ()
        self.pages_of.start.begin()
        title = QCoreApplication.translate("Manage", "Getting started")
        return (("start", title, "flag", StartPage(self.pages_of, go)),)

    def pages(self) -> tuple[Page, ...]:
        """Make the other pages and read what they show."""
        made = self.pages_of
        if made is None:
            return ()
        for presenter in (made.forms, made.portal, made.tokens):
            presenter.begin()
        said = QCoreApplication.translate
        api: tuple[Page, ...] = (("api", said("Manage", "API"), "unplug", ApiPage(made, self._now)),)
        return (
            ("web_forms", said("Manage", "Web forms"), "clipboard-check", WebFormPage(made)),
            ("portal", said("Manage", "Portal"), "globe", PortalPage(made)),
            *(api if self._tokens else ()),
        )


def show_page(url: str) -> None:
    """Open a page in the browser of this computer."""
    QDesktopServices.openUrl(QUrl(url))


def saves(page: QWidget | None) -> bool:
    """Save the page if it is one that this module knows and no other."""
    if isinstance(page, StartPage):
        page.save()
        return True
    return False
