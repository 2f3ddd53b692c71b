"""guichetctl hours explain: a file with a calendar and cases, answered line by line without any server."""

import json
import os
from pathlib import Path

import pytest

from app.cli.__main__ import main

TABLE = Path(os.environ.get("GUICHET_TEST_DATA", "")) / "tables/business_hours_biz.json"
WEEK: dict[str, object] = {
    "tz": "Europe/Paris",
    "mon": ["09:00", "17:00"],
    "tue": [["09:00", "12:00"], ["13:00", "17:00"]],
}


def _explain(capsys: pytest.CaptureFixture[str], path: Path, document: object) -> list[dict[str, object]]:
    path.write_text(json.dumps(document))
    assert main(["hours", "explain", str(path)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.skipif(not TABLE.exists(), reason="the tables are not on this machine")
def test_the_table_of_somebody_else_is_answered_as_it_expects(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(TABLE.read_text())
    assert main(["hours", "explain", str(TABLE)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = [case.get("expect", case.get("expect_hours")) for case in document["cases"]]
    assert lines == [{"index": index, "result": result} for index, result in enumerate(expected)]


def test_zones_pauses_holidays_and_one_off_hours(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    more: dict[str, object] = {
        "holidays": ["2026-11-30"],
        "shifts": {"2026-12-07": {"10:00": "11:00"}},
        "breaks": {"2026-12-01": [["09:00", "10:30"]]},
    }
    cases: list[dict[str, object]] = [
        {"op": "after", "n": 0, "unit": "minutes", "at": "2026-11-28 12:00"},
        {"op": "after", "n": 1, "unit": "day", "at": "2026-11-28 12:00"},
        {"op": "after", "n": 2, "unit": "hours", "at": "2026-12-07T09:00:00Z"},
        {"op": "within", "start": "2026-11-28", "end": "2026-12-08"},
        {"op": "before", "n": 60, "unit": "second", "at": "2026-12-01T10:31:00+01:00"},
    ]
    found = _explain(capsys, tmp_path / "hours.json", {"calendar": WEEK | more, "cases": cases})
    assert [line["result"] for line in found] == [
        "2026-12-01 10:30",
        "2026-12-01 13:00",
        "2026-12-08T09:00Z",
        6.5,
        "2026-12-01T10:30+01:00",
    ]


def test_what_has_no_answer_says_why_and_the_others_are_answered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    cases: list[dict[str, object]] = [
        {"op": "between"},
        {"op": "after", "n": -1, "unit": "hour", "at": "2026-11-28"},
        {"op": "after", "n": 1, "unit": "year", "at": "2026-11-28"},
        {"op": "after", "n": 1, "unit": "hour", "at": "soon"},
        {"op": "within", "start": "2026-11-30", "end": "2026-12-01"},
    ]
    found = _explain(capsys, tmp_path / "hours.json", {"calendar": WEEK, "cases": cases})
    assert [line["result"] for line in found] == [None, None, None, None, 8]
    assert all(line["error"] for line in found[:4])
    closed = _explain(
        capsys, tmp_path / "closed.json", {"calendar": {"tz": "UTC"}, "cases": [cases[4], cases[2] | {"unit": "hour"}]}
    )
    assert closed[0]["result"] == 0
    assert closed[1] == {"index": 1, "result": None, "error": "the calendar never opens"}


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"calendar": {"tz": "Mars/Base"}}', '{"calendar": {"mon": ["9h", "10h"]}}']
)
def test_a_file_that_cannot_be_understood_is_one_sentence(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    assert main(["hours", "explain", str(path)]) == 1
    assert str(path) in capsys.readouterr().err
    assert main(["hours", "explain", str(tmp_path / "none.json")]) == 1
