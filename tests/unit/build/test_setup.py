import subprocess
from pathlib import Path

import pytest

import setup
import system_packages
from pip_install import SetupError

BUILD = Path(setup.__file__).parent
INSTALLED = """\
installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.84.4-3)
installed\tlibgl1\tlibgl1-mesa-glx
config-files\txvfb\t
installed\txdotool\t
"""


@pytest.fixture
def _debian(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        assert command[0] == "dpkg-query"
        return subprocess.CompletedProcess(command, 0, INSTALLED)

    monkeypatch.setattr(system_packages, "has_apt", lambda: True)
    monkeypatch.setattr(subprocess, "run", answer)


@pytest.mark.usefixtures("_debian")
def test_who_may_not_install_gets_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "_prefix", lambda: None)
    monkeypatch.setitem(system_packages.NEEDED, "test", ("libgl1", "libglib2.0-0", "xvfb", "xdotool"))
    with pytest.raises(SetupError, match=r"apt-get update && apt-get install -y --no-install-recommends swig xvfb'"):
        system_packages.install("test", ("swig",))


@pytest.mark.usefixtures("_debian")
def test_nothing_is_done_when_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(system_packages.NEEDED, "run", ("libgl1", "libglib2.0-0"))
    assert system_packages.install("run") == ""


def test_a_system_without_apt_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "has_apt", lambda: False)
    monkeypatch.setattr("sys.platform", "linux")
    assert "no apt" in system_packages.install("run")
    monkeypatch.setattr("sys.platform", "darwin")
    assert "no apt" not in system_packages.install("run")


def test_a_step_is_done_once_for_each_content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "OUT", tmp_path)
    done: list[bytes] = []

    def act() -> str:
        done.append(b"")
        return "done"

    said = [setup._unless_done("step", [b"first", mark], act) for mark in (b"a", b"a", b"b", b"a")]
    assert said == ["done", "", "done", "done"]
    assert len(done) == 3


def test_a_step_that_failed_is_done_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "OUT", tmp_path)

    def fail() -> str:
        raise SetupError("no room")

    with pytest.raises(SetupError):
        setup._unless_done("step", [b"a"], fail)
    assert setup._unless_done("step", [b"a"], lambda: "done") == "done"


@pytest.mark.parametrize("name", ["run", "bench"])
def test_help_needs_no_set_up(name: str) -> None:
    told = subprocess.run([BUILD / name, "--help"], check=True, capture_output=True, text=True).stdout
    assert told.startswith(f"usage: build/{name}")
    assert "[1/" not in told


def test_no_requirement_names_an_index_or_lacks_a_hash() -> None:
    lines = (BUILD / "requirements.txt").read_text().splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    pinned = [number for number, line in enumerate(lines) if "==" in line.partition("#")[0] and line[:1].isalnum()]
    assert pinned
    assert all(lines[number + 1].strip().startswith("--hash=sha256:") for number in pinned)
