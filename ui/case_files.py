"""Files of the open case: picked for its note, saved from its timeline; the disk is used in a thread."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from app.desk.case_file import OpenCase
from app.desk.presenter import Work
from app.desk.wording import of_refusal
from app.domain.follow_ups import Attachment
from app.domain.refusals import Refused
from app.services.attachments import Attachments
from ui.composer.note import NoteComposer
from ui.objects.timeline import Timeline
from ui.shell.main_window import MainWindow
from ui.widgets.typography import named


class CaseFiles:
    """Joins composer and timeline to the files of this computer."""

    def __init__(self, case: OpenCase, attachments: Attachments, window: Callable[[], MainWindow], work: Work) -> None:
        self._case, self._attachments, self._window, self._work = case, attachments, window, work

    def join(self, composer: NoteComposer, timeline: Timeline) -> None:
        """Let the composer pick files and the timeline save them."""
        composer.attach_asked.connect(self._pick)
        composer.detached.connect(self._case.detach)
        timeline.attachment_asked.connect(self._ask_where)

    async def read(self, path: Path) -> None:
        """Put a file of this computer beside the note."""
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            self._window().toast(named(path.name, error.strerror or ""))
            return
        self._case.attach(path.name, data)

    async def save(self, attachment: Attachment, path: Path) -> None:
        """Write an attachment where it was asked for."""
        try:
            data = await self._attachments.read(attachment.id)
            await asyncio.to_thread(path.write_bytes, data)
        except Refused as refused:
            self._case.show(error=of_refusal(refused))
        except OSError as error:
            self._window().toast(named(path.name, error.strerror or ""))
        else:
            said = QCoreApplication.translate("Desk", "Saved: {0}")
            self._window().toast(said.replace("{0}", str(path)))

    def _pick(self) -> None:
        dialog = QFileDialog(self._window(), QCoreApplication.translate("Desk", "Attach a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda paths: [self._work.start(self.read(Path(one)), "read") for one in paths])
        dialog.open()

    def _ask_where(self, attachment: Attachment) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._window(), QCoreApplication.translate("Desk", "Save the file"), home)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(attachment.name)
        dialog.fileSelected.connect(lambda path: self._work.start(self.save(attachment, Path(path)), "save"))
        dialog.open()
