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
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.phone import AudioDevice

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

DRIVER: Final = "PulseAudio"
_SYSTEM_CONFIGURATION: Final = "/usr/share/alsa/alsa.conf"
_ASK_S: Final = 3.0
_RETRY_S: Final = 2.0
_RETRY_MOST_S: Final = 16.0


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
        self._edition = int(time.time())
        self._cards = _sound_cards()
        self.current: tuple[PulseDevice, ...] = ()
        """The devices of the sound server at the last look; replaced as a whole, so it can be read from any thread."""
        # Read by ALSA when it is first used; an absent pactl leaves the system's own configuration in force.
        if shutil.which("pactl"):
            self._write(())
            os.environ["ALSA_CONFIG_PATH"] = str(self._file)

    def read(self) -> None:
        """Look which devices the server has, and write the ALSA configuration for them; may take seconds."""
        if shutil.which("pactl"):
            defaults = _ask_defaults()
            found = (*_ask("sources"), *_ask("sinks")) if defaults else ()
            # The server's own choice comes first, so that it is ours when the agent has none.
            found = tuple(sorted(found, key=lambda device: device.server_name not in defaults))
            self._write(found)
            self.current = found

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed`, in a thread of its own, whenever devices came or went."""
        follow = self._follow if shutil.which("pactl") else self._watch_cards
        self._listener = threading.Thread(target=follow, args=(changed,), name="sound devices", daemon=True)
        self._listener.start()

    def close(self) -> None:
        """Stop listening."""
        self._ended.set()
        if self._subscription is not None:
            self._subscription.terminate()
        if self._listener is not None:
            self._listener.join(timeout=2)

    def _follow(self, changed: Callable[[], None]) -> None:
        wait_s = 0.0
        while not self._ended.wait(wait_s):
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
                    came_or_went = (" on sink #" in line or " on source #" in line) and "'change'" not in line
                    if came_or_went or " on server" in line:
                        self._look(changed)
            # The server went, and its devices with it, and may be back already; or there is none, and asking for
            # it costs more than a call does.
            wait_s = _RETRY_S if self.current else min(max(2 * wait_s, _RETRY_S), _RETRY_MOST_S)

    def _watch_cards(self, changed: Callable[[], None]) -> None:
        while not self._ended.wait(_RETRY_S):
            self._look(changed)

    def _look(self, changed: Callable[[], None]) -> None:
        before = self.current, self._cards
        self.read()
        self._cards = _sound_cards()
        if (self.current, self._cards) != before:
            changed()

    def _write(self, devices: tuple[PulseDevice, ...]) -> None:
        # The system's own list makes ALSA load and try a dozen plug-ins (jack, ffmpeg's resampler, …) at every
        # look, 9 MB of them; with a sound server, or without a sound card, there is nothing else to find.
        text = "" if devices or not _has_cards() else f"<{_SYSTEM_CONFIGURATION}>\n"
        for device in devices:
            text += (
                f'pcm.{device.pcm} {{ type pulse device "{device.server_name}" '
                f'hint {{ show on description "{device.pcm}" }} }}\n'
            )
        if not self._file.exists() or self._file.read_text() != text:
            self._file.write_text(text)
            # ALSA reads a changed file again only when its time differs by a second or more.
            self._edition += 1
            os.utime(self._file, (self._edition, self._edition))


def _sound_cards() -> str:
    """The kernel's list of sound cards (Linux), so that a plugged headset shows without a sound server too."""
    try:
        return Path("/proc/asound/cards").read_text()
    except OSError:
        return ""


def _has_cards() -> bool:
    return "[" in _sound_cards()


def _ask_defaults() -> frozenset[str]:
    """The names of the server's own choice; none where no server answers."""
    if not (source := _pactl("get-default-source")):
        return frozenset()
    return frozenset(name.strip().decode(errors="replace") for name in (source, _pactl("get-default-sink")))


def _ask(what: str) -> tuple[PulseDevice, ...]:
    try:
        listed = json.loads(_pactl("-f", "json", "list", what).decode(errors="replace") or "[]")
    except ValueError as error:
        log.warning("pactl is too old to list %s: %s", what, error)
        return ()
    return tuple(_read(entry, what) for entry in listed if not _is_monitor(entry))


def _pactl(*words: str) -> bytes:
    """What the sound server's tool says, nothing when there is no server."""
    try:
        command = ["pactl", *words]
        done = subprocess.run(
            command, capture_output=True, check=True, timeout=_ASK_S, stdin=subprocess.DEVNULL, env=_environment()
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.debug("no sound server answers: %s", error)
        return b""
    return done.stdout


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
