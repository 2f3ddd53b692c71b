"""Tables that people bring as text (CSV), whatever program wrote them, and tables given back to them."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.refusals import Refusal, Refused

DELIMITERS = ";,\t|"
# A million letters in one cell are a bad line to report, not the end of the file.
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One record; `number` is the line of the file on which it begins, as an editor counts."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A text with a heading; `encoding` and `delimiter` were guessed and are told to who brought it."""

    encoding: str
    delimiter: str
    heading: tuple[str, ...]
    text: str

    def lines(self) -> Iterator[Line]:
        """The records below the heading, empty ones left out."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        begins = 1
        for values in reader:
            if begins > 1 and any(value.strip() for value in values):
                yield Line(begins, tuple(value.replace("\0", "").strip() for value in values))
            begins = reader.line_num + 1


def read_table(data: bytes) -> Table:
    """Guess how a table was written, and read its heading; Refused when it is no table."""
    encoding, text = _decoded(data)
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    text = text[text.index(first) :] if first else ""
    delimiter = max(DELIMITERS, key=first.count)
    heading = next(csv.reader([first], delimiter=delimiter), [])
    if not first.strip() or "\0" in first:
        raise Refused(Refusal.NOT_A_TABLE)
    return Table(encoding, delimiter, tuple(name.strip() for name in heading), text)


def write_table(heading: Iterable[str], lines: Iterable[Iterable[object]], delimiter: str = ";") -> bytes:
    """A table as UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(heading)
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16", data.decode("utf-16", errors="replace")
    try:
        return "UTF-8", data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Every byte means something in Latin-1; the few that Windows uses for more are the reason to try it first.
    try:
        return "Windows-1252", data.decode("cp1252")
    except UnicodeDecodeError:
        return "ISO-8859-1", data.decode("latin-1")
