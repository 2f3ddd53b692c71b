"""Import of tables: what the file says, what is wrong with which line, and the good lines into the store."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from app.domain.customers import Customer
from app.domain.import_columns import Matched, TableKind, match, missing
from app.domain.refusals import Refusal, Refused
from app.domain.tables import Line, Table, read_table, write_table
from app.domain.tasks import Task
from app.services.import_lines import ImportedCase, LineReader, customer_signs
from app.services.organisation import Directory

BATCH = 1_000
AT_ONCE = 2
"""As many connections as a desk has."""
SHOWN = 20
CHECKED = 2_000
"""So many lines are checked for a preview; an import checks all."""

Record: TypeAlias = Customer | ImportedCase | Task
# What ends an import instead of spoiling one line.
_ENDS = frozenset({Refusal.SERVER_AWAY, Refusal.DISK_FULL, Refusal.NOT_PERMITTED})


class ImportStore(Protocol):
    """Where imported records go: each call writes all of its records or none."""

    async def customers_by_signs(self, signs: tuple[str, ...]) -> dict[str, tuple[UUID, ...]]: ...
    async def states(self) -> dict[str, UUID]: ...
    async def cases_by_number(self, numbers: tuple[int, ...]) -> dict[int, UUID]: ...
    async def insert_customers(self, customers: tuple[Customer, ...]) -> None: ...
    async def insert_cases(self, cases: tuple[ImportedCase, ...]) -> None: ...
    async def insert_tasks(self, tasks: tuple[Task, ...]) -> None: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that does not go in, and why."""

    line: Line
    refused: Refused


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring, before anything is written."""

    kind: TableKind
    table: Table
    columns: tuple[Matched, ...]
    missing: tuple[str, ...]
    lines: int
    first: tuple[Line, ...]
    problems: tuple[Problem, ...]
    checked: int


@dataclass(slots=True)
class Report:
    """What became of the lines; `stopped` tells why an import ended before its file."""

    table: Table
    imported: int = 0
    problems: list[Problem] = field(default_factory=list)
    stopped: Refused | None = None

    @property
    def behind(self) -> int:
        """How many lines are done, well or badly."""
        return self.imported + len(self.problems)

    def bad_lines(self, say: Callable[[Refused], str] = str, heading: str = "reason") -> bytes:
        """The lines that did not go in, as a table with a reason for each: to be mended and imported again."""
        width = len(self.table.heading)
        lines = (
            (*problem.line.values, *("",) * (width - len(problem.line.values)), say(problem.refused))
            for problem in self.problems
        )
        return write_table((*self.table.heading, heading), lines, self.table.delimiter)


class Imports:
    """Imports tables under the agent's own permissions."""

    def __init__(self, store: ImportStore, directory: Directory) -> None:
        self._store = store
        self._directory = directory

    async def preview(self, kind: TableKind, data: bytes) -> Preview:
        """Read the heading, count the lines and check the first ones; nothing is written."""
        table = read_table(data)
        columns = match(table.heading, kind, self._directory.fields)
        lacking = missing(columns, kind)
        first = tuple(islice(table.lines(), CHECKED))
        problems = () if lacking else tuple((await self._read(kind, columns, first))[1])
        lines = sum(1 for _ in table.lines())
        return Preview(kind, table, columns, lacking, lines, first[:SHOWN], problems, len(first))

    async def run(self, kind: TableKind, data: bytes, told: Callable[[int], None] = lambda _: None) -> Report:
        """Import the good lines, batch by batch; `told` hears how many lines are behind us.

        Refused when the file is no table or lacks a column; then nothing was written.
        """
        table = read_table(data)
        columns = match(table.heading, kind, self._directory.fields)
        if lacking := missing(columns, kind):
            raise Refused(Refusal.COLUMNS_MISSING, columns=", ".join(lacking))
        report = Report(table)
        lines = table.lines()
        writing: set[asyncio.Task[None]] = set()
        while batch := tuple(islice(lines, BATCH)):
            records, problems = await self._read(kind, columns, batch)
            report.problems += problems
            # The next batch is read while the store writes; customers alone need no order among batches.
            if len(writing) >= (AT_ONCE if kind is TableKind.CUSTOMERS else 1):
                done, writing = await asyncio.wait(writing, return_when=asyncio.FIRST_COMPLETED)
                await asyncio.gather(*done)
                told(report.behind)
            if report.stopped is not None:
                rest = (*(line for line, _ in records), *lines)
                report.problems += [Problem(line, report.stopped) for line in rest]
                break
            writing.add(asyncio.create_task(self._write(kind, records, report)))
        await asyncio.gather(*writing)
        told(report.behind)
        report.problems.sort(key=lambda problem: problem.line.number)
        return report

    async def _read(
        self, kind: TableKind, columns: tuple[Matched, ...], lines: Iterable[Line]
    ) -> tuple[list[tuple[Line, Record]], list[Problem]]:
        lines = tuple(lines)
        reader = LineReader(kind, columns, self._directory)
        if kind is not TableKind.CUSTOMERS:
            signs = customer_signs(reader, lines)
            reader.customers = await self._store.customers_by_signs(signs)
            reader.states = await self._store.states()
        if kind is TableKind.TASKS:
            reader.cases = await self._store.cases_by_number(reader.case_numbers(lines))
        records, problems = [], []
        for line in lines:
            try:
                records.append((line, reader.read(line)))
            except Refused as refused:
                problems.append(Problem(line, refused))
        return records, problems

    async def _write(self, kind: TableKind, records: list[tuple[Line, Record]], report: Report) -> None:
        """Write all at once; when the store refuses, halve until the bad line stands alone."""
        if not records:
            return
        if report.stopped is not None:
            report.problems += [Problem(line, report.stopped) for line, _ in records]
            return
        try:
            await self._insert(kind, tuple(record for _, record in records))
        except Refused as refused:
            if refused.reason in _ENDS:
                report.stopped = refused
            if len(records) == 1 or report.stopped is not None:
                report.problems += [Problem(line, refused) for line, _ in records]
                return
            middle = len(records) // 2
            await self._write(kind, records[:middle], report)
            await self._write(kind, records[middle:], report)
        else:
            report.imported += len(records)

    async def _insert(self, kind: TableKind, records: tuple[Any, ...]) -> None:
        if kind is TableKind.CUSTOMERS:
            await self._store.insert_customers(records)
        elif kind is TableKind.CASES:
            await self._store.insert_cases(records)
        else:
            await self._store.insert_tasks(records)
