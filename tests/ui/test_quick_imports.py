"""Dataclasses' code is kept between starts, only what was used, and is not read from a file that others may write."""

import dataclasses
import marshal
from pathlib import Path

import pytest

from ui.runtime.quick_imports import importing


def made(name: str, member: str) -> object:
    return dataclasses.make_dataclass(name, [(member, int)], frozen=True)(1)


def kept(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_was_compiled_is_used_again_and_only_that_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with importing(tmp_path, "test"):
        made("First", "one")
        made("First", "two")
    assert kept(tmp_path).stat().st_mode & 0o777 == 0o600
    both = marshal.loads(kept(tmp_path).read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr("ui.runtime.quick_imports.compile", lambda *_: pytest.fail("compiled again"), raising=False)
        with importing(tmp_path, "test"):
            assert repr(made("First", "one")).endswith("First(one=1)")
    fewer = marshal.loads(kept(tmp_path).read_bytes())
    assert fewer.keys() < both.keys()
    assert "exec" not in vars(dataclasses)


def test_code_that_others_may_write_is_not_run(tmp_path: Path) -> None:
    with importing(tmp_path, "test"):
        made("First", "one")
    file = kept(tmp_path)
    wrong = {text: compile("raise SystemExit", "", "exec") for text in marshal.loads(file.read_bytes())}
    file.write_bytes(marshal.dumps(wrong))
    file.chmod(0o622)
    with importing(tmp_path, "test"):
        assert repr(made("First", "one")).endswith("First(one=1)")


def test_a_torn_file_and_a_folder_that_cannot_be_made_hinder_no_start(tmp_path: Path) -> None:
    with importing(tmp_path, "test"):
        made("First", "one")
    kept(tmp_path).write_bytes(kept(tmp_path).read_bytes()[:50])
    for folder in (tmp_path, kept(tmp_path) / "below a file"):
        with importing(folder, "test"):
            assert repr(made("First", "one")).endswith("First(one=1)")
