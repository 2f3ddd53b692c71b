import importlib.metadata
import json
from pathlib import Path

import pytest

from app.cli import doctor_checks
from app.cli.__main__ import main
from app.cli.doctor_checks import Finding, Installation, Verdict
from app.settings.paths import profile_paths


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    return Installation("demo", profile_paths("demo", {"GUICHET_HOME": str(tmp_path)}))


def test_the_report_for_programs_names_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--json", "--profile", "demo"])
    report = json.loads(capsys.readouterr().out)
    assert report["healthy"] is (code == 0)
    assert len(report["findings"]) == len(doctor_checks.CHECKS)
    assert {"what", "verdict", "found", "mend"} == set(report["findings"][0])


def test_something_wrong_is_told_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Finding("Phone", Verdict.WRONG, "no sound", "plug the headset in")
    monkeypatch.setattr("app.cli.doctor.CHECKS", (lambda _: broken,))
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "no sound" in said
    assert "→ plug the headset in" in said
    assert said.endswith("One thing to mend.\n")


def test_a_missing_library_is_named(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: ["not-there>=2", "qasync"])
    found = doctor_checks.check_packages(here)
    assert found.verdict is Verdict.WRONG
    assert found.found == "missing: not-there"
    assert "build/run" in found.mend


def test_the_qt_release_that_aborts_is_refused(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_checks, "_version", lambda _: "6.12.0")
    monkeypatch.setattr("sys.version_info", (3, 11, 2))
    assert doctor_checks.check_packages(here).verdict is Verdict.WRONG
    monkeypatch.setattr("sys.version_info", (3, 12, 0))
    assert doctor_checks.check_packages(here).verdict is Verdict.GOOD


def test_qt_starts_without_a_screen(here: Installation) -> None:
    assert doctor_checks.check_qt(here).verdict is Verdict.GOOD


def test_a_qt_that_does_not_start_tells_which_library_it_wants(
    here: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'ImportError: libEGL.so.1: cannot open shared object file' >&2; exit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(python))
    assert doctor_checks.check_qt(here).found == "the library libEGL.so.1 is missing"


def test_a_machine_without_a_screen_hears_of_the_tour(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    found = doctor_checks.check_display(here)
    assert found.verdict is Verdict.NOTE
    assert "--tour" in found.mend


def test_a_machine_without_asterisk_is_no_fault(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_checks, "profile_paths", lambda *_: here.paths)
    monkeypatch.setattr(doctor_checks, "Path", lambda _: here.paths.cache)
    assert doctor_checks.check_switch(here).verdict is Verdict.NOTE


def test_a_phone_whose_engine_aborts_is_wrong(
    here: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nkill -ABRT $$\n")
    python.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(python))
    assert doctor_checks.check_phone(here).verdict is Verdict.WRONG


def test_a_full_disk_is_wrong(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor_checks.check_folders(here).verdict is Verdict.GOOD
    monkeypatch.setattr(doctor_checks, "LEAST_FREE_GIB", 1e9)
    assert doctor_checks.check_folders(here).verdict is Verdict.WRONG


def test_a_server_that_was_never_made_is_no_fault(here: Installation) -> None:
    found = doctor_checks.check_server(here)
    assert found.verdict is Verdict.NOTE
    assert "guichetctl server start --profile demo" in found.mend


def test_a_server_out_of_reach_is_wrong(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUICHET_DATABASE_URL", "postgresql://anna:hidden-word@127.0.0.1:1/guichet")
    found = doctor_checks.check_server(here)
    assert found.verdict is Verdict.WRONG
    assert "cannot be reached" in found.found
    assert "hidden-word" not in found.found


def test_without_a_voice_callers_hear_a_tone_and_that_is_said(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert (doctor_checks.check_voice(here).verdict, "tone" in doctor_checks.check_voice(here).found) == (
        Verdict.NOTE,
        True,
    )
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert doctor_checks.check_voice(here).verdict is Verdict.GOOD
