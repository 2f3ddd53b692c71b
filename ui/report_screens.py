"""The reports joined to the desk: their screen, its files, and the mail that comes every Monday."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.reports import ReportDesk, may_see
from app.desk.shell import Screen, Shell
from app.services.desk import SignedIn
from app.services.report_files import as_csv, as_xlsx
from ui.reports.paper import as_pdf
from ui.reports.reports_view import ReportsView, language
from ui.reports.words import day_words
from ui.shell.main_window import MainWindow


class ReportScreen:
    """The presenter lives with the desk, the view with the window."""

    def __init__(
        self, services: SignedIn, shell: Shell, open_case: Callable[[UUID], None], now: Callable[[], datetime]
    ) -> None:
        self._shell, self._open_case = shell, open_case
        reports = services.reports if may_see(services.directory) else None
        read = services.administration.directory
        self.desk = ReportDesk(reports, services.levels, read, services.directory, now) if reports is not None else None
        self._window: MainWindow | None = None
        self.view: ReportsView | None = None

    def offer(self, window: MainWindow) -> None:
        """Offer the screen where there is one for this agent."""
        if self.desk is not None:
            self._window = window
            window.offer_screen(Screen.REPORTS, self._make)

    async def settle(self) -> None:
        """Wait until everything that was begun has been read."""
        if self.desk is not None:
            await self.desk.work.settle()

    async def close(self) -> None:
        """End the presenter."""
        if self.desk is not None:
            await self.desk.close()

    def _make(self) -> QWidget:
        assert self.desk is not None
        view = ReportsView(self.desk)
        view.case_opened.connect(self._open_case)
        view.kept.connect(self._ask_where)
        self.view = view
        self.desk.begin()
        return view

    def _ask_where(self, kind: str) -> None:
        assert self.desk is not None
        asked = self.desk.state.asked
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._window, QCoreApplication.translate("Desk", "Keep the figures"), home)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"guichet-{self.desk.state.page.value}-{asked.first}-{asked.last}.{kind}")
        dialog.fileSelected.connect(lambda path: self._shell.work.start(self.keep(kind, Path(path)), "keep figures"))
        dialog.open()

    async def keep(self, kind: str, path: Path) -> None:
        """Write the figures that are shown into a file."""
        assert self.desk is not None
        sheets = self.desk.tables(language())
        try:
            if kind == "pdf":
                await asyncio.to_thread(path.write_bytes, self._paper())
            else:
                await asyncio.to_thread(lambda: path.write_bytes(as_csv(sheets) if kind == "csv" else as_xlsx(sheets)))
            said = QCoreApplication.translate("Desk", "The figures are in {0}.")
        except OSError:
            said = QCoreApplication.translate("Desk", "{0} cannot be written. Choose another place.")
        if self._window is not None:
            self._window.toast(said.replace("{0}", str(path)))

    def _paper(self) -> bytes:
        assert self.desk is not None
        assert self.view is not None
        asked = self.desk.state.asked
        days = f"{day_words(asked.first)} – {day_words(asked.last)}"
        house = self.desk.state.directory.organisation.name
        return as_pdf(self.view.page, QCoreApplication.translate("Desk", "Reports"), f"{house} · {days}")
