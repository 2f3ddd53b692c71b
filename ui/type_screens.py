"""Manage's pages of types joined to the desk."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.case_types import TypePages
from app.services.desk import SignedIn
from ui.administration.types_page import TypesPage
from ui.manage_screens import Page


class TypeDesk:
    """The presenters of types; their pages are made when Manage is shown."""

    def __init__(self, services: SignedIn) -> None:
        types, read, feed = services.types, services.administration.directory, services.feed
        self.types = TypePages(types, read, feed) if types is not None else None

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        if self.types is not None:
            await self.types.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        if self.types is not None:
            await self.types.close()

    def pages(self) -> tuple[Page, ...]:
        """Make the pages and read what they show; none where the store has no types."""
        if self.types is None:
            return ()
        self.types.begin()
        title = QCoreApplication.translate("Manage", "Types and states")
        return (("types", title, "ticket", TypesPage(self.types)),)


def saves(page: QWidget | None) -> bool:
    """Whether Ctrl+S is this page's own; one of types was saved then."""
    if not isinstance(page, TypesPage):
        return False
    page.save()
    return True
