"""Manage's page of web chat joined to the desk."""

from PySide6.QtCore import QCoreApplication

from app.desk.chat_pages import ChatPages
from app.services.desk import SignedIn
from ui.administration.chat_page import ChatManagePage
from ui.manage_screens import Page


class ChatManage:
    """Manage's part: how teams chat on web pages."""

    def __init__(self, services: SignedIn) -> None:
        self.pages_of: ChatPages | None = None
        if services.chats is not None:
            self.pages_of = ChatPages(services.chats, services.administration.directory, services.feed)

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        if self.pages_of is not None:
            await self.pages_of.widgets.work.settle()

    async def close(self) -> None:
        """End the presenter."""
        if self.pages_of is not None:
            await self.pages_of.widgets.close()

    def pages(self) -> tuple[Page, ...]:
        """Make the page and read what it shows."""
        if self.pages_of is None:
            return ()
        self.pages_of.widgets.begin()
        title = QCoreApplication.translate("Manage", "Chat")
        return (("chat", title, "message-circle", ChatManagePage(self.pages_of)),)
