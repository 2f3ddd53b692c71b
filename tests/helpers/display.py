"""A screen of its own for a test: Xvfb with openbox, on a display number that nobody else has."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def virtual_display(size: str = "1640x980") -> Iterator[str]:
    """Give the DISPLAY of a fresh screen with a window manager; both end with the block."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    environment = os.environ | {"DISPLAY": display}
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for_manager(environment)
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


def _wait_for_manager(environment: dict[str, str], within_s: float = 15) -> None:
    deadline = time.monotonic() + within_s
    while subprocess.run(["xdotool", "get_desktop"], env=environment, capture_output=True, check=False).returncode:
        assert time.monotonic() < deadline, "Xvfb or openbox did not start"
        time.sleep(0.02)
