import json
from pathlib import Path

import pytest

from tests.helpers.rows import explained_rows, marked_rows

pytest_plugins = ["pytester"]

SUITE = """
import pytest

@pytest.mark.row("S1-01", "S1-02")
def test_good(): pass

@pytest.mark.row("S1-02")
def test_bad(): assert False

@pytest.mark.row("S1-03")
def test_left_out(): pytest.skip("no reason")

@pytest.fixture
def spoilt():
    yield
    raise RuntimeError

@pytest.mark.row("S1-04")
def test_that_ends_badly(spoilt): pass

@pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.row("S1-05"))])
def test_many(n): pass
"""


def test_every_marked_row_has_its_sentence_and_the_other_way_round() -> None:
    assert marked_rows() == set(explained_rows())
    assert all(sentence.strip().endswith(".") for sentence in explained_rows().values())


def test_marks_are_read_from_the_source(tmp_path: Path) -> None:
    (tmp_path / "test_suite.py").write_text(SUITE)
    assert marked_rows(tmp_path) == {"S1-01", "S1-02", "S1-03", "S1-04", "S1-05"}


def test_only_rows_whose_tests_all_passed_are_written(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_suite=SUITE)
    pytester.makeini("[pytest]\nmarkers = row\nasyncio_default_fixture_loop_scope = function\n")
    rows = pytester.path / "out" / "rows.json"
    pytester.runpytest("-p", "tests.helpers.rows", f"--rows={rows}").assert_outcomes(
        passed=4, failed=1, skipped=1, errors=1
    )
    assert json.loads(rows.read_text()) == {
        "S1-01": ["test_suite.py::test_good"],
        "S1-05": ["test_suite.py::test_many[2]"],
    }


def test_the_second_part_of_a_suite_adds_to_the_first_one(pytester: pytest.Pytester) -> None:
    mark = "import pytest\n\n@pytest.mark.row('S1-01', 'S1-0{}')\ndef test_{}(): assert {}\n"
    pytester.makepyfile(test_first=mark.format(2, "first", True), test_second=mark.format(3, "second", False))
    pytester.makeini("[pytest]\nmarkers = row\nasyncio_default_fixture_loop_scope = function\n")
    rows = pytester.path / "rows.json"
    options = ("-p", "tests.helpers.rows", f"--rows={rows}")
    pytester.runpytest("-n", "1", *options, "test_first.py").assert_outcomes(passed=1)
    assert sorted(json.loads(rows.read_text())) == ["S1-01", "S1-02"]
    pytester.runpytest(*options, "--rows-before", "test_second.py").assert_outcomes(failed=1)
    assert sorted(json.loads(rows.read_text())) == ["S1-02"]
