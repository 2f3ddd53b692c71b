"""The tour plays on the real store, saves every screen in its size, and leaves nothing running."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtGui import QImage

from tests.helpers.folders import service_folder
from ui.tour import STORY

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from ui.theme.theme import Look
from ui.tour import Combination, play
sys.exit(play(Path(sys.argv[1]), (Combination("fr", Look.DARK, (1280, 720)),)))
"""


def start(program: list[str], temporary: Path) -> subprocess.Popen[str]:
    """Begin a tour whose temporary home stands in `temporary`."""
    environment = os.environ | {"TMPDIR": str(temporary)}
    environment.pop("GUICHET_HOME", None)
    command = [sys.executable, *program]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def servers_in(folder: Path) -> list[str]:
    """The processes whose working directory is in the folder, as a database server's is."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if process.resolve().is_relative_to(folder):
                found.append(process.parent.name)
        except OSError:
            continue
    return found


def test_every_screen_is_saved_once_and_differs(tmp_path: Path) -> None:
    with service_folder() as temporary:
        tour = start(["-c", PROGRAM, str(tmp_path / "pictures")], temporary)
        said, complained = tour.communicate(timeout=1_200)
        assert (tour.returncode, complained) == (0, "")
        assert servers_in(temporary) == []
        assert list(temporary.iterdir()) == []
    pictures = sorted((tmp_path / "pictures").iterdir())
    assert [file.name for file in pictures] == [
        f"{number:03}_{scene.__name__}_dark_fr_1280.png" for number, scene in enumerate(STORY, 1)
    ]
    assert len(said.splitlines()) == len(pictures) >= 10
    assert {QImage(str(file)).size().toTuple() for file in pictures} == {(1280, 720)}
    assert len({hashlib.sha256(file.read_bytes()).digest() for file in pictures}) == len(pictures)


def test_a_killed_tour_stops_what_it_started(tmp_path: Path) -> None:
    with service_folder() as temporary:
        tour = start(["-m", "ui", "--tour", str(tmp_path / "pictures")], temporary)
        while not servers_in(temporary) and tour.poll() is None:
            time.sleep(0.05)
        tour.send_signal(signal.SIGTERM)
        tour.communicate(timeout=60)
        assert tour.returncode == 130
        assert servers_in(temporary) == []
        assert list(temporary.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with service_folder() as temporary:
        tour = start(["-m", "ui", "--tour", str(tmp_path / "taken")], temporary)
        _, complained = tour.communicate(timeout=60)
        assert tour.returncode == 1
        assert "taken" in complained
        assert list(temporary.iterdir()) == []
