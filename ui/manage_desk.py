"""Manage joined to the desk: its presenters and pages, made when somebody first opens it."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.call_tree_editor import CallTreeEditor
from app.desk.imports import TableImport
from app.desk.presenter import Presenter
from app.desk.shell import Shell
from app.desk.teams import CreateTeam, Teams
from app.desk.voice_pages import voice_pages
from app.services.desk import SignedIn
from app.services.organisation import Directory
from ui.administration.call_tree_page import CallTreePage
from ui.administration.create_team import CreateTeamDialog
from ui.administration.manage_view import ManageView
from ui.administration.message_tree_page import MessageTreePage
from ui.administration.record_page import RecordPage
from ui.administration.teams_view import TeamsView
from ui.automation_screens import AutomationScreens
from ui.automation_screens import saves as saves_automation
from ui.chat_manage import ChatManage
from ui.level_screens import LevelDesk
from ui.mail_hub_screens import TeamMailDesk
from ui.mail_hub_screens import saves as saves_mail
from ui.manage_screens import Page, make_import_page, make_voice_pages
from ui.message_screens import MessageDesk
from ui.outside_screens import OutsideDesk
from ui.people_screens import PeopleDesk
from ui.shell.main_window import MainWindow
from ui.type_screens import TypeDesk
from ui.type_screens import saves as saves_types
from ui.web_screens import WebDesk
from ui.web_screens import saves as saves_web


class Part(Protocol):
    """A group of pages with its presenters."""

    async def settle(self) -> None: ...
    async def close(self) -> None: ...
    def pages(self) -> tuple[Page, ...]: ...


class ManageDesk:
    """What teams, lines, people and rules are kept with; `window` is the one that is shown now."""

    view: ManageView

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        window: Callable[[], MainWindow],
        open_case: Callable[[UUID], None],
        now: Callable[[], datetime],
    ) -> None:
        self._services, self._shell, self._window, self._now = services, shell, window, now
        administration, setup = services.administration, services.setup
        self.teams = Teams(administration, services.feed)
        self.voice = voice_pages(setup.routing, setup.numbers, administration.directory, services.feed)
        self.imports = TableImport(setup.imports, lambda: shell.state.directory) if setup.imports else None
        self.trees = CallTreeEditor(self.voice.trees, setup.routing, services.floor, now)
        self.team_mail = TeamMailDesk(services, open_case, now)
        self.types = TypeDesk(services, shell.choose)
        self.automation = AutomationScreens(services, open_case, now)
        self.levels = LevelDesk(services, now)
        self.outside = OutsideDesk(services, now)
        self.web = WebDesk(services, now)
        self.messages = MessageDesk(services)
        self.chat = ChatManage(services)
        self.people = PeopleDesk(services, self._directory, window, shell.work)
        self.teams.begin()

    def make_view(self) -> QWidget:
        """Make the pages in the language in force, and read what they show."""
        teams = TeamsView(self.teams)
        teams.list.create_asked.connect(self.create_team)
        first = ("teams", QCoreApplication.translate("Manage", "Teams"), "users", teams)
        pages = (
            first,
            *self.web.start(self._go_to),
            *self.people.pages(),
            *self.types.pages(),
            *make_voice_pages(self.voice, self.trees, self._now),
            *self.team_mail.pages(),
            *self.messages.pages(),
            *self.chat.pages(),
            *self.automation.pages(),
            *self.levels.pages(),
            *self.web.pages(),
            *self.outside.pages(),
            *make_import_page(self.imports),
        )
        self.view = ManageView(pages)
        return self.view

    def create_team(self) -> CreateTeamDialog | None:
        """Open the dialog of a new team."""
        form = CreateTeam(self._services.administration, self._directory(), self._created_team)
        dialog = CreateTeamDialog(self._window(), form)
        dialog.closed.connect(lambda: self._shell.work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def save(self) -> None:
        """Save the page that is shown."""
        page = self.view.page
        if saves_mail(page) or saves_types(page) or saves_automation(page) or saves_web(page):
            return
        page.save() if isinstance(page, RecordPage | CallTreePage | MessageTreePage) else self.teams.save()

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in self._presenters():
            await presenter.work.settle()
        for part in self._parts():
            await part.settle()

    async def close(self) -> None:
        """End the presenters."""
        for part in self._parts():
            await part.close()
        for presenter in self._presenters():
            await presenter.close()

    def _presenters(self) -> tuple[Presenter[Any], ...]:
        imports = (self.imports,) if self.imports is not None else ()
        return (self.teams, *self.voice.all(), self.trees, *imports)

    def _parts(self) -> tuple[Part, ...]:
        kept = (self.people, self.types, self.team_mail, self.messages, self.chat)
        return (*kept, self.automation, self.levels, self.outside, self.web)

    def _go_to(self, key: Hashable) -> None:
        self.view.show_page(key)

    def _directory(self) -> Directory:
        return self._shell.state.directory or self._services.directory

    def _created_team(self, team_id: UUID) -> None:
        self._window().toast(QCoreApplication.translate("Desk", "The team was created."))
        self.teams.open_new(team_id)
