"""Views joined to the desk: the list of all of them, and the dialog of one."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.desk.commands import CommandRegistry
from app.desk.shell import Shell
from app.desk.view_book import StoredView, ViewBook, ViewForm
from app.services.desk import SignedIn
from ui.objects.view_dialog import ViewDialog
from ui.objects.views_dialog import ViewsDialog
from ui.shell.main_window import MainWindow


class ViewDesk:
    """The presenter of views and the commands that open their dialogs; nothing where the store has none."""

    def __init__(
        self, services: SignedIn, shell: Shell, commands: CommandRegistry, window: Callable[[], MainWindow]
    ) -> None:
        self._services, self._shell, self._window = services, shell, window
        self.book = ViewBook(services.views, shell) if services.views is not None else None
        if self.book is not None:
            commands.bind("view.list", self._list, lambda: shell.state.views is not None)
            commands.bind("view.new", self._new, lambda: shell.state.views is not None)
            commands.bind("view.edit", self._edit_shown, lambda: self._shown() is not None)

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        if self.book is not None:
            await self.book.work.settle()

    async def close(self) -> None:
        """End the presenter."""
        if self.book is not None:
            await self.book.close()

    def show_list(self) -> ViewsDialog | None:
        """Open the list of all views."""
        if self.book is None or self._window().dialog_open():
            return None
        dialog = ViewsDialog(self._window(), self.book)
        dialog.edit_asked.connect(lambda one: self._instead(dialog, one))
        dialog.new_asked.connect(lambda: self._instead(dialog, None))
        dialog.open()
        return dialog

    def edit(self, stored: StoredView | None = None) -> ViewDialog | None:
        """Open the dialog of a view, new or known."""
        views, directory = self._services.views, self._shell.state.directory
        if views is None or self.book is None or directory is None or self._window().dialog_open():
            return None
        if stored is not None and not self.book.state.may_edit(stored):
            return None
        form = ViewForm(views, self.book.state, directory, stored, self._saved)
        dialog = ViewDialog(self._window(), form)
        dialog.closed.connect(lambda: self._shell.work.start(form.close(), "close form"))
        dialog.open()
        return dialog

    def _instead(self, dialog: ViewsDialog, one: StoredView | None) -> None:
        dialog.reject()
        self.edit(one)

    def _saved(self, one: StoredView) -> None:
        said = QCoreApplication.translate("Desk", "The view was saved.")
        self._window().toast(said)
        self._shell.choose(one.view)

    def _shown(self) -> StoredView | None:
        """The row behind the list that is shown, where it is mine to change."""
        shown = self._shell.state.view
        found = next((one for one in self._shell.state.views or () if one.view == shown), None)
        return found if found is not None and self.book is not None and self.book.state.may_edit(found) else None

    def _list(self) -> None:
        self.show_list()

    def _new(self) -> None:
        self.edit()

    def _edit_shown(self) -> None:
        self.edit(self._shown())
