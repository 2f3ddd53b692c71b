"""Manage › Import: choose a table, see what it brings and what is wrong with it, take the good lines in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.imports import ImportsState, Preview, Problem, TableImport
from app.desk.wording import of_refusal
from app.domain.import_columns import Matched, TableKind
from ui.administration.import_words import column_words, kind_words, separator_words
from ui.theme.fonts import Type
from ui.theme.tokens import Tone
from ui.widgets.button import Button, Role
from ui.widgets.card import Card, Scroll, Surface, hairline
from ui.widgets.choice import Segmented
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.notice import Banner, EmptyState, Notice
from ui.widgets.table import Cell, Cells, Column, Table
from ui.widgets.text import Elided, Text
from ui.widgets.wording import say

TABLE_HEIGHT, FILES = 250, "CSV (*.csv *.txt *.tsv)"


class ImportPage(Surface):
    """One file at a time; the dialogs are the system's own."""

    def __init__(self, presenter: TableImport) -> None:
        super().__init__("bg")
        self._presenter = presenter
        kinds = tuple((kind, *kind_words(kind)) for kind in TableKind)
        self._kinds = Segmented(kinds, self.tr("What the lines become"))
        self._kinds.picked.connect(presenter.choose_kind)
        choose = Button(self.tr("Choose a file…"), icon="file", role=Role.PRIMARY)
        choose.clicked.connect(self._choose)
        head = row(Text(self.tr("Import"), Type.TITLE), 12, self._kinds, STRETCH, choose, margins=(24, 12, 24, 12))
        self._error = Banner(Tone.BAD, "triangle-alert")
        first = Button(self.tr("Choose a file…"), icon="file")
        first.clicked.connect(self._choose)
        told = self.tr(
            "A table saved as CSV, with a line of headings. You see first what it brings; nothing is written before."
        )
        self._empty = EmptyState("file", self.tr("No file is chosen"), told, first)
        self._file = Elided("", Type.HEADING)
        self._facts = Text("", Type.BODY, "text2", wrap=True)
        self._missing = Notice("", Tone.WARN, "triangle-alert")
        columns = (Column(self.tr("Heading in the file"), 1), Column(self.tr("Becomes"), 1))
        self._columns: Table[Matched] = Table(
            self.tr("Columns"), columns, lambda one: one.heading, self._column_cells, ""
        )
        self._columns.setMinimumHeight(TABLE_HEIGHT)
        titles = (Column(self.tr("Line"), 0.28), Column(self.tr("What is wrong"), 2))
        self._problems: Table[Problem] = Table(
            self.tr("Lines that do not go in"), titles, lambda one: one.line.number, self._problem_cells,
            self.tr("No line is wrong."),
        )  # fmt: skip
        self._problems.setMinimumHeight(TABLE_HEIGHT)
        matched, wrong = Card(self.tr("Columns"), gap=4), Card(self.tr("Lines that do not go in"), gap=4)
        matched.body.addWidget(self._columns)
        wrong.body.addWidget(self._problems)
        tables = row(gap=16)
        tables.addWidget(matched, 2)
        tables.addWidget(wrong, 3)
        self._body = Scroll(self._file, self._facts, self._missing)
        self._body.column.addLayout(tables, 1)
        self._result = Text("", Type.STRONG)
        self._save = Button(self.tr("Save the lines that did not go in…"), icon="file")
        self._save.clicked.connect(self._save_bad_lines)
        self._begin = Button("", icon="check", role=Role.PRIMARY)
        self._begin.clicked.connect(presenter.begin)
        self._bar = Surface("surface", row(self._result, STRETCH, self._save, self._begin, margins=(24, 10, 24, 10)))
        layout = column(Surface("surface", head), hairline("hairline"), self._error, gap=0)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._body, 1)
        layout.addWidget(self._bar)
        self.setLayout(layout)
        self.destroyed.connect(presenter.subscribe(self.render_state))

    def render_state(self, state: ImportsState) -> None:
        """Show the file, what it brings, and what became of it."""
        self._kinds.show_choice(state.kind)
        self._kinds.setEnabled(not state.working)
        self._error.show_text(say(state.error) if state.error is not None else "")
        preview = state.preview
        self._empty.setVisible(preview is None and not state.working)
        self._body.setVisible(preview is not None)
        self._bar.setVisible(preview is not None)
        if preview is None:
            return
        self._file.setText(state.file)
        self._facts.setText(self._fact_words(preview))
        lacking = ", ".join(column_words(name) for name in preview.missing)
        self._missing.text.setText(
            self.tr("There is no column for: {0}. Rename a heading in the file, and choose it again.").format(lacking)
        )
        self._missing.setVisible(bool(lacking))
        self._columns.show_rows(preview.columns)
        self._problems.show_rows(preview.problems)
        self._result.setText(self._result_words(state))
        self._save.setVisible(state.bad > 0)
        self._begin.setVisible(state.imported is None)
        self._begin.setEnabled(state.ready)
        good = preview.lines - (len(preview.problems) if preview.checked >= preview.lines else 0)
        self._begin.set_label(self.tr("Import %n line(s)", "", good))

    def _fact_words(self, preview: Preview) -> str:
        lines = self.tr("%n line(s)", "", preview.lines)
        separated = separator_words(preview.table.delimiter)
        facts = self.tr("{0}, written in {1}, separated by {2}.").format(lines, preview.table.encoding, separated)
        if preview.checked < preview.lines:
            facts += " " + self.tr("The first %n were checked; an import checks all.", "", preview.checked)
        return facts

    def _result_words(self, state: ImportsState) -> str:
        if state.imported is None:
            return self.tr("%n line(s) done…", "", state.behind) if state.working else ""
        went_in = self.tr("%n line(s) went in.", "", state.imported)
        return went_in + (" " + self.tr("%n did not.", "", state.bad) if state.bad else "")

    def _column_cells(self, one: Matched) -> Cells:
        meaning = column_words(one.column) if one.column else one.field
        return (Cell(one.heading), Cell(meaning or self.tr("left out"), "text" if meaning else "text3"))

    def _problem_cells(self, one: Problem) -> Cells:
        return (Cell(str(one.line.number), "text2"), Cell(say(of_refusal(one.refused))))

    def _choose(self) -> None:
        dialog = _dialog(self, self.tr("Choose a table"), lambda path: self._read(Path(path)))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _read(self, path: Path) -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            self._error.show_text(self.tr("{0} cannot be read: {1}").format(path.name, error.strerror or ""))
            return
        self._presenter.read(path.name, data)

    def _save_bad_lines(self) -> None:
        dialog = _dialog(self, self.tr("Save the lines that did not go in"), lambda path: self._write(Path(path)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{Path(self._presenter.state.file).stem}-{self.tr('to mend')}.csv")
        dialog.open()

    def _write(self, path: Path) -> None:
        data = self._presenter.bad_lines(lambda refused: say(of_refusal(refused)), self.tr("reason"))
        try:
            path.write_bytes(data)
        except OSError as error:
            self._error.show_text(self.tr("{0} cannot be written: {1}").format(path.name, error.strerror or ""))


def _dialog(parent: QWidget, title: str, chosen: Callable[[str], None]) -> QFileDialog:
    dialog = QFileDialog(parent, title, "", FILES)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
