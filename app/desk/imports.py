"""The import of a table: which kind, what the file says, what became of its lines."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desk.presenter import Presenter
from app.desk.wording import Sentence, of_refusal
from app.domain.import_columns import TableKind
from app.domain.refusals import Refused
from app.services.imports import Imports, Preview, Problem, Report
from app.services.organisation import Directory

__all__ = ["ImportsState", "Preview", "Problem", "TableImport"]


@dataclass(frozen=True, slots=True)
class ImportsState:
    """A file that was chosen, with its preview; then how far the import is; then its end."""

    kind: TableKind = TableKind.CUSTOMERS
    file: str = ""
    preview: Preview | None = None
    working: bool = False
    behind: int = 0
    imported: int | None = None
    bad: int = 0
    error: Sentence | None = None

    @property
    def ready(self) -> bool:
        """Whether the file can be imported now."""
        preview = self.preview
        return preview is not None and not preview.missing and not self.working and self.imported is None


class TableImport(Presenter[ImportsState]):
    """Previews and imports one table at a time, under the agent's own permissions."""

    def __init__(self, make: Callable[[Directory], Imports], directory: Callable[[], Directory | None]) -> None:
        super().__init__(ImportsState())
        self._make = make
        self._directory = directory
        self._data = b""
        self._report: Report | None = None

    def choose_kind(self, kind: TableKind) -> None:
        """Take the lines for something else; a file that was chosen is read again."""
        if kind is not self.state.kind and not self.state.working:
            self.show(kind=kind)
            if self._data:
                self.read(self.state.file, self._data)

    def read(self, file: str, data: bytes) -> None:
        """Preview a file; nothing is written."""
        self._data, self._report = data, None
        self.show(file=file, preview=None, imported=None, bad=0, behind=0, error=None, working=True)
        self.work.latest("preview", self._preview())

    def begin(self) -> None:
        """Import the good lines."""
        if self.state.ready:
            self.show(working=True, error=None)
            self.work.start(self._run(), "import")

    def bad_lines(self, say: Callable[[Refused], str], heading: str) -> bytes:
        """The lines that did not go in, as a table with their reasons."""
        assert self._report is not None
        return self._report.bad_lines(say, heading)

    async def _preview(self) -> None:
        try:
            preview = await self._imports().preview(self.state.kind, self._data)
        except Refused as refused:
            self.show(working=False, error=of_refusal(refused))
            return
        self.show(working=False, preview=preview)

    async def _run(self) -> None:
        def told(behind: int) -> None:
            self.show(behind=behind)

        try:
            report = await self._imports().run(self.state.kind, self._data, told)
        except Refused as refused:
            self.show(working=False, error=of_refusal(refused))
            return
        self._report = report
        stopped = of_refusal(report.stopped) if report.stopped is not None else None
        self.show(working=False, imported=report.imported, bad=len(report.problems), error=stopped)

    def _imports(self) -> Imports:
        directory = self._directory()
        assert directory is not None, "the page is there after the directory"
        return self._make(directory)
