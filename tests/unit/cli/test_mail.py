"""guichetctl mail parse: one JSON object a line, whatever the files hold."""

import json
from pathlib import Path

import pytest

from app.cli.__main__ import main
from tests.helpers.mails import raw_mail


def test_every_file_gives_a_line_and_a_bad_one_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.eml", tmp_path / "bad.eml"
    good.write_bytes(raw_mail("Hello\n\n-- \nJane"))
    bad.write_bytes(b"\x00\xff: \n\n--")
    files = [str(good), str(bad), str(tmp_path / "none.eml"), str(tmp_path)]
    assert main(["mail", "parse", *files, "--json"]) == 0
    said = capsys.readouterr()
    first, second, none, folder = map(json.loads, said.out.splitlines())
    assert first["from"] == {"name": "Jane Roe", "address": "jane@customer.example"}
    assert (first["text"], first["date"], first["cc"]) == ("Hello", "2026-11-23T09:00:00Z", [])
    assert first["thread"] == {"in_reply_to": None, "references": [], "case_token": None}
    assert second["from"] is None
    assert "none.eml" in said.err
    assert {len(line) for line in (first, second, none, folder)} == {len(first)}
    assert (none["verdict"], none["text"], none["attachments"]) == ("unparseable", None, [])
    assert (folder["file"], folder["verdict"]) == (str(tmp_path), "unparseable")


def test_the_option_may_stand_anywhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "caf\udce9.eml"
    file.write_bytes(raw_mail())
    for words in (["--json", "parse", str(file)], ["parse", "--json", str(file), str(file)]):
        assert main(["mail", *words]) == 0
        assert {json.loads(line)["subject"] for line in capsys.readouterr().out.splitlines()} == {"A question"}
