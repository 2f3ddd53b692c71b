"""Lines that hold one kind of value: a whole number, an hour, a day; what is none of it is marked and not told."""

import re
from datetime import date, time

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent

from ui.widgets.inputs import LineEdit

_CLOCK = re.compile(r"(\d{1,2})\s*[:hH.]?\s*(\d{2})?")


class NumberLine(LineEdit):
    """A whole number between two limits; the arrows step it."""

    changed = Signal(int)

    def __init__(self, least: int, most: int, step: int = 1) -> None:
        super().__init__(longest=len(str(most)))
        self._least, self._most, self._step = least, most, step
        self.setValidator(QIntValidator(0, most, self))
        self.textEdited.connect(self._tell)

    def show_number(self, number: int) -> None:
        """Show a number; one that is being typed stays as it is."""
        if not self.hasFocus() or self._read() != number:
            self.show_text(str(number))
        self.set_wrong(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: self._step, Qt.Key.Key_Down: -self._step}
        now = self._read()
        if event.key() in steps and now is not None:
            self.setText(str(min(self._most, max(self._least, now + steps[Qt.Key(event.key())]))))
            self._tell()
        else:
            super().keyPressEvent(event)

    def _read(self) -> int | None:
        text = self.text()
        number = int(text) if text.isdigit() else -1
        return number if self._least <= number <= self._most else None

    def _tell(self) -> None:
        number = self._read()
        self.set_wrong(number is None)
        if number is not None:
            self.changed.emit(number)


class ClockLine(LineEdit):
    """An hour of the day: `8`, `8:30`, `8h30` and `0830` are understood."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__("08:00", icon="clock", longest=5)
        self.textEdited.connect(self._tell)

    def show_clock(self, clock: time) -> None:
        """Show an hour; one that is being typed stays as it is."""
        if read_clock(self.text()) != clock.replace(second=0, microsecond=0):
            self.show_text(f"{clock:%H:%M}")
        self.set_wrong(False)

    def _tell(self) -> None:
        clock = read_clock(self.text())
        self.set_wrong(clock is None)
        if clock is not None:
            self.changed.emit(clock)


class DayLine(LineEdit):
    """A day as people write it here, or as 2026-12-24."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(written(date(2026, 12, 24)), longest=10)
        self.textEdited.connect(self._tell)

    def show_day(self, day: date | None) -> None:
        """Show a day; one that is being typed stays as it is."""
        if day is not None and read_day(self.text()) != day:
            self.show_text(written(day))
        self.set_wrong(False)

    def _tell(self) -> None:
        day = read_day(self.text())
        self.set_wrong(day is None)
        if day is not None:
            self.changed.emit(day)


def read_clock(text: str) -> time | None:
    """Return the hour that was typed, or None."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_day(text: str) -> date | None:
    """Return the day that was typed, in the order of the agent's language or of ISO 8601, or None."""
    for pattern in ("yyyy-MM-dd", _pattern()):
        day = QDate.fromString(text.strip(), pattern)
        if day.isValid():
            return date(day.year(), day.month(), day.day())
    return None


def _pattern() -> str:
    return "dd/MM/yyyy" if QLocale().language() is QLocale.Language.French else "yyyy-MM-dd"


def written(day: date) -> str:
    """Return a day as people type it here."""
    return QDate(day.year, day.month, day.day).toString(_pattern())
