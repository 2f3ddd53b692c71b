"""Manage's mail pages joined to the desk: EmailHub, rules, ledger."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.email_hub import EmailHubPage
from app.desk.mail_ledger import MailLedger
from app.desk.mail_rules import MailRules
from app.services.desk import SignedIn
from ui.administration.email_hub_page import EmailHubView
from ui.administration.mail_ledger_page import MailLedgerPage
from ui.administration.mail_rules_page import MailRulesPage
from ui.manage_screens import Page


class TeamMailDesk:
    """The presenters of a team's mail; their pages are made when Manage is shown."""

    def __init__(self, services: SignedIn, open_case: Callable[[UUID], None], now: Callable[[], datetime]) -> None:
        self._open_case, self._now = open_case, now
        mail, read, feed = services.setup.team_mail, services.administration.directory, services.feed
        self.hub = EmailHubPage(mail, read, feed) if mail is not None else None
        self.rules = MailRules(mail, read, feed, now) if mail is not None else None
        self.ledger = MailLedger(mail, read, feed) if mail is not None else None

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.hub, self.rules, self.ledger):
            if presenter is not None:
                await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        for presenter in (self.hub, self.rules, self.ledger):
            if presenter is not None:
                await presenter.close()

    def pages(self) -> tuple[Page, ...]:
        """Make the pages and read what they show; none where the store has no mail."""
        if self.hub is None or self.rules is None or self.ledger is None:
            return ()
        for presenter in (self.hub, self.rules, self.ledger):
            presenter.begin()
        translate = QCoreApplication.translate
        ledger = MailLedgerPage(self.ledger, self._now)
        ledger.case_opened.connect(self._open_case)
        return (
            ("email_hub", "EmailHub", "mail", EmailHubView(self.hub)),
            (
                "mail_rules",
                translate("Manage", "Mail rules"),
                "sliders-horizontal",
                MailRulesPage(self.rules, self._now),
            ),
            ("mail_ledger", translate("Manage", "Mail ledger"), "inbox", ledger),
        )


def saves(page: QWidget | None) -> bool:
    """Whether Ctrl+S is this page's own; one of mail was saved then."""
    if not isinstance(page, EmailHubView | MailRulesPage):
        return False
    page.save()
    return True
