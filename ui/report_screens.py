"""The reports joined to the desk: their screen, its files, and the mail that comes every Monday."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.reports import ReportDesk, ReportState
from app.desk.shell import Shell
from app.services.desk import SignedIn
from app.services.report_files import as_csv, as_xlsx
from ui.reports.paper import as_pdf
from ui.reports.reports_view import ReportsView, language
from ui.reports.words import day_words
from ui.shell.main_window import MainWindow
from ui.widgets.wording import say


class ReportScreen:
    """The presenter lives with the desk, the view with the window; both are made when somebody first goes there."""

    def __init__(
        self,
        services: SignedIn,
        shell: Shell,
        window: Callable[[], MainWindow],
        open_case: Callable[[UUID], None],
        now: Callable[[], datetime],
    ) -> None:
        assert services.setup.reports is not None
        self._shell, self._window, self._open_case = shell, window, open_case
        read = services.administration.directory
        self.desk = ReportDesk(services.setup.reports, services.levels, read, services.directory, now)
        self.view: ReportsView | None = None

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        await self.desk.work.settle()

    async def close(self) -> None:
        """End the presenter."""
        await self.desk.close()

    def make(self) -> QWidget:
        """Make the view in the language in force, and read what it shows."""
        view = ReportsView(self.desk)
        view.case_opened.connect(self._open_case)
        view.kept.connect(self._ask_where)
        view.mailed.connect(self.desk.mail)
        view.destroyed.connect(self.desk.subscribe(self._tell))
        self.view = view
        self.desk.begin()
        return view

    def _tell(self, state: ReportState) -> None:
        if state.said is not None:
            self._window().toast(say(state.said))
            self.desk.show(said=None)

    def _ask_where(self, kind: str) -> None:
        asked = self.desk.state.asked
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._window(), QCoreApplication.translate("Desk", "Keep the figures"), home)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"guichet-{self.desk.state.page.value}-{asked.first}-{asked.last}.{kind}")
        dialog.fileSelected.connect(lambda path: self._shell.work.start(self.keep(kind, Path(path)), "keep figures"))
        dialog.open()

    async def keep(self, kind: str, path: Path) -> None:
        """Write the figures that are shown into a file."""
        spoken = language()
        sheets = self.desk.tables(spoken)
        data = as_xlsx if kind == "xlsx" else partial(as_csv, language=spoken)
        try:
            if kind == "pdf":
                await asyncio.to_thread(path.write_bytes, self._paper())
            else:
                await asyncio.to_thread(lambda: path.write_bytes(data(sheets)))
            said = QCoreApplication.translate("Desk", "The figures are in {0}.")
        except OSError:
            said = QCoreApplication.translate("Desk", "{0} cannot be written. Choose another place.")
        self._window().toast(said.replace("{0}", str(path)))

    def _paper(self) -> bytes:
        assert self.view is not None
        asked = self.desk.state.asked
        days = f"{day_words(asked.first)} – {day_words(asked.last)}"
        house = self.desk.state.directory.organisation.name
        return as_pdf(self.view.page, QCoreApplication.translate("Desk", "Reports"), f"{house} · {days}")
