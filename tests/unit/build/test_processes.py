"""What build/run starts and stops, with stand-ins for the hub and the desks and a real private server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import run
from app.store.private_server import PrivateServer
from processes import ProcessEndedError, Processes, birth, stop_left_over
from tests.helpers.folders import service_folder

# A desk that starts a phone which leaves its group, as the real one does.
DESK = """\
import subprocess, sys, time, pathlib
phone = subprocess.Popen(["sleep", "300"], start_new_session=True)
pathlib.Path(sys.argv[1]).write_text(str(phone.pid))
time.sleep(300)
"""
# What a person's build/run does, in a process that can be interrupted or killed.
RUN = """\
import sys, pathlib
sys.path[:0] = sys.argv[1:3]
import run
from processes import Processes
from app.store.private_server import PrivateServer
home = pathlib.Path(sys.argv[3])
run.PREPARATIONS = (("Demo organisation", ("true",)),)
run.SERVICES = (("Hub", ("sleep", "300")),)
desk = (sys.executable, str(home / "desk.py"))
run.desk = lambda agent: (f"Desk of {agent}", (*desk, str(home / f"{agent}.phone")))
server = PrivateServer(home / "data", home / "run", home / "cache")
sys.exit(run.run(("anna", "bob"), server, Processes(home / "out")))
"""


@pytest.fixture
def home() -> Iterator[Path]:
    with service_folder() as folder:
        (folder / "desk.py").write_text(DESK)
        (folder / "run.py").write_text(RUN)
        yield folder


@pytest.fixture
def bystander() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(["sleep", "300"]) as process:
        yield process
        process.kill()


def server_in(home: Path) -> PrivateServer:
    return PrivateServer(home / "data", home / "run", home / "cache")


def wait_until(condition: Callable[[], bool], within_s: float = 20) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def start_run(home: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, str(home / "run.py"), str(run.ROOT), str(run.ROOT / "build"), str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def phones(home: Path) -> list[int]:
    files = [home / "anna.phone", home / "bob.phone"]
    wait_until(lambda: all(file.exists() and file.read_text() for file in files))
    return [int(file.read_text()) for file in files]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_everything_it_started_and_nothing_else(
    home: Path, bystander: "subprocess.Popen[bytes]", number: signal.Signals
) -> None:
    started = start_run(home)
    pids = phones(home)
    assert server_in(home).is_running()
    started.send_signal(number)
    said, _ = started.communicate(timeout=40)
    assert all(not birth(pid) for pid in pids)
    assert not server_in(home).is_running()
    assert bystander.poll() is None
    assert list((home / "out").glob("*.json")) == []
    assert started.returncode == 0
    assert "Everything runs" in said


def test_a_server_that_ran_before_runs_on(home: Path) -> None:
    server = server_in(home)
    server.start()
    started = start_run(home)
    phones(home)
    started.send_signal(signal.SIGINT)
    said, _ = started.communicate(timeout=40)
    assert "was running" in said
    assert server.is_running()
    server.stop()


def test_what_a_killed_run_left_is_stopped_later(home: Path) -> None:
    started = start_run(home)
    phones(home)
    note = home / "out" / f"{started.pid}.json"
    wait_until(lambda: note.exists() and note.read_text().count(":") >= 4)
    started.kill()
    started.communicate()
    assert stop_left_over(home / "out") == 3
    assert not note.exists()
    assert stop_left_over(home / "out") == 0
    server_in(home).stop()
    for pid in phones(home):  # without the run nobody adopts a phone: it keeps its call, as it should
        os.kill(pid, signal.SIGTERM)


def test_stop_lets_a_living_run_stop_itself(home: Path) -> None:
    started = start_run(home)
    pids = phones(home)
    signalled = stop_left_over(home / "out")
    started.communicate(timeout=40)
    assert signalled >= 4
    assert all(not birth(pid) for pid in pids)


def test_a_preparation_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    with pytest.raises(ProcessEndedError, match=r"(?s)Demo ended with code 3; .*no room on the disk"):
        processes.run_through("Demo", ("sh", "-c", "echo no room on the disk; exit 3"))
    processes.stop()


def test_a_service_that_ends_is_told_and_the_desks_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    processes = Processes(tmp_path)
    processes.start("Hub", ("sh", "-c", "echo lost my lease; exit 1"))
    processes.start("Desk of anna", ("sleep", "0.5"), awaited=True)
    assert not processes.wait()
    processes.stop()
    said = capsys.readouterr().err
    assert "Hub ended with code 1" in said
    assert "lost my lease" in said
    assert "Desk" not in said


def test_a_process_that_ignores_the_request_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processes._stop_group.__defaults__", (0.3,))
    processes = Processes(tmp_path)
    processes.start("Stubborn", ("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"))
    wait_until(lambda: "ready" in (tmp_path / "stubborn.log").read_text())
    began = time.monotonic()
    processes.stop()
    assert time.monotonic() - began < 5


def test_no_screen_is_said_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "--tour DIR" in run.why_not(["--as", "anna"])
    assert run.why_not(["--tour", "pictures"]) == ""
    assert run.why_not(["--stop"]) == ""
    monkeypatch.setenv("DISPLAY", ":0")
    assert run.why_not([]) == ""
