"""Cases joined to the desk: the list beside the open one, acts on several, and all that hangs on the open one."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk.bulk import Bulk, BulkState
from app.desk.case_file import OpenCase
from app.desk.case_list import CaseList
from app.desk.commands import CommandRegistry
from app.desk.shell import Shell, ShellState
from app.services.desk import SignedIn
from ui.call_desk import CallDesk
from ui.call_screens import LiveNote
from ui.case_files import CaseFiles
from ui.chat_screens import ChatScreens
from ui.composer.note import NoteComposer
from ui.customer_screens import CustomerDesk
from ui.first_list import FirstList
from ui.level_menu import LevelMenu
from ui.mail_screens import MailDesk
from ui.objects.bulk_bar import BulkBar
from ui.objects.case_list import CaseListView
from ui.objects.case_view import CaseView
from ui.objects.cases_screen import CasesScreen
from ui.outside_menu import OutsideMenu
from ui.practice_screens import PracticeDesk
from ui.shell.main_window import MainWindow
from ui.widgets.wording import say


class CaseDesk:
    """The presenters of list and open case of one signed-in agent; their screen is made with each window."""

    focus_list: Callable[[], None]

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        commands: CommandRegistry,
        window: Callable[[], MainWindow],
        now: Callable[[], datetime],
        begun: FirstList | None = None,
    ) -> None:
        self._services, self._shell, self._commands, self._window, self._now = services, shell, commands, window, now
        self.file = OpenCase(
            services.cases,
            services.feed,
            lambda: shell.state.directory,
            now,
            services.journal,
            services.attachments,
        )
        self._begun = begun
        self.list = CaseList(services.cases, services.feed) if begun is None else begun.presenter
        self.list.lead(self.file.open)
        self.bulk = Bulk(services.cases)
        self.promised = LevelMenu(services, shell, self.file, window, now)
        self.outside = OutsideMenu(services, shell, self.file, commands, window)

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        for presenter in (self.list, self.file, self.bulk):
            await presenter.work.settle()

    async def close(self) -> None:
        """End the presenters."""
        self.outside.end()
        for presenter in (self.bulk, self.list, self.file):
            await presenter.close()

    def make_screen(
        self,
        window: MainWindow,
        calls: CallDesk,
        customers: CustomerDesk,
        mail: MailDesk,
        practice: PracticeDesk,
        chats: ChatScreens,
        open_case: Callable[[UUID], None],
    ) -> QWidget:
        """Make the list beside the open case, with the composers and menus that others put there."""
        listed = self._make_list(practice)
        self.focus_list = listed.list.setFocus
        view = CaseView(self.file, self._commands, lambda: self._shell.state.directory, self._now)
        view.panel.case_opened.connect(open_case)
        view.panel.dialled.connect(calls.call_customer)
        view.history_asked.connect(customers.case_history)
        view.menu_made.connect(self.promised.add_to)
        view.menu_made.connect(self.outside.add_to)
        view.merge_asked.connect(customers.merge_case)
        view.customer_asked.connect(lambda: self._commands.run("customer.open"))
        composer = NoteComposer()
        view.put_composer(composer)
        window.written_in = view.foot
        files = CaseFiles(self.file, self._services.attachments, self._window, self._shell.work)
        files.join(composer, view.timeline)
        note = LiveNote(composer, self.file, calls.live, open_case)
        mail.make_views(window, view, composer, self.focus_list)
        note.began = mail.yield_to_call
        mail.composer.noting = lambda: note.live or bool(self.file.state.note.strip())
        practice.join(view, composer, window)
        chats.make_views(window, view, listed, mail)

        def write_note() -> None:
            mail.note()
            note.focus()

        self._commands.bind("case.note", write_note, lambda: self.file.state.file is not None or note.elsewhere)
        self._commands.bind("case.solve", mail.solve, lambda: self.file.state.file is not None)
        return CasesScreen(listed, view)

    def _make_list(self, practice: PracticeDesk) -> CaseListView:
        taken = self._begun.take_view() if self._begun is not None else None
        listed = taken or CaseListView(self.list, self._commands, self._now, lambda: self._shell.state.known)
        listed.chosen.connect(self.bulk.choose)
        bar = BulkBar(self.bulk, lambda: self._shell.state.directory)
        bar.offer(lambda: practice.book.state)
        listed.put_foot(bar)
        listed.destroyed.connect(self.bulk.subscribe(self._tell_bulk))
        listed.destroyed.connect(self._shell.subscribe(lambda state: _name_list(listed, state)))
        return listed

    def _tell_bulk(self, state: BulkState) -> None:
        if state.said is not None:
            self._window().toast(say(state.said), QCoreApplication.translate("Desk", "Undo"), self.bulk.undo)
            self.bulk.show(said=None)


def _name_list(listed: CaseListView, state: ShellState) -> None:
    if state.directory is not None and state.view.team_id is not None:
        listed.show_team_name(state.directory.team(state.view.team_id).name)
