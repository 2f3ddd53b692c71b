"""Keeps where the window was, its look and its language, in an ini file of the given folder."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QWidget

from app.domain.phone import DeviceChoice, DeviceRole
from ui.theme.theme import Look

SMALLEST = QSize(1024, 640)
USUAL = QSize(1640, 980)


class WindowState:
    """What a desk remembers of its window; nothing of customers is ever in it."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def restore(self, window: QWidget) -> None:
        """Put a window where it was, or give it its usual size on the screen there is."""
        window.setMinimumSize(SMALLEST)
        kept = self._settings.value("geometry")
        if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
            return
        window.resize(USUAL.boundedTo(window.screen().availableSize()))

    def keep(self, window: QWidget) -> None:
        """Remember where a window is."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.sync()

    @property
    def look(self) -> Look:
        """Light, dark or as the system has it."""
        kept = str(self._settings.value("look", Look.SYSTEM.value))
        return Look(kept) if kept in set(Look) else Look.SYSTEM

    @look.setter
    def look(self, look: Look) -> None:
        self._settings.setValue("look", look.value)

    @property
    def language(self) -> str:
        """The chosen language, or nothing for the system's."""
        return str(self._settings.value("language", ""))

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)

    @property
    def enters_alone(self) -> bool:
        """Whether the last start of this agent's desk signed her in without asking."""
        return str(self._settings.value("enters_alone", "false")) == "true"

    @enters_alone.setter
    def enters_alone(self, alone: bool) -> None:
        self._settings.setValue("enters_alone", "true" if alone else "false")

    @property
    def devices(self) -> DeviceChoice | None:
        """The sound devices by name, or None as long as nobody has chosen at this computer."""
        kept = [self._settings.value(f"devices/{role.value}") for role in DeviceRole]
        return DeviceChoice(*map(str, kept)) if None not in kept else None

    @devices.setter
    def devices(self, choice: DeviceChoice) -> None:
        for role in DeviceRole:
            self._settings.setValue(f"devices/{role.value}", getattr(choice, role.value))
        self._settings.sync()

    @property
    def auto_answer_s(self) -> float | None:
        """After how many seconds calls are answered by themselves; None: never."""
        kept = self._settings.value("devices/auto_answer_s")
        return float(str(kept)) if kept else None

    @auto_answer_s.setter
    def auto_answer_s(self, seconds: float | None) -> None:
        self._settings.setValue("devices/auto_answer_s", "" if seconds is None else seconds)

    @property
    def echo_cancellation(self) -> bool:
        """Whether the echo of a loudspeaker is taken out."""
        return str(self._settings.value("devices/echo_cancellation", "true")) != "false"

    @echo_cancellation.setter
    def echo_cancellation(self, on: bool) -> None:
        self._settings.setValue("devices/echo_cancellation", "true" if on else "false")

    def keys(self) -> dict[str, str]:
        """The keys that the agent changed, by command."""
        self._settings.beginGroup("keys")
        kept = {name: str(self._settings.value(name)) for name in self._settings.childKeys()}
        self._settings.endGroup()
        return kept

    def keep_key(self, command: str, key: str) -> None:
        """Remember a changed key."""
        self._settings.setValue(f"keys/{command}", key)
