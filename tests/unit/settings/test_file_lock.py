import subprocess
import sys
from pathlib import Path

import pytest

from app.settings.errors import MendableError
from app.settings.file_lock import file_lock


def test_one_at_a_time(tmp_path: Path) -> None:
    with (
        file_lock(tmp_path / "lock", "the test"),
        pytest.raises(MendableError, match="busy with the test"),
        file_lock(tmp_path / "lock", "the test", within_s=0.1),
    ):
        raise AssertionError
    with file_lock(tmp_path / "lock", "the test", within_s=0):
        pass


def test_the_holders_death_frees_it(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys\n"
        "from app.settings.file_lock import file_lock\n"
        "with file_lock(pathlib.Path(sys.argv[1]), 'the test'):\n"
        "    os._exit(9)\n"
    )
    died = subprocess.run([sys.executable, "-c", code, str(tmp_path / "lock")], check=False)
    assert died.returncode == 9
    with file_lock(tmp_path / "lock", "the test", within_s=0):
        pass
