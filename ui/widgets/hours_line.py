"""Lines that hold hours: when a day is open, and how long something may take."""

import re
from datetime import timedelta

from PySide6.QtCore import Signal

from app.domain.business_hours import DAY_MINUTES, Opening
from ui.widgets.inputs import LineEdit
from ui.widgets.typed_lines import read_clock

_SPAN = re.compile(r"(\d{1,4})\s*[:hH]?\s*(\d{2})?")
_PAIR = re.compile(r"\s*[-–—]\s*")


class OpeningsLine(LineEdit):
    """The hours of a day: `9:00–12:00, 14:00–18:00`; nothing for a day that is closed."""

    changed = Signal(object)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder, longest=120)
        self.textEdited.connect(self._tell)

    def show_openings(self, openings: tuple[Opening, ...]) -> None:
        """Show the hours; what is being typed and means the same stays as it is."""
        if read_openings(self.text()) != openings:
            self.show_text(written_openings(openings))
        self.set_wrong(False)

    def _tell(self) -> None:
        openings = read_openings(self.text())
        self.set_wrong(openings is None)
        if openings is not None:
            self.changed.emit(openings)


class SpanLine(LineEdit):
    """How long: `4`, `4:30` or `4 h 30`, in hours and minutes; nothing where nothing is promised."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__("–", longest=8)
        self.textEdited.connect(self._tell)

    def show_span(self, span: timedelta | None) -> None:
        """Show a duration; one that is being typed stays as it is."""
        if not self.hasFocus() or read_span(self.text()) != (True, span):
            self.show_text("" if span is None else written_span(span))
        self.set_wrong(False)

    def _tell(self) -> None:
        understood, span = read_span(self.text())
        self.set_wrong(not understood)
        if understood:
            self.changed.emit(span)


def read_openings(text: str) -> tuple[Opening, ...] | None:
    """Return the hours that were typed, or None for what is none."""
    made = []
    for part in filter(str.strip, re.split("[,;]", text)):
        edges = [_minutes(edge) for edge in _PAIR.split(part.strip())]
        if len(edges) != 2 or edges[0] is None or edges[1] is None or edges[0] == DAY_MINUTES:
            return None
        opens, closes = edges[0], edges[1]
        made.append(Opening(opens, closes if closes > opens else closes + DAY_MINUTES))
    return tuple(sorted(made))


def written_openings(openings: tuple[Opening, ...]) -> str:
    """Return hours as they are typed."""
    return ", ".join(f"{_clock(one.opens)}–{_clock(one.closes)}" for one in openings)


def read_span(text: str) -> tuple[bool, timedelta | None]:
    """Return whether it was understood, and the duration that was typed."""
    found = _SPAN.fullmatch(text.strip())
    if not text.strip():
        return True, None
    if found is None or int(found[2] or 0) > 59:
        return False, None
    span = timedelta(hours=int(found[1]), minutes=int(found[2] or 0))
    return span > timedelta(), span


def written_span(span: timedelta) -> str:
    """Return a duration as hours and minutes: 4:30."""
    minutes = round(span.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _minutes(text: str) -> int | None:
    if text.strip() in {"24", "24:00", "24h", "24h00"}:
        return DAY_MINUTES
    clock = read_clock(text)
    return None if clock is None else clock.hour * 60 + clock.minute


def _clock(minutes: int) -> str:
    return "24:00" if minutes == DAY_MINUTES else f"{minutes // 60 % 24:02}:{minutes % 60:02}"
