"""A private PulseAudio with headsets made of null sinks: what a phone sends and plays can be fed and heard."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import numpy as np

from tests.voice.hearing import TELEPHONE_RATE, Samples


class SoundServer:
    """One server in a folder of its own, killed by its own process id."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guichet-pulse-"))
        self.folder.chmod(0o755)
        self.address = f"unix:{self.folder}/native"
        self._tones: dict[str, subprocess.Popen[bytes]] = {}
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        module = f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native"
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--load", module],
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        while subprocess.run(["pactl", "info"], env=self._environment(), capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, "the private PulseAudio does not answer"
            time.sleep(0.05)

    def add_headset(self, name: str) -> None:
        """A microphone and a speaker, both shown as `name`."""
        self._load("module-null-sink", f"sink_name={name}_voice", f"sink_properties=device.description={name}_voice")
        self._load(
            "module-remap-source",
            f"source_name={name}_microphone",
            f"master={name}_voice.monitor",
            f"source_properties=device.description={name}",
        )
        self._load("module-null-sink", f"sink_name={name}_speaker", f"sink_properties=device.description={name}")

    def prefer(self, name: str) -> None:
        """Make a headset the system's own choice."""
        self._pactl("set-default-source", f"{name}_microphone")
        self._pactl("set-default-sink", f"{name}_speaker")

    def remove_headset(self, name: str) -> None:
        """Pull the plug."""
        self._hush(name)  # the server would move it to another headset
        listed = self._pactl("list", "short", "modules")
        for line in reversed(listed.splitlines()):
            if f"{name}_microphone" in line or f"sink_name={name}_" in line:
                self._pactl("unload-module", line.split("\t")[0])

    def speak(self, name: str, hertz: int) -> None:
        """Play a tone into a headset's microphone until the server ends."""
        seconds = 120
        times = np.arange(0, seconds, 1 / TELEPHONE_RATE)
        wave = (np.sin(2 * np.pi * hertz * times) * 9000).astype(np.int16)
        file = self.folder / f"{hertz}.raw"
        file.write_bytes(wave.tobytes())
        self._hush(name)
        self._tones[name] = subprocess.Popen(
                ["pacat", "--playback", f"--device={name}_voice", f"--rate={TELEPHONE_RATE}", "--channels=1",
                 "--format=s16le", "--latency-msec=40", str(file)],
                env=self._environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def listen(self, name: str, seconds: float) -> Samples:
        """What comes out of a headset's speaker."""
        with subprocess.Popen(
            ["parec", f"--device={name}_speaker.monitor", f"--rate={TELEPHONE_RATE}", "--channels=1",
             "--format=s16le", "--latency-msec=20"],
            env=self._environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        ) as ear:  # fmt: skip
            assert ear.stdout is not None
            raw = ear.stdout.read(int(seconds * TELEPHONE_RATE) * 2)
            ear.terminate()
        return np.frombuffer(raw, np.int16).astype(np.float64) / 32768

    def kill(self) -> None:
        """As a crash would."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()

    def close(self) -> None:
        for name in tuple(self._tones):
            self._hush(name)
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _hush(self, name: str) -> None:
        if (tone := self._tones.pop(name, None)) is not None:
            tone.kill()
            tone.wait()

    def _load(self, *words: str) -> None:
        self._pactl("load-module", *words)

    def _pactl(self, *words: str) -> str:
        done = subprocess.run(["pactl", *words], env=self._environment(), check=True, capture_output=True, text=True)
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PULSE_SERVER": self.address, "PULSE_RUNTIME_PATH": str(self.folder),
                "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder), "LC_ALL": "C"}  # fmt: skip


def wait_until_gone(process_id: int, within_s: float) -> bool:
    """Whether a process ended in time."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        with suppress(ChildProcessError):
            os.waitpid(process_id, os.WNOHANG)
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
