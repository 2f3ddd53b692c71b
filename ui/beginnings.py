"""What is begun at the desk: the dialog of a new case, and what an earlier desk could not finish."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.desk.caller import Caller
from app.desk.case_book import CaseBook
from app.desk.case_file import OpenCase
from app.desk.composer import Composer
from app.desk.customer_page import CustomerPage
from app.desk.draft import Draft
from app.desk.new_case import NewCaseForm
from app.desk.shell import Screen, Shell
from app.services.customers import CustomerHit
from app.services.desk import SignedIn
from ui.objects.new_case import NewCaseDialog
from ui.shell.main_window import MainWindow


class Beginnings:
    """Opens new cases and offers unfinished ones; `customer` and `caller` say for whom a new one is."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        window: Callable[[], MainWindow],
        open_case: Callable[[UUID], None],
        customer: CustomerPage,
        caller: Caller,
        book: CaseBook,
    ) -> None:
        self._services, self._shell, self._window, self._open_case = services, shell, window, open_case
        self._customer, self._caller, self._book = customer, caller, book

    def new_case(self, customer: CustomerHit | None = None) -> NewCaseDialog | None:
        """Open the dialog of a new case."""
        directory = self._shell.state.directory
        if directory is None:
            return None
        services, book = self._services, self._book.state
        form = NewCaseForm(services.cases, services.customers, directory, self._created, customer, book)
        key = f"case/{customer.id}" if customer is not None else "case"
        draft = Draft(services.journal, key, form, ("customer", "subject", "team", "type_id", "number", "values"))
        dialog = NewCaseDialog(self._window(), form)
        dialog.closed.connect(draft.forget)
        dialog.case_opened.connect(self._open_case)
        dialog.closed.connect(lambda: self._shell.work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def new_at_hand(self) -> None:
        """A new case for whoever calls or is shown."""
        shown = self._customer.state.hit if self._shell.state.screen is Screen.CUSTOMER else None
        self.new_case(self._caller.state.chosen if self._caller.state.asks else shown)

    def tell_unfinished(self, case: OpenCase, composer: Composer) -> None:
        """What an earlier desk could not finish: filed if it was to be filed, else back where it was typed."""
        case.file_what_waits()
        notes = case.unfinished()
        translate = QCoreApplication.translate
        if self._services.journal.kept("form/case"):
            self._offer(translate("Desk", "The case you began is still here."), self.new_at_hand)
        elif mails := composer.unfinished():
            self._offer(translate("Desk", "A mail you began is still here."), lambda: self._open_case(mails[-1]))
        elif notes:
            self._offer(translate("Desk", "A note you began is still here."), lambda: self._open_case(notes[-1]))

    def _offer(self, said: str, go_on: Callable[[], None]) -> None:
        self._window().toast(said, QCoreApplication.translate("Desk", "Go on with it"), go_on)

    def _created(self, case_id: UUID) -> None:
        self._window().toast(QCoreApplication.translate("Desk", "The case was created."))
        if self._caller.state.asks:  # a case made in a call that has none is what the call is about
            self._caller.attach(case_id)
        self._open_case(case_id)
