"""Customers and the case's own dialogs joined to the desk: the page, the forms, the history, merging."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.desk.case_book import CaseBook
from app.desk.case_file import OpenCase
from app.desk.case_form import CaseForm
from app.desk.commands import CommandRegistry
from app.desk.customer_form import CustomerForm
from app.desk.customer_page import HISTORY, CustomerPage
from app.desk.draft import Draft
from app.desk.shell import Screen, Shell
from app.desk.task_form import Subject
from app.domain.customers import Customer
from app.services.desk import SignedIn
from app.services.organisation import Directory
from ui.objects.case_dialog import CaseDialog
from ui.objects.customer_dialog import CustomerDialog
from ui.objects.customer_view import CustomerView
from ui.objects.history import HistoryDialog
from ui.objects.merge_dialog import MergeDialog
from ui.shell.main_window import MainWindow
from ui.widgets.options import Option
from ui.widgets.type_words import words_of_state


class CustomerDesk:
    """The presenters of customers of one signed-in agent; their views are made with each window."""

    def __init__(
        self, services: SignedIn, shell: Shell, case: OpenCase, commands: CommandRegistry, now: Callable[[], datetime]
    ) -> None:
        self._services, self._shell, self._case, self._commands, self._now = services, shell, case, commands, now
        self.page = CustomerPage(services.customers, services.feed, services.mails)
        self.view: CustomerView | None = None
        self.book: CaseBook | None = None

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        await self.page.work.settle()

    async def close(self) -> None:
        """End the presenter."""
        await self.page.close()

    def make_views(self, window: MainWindow, joined: Callable[[CustomerView], None]) -> None:
        """Offer the page to a window and bind the commands."""
        self._window, self._joined = window, joined
        window.offer_screen(Screen.CUSTOMER, self._screen)
        bind = self._commands.bind
        bind("customer.new", self._new)
        bind("customer.open", self._open_of_case, lambda: self._case.state.file is not None)
        bind("case.edit", self._edit_at_hand, self._has_something)

    def open(self, customer_id: UUID) -> None:
        """Show a customer's page."""
        self.page.open(customer_id)
        self._shell.go(Screen.CUSTOMER)

    def subject(self) -> Subject:
        """The customer of the page, as a new task takes her."""
        file = self.page.state.file
        if file is None:
            return Subject()
        known = file.customer
        return Subject(
            known.id, known.name, None, "", known.time_zone, known.call_from, known.call_until, known.do_not_call
        )

    def edit_customer(self, stored: Customer | None = None) -> CustomerDialog | None:
        """Open the dialog of a customer, new or known."""
        if self._window.dialog_open():
            return None
        form = CustomerForm(self._services.customers, self._directory(), stored, self._saved_customer)
        key = f"customer/{stored.id}" if stored is not None else "customer"
        names = ("customer", "phones", "emails", "addresses", "stored")
        draft = Draft(self._services.journal, key, form, names)
        dialog = CustomerDialog(self._window, form)
        dialog.closed.connect(draft.forget)
        unfollow = self._shell.subscribe(lambda state: form.follow(state.directory))
        dialog.closed.connect(unfollow)
        dialog.closed.connect(lambda: self._shell.work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def edit_case(self) -> CaseDialog | None:
        """Open the dialog of the open case."""
        state = self._case.state
        if state.file is None or self._window.dialog_open():
            return None
        book = self.book.state if self.book is not None else None
        form = CaseForm(self._services.cases, self._directory(), state.file.case, state.types, self._saved_case, book)
        key = f"edit-case/{state.file.case.id}"
        draft = Draft(self._services.journal, key, form, ("case", "tags", "stored"))
        dialog = CaseDialog(self._window, form)
        dialog.closed.connect(draft.forget)
        unfollow = self._shell.subscribe(lambda shell: form.follow(shell.directory))
        dialog.closed.connect(unfollow)
        dialog.closed.connect(lambda: self._shell.work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def merge_customer(self) -> MergeDialog | None:
        """Merge another record into the customer of the page."""
        file = self.page.state.file
        if file is None or self._window.dialog_open():
            return None

        async def find(typed: str) -> tuple[Option, ...]:
            hits = await self._services.customers.find(typed, 9)
            return tuple(
                Option(hit.id, hit.name, " · ".join(part for part in (hit.organisation, hit.account_number) if part))
                for hit in hits
                if hit.id != file.customer.id
            )

        dialog = MergeDialog(self._window, file.customer.name, find, self.page.merge)
        dialog.open()
        return dialog

    def merge_case(self) -> MergeDialog | None:
        """Merge another case into the open one."""
        file = self._case.state.file
        if file is None or self._window.dialog_open():
            return None

        async def find(typed: str) -> tuple[Option, ...]:
            rows = await self._services.cases.find(typed, 9)
            return tuple(
                Option(row.id, f"{row.number} {row.subject}", row.customer_name)
                for row in rows
                if row.id != file.case.id
            )

        dialog = MergeDialog(self._window, f"{file.case.number} {file.case.subject}", find, self._case.merge)
        dialog.open()
        return dialog

    def case_history(self) -> None:
        """Show who changed what in the open case."""
        if self._case.state.file is not None:
            self._shell.work.latest("history", self._show_case_history(self._case.state.file.case.id))

    async def _show_case_history(self, case_id: UUID) -> None:
        changes = await self._services.cases.history(case_id, HISTORY)
        names = {str(one.id): words_of_state(one)[0] for kind in self._case.state.types for one in kind.states}
        title = QCoreApplication.translate("Desk", "History of the case")
        if not self._window.dialog_open():
            desk = self._services.automations
            runs = await desk.runs_of_case(case_id) if desk is not None else ()
            known = await desk.known() if desk is not None and runs else None
            HistoryDialog(self._window, title, changes, self._directory(), names, self._now(), runs, known).open()

    def _screen(self) -> CustomerView:
        self.view = CustomerView(self.page, self._commands, self._directory, self._now)
        self.view.edited.connect(self._edit_shown)
        self.view.merged.connect(self.merge_customer)
        self._joined(self.view)
        return self.view

    def _directory(self) -> Directory:
        return self._shell.state.directory or self._services.directory

    def _new(self) -> None:
        self.edit_customer()

    def _edit_shown(self) -> None:
        if self.page.state.file is not None:
            self.edit_customer(self.page.state.file.customer)

    def _edit_at_hand(self) -> None:
        if self._shell.state.screen is Screen.CUSTOMER:
            self._edit_shown()
        else:
            self.edit_case()

    def _has_something(self) -> bool:
        on_page = self._shell.state.screen is Screen.CUSTOMER
        return (self.page.state.file if on_page else self._case.state.file) is not None

    def _open_of_case(self) -> None:
        if self._case.state.file is not None:
            self.open(self._case.state.file.customer.id)

    def _saved_customer(self, customer: Customer) -> None:
        self._window.toast(QCoreApplication.translate("Desk", "Saved: {0}").replace("{0}", customer.name))
        self.open(customer.id)

    def _saved_case(self) -> None:
        self._window.toast(QCoreApplication.translate("Desk", "The case was saved."))
        self._case.refresh()
