"""Manage's people and fields joined to the desk: their pages and dialogs."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.desk.agents import AgentForm, Agents
from app.desk.codes import Codes
from app.desk.field_form import FieldForm, Fields
from app.desk.presenter import Work
from app.domain.agents import Agent
from app.domain.fields import CustomField
from app.services.desk import SignedIn
from app.services.organisation import Directory
from ui.administration.agent_dialog import AgentDialog
from ui.administration.agents_page import AgentsPage
from ui.administration.codes_page import CodesPage
from ui.administration.field_dialog import FieldDialog
from ui.administration.fields_page import FieldsPage
from ui.manage_screens import Page
from ui.shell.main_window import MainWindow


class PeopleDesk:
    """The presenters of agents and fields; their pages are made when Manage is shown."""

    def __init__(
        self, services: SignedIn, directory: Callable[[], Directory], window: Callable[[], MainWindow], work: Work
    ) -> None:
        self._services, self._directory, self._window, self._work = services, directory, window, work
        self.agents = Agents(services.administration, services.feed)
        self.fields = Fields(services.administration, services.feed)
        self.codes = Codes(services.floor, services.feed)

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.agents, self.fields, self.codes):
            await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        await self.agents.close()
        await self.fields.close()
        await self.codes.close()

    def pages(self) -> tuple[Page, ...]:
        """Make the pages and read what they show."""
        self.agents.begin()
        self.fields.begin()
        self.codes.begin()
        agents, fields = AgentsPage(self.agents), FieldsPage(self.fields)
        agents.create_asked.connect(self._new_agent)
        agents.edited.connect(self.edit_agent)
        fields.create_asked.connect(self._new_field)
        fields.edited.connect(self.edit_field)
        translate = QCoreApplication.translate
        return (
            ("agents", translate("Manage", "Agents"), "user", agents),
            ("fields", translate("Manage", "Fields"), "tags", fields),
            ("codes", translate("Manage", "Codes"), "clipboard-check", CodesPage(self.codes)),
        )

    def edit_agent(self, agent: Agent | None = None) -> AgentDialog:
        """Open the dialog of an agent, new or known."""
        form = AgentForm(self._services.administration, self._directory(), agent, self.agents.begin)
        dialog = AgentDialog(self._window(), form)
        dialog.closed.connect(lambda: self._work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def edit_field(self, field: CustomField | None = None) -> FieldDialog:
        """Open the dialog of a field, new or known."""
        state = self.fields.state
        last = max((one.position for one in state.listed()), default=-1) + 1
        form = FieldForm(self._services.administration, state.owner, last, field, self.fields.begin)
        dialog = FieldDialog(self._window(), form)
        dialog.closed.connect(lambda: self._work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def _new_agent(self) -> None:
        self.edit_agent()

    def _new_field(self) -> None:
        self.edit_field()
