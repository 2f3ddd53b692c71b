"""Each sink and source of a PulseAudio or PipeWire server as an ALSA device of its own.

pjsua2 knows ALSA only, where a whole sound server is one device, so that a headset could not be told from
the loudspeakers. A private ALSA configuration names one device a sink or source; the server's own names for
them ("Jabra Evolve2 65") are what people see and what is remembered.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import threading
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.phone import AudioDevice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = logging.getLogger(__name__)

DRIVER: Final = "PulseAudio"
_SYSTEM_CONFIGURATION: Final = "/usr/share/alsa/alsa.conf"
_ASK_S: Final = 3.0
_RETRY_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class PulseDevice:
    """A sink or a source of the sound server."""

    pcm: str
    """Its name as an ALSA device."""
    server_name: str
    device: AudioDevice


class PulseDevices:
    """Keeps the ALSA configuration in step with the sound server, and says when it changed."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "alsa.conf"
        self._listener: threading.Thread | None = None
        self._subscription: subprocess.Popen[str] | None = None
        self._ended = threading.Event()
        self.current: tuple[PulseDevice, ...] = ()
        """The devices at the last look; replaced as a whole, so it can be read from any thread."""
        # Read by ALSA when it is first used; an absent pactl leaves the system's own configuration in force.
        if shutil.which("pactl"):
            self._write(())
            os.environ["ALSA_CONFIG_PATH"] = str(self._file)

    def read(self) -> None:
        """Look which devices the server has, and write the ALSA configuration for them; may take seconds."""
        if shutil.which("pactl"):
            found = (*_ask("sources"), *_ask("sinks"))
            self._write(found)
            self.current = found

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed`, in a thread of its own, whenever devices came or went."""
        if shutil.which("pactl"):
            self._listener = threading.Thread(target=self._follow, args=(changed,), name="pulse", daemon=True)
            self._listener.start()

    def close(self) -> None:
        """Stop listening."""
        self._ended.set()
        if self._subscription is not None:
            self._subscription.terminate()
        if self._listener is not None:
            self._listener.join(timeout=2)

    def _follow(self, changed: Callable[[], None]) -> None:
        while not self._ended.is_set():
            with subprocess.Popen(
                ["pactl", "subscribe"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=_environment(),
            ) as self._subscription:
                self._look(changed)
                for line in self._subscription.stdout or ():
                    if (" on sink #" in line or " on source #" in line) and "'change'" not in line:
                        self._look(changed)
            if not self._ended.wait(_RETRY_S):
                # The server went, and its devices with it; it may be back already.
                self._look(changed)

    def _look(self, changed: Callable[[], None]) -> None:
        before = self.current
        self.read()
        if self.current != before:
            changed()

    def _write(self, devices: tuple[PulseDevice, ...]) -> None:
        text = f"<{_SYSTEM_CONFIGURATION}>\n"
        for device in devices:
            text += (
                f'pcm.{device.pcm} {{ type pulse device "{device.server_name}" '
                f'hint {{ show on description "{device.pcm}" }} }}\n'
            )
        if not self._file.exists() or self._file.read_text() != text:
            self._file.write_text(text)


def _ask(what: str) -> tuple[PulseDevice, ...]:
    try:
        said = subprocess.run(
            ["pactl", "-f", "json", "list", what],
            capture_output=True,
            check=True,
            timeout=_ASK_S,
            stdin=subprocess.DEVNULL,
            env=_environment(),
        )
        listed = json.loads(said.stdout.decode(errors="replace"))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        log.debug("no sound server answers: %s", error)
        return ()
    return tuple(_read(entry, what) for entry in listed if not _is_monitor(entry))


def _read(entry: dict[str, Any], what: str) -> PulseDevice:
    name = str(entry["name"]).replace('"', "")
    records = what == "sources"
    # The number in the name must not move when other devices come and go, so it is made from the name.
    pcm = f"guichet_{'in' if records else 'out'}_{zlib.crc32(name.encode()):08x}"
    shown = str(entry.get("description") or name)
    return PulseDevice(pcm, name, AudioDevice(shown, DRIVER, can_record=records, can_play=not records))


def _is_monitor(entry: dict[str, Any]) -> bool:
    properties = entry.get("properties") or {}
    return properties.get("device.class") == "monitor" or bool(entry.get("monitor_of_sink"))


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}
