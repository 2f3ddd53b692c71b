import json
import sys
from pathlib import Path

import pytest

import bench

MODULE = """
KEYS = {"answer": "the answer, in ones; 42 or more", "forgotten": "never measured, in ms"}
async def run(small):
    return {"answer": 4.2 if small else 42.0, "surplus": 1.0}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "bench_sample.py").write_text(MODULE)
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    monkeypatch.setattr("tests.bench.__path__", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "tests.bench.bench_sample", raising=False)
    return tmp_path


def test_numbers_are_written_and_what_does_not_fit_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["sample", "--small", "--json", str(folder / "out" / "bench.json")]) == 1
    assert json.loads((folder / "out" / "bench.json").read_text()) == {"metrics": {"answer": 4.2, "surplus": 1.0}}
    said = capsys.readouterr()
    assert "42 or more" in said.out
    assert "forgotten was promised and not measured" in said.err
    assert "surplus was measured and is not explained" in said.err


def test_an_unknown_benchmark_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["other"])
    assert "unknown benchmark other; there are: sample" in capsys.readouterr().err
