"""Tables of figures as files: CSV for any program, XLSX with a sheet for each table."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.tables import write_table

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its title, its heading, and its lines; durations are in seconds."""

    title: str
    heading: tuple[str, ...]
    lines: tuple[tuple[Value, ...], ...]


def as_csv(sheets: Sequence[Sheet], language: str) -> bytes:
    """All tables one below the other, each under its title; as spreadsheets of that language read them at once."""
    delimiter, mark = (";", ",") if language == "fr" else (",", ".")
    lines: list[Sequence[object]] = []
    for sheet in sheets:
        if len(sheets) > 1:
            lines.append((sheet.title,))
        lines += [sheet.heading, *_plain(sheet.lines, mark), ()]
    return write_table(lines[0] if lines else (), lines[1:-1], delimiter)  # type: ignore[arg-type]


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook; what a cell begins with is never taken for a formula."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, sheet in enumerate(sheets, 1):
            page = book.add_worksheet(_name(sheet.title, number))
            page.write_row(0, 0, sheet.heading, bold)
            page.freeze_panes(1, 0)
            page.set_column(0, 0, 28)
            page.set_column(1, max(1, len(sheet.heading)), 16)
            for at, line in enumerate(sheet.lines, 1):
                for place, value in enumerate(line):
                    if isinstance(value, date):
                        page.write_datetime(at, place, value, day)
                    elif value is not None:
                        page.write(at, place, value)
    return file.getvalue()


def _plain(lines: Sequence[Sequence[Value]], mark: str) -> list[tuple[object, ...]]:
    return [tuple(_safe(value, mark) for value in line) for line in lines]


def _safe(value: Value, mark: str) -> object:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"}:
        return f"'{value}"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", mark)
    return "" if value is None else value


def _name(title: str, number: int) -> str:
    kept = "".join(" " if char in r"[]:*?/\\'" else char for char in title)[:27].strip()
    return f"{number} {kept}"
