"""Which requirement rows are proved: `@pytest.mark.row("S5-09")` on tests, written by `--rows FILE`.

A row is proved when every test that carries it passed; a skipped test proves nothing.
"""

import ast
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
SENTENCES = TESTS / "rows.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer --rows and --rows-before."""
    parser.addoption("--rows", type=Path, metavar="FILE", help="write {row: [ids of tests that passed]}")
    parser.addoption("--rows-before", action="store_true", help="another part of the suite wrote FILE: add this one")


def pytest_configure(config: pytest.Config) -> None:
    """Collect outcomes when they are asked for; workers of a run tell theirs to the one that began it."""
    if (file := config.getoption("--rows")) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(RowCollector(file, after_another=config.getoption("--rows-before")), "rows")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let each report of a test tell its rows."""
    item.user_properties += [("row", row) for mark in item.iter_markers("row") for row in mark.args]


class RowCollector:
    """Gathers what became of the tests of each row; all outcomes lie beside the file, for the next part of a suite."""

    def __init__(self, file: Path, *, after_another: bool = False) -> None:
        """Take the file to write at the end."""
        self._file, self._beside = file, file.with_suffix(".outcomes.json")
        known = json.loads(self._beside.read_text(encoding="utf-8")) if after_another else {}
        self._rows: dict[str, list[str]] = known.get("rows", {})  # of each test
        self._passed: set[str] = set(known.get("passed", ()))
        self._spoilt: set[str] = set(known.get("spoilt", ()))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a phase of a test ended; a failing teardown spoils a test too."""
        rows = [str(value) for name, value in report.user_properties if name == "row"]
        if not rows:
            return
        self._rows[report.nodeid] = rows
        if report.when == "call" and report.passed:
            self._passed.add(report.nodeid)
        elif not report.passed:
            self._spoilt.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write the proved rows."""
        tests: dict[str, list[str]] = defaultdict(list)
        for test, rows in self._rows.items():
            for row in rows:
                tests[row].append(test)
        good = self._passed - self._spoilt
        proved = {row: sorted(found) for row, found in sorted(tests.items()) if good.issuperset(found)}
        outcomes = {"rows": self._rows, "passed": sorted(self._passed), "spoilt": sorted(self._spoilt)}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(proved, indent=1) + "\n", encoding="utf-8")
        self._beside.write_text(json.dumps(outcomes), encoding="utf-8")


def marked_rows(folder: Path = TESTS) -> set[str]:
    """Give every row that a test file names in a mark, read from the source so that nothing is left out."""
    return {row for file in folder.rglob("test_*.py") for row in _rows_in(file)}


def explained_rows() -> dict[str, str]:
    """Give each row's sentence of tests/rows.toml."""
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))


def _rows_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.row":
            yield from (str(ast.literal_eval(argument)) for argument in node.args)
