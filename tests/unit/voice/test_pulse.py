"""The sound server asked for by its tool: a real program in its place that counts how often it is started."""

import os
import time
from pathlib import Path

import pytest

from app.phone import pulse
from app.phone.pulse import PulseDevices

_TOOL = """#!/bin/sh
echo "$*" >> {log}
test -e {up} || exit 1
case "$*" in
  subscribe) exec sleep 60 ;;
  get-default-*) echo headset ;;
  *sources) echo '[]' ;;
  *sinks) echo '[{{"name": "headset", "description": "A headset"}}]' ;;
esac
"""


def test_without_a_sound_server_its_tool_is_started_ever_more_rarely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started every two seconds, it cost more than a call."""
    log, up = tmp_path / "asked", tmp_path / "up"
    tool = tmp_path / "pactl"
    tool.write_text(_TOOL.format(log=log, up=up))
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "")
    waits: list[float] = []
    devices = PulseDevices(tmp_path)
    ended_wait = devices._ended.wait

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return ended_wait(seconds / 100)

    # The same steps, a hundred times as fast.
    monkeypatch.setattr(devices._ended, "wait", wait)
    told: list[int] = []
    devices.listen(lambda: told.append(len(devices.current)))
    while len(waits) < 7:
        time.sleep(0.01)
    assert waits[:7] == [0, 2, 4, 8, 16, 16, 16]
    assert waits[1] == pulse._RETRY_S
    assert len(log.read_text().splitlines()) <= 2 * len(waits)
    assert told == []

    up.touch()
    deadline = time.monotonic() + 5
    while not told and time.monotonic() < deadline:
        time.sleep(0.01)
    devices.close()
    assert told == [1]
    assert devices.current[0].device.name == "A headset"
