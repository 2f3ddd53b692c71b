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
    assert main(["mail", "parse", str(good), str(bad), str(tmp_path / "none.eml"), "--json"]) == 0
    said = capsys.readouterr()
    first, second = map(json.loads, said.out.splitlines())
    assert first["from"] == {"name": "Jane Roe", "address": "jane@customer.example"}
    assert (first["text"], first["date"], first["cc"]) == ("Hello", "2026-11-23T09:00:00Z", [])
    assert first["thread"] == {"in_reply_to": None, "references": [], "case_token": None}
    assert second["from"] is None
    assert "none.eml" in said.err
