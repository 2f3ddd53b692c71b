"""guichetctl import: a table of customers, cases or tasks; the bad lines come back as a file with their reasons."""

import argparse
import asyncio
from pathlib import Path

from app.bootstrap.acting import tables_of
from app.domain.import_columns import TableKind
from app.domain.refusals import Refused
from app.services.imports import Preview, Report
from app.settings.errors import MendableError

TOLD = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the table holds, and in whose place it is brought in."""
    parser.add_argument("kind", choices=[kind.value for kind in TableKind])
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--as", dest="agent", default="", metavar="AGENT", help="in whose place (default: an administrator)"
    )
    parser.add_argument("--preview", action="store_true", help="tell what the file would bring and write nothing")
    parser.add_argument("--bad-lines", type=Path, metavar="FILE", help="where lines go that cannot be imported")


def run(arguments: argparse.Namespace) -> int:
    """Import, and tell what became of the lines; 1 when some did not go in."""
    try:
        data = arguments.file.read_bytes()
        return asyncio.run(_run(arguments, TableKind(arguments.kind), data))
    except OSError as error:
        raise MendableError(f"{error.filename} cannot be read or written: {error.strerror}.") from error
    except Refused as refused:
        raise MendableError(str(refused)) from refused


async def _run(arguments: argparse.Namespace, kind: TableKind, data: bytes) -> int:
    async with tables_of(arguments.profile, arguments.agent) as (imports, _):
        preview = await imports.preview(kind, data)
        _show(preview)
        if arguments.preview:
            return int(bool(preview.missing or preview.problems))
        report = await imports.run(kind, data, lambda done: print(f"\r{done} lines", end="", flush=True))
    return _conclude(arguments.file, arguments.bad_lines, report)


def _show(preview: Preview) -> None:
    written = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}[preview.table.delimiter]
    print(f"{preview.lines} lines, {preview.table.encoding}, separated by {written}.")
    for column in preview.columns:
        print(f"  {column.heading:<24} → {column.column or column.field or 'left out'}")
    if preview.missing:
        print(f"There is no column for: {', '.join(preview.missing)}.")
    for problem in preview.problems[:TOLD]:
        print(f"  line {problem.line.number}: {problem.refused}")


def _conclude(file: Path, chosen: Path | None, report: Report) -> int:
    print(f"\r{report.imported} imported.")
    if not report.problems:
        return 0
    bad = chosen or file.with_name(f"{file.stem}.bad.csv")
    bad.write_bytes(report.bad_lines())
    if report.stopped is not None:
        print(f"The import ended early: {report.stopped}")
    print(f"{len(report.problems)} lines were not imported; they are in {bad}, each with its reason.")
    return 1
