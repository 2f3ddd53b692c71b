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


HOUR: dict[str, object] = {"op": "after", "n": 1, "unit": "hour", "at": "2026-11-28 12:00"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (5, "“case” is not an object"),
        ("after", "“case” is not an object"),
        ({}, "“None” is not an operation"),
        (HOUR | {"at": 5}, "“5” is not a time (at)"),
        (HOUR | {"at": None}, "“None” is not a time (at)"),
        (HOUR | {"n": "x"}, "“x” is not a number"),
        (HOUR | {"n": None}, "“None” is not a number"),
        (HOUR | {"n": float("nan")}, "“nan” is not a number"),
        (HOUR | {"n": True}, "“True” is not a number"),
        (HOUR | {"n": 1.5, "unit": "day"}, "days are counted whole"),
        (HOUR | {"n": 1e300}, "that lies outside the years 1 to 9999"),
        (HOUR | {"n": 10**25}, "that lies outside the years 1 to 9999"),
        (HOUR | {"at": "9999-12-31 23:00"}, "that lies outside the years 1 to 9999"),
        ({"op": "within", "start": "2026-11-30"}, "“None” is not a time (end)"),
    ],
)
def test_a_case_that_makes_no_sense_says_so_in_words(
    told: object, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, half = _explain(capsys, tmp_path / "hours.json", {"calendar": WEEK, "cases": [told, HOUR | {"n": 1.5}]})
    assert whole == {"index": 0, "result": None, "error": said}
    assert half["result"] == "2026-11-30 10:30"


def _calendar(**words: object) -> str:
    return json.dumps({"calendar": WEEK | words, "cases": [HOUR]})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a JSON file"),
        ("{", "is not a JSON file"),
        ("[" * 100_000, "is not a JSON file"),
        ("[]", "has no calendar"),
        ('{"calendar": [1]}', "“calendar” is not an object"),
        ('{"cases": 5}', "“cases” is not a list"),
        (_calendar(tz="Mars/Base"), "“Mars/Base” is not a time zone"),
        (_calendar(tz="Europe"), "“Europe” is not a time zone"),
        (_calendar(tz="../../etc/passwd"), "is not a time zone"),
        (_calendar(tz="A" * 5000), "is not a time zone"),
        (_calendar(tz=["x"]), "is not a time zone"),
        (_calendar(country="ZZ"), "“ZZ” is not a country"),
        (_calendar(country=5), "“5” is not a country"),
        (_calendar(country="FR", subdivision="Nowhere"), "“Nowhere” is not a part of FR"),
        (_calendar(mon=["9h", "10h"]), "“9h” is not a time of the day"),
        (_calendar(mon=["24:00", "09:00"]), "nothing opens at “24:00”"),
        (_calendar(mon=["09:00"]), "“mon” has hours that are no pair of times"),
        (_calendar(mon=[9, 17]), "“mon” is not a list"),
        (_calendar(holidays="2026-12-25"), "“holidays” is not a list"),
        (_calendar(holidays=["2026-13-45"]), "“2026-13-45” is not a date"),
        (_calendar(shifts=[1]), "“shifts” is not an object"),
        (_calendar(breaks={"soon": []}), "“soon” is not a date"),
    ],
)
def test_a_file_that_cannot_be_understood_is_one_sentence(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    assert main(["hours", "explain", str(path)]) == 1
    told = capsys.readouterr().err
    assert str(path) in told
    assert said in told
    assert "Traceback" not in told
    assert main(["hours", "explain", str(tmp_path / "none.json")]) == 1


def test_a_file_with_a_mark_of_its_byte_order_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "marked.json"
    path.write_text(json.dumps({"calendar": WEEK, "cases": [HOUR]}), "utf-8-sig")
    assert main(["hours", "explain", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["result"] == "2026-11-30 10:00"
