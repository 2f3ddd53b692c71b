"""Messages joined to the desk: Manage's lines of SMS and message trees, and the place of the broadcasts."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.message_pages import MessagePages
from app.services.desk import SignedIn
from ui.administration.broadcast_page import BroadcastPage
from ui.administration.message_tree_page import MessageTreePage
from ui.administration.sms_page import SmsPage
from ui.manage_screens import Page


class MessageDesk:
    """SMS, trees and broadcasts."""

    def __init__(self, services: SignedIn) -> None:
        self.pages_of: MessagePages | None = None
        if services.setup.messages is not None:
            self.pages_of = MessagePages(services.setup.messages, services.administration.directory, services.feed)

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
        for presenter in (made.lines, made.trees):
            presenter.begin()
        translate = QCoreApplication.translate
        return (
            ("sms", translate("Manage", "SMS"), "smartphone", SmsPage(made)),
            ("message_trees", translate("Manage", "Message trees"), "layers", MessageTreePage(made.tree_editor)),
        )

    def broadcast_screen(self) -> QWidget:
        """Make the place of the broadcasts, which is everybody's, and read what it shows."""
        assert self.pages_of is not None
        self.pages_of.broadcasts.begin()
        self.broadcasts = BroadcastPage(self.pages_of)
        return self.broadcasts
